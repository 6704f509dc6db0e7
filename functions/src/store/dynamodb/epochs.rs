//! A new epoch for every stream, for whoever set the table back to an earlier moment.
//!
//! One transaction cannot hold them all: they are raised one by one, each with its lists. It is done before anybody is
//! served; where it is cut short it is done again, and a stream that is raised twice is none the worse.

use domain::id::StreamId;

use super::append::{Before, scopes};
use super::failure::TransactError;
use super::key;
use super::row::{Row, SK, number};
use super::table::{Change, Condition, Table, Write};
use super::unreadable::Unreadable;
use crate::store::StoreError;

/// So often a stream is tried when others write to it.
const ATTEMPTS: u32 = 8;

pub(super) async fn raise(table: &Table, at_least: u64) -> Result<(), StoreError> {
    for row in table.all(&key::every_stream()).await? {
        raise_one(table, key::listed_stream(row.text(SK)?)?, at_least).await?;
    }
    Ok(())
}

async fn raise_one(table: &Table, stream: StreamId, at_least: u64) -> Result<(), StoreError> {
    for _ in 0..ATTEMPTS {
        let Some(head) = table.get(key::head(stream)).await? else {
            return Ok(());
        };
        let before = Before::read(&head)?;
        let beside = if before.standing_lies_beside { table.get(key::standing(stream)).await? } else { None };
        match table.transact(writes(stream, head, &before, beside, at_least)?).await {
            Ok(()) => return Ok(()),
            Err(TransactError::Conflict) => {}
            Err(TransactError::Store(error)) => return Err(error),
        }
    }
    Err(StoreError::Busy)
}

fn writes(
    stream: StreamId,
    head: Row,
    before: &Before,
    beside: Option<Row>,
    at_least: u64,
) -> Result<Vec<Write>, Unreadable> {
    let (epoch, version) = (head.number("epoch")?.saturating_add(1).max(at_least), before.version);
    let head = head.with_number("epoch", epoch).with_number("version", version + 1);
    let mut writes = vec![Write::Put(head, Condition::Still("version", number(version)))];
    // A standing is of its head's version: another is on its way to it.
    writes.extend(
        beside.map(|row| {
            Write::Put(row.with_number("version", version + 1), Condition::Still("version", number(version)))
        }),
    );
    let listed = |scope| {
        let change = Change {
            update: "SET epoch = :epoch",
            condition: "attribute_exists(PK)",
            values: vec![(":epoch", number(epoch))],
        };
        Write::Update(key::listed(scope, stream), change)
    };
    writes.extend(scopes(&before.access).into_iter().map(listed));
    Ok(writes)
}
