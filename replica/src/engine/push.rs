//! Sending what is unsent.
//!
//! ```text
//! outbox ─▶ plan ─▶ push ─┬─ taken ───────────────▶ acknowledge, go on
//!             ▲           ├─ too large ───────────▶ half the bytes
//!             └───────────┼─ one of these is bad ─▶ half the operations; the one that is left is set aside
//!                         └─ forked ──────────────▶ another replica, once
//! ```

use std::collections::{BTreeMap, BTreeSet};

use domain::hash::Hash;
use domain::id::StreamId;
use domain::wire::{EnrolRequest, PROTOCOL, PushRequest, PushResponse};

use super::sync::{SyncError, Synced, Transport};
use super::{Engine, open};
use crate::exchange::{BatchLimit, Failure, PushPlan, PushStep, Suspects, plan_push, read_push};
use crate::journal::Journal;
use crate::storage::{Acknowledged, OutboxRow, Profile, Storage, StorageError, StreamRow};
use crate::vault::Keyring;

/// What the reply to a push led to; the later outranks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Taken {
    Nothing,
    OneStepOn,
    Fork,
}

/// One run of pushes: what is still to be sent, and what was learnt on the way.
struct Pushing {
    unsent: UnsentRows,
    limit: BatchLimit,
    suspects: Suspects,
    /// Streams on which the server had less than it once said.
    set_back: BTreeSet<StreamId>,
    tended: bool,
}

impl<S: Storage, J: Journal> Engine<S, J> {
    /// Pushes until the outbox is sent, as far as the key at hand opens it.
    pub(super) async fn push_all<T: Transport>(&self, transport: &T, synced: &mut Synced) -> Result<(), SyncError> {
        let mut pushing = Pushing {
            unsent: self.unsent_now().await?,
            limit: BatchLimit::default(),
            suspects: Suspects::default(),
            set_back: BTreeSet::new(),
            tended: false,
        };
        loop {
            let plan = self.plan(&pushing)?;
            if !plan.shut.is_empty() && !pushing.tended && self.is_unlocked() {
                pushing.tended = true;
                synced.unreadable.extend(self.tend_outbox().await?);
                pushing.unsent = self.unsent_now().await?;
                continue;
            }
            if plan.streams.is_empty() {
                // More may have been saved meanwhile.
                if pushing.unsent.fresh || self.unsent().await? == 0 {
                    return Ok(());
                }
                pushing.unsent = self.unsent_now().await?;
                continue;
            }
            self.push_once(transport, plan, &mut pushing, synced).await?;
        }
    }

    async fn push_once<T: Transport>(
        &self,
        transport: &T,
        plan: PushPlan,
        pushing: &mut Pushing,
        synced: &mut Synced,
    ) -> Result<(), SyncError> {
        let (build, replica) = (self.build.clone(), pushing.unsent.profile.replica);
        let request = PushRequest { protocol: PROTOCOL, build, replica, streams: plan.streams };
        synced.requests += 1;
        let reply = match transport.push(&request).await {
            Err(Failure::TooLarge) => {
                pushing.limit = pushing.limit.halved(&request).ok_or(Failure::TooLarge)?;
                return Ok(());
            }
            Err(failure) if failure.is_about_an_operation() => {
                pushing.suspects.refused(&request, &failure);
                return self.isolate(pushing, failure, synced).await;
            }
            reply => reply?,
        };
        synced.time = Some(reply.time);
        pushing.unsent.fresh = false;
        match self.take_push(&request, &reply, pushing, synced).await? {
            Taken::OneStepOn => match pushing.suspects.taken(&request) {
                Some(failure) => self.isolate(pushing, failure, synced).await,
                None => Ok(()),
            },
            Taken::Fork if !synced.forked => {
                self.fork(transport, &pushing.unsent.profile, synced).await?;
                pushing.unsent = self.unsent_now().await?;
                Ok(())
            }
            // An answer that leads nowhere is not ours: asking again would never end.
            Taken::Fork | Taken::Nothing => Err(Failure::Network.into()),
        }
    }

    /// What is unsent, as the store has it at this moment.
    async fn unsent_now(&self) -> Result<UnsentRows, StorageError> {
        // Rows first: another tab acknowledges a row before or together with dropping it.
        let rows = self.storage.outbox().await?;
        let streams = self.storage.streams().await?;
        Ok(UnsentRows { rows, streams, profile: self.profile().await?, fresh: true })
    }

