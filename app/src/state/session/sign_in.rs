//! Signing in and out, setting this tablet up, and getting in again after a lock-out.

use std::rc::Rc;

use domain::hash::unhex;
use domain::id::{ReplicaId, StaffId, VaultId};
use domain::wire::{DemoSignInRequest, EnrolRequest, SessionResponse, SignOutResponse};
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::engine::{Transport as _, UnlockError};
use replica::exchange::Failure;
use replica::storage::{Storage as _, StorageError};
use replica::vault::Key;
use replica::vault::passcode::check;

use super::{PasscodeProblem, REVOKED, Session, SetUpProblem, SignInError, Stage, open_vault, out_of_use};
use crate::lazy;
use crate::platform::council_sign_in::{self, Wanted};
use crate::platform::http::Server;
use crate::platform::settings::{KnownVault, Settings};
use crate::platform::{clock, page};

/// What the address says of somebody who comes back from the council's sign-in, as `functions/src/routes/auth.rs` writes it.
const SIGNED_IN: &str = "done";

impl Session {
    /// Goes on with whoever comes back from the council's sign-in. A tablet that is with a child stays with the child.
    pub(super) async fn came_back(self, outcome: &str, stage: Stage) -> Stage {
        if matches!(stage, Stage::Child(_) | Stage::NoStorage(_)) {
            return stage;
        }
        let refused = match outcome {
            SIGNED_IN => match Server.session().await {
                Ok(session) => self.signed_in(session).await,
                Err(failure) => Err(SignInError::Server(failure)),
            },
            code => Err(SignInError::Provider(code.to_owned())),
        };
        refused.unwrap_or_else(|error| {
            self.refused.set(Some(error));
            Stage::SignIn
        })
    }

    pub(super) async fn without_vault(self) -> Stage {
        match Server.session().await {
            Ok(session) => Stage::Enrol(session),
            Err(_) => Stage::SignIn,
        }
    }

    /// Signs in to the demonstration as one of its cast.
    pub async fn demo_sign_in(self, staff: StaffId) -> Result<(), SignInError> {
        let session = Server.demo_sign_in(DemoSignInRequest { staff }).await.map_err(SignInError::Server)?;
        let stage = self.signed_in(session).await?;
        self.stage.set(stage);
        Ok(())
    }

    /// What comes after a sign-in: the person's vault, or setting one up.
    async fn signed_in(self, session: SessionResponse) -> Result<Stage, SignInError> {
        let Some(known) = Settings::read().vault_of(session.staff.id).cloned() else {
            return Ok(Stage::Enrol(session));
        };
        let vault = open_vault(known.vault).await.map_err(SignInError::Storage)?;
        let Some(profile) = vault.storage().profile().await.map_err(SignInError::Storage)? else {
            drop(vault);
            self.without_what_was_here(known).await;
            return Ok(Stage::Enrol(session));
        };
        Settings::change(|settings| settings.last = Some(known.vault));
        self.vault.set(Rc::new(vault));
        let is_shut = profile.passcode.is_none() || council_sign_in::has_forgotten();
        Ok(if is_shut { Stage::Recover(session, known) } else { Stage::Locked(known) })
    }

