//! Taking what is new: entries into the log, streams that were withdrawn out of it.

use std::collections::BTreeSet;

use domain::id::StreamId;

use super::sync::{SyncError, Synced, Transport};
use super::{Engine, ids, segment_key};
use crate::exchange::{Failure, NewEntries, plan_pull, read_pull};
use crate::journal::Journal;
use crate::storage::{Mine, OutboxRow, Profile, Pulled, Segment, Storage, StorageError, StreamRow};
use crate::vault::{Keyring, Place};

/// What became of pulled entries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stored {
    Whole,
    Overtaken,
}

impl<S: Storage, J: Journal> Engine<S, J> {
    /// Pulls until there is no more. Returns the streams that were withdrawn.
    pub(super) async fn pull_all<T: Transport>(
        &self,
        transport: &T,
        synced: &mut Synced,
    ) -> Result<Vec<StreamId>, SyncError> {
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
    pub(super) async fn withdraw(&self, stream: StreamId, synced: &mut Synced) -> Result<(), SyncError> {
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
