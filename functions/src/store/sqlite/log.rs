//! Streams: heads, entries, and the rows that lists and pulls are answered from.

use std::collections::BTreeMap;

use domain::Entry;
use domain::id::{OperationId, ReplicaId, StreamId};
use domain::standing::FOLD;
use domain::wire::IndexRow;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{corrupt, failed, parsed, signed, unsigned};
use crate::store::{
    Append, AppendError, Budget, FoundBy, Head, Known, Listed, ListedStream, ReplicaHigh, ReplicaStep, Scope,
    StoreError, Words, folded,
};

pub(super) fn head(connection: &Connection, stream: StreamId) -> Result<Option<Head>, StoreError> {
    let row: Option<((i64, i64, i64), String, u32)> = connection
        .prepare_cached("SELECT epoch, seq, version, standing, fold FROM stream WHERE stream = ?1")
        .and_then(|mut query| {
            let row = |row: &Row<'_>| Ok(((row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?, row.get(4)?));
            query.query_row([stream.to_string()], row).optional()
        })
        .map_err(failed)?;
    let Some(((epoch, seq, version), standing, fold)) = row else {
        return Ok(None);
    };
    let seq = unsigned(seq)?;
    let standing = if fold == FOLD {
        serde_json::from_str(&standing).map_err(corrupt)?
    } else {
        let log = entries(connection, stream, 0, Budget { entries: usize::MAX, bytes: usize::MAX })?;
        folded(log.iter().take_while(|entry| entry.seq <= seq))
    };
    Ok(Some(Head { epoch: unsigned(epoch)?, seq, version: unsigned(version)?, standing }))
}

pub(super) fn heads(
    connection: &mut Connection,
    stream: StreamId,
    replica: ReplicaId,
) -> Result<(Option<Head>, ReplicaHigh), StoreError> {
    let moment = connection.transaction().map_err(failed)?;
    Ok((head(&moment, stream)?, high(&moment, stream, replica)?))
}

fn high(connection: &Connection, stream: StreamId, replica: ReplicaId) -> Result<ReplicaHigh, StoreError> {
    let row: Option<(i64, String)> = connection
        .prepare_cached("SELECT high, chain FROM high WHERE stream = ?1 AND replica = ?2")
        .and_then(|mut query| {
            query.query_row([stream.to_string(), replica.to_string()], |row| Ok((row.get(0)?, row.get(1)?))).optional()
        })
        .map_err(failed)?;
    match row {
        None => Ok(ReplicaHigh::NOTHING),
        Some((high, chain)) => Ok(ReplicaHigh { high: unsigned(high)?, chain: parsed(&chain)? }),
    }
}

