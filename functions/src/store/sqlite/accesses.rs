//! Who looked at what, and what came how often.

use domain::Hash;
use domain::id::{StaffId, StreamId};
use rusqlite::{Connection, Row, params};

use super::{corrupt, failed, moment, parsed, unsigned};
use crate::store::{Access, AccessOf, AccessPlace, StoreError, Window};

/// In place of somebody, where nobody was signed in.
const NOBODY: &str = "nobody";

fn name_of(staff: Option<StaffId>) -> String {
    staff.map_or_else(|| NOBODY.to_owned(), |staff| staff.to_string())
}

pub(super) fn log(connection: &Connection, access: &Access) -> Result<(), StoreError> {
    let (staff, at, id) = (name_of(access.staff), access.at.as_millisecond(), access.id.to_string());
    connection
        .prepare_cached(
            "INSERT INTO access (staff, at, id, replica, about, action, outcome, reason)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )
        .and_then(|mut put| {
            put.execute(params![
                staff,
                at,
                id,
                access.replica.map(|replica| replica.to_string()),
                access.about.map(|about| about.to_string()),
                access.action,
                access.outcome,
                access.reason,
            ])
        })
        .map_err(failed)?;
    let mut put = connection
        .prepare_cached("INSERT INTO access_stream (stream, at, id, staff) VALUES (?1, ?2, ?3, ?4)")
        .map_err(failed)?;
    for stream in &access.streams {
        put.execute(params![stream.to_string(), at, id, staff]).map_err(failed)?;
    }
    let mut put = connection
        .prepare_cached("INSERT INTO access_notified (whom, at, id, staff) VALUES (?1, ?2, ?3, ?4)")
        .map_err(failed)?;
    for whom in &access.notified {
        put.execute(params![whom.to_string(), at, id, staff]).map_err(failed)?;
    }
    Ok(())
}

/// A row of the log, as far as SQLite reads it.
type Kept = (String, i64, String, Option<String>, Option<String>, String, String, Option<String>);

const COLUMNS: &str = "a.staff, a.at, a.id, a.replica, a.about, a.action, a.outcome, a.reason";

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?))
}

fn read((staff, at, id, replica, about, action, outcome, reason): Kept) -> Result<Access, StoreError> {
    Ok(Access {
        id: id.parse().map_err(corrupt)?,
        at: moment(at)?,
        staff: if staff == NOBODY { None } else { Some(parsed(&staff)?) },
        replica: replica.as_deref().map(parsed).transpose()?,
        about: about.as_deref().map(parsed).transpose()?,
        streams: [].into(),
        notified: [].into(),
        action: action.into(),
        outcome: outcome.into(),
        reason,
    })
}

pub(super) fn accesses(
    connection: &Connection,
    of: AccessOf,
    before: Option<AccessPlace>,
    limit: usize,
) -> Result<Vec<Access>, StoreError> {
    let (table, whose) = match of {
        AccessOf::Stream(stream) => (
            "access_stream b JOIN access a ON (a.staff, a.at, a.id) = (b.staff, b.at, b.id) WHERE b.stream",
            stream.to_string(),
        ),
        AccessOf::Staff(staff) => ("access a WHERE a.staff", name_of(staff)),
        AccessOf::Notified(staff) => (
            "access_notified b JOIN access a ON (a.staff, a.at, a.id) = (b.staff, b.at, b.id) WHERE b.whom",
            staff.to_string(),
        ),
    };
    let place = match of {
        AccessOf::Stream(_) | AccessOf::Notified(_) => "b.at, b.id",
        AccessOf::Staff(_) => "a.at, a.id",
    };
    let descending = place.replace(',', " DESC,");
    let query =
        format!("SELECT {COLUMNS} FROM {table} = ?1 AND ({place}) < (?2, ?3) ORDER BY {descending} DESC LIMIT ?4");
    // No id sorts after this.
    let (at, id) = before.map_or((i64::MAX, "g".to_owned()), |it| (it.at.as_millisecond(), it.id.to_string()));
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows: Vec<Kept> = connection
        .prepare_cached(&query)
        .and_then(|mut query| query.query_map(params![whose, at, id, limit], kept)?.collect())
        .map_err(failed)?;
    let mut found = rows.into_iter().map(read).collect::<Result<Vec<Access>, _>>()?;
    for access in &mut found {
        access.streams = match of {
            AccessOf::Stream(stream) => [stream].into(),
            AccessOf::Staff(_) | AccessOf::Notified(_) => streams_of(connection, access)?.into_iter().collect(),
        };
        if let AccessOf::Notified(staff) = of {
            access.notified = [staff].into();
        }
    }
    Ok(found)
}

fn streams_of(connection: &Connection, access: &Access) -> Result<Vec<StreamId>, StoreError> {
    let rows: Vec<String> = connection
        .prepare_cached("SELECT stream FROM access_stream WHERE staff = ?1 AND at = ?2 AND id = ?3")
        .and_then(|mut query| {
            let place = params![name_of(access.staff), access.at.as_millisecond(), access.id.to_string()];
            query.query_map(place, |row| row.get(0))?.collect()
        })
        .map_err(failed)?;
    rows.iter().map(|stream| parsed(stream)).collect()
}

pub(super) fn count(connection: &Connection, counter: Hash, window: Window) -> Result<u64, StoreError> {
    connection
        .prepare_cached("DELETE FROM counted WHERE ends <= ?1")
        .and_then(|mut forget| forget.execute([window.starts.as_millisecond()]))
        .map_err(failed)?;
    let count: i64 = connection
        .prepare_cached(
            "INSERT INTO counted (counter, starts, ends, count) VALUES (?1, ?2, ?3, 1)
             ON CONFLICT (counter, starts) DO UPDATE SET count = count + 1 RETURNING count",
        )
        .and_then(|mut add| {
            let (starts, ends) = (window.starts.as_millisecond(), window.ends.as_millisecond());
            add.query_row(params![counter.to_string(), starts, ends], |row| row.get(0))
        })
        .map_err(failed)?;
    unsigned(count)
}
