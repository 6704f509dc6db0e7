//! One exchange with the server: send what is unsent, take what is new.
//!
//! With the worker's key: push until the outbox is sent, then pull until there is no more. With a child's key: push
//! that capture only; nothing is pulled. Correctness never depends on being the only tab that does it.

use std::collections::BTreeSet;

use domain::id::{OperationId, ReplicaId, StreamId};
use domain::wire::{EnrolRequest, EnrolResponse, PullRequest, PullResponse, PushRequest, PushResponse};
use jiff::Timestamp;

use super::Engine;
use crate::exchange::Failure;
use crate::journal::Journal;
use crate::storage::{Storage, StorageError};

/// An exchange takes one round. After a restore it takes another to send what had to wait for it, and a third where the
/// server gave a stream back only then. What is left waits for the next exchange.
const MOST_ROUNDS: usize = 3;

/// The server, as an engine calls it.
#[expect(async_fn_in_trait, reason = "used with static dispatch on one thread")]
pub trait Transport {
    /// `POST push`.
    async fn push(&self, request: &PushRequest) -> Result<PushResponse, Failure>;
    /// `POST pull`.
    async fn pull(&self, request: &PullRequest) -> Result<PullResponse, Failure>;
    /// `POST replicas`, to replace a forked replica.
    async fn enrol(&self, request: &EnrolRequest) -> Result<EnrolResponse, Failure>;
    /// A fresh replica identity.
    fn new_replica_id(&self) -> ReplicaId;
}

/// Why an exchange stopped. What was saved stays saved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SyncError {
    /// No key is in hand.
    #[error("the vault is locked")]
    Locked,
    /// The server could not be reached, or would not.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What an exchange did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synced {
    /// Operations the server took over.
    pub sent: u64,
    /// Streams with new entries.
    pub changed: BTreeSet<StreamId>,
    /// Streams that were withdrawn and have been forgotten.
    pub purged: Vec<StreamId>,
    /// Operations that no key opens, or that the server would not take: they were set aside, so that the rest could be
    /// sent.
    pub unreadable: Vec<OperationId>,
    /// This replica became another one.
    pub forked: bool,
    /// Requests made.
    pub requests: u32,
    /// The server's clock, from its last reply.
    pub time: Option<Timestamp>,
}

impl<S: Storage, J: Journal> Engine<S, J> {
    /// Exchanges everything there is to exchange.
    ///
    /// # Errors
    /// [`SyncError`]; whatever had been exchanged before stays so.
    pub async fn sync<T: Transport>(&self, transport: &T) -> Result<Synced, SyncError> {
        let mut synced = Synced::default();
        self.recall_doubts().await?;
        match self.exchange(transport, &mut synced).await {
            Err(SyncError::Failure(failure)) if failure.is_about_enrolment() && self.is_unlocked() => {
                self.enrol_again(transport, &mut synced, failure).await?;
                self.exchange(transport, &mut synced).await?;
            }
            outcome => outcome?,
        }
        if !synced.changed.is_empty() {
            self.forget_outcomes(|outcome| synced.changed.contains(&outcome.stream)).await?;
        }
        Ok(synced)
    }

    async fn exchange<T: Transport>(&self, transport: &T, synced: &mut Synced) -> Result<(), SyncError> {
        for _ in 0..MOST_ROUNDS {
            self.push_all(transport, synced).await?;
            if !self.is_unlocked() {
                break;
            }
            let withdrawn = self.pull_all(transport, synced).await?;
            for stream in &withdrawn {
                self.withdraw(transport, *stream, synced).await?;
            }
            self.send_what_never_came_back(transport, &withdrawn, synced).await?;
            if !self.is_to_go_again() {
                break;
            }
        }
        Ok(())
    }
}
