//! Who looked at what, and what came how often.
//!
//! A request is one item of whoever made it, one of each record that it was about, and one of each who is told of it: each
//! page of the log is one query.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::Hash;
use domain::id::StaffId;
use futures_util::future::try_join_all;

use super::key;
use super::row::{Row, number};
use super::table::{Order, Table};
use super::unreadable::Unreadable;
use crate::store::{Access, AccessOf, AccessPlace, StoreError, Window};

/// So many items of one request are written at a time.
const AT_ONCE: usize = 8;

/// Item by item, not in one transaction, which costs twice as much: where one fails the request does, and is made again.
pub(super) async fn log(table: &Table, access: &Access) -> Result<(), StoreError> {
    let whole = item(AccessOf::Staff(access.staff), access)
        .with_set("streams", &access.streams)
        .with_set("notified", &access.notified);
    let mut items: Vec<Row> = vec![whole];
    items.extend(access.streams.iter().map(|stream| item(AccessOf::Stream(*stream), access)));
    let notified = |staff: &StaffId| item(AccessOf::Notified(*staff), access).with_set("streams", &access.streams);
    items.extend(access.notified.iter().map(notified));
    for part in items.chunks(AT_ONCE) {
        try_join_all(part.iter().cloned().map(|item| table.put(item))).await?;
    }
    Ok(())
}

fn item(of: AccessOf, access: &Access) -> Row {
    Row::at(key::access(of, access.place()))
        .with_text("id", access.id)
        .with_moment("at", access.at)
        .and(access.staff, |item, staff| item.with_text("staff", staff))
        .and(access.replica, |item, replica| item.with_text("replica", replica))
        .and(access.about, |item, about| item.with_text("about", about))
        .with_text("action", &access.action)
        .with_text("outcome", &access.outcome)
        .and(access.reason.as_deref(), |item, reason| item.with_text("reason", reason))
}

pub(super) async fn accesses(
    table: &Table,
    of: AccessOf,
    before: Option<AccessPlace>,
    limit: usize,
) -> Result<Vec<Access>, StoreError> {
    let read = |row: Row| -> Result<Access, Unreadable> {
        Ok(Access {
            id: row.parsed("id")?,
            at: row.moment("at")?,
            staff: row.perhaps("staff", Row::parsed)?,
            replica: row.perhaps("replica", Row::parsed)?,
            streams: match of {
                AccessOf::Stream(stream) => [stream].into(),
                AccessOf::Staff(_) | AccessOf::Notified(_) => row.set("streams")?.into_iter().collect(),
            },
            notified: match of {
                AccessOf::Notified(staff) => [staff].into(),
                AccessOf::Stream(_) | AccessOf::Staff(_) => BTreeSet::new(),
            },
            about: row.perhaps("about", Row::parsed)?,
            action: row.text("action")?.to_owned().into(),
            outcome: row.text("outcome")?.to_owned().into(),
            reason: row.perhaps("reason", |row, name| row.text(name).map(str::to_owned))?,
        })
    };
    // A range has its last key in it: one more is read, and the place itself left out.
    let range = key::accesses(of, before);
    let (mut found, mut rest) = (Vec::new(), None);
    loop {
        // A page of DynamoDB ends at a megabyte: far more than a hundred of these, unless each is of hundreds of records.
        let page = table.page(&range, Order::Backward, limit + 1 - found.len(), rest).await?;
        found.extend(page.rows.into_iter().map(read).collect::<Result<Vec<Access>, _>>()?);
        rest = page.rest;
        if rest.is_none() || found.len() > limit {
            break;
        }
    }
    found.retain(|access| Some(access.place()) != before);
    found.truncate(limit);
    Ok(found)
}

pub(super) async fn count(table: &Table, counter: Hash, window: Window) -> Result<u64, StoreError> {
    let values = vec![(":one", AttributeValue::N("1".into())), (":ttl", number(window.ends.as_second()))];
    let row = table.add(key::counted(counter, window.starts), "ADD amount :one SET #ttl = :ttl", values).await?;
    Ok(row.number("amount")?)
}
