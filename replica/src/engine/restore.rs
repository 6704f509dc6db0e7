//! When the server was set back to an earlier state: noticing it, and handing back what it lost.
//!
//! ```text
//! pushing   the server has less of ours than it said, or its head or a place it gives lies before our cursor ─┐
//! pulling   its head lies before our cursor ──────────────────────────────────────────────────────────────────┤ doubt
//!                                                                                                              ▼
//!           fetch the whole stream beside what is stored ◀── the epoch is another ── (somebody else noticed)
//!             │ something of ours is missing in it: hand it back, fetch what is new
//!             ▼
//!           replace the stored log in one transaction: at no moment less is shown
//! ```
//! Nothing of a stream in doubt is sent before it is settled: it would be put before what was lost. Doubt is written down,
//! for a tablet may die between sending and settling.

use std::collections::{BTreeMap, BTreeSet};

use domain::entry::{Entry, Verdict};
use domain::id::StreamId;
use domain::wire::{PROTOCOL, PushOutcome, PushRequest, PushStream, PushedStream};

use super::sync::{SyncError, Synced, Transport};
use super::{Engine, OUTBOX};
use crate::exchange::{Failure, PushStep, read_push};
use crate::journal::Journal;
use crate::storage::{Acknowledged, Profile, Storage, StorageError, StreamRow, Unsaved};
use crate::vault::Place;

/// Kept names of streams in doubt. The name says it all.
const DOUBT: &str = "doubt/";
/// Entries handed back in one request take at most this many bytes: the server's limit less room for the rest.
const MAX_RETURNED_BYTES: usize = 440 * 1024;

/// What this engine believes of the server.
#[derive(Default)]
pub(super) struct Doubts {
    is_read: bool,
    /// Streams on which the server may have been set back.
    streams: BTreeSet<StreamId>,
    /// Streams that were fetched whole in this exchange, and hold what the server would take.
    settled: BTreeSet<StreamId>,
    /// Streams of which something was handed back in this exchange.
    handed_back: BTreeSet<StreamId>,
    /// There is something to send again.
    again: bool,
}

impl<S: Storage, J: Journal> Engine<S, J> {
    /// Begins an exchange.
    pub(super) async fn recall_doubts(&self) -> Result<(), StorageError> {
        if !self.doubts.borrow().is_read {
            let names = self.storage.kept_names().await?;
            let streams = names.iter().filter_map(|name| name.strip_prefix(DOUBT)?.parse::<StreamId>().ok());
            let mut doubts = self.doubts.borrow_mut();
            doubts.streams.extend(streams);
            doubts.is_read = true;
        }
        let mut doubts = self.doubts.borrow_mut();
        (doubts.settled, doubts.handed_back, doubts.again) = (BTreeSet::new(), BTreeSet::new(), false);
        Ok(())
    }

    /// Whether there is something to send again; asked once each round.
    pub(super) fn is_to_go_again(&self) -> bool {
        std::mem::take(&mut self.doubts.borrow_mut().again)
    }

    pub(super) fn is_in_doubt(&self, stream: StreamId) -> bool {
        self.doubts.borrow().streams.contains(&stream)
    }

    pub(super) fn is_settled(&self, stream: StreamId) -> bool {
        self.doubts.borrow().settled.contains(&stream)
    }

    /// Whether a reply to a push shows that the server was set back, as far as this exchange has not settled it.
    pub(super) fn shows_set_back(&self, row: &StreamRow, sent: &PushStream, answer: &PushedStream) -> bool {
        if row.after == 0 || self.is_settled(row.stream) {
            return false;
        }
        let lacks_ours = answer.outcome == PushOutcome::Need && answer.high < sent.after;
        let same_order = answer.epoch == row.epoch;
        let again_given = answer.results.iter().any(|result| (1..=row.after).contains(&result.seq));
        lacks_ours || (same_order && (answer.head < row.after || again_given))
    }

    /// Doubts a stream, on disk too.
    pub(super) async fn doubt(&self, stream: StreamId) -> Result<(), SyncError> {
        let name = format!("{DOUBT}{stream}");
        let sealed = match self.keyring.borrow().as_ref() {
            Some(keyring) => keyring.seal(Place { store: "kept", key: &name }, &[]),
            None => return Err(SyncError::Locked),
        };
        self.storage.keep(&name, &sealed).await?;
        self.doubts.borrow_mut().streams.insert(stream);
        Ok(())
    }

    /// What is stored of a stream is what the server has.
    pub(super) async fn settle(&self, stream: StreamId) -> Result<(), StorageError> {
        let was_in_doubt = {
            let mut doubts = self.doubts.borrow_mut();
            doubts.again |= doubts.handed_back.contains(&stream);
            doubts.settled.insert(stream);
            doubts.streams.contains(&stream)
        };
        if was_in_doubt {
            self.storage.forget(&format!("{DOUBT}{stream}")).await?;
            let mut doubts = self.doubts.borrow_mut();
            doubts.again = true;
            doubts.streams.remove(&stream);
        }
        Ok(())
    }

