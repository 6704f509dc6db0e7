//! Enrolling, unlocking, handing over to the child, taking back.

use std::collections::BTreeMap;

use domain::hash::unhex;
use domain::id::{CaptureId, ReplicaId, StaffId, StreamId, VaultId};
use domain::wire::EnrolRequest;

use super::outbox::HANDOVER;
use super::sync::{SyncError, Synced, Transport};
use super::{Engine, token_text};
use crate::exchange::Failure;
use crate::journal::Journal;
use crate::storage::{Profile, Storage, StorageError};
use crate::vault::passcode::{Cost, MAX_ATTEMPTS, PasscodeWrap, escrow_open, escrow_wrap};
use crate::vault::{Key, Keyring, OpenError, Place};

/// So many handover keys stay in the profile, the newest, each wrapped by the data key: another tab may still be with the
/// child, and what it saves must open here.
const HANDOVERS_KEPT: usize = 32;

/// Why a vault did not open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnlockError {
    /// The passcode is wrong.
    #[error("wrong passcode")]
    Wrong {
        /// How many tries are left.
        left: u32,
    },
    /// Too many wrong passcodes: a fresh sign-in opens it. Nothing is lost.
    #[error("locked out")]
    LockedOut,
    /// The escrow key is not this vault's.
    #[error("not this vault's key")]
    NotThisVault,
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What one tab keeps while the tablet is with the child: it opens this capture and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoverToken {
    /// Which activity.
    pub capture: CaptureId,
    /// Whose record it goes to.
    pub stream: StreamId,
    /// For the session storage of this tab.
    pub text: String,
}

impl HandoverToken {
    /// Reads a token back after a reload.
    pub fn read(text: &str) -> Option<(HandoverToken, Key)> {
        let mut parts = text.split(' ');
        let capture = parts.next()?.parse().ok()?;
        let stream = parts.next()?.parse().ok()?;
        let key = unhex(parts.next()?).ok()?;
        Some((HandoverToken { capture, stream, text: text.to_owned() }, Key::from_bytes(key)))
    }
}

/// Sets a vault up: a fresh data key, wrapped by the passcode and by the server's escrow key, both in one transaction.
///
/// # Errors
/// [`StorageError`]; nothing was set up.
pub async fn enrol<S: Storage>(
    storage: &S,
    who: (StaffId, VaultId, ReplicaId),
    passcode: &str,
    cost: Cost,
    escrow: &Key,
) -> Result<(), StorageError> {
    let (staff, vault, replica) = who;
    let data = Key::random();
    let profile = Profile {
        vault,
        replica,
        former: Vec::new(),
        staff,
        passcode: Some(PasscodeWrap::new(passcode, cost, &data)),
        escrow: escrow_wrap(escrow, &data),
        attempts: 0,
        handovers: BTreeMap::new(),
    };
    storage.put_profile(&profile).await
}

impl<S: Storage, J: Journal> Engine<S, J> {
    /// Opens the vault with the passcode. The attempt is counted before it is made; at the limit the passcode's wrap is
    /// deleted.
    ///
    /// # Errors
    /// [`UnlockError`].
    pub async fn unlock(&self, passcode: &str) -> Result<(), UnlockError> {
        let profile = self.count_attempt().await?;
        let Some(wrap) = profile.passcode else {
            return Err(UnlockError::LockedOut);
        };
        // Beyond the limit: the wrap was to go, and the tab died before it did.
        let may_try = profile.attempts <= MAX_ATTEMPTS;
        if let Some(data) = may_try.then(|| wrap.open(passcode).ok()).flatten() {
            match self.storage.change_profile(|profile| profile.attempts = 0).await {
                // Where there is no room left for it the count stays: after ten such times a fresh sign-in opens the vault.
                Ok(_) | Err(StorageError::Full) => {}
                Err(error) => return Err(error.into()),
            }
            return self.take_back(data).await;
        }
        let left = MAX_ATTEMPTS.saturating_sub(profile.attempts);
        if left == 0 {
            self.storage.change_profile(|profile| profile.passcode = None).await?;
            return Err(UnlockError::LockedOut);
        }
        Err(UnlockError::Wrong { left })
    }

    /// Counts an attempt before it is made. On a full tablet what can be made again makes room for that: whoever cannot open
    /// the vault cannot send what is in it either.
    async fn count_attempt(&self) -> Result<Profile, StorageError> {
        let count = |profile: &mut Profile| profile.attempts += 1;
        match self.storage.change_profile(count).await {
            Err(StorageError::Full) => {
                self.storage.forget_derived().await?;
                self.storage.change_profile(count).await
            }
            counted => counted,
        }
    }

    /// Opens the vault with the escrow key after a fresh sign-in, and sets a new passcode.
    ///
    /// # Errors
    /// [`UnlockError::NotThisVault`] when it is another vault's key.
    pub async fn recover(&self, escrow: &Key, passcode: &str, cost: Cost) -> Result<(), UnlockError> {
        let profile = self.profile().await?;
        let data = escrow_open(escrow, &profile.escrow).map_err(|_: OpenError| UnlockError::NotThisVault)?;
        let wrap = PasscodeWrap::new(passcode, cost, &data);
        self.storage.change_profile(|profile| (profile.passcode, profile.attempts) = (Some(wrap.clone()), 0)).await?;
        self.take_back(data).await
    }

