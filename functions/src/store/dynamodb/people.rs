//! Staff, and the log of who read or wrote what.

use domain::id::StaffId;
use domain::wire::Staff;
use uuid::Uuid;

use super::failure::TransactError;
use super::key;
use super::row::Row;
use super::table::{Condition, MAX_ACTIONS, Table, Write};
use crate::store::{Access, StoreError};

/// An item of the access log names at most so many streams: far below what fits.
const STREAMS_IN_A_ROW: usize = 2_000;

fn corrupt(error: serde_json::Error) -> StoreError {
    StoreError::Corrupt(Box::new(error))
}

fn read_staff(row: &Row) -> Result<Staff, StoreError> {
    serde_json::from_str(row.text("row")?).map_err(corrupt)
}

pub(super) async fn staff(table: &Table, id: StaffId) -> Result<Option<Staff>, StoreError> {
    table.get(key::staff(id)).await?.map(|row| read_staff(&row)).transpose()
}

pub(super) async fn everybody(table: &Table) -> Result<Vec<Staff>, StoreError> {
    let rows = table.all(&key::everybody()).await?;
    let mut everybody = rows.iter().map(read_staff).collect::<Result<Vec<Staff>, _>>()?;
    everybody.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    Ok(everybody)
}

pub(super) async fn put_staff(table: &Table, staff: &Staff) -> Result<(), StoreError> {
    let row = serde_json::to_string(staff).map_err(corrupt)?;
    table.put(Row::at(key::staff(staff.id)).with_text("row", row)).await
}

/// Rows that differ only in their stream are one item, with all the streams in it: a pull of three hundred records costs a
/// few write units, not six hundred.
pub(super) async fn log(table: &Table, rows: &[Access]) -> Result<(), StoreError> {
    let alike = |a: &Access, b: &Access| Access { stream: None, ..a.clone() } == Access { stream: None, ..b.clone() };
    let mut items = Vec::new();
    for run in rows.chunk_by(alike).flat_map(|run| run.chunks(STREAMS_IN_A_ROW)) {
        let [row, ..] = run else {
            continue;
        };
        let id = Uuid::new_v4();
        let shard = id.as_bytes()[15] % key::ACCESS_SHARDS;
        items.push(
            Row::at(key::access(row.at, shard, id))
                .and(row.staff, |item, staff| item.with_text("staff", staff))
                .and(row.replica, |item, replica| item.with_text("replica", replica))
                .with_set("streams", run.iter().filter_map(|row| row.stream))
                .with_text("action", row.action)
                .with_text("outcome", row.outcome)
                .and(row.reason.as_deref(), |item, reason| item.with_text("reason", reason)),
        );
    }
    if items.len() <= 1 {
        return match items.pop() {
            Some(item) => table.put(item).await,
            None => Ok(()),
        };
    }
    let writes: Vec<Write> = items.into_iter().map(|item| Write::Put(item, Condition::Absent)).collect();
    for part in writes.chunks(MAX_ACTIONS) {
        table.transact(part.to_vec()).await.map_err(TransactError::or_busy)?;
    }
    Ok(())
}
