//! What an append is held against: a stream's head, and what is known of a replica.
//!
//! ```text
//! append     one transaction:  HEAD v → v+1,  REPLICA (head v+1),  LOG,  lists
//! heads      two reads at a time:  REPLICA (head r)   HEAD h
//!              r ≤ h   the head holds all that the replica row tells of
//!              r > h   an append came in between: the head is read again, which now holds it
//! ```
//! Each consistent read of one item is in one order with every transaction, so a head that is read after the row
//! of the replica is never older than it. That is all the reader relies on: an append is conditional on both rows, and
//! whatever was appended in between makes it a conflict. A transaction for reading would cost twice as much, and would be
//! cancelled by every append that is under way.
//!
//! A standing that is too long for the head lies beside it, marked with the head's version.

use domain::id::{ReplicaId, StreamId};
use domain::standing::FOLD;

use super::key;
use super::log::entries;
use super::row::Row;
use super::segment::unzip;
use super::table::Table;
use super::unreadable::Unreadable;
use crate::store::{Budget, Head, ReplicaHigh, StoreError, folded};

/// A standing of at most so many bytes, packed, lies in the head: reading and writing it costs by the kilobyte either
/// way, and an item has at most 400 KB.
pub(super) const STANDING_IN_HEAD_BYTES: usize = 100_000;
/// So often a head and its standing are read anew when an append comes in between.
const ATTEMPTS: u32 = 8;

pub(super) async fn head(table: &Table, stream: StreamId) -> Result<Option<Head>, StoreError> {
    for _ in 0..ATTEMPTS {
        let Some(row) = table.get(key::head(stream)).await? else {
            return Ok(None);
        };
        if let Some(head) = read_head(table, stream, &row).await? {
            return Ok(Some(head));
        }
    }
    Err(StoreError::Busy)
}

pub(super) async fn heads(
    table: &Table,
    stream: StreamId,
    replica: ReplicaId,
) -> Result<(Option<Head>, ReplicaHigh), StoreError> {
    let (known, row) = tokio::try_join!(table.get(key::high(stream, replica)), table.get(key::head(stream)))?;
    let known = known.map(|known| Known::read(&known)).transpose()?.unwrap_or(Known::NOTHING);
    match row {
        None if known.version == 0 => return Ok((None, known.high)),
        Some(row) if row.number("version")? >= known.version => {
            if let Some(head) = read_head(table, stream, &row).await? {
                return Ok((Some(head), known.high));
            }
        }
        _ => {}
    }
    Ok((head(table, stream).await?, known.high))
}

/// What is known of a replica, and the version of the head it was written with.
struct Known {
    high: ReplicaHigh,
    version: u64,
}

impl Known {
    const NOTHING: Known = Known { high: ReplicaHigh::NOTHING, version: 0 };

    fn read(row: &Row) -> Result<Known, Unreadable> {
        let high = ReplicaHigh { high: row.number("high")?, chain: row.parsed("chain")? };
        Ok(Known { high, version: row.number("version")? })
    }
}

/// None when the standing beside the head is of another version. What other rules made is not used: the log is folded.
async fn read_head(table: &Table, stream: StreamId, row: &Row) -> Result<Option<Head>, StoreError> {
    let (version, seq) = (row.number("version")?, row.number("seq")?);
    let epoch = row.number("epoch")?;
    // Without it, it is of the first version.
    if row.perhaps("fold", Row::number)?.unwrap_or(1) != u64::from(FOLD) {
        let whole = Budget { entries: usize::MAX, bytes: usize::MAX };
        let mut log = entries(table, stream, 0, whole).await?;
        log.retain(|entry| entry.seq <= seq);
        let is_whole = log.last().map_or(0, |entry| entry.seq) == seq;
        return Ok(is_whole.then(|| Head { epoch, seq, version, standing: folded(&log) }));
    }
    let standing = match row.perhaps("standing", |row, name| row.bytes(name).map(<[u8]>::to_vec))? {
        Some(packed) => packed,
        None => {
            let beside = table.get(key::standing(stream)).await?.ok_or(Unreadable("standing"))?;
            if beside.number("version")? != version {
                return Ok(None);
            }
            beside.bytes("standing")?.to_vec()
        }
    };
    let standing = serde_json::from_str(&unzip(&standing)?).map_err(|error| StoreError::Corrupt(Box::new(error)))?;
    Ok(Some(Head { epoch, seq, version, standing }))
}