    /// The device was taken out of use: no passcode opens the vault any more. What is in it stays, under the escrow key, which
    /// the server keeps.
    ///
    /// # Errors
    /// [`StorageError`]; it is locked all the same.
    pub async fn shut_out(&self) -> Result<(), StorageError> {
        self.lock();
        self.storage.change_profile(|profile| profile.passcode = None).await.map(drop)
    }

    /// Sends what was left on the tablet of somebody who has left, with the escrow key that an administrator was given. The
    /// vault is open for that long and shows nothing.
    ///
    /// # Errors
    /// [`SyncError`]; what was sent before stays so, and the rest can be sent later.
    pub async fn send_what_was_left<T: Transport>(&self, escrow: &Key, transport: &T) -> Result<Synced, SyncError> {
        let profile = self.profile().await?;
        let data = escrow_open(escrow, &profile.escrow).map_err(|_: OpenError| StorageError::Damaged)?;
        let mut synced = Synced::default();
        let sent = match self.take_back(data).await {
            Ok(()) => self.push_all(transport, &mut synced).await,
            Err(UnlockError::Storage(error)) => Err(error.into()),
            Err(_) => Err(StorageError::Damaged.into()),
        };
        self.lock();
        sent.map(|()| synced)
    }

    /// Forgets every key and everything opened with it.
    pub fn lock(&self) {
        self.keyring.replace(None);
        self.folded.borrow_mut().clear();
    }

    /// Hands the tablet over: from here only this capture can be read or written. The new key is wrapped by the data key
    /// and stored before the data key leaves memory.
    ///
    /// # Errors
    /// [`StorageError::Denied`] when the vault is locked; otherwise the vault stays as it was.
    pub async fn hand_over(&self, capture: CaptureId, stream: StreamId) -> Result<HandoverToken, StorageError> {
        let Some(Keyring::Worker(data)) = self.keyring.borrow().clone() else {
            return Err(StorageError::Denied);
        };
        let hand = Key::random();
        let name = capture.to_string();
        let wrap = Keyring::Worker(data).seal(Place { store: HANDOVER, key: &name }, &hand.to_bytes());
        self.storage.change_profile(|profile| drop(profile.handovers.insert(capture, wrap.clone()))).await?;
        let text = token_text(capture, stream, &hand.to_bytes());
        self.lock();
        self.keyring.replace(Some(Keyring::Child(capture, hand)));
        Ok(HandoverToken { capture, stream, text })
    }

    /// Goes on in child mode after a reload.
    pub fn resume(&self, text: &str) -> Option<HandoverToken> {
        let (token, key) = HandoverToken::read(text)?;
        self.keyring.replace(Some(Keyring::Child(token.capture, key)));
        Some(token)
    }

    /// Enrols this replica once more, at a server that was set back to before it was. A server that had forgotten the
    /// vault too gives it another escrow key: the data key is wrapped by that one from now on.
    ///
    /// `failure` is what led here: it stands where somebody else has signed in, for whom the server will not do this.
    pub(super) async fn enrol_again<T: Transport>(
        &self,
        transport: &T,
        synced: &mut Synced,
        failure: Failure,
    ) -> Result<(), SyncError> {
        let profile = self.profile().await?;
        let request = EnrolRequest { replica: profile.replica, vault: profile.vault, replaces: None };
        synced.requests += 1;
        let reply = transport.enrol(&request).await.map_err(|error| match error {
            Failure::Refused { .. } => failure,
            error => error,
        })?;
        let Some(Keyring::Worker(data)) = self.keyring.borrow().clone() else {
            return Err(SyncError::Locked);
        };
        if let Some(escrow) = reply.escrow {
            let escrow = Key::from_bytes(unhex(&escrow).map_err(|_| Failure::Network)?);
            let wrap = escrow_wrap(&escrow, &data);
            self.storage.change_profile(|profile| profile.escrow = wrap.clone()).await?;
        }
        Ok(())
    }

    /// Opens the vault with its data key, for tests that open many: deriving one from a passcode takes its time.
    ///
    /// # Errors
    /// [`UnlockError`].
    #[cfg(any(test, feature = "contract"))]
    pub async fn open_with(&self, data: Key) -> Result<(), UnlockError> {
        self.take_back(data).await
    }

    /// With the data key in hand: what children's keys sealed is sealed by it instead. Until all of it has worked the
    /// keyring stays as it was, so that a child's taps go on being kept.
    pub(super) async fn take_back(&self, data: Key) -> Result<(), UnlockError> {
        self.replay_journal().await?;
        let worker = Keyring::Worker(data);
        self.tend_outbox_with(&worker).await?;
        self.storage
            .change_profile(|profile| {
                while profile.handovers.len() > HANDOVERS_KEPT {
                    profile.handovers.pop_first();
                }
            })
            .await?;
        self.folded.borrow_mut().clear();
        self.keyring.replace(Some(worker));
        // Unlocked it is, whatever becomes of this: what is not put back now is put back at the next unlock.
        let _ = self.try_again().await;
        Ok(())
    }
}
