//! From sealed segments and the outbox to records.

use std::collections::{BTreeMap, BTreeSet};

use domain::Record;
use domain::entry::Entry;
use domain::id::{CaptureId, OperationId, StreamId};
use domain::record::Unsent;
use domain::record::capture::Capture;

use super::outcomes::PushOutcome;
use super::{Engine, Folded, open, segment_key};
use crate::journal::Journal;
use crate::storage::{OutboxRow, Storage, StorageError, StreamRow};
use crate::vault::{Keyring, Place};

impl<S: Storage, J: Journal> Engine<S, J> {
    /// Every stream that has a record here.
    ///
    /// # Errors
    /// [`StorageError`].
    pub async fn stream_ids(&self) -> Result<Vec<StreamId>, StorageError> {
        let rows = self.storage.outbox().await?;
        let streams = self.storage.streams().await?;
        Ok(stream_ids(&rows, &streams).into_iter().collect())
    }

    /// Everything here, folded: what came from the server, with what this tablet has not sent laid on top. A stream whose
    /// stored log does not open is left out until the next exchange has fetched it again.
    ///
    /// # Errors
    /// [`StorageError`], with [`StorageError::Denied`] when the vault is locked.
    pub async fn records(&self) -> Result<Vec<(StreamId, Record)>, StorageError> {
        // Rows first: one that comes back meanwhile is seen twice, which takes effect once, and never not at all.
        let rows = self.storage.outbox().await?;
        let streams = self.storage.streams().await?;
        let profile = self.profile().await?;
        let turned_away = self.turned_away().await?;
        let outcomes: BTreeMap<_, _> =
            self.outcomes().await?.into_iter().map(|outcome| (outcome.id, outcome)).collect();
        let mut records = Vec::new();
        let away = turned_away.iter().map(|row| row.operation.stream);
        for stream in stream_ids(&rows, &streams).into_iter().chain(away).collect::<BTreeSet<_>>() {
            let row = streams.iter().find(|row| row.stream == stream).copied().unwrap_or(StreamRow::new(stream));
            let mut record = match self.base(&row).await {
                Err(StorageError::Damaged) => {
                    self.damaged.borrow_mut().insert(stream);
                    continue;
                }
                base => base?,
            };
            let of_stream = rows.iter().filter(|row| row.operation.stream == stream);
            self.lay_on_top(&mut record, of_stream, (row.high, &outcomes), profile.staff);
            let of_stream = turned_away.iter().filter(|row| row.operation.stream == stream);
            self.lay_on_top(&mut record, of_stream, (0, &BTreeMap::new()), profile.staff);
            records.push((stream, record));
        }
        Ok(records)
    }

    /// The capture that is with the child, from its own operations alone.
    ///
    /// # Errors
    /// [`StorageError`].
    pub async fn capture(&self, capture: CaptureId) -> Result<Option<Capture>, StorageError> {
        let rows = self.storage.outbox().await?;
        let staff = self.profile().await?.staff;
        let mut record = Record::default();
        self.lay_on_top(&mut record, rows.iter(), (0, &BTreeMap::new()), staff);
        Ok(record.captures.remove(&capture))
    }

    /// How many operations the server has not acknowledged.
    ///
    /// # Errors
    /// [`StorageError`].
    pub async fn unsent(&self) -> Result<usize, StorageError> {
        // They are numbered without a gap: none of them has to be read, and this is asked after every tap.
        let waiting = |row: StreamRow| row.next.saturating_sub(row.high + 1);
        let count: u64 = self.storage.streams().await?.into_iter().map(waiting).sum();
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    fn lay_on_top<'a>(
        &self,
        record: &mut Record,
        rows: impl Iterator<Item = &'a OutboxRow>,
        (high, outcomes): (u64, &BTreeMap<OperationId, PushOutcome>),
        staff: domain::id::StaffId,
    ) {
        let keyring = self.keyring.borrow();
        let Some(keyring) = keyring.as_ref() else {
            return;
        };
        for row in rows {
            let unsent = match outcomes.get(&row.operation.id) {
                _ if row.rseq > high => Unsent::Saved,
                Some(outcome) => outcome.as_unsent(),
                None => Unsent::Sent,
            };
            if let Some(Some(body)) = open(keyring, row) {
                record.fold_unsent(&body, staff, unsent);
            }
        }
    }

    /// The record of the stored log; only what is new since the last time is folded.
    async fn base(&self, row: &StreamRow) -> Result<Record, StorageError> {
        let folded = self.folded.borrow_mut().remove(&row.stream);
        let mut folded = folded.filter(|folded| folded.epoch == row.epoch && folded.after <= row.after);
        if folded.as_ref().is_none_or(|folded| folded.after < row.after) {
            let mut fresh = folded.take().unwrap_or(Folded { epoch: row.epoch, after: 0, record: Record::default() });
            for segment in self.storage.log(row.stream).await? {
                if segment.last <= fresh.after {
                    continue;
                }
                let key = segment_key(segment.stream, segment.epoch, segment.first);
                for entry in self.open_segment(&key, &segment.sealed)? {
                    if entry.seq > fresh.after {
                        fresh.record.fold(&entry);
                        fresh.after = entry.seq;
                    }
                }
            }
            if fresh.after < row.after {
                return Err(StorageError::Damaged);
            }
            folded = Some(fresh);
        }
        let folded = folded.unwrap_or(Folded { epoch: row.epoch, after: 0, record: Record::default() });
        let record = folded.record.clone();
        self.folded.borrow_mut().insert(row.stream, folded);
        Ok(record)
    }

    /// Every stored entry of a stream that can be read, in order.
    pub(super) async fn log_entries(&self, stream: StreamId) -> Result<Vec<Entry>, StorageError> {
        let mut entries = Vec::new();
        for segment in self.storage.log(stream).await? {
            let key = segment_key(segment.stream, segment.epoch, segment.first);
            match self.open_segment(&key, &segment.sealed) {
                Ok(opened) => entries.extend(opened),
                // Damaged ones are counted as gone: the server has them.
                Err(StorageError::Damaged) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(entries)
    }

    fn open_segment(&self, key: &str, sealed: &crate::vault::Sealed) -> Result<Vec<Entry>, StorageError> {
        let keyring = self.keyring.borrow();
        let Some(keyring @ Keyring::Worker(_)) = keyring.as_ref() else {
            return Err(StorageError::Denied);
        };
        let plain = keyring
            .open(Place { store: "log", key }, sealed)
            .ok_or(StorageError::Damaged)?
            .map_err(|_| StorageError::Damaged)?;
        serde_json::from_slice(&plain).map_err(|_| StorageError::Damaged)
    }
}

fn stream_ids(rows: &[OutboxRow], streams: &[StreamRow]) -> BTreeSet<StreamId> {
    let unsent = rows.iter().map(|row| row.operation.stream);
    streams.iter().filter(|row| row.after > 0).map(|row| row.stream).chain(unsent).collect()
}
