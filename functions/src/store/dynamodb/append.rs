//! The append: one transaction that moves a head, a replica, the log and the lists together.

use std::collections::BTreeSet;

use domain::access::Access;
use domain::id::StreamId;
use domain::wire::Due;

use super::failure::TransactError;
use super::heads::STANDING_IN_HEAD_BYTES;
use super::key::{self, Key};
use super::row::{Row, number};
use super::segment::{self, zip};
use super::table::{Condition, MAX_ACTIONS, Table, Write};
use crate::store::{Append, AppendError, ListedStream, Scope, StoreError};

pub(super) async fn append(table: &Table, append: &Append) -> Result<(), AppendError> {
    let before = match append.expected_version {
        None => Access::default(),
        Some(version) => access(table, append.stream, version).await?,
    };
    let writes = writes(append, &before)?;
    Ok(table.transact(writes).await?)
}

/// Under which keys the stream is listed so far: what the transaction must clear away. Reading it again here costs one
/// read of the head, and tells most conflicts before anything is written.
async fn access(table: &Table, stream: StreamId, version: u64) -> Result<Access, TransactError> {
    let row = table.get(key::head(stream)).await?.ok_or(TransactError::Conflict)?;
    let read = || -> Result<_, super::row::Unreadable> {
        let access =
            Access { team: row.perhaps("team", Row::parsed)?, assigned: row.set("assigned")?.into_iter().collect() };
        Ok((row.number("version")?, access))
    };
    match read().map_err(StoreError::from)? {
        (found, access) if found == version => Ok(access),
        _ => Err(TransactError::Conflict),
    }
}

fn writes(append: &Append, before: &Access) -> Result<Vec<Write>, StoreError> {
    let mut writes = head(append)?;
    writes.push(high(append));
    for segment in segment::pack(&append.segment)? {
        let row = Row::at(key::segment(append.stream, segment.first))
            .with_number("last", segment.last)
            .with_number("rev", 0)
            .with_bytes("entries", segment.packed);
        writes.push(Write::Put(row, Condition::Absent));
    }
    let now = scopes(&append.head.standing.access);
    let gone: Vec<Scope> = scopes(before).into_iter().filter(|scope| !now.contains(scope)).collect();
    writes.extend(gone.into_iter().map(|scope| Write::Delete(key::listed(scope, append.stream))));
    for scope in now {
        writes.push(Write::Put(listed(append, key::listed(scope, append.stream))?, Condition::Nothing));
    }
    if writes.len() > MAX_ACTIONS {
        return Err(StoreError::TooWide { actions: writes.len() });
    }
    Ok(writes)
}

/// The head, and beside it its standing when that is long.
fn head(append: &Append) -> Result<Vec<Write>, StoreError> {
    let head = &append.head;
    let access = &head.standing.access;
    let unmoved = append.expected_version.map_or(Condition::Absent, |read| Condition::Still("version", number(read)));
    let row = Row::at(key::head(append.stream))
        .with_number("epoch", head.epoch)
        .with_number("seq", head.seq)
        .with_number("version", head.version)
        .and(access.team, |row, team| row.with_text("team", team))
        .with_set("assigned", &access.assigned);
    let standing = zip(json(&head.standing)?.as_bytes())?;
    if standing.len() <= STANDING_IN_HEAD_BYTES {
        return Ok(vec![Write::Put(row.with_bytes("standing", standing), unmoved)]);
    }
    let beside =
        Row::at(key::standing(append.stream)).with_number("version", head.version).with_bytes("standing", standing);
    Ok(vec![Write::Put(row, unmoved), Write::Put(beside, Condition::Nothing)])
}

fn high(append: &Append) -> Write {
    let unmoved = match append.expected_high {
        0 => Condition::Absent,
        read => Condition::Still("high", number(read)),
    };
    let row = Row::at(key::high(append.stream, append.replica))
        .with_number("high", append.high.high)
        .with_text("chain", append.high.chain)
        .with_number("version", append.head.version);
    Write::Put(row, unmoved)
}

fn scopes(access: &Access) -> Vec<Scope> {
    let team = access.team.map(Scope::Team);
    team.into_iter().chain(access.assigned.iter().copied().map(Scope::Assigned)).collect()
}

/// What a list shows, complete in itself: a list is one query, whatever it is read for.
fn listed(append: &Append, key: Key) -> Result<Row, StoreError> {
    let access = &append.head.standing.access;
    Ok(Row::at(key)
        .with_number("epoch", append.head.epoch)
        .with_number("head", append.head.seq)
        .and(access.team, |row, team| row.with_text("team", team))
        .with_set("assigned", &access.assigned)
        .with_text("name", &append.listed.name)
        .with_text("due", json(&append.listed.due)?))
}

/// Reads a row of a list.
pub(super) fn read_listed(row: &Row) -> Result<ListedStream, StoreError> {
    let assigned: BTreeSet<_> = row.set("assigned")?.into_iter().collect();
    let due: Vec<Due> = serde_json::from_str(row.text("due")?).map_err(|error| StoreError::Corrupt(Box::new(error)))?;
    Ok(ListedStream {
        stream: key::listed_stream(row.text(super::row::SK)?)?,
        team: row.perhaps("team", Row::parsed)?,
        assigned: assigned.into_iter().collect(),
        listed: crate::store::Listed { name: row.text("name")?.to_owned(), due },
    })
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt(Box::new(error)))
}