    /// Sets this tablet up for the person who signed in: enrol → key → passcode → both wraps in one transaction → pull.
    pub async fn enrol(self, session: SessionResponse, passcode: String, again: String) -> Result<(), SetUpProblem> {
        check(&passcode).map_err(SetUpProblem::Weak)?;
        if passcode != again {
            return Err(SetUpProblem::Differ);
        }
        let server = |failure| SetUpProblem::SignIn(SignInError::Server(failure));
        let storage = |error| SetUpProblem::SignIn(SignInError::Storage(error));
        lazy::load().await?;
        let vault = VaultId(replica::create::uuid(clock::now()));
        let replica = ReplicaId(replica::create::uuid(clock::now()));
        let reply = Server.enrol(&EnrolRequest { replica, vault, replaces: None }).await.map_err(server)?;
        let escrow = reply.escrow.as_deref().and_then(|escrow| unhex(escrow).ok()).map(Key::from_bytes);
        let escrow = escrow.ok_or_else(|| server(Failure::Network))?;
        let engine = Rc::new(open_vault(vault).await.map_err(storage)?);
        let who = (session.staff.id, vault, replica);
        lazy::enrol(engine.clone(), who, passcode.clone(), escrow).await?.await.map_err(storage)?;
        let name = session.staff.name.clone();
        let known = KnownVault { vault, staff: session.staff.id, name, out_of_use: false };
        Settings::change(|settings| {
            settings.vaults.retain(|vault| vault.staff != known.staff);
            settings.vaults.push(known);
            settings.last = Some(vault);
        });
        let _ = page::ask_to_persist().await;
        self.lost.set(None);
        self.vault.set(engine);
        // Known before the first page is shown, for each role has a first page of its own.
        self.directory.set(session.clone());
        match self.unlock(passcode).await {
            Ok(()) => {}
            Err(PasscodeProblem::Storage(error)) => return Err(storage(error)),
            Err(_) => return Err(storage(StorageError::Damaged)),
        }
        self.keep_directory(session).await;
        Ok(())
    }

    /// Opens the vault with the server's escrow key after a fresh sign-in, and sets a new passcode.
    pub async fn recover(self, passcode: String, again: String) -> Result<(), SetUpProblem> {
        check(&passcode).map_err(SetUpProblem::Weak)?;
        if passcode != again {
            return Err(SetUpProblem::Differ);
        }
        let server = |failure| SetUpProblem::SignIn(SignInError::Server(failure));
        let storage = |error| SetUpProblem::SignIn(SignInError::Storage(error));
        let vault = self.vault.get().ok_or_else(|| storage(StorageError::Denied))?;
        let profile = vault.profile().await.map_err(storage)?;
        // First, so that a file that does not come never costs a release of the escrow key.
        lazy::load().await?;
        let reply = Server.escrow(profile.vault).await.map_err(|failure| {
            // Settings that were lost have forgotten it: signing in once more sets this tablet up anew.
            if matches!(&failure, Failure::Refused { code } if code == REVOKED) {
                out_of_use(profile.vault);
            }
            server(failure)
        })?;
        let escrow = unhex(&reply.escrow).map(Key::from_bytes).map_err(|_| server(Failure::Network))?;
        lazy::recover(vault.clone(), escrow, passcode).await?.await.map_err(|error| match error {
            UnlockError::Storage(error) => storage(error),
            _ => storage(StorageError::Damaged),
        })?;
        self.opened(&vault).await.map_err(storage)
    }

    /// Shows the sign-in page, for somebody else or for a fresh sign-in. Nothing is deleted.
    pub fn to_sign_in(self) {
        self.refused.set(None);
        self.lock();
        self.stage.set(Stage::SignIn);
    }

    /// What whoever signs in now has to prove: all of it, unless it is only that the session of this tablet's owner has ended.
    pub fn wanted(self) -> Wanted {
        let is_owner = Settings::read().last_vault().is_some() && !self.as_another.get_value();
        if is_owner && !council_sign_in::has_forgotten() { Wanted::Account } else { Wanted::FreshProof }
    }

    /// Shows the sign-in page for somebody else than the tablet's owner. Nothing is deleted.
    pub fn to_sign_in_as_another(self) {
        self.as_another.set_value(true);
        self.to_sign_in();
    }

    /// Shows the sign-in page for someone who cannot get in: a fresh sign-in then leads to a new passcode.
    pub fn to_sign_in_forgotten(self) {
        council_sign_in::set_forgotten(true);
        // Whoever gets in again has what was given on this tablet too: its key is under theirs.
        page::forget_handover();
        self.to_sign_in();
    }

    /// Signs out: locks, ends the session. Nothing is deleted.
    pub fn sign_out(self) {
        self.lock();
        self.stage.set(Stage::SignIn);
        spawn_local(async move {
            // Without a network the session ends by itself; the vault is locked already.
            let Ok(SignOutResponse { provider: Some(end) }) = Server.sign_out().await else { return };
            // Unless somebody is at work again meanwhile, or a child has the tablet.
            if self.stage.with_untracked(|stage| *stage == Stage::SignIn) {
                page::leave_for(&end);
            }
        });
    }
}
