//! Taking what is new: entries into the log, each stream by its cursor.
//!
//! A stream whose epoch is another, whose stored log does not open, or on which the server may have been set back, is
//! fetched whole, and replaced only when all of it is there.

use std::collections::{BTreeMap, BTreeSet};

use domain::entry::Entry;
use domain::id::{OperationId, StreamId};
use domain::wire::PullRequest;

use super::records::waiting;
use super::redact::{blank, redacts};
use super::sync::{SyncError, Synced, Transport};
use super::{Engine, ids, segment_key};
use crate::exchange::{Failure, NewEntries, PullStep, plan_pull, read_pull};
use crate::journal::Journal;
use crate::storage::{Mine, OutboxRow, Profile, Pulled, Segment, Storage, StorageError, StreamRow};
use crate::vault::{Keyring, Place};

/// What became of pulled entries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stored {
    Whole,
    Overtaken,
}

/// A stream that is fetched from its beginning, as far as it has come.
struct Whole {
    epoch: u64,
    entries: Vec<Entry>,
}

/// What the tablet held when it asked.
struct Here {
    profile: Profile,
    stored: Vec<StreamRow>,
    rows: Vec<OutboxRow>,
}

impl<S: Storage, J: Journal> Engine<S, J> {
    /// Pulls until there is no more. Returns the streams that were withdrawn.
    pub(super) async fn pull_all<T: Transport>(
        &self,
        transport: &T,
        synced: &mut Synced,
    ) -> Result<Vec<StreamId>, SyncError> {
        let mut whole = BTreeMap::new();
        loop {
            let profile = self.profile().await?;
            let stored = self.storage.streams().await?;
            let cursors = self.cursors(&stored, &whole);
            let request = PullRequest {
                build: Some(self.build.clone()),
                unsent: Some(u32::try_from(waiting(&stored)).unwrap_or(u32::MAX)),
                ..plan_pull(profile.replica, &cursors)
            };
            synced.requests += 1;
            let reply = transport.pull(&request).await?;
            synced.time = Some(reply.time);
            let more = reply.more;
            let here = Here { profile, stored, rows: self.storage.outbox().await? };
            let step = read_pull(&cursors, &self.known_streams(&here), reply).map_err(|_| Failure::Network)?;
            let got = !step.entries.is_empty();
            let mut steps_on = !step.set_back.is_empty();
            for stream in &step.set_back {
                if whole.contains_key(stream) || self.is_settled(*stream) {
                    // Set back twice within one exchange: not ours.
                    return Err(Failure::Network.into());
                }
                self.doubt(*stream).await?;
            }
            let PullStep { entries, withdrawn, heads, .. } = step;
            let mut plain = Vec::new();
            for new in entries {
                if new.restart || self.is_fetched_whole(new.stream) || whole.contains_key(&new.stream) {
                    gather(&mut whole, new);
                } else {
                    plain.push(new);
                }
            }
            if self.take_entries(&here, plain, synced).await? == Stored::Overtaken {
                continue;
            }
            steps_on |= self.take_whole(transport, &here, &heads, &mut whole, synced).await?;
            let waits = !whole.is_empty() || self.is_any_fetched_whole(&heads);
            if !more && !waits {
                return Ok(withdrawn);
            }
            if !got && !steps_on {
                // "More", and nothing: not ours.
                return Err(Failure::Network.into());
            }
        }
    }

    fn is_fetched_whole(&self, stream: StreamId) -> bool {
        self.damaged.borrow().contains(&stream) || self.is_in_doubt(stream)
    }

    fn is_any_fetched_whole(&self, readable: &BTreeMap<StreamId, (u64, u64)>) -> bool {
        readable.iter().any(|(stream, (_, head))| *head > 0 && self.is_fetched_whole(*stream))
    }

    /// Every stream that is here, or was written to from here.
    fn known_streams(&self, here: &Here) -> BTreeSet<StreamId> {
        let written_to = here.rows.iter().map(|row| row.operation.stream);
        let stored = here.stored.iter().filter(|row| row.after > 0).map(|row| row.stream);
        written_to.chain(stored).chain(self.damaged.borrow().iter().copied()).collect()
    }

    /// Where each stream stands. One that is fetched whole goes on from what has been fetched of it.
    fn cursors(&self, stored: &[StreamRow], whole: &BTreeMap<StreamId, Whole>) -> Vec<StreamRow> {
        let mut cursors = stored.to_vec();
        for row in &mut cursors {
            if let Some(Whole { epoch, entries }) = whole.get(&row.stream) {
                (row.epoch, row.after) = (*epoch, entries.last().map_or(0, |entry| entry.seq));
            } else if self.is_fetched_whole(row.stream) {
                row.after = 0;
            }
        }
        cursors
    }

