//! The one table, as a few operations on rows. Every read is consistent; there is no scan and no batch.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{
    AttributeValue, ConditionCheck, ConsumedCapacity, Delete, Put, ReturnConsumedCapacity, ReturnValue,
    ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
};

use super::failure::{TransactError, failed, not_transacted};
use super::key::{Key, Range};
use super::row::{PK, Row, key_of};
use crate::store::StoreError;

/// A transaction has at most so many actions.
pub(super) const MAX_ACTIONS: usize = 100;
/// It has at most 4 MB, and keys and conditions want room.
pub(super) const MAX_TRANSACTION_BYTES: usize = 3_500_000;

/// One action of a transaction.
#[derive(Clone, Debug)]
pub(super) enum Write {
    /// Writes a row where the condition holds.
    Put(Row, Condition),
    /// Changes attributes of a row.
    Update(Key, Change),
    /// Removes a row, if it is there.
    Delete(Key),
    /// Changes nothing: the condition, in DynamoDB's own words, must hold of the row or of its absence.
    Check(Key, &'static str, Vec<(&'static str, AttributeValue)>),
}

/// What must hold of the row that is there.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Condition {
    Nothing,
    /// There is none.
    Absent,
    /// Its attribute still has this value.
    Still(&'static str, AttributeValue),
}

/// An update in DynamoDB's own words.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) update: &'static str,
    pub(super) condition: &'static str,
    pub(super) values: Vec<(&'static str, AttributeValue)>,
}

/// In which order a query reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Forward,
    Backward,
}

/// A part of what a query finds, and where the rest begins.
pub(super) struct Page {
    pub(super) rows: Vec<Row>,
    pub(super) rest: Option<HashMap<String, AttributeValue>>,
}

impl Write {
    /// How many bytes of an item it carries.
    pub(super) fn size(&self) -> usize {
        match self {
            Write::Put(row, _) => row.size(),
            Write::Update(..) | Write::Delete(_) | Write::Check(..) => 0,
        }
    }

    /// What it costs in a transaction by AWS's published rule: two units a kilobyte. What an update, a removal or a
    /// check finds is not known here: it is counted as one kilobyte, which all of ours fit in.
    ///
    /// DynamoDB Local's own count of a transaction is no help: four units a kilobyte, and of equal items only the first.
    fn halves(&self) -> u64 {
        let kilobytes = self.size().div_ceil(1024).max(1);
        4 * u64::try_from(kilobytes).unwrap_or(u64::MAX / 4)
    }
}

/// What was asked of the table, with the capacity units as DynamoDB counts and bills them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Usage {
    /// Read units: 4 KB each, consistently.
    pub read_units: f64,
    /// Write units: 1 KB each, two of them in a transaction.
    pub write_units: f64,
    /// Requests that were answered.
    pub requests: u64,
    /// Entries that were appended.
    pub appended: u64,
    /// Appends that others came before.
    pub conflicts: u64,
}

/// Adds up what is asked. Units come in halves.
#[derive(Debug, Default)]
pub(super) struct Meter {
    read_halves: AtomicU64,
    write_halves: AtomicU64,
    requests: AtomicU64,
    appended: AtomicU64,
    conflicts: AtomicU64,
}

impl Meter {
    fn read(&self, capacity: Option<&ConsumedCapacity>) {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.read_halves.fetch_add(halves(capacity), Ordering::Relaxed);
    }

    fn wrote(&self, halves: u64) {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.write_halves.fetch_add(halves, Ordering::Relaxed);
    }

