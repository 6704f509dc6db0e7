//! The lazy part: the signed-in pages, child mode, and what only they need are a wasm file of their own, so that the first
//! screen is small. It begins to come as soon as the sign-in or lock screen is shown. Here is what it does with a vault; what
//! it shows is in `lazy_part`.

use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use domain::Record;
use domain::id::{ReplicaId, StaffId, StreamId, VaultId};
use domain::record::summary::Summary;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use replica::Engine;
use replica::engine::{PushOutcome, Summaries, SyncError, Synced, UnlockError};
use replica::storage::StorageError;
use replica::vault::Key;
use replica::vault::passcode::Cost;

use crate::platform::http::Server;
use crate::platform::indexed_db::IndexedDb;
use crate::platform::journal::LocalJournal;
use crate::platform::page;
use crate::state::families;

/// A vault at work in this browser.
pub type Vault = Engine<IndexedDb, LocalJournal>;

/// The lazy part could not be fetched: no network, or not ours. Nothing is lost, and it can be asked for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the lazy part could not be fetched")]
pub struct ChunkUnavailable;

impl From<SplitLoaderError> for ChunkUnavailable {
    fn from(_: SplitLoaderError) -> Self {
        ChunkUnavailable
    }
}

/// What the lazy part does, once it is here.
pub type Deferred<T, E> = Result<Pin<Box<dyn Future<Output = Result<T, E>>>>, ChunkUnavailable>;

/// Fetches the lazy part unless it is here.
///
/// # Errors
/// [`ChunkUnavailable`]; asking again fetches again.
pub async fn load() -> Result<(), ChunkUnavailable> {
    page::enable_styles();
    Ok(fetch_file().await?)
}

/// Sets a vault up, strictly stored when it returns.
///
/// # Errors
/// [`ChunkUnavailable`]
#[wasm_split(lazy, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_file))]
pub fn enrol(
    vault: Rc<Vault>,
    who: (StaffId, VaultId, ReplicaId),
    passcode: String,
    escrow: Key,
) -> Deferred<(), StorageError> {
    Ok(Box::pin(async move { replica::engine::enrol(vault.storage(), who, &passcode, Cost::USUAL, &escrow).await }))
}

/// Opens a vault with its passcode.
///
/// # Errors
/// [`ChunkUnavailable`]; the passcode was not tried.
#[wasm_split(lazy, wasm_split_path = leptos::wasm_split, fallible)]
pub fn unlock(vault: Rc<Vault>, passcode: String) -> Deferred<(), UnlockError> {
    Ok(Box::pin(async move { vault.unlock(&passcode).await }))
}

/// Takes a vault's passcode away: its device is out of use.
///
/// # Errors
/// [`ChunkUnavailable`]
#[wasm_split(lazy, wasm_split_path = leptos::wasm_split, fallible)]
pub fn shut_out(vault: Rc<Vault>) -> Deferred<VaultId, StorageError> {
    Ok(Box::pin(async move {
        vault.shut_out().await?;
        Ok(vault.profile().await?.vault)
    }))
}

/// Opens a vault with its escrow key, and gives it a new passcode.
///
/// # Errors
/// [`ChunkUnavailable`]
#[wasm_split(lazy, wasm_split_path = leptos::wasm_split, fallible)]
pub fn recover(vault: Rc<Vault>, escrow: Key, passcode: String) -> Deferred<(), UnlockError> {
    Ok(Box::pin(async move { vault.recover(&escrow, &passcode, Cost::USUAL).await }))
}

/// Sends what was left in the vault of somebody who has left.
///
/// # Errors
/// [`ChunkUnavailable`]
#[wasm_split(lazy, wasm_split_path = leptos::wasm_split, fallible)]
pub fn send_what_was_left(vault: Rc<Vault>, escrow: Key) -> Deferred<Synced, SyncError> {
    Ok(Box::pin(async move { vault.send_what_was_left(&escrow, &Server).await }))
}

/// Exchanges with the server.
///
/// # Errors
/// [`ChunkUnavailable`]
#[wasm_split(lazy, wasm_split_path = leptos::wasm_split, fallible)]
pub fn exchange(vault: Rc<Vault>) -> Deferred<Synced, SyncError> {
    Ok(Box::pin(async move { vault.sync(&Server).await }))
}

/// How much of a record is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// What a person sees first, where that is kept; else all of it.
    Front,
    /// All of it.
    Whole,
}

/// What lists show, as far as it is kept.
///
/// # Errors
/// [`ChunkUnavailable`]
#[wasm_split(lazy, wasm_split_path = leptos::wasm_split, fallible)]
pub fn summaries(vault: Rc<Vault>) -> Deferred<Summaries, StorageError> {
    Ok(Box::pin(async move { vault.summaries().await }))
}

/// A summary that was made; none for a record that is not here any more.
pub type Made = (StreamId, Option<Summary>);

/// Makes the summaries of these records.
///
/// # Errors
/// [`ChunkUnavailable`]
#[wasm_split(lazy, wasm_split_path = leptos::wasm_split, fallible)]
pub fn summarise(vault: Rc<Vault>, streams: Vec<StreamId>) -> Deferred<Vec<Made>, StorageError> {
    Ok(Box::pin(async move {
        let mut made = Vec::new();
        vault.summarise(&streams, |stream, summary| made.push((stream, summary))).await?;
        Ok(made)
    }))
}

/// Opens a record; none when it is not here.
///
/// # Errors
/// [`ChunkUnavailable`]
#[wasm_split(lazy, wasm_split_path = leptos::wasm_split, fallible)]
pub fn open(vault: Rc<Vault>, stream: StreamId, extent: Extent) -> Deferred<Option<Arc<Record>>, StorageError> {
    Ok(Box::pin(async move {
        match extent {
            Extent::Front => vault.front(stream).await,
            Extent::Whole => vault.record(stream).await,
        }
    }))
}

/// Children with the people of their families laid in, where any are to be.
///
/// # Errors
/// [`ChunkUnavailable`]
#[wasm_split(lazy, wasm_split_path = leptos::wasm_split, fallible)]
pub fn laid_in(open: Vec<(StreamId, Arc<Record>)>) -> Deferred<Vec<(StreamId, Arc<Record>)>, StorageError> {
    Ok(Box::pin(async move { Ok(families::laid_in(open)) }))
}

/// What became of things whose records are not here.
///
/// # Errors
/// [`ChunkUnavailable`]
#[wasm_split(lazy, wasm_split_path = leptos::wasm_split, fallible)]
pub fn outcomes(vault: Rc<Vault>) -> Deferred<Vec<PushOutcome>, StorageError> {
    Ok(Box::pin(async move { vault.outcomes().await }))
}
