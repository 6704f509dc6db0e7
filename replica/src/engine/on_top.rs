//! What this tablet lays on top of what came from the server: operations that are not sent, that have not come back, that
//! the server would not take.

use std::collections::{BTreeMap, BTreeSet};

use domain::Hash;
use domain::id::{OperationId, StaffId, StreamId};
use domain::record::Unsent;

use super::outcomes::PushOutcome;
use super::{Engine, open};
use crate::journal::Journal;
use crate::storage::{OutboxRow, Storage, StorageError, StreamRow};
use crate::vault::Keyring;

/// All of it, as read at one moment.
pub(super) struct OnTop {
    rows: Vec<OutboxRow>,
    turned_away: Vec<OutboxRow>,
    outcomes: BTreeMap<OperationId, PushOutcome>,
    /// Whose vault this is.
    pub(super) staff: StaffId,
}

impl<S: Storage, J: Journal> Engine<S, J> {
    /// Read before what came from the server: a row that comes back meanwhile is then seen twice, which takes effect once,
    /// and never not at all.
    pub(super) async fn on_top(&self) -> Result<OnTop, StorageError> {
        let rows = self.storage.outbox().await?;
        let staff = self.profile().await?.staff;
        let turned_away = self.turned_away().await?;
        let outcomes = self.outcomes().await?.into_iter().map(|outcome| (outcome.id, outcome)).collect();
        Ok(OnTop { rows, turned_away, outcomes, staff })
    }
}

impl OnTop {
    /// Rows of the outbox alone.
    pub(super) fn of_rows(rows: Vec<OutboxRow>, staff: StaffId) -> OnTop {
        OnTop { rows, turned_away: Vec::new(), outcomes: BTreeMap::new(), staff }
    }

    /// Every stream with a record here: from the server, or from here.
    pub(super) fn streams(&self, stored: &[StreamRow]) -> BTreeSet<StreamId> {
        let stored = stored.iter().filter(|row| row.after > 0).map(|row| row.stream);
        self.rows.iter().chain(&self.turned_away).map(|row| row.operation.stream).chain(stored).collect()
    }

    /// Whether there is nothing of this stream.
    pub(super) fn is_nothing(&self, stream: StreamId) -> bool {
        !self.rows.iter().chain(&self.turned_away).any(|row| row.operation.stream == stream)
    }

    /// Tells apart everything that a record of this stream is made from.
    pub(super) fn stamp(&self, row: &StreamRow) -> Hash {
        let mut text = format!("{} {} {}", row.epoch, row.after, row.high);
        for (mark, rows) in [('s', &self.rows), ('t', &self.turned_away)] {
            for of in rows.iter().filter(|of| of.operation.stream == row.stream) {
                text.push_str(&format!(" {mark}{}/{}", of.rseq, of.operation.id));
            }
        }
        for outcome in self.outcomes.values().filter(|outcome| outcome.stream == row.stream) {
            text.push_str(&format!(" o{}/{:?}/{:?}", outcome.id, outcome.verdict, outcome.code));
        }
        Hash::of(text.as_bytes())
    }

    /// The bodies that this key opens, with how far each has come. Without a stream: those of all.
    pub(super) fn bodies(&self, row: Option<&StreamRow>, keyring: &Keyring) -> Vec<(String, Unsent)> {
        let of_stream = |of: &&OutboxRow| row.is_none_or(|row| row.stream == of.operation.stream);
        let high = row.map_or(0, |row| row.high);
        let unsent = |of: &OutboxRow| match self.outcomes.get(&of.operation.id) {
            _ if of.rseq > high => Unsent::Saved,
            Some(outcome) => outcome.as_unsent(),
            None => Unsent::Sent,
        };
        let rows = self.rows.iter().filter(of_stream).map(|of| (of, unsent(of)));
        let turned_away = self.turned_away.iter().filter(of_stream).map(|of| (of, Unsent::Saved));
        let opened = rows.chain(turned_away).filter_map(|(of, unsent)| Some((open(keyring, of)??, unsent)));
        opened.collect()
    }
}
