//! Which operations a stream has, found by their identities: rows beside the log, for each hour in which some were made.
//!
//! ```text
//! OPS#<hour>#0   full          17 bytes an operation:
//! OPS#<hour>#1   full            3  the millisecond within the hour    from the identity, a UUIDv7: its first
//! OPS#<hour>#2   has room       10  what follows it                    48 bits are the millisecond of making
//!                                4  the seq of the first entry that came with it
//! ```
//! A row that has room is written again with what an append adds; a full one never is, so that no row is dear to add to.
//! What was made of an operation is in the log: whoever is found here, and that is seldom, is read there.
//!
//! **Why plain writes are enough.** Rows are read one by one, by reads that are in one order with every transaction, after
//! the head; and they change only together with the head. Whatever changed since makes the append a conflict.

use std::collections::btree_map::Entry as Slot;
use std::collections::{BTreeMap, BTreeSet};

use domain::Entry;
use domain::id::{OperationId, StreamId};
use tokio::task::JoinSet;

use super::row::Row;
use super::table::{Condition, Table, Write};
use super::unreadable::Unreadable;
use super::{key, log};
use crate::store::{Known, StoreError};

/// A row that holds so much is full: more than a whole visit, and little enough to be written again by every push of one
/// that is sent as it goes.
const FULL_BYTES: usize = 2_000;
/// What one append adds to a row goes into one as long as this.
const MAX_BYTES: usize = 17_000 * PLACE_BYTES;
const WITHIN_BYTES: usize = 13;
const PLACE_BYTES: usize = WITHIN_BYTES + 4;
const HOUR_MS: u64 = 3_600_000;
/// So many rows are asked for at a time.
const AT_ONCE: usize = 16;

/// What the hour does not say of an identity.
type Within = [u8; WITHIN_BYTES];

/// Everything known of one hour.
#[derive(Debug, Default)]
pub(super) struct Hour {
    seqs: BTreeMap<Within, u64>,
    /// The row that has room, and what is in it.
    nth: u32,
    packed: Vec<u8>,
}

pub(super) async fn known(
    table: &Table,
    stream: StreamId,
    ids: &[OperationId],
) -> Result<BTreeMap<OperationId, Known>, StoreError> {
    let hours = read(table, stream, ids.iter().copied()).await?;
    let place = |id: &OperationId| {
        let (hour, within) = split(*id);
        Some((*id, *hours.get(&hour)?.seqs.get(&within)?))
    };
    let places: BTreeMap<OperationId, u64> = ids.iter().filter_map(place).collect();
    let entries = log::at(table, stream, &places.values().copied().collect()).await?;
    let known = |(id, seq)| Ok((id, Known::of(entries.get(&seq).ok_or(Unreadable("ids"))?)));
    places.into_iter().map(known).collect()
}

/// The hours in which operations were made, as they may change in an append.
pub(super) fn hours(ids: impl Iterator<Item = OperationId>) -> BTreeSet<u64> {
    ids.map(|id| split(id).0).collect()
}

/// Reads what is known of the hours in which these were made.
pub(super) async fn read(
    table: &Table,
    stream: StreamId,
    ids: impl Iterator<Item = OperationId>,
) -> Result<BTreeMap<u64, Hour>, StoreError> {
    let mut waiting = hours(ids).into_iter();
    let (mut asked, mut read) = (JoinSet::new(), BTreeMap::new());
    let ask = |asked: &mut JoinSet<_>, hour| {
        let table = table.clone();
        asked.spawn(async move { Ok::<_, StoreError>((hour, read_hour(&table, stream, hour).await?)) });
    };
    waiting.by_ref().take(AT_ONCE).for_each(|hour| ask(&mut asked, hour));
    while let Some(answer) = asked.join_next().await {
        let (hour, found) = answer.map_err(|stopped| StoreError::Unavailable(Box::new(stopped)))??;
        read.insert(hour, found);
        if let Some(hour) = waiting.next() {
            ask(&mut asked, hour);
        }
    }
    Ok(read)
}

async fn read_hour(table: &Table, stream: StreamId, hour: u64) -> Result<Hour, StoreError> {
    let mut found = Hour::default();
    while let Some(row) = table.get(key::operations(stream, hour, found.nth)).await? {
        let packed = row.bytes("ids")?;
        found.take(packed)?;
        if packed.len() < FULL_BYTES {
            found.packed = packed.to_vec();
            break;
        }
        found.nth += 1;
    }
    Ok(found)
}

/// What a segment adds to the hours that were read: at least one row for each that has something new.
pub(super) fn writes(
    stream: StreamId,
    mut read: BTreeMap<u64, Hour>,
    segment: &[Entry],
) -> Result<Vec<Write>, StoreError> {
    let mut added = BTreeSet::new();
    for entry in segment {
        let Some((hour, within)) = entry.id.map(split) else {
            continue;
        };
        if read.entry(hour).or_default().add(within, entry.seq)? {
            added.insert(hour);
        }
    }
    read.retain(|hour, _| added.contains(hour));
    let rows = read.into_iter().flat_map(|(hour, found)| found.rows(stream, hour));
    Ok(rows.map(|row| Write::Put(row, Condition::Nothing)).collect())
}

impl Hour {
    fn take(&mut self, packed: &[u8]) -> Result<(), Unreadable> {
        let (places, []) = packed.as_chunks::<PLACE_BYTES>() else {
            return Err(Unreadable("ids"));
        };
        for place in places {
            let (within, seq) = place.split_first_chunk().ok_or(Unreadable("ids"))?;
            let seq = seq.try_into().map(u32::from_be_bytes).map_err(|_| Unreadable("ids"))?;
            self.seqs.entry(*within).or_insert(seq.into());
        }
        Ok(())
    }

    /// Notes an entry, unless another came with the same identity before. Says whether it did.
    fn add(&mut self, within: Within, seq: u64) -> Result<bool, Unreadable> {
        let short = u32::try_from(seq).map_err(|_| Unreadable("seq"))?;
        let Slot::Vacant(free) = self.seqs.entry(within) else {
            return Ok(false);
        };
        free.insert(seq);
        self.packed.extend(within);
        self.packed.extend(short.to_be_bytes());
        Ok(true)
    }

    /// The row that had room, and more where one is not enough.
    fn rows(self, stream: StreamId, hour: u64) -> Vec<Row> {
        let row = |(nth, packed): (u32, &[u8])| {
            Row::at(key::operations(stream, hour, nth)).with_bytes("ids", packed.to_vec())
        };
        (self.nth..).zip(self.packed.chunks(MAX_BYTES)).map(row).collect()
    }
}

/// The hour in which an identity was made, and the rest of it. One that is no UUIDv7 has some hour too.
fn split(OperationId(id): OperationId) -> (u64, Within) {
    let bytes = id.as_u128().to_be_bytes();
    let [a, b, c, d, e, f, rest @ ..] = bytes;
    let millis = u64::from_be_bytes([0, 0, a, b, c, d, e, f]);
    let [.., x, y, z] = (millis % HOUR_MS).to_be_bytes();
    let mut within = [x, y, z, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    within[3..].copy_from_slice(&rest);
    (millis / HOUR_MS, within)
}

#[cfg(test)]
mod tests;