    fn plan(&self, pushing: &Pushing) -> Result<PushPlan, SyncError> {
        let keyring = self.keyring.borrow();
        let keyring = keyring.as_ref().ok_or(SyncError::Locked)?;
        let unsent = &pushing.unsent;
        let plan = plan_push(&unsent.rows, &unsent.streams, pushing.limit, |row| {
            // What is in doubt waits until it is settled.
            let waits = self.is_in_doubt(row.operation.stream) && !self.is_settled(row.operation.stream);
            if waits { None } else { open(keyring, row).flatten() }
        });
        Ok(pushing.suspects.narrow(plan))
    }

    /// Sets the one operation aside that the server will not take, once it is known which it is: the rest goes on.
    async fn isolate(&self, pushing: &mut Pushing, failure: Failure, synced: &mut Synced) -> Result<(), SyncError> {
        let Some(bad) = pushing.suspects.found() else {
            return Ok(());
        };
        let worker = self.keyring.borrow().clone();
        let Some(worker @ Keyring::Worker(_)) = worker else {
            // Setting aside needs the worker's key.
            return Err(failure.into());
        };
        let row = pushing.unsent.rows.iter().find(|row| row.operation.sha256 == bad);
        let row: Vec<&OutboxRow> = row.into_iter().collect();
        let set_aside = self.set_aside(&worker, &row).await?;
        if set_aside.is_empty() {
            return Err(failure.into());
        }
        synced.unreadable.extend(set_aside);
        pushing.suspects = Suspects::default();
        pushing.unsent = self.unsent_now().await?;
        Ok(())
    }

    /// Takes the reply to a push. What it acknowledges is stored together, for it may be of many streams, and also when
    /// something else of it fails.
    async fn take_push(
        &self,
        request: &PushRequest,
        reply: &PushResponse,
        pushing: &mut Pushing,
        synced: &mut Synced,
    ) -> Result<Taken, SyncError> {
        let mut words = Vec::new();
        let taken = self.read_answers(request, reply, pushing, synced, &mut words).await;
        if !words.is_empty() {
            self.storage.acknowledge(&words).await?;
        }
        taken
    }

    /// Reads the answers for each stream, and adds to `words` what is acknowledged by them and not stored yet.
    async fn read_answers(
        &self,
        request: &PushRequest,
        reply: &PushResponse,
        pushing: &mut Pushing,
        synced: &mut Synced,
        words: &mut Vec<Acknowledged>,
    ) -> Result<Taken, SyncError> {
        let Pushing { unsent, set_back, .. } = pushing;
        let mut taken = Taken::Nothing;
        for sent in &request.streams {
            let Some(answer) = reply.streams.iter().find(|answer| answer.stream == sent.stream) else {
                continue;
            };
            let row = unsent.streams.iter().find(|row| row.stream == sent.stream);
            if row.is_some_and(|row| self.shows_set_back(row, sent, answer)) {
                self.doubt(sent.stream).await?;
                if answer.high < sent.after {
                    // What the server lost of ours is in the log: it is handed back, not sent again.
                    taken = taken.max(Taken::OneStepOn);
                    continue;
                }
            }
            let mut step = read_push(sent, answer, &unsent.hashes(sent.stream));
            if step == PushStep::Fork {
                // Before believing that: another tab may have saved, sent or pulled meanwhile.
                self.storage.acknowledge(&std::mem::take(words)).await?;
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
                self.keep_outcomes(answer, &unsent.rows).await?;
                unsent.acknowledge(&word);
                words.push(word);
            }
        }
        Ok(taken)
    }

    /// Makes a new replica, pulls, drops what is already sequenced, numbers the rest again.
    ///
    /// `profile` is the one that was found to be forked: another tab may have done all this meanwhile.
    pub(super) async fn fork<T: Transport>(
        &self,
        transport: &T,
        profile: &Profile,
        synced: &mut Synced,
    ) -> Result<(), SyncError> {
        if !self.is_unlocked() {
            // It needs a pull, and a child's key cannot: it waits for the worker.
            return Err(SyncError::Locked);
        }
        let replica = transport.new_replica_id();
        synced.requests += 1;
        transport.enrol(&EnrolRequest { replica, vault: profile.vault, replaces: Some(profile.replica) }).await?;
        // Nothing is purged yet: what had been acknowledged may have to go again.
        let withdrawn = self.pull_all(transport, synced).await?;
        // Rows whose entries came back have gone with the pull; the others the server may have under the old
        // identity only beyond what may be read here, and a repeated identity takes effect once.
        let mut sequenced = Vec::new();
        for (stream, record) in self.records().await? {
            if withdrawn.contains(&stream) {
                // What is stored of it may be from before a restore: it proves nothing.
                continue;
            }
            sequenced.extend(record.sequenced());
        }
        self.storage.fork(profile.replica, replica, &sequenced).await?;
        synced.forked = true;
        Ok(())
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
