//! Redaction: the one case in which a segment is written again, without the bodies that are to be destroyed.

use domain::id::StreamId;

use super::failure::TransactError;
use super::log::segment_before;
use super::row::number;
use super::segment;
use super::table::{Condition, Table, Write};
use crate::store::StoreError;

/// The segments that hold these entries, without their bodies: each under its key, with the next `rev`, on the condition
/// that it still has the one that was read.
///
/// # Errors
/// [`TransactError::Conflict`] when an entry is not to be seen: it is in a segment that is still being written.
pub(super) async fn writes(table: &Table, stream: StreamId, redact: &[u64]) -> Result<Vec<Write>, TransactError> {
    let mut writes = Vec::new();
    let mut waiting = redact.to_vec();
    waiting.sort_unstable();
    while let Some(seq) = waiting.first().copied() {
        let row = segment_before(table, stream, seq.saturating_add(1)).await?.ok_or(TransactError::Conflict)?;
        let last = row.number("last").map_err(StoreError::from)?;
        if last < seq {
            return Err(TransactError::Conflict);
        }
        let beyond = waiting.partition_point(|seq| *seq <= last);
        let here: Vec<u64> = waiting.drain(..beyond).collect();
        let bared = segment::without_bodies(row.bytes("entries").map_err(StoreError::from)?, &here)?;
        let rev = row.number("rev").map_err(StoreError::from)?;
        let again = row.with_number("rev", rev + 1).with_bytes("entries", bared.packed);
        // For the archive, which keeps them as the ledger for a restore.
        let again = again.with_set("redacted", bared.redacted);
        writes.push(Write::Put(again, Condition::Still("rev", number(rev))));
    }
    Ok(writes)
}
