//! Reading the log and the lists.

use domain::Entry;
use domain::id::StreamId;
use domain::wire::IndexRow;

use super::append::read_listed;
use super::key;
use super::row::{Row, SK, Unreadable};
use super::segment::{Reading, Run};
use super::table::{Order, Table};
use crate::store::{Budget, ListedStream, Scope, StoreError};

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

async fn segment_before(table: &Table, stream: StreamId, from: u64) -> Result<Option<Row>, StoreError> {
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

pub(super) async fn listed(table: &Table, scope: Scope) -> Result<Vec<ListedStream>, StoreError> {
    table.all(&key::list(scope)).await?.iter().map(read_listed).collect()
}
