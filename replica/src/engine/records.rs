//! From sealed segments and the outbox to records, and to what lists need of them.
//!
//! ```text
//! kept front ─┐
//! kept rest ──┴▶ record as far as it was kept ─ segments after that ─▶ base ─ outbox on top ─▶ record ─▶ summary
//! ```
//! A record is opened when somebody looks at it. Lists show summaries, which are kept with a stamp of all they were made
//! from; one whose stamp is another is made anew.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::Record;
use domain::entry::Entry;
use domain::id::{CaptureId, StreamId};
use domain::record::capture::Capture;
use domain::record::kept::Kept;
use domain::record::summary::Summary;

use super::derived::{KeptSummary, current, seal_kept};
use super::on_top::OnTop;
use super::{Engine, segment_key};
use crate::journal::Journal;
use crate::storage::{Derived, DerivedKind, Storage, StorageError, StreamRow};
use crate::vault::{Keyring, Place};

/// A record folded from the stored log, with the cursor it was folded to.
pub(super) struct Folded {
    epoch: u64,
    after: u64,
    record: Arc<Record>,
    /// What is kept of it is as far as this.
    is_kept: bool,
}

impl Folded {
    fn nothing(epoch: u64) -> Folded {
        Folded { epoch, after: 0, record: Arc::default(), is_kept: false }
    }
}

/// What lists show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summaries {
    /// By stream, true to what is stored.
    pub current: BTreeMap<StreamId, Summary>,
    /// By stream, as they were before something changed: a list that waited for the new ones would move under the finger.
    pub before: BTreeMap<StreamId, Summary>,
    /// Streams with a record here whose summary has to be made: [`Engine::summarise`].
    pub to_make: Vec<StreamId>,
}

/// How many operations of these streams the server does not have. They are numbered without a gap: none of them has to be
/// read, and this is asked after every tap.
pub(super) fn waiting(streams: &[StreamRow]) -> u64 {
    streams.iter().map(|row| row.next.saturating_sub(row.high + 1)).sum()
}

impl<S: Storage, J: Journal> Engine<S, J> {
    /// Every stream that has a record here.
    ///
    /// # Errors
    /// [`StorageError`].
    pub async fn stream_ids(&self) -> Result<Vec<StreamId>, StorageError> {
        Ok(self.on_top().await?.streams(&self.storage.streams().await?).into_iter().collect())
    }

    /// What lists show of every record here, as far as it is kept and nothing has changed since.
    ///
    /// # Errors
    /// [`StorageError`], with [`StorageError::Denied`] when the vault is locked.
    pub async fn summaries(&self) -> Result<Summaries, StorageError> {
        let on_top = self.on_top().await?;
        let streams = self.storage.streams().await?;
        let mut kept = BTreeMap::new();
        for value in self.storage.all_derived(DerivedKind::Summary).await? {
            kept.insert(value.stream, value);
        }
        let mut summaries = Summaries::default();
        for stream in on_top.streams(&streams) {
            let row = row_of(&streams, stream);
            let stamp = on_top.stamp(&row);
            let found = kept.get(&stream).map(|value| self.open_derived(value)).transpose()?.flatten();
            match found.and_then(|text| KeptSummary::read(&text, stamp)) {
                Some((summary, true)) => drop(summaries.current.insert(stream, summary)),
                Some((summary, false)) => {
                    summaries.before.insert(stream, summary);
                    summaries.to_make.push(stream);
                }
                None => summaries.to_make.push(stream),
            }
        }
        Ok(summaries)
    }

    /// Makes the summaries of these streams, one by one, and keeps them with the records they were made from. None for a
    /// stream that has no record here any more, or whose stored log does not open: the next exchange fetches that again.
    ///
    /// # Errors
    /// [`StorageError`]; those that were handed to `each` are right.
    pub async fn summarise(
        &self,
        streams: &[StreamId],
        mut each: impl FnMut(StreamId, Option<Summary>),
    ) -> Result<(), StorageError> {
        let on_top = self.on_top().await?;
        let stored = self.storage.streams().await?;
        for stream in streams {
            if !on_top.streams(&stored).contains(stream) {
                each(*stream, None);
                continue;
            }
            let row = row_of(&stored, *stream);
            let was_open = self.folded.borrow().contains_key(stream);
            let Some(record) = self.record_at(&row, &on_top).await? else {
                each(*stream, None);
                continue;
            };
            let summary = Summary::of(&record, on_top.staff);
            self.keep_summary(&row, &KeptSummary::new(on_top.stamp(&row), summary.clone())).await?;
            if !was_open {
                self.folded.borrow_mut().remove(stream);
            }
            each(*stream, Some(summary));
        }
        Ok(())
    }

