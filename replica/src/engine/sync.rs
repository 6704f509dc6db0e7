//! One exchange with the server: send what is unsent, take what is new.
//!
//! With the worker's key: push until the outbox is sent, then pull until there is no more. With a child's key: push
//! that capture only; nothing is pulled. Correctness never depends on being the only tab that does it.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{ReplicaId, StreamId};
use domain::wire::{EnrolRequest, EnrolResponse, PullRequest, PullResponse, PushRequest, PushResponse};
use jiff::Timestamp;

use super::{Engine, ids, open, segment_key};
use crate::exchange::{BatchLimit, Failure, OpenRow, PushStep, plan_pull, plan_push, read_pull, read_push};
use crate::journal::Journal;
use crate::storage::{Pulled, Segment, Storage, StorageError};
use crate::vault::{Keyring, Place};

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
    fn mint(&self) -> ReplicaId;
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
        let may_pull = match *self.keyring.borrow() {
            None => return Err(SyncError::Locked),
            Some(Keyring::Worker(_)) => true,
            Some(Keyring::Child(..)) => false,
        };
        self.push_all(transport, &mut synced).await?;
        if may_pull {
            self.pull_all(transport, &mut synced).await?;
        }
        Ok(synced)
    }

    async fn push_all<T: Transport>(&self, transport: &T, synced: &mut Synced) -> Result<(), SyncError> {
        loop {
            let profile = self.profile().await?;
            let rows = self.open_rows().await?;
            let streams = self.storage.streams().await?;
            let Some(request) = plan_push(profile.replica, &self.build, &rows, &streams, self.limit.get()) else {
                return Ok(());
            };
            synced.requests += 1;
            let reply = match transport.push(&request).await {
                Err(Failure::TooLarge) => {
                    self.limit.set(self.limit.get().halved().ok_or(Failure::TooLarge)?);
                    continue;
                }
                reply => reply?,
            };
            self.limit.set(BatchLimit::default());
            synced.time = Some(reply.time);
            let mut fork = false;
            for (sent, reply) in request.streams.iter().zip(&reply.streams) {
                let hashes: BTreeMap<_, _> = rows
                    .iter()
                    .filter(|open| open.row.operation.stream == sent.stream)
                    .map(|open| (open.row.rseq, open.row.operation.sha256))
                    .collect();
                match read_push(sent, reply, &hashes) {
                    PushStep::Acknowledge { high, chain } => {
                        synced.sent += high.saturating_sub(sent.after);
                        self.storage.acknowledge(sent.stream, high, chain).await?;
                    }
                    PushStep::Fork => fork = true,
                }
            }
            if fork {
                self.fork(transport, synced).await?;
            }
        }
    }

    /// Mints a new replica, pulls, drops what is already sequenced, numbers the rest again.
    async fn fork<T: Transport>(&self, transport: &T, synced: &mut Synced) -> Result<(), SyncError> {
        if !self.is_unlocked() {
            // It needs a pull, and a child's key cannot: it waits for the worker.
            return Err(SyncError::Locked);
        }
        let profile = self.profile().await?;
        let replica = transport.mint();
        synced.requests += 1;
        transport.enrol(&EnrolRequest { replica, vault: profile.vault, replaces: Some(profile.replica) }).await?;
        self.pull_all(transport, synced).await?;
        // Rows whose entries came back have gone with the pull; the others the server may have under the old
        // identity only beyond what may be read here, and a repeated identity takes effect once.
        let mut sequenced = Vec::new();
        for (_, record) in self.records().await? {
            sequenced.extend(record.items.iter().filter(|item| item.seq.is_some()).filter_map(|item| item.id));
        }
        self.storage.fork(replica, &sequenced).await?;
        synced.forked = true;
        Ok(())
    }

    async fn pull_all<T: Transport>(&self, transport: &T, synced: &mut Synced) -> Result<(), SyncError> {
        loop {
            let profile = self.profile().await?;
            let streams = self.storage.streams().await?;
            let request = plan_pull(profile.replica, &streams);
            synced.requests += 1;
            let reply = transport.pull(&request).await?;
            let (more, time) = (reply.more, reply.time);
            let rows = self.storage.outbox().await?;
            let written_to = rows.iter().map(|row| row.operation.stream).collect();
            let step = read_pull(&streams, &written_to, reply).map_err(|_| Failure::Network)?;
            let mut pulled = Vec::new();
            for (stream, restart, entries) in step.entries {
                let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
                    continue;
                };
                let (epoch, first, last) = (first.epoch, first.seq, last.seq);
                let back: BTreeSet<_> =
                    entries.iter().filter_map(|entry| entry.id.map(|id| (id, entry.sha256))).collect();
                let came_back = ids(rows.iter().filter(|row| back.contains(&(row.operation.id, row.operation.sha256))));
                let plain = serde_json::to_vec(&entries).map_err(|_| StorageError::Damaged)?;
                let sealed = self.seal_segment(&segment_key(stream, epoch, first), &plain)?;
                pulled.push(Pulled { restart, segment: Segment { stream, epoch, first, last, sealed }, came_back });
                synced.changed.insert(stream);
            }
            if !pulled.is_empty() {
                self.storage.store_pulled(&pulled).await?;
            }
            for stream in step.withdrawn {
                // What is unsent goes first; then the child's data leaves the device.
                if self.storage.purge(stream).await.is_ok() {
                    self.folded.borrow_mut().remove(&stream);
                    synced.purged.push(stream);
                }
            }
            synced.time = Some(time);
            if !more {
                return Ok(());
            }
        }
    }

    fn seal_segment(&self, key: &str, plain: &[u8]) -> Result<crate::vault::Sealed, SyncError> {
        match self.keyring.borrow().as_ref() {
            Some(keyring @ Keyring::Worker(_)) => Ok(keyring.seal(Place { store: "log", key }, plain)),
            _ => Err(SyncError::Locked),
        }
    }

    async fn open_rows(&self) -> Result<Vec<OpenRow>, SyncError> {
        let rows = self.storage.outbox().await?;
        let keyring = self.keyring.borrow();
        let keyring = keyring.as_ref().ok_or(SyncError::Locked)?;
        Ok(rows.into_iter().map(|row| OpenRow { body: open(keyring, &row).flatten(), row }).collect())
    }
}