    pub(super) fn appended(&self, entries: usize) {
        self.appended.fetch_add(u64::try_from(entries).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    pub(super) fn conflicted(&self) {
        self.conflicts.fetch_add(1, Ordering::Relaxed);
    }

    /// What was asked since the last time.
    pub(super) fn take(&self) -> Usage {
        let take = |count: &AtomicU64| count.swap(0, Ordering::Relaxed);
        Usage {
            read_units: units(take(&self.read_halves)),
            write_units: units(take(&self.write_halves)),
            requests: take(&self.requests),
            appended: take(&self.appended),
            conflicts: take(&self.conflicts),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "capacity between two readings is far below 2^52 halves")]
fn units(halves: u64) -> f64 {
    halves as f64 / 2.0
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "units are small and never negative")]
fn halves(capacity: Option<&ConsumedCapacity>) -> u64 {
    capacity.and_then(ConsumedCapacity::capacity_units).map_or(0, |units| (units * 2.0).round() as u64)
}

/// The table.
#[derive(Clone)]
pub(super) struct Table {
    pub(super) client: Client,
    pub(super) name: String,
    pub(super) meter: Arc<Meter>,
}

impl Table {
    pub(super) fn new(client: Client, name: String) -> Table {
        Table { client, name, meter: Arc::default() }
    }

    pub(super) async fn get(&self, key: Key) -> Result<Option<Row>, StoreError> {
        let got = self
            .client
            .get_item()
            .table_name(&self.name)
            .set_key(Some(key_of(key)))
            .consistent_read(true)
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
            .send()
            .await
            .map_err(|error| failed("GetItem", error))?;
        self.meter.read(got.consumed_capacity());
        Ok(got.item.map(Row::read))
    }

    pub(super) async fn put(&self, row: Row) -> Result<(), StoreError> {
        let put = self
            .client
            .put_item()
            .table_name(&self.name)
            .set_item(Some(row.into_attributes()))
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
            .send()
            .await
            .map_err(|error| failed("PutItem", error))?;
        self.meter.wrote(halves(put.consumed_capacity()));
        Ok(())
    }

    /// Writes a row unless there is one; returns the one that was there.
    pub(super) async fn put_new(&self, row: Row) -> Result<Option<Row>, StoreError> {
        let put = self
            .client
            .put_item()
            .table_name(&self.name)
            .set_item(Some(row.into_attributes()))
            .condition_expression("attribute_not_exists(#pk)")
            .expression_attribute_names("#pk", PK)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
            .send()
            .await;
        match put {
            Ok(put) => {
                self.meter.wrote(halves(put.consumed_capacity()));
                Ok(None)
            }
            Err(error) => match error.as_service_error() {
                // It is told along with the refusal; should it be gone by now, asking again helps.
                Some(PutItemError::ConditionalCheckFailedException(found)) => {
                    found.item.clone().map(|item| Some(Row::read(item))).ok_or(StoreError::Busy)
                }
                _ => Err(failed("PutItem", error)),
            },
        }
    }

    /// Changes one row where the change's condition holds; leaves it as it is elsewhere.
    pub(super) async fn update(&self, key: Key, change: Change) -> Result<(), StoreError> {
        let updated = self
            .client
            .update_item()
            .table_name(&self.name)
            .set_key(Some(key_of(key)))
            .update_expression(change.update)
            .condition_expression(change.condition)
            .set_expression_attribute_values(Some(named(change.values)))
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
            .send()
            .await;
        match updated {
            Ok(updated) => {
                self.meter.wrote(halves(updated.consumed_capacity()));
                Ok(())
            }
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(()),
                _ => Err(failed("UpdateItem", error)),
            },
        }
    }

    /// Changes one row that expires, makes it where there is none, and returns what was changed.
    pub(super) async fn add(
        &self,
        key: Key,
        update: &'static str,
        values: Vec<(&'static str, AttributeValue)>,
    ) -> Result<Row, StoreError> {
        let updated = self
            .client
            .update_item()
            .table_name(&self.name)
            .set_key(Some(key_of(key)))
            .update_expression(update)
            .expression_attribute_names("#ttl", "ttl")
            .set_expression_attribute_values(Some(named(values)))
            .return_values(ReturnValue::UpdatedNew)
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
            .send()
            .await
            .map_err(|error| failed("UpdateItem", error))?;
        self.meter.wrote(halves(updated.consumed_capacity()));
        Ok(Row::read(updated.attributes.unwrap_or_default()))
    }

    /// Removes a row and returns it, in one step: of several who ask, one gets it.
    pub(super) async fn take(&self, key: Key) -> Result<Option<Row>, StoreError> {
        let deleted = self
            .client
            .delete_item()
            .table_name(&self.name)
            .set_key(Some(key_of(key)))
            .return_values(ReturnValue::AllOld)
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
            .send()
            .await
            .map_err(|error| failed("DeleteItem", error))?;
        self.meter.wrote(halves(deleted.consumed_capacity()));
        Ok(deleted.attributes.filter(|row| !row.is_empty()).map(Row::read))
    }

    /// Reads the rows of a range from where the last page ended, at most `limit` of them.
    pub(super) async fn page(
        &self,
        range: &Range,
        order: Order,
        limit: usize,
        rest: Option<HashMap<String, AttributeValue>>,
    ) -> Result<Page, StoreError> {
        let found = self
            .client
            .query()
            .table_name(&self.name)
            .key_condition_expression("PK = :pk AND SK BETWEEN :first AND :last")
            .expression_attribute_values(":pk", AttributeValue::S(range.pk.clone()))
            .expression_attribute_values(":first", AttributeValue::S(range.first.clone()))
            .expression_attribute_values(":last", AttributeValue::S(range.last.clone()))
            .scan_index_forward(order == Order::Forward)
            .set_limit(i32::try_from(limit).ok())
            .set_exclusive_start_key(rest)
            .consistent_read(true)
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
            .send()
            .await
            .map_err(|error| failed("Query", error))?;
        self.meter.read(found.consumed_capacity());
        let rows = found.items.unwrap_or_default().into_iter().map(Row::read).collect();
        Ok(Page { rows, rest: found.last_evaluated_key.filter(|key| !key.is_empty()) })
    }

    /// Reads all rows of a range in order.
    pub(super) async fn all(&self, range: &Range) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::new();
        let mut rest = None;
        loop {
            let page = self.page(range, Order::Forward, usize::MAX, rest).await?;
            rows.extend(page.rows);
            rest = page.rest;
            if rest.is_none() {
                return Ok(rows);
            }
        }
    }

    /// Does all of it or nothing.
    pub(super) async fn transact(&self, writes: Vec<Write>) -> Result<(), TransactError> {
        let halves = writes.iter().map(Write::halves).sum();
        let actions = writes.into_iter().map(|write| self.action(write)).collect();
        let request = self.client.transact_write_items().set_transact_items(Some(actions));
        request.send().await.map_err(not_transacted)?;
        self.meter.wrote(halves);
        Ok(())
    }

    fn action(&self, write: Write) -> TransactWriteItem {
        let action = TransactWriteItem::builder();
        // Every builder below is given all that it requires.
        const COMPLETE: &str = "table and key or item are given";
        match write {
            Write::Put(row, condition) => {
                let put = Put::builder().table_name(&self.name).set_item(Some(row.into_attributes()));
                let put = match condition {
                    Condition::Nothing => put,
                    Condition::Absent => {
                        put.condition_expression("attribute_not_exists(#pk)").expression_attribute_names("#pk", PK)
                    }
                    Condition::Still(attribute, value) => put
                        .condition_expression("#still = :still")
                        .expression_attribute_names("#still", attribute)
                        .expression_attribute_values(":still", value),
                };
                action.put(put.build().expect(COMPLETE))
            }
            Write::Update(key, change) => action.update(
                Update::builder()
                    .table_name(&self.name)
                    .set_key(Some(key_of(key)))
                    .update_expression(change.update)
                    .condition_expression(change.condition)
                    .set_expression_attribute_values(Some(named(change.values)))
                    .build()
                    .expect(COMPLETE),
            ),
            Write::Delete(key) => action
                .delete(Delete::builder().table_name(&self.name).set_key(Some(key_of(key))).build().expect(COMPLETE)),
            Write::Check(key, condition, values) => {
                let values = (!values.is_empty()).then(|| named(values));
                let check = ConditionCheck::builder().table_name(&self.name).set_key(Some(key_of(key)));
                let check = check.condition_expression(condition).set_expression_attribute_values(values);
                action.condition_check(check.build().expect(COMPLETE))
            }
        }
        .build()
    }
}

fn named(values: Vec<(&'static str, AttributeValue)>) -> HashMap<String, AttributeValue> {
    values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