    /// One record: what came from the server, with what this tablet has not sent laid on top. None when it is not here, or
    /// its stored log does not open: the next exchange fetches that again.
    ///
    /// # Errors
    /// [`StorageError`], with [`StorageError::Denied`] when the vault is locked.
    pub async fn record(&self, stream: StreamId) -> Result<Option<Arc<Record>>, StorageError> {
        let on_top = self.on_top().await?;
        let streams = self.storage.streams().await?;
        if !on_top.streams(&streams).contains(&stream) {
            return Ok(None);
        }
        self.record_at(&row_of(&streams, stream), &on_top).await
    }

    /// The front of one record, where it is kept as it is now; else all of it. See [`domain::record::kept`].
    ///
    /// # Errors
    /// [`StorageError`], with [`StorageError::Denied`] when the vault is locked.
    pub async fn front(&self, stream: StreamId) -> Result<Option<Arc<Record>>, StorageError> {
        let on_top = self.on_top().await?;
        let streams = self.storage.streams().await?;
        let row = row_of(&streams, stream);
        let is_open = self.folded.borrow().contains_key(&stream);
        if row.after > 0
            && !is_open
            && on_top.is_nothing(stream)
            && let Some(front) =
                self.kept_text(&row, DerivedKind::Front).await?.filter(|(_, after)| *after == row.after)
            && let Some(record) = Record::front(&front.0)
        {
            return Ok(Some(Arc::new(record)));
        }
        if !on_top.streams(&streams).contains(&stream) {
            return Ok(None);
        }
        self.record_at(&row, &on_top).await
    }

    /// Every record here. It costs as much as all that was ever recorded: for tests, and for a replica that forks.
    ///
    /// # Errors
    /// [`StorageError`], with [`StorageError::Denied`] when the vault is locked.
    pub async fn records(&self) -> Result<Vec<(StreamId, Arc<Record>)>, StorageError> {
        let on_top = self.on_top().await?;
        let streams = self.storage.streams().await?;
        let mut records = Vec::new();
        for stream in on_top.streams(&streams) {
            let record = self.record_at(&row_of(&streams, stream), &on_top).await?;
            records.extend(record.map(|record| (stream, record)));
        }
        Ok(records)
    }

    /// The capture that is with the child, from its own operations alone.
    ///
    /// # Errors
    /// [`StorageError`].
    pub async fn capture(&self, capture: CaptureId) -> Result<Option<Capture>, StorageError> {
        let rows = self.storage.outbox().await?;
        let on_top = OnTop::of_rows(rows, self.profile().await?.staff);
        let mut record = Record::default();
        self.lay_on_top(&mut record, &on_top, None);
        Ok(record.captures.remove(&capture))
    }

