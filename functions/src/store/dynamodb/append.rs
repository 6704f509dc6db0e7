//! The append: one transaction that moves a head, replicas, the log, what finds it by identity, and the lists together.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::StreamId;
use domain::permission::Access;
use domain::standing::FOLD;

use super::failure::TransactError;
use super::heads::STANDING_IN_HEAD_BYTES;
use super::key::{self, Key};
use super::row::{Row, number};
use super::segment::{self, zip};
use super::table::{Condition, MAX_ACTIONS, MAX_TRANSACTION_BYTES, Table, Write};
use super::unreadable::Unreadable;
use super::{operations, redaction};
use crate::store::{Append, AppendError, FoundBy, ReplicaStep, Scope, StoreError};

pub(super) async fn append(table: &Table, append: &Append) -> Result<(), AppendError> {
    let before = match append.expected_version {
        None => Before::default(),
        Some(version) => before(table, append.stream, version).await?,
    };
    // Before anything is read for it: what does not fit is told early.
    let made = append.segment.iter().filter_map(|entry| entry.id);
    fits(operations::hours(made.clone()).len(), 0)?;
    let known = match append.expected_version {
        None => BTreeMap::new(),
        Some(_) => operations::read(table, append.stream, made).await?,
    };
    let mut writes = writes(append, &before)?;
    writes.extend(operations::writes(append.stream, known, &append.segment)?);
    writes.extend(redaction::writes(table, append.stream, &append.redact).await?);
    fits(writes.len(), writes.iter().map(Write::size).sum())?;
    Ok(table.transact(writes).await?)
}

fn fits(actions: usize, bytes: usize) -> Result<(), StoreError> {
    if actions > MAX_ACTIONS || bytes > MAX_TRANSACTION_BYTES {
        return Err(StoreError::TooWide { actions });
    }
    Ok(())
}

/// What an append must know of the head before it, beside what it was made from.
#[derive(Default)]
pub(super) struct Before {
    pub(super) version: u64,
    /// Under which keys the stream is listed so far.
    pub(super) access: Access,
    /// By what it is found so far.
    pub(super) found_by: BTreeSet<FoundBy>,
    pub(super) standing_lies_beside: bool,
}

impl Before {
    pub(super) fn read(head: &Row) -> Result<Before, Unreadable> {
        let access =
            Access { team: head.perhaps("team", Row::parsed)?, assigned: head.set("assigned")?.into_iter().collect() };
        let found_by = head.set("found_by")?.into_iter().map(FoundBy).collect();
        let standing_lies_beside = !head.has("standing");
        Ok(Before { version: head.number("version")?, access, found_by, standing_lies_beside })
    }
}

/// What the transaction must clear away. Reading the head again here costs one read, and tells most conflicts before
/// anything is written.
async fn before(table: &Table, stream: StreamId, version: u64) -> Result<Before, TransactError> {
    let row = table.get(key::head(stream)).await?.ok_or(TransactError::Conflict)?;
    let before = Before::read(&row).map_err(StoreError::from)?;
    if before.version == version { Ok(before) } else { Err(TransactError::Conflict) }
}

fn writes(append: &Append, before: &Before) -> Result<Vec<Write>, StoreError> {
    let mut writes = head(append, before)?;
    let own = ReplicaStep { replica: append.replica, expected: append.expected_high, high: append.high };
    writes.extend([own].iter().chain(&append.others).map(|step| high(append, step)));
    for segment in segment::pack(&append.segment)? {
        let row = Row::at(key::segment(append.stream, segment.first))
            .with_number("last", segment.last)
            .with_number("rev", 0)
            .with_bytes("entries", segment.packed);
        writes.push(Write::Put(row, Condition::Absent));
    }
    let now = scopes(&append.head.standing.access);
    let gone: Vec<Scope> = scopes(&before.access).into_iter().filter(|scope| !now.contains(scope)).collect();
    writes.extend(gone.into_iter().map(|scope| Write::Delete(key::listed(scope, append.stream))));
    for scope in now {
        writes.push(Write::Put(listed(append, key::listed(scope, append.stream))?, Condition::Nothing));
    }
    let (found, stream) = (&append.found_by, append.stream);
    let lost = before.found_by.difference(found);
    writes.extend(lost.map(|found_by| Write::Delete(key::found(*found_by, stream))));
    let new = found.difference(&before.found_by);
    writes.extend(new.map(|found_by| Write::Put(Row::at(key::found(*found_by, stream)), Condition::Nothing)));
    if append.expected_version.is_none() {
        writes.push(Write::Put(Row::at(key::directory(append.stream)), Condition::Nothing));
    }
    Ok(writes)
}

/// The head, and beside it its standing when that is long. What lay beside it and does so no longer is emptied: it may hold
/// what was redacted since.
fn head(append: &Append, before: &Before) -> Result<Vec<Write>, StoreError> {
    let head = &append.head;
    let access = &head.standing.access;
    let unmoved = append.expected_version.map_or(Condition::Absent, |read| Condition::Still("version", number(read)));
    let row = Row::at(key::head(append.stream))
        .with_number("epoch", head.epoch)
        .with_number("seq", head.seq)
        .with_number("version", head.version)
        .with_number("fold", FOLD.into())
        .and(access.team, |row, team| row.with_text("team", team))
        .with_set("assigned", &access.assigned)
        .with_set("found_by", append.found_by.iter().map(|found_by| found_by.0));
    let standing = zip(json(&head.standing)?.as_bytes())?;
    let beside = Row::at(key::standing(append.stream)).with_number("version", head.version);
    if standing.len() > STANDING_IN_HEAD_BYTES {
        let beside = beside.with_bytes("standing", standing);
        return Ok(vec![Write::Put(row, unmoved), Write::Put(beside, Condition::Nothing)]);
    }
    let mut writes = vec![Write::Put(row.with_bytes("standing", standing), unmoved)];
    if before.standing_lies_beside {
        writes.push(Write::Put(beside, Condition::Nothing));
    }
    Ok(writes)
}

/// What is known of a replica. One that has sent nothing yet has no row, and one that does not move is only looked at.
fn high(append: &Append, step: &ReplicaStep) -> Write {
    let key = key::high(append.stream, step.replica);
    let read = || number(step.expected);
    if !step.moves() {
        return match step.expected {
            0 => Write::Check(key, "attribute_not_exists(PK)", Vec::new()),
            _ => Write::Check(key, "high = :read", vec![(":read", read())]),
        };
    }
    let row = Row::at(key)
        .with_number("high", step.high.high)
        .with_text("chain", step.high.chain)
        .with_number("version", append.head.version);
    Write::Put(row, if step.expected == 0 { Condition::Absent } else { Condition::Still("high", read()) })
}

pub(super) fn scopes(access: &Access) -> Vec<Scope> {
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

fn json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt(Box::new(error)))
}