    /// Hands back what is stored and not among `fetched`, the whole stream as the server has it. Says whether it did: it
    /// does so once an exchange. What the server would not take of one's own goes back into the outbox.
    pub(super) async fn hand_back_missing<T: Transport>(
        &self,
        transport: &T,
        row: &StreamRow,
        fetched: &[Entry],
        synced: &mut Synced,
    ) -> Result<bool, SyncError> {
        let there: BTreeSet<_> = fetched.iter().map(|entry| entry.sha256).collect();
        let stored = self.log_entries(row.stream).await?;
        let is_missing = |entry: &Entry| !there.contains(&entry.sha256);
        let Some(first) = stored.iter().position(is_missing) else {
            return Ok(false);
        };
        if self.doubts.borrow_mut().handed_back.insert(row.stream) {
            let last = stored.iter().rposition(is_missing).unwrap_or(first);
            self.hand_back(transport, row, &stored[first.saturating_sub(1)..=last], synced).await?;
            return Ok(true);
        }
        let staff = self.profile().await?.staff;
        let own = stored.iter().filter(|entry| is_missing(entry) && entry.actor == staff);
        let own: Vec<Unsaved> = own.filter_map(|entry| self.unsent_again(row.stream, entry)).collect();
        if !own.is_empty() {
            self.storage.save(&own).await?;
            self.doubts.borrow_mut().again = true;
        }
        Ok(false)
    }

    /// An entry as the operation it was. What was turned down is not asked for again.
    fn unsent_again(&self, stream: StreamId, entry: &Entry) -> Option<Unsaved> {
        let (id, body) = (entry.id?, entry.body.as_ref()?);
        if entry.verdict == Verdict::Refused {
            return None;
        }
        let keyring = self.keyring.borrow();
        let sealed = keyring.as_ref()?.seal(Place { store: OUTBOX, key: &id.to_string() }, body.as_bytes());
        Some(Unsaved { stream, id, sha256: entry.sha256, sealed })
    }

