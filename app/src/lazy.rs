//! The lazy part: the signed-in pages, child mode, and what only they need are a wasm file of their own, so that the first
//! screen is small. It begins to come as soon as the sign-in or lock screen is shown.

use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use domain::id::{ReplicaId, StaffId, VaultId};
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use replica::engine::{HandoverToken, PushOutcome, SyncError, Synced, UnlockError};
use replica::storage::StorageError;
use replica::vault::Key;
use replica::vault::passcode::Cost;

use crate::child::ChildMode;
use crate::frame::SignedInPages;
use crate::platform::http::Server;
use crate::state::{Records, Vault};

/// What the lazy part can show.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// The pages of whoever is signed in.
    SignedInPages,
    /// The child's side.
    ChildMode(HandoverToken),
}

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

/// What an unlocked vault shows.
pub struct Opened {
    /// Every record that is here, folded.
    pub records: Records,
    /// What was said of items whose records are not here.
    pub outcomes: Vec<PushOutcome>,
}

/// Fetches the lazy part unless it is here.
///
/// # Errors
/// [`ChunkUnavailable`]; asking again fetches again.
pub async fn load() -> Result<(), ChunkUnavailable> {
    Ok(fetch_file().await?)
}

/// Sets a vault up, strictly stored when it returns.
///
/// # Errors
/// [`ChunkUnavailable`]
#[wasm_split(lazy, wasm_split_path = leptos::wasm_split, fallible)]
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

/// Opens a vault with its escrow key, and gives it a new passcode.
///
/// # Errors
/// [`ChunkUnavailable`]
#[wasm_split(lazy, wasm_split_path = leptos::wasm_split, fallible)]
pub fn recover(vault: Rc<Vault>, escrow: Key, passcode: String) -> Deferred<(), UnlockError> {
    Ok(Box::pin(async move { vault.recover(&escrow, &passcode, Cost::USUAL).await }))
}

/// Shows a part; waits for its file if that is still on its way.
///
/// # Errors
/// [`ChunkUnavailable`]; asking again fetches again.
#[wasm_split(lazy, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_file))]
pub fn show(part: Part) -> Result<AnyView, ChunkUnavailable> {
    Ok(match part {
        Part::SignedInPages => view! { <SignedInPages/> }.into_any(),
        Part::ChildMode(token) => view! { <ChildMode token/> }.into_any(),
    })
}

/// Exchanges with the server.
///
/// # Errors
/// [`ChunkUnavailable`]
#[wasm_split(lazy, wasm_split_path = leptos::wasm_split, fallible)]
pub fn exchange(vault: Rc<Vault>) -> Deferred<Synced, SyncError> {
    Ok(Box::pin(async move { vault.sync(&Server).await }))
}

/// Reads everything that an unlocked vault shows.
///
/// # Errors
/// [`ChunkUnavailable`]
#[wasm_split(lazy, wasm_split_path = leptos::wasm_split, fallible)]
pub fn read(vault: Rc<Vault>) -> Deferred<Opened, StorageError> {
    Ok(Box::pin(async move {
        let records = vault.records().await?;
        let records = records.into_iter().map(|(stream, record)| (stream, Arc::new(record))).collect();
        Ok(Opened { records, outcomes: vault.outcomes().await? })
    }))
}
