//! One exchange with the server: send what is unsent, take what is new.
//!
//! With the worker's key: push until the outbox is sent, then pull until there is no more. With a child's key: push
//! that capture only; nothing is pulled. Correctness never depends on being the only tab that does it.

use std::collections::{BTreeMap, BTreeSet};

use domain::hash::Hash;
use domain::id::{OperationId, ReplicaId, StreamId};
use domain::wire::{EnrolRequest, EnrolResponse, PROTOCOL, PullRequest, PullResponse, PushRequest, PushResponse};
use jiff::Timestamp;

use super::{Engine, ids, open, segment_key};
use crate::exchange::{
    BatchLimit, Failure, NewEntries, PushPlan, PushStep, plan_pull, plan_push, read_pull, read_push,
};
use crate::journal::Journal;
use crate::storage::{Acknowledged, Mine, OutboxRow, Profile, Pulled, Segment, Storage, StorageError, StreamRow};
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

/// What the reply to a push led to; the later outranks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Taken {
    Nothing,
    OneStepOn,
    Fork,
}

/// What became of pulled entries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stored {
    Whole,
    Overtaken,
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
    /// Operations that no key opens: they were set aside, so that the rest could be sent.
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
        self.push_all(transport, &mut synced).await?;
        if self.is_unlocked() {
            for stream in self.pull_all(transport, &mut synced).await? {
                self.withdraw(stream, &mut synced).await?;
            }
        }
        Ok(synced)
    }

    /// Pushes until the outbox is sent, as far as the key at hand opens it.
    async fn push_all<T: Transport>(&self, transport: &T, synced: &mut Synced) -> Result<(), SyncError> {
        let mut limit = BatchLimit::default();
        let mut set_back = BTreeSet::new();
        let mut tended = false;
        let mut unsent = self.unsent_now().await?;
        loop {
            let plan = self.plan(&unsent, limit)?;
            if !plan.shut.is_empty() && !tended && self.is_unlocked() {
                tended = true;
                synced.unreadable.extend(self.tend_outbox().await?);
                unsent = self.unsent_now().await?;
                continue;
            }
            if plan.streams.is_empty() {
                if unsent.fresh {
                    return Ok(());
                }
                unsent = self.unsent_now().await?;
                continue;
            }
            let (build, replica) = (self.build.clone(), unsent.profile.replica);
            let request = PushRequest { protocol: PROTOCOL, build, replica, streams: plan.streams };
            synced.requests += 1;
            let reply = match transport.push(&request).await {
                Err(Failure::TooLarge) => {
                    limit = limit.halved(&request).ok_or(Failure::TooLarge)?;
                    continue;
                }
                reply => reply?,
            };
            synced.time = Some(reply.time);
            unsent.fresh = false;
            match self.take_push(&request, &reply, &mut unsent, &mut set_back, synced).await? {
                Taken::OneStepOn => {}
                Taken::Fork if !synced.forked => {
                    self.fork(transport, &unsent.profile, synced).await?;
                    unsent = self.unsent_now().await?;
                }
                // An answer that leads nowhere is not ours: asking again would never end.
                Taken::Fork | Taken::Nothing => return Err(Failure::Network.into()),
            }
        }
    }

    /// What is unsent, as the store has it at this moment.
    async fn unsent_now(&self) -> Result<UnsentRows, StorageError> {
        // Rows first: another tab acknowledges a row before or together with dropping it.
        let rows = self.storage.outbox().await?;
        let streams = self.storage.streams().await?;
        Ok(UnsentRows { rows, streams, profile: self.profile().await?, fresh: true })
    }

    fn plan(&self, unsent: &UnsentRows, limit: BatchLimit) -> Result<PushPlan, SyncError> {
        let keyring = self.keyring.borrow();
        let keyring = keyring.as_ref().ok_or(SyncError::Locked)?;
        Ok(plan_push(&unsent.rows, &unsent.streams, limit, |row| open(keyring, row).flatten()))
    }

    /// Takes the reply to a push. `set_back` are the streams on which the server had less than it once said.
    async fn take_push(
        &self,
        request: &PushRequest,
        reply: &PushResponse,
        unsent: &mut UnsentRows,
        set_back: &mut BTreeSet<StreamId>,
        synced: &mut Synced,
    ) -> Result<Taken, SyncError> {
        let mut taken = Taken::Nothing;
        for sent in &request.streams {
            let Some(answer) = reply.streams.iter().find(|answer| answer.stream == sent.stream) else {
                continue;
            };
            let mut step = read_push(sent, answer, &unsent.hashes(sent.stream));
            if step == PushStep::Fork {
                // Before believing that: another tab may have saved, sent or pulled meanwhile.
                *unsent = self.unsent_now().await?;
                if unsent.profile.replica != request.replica || unsent.high(sent.stream) != sent.after {
                    taken = taken.max(Taken::OneStepOn);
                    continue;
                }
                step = read_push(sent, answer, &unsent.hashes(sent.stream));
            }
            let PushStep::Acknowledge { high, chain } = step else {
                taken = Taken::Fork;
                continue;
            };
            if high > sent.after || (high < sent.after && set_back.insert(sent.stream)) {
                taken = taken.max(Taken::OneStepOn);
                synced.sent += high.saturating_sub(sent.after);
                let (replica, stream, after) = (request.replica, sent.stream, sent.after);
                let word = Acknowledged { replica, stream, after, high, chain };
                self.storage.acknowledge(&word).await?;
                unsent.acknowledge(&word);
            }
        }
        Ok(taken)
    }

    /// Mints a new replica, pulls, drops what is already sequenced, numbers the rest again.
    ///
    /// `profile` is the one that was found to be forked: another tab may have done all this meanwhile.
    async fn fork<T: Transport>(&self, transport: &T, profile: &Profile, synced: &mut Synced) -> Result<(), SyncError> {
        if !self.is_unlocked() {
            // It needs a pull, and a child's key cannot: it waits for the worker.
            return Err(SyncError::Locked);
        }
        let replica = transport.mint();
        synced.requests += 1;
        transport.enrol(&EnrolRequest { replica, vault: profile.vault, replaces: Some(profile.replica) }).await?;
        // Nothing is purged yet: what had been acknowledged may have to go again.
        self.pull_all(transport, synced).await?;
        // Rows whose entries came back have gone with the pull; the others the server may have under the old
        // identity only beyond what may be read here, and a repeated identity takes effect once.
        let mut sequenced = Vec::new();
        for (_, record) in self.records().await? {
            sequenced.extend(record.items.iter().filter(|item| item.seq.is_some()).filter_map(|item| item.id));
        }
        self.storage.fork(profile.replica, replica, &sequenced).await?;
        synced.forked = true;
        Ok(())
    }

    /// Pulls until there is no more. Returns the streams that were withdrawn.
    async fn pull_all<T: Transport>(&self, transport: &T, synced: &mut Synced) -> Result<Vec<StreamId>, SyncError> {
        loop {
            let profile = self.profile().await?;
            let streams = self.cursors().await?;
            let request = plan_pull(profile.replica, &streams);
            synced.requests += 1;
            let reply = transport.pull(&request).await?;
            synced.time = Some(reply.time);
            let more = reply.more;
            let rows = self.storage.outbox().await?;
            let written_to = rows.iter().map(|row| row.operation.stream);
            let written_to = written_to.chain(self.damaged.borrow().iter().copied()).collect();
            let step = read_pull(&streams, &written_to, reply).map_err(|_| Failure::Network)?;
            let got = !step.entries.is_empty();
            if self.take_entries(&profile, &rows, &streams, step.entries, synced).await? == Stored::Overtaken {
                continue;
            }
            if !more {
                return Ok(step.withdrawn);
            }
            if !got {
                // "More", and nothing: not ours.
                return Err(Failure::Network.into());
            }
        }
    }

    /// Where each stream stands. One whose stored log does not open starts again.
    async fn cursors(&self) -> Result<Vec<StreamRow>, SyncError> {
        let mut streams = self.storage.streams().await?;
        let damaged = self.damaged.borrow();
        for row in streams.iter_mut().filter(|row| damaged.contains(&row.stream)) {
            row.after = 0;
        }
        Ok(streams)
    }

    async fn take_entries(
        &self,
        profile: &Profile,
        rows: &[OutboxRow],
        cursors: &[StreamRow],
        new: Vec<NewEntries>,
        synced: &mut Synced,
    ) -> Result<Stored, SyncError> {
        let mut pulled = Vec::new();
        for new in &new {
            pulled.extend(self.pulled(profile, rows, new)?);
        }
        if pulled.is_empty() {
            return Ok(Stored::Whole);
        }
        match self.storage.store_pulled(&pulled).await {
            Ok(()) => {}
            // Another tab stored some of it first: ask again from where it stands now.
            Err(StorageError::Damaged) if self.cursors().await? != cursors => return Ok(Stored::Overtaken),
            Err(error) => return Err(error.into()),
        }
        for Pulled { segment, restart, .. } in pulled {
            if restart {
                self.folded.borrow_mut().remove(&segment.stream);
            }
            self.damaged.borrow_mut().remove(&segment.stream);
            synced.changed.insert(segment.stream);
        }
        Ok(Stored::Whole)
    }

    /// What new entries of one stream change, sealed.
    fn pulled(&self, profile: &Profile, rows: &[OutboxRow], new: &NewEntries) -> Result<Option<Pulled>, SyncError> {
        let NewEntries { stream, epoch, restart, ref entries } = *new;
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
            return Ok(None);
        };
        let (first, last) = (first.seq, last.seq);
        let restart = restart || self.damaged.borrow().contains(&stream);
        // Each body has a salt of its own, so that a hash is one operation's.
        let hashes: BTreeSet<_> = entries.iter().map(|entry| entry.sha256).collect();
        let came_back = rows.iter().filter(|row| row.operation.stream == stream);
        let came_back = ids(came_back.filter(|row| hashes.contains(&row.operation.sha256)));
        let mine = entries.iter().filter(|entry| entry.replica == profile.replica);
        let mine = mine.map(|entry| Mine { replica: entry.replica, rseq: entry.rseq, sha256: entry.sha256 });
        let plain = serde_json::to_vec(entries).map_err(|_| StorageError::Damaged)?;
        let sealed = self.seal_segment(&segment_key(stream, epoch, first), &plain)?;
        let segment = Segment { stream, epoch, first, last, sealed };
        Ok(Some(Pulled { restart, segment, came_back, mine: mine.collect() }))
    }

    /// What is unsent goes first; then the child's data leaves the device.
    async fn withdraw(&self, stream: StreamId, synced: &mut Synced) -> Result<(), SyncError> {
        match self.storage.purge(stream).await {
            Ok(()) => {
                self.folded.borrow_mut().remove(&stream);
                self.damaged.borrow_mut().remove(&stream);
                synced.purged.push(stream);
                Ok(())
            }
            Err(StorageError::Damaged) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn seal_segment(&self, key: &str, plain: &[u8]) -> Result<crate::vault::Sealed, SyncError> {
        match self.keyring.borrow().as_ref() {
            Some(keyring @ Keyring::Worker(_)) => Ok(keyring.seal(Place { store: "log", key }, plain)),
            _ => Err(SyncError::Locked),
        }
    }
}

/// The outbox and how far it was sent, as read at one moment and kept up to date through one exchange.
struct UnsentRows {
    rows: Vec<OutboxRow>,
    streams: Vec<StreamRow>,
    profile: Profile,
    /// Nothing has been sent since it was read.
    fresh: bool,
}

impl UnsentRows {
    fn hashes(&self, stream: StreamId) -> BTreeMap<u64, Hash> {
        let of_stream = self.rows.iter().filter(|row| row.operation.stream == stream);
        of_stream.map(|row| (row.rseq, row.operation.sha256)).collect()
    }

    fn high(&self, stream: StreamId) -> u64 {
        self.streams.iter().find(|row| row.stream == stream).map_or(0, |row| row.high)
    }

    fn acknowledge(&mut self, word: &Acknowledged) {
        if let Some(row) = self.streams.iter_mut().find(|row| row.stream == word.stream) {
            (row.high, row.chain) = (word.high, word.chain);
        }
    }
}