pub(super) fn known(
    connection: &Connection,
    stream: StreamId,
    ids: &[OperationId],
) -> Result<BTreeMap<OperationId, Known>, StoreError> {
    let mut query = connection
        .prepare_cached(
            "SELECT json_extract(entry, '$.sha256'), json_extract(entry, '$.verdict'), json_extract(entry, '$.code'),
                json_type(entry, '$.body') IS NOT NULL
             FROM entry WHERE stream = ?1 AND json_extract(entry, '$.id') = ?2 ORDER BY seq LIMIT 1",
        )
        .map_err(failed)?;
    let stream = stream.to_string();
    let mut known = BTreeMap::new();
    for id in ids {
        let row: Option<(String, String, Option<String>, bool)> = query
            .query_row([&stream, &id.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()
            .map_err(failed)?;
        let Some((sha256, verdict, code, kept)) = row else { continue };
        let words = if kept { Words::Kept } else { Words::Destroyed };
        let verdict = serde_json::from_value(verdict.into()).map_err(corrupt)?;
        let code = code.map(|code| serde_json::from_value(code.into()).map_err(corrupt)).transpose()?;
        known.insert(*id, Known { sha256: parsed(&sha256)?, verdict, code, words });
    }
    Ok(known)
}

pub(super) fn append(connection: &Connection, append: &Append) -> Result<(), AppendError> {
    put_head(connection, append)?;
    let own = ReplicaStep { replica: append.replica, expected: append.expected_high, high: append.high };
    put_high(connection, append.stream, &own)?;
    append.others.iter().try_for_each(|step| put_high(connection, append.stream, step))?;
    destroy(connection, append)?;
    let stream = append.stream.to_string();
    let mut put =
        connection.prepare_cached("INSERT INTO entry (stream, seq, entry) VALUES (?1, ?2, ?3)").map_err(failed)?;
    for entry in &append.segment {
        let text = serde_json::to_string(entry).map_err(corrupt)?;
        put.execute(params![stream, signed(entry.seq), text]).map_err(failed)?;
    }
    put_assigned(connection, append)?;
    Ok(put_found(connection, append)?)
}

/// Writes the head only where the one that was read still stands.
fn put_head(connection: &Connection, append: &Append) -> Result<(), AppendError> {
    let head = &append.head;
    let written = connection
        .prepare_cached(
            "INSERT INTO stream (stream, epoch, seq, version, team, standing, name, due, fold)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?10
             WHERE ?9 IS (SELECT version FROM stream WHERE stream = ?1)
             ON CONFLICT (stream) DO UPDATE SET
                epoch = excluded.epoch, seq = excluded.seq, version = excluded.version,
                team = excluded.team, standing = excluded.standing, name = excluded.name, due = excluded.due, fold = excluded.fold",
        )
        .and_then(|mut put| {
            put.execute(params![
                append.stream.to_string(),
                signed(head.epoch),
                signed(head.seq),
                signed(head.version),
                head.standing.access.team.map(|team| team.to_string()),
                json(&head.standing)?,
                append.listed.name,
                json(&append.listed.due)?,
                append.expected_version.map(signed),
                FOLD,
            ])
        })
        .map_err(failed)?;
    if written == 1 { Ok(()) } else { Err(AppendError::Conflict) }
}

/// Writes what is known of a replica only where what was read still stands.
fn put_high(connection: &Connection, stream: StreamId, step: &ReplicaStep) -> Result<(), AppendError> {
    let written = connection
        .prepare_cached(
            "INSERT INTO high (stream, replica, high, chain)
             SELECT ?1, ?2, ?3, ?4
             WHERE ?5 = coalesce((SELECT high FROM high WHERE stream = ?1 AND replica = ?2), 0)
             ON CONFLICT (stream, replica) DO UPDATE SET high = excluded.high, chain = excluded.chain",
        )
        .and_then(|mut put| {
            put.execute(params![
                stream.to_string(),
                step.replica.to_string(),
                signed(step.high.high),
                step.high.chain.to_string(),
                signed(step.expected),
            ])
        })
        .map_err(failed)?;
    if written == 1 { Ok(()) } else { Err(AppendError::Conflict) }
}

/// Destroys stored bodies. What is deleted is overwritten (`secure_delete`).
fn destroy(connection: &Connection, append: &Append) -> Result<(), StoreError> {
    let mut update = connection
        .prepare_cached("UPDATE entry SET entry = json_remove(entry, '$.body') WHERE stream = ?1 AND seq = ?2")
        .map_err(failed)?;
    for seq in &append.redact {
        update.execute(params![append.stream.to_string(), signed(*seq)]).map_err(failed)?;
    }
    Ok(())
}

fn put_assigned(connection: &Connection, append: &Append) -> Result<(), StoreError> {
    let stream = append.stream.to_string();
    connection
        .prepare_cached("DELETE FROM assigned WHERE stream = ?1")
        .and_then(|mut delete| delete.execute([&stream]))
        .map_err(failed)?;
    let mut put = connection.prepare_cached("INSERT INTO assigned (staff, stream) VALUES (?1, ?2)").map_err(failed)?;
    for staff in &append.head.standing.access.assigned {
        put.execute([&staff.to_string(), &stream]).map_err(failed)?;
    }
    Ok(())
}

fn put_found(connection: &Connection, append: &Append) -> Result<(), StoreError> {
    let stream = append.stream.to_string();
    connection
        .prepare_cached("DELETE FROM found WHERE stream = ?1")
        .and_then(|mut delete| delete.execute([&stream]))
        .map_err(failed)?;
    let mut put = connection.prepare_cached("INSERT INTO found (found_by, stream) VALUES (?1, ?2)").map_err(failed)?;
    for FoundBy(hash) in &append.found_by {
        put.execute([&hash.to_string(), &stream]).map_err(failed)?;
    }
    Ok(())
}

pub(super) fn found_by(connection: &Connection, FoundBy(hash): FoundBy) -> Result<Vec<StreamId>, StoreError> {
    let sql = "SELECT stream FROM found WHERE found_by = ?1 ORDER BY stream";
    let found = rows(connection, sql, &hash.to_string(), |row| row.get::<_, String>(0))?;
    found.iter().map(|stream| parsed(stream)).collect()
}

pub(super) fn raise_epochs(connection: &Connection, at_least: u64) -> Result<(), StoreError> {
    connection
        .execute("UPDATE stream SET epoch = max(epoch + 1, ?1), version = version + 1", [signed(at_least)])
        .map(drop)
        .map_err(failed)
}

pub(super) fn entries(
    connection: &Connection,
    stream: StreamId,
    after: u64,
    budget: Budget,
) -> Result<Vec<Entry>, StoreError> {
    let mut query = connection
        .prepare_cached("SELECT entry FROM entry WHERE stream = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3")
        .map_err(failed)?;
    let limit = i64::try_from(budget.entries).unwrap_or(i64::MAX);
    let mut rows = query.query(params![stream.to_string(), signed(after), limit]).map_err(failed)?;
    let mut entries = Vec::new();
    let mut bytes = 0;
    while let Some(row) = rows.next().map_err(failed)? {
        let text = row.get_ref(0).map_err(failed)?.as_str().map_err(corrupt)?;
        bytes += text.len();
        if bytes > budget.bytes && !entries.is_empty() {
            break;
        }
        entries.push(serde_json::from_str(text).map_err(corrupt)?);
    }
    Ok(entries)
}

pub(super) fn index(connection: &Connection, scope: Scope) -> Result<Vec<IndexRow>, StoreError> {
    let (sql, key) = match scope {
        Scope::Assigned(staff) => (
            "SELECT stream, epoch, seq FROM assigned JOIN stream USING (stream) WHERE staff = ?1 ORDER BY stream",
            staff.to_string(),
        ),
        Scope::Team(team) => {
            ("SELECT stream, epoch, seq FROM stream WHERE team = ?1 ORDER BY stream", team.to_string())
        }
    };
    let row = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?));
    rows(connection, sql, &key, row)?
        .into_iter()
        .map(|(stream, epoch, seq)| {
            Ok(IndexRow { stream: parsed(&stream)?, epoch: unsigned(epoch)?, head: unsigned(seq)? })
        })
        .collect()
}