    /// Hands entries back, in order and page by page. Each page begins with what the server has by then.
    async fn hand_back<T: Transport>(
        &self,
        transport: &T,
        row: &StreamRow,
        entries: &[Entry],
        synced: &mut Synced,
    ) -> Result<(), SyncError> {
        let profile = self.profile().await?;
        let (mut from, mut limit) = (0, MAX_RETURNED_BYTES);
        while from < entries.len() {
            let rest = &entries[from.saturating_sub(1)..];
            let mut bytes = 0;
            let fits = |entry: &&Entry| {
                bytes += serde_json::to_vec(entry).map_or(usize::MAX, |text| text.len() + 1);
                bytes <= limit
            };
            let page = &rest[..rest.iter().take_while(fits).count().max(2).min(rest.len())];
            match self.ask(transport, &profile, row, page.to_vec(), synced).await {
                Ok(_) => from = from.saturating_sub(1) + page.len(),
                Err(SyncError::Failure(Failure::TooLarge)) if page.len() > 2 => limit = bytes.min(limit) / 2,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Pushes nothing but entries handed back, and hears where the server stands.
    async fn ask<T: Transport>(
        &self,
        transport: &T,
        profile: &Profile,
        row: &StreamRow,
        returned: Vec<Entry>,
        synced: &mut Synced,
    ) -> Result<PushedStream, SyncError> {
        let StreamRow { stream, high: after, chain, .. } = *row;
        let sent = PushStream { stream, after, chain, operations: Vec::new(), returned };
        let (build, replica) = (self.build.clone(), profile.replica);
        let request = PushRequest { protocol: PROTOCOL, build, replica, streams: vec![sent] };
        synced.requests += 1;
        let reply = transport.push(&request).await?;
        synced.time = Some(reply.time);
        let answer = reply.streams.into_iter().find(|answer| answer.stream == stream);
        answer.ok_or(SyncError::Failure(Failure::Network))
    }

    /// A stream may not be read any more. What is unsent goes first, and what the server lost, should it have been set
    /// back: who may read it may be among that. Then the child's data leaves the device.
    pub(super) async fn withdraw<T: Transport>(
        &self,
        transport: &T,
        stream: StreamId,
        synced: &mut Synced,
    ) -> Result<(), SyncError> {
        let streams = self.storage.streams().await?;
        let row = streams.into_iter().find(|row| row.stream == stream).unwrap_or(StreamRow::new(stream));
        let profile = self.profile().await?;
        let is_first = !self.doubts.borrow().handed_back.contains(&stream);
        let stored = self.log_entries(stream).await?;
        let last: Vec<Entry> = stored.last().filter(|_| is_first).cloned().into_iter().collect();
        let asks = !last.is_empty();
        let answer = self.ask(transport, &profile, &row, last, synced).await?;
        if asks && (answer.outcome == PushOutcome::Need || answer.epoch > row.epoch) {
            self.hand_back(transport, &row, &stored, synced).await?;
            let mut doubts = self.doubts.borrow_mut();
            doubts.handed_back.insert(stream);
            doubts.again = true;
            return Ok(());
        }
        if self.send_again(transport, (&profile, &row), &stored, &answer, synced).await? {
            // Should it be readable again by that, what is stored is of another order.
            self.doubt(stream).await?;
            let mut doubts = self.doubts.borrow_mut();
            doubts.settled.insert(stream);
            doubts.again = true;
            return Ok(());
        }
        self.forget_stream(stream, synced).await
    }

    /// Where the server has less of ours than it said, or something else under our numbers, and would not take it back: it
    /// is sent again from the outbox, or, where it had come back already, from the log. Says whether there is anything to
    /// send.
    async fn send_again<T: Transport>(
        &self,
        transport: &T,
        (profile, row): (&Profile, &StreamRow),
        stored: &[Entry],
        answer: &PushedStream,
        synced: &mut Synced,
    ) -> Result<bool, SyncError> {
        let (stream, after) = (row.stream, row.high);
        let rows = self.storage.outbox().await?;
        let hashes = rows.iter().filter(|of| of.operation.stream == stream);
        let hashes: BTreeMap<_, _> = hashes.map(|of| (of.rseq, of.operation.sha256)).collect();
        let sent = PushStream { stream, after, chain: row.chain, operations: Vec::new(), returned: Vec::new() };
        match read_push(&sent, answer, &hashes) {
            PushStep::Acknowledge { high, .. } if high >= after => return Ok(false),
            PushStep::Acknowledge { high, chain } => {
                let word = Acknowledged { replica: profile.replica, stream, after, high, chain };
                self.storage.acknowledge(&[word]).await?;
                return Ok(true);
            }
            PushStep::Fork => {}
        }
        // Before believing that: another tab may have sent or pulled meanwhile.
        if !self.storage.streams().await?.contains(row) || self.profile().await?.replica != profile.replica {
            return Ok(true);
        }
        // A copy of this tablet gave our numbers to something else: what counts as sent goes under another name.
        if hashes.keys().any(|rseq| *rseq <= after) {
            if !synced.forked {
                self.fork(transport, profile, synced).await?;
            }
            return Ok(true);
        }
        let is_there = |entry: &&Entry| entry.replica == profile.replica && entry.rseq <= answer.high;
        let own = stored.iter().filter(|entry| entry.actor == profile.staff && !is_there(entry));
        let own: Vec<Unsaved> = own.filter_map(|entry| self.unsent_again(stream, entry)).collect();
        self.storage.save(&own).await?;
        Ok(!own.is_empty())
    }

    /// What counts as sent and has not come back, though everything was pulled, the server has lost: it goes again.
    pub(super) async fn send_what_never_came_back<T: Transport>(
        &self,
        transport: &T,
        withdrawn: &[StreamId],
        synced: &mut Synced,
    ) -> Result<(), SyncError> {
        let rows = self.storage.outbox().await?;
        if rows.is_empty() {
            return Ok(());
        }
        let waits = |row: &StreamRow| {
            let sent = rows.iter().any(|of| of.operation.stream == row.stream && of.rseq <= row.high);
            sent && !withdrawn.contains(&row.stream)
        };
        let (profile, forked) = (self.profile().await?, synced.forked);
        for row in self.storage.streams().await?.iter().filter(|row| waits(row)) {
            let answer = self.ask(transport, &profile, row, Vec::new(), synced).await?;
            if self.send_again(transport, (&profile, row), &[], &answer, synced).await? {
                self.doubts.borrow_mut().again = true;
            }
            if synced.forked != forked {
                // Every stream is numbered anew.
                break;
            }
        }
        Ok(())
    }

    async fn forget_stream(&self, stream: StreamId, synced: &mut Synced) -> Result<(), SyncError> {
        self.keep_outcome_of_what_was_sent(stream).await?;
        match self.storage.purge(stream).await {
            Ok(()) => {
                self.folded.borrow_mut().remove(&stream);
                self.damaged.borrow_mut().remove(&stream);
                self.settle(stream).await?;
                synced.purged.push(stream);
                Ok(())
            }
            Err(StorageError::Damaged) => {
                // Something is unsent. If it waited for doubt to be settled: the server has by now what it had lost. The doubt
                // itself stays, for should the stream be readable again, what is stored of it is of another order.
                if self.is_in_doubt(stream) {
                    let mut doubts = self.doubts.borrow_mut();
                    doubts.again |= doubts.settled.insert(stream);
                }
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }
}
