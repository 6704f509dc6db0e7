//! Reading the log and the lists.

use std::collections::{BTreeMap, BTreeSet};

use domain::Entry;
use domain::id::StreamId;
use domain::wire::IndexRow;

use super::key;
use super::listed::read_listed;
use super::row::{Row, SK};
use super::segment::{Reading, Run};
use super::table::{Order, Table};
use super::unreadable::Unreadable;
use crate::store::{Budget, FoundBy, ListedStream, Scope, StoreError};

/// What lies no farther apart than this is mostly in one segment.
const NEAR: u64 = 50;
const ENTRIES_AT_ONCE: usize = 1_000;

/// Reads entries after `after`, as many as are contiguous and fit.
///
/// A cursor mostly stands at the end of a segment, so the first query looks for a segment that begins right after it.
/// Where there is none, the one before is asked for what it holds beyond the cursor.
pub(super) async fn entries(
    table: &Table,
    stream: StreamId,
    after: u64,
    budget: Budget,
) -> Result<Vec<Entry>, StoreError> {
    let from = match after.checked_add(1) {
        Some(from) if budget.entries > 0 => from,
        _ => return Ok(Vec::new()),
    };
    let mut run = Run::from(from, budget);
    let range = key::segments_from(stream, from);
    let mut page = table.page(&range, Order::Forward, budget.entries, None).await?;
    let begins_there = match page.rows.first() {
        Some(row) => row.text(SK)? == range.first,
        None => false,
    };
    if !begins_there
        && let Some(row) = segment_before(table, stream, from).await?
        && run.take(row.bytes("entries")?)? == Reading::Ends
    {
        return Ok(run.into_entries());
    }
    loop {
        for row in &page.rows {
            if run.take(row.bytes("entries")?)? == Reading::Ends {
                return Ok(run.into_entries());
            }
        }
        if page.rest.is_none() {
            return Ok(run.into_entries());
        }
        page = table.page(&range, Order::Forward, budget.entries, page.rest).await?;
    }
}

/// Reads single entries. Those that lie near each other are read in one go.
///
/// # Errors
/// [`StoreError::Busy`] when one of them is not to be seen: its transaction is still under way.
pub(super) async fn at(
    table: &Table,
    stream: StreamId,
    seqs: &BTreeSet<u64>,
) -> Result<BTreeMap<u64, Entry>, StoreError> {
    let seqs: Vec<u64> = seqs.iter().copied().collect();
    let mut found = BTreeMap::new();
    for near in seqs.chunk_by(|one, next| next - one <= NEAR) {
        let ([first, ..], [.., last]) = (near, near) else {
            continue;
        };
        let mut after = first.saturating_sub(1);
        while after < *last {
            let wanted = usize::try_from(last - after).unwrap_or(usize::MAX);
            let budget = Budget { entries: wanted.min(ENTRIES_AT_ONCE), bytes: usize::MAX };
            let entries = entries(table, stream, after, budget).await?;
            after = entries.last().ok_or(StoreError::Busy)?.seq;
            found.extend(entries.into_iter().map(|entry| (entry.seq, entry)));
        }
    }
    Ok(found)
}

pub(super) async fn segment_before(table: &Table, stream: StreamId, from: u64) -> Result<Option<Row>, StoreError> {
    let page = table.page(&key::segments_before(stream, from), Order::Backward, 1, None).await?;
    Ok(page.rows.into_iter().next())
}

pub(super) async fn index(table: &Table, scope: Scope) -> Result<Vec<IndexRow>, StoreError> {
    let row = |row: &Row| -> Result<IndexRow, Unreadable> {
        Ok(IndexRow {
            stream: key::listed_stream(row.text(SK)?)?,
            epoch: row.number("epoch")?,
            head: row.number("head")?,
        })
    };
    Ok(table.all(&key::list(scope)).await?.iter().map(row).collect::<Result<Vec<_>, _>>()?)
}

pub(super) async fn found_by(table: &Table, found_by: FoundBy) -> Result<Vec<StreamId>, StoreError> {
    let rows = table.all(&key::found_by(found_by)).await?;
    Ok(rows.iter().map(|row| key::listed_stream(row.text(SK)?)).collect::<Result<Vec<_>, Unreadable>>()?)
}

pub(super) async fn listed(table: &Table, scope: Scope) -> Result<Vec<ListedStream>, StoreError> {
    table.all(&key::list(scope)).await?.iter().map(read_listed).collect()
}