pub(super) fn listed(connection: &Connection, scope: Scope) -> Result<Vec<ListedStream>, StoreError> {
    const ASSIGNED: &str =
        "(SELECT json_group_array(a.staff ORDER BY a.staff) FROM assigned a WHERE a.stream = stream.stream)";
    let (sql, key) = match scope {
        Scope::Assigned(staff) => (
            format!(
                "SELECT stream.stream, team, {ASSIGNED}, name, due FROM assigned JOIN stream USING (stream) WHERE staff = ?1 ORDER BY stream.stream"
            ),
            staff.to_string(),
        ),
        Scope::Team(team) => (
            format!("SELECT stream, team, {ASSIGNED}, name, due FROM stream WHERE team = ?1 ORDER BY stream"),
            team.to_string(),
        ),
    };
    let row = |row: &Row<'_>| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, Option<String>>(1)?,
            row.get::<_, String>(2)?,
            row.get::<_, String>(3)?,
            row.get::<_, String>(4)?,
        ))
    };
    rows(connection, &sql, &key, row)?
        .into_iter()
        .map(|(stream, team, assigned, name, due)| {
            Ok(ListedStream {
                stream: parsed(&stream)?,
                team: team.as_deref().map(parsed).transpose()?,
                assigned: serde_json::from_str(&assigned).map_err(corrupt)?,
                listed: Listed { name, due: serde_json::from_str(&due).map_err(corrupt)? },
            })
        })
        .collect()
}

fn rows<T>(
    connection: &Connection,
    sql: &str,
    key: &str,
    row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StoreError> {
    connection.prepare_cached(sql).and_then(|mut query| query.query_map([key], row)?.collect()).map_err(failed)
}

fn json<T: serde::Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}