    /// How many operations the server has not acknowledged.
    ///
    /// # Errors
    /// [`StorageError`].
    pub async fn unsent(&self) -> Result<usize, StorageError> {
        let count = waiting(&self.storage.streams().await?);
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// A record with what is unsent on top; none, and noted, when its stored log does not open.
    async fn record_at(&self, row: &StreamRow, on_top: &OnTop) -> Result<Option<Arc<Record>>, StorageError> {
        let mut record = match self.base(row).await {
            Err(StorageError::Damaged) => {
                self.damaged.borrow_mut().insert(row.stream);
                return Ok(None);
            }
            base => base?,
        };
        if !on_top.is_nothing(row.stream) {
            self.lay_on_top(Arc::make_mut(&mut record), on_top, Some(row));
        }
        Ok(Some(record))
    }

    fn lay_on_top(&self, record: &mut Record, on_top: &OnTop, row: Option<&StreamRow>) {
        let keyring = self.keyring.borrow();
        let Some(keyring) = keyring.as_ref() else {
            return;
        };
        for (body, unsent) in on_top.bodies(row, keyring) {
            record.fold_unsent(&body, on_top.staff, unsent);
        }
    }

    /// The record of the stored log. What was folded or kept before is gone on with.
    async fn base(&self, row: &StreamRow) -> Result<Arc<Record>, StorageError> {
        let open = self.folded.borrow_mut().remove(&row.stream);
        let open = open.filter(|folded| folded.epoch == row.epoch && folded.after <= row.after);
        let folded = match open {
            Some(folded) => folded,
            None => self.kept_record(row).await?.unwrap_or(Folded::nothing(row.epoch)),
        };
        let mut folded = self.fold_on(row, folded).await?;
        if folded.record.is_outdated() {
            folded = self.fold_on(row, Folded::nothing(row.epoch)).await?;
        }
        if !folded.is_kept {
            self.keep_record(row, &folded).await?;
            folded.is_kept = true;
        }
        let record = folded.record.clone();
        self.folded.borrow_mut().insert(row.stream, folded);
        Ok(record)
    }

    /// Folds what the log has beyond what is folded.
    async fn fold_on(&self, row: &StreamRow, mut folded: Folded) -> Result<Folded, StorageError> {
        if folded.after == row.after {
            return Ok(folded);
        }
        let record = Arc::make_mut(&mut folded.record);
        for segment in self.storage.log(row.stream, folded.after).await? {
            let key = segment_key(segment.stream, segment.epoch, segment.first);
            for entry in self.open_segment(&key, &segment.sealed)? {
                if entry.seq > folded.after {
                    record.fold(&entry);
                    folded.after = entry.seq;
                }
            }
        }
        folded.is_kept = false;
        if folded.after < row.after { Err(StorageError::Damaged) } else { Ok(folded) }
    }

    /// The record as it is kept, however far that is.
    async fn kept_record(&self, row: &StreamRow) -> Result<Option<Folded>, StorageError> {
        let Some((front, after)) = self.kept_text(row, DerivedKind::Front).await? else { return Ok(None) };
        let rest = self.kept_text(row, DerivedKind::Rest).await?.filter(|(_, of)| *of == after);
        let record = rest.and_then(|(rest, _)| Record::front(&front)?.with_rest(&rest));
        Ok(record.map(|record| Folded { epoch: row.epoch, after, record: Arc::new(record), is_kept: true }))
    }

    /// A kept text of this version, and how far it goes.
    async fn kept_text(&self, row: &StreamRow, kind: DerivedKind) -> Result<Option<(Vec<u8>, u64)>, StorageError> {
        let value = self.storage.derived(row.stream, kind).await?;
        let Some(value) = value.filter(|value| value.epoch == row.epoch && value.after <= row.after) else {
            return Ok(None);
        };
        let text = self.open_derived(&value)?.and_then(current);
        Ok(text.map(|text| (text, value.after)))
    }

    async fn keep_record(&self, row: &StreamRow, folded: &Folded) -> Result<(), StorageError> {
        if row.after == 0 {
            return Ok(());
        }
        let Some(Kept { front, rest }) = folded.record.keep() else { return Ok(()) };
        let front = self.seal_derived(row, DerivedKind::Front, &seal_kept(&front))?;
        let rest = self.seal_derived(row, DerivedKind::Rest, &seal_kept(&rest))?;
        // What could not be kept is made anew the next time: no reason to show nothing.
        let _ = self.storage.keep_derived(&[front, rest]).await;
        Ok(())
    }

    async fn keep_summary(&self, row: &StreamRow, summary: &KeptSummary) -> Result<(), StorageError> {
        let value = self.seal_derived(row, DerivedKind::Summary, &summary.write())?;
        let _ = self.storage.keep_derived(&[value]).await;
        Ok(())
    }

    fn seal_derived(&self, row: &StreamRow, kind: DerivedKind, plain: &[u8]) -> Result<Derived, StorageError> {
        let StreamRow { stream, epoch, after, .. } = *row;
        let key = derived_key(stream, kind, epoch, after);
        match self.keyring.borrow().as_ref() {
            Some(keyring @ Keyring::Worker(_)) => {
                let sealed = keyring.seal(Place { store: "derived", key: &key }, plain);
                Ok(Derived { stream, kind, epoch, after, sealed })
            }
            _ => Err(StorageError::Denied),
        }
    }

    /// A derived value that does not open is made anew.
    fn open_derived(&self, value: &Derived) -> Result<Option<Vec<u8>>, StorageError> {
        let keyring = self.keyring.borrow();
        let Some(keyring @ Keyring::Worker(_)) = keyring.as_ref() else {
            return Err(StorageError::Denied);
        };
        let key = derived_key(value.stream, value.kind, value.epoch, value.after);
        Ok(keyring.open(Place { store: "derived", key: &key }, &value.sealed).and_then(Result::ok))
    }

    /// Every stored entry of a stream that can be read, in order.
    pub(super) async fn log_entries(&self, stream: StreamId) -> Result<Vec<Entry>, StorageError> {
        let mut entries = Vec::new();
        for segment in self.storage.log(stream, 0).await? {
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

fn derived_key(stream: StreamId, kind: DerivedKind, epoch: u64, after: u64) -> String {
    format!("{stream}/{}/{epoch}/{after}", kind.name())
}

fn row_of(streams: &[StreamRow], stream: StreamId) -> StreamRow {
    streams.iter().find(|row| row.stream == stream).copied().unwrap_or(StreamRow::new(stream))
}
