//! One member of staff's vault at work: keys in hand, operations in, records out, exchange with the server.

mod derived;
mod keys;
mod on_top;
mod outbox;
mod outcomes;
mod pull;
mod push;
mod records;
mod redact;
mod restore;
mod sync;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use domain::hash::hex;
use domain::id::{CaptureId, OperationId, ReplicaId, StreamId};
use domain::operation::MAX_BODY_BYTES;

use crate::create::Written;
use crate::journal::{Journal, Line};
use crate::storage::{OutboxRow, Profile, Storage, StorageError, Unsaved};
use crate::vault::{Keyring, Place};

use records::Folded;
use restore::Doubts;

pub use keys::{HandoverToken, UnlockError, enrol};
pub use outcomes::PushOutcome;
pub use records::Summaries;
pub use sync::{SyncError, Synced, Transport};

/// Place of a sealed operation: its identity, so that renumbering needs no key.
const OUTBOX: &str = "outbox";

/// Why something was not saved. Nothing of the call was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SaveError {
    /// No key is in hand.
    #[error("the vault is locked")]
    Locked,
    /// One operation is over 64 KiB.
    #[error("one operation is too long")]
    TooLong,
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// The engine over a store and a journal.
pub struct Engine<S, J> {
    storage: S,
    journal: J,
    build: String,
    keyring: RefCell<Option<Keyring>>,
    /// The replica that the profile last named: a tap must not wait for a read.
    replica: Cell<Option<ReplicaId>>,
    folded: RefCell<BTreeMap<StreamId, Folded>>,
    /// Streams whose stored log does not open: they are fetched again.
    damaged: RefCell<BTreeSet<StreamId>>,
    doubts: RefCell<Doubts>,
}

impl<S: Storage, J: Journal> Engine<S, J> {
    /// An engine, locked.
    pub fn new(storage: S, journal: J, build: &str) -> Engine<S, J> {
        Engine {
            storage,
            journal,
            build: build.to_owned(),
            keyring: RefCell::new(None),
            replica: Cell::new(None),
            folded: RefCell::default(),
            damaged: RefCell::default(),
            doubts: RefCell::default(),
        }
    }

    /// The store beneath.
    pub fn storage(&self) -> &S {
        &self.storage
    }

    /// Whose vault this is.
    ///
    /// # Errors
    /// [`StorageError::Damaged`] before enrolment.
    pub async fn profile(&self) -> Result<Profile, StorageError> {
        let profile = self.storage.profile().await?.ok_or(StorageError::Damaged)?;
        self.replica.set(Some(profile.replica));
        Ok(profile)
    }

    /// Whether the worker's key is in hand.
    pub fn is_unlocked(&self) -> bool {
        matches!(*self.keyring.borrow(), Some(Keyring::Worker(_)))
    }

    /// The capture that is handed over, if one is.
    pub fn handed_over(&self) -> Option<CaptureId> {
        match *self.keyring.borrow() {
            Some(Keyring::Child(capture, _)) => Some(capture),
            _ => None,
        }
    }

    /// Saves operations, in order and together. When this returns `Ok` they are on the tablet for good.
    ///
    /// # Errors
    /// [`SaveError`]: nothing was saved.
    pub async fn save(&self, written: &[Written]) -> Result<Vec<OutboxRow>, SaveError> {
        Ok(self.storage.save(&self.seal_all(written)?).await?)
    }

    /// Saves operations of a capture: into the journal before this first yields, then into the store.
    ///
    /// # Errors
    /// [`SaveError`]; unless it is [`SaveError::TooLong`] or [`SaveError::Locked`], the journal holds them.
    pub async fn save_tap(&self, written: &[Written]) -> Result<Vec<OutboxRow>, SaveError> {
        let operations = self.seal_all(written)?;
        let replica = match self.replica.get() {
            Some(replica) => replica,
            None => self.profile().await?.replica,
        };
        let line = |operation: &Unsaved| Line { replica, operation: operation.clone() };
        self.journal.add(&operations.iter().map(line).collect::<Vec<_>>());
        let rows = self.storage.save(&operations).await?;
        self.journal.forget(&ids(rows.iter()));
        Ok(rows)
    }