    /// Replaces each stored log whose stream has been fetched whole, once nothing is missing in it. Says whether anything
    /// was done.
    async fn take_whole<T: Transport>(
        &self,
        transport: &T,
        here: &Here,
        heads: &BTreeMap<StreamId, (u64, u64)>,
        whole: &mut BTreeMap<StreamId, Whole>,
        synced: &mut Synced,
    ) -> Result<bool, SyncError> {
        let mut steps_on = false;
        // One that was withdrawn meanwhile is forgotten as it is stored.
        whole.retain(|stream, _| heads.contains_key(stream));
        let is_whole = |(stream, of): (&StreamId, &Whole)| {
            let at = (of.epoch, of.entries.last().map_or(0, |entry| entry.seq));
            (heads.get(stream) == Some(&at)).then_some(*stream)
        };
        for stream in whole.iter().filter_map(is_whole).collect::<Vec<_>>() {
            steps_on = true;
            let row = here.stored.iter().find(|row| row.stream == stream);
            let row = row.copied().unwrap_or(StreamRow::new(stream));
            let fetched = whole.get(&stream).map_or(&[][..], |of| &of.entries);
            if self.hand_back_missing(transport, &row, fetched, synced).await? {
                continue;
            }
            let Some(Whole { epoch, entries }) = whole.remove(&stream) else { continue };
            let new = NewEntries { stream, epoch, restart: true, entries };
            self.take_entries(here, vec![new], synced).await?;
            self.settle(stream).await?;
        }
        Ok(steps_on)
    }

    async fn take_entries(&self, here: &Here, new: Vec<NewEntries>, synced: &mut Synced) -> Result<Stored, SyncError> {
        let (mut pulled, mut destroyed) = (Vec::new(), Vec::new());
        for new in new {
            let Some(new) = self.without_redacted(here, new, &mut destroyed).await? else {
                return Ok(Stored::Overtaken);
            };
            pulled.extend(self.pulled(&here.profile, &here.rows, &new)?);
        }
        if pulled.is_empty() {
            return Ok(Stored::Whole);
        }
        match self.storage.store_pulled(&pulled).await {
            Ok(()) => {}
            // Another tab stored some of it first: ask again from where it stands now.
            Err(StorageError::Damaged) if self.storage.streams().await? != here.stored => return Ok(Stored::Overtaken),
            Err(error) => return Err(error.into()),
        }
        for Pulled { segment, restart, .. } in pulled {
            if restart {
                self.folded.borrow_mut().remove(&segment.stream);
            }
            self.damaged.borrow_mut().remove(&segment.stream);
            synced.changed.insert(segment.stream);
        }
        Ok(self.forget_destroyed(&destroyed).await.map(|()| Stored::Whole)?)
    }

    /// Where a redaction is among new entries, what it names leaves the stored log in the transaction that stores it.
    /// None when the stored log does not open: the stream is fetched whole instead.
    async fn without_redacted(
        &self,
        here: &Here,
        new: NewEntries,
        destroyed: &mut Vec<OperationId>,
    ) -> Result<Option<NewEntries>, SyncError> {
        if !new.entries.iter().any(|entry| redacts(entry).is_some()) {
            return Ok(Some(new));
        }
        let NewEntries { stream, epoch, restart, entries } = new;
        let mut all = if restart { Vec::new() } else { self.log_entries(stream).await? };
        let after = here.stored.iter().find(|row| row.stream == stream).map_or(0, |row| row.after);
        if !restart && all.len() as u64 != after {
            self.damaged.borrow_mut().insert(stream);
            return Ok(None);
        }
        all.extend(entries);
        destroyed.extend(blank(&mut all));
        Ok(Some(NewEntries { stream, epoch, restart: true, entries: all }))
    }

    /// What new entries of one stream change, sealed.
    fn pulled(&self, profile: &Profile, rows: &[OutboxRow], new: &NewEntries) -> Result<Option<Pulled>, SyncError> {
        let NewEntries { stream, epoch, restart, ref entries } = *new;
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
            return Ok(None);
        };
        let (first, last) = (first.seq, last.seq);
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

    fn seal_segment(&self, key: &str, plain: &[u8]) -> Result<crate::vault::Sealed, SyncError> {
        match self.keyring.borrow().as_ref() {
            Some(keyring @ Keyring::Worker(_)) => Ok(keyring.seal(Place { store: "log", key }, plain)),
            _ => Err(SyncError::Locked),
        }
    }
}

/// Adds a page to a stream that is fetched whole.
fn gather(whole: &mut BTreeMap<StreamId, Whole>, new: NewEntries) {
    let NewEntries { stream, epoch, restart, entries } = new;
    match whole.get_mut(&stream) {
        Some(of) if !restart => of.entries.extend(entries),
        _ => drop(whole.insert(stream, Whole { epoch, entries })),
    }
}
