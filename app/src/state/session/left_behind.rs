//! What was saved on this tablet and never sent, by somebody who has left or in a vault that is out of use: an administrator sends it,
//! and sees none of it.

use std::rc::Rc;

use domain::hash::unhex;
use domain::id::{StaffId, VaultId};
use replica::engine::SyncError;
use replica::exchange::Failure;
use replica::storage::{Storage as _, StorageError};
use replica::vault::Key;

use super::{Session, SignInError, open_vault};
use crate::lazy;
use crate::platform::http::Server;
use crate::platform::settings::Settings;

impl Session {
    /// How many operations of somebody lie on this tablet that the server does not have, and that they cannot send any more: all of
    /// whoever has left, else those in vaults that are out of use.
    pub async fn left_behind(self, staff: StaffId, has_left: bool) -> Result<usize, StorageError> {
        let mut unsent = 0;
        for vault in vaults_of(staff) {
            let engine = open_vault(vault).await?;
            // One whose database is gone has nothing any more.
            let Some(profile) = engine.storage().profile().await? else { continue };
            if has_left || profile.passcode.is_none() {
                unsent += engine.unsent().await?;
            }
        }
        Ok(unsent)
    }

    /// Sends it, and says how many were sent. It takes a fresh sign-in, for the server gives the keys out.
    pub async fn send_what_was_left(self, staff: StaffId) -> Result<u64, SignInError> {
        let mut sent = 0;
        for vault in vaults_of(staff) {
            let engine = Rc::new(open_vault(vault).await.map_err(SignInError::Storage)?);
            if engine.unsent().await.map_err(SignInError::Storage)? == 0 {
                continue;
            }
            let reply = match Server.escrow(vault).await {
                // In use: its owner sends what is in it.
                Err(Failure::Refused { code }) if code == "not_found" => continue,
                reply => reply.map_err(SignInError::Server)?,
            };
            let escrow = unhex(&reply.escrow).map_err(|_| SignInError::Server(Failure::Network))?;
            let sending = lazy::send_what_was_left(engine, Key::from_bytes(escrow));
            let sending = sending.await.map_err(|_: lazy::ChunkUnavailable| SignInError::Server(Failure::Network))?;
            let synced = sending.await.map_err(|error| match error {
                SyncError::Failure(failure) => SignInError::Server(failure),
                SyncError::Storage(error) => SignInError::Storage(error),
                SyncError::Locked => SignInError::Storage(StorageError::Denied),
            })?;
            sent += synced.sent;
        }
        Ok(sent)
    }
}

fn vaults_of(staff: StaffId) -> Vec<VaultId> {
    Settings::read().vaults.iter().filter(|known| known.staff == staff).map(|known| known.vault).collect()
}