    fn seal_all(&self, written: &[Written]) -> Result<Vec<Unsaved>, SaveError> {
        if written.iter().any(|written| written.body.text().len() > MAX_BODY_BYTES) {
            return Err(SaveError::TooLong);
        }
        let keyring = self.keyring.borrow();
        let keyring = keyring.as_ref().ok_or(SaveError::Locked)?;
        Ok(written.iter().map(|written| seal(keyring, written)).collect())
    }

    /// Brings what a crashed tab left in the journal into the store.
    ///
    /// # Errors
    /// [`StorageError`]; the journal then keeps its lines.
    pub async fn replay_journal(&self) -> Result<usize, StorageError> {
        let profile = self.profile().await?;
        let operations: Vec<Unsaved> = self
            .journal
            .lines()
            .into_iter()
            .filter(|line| profile.has_been(line.replica))
            .map(|line| line.operation)
            .collect();
        if operations.is_empty() {
            return Ok(0);
        }
        self.storage.save(&operations).await?;
        self.journal.forget(&operations.iter().map(|operation| operation.id).collect::<Vec<_>>());
        Ok(operations.len())
    }

    /// Keeps a sealed value under a name: a draft, the directory.
    ///
    /// # Errors
    /// [`SaveError`] when nothing was kept.
    pub async fn keep(&self, name: &str, plain: &[u8]) -> Result<(), SaveError> {
        let sealed = match self.keyring.borrow().as_ref() {
            // A child's key seals that capture and nothing else.
            Some(keyring @ Keyring::Worker(_)) => keyring.seal(Place { store: "kept", key: name }, plain),
            _ => return Err(SaveError::Locked),
        };
        Ok(self.storage.keep(name, &sealed).await?)
    }

    /// A kept value; none if there is none, or the key in hand does not open it.
    ///
    /// # Errors
    /// [`StorageError`], with [`StorageError::Damaged`] when the value does not open.
    pub async fn kept(&self, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
        let Some(sealed) = self.storage.kept(name).await? else {
            return Ok(None);
        };
        let keyring = self.keyring.borrow();
        match keyring.as_ref().and_then(|keyring| keyring.open(Place { store: "kept", key: name }, &sealed)) {
            None => Ok(None),
            Some(opened) => opened.map(Some).map_err(|_| StorageError::Damaged),
        }
    }

    /// Forgets a kept value.
    ///
    /// # Errors
    /// [`StorageError`].
    pub async fn forget(&self, name: &str) -> Result<(), StorageError> {
        self.storage.forget(name).await
    }
}

fn seal(keyring: &Keyring, written: &Written) -> Unsaved {
    let key = written.id.to_string();
    let sealed = keyring.seal(Place { store: OUTBOX, key: &key }, written.body.text().as_bytes());
    Unsaved { stream: written.stream, id: written.id, sha256: written.body.sha256(), sealed }
}

/// Opens an outbox row: `None` when another key is needed, `Some(None)` when it is damaged.
fn open(keyring: &Keyring, row: &OutboxRow) -> Option<Option<String>> {
    let key = row.operation.id.to_string();
    let opened = keyring.open(Place { store: OUTBOX, key: &key }, &row.operation.sealed)?;
    let text = opened.ok().and_then(|plain| String::from_utf8(plain).ok());
    Some(text.filter(|text| domain::Hash::of(text.as_bytes()) == row.operation.sha256))
}

fn segment_key(stream: StreamId, epoch: u64, first: u64) -> String {
    format!("{stream}/{epoch}/{first}")
}

/// The text form of a handover key, for the session storage of one tab.
fn token_text(capture: CaptureId, stream: StreamId, key: &[u8; 32]) -> String {
    format!("{capture} {stream} {}", hex(key))
}

/// Identities of operations, for put-if-absent and dropping.
fn ids<'a>(rows: impl Iterator<Item = &'a OutboxRow>) -> Vec<OperationId> {
    rows.map(|row| row.operation.id).collect()
}

#[cfg(any(test, feature = "contract"))]
#[cfg_attr(not(test), expect(dead_code, reason = "the engine's own tests use all of it"))]
pub mod model;
#[cfg(test)]
mod tests;
