//! What lies behind the door, fetched after the door: the office and the child's side are a wasm file of their own, so
//! that the first screen is small. It begins to come as soon as the door is on the screen.

use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use domain::id::{ReplicaId, StaffId, VaultId};
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use replica::engine::{HandoverToken, SyncError, Synced, Told, UnlockError};
use replica::storage::StorageError;
use replica::vault::Key;
use replica::vault::passcode::Cost;

use crate::child::ChildMode;
use crate::frame::Office;
use crate::platform::http::Server;
use crate::state::{Records, Vault};

/// A place behind the door.
#[derive(Clone, Debug, PartialEq)]
pub enum Room {
    /// The worker's and the manager's pages.
    Office,
    /// The child's side.
    Child(HandoverToken),
}

/// The rooms' file did not come: no network, or not ours. Nothing is lost, and it can be asked for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the rest of the application did not come")]
pub struct DidNotCome;

impl From<SplitLoaderError> for DidNotCome {
    fn from(_: SplitLoaderError) -> Self {
        DidNotCome
    }
}

/// What the rooms' file promises to do, once it is here.
pub type Promise<T, E> = Result<Pin<Box<dyn Future<Output = Result<T, E>>>>, DidNotCome>;

/// What an unlocked vault shows.
pub struct Opened {
    /// Every record that is here, folded.
    pub records: Records,
    /// What was said of items whose records are not here.
    pub told: Vec<Told>,
}

/// Fetches the rooms' file unless it is here.
///
/// # Errors
/// [`DidNotCome`]; asking again fetches again.
pub async fn load() -> Result<(), DidNotCome> {
    Ok(fetch_file().await?)
}

/// Sets a vault up, strictly stored when it returns.
///
/// # Errors
/// [`DidNotCome`]
#[wasm_split(rooms, wasm_split_path = leptos::wasm_split, fallible)]
pub fn enrol(
    vault: Rc<Vault>,
    who: (StaffId, VaultId, ReplicaId),
    passcode: String,
    escrow: Key,
) -> Promise<(), StorageError> {
    Ok(Box::pin(async move { replica::engine::enrol(vault.storage(), who, &passcode, Cost::USUAL, &escrow).await }))
}

/// Opens a vault with its passcode.
///
/// # Errors
/// [`DidNotCome`]; the passcode was not tried.
#[wasm_split(rooms, wasm_split_path = leptos::wasm_split, fallible)]
pub fn unlock(vault: Rc<Vault>, passcode: String) -> Promise<(), UnlockError> {
    Ok(Box::pin(async move { vault.unlock(&passcode).await }))
}

/// Opens a vault with its escrow key, and gives it a new passcode.
///
/// # Errors
/// [`DidNotCome`]
#[wasm_split(rooms, wasm_split_path = leptos::wasm_split, fallible)]
pub fn recover(vault: Rc<Vault>, escrow: Key, passcode: String) -> Promise<(), UnlockError> {
    Ok(Box::pin(async move { vault.recover(&escrow, &passcode, Cost::USUAL).await }))
}

/// Enters a room; waits for its file if that is still on its way.
///
/// # Errors
/// [`DidNotCome`]; entering again asks again.
#[wasm_split(rooms, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_file))]
pub fn enter(room: Room) -> Result<AnyView, DidNotCome> {
    Ok(match room {
        Room::Office => view! { <Office/> }.into_any(),
        Room::Child(token) => view! { <ChildMode token/> }.into_any(),
    })
}

/// Exchanges with the server.
///
/// # Errors
/// [`DidNotCome`]
#[wasm_split(rooms, wasm_split_path = leptos::wasm_split, fallible)]
pub fn exchange(vault: Rc<Vault>) -> Promise<Synced, SyncError> {
    Ok(Box::pin(async move { vault.sync(&Server).await }))
}

/// Reads everything that an unlocked vault shows.
///
/// # Errors
/// [`DidNotCome`]
#[wasm_split(rooms, wasm_split_path = leptos::wasm_split, fallible)]
pub fn read(vault: Rc<Vault>) -> Promise<Opened, StorageError> {
    Ok(Box::pin(async move {
        let records = vault.records().await?;
        let records = records.into_iter().map(|(stream, record)| (stream, Arc::new(record))).collect();
        Ok(Opened { records, told: vault.told().await? })
    }))
}
