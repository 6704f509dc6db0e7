//! Staff, their sessions, and the log of who read or wrote what.

use domain::id::StaffId;
use domain::wire::Staff;
use jiff::Timestamp;
use uuid::Uuid;

use super::failure::TransactError;
use super::key;
use super::row::{Row, number};
use super::table::{Change, Condition, MAX_ACTIONS, Table, Write};
use super::unreadable::Unreadable;
use crate::store::{Access, Session, StoreError, TokenHash};

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

/// The one kind of item that expires by itself, some time after it has ended.
pub(super) async fn put_session(table: &Table, token: TokenHash, session: &Session) -> Result<(), StoreError> {
    let ends = u64::try_from(session.ends_at.as_second()).unwrap_or_default();
    let row = Row::at(key::session(token))
        .with_text("staff", session.staff)
        .with_moment("created_at", session.created_at)
        .with_moment("last_seen", session.last_seen)
        .with_moment("ends_at", session.ends_at)
        .with_number("ttl", ends);
    table.put(row).await
}

pub(super) async fn session(table: &Table, token: TokenHash) -> Result<Option<Session>, StoreError> {
    let read = |row: Row| -> Result<Session, Unreadable> {
        Ok(Session {
            staff: row.parsed("staff")?,
            created_at: row.moment("created_at")?,
            last_seen: row.moment("last_seen")?,
            ends_at: row.moment("ends_at")?,
        })
    };
    Ok(table.get(key::session(token)).await?.map(read).transpose()?)
}

pub(super) async fn touch_session(table: &Table, token: TokenHash, at: Timestamp) -> Result<(), StoreError> {
    let change = Change {
        update: "SET last_seen = :at",
        condition: "attribute_exists(PK) AND last_seen < :at",
        values: vec![(":at", number(at.as_millisecond()))],
    };
    table.update(key::session(token), change).await
}

pub(super) async fn delete_session(table: &Table, token: TokenHash) -> Result<(), StoreError> {
    table.delete(key::session(token)).await
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
