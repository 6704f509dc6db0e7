//! The store in the cloud: one DynamoDB table, and the only place that knows the AWS SDK.
//!
//! [`key`] says where each item lies. An append is one transaction ([`append`]), held against what [`heads`] read; the
//! log is read by [`log`], written again by [`redaction`] alone, and searched by identity in [`operations`].
//! [`epochs`] is for whoever set the table back. [`table`] is the table itself, as a few operations on [`row`]s, and [`failure`] says what the
//! SDK's errors mean.
//!
//! There is no scan, no secondary index and no batch write, and what is counted outside a transaction is only what comes too
//! often. Nothing of a log is ever deleted; only sessions, sign-ins under way and such counts expire.

mod accesses;
mod append;
mod connect;
mod definition;
mod devices;
mod epochs;
mod failure;
mod heads;
mod key;
mod listed;
mod log;
mod operations;
mod people;
mod redaction;
mod row;
mod segment;
mod sessions;
mod table;
mod unreadable;

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::id::{OperationId, ReplicaId, StaffId, StreamId, VaultId};
use domain::wire::{IndexRow, Staff};
use domain::{Entry, Hash};
use jiff::Timestamp;

use super::{
    Access, AccessOf, AccessPlace, Append, AppendError, BegunSignIn, BindError, Binding, Budget, EnrolError, Enrolment,
    EscrowKey, FoundBy, Head, Identity, Invitation, Known, ListedStream, Meta, ReplicaHigh, Scope, Seen, Session,
    Store, StoreError, TokenHash, Vault, Window,
};
pub use connect::{ConnectError, Connection, is_loopback};
pub use definition::{CreateError, Definition, TEMPLATE, TemplateError};
use row::Row;
use table::Table;
pub use table::Usage;

/// The layout that this version reads and writes.
const FORMAT: u64 = 1;

/// A store in one DynamoDB table.
#[derive(Clone)]
pub struct DynamoStore {
    table: Table,
}

impl DynamoStore {
    /// Opens a table that is there, and marks a new one with this version's format.
    ///
    /// # Errors
    /// [`StoreError::TooNew`] when a newer version wrote it, [`StoreError::Missing`] when there is no such table.
    pub async fn open(connection: &Connection) -> Result<DynamoStore, StoreError> {
        let store = DynamoStore::closed(connection);
        let found = match store.table.get(key::format()).await? {
            Some(row) => Some(row),
            None => store.table.put_new(Row::at(key::format()).with_number("value", FORMAT)).await?,
        };
        match found.map(|row| row.number("value")).transpose()? {
            Some(found) if found > FORMAT => Err(StoreError::TooNew {
                found: i64::try_from(found).unwrap_or(i64::MAX),
                supported: i64::try_from(FORMAT).unwrap_or(i64::MAX),
            }),
            _ => Ok(store),
        }
    }

    /// Makes the table that this repository's template declares, and opens it.
    ///
    /// # Errors
    /// [`CreateError::Exists`] when there is one; it is left alone.
    pub async fn create(connection: &Connection) -> Result<DynamoStore, CreateError> {
        let definition = Definition::of_template(TEMPLATE)?;
        definition::create(&connection.client_that_asks_once(), connection.table(), &definition).await?;
        Ok(DynamoStore::open(connection).await?)
    }

    fn closed(connection: &Connection) -> DynamoStore {
        DynamoStore { table: Table::new(connection.client(), connection.table().to_owned()) }
    }

    /// What was asked of the table since the last time.
    pub fn take_usage(&self) -> Usage {
        self.table.meter.take()
    }
}

#[async_trait]
impl Store for DynamoStore {
    async fn ping(&self) -> Result<(), StoreError> {
        self.table.get(key::format()).await.map(drop)
    }

    async fn head(&self, stream: StreamId) -> Result<Option<Head>, StoreError> {
        heads::head(&self.table, stream).await
    }

    async fn heads(&self, stream: StreamId, replica: ReplicaId) -> Result<(Option<Head>, ReplicaHigh), StoreError> {
        heads::heads(&self.table, stream, replica).await
    }

    async fn known(&self, stream: StreamId, ids: &[OperationId]) -> Result<BTreeMap<OperationId, Known>, StoreError> {
        operations::known(&self.table, stream, ids).await
    }

    async fn append(&self, append: Append) -> Result<(), AppendError> {
        let appended = append::append(&self.table, &append).await;
        match &appended {
            Ok(()) => self.table.meter.appended(append.segment.len()),
            Err(AppendError::Conflict) => self.table.meter.conflicted(),
            Err(AppendError::Store(_)) => {}
        }
        appended
    }

    async fn raise_epochs(&self, at_least: u64) -> Result<(), StoreError> {
        epochs::raise(&self.table, at_least).await
    }

    async fn entries(&self, stream: StreamId, after: u64, budget: Budget) -> Result<Vec<Entry>, StoreError> {
        log::entries(&self.table, stream, after, budget).await
    }

    async fn index(&self, scope: Scope) -> Result<Vec<IndexRow>, StoreError> {
        log::index(&self.table, scope).await
    }

    async fn listed(&self, scope: Scope) -> Result<Vec<ListedStream>, StoreError> {
        log::listed(&self.table, scope).await
    }

    async fn found_by(&self, found_by: FoundBy) -> Result<Vec<StreamId>, StoreError> {
        log::found_by(&self.table, found_by).await
    }

    async fn staff(&self, id: StaffId) -> Result<Option<Staff>, StoreError> {
        people::staff(&self.table, id).await
    }

    async fn everybody(&self) -> Result<Vec<Staff>, StoreError> {
        people::everybody(&self.table).await
    }

    async fn put_staff(&self, staff: &Staff) -> Result<(), StoreError> {
        people::put_staff(&self.table, staff).await
    }

    async fn enrol(&self, enrolment: Enrolment, escrow: EscrowKey) -> Result<EscrowKey, EnrolError> {
        devices::enrol(&self.table, &enrolment, escrow).await
    }

    async fn enrolment(&self, replica: ReplicaId) -> Result<Option<Enrolment>, StoreError> {
        devices::enrolment(&self.table, replica).await
    }

    async fn enrolments_of(&self, staff: StaffId) -> Result<Vec<Enrolment>, StoreError> {
        devices::enrolments_of(&self.table, staff).await
    }

    async fn note_seen(&self, replica: ReplicaId, seen: Seen) -> Result<(), StoreError> {
        devices::note_seen(&self.table, replica, &seen).await
    }

    async fn vault(&self, vault: VaultId) -> Result<Option<Vault>, StoreError> {
        devices::vault(&self.table, vault).await
    }

    async fn revoke(&self, replica: ReplicaId, at: Timestamp) -> Result<(), StoreError> {
        devices::revoke(&self.table, replica, at).await
    }

    async fn put_session(&self, token: TokenHash, session: Session) -> Result<(), StoreError> {
        sessions::put_session(&self.table, token, &session).await
    }

    async fn session(&self, token: TokenHash) -> Result<Option<Session>, StoreError> {
        sessions::session(&self.table, token).await
    }

    async fn touch_session(&self, token: TokenHash, at: Timestamp) -> Result<(), StoreError> {
        sessions::touch_session(&self.table, token, at).await
    }

    async fn delete_session(&self, token: TokenHash) -> Result<(), StoreError> {
        sessions::delete_session(&self.table, token).await
    }

    async fn sessions_of(&self, staff: StaffId) -> Result<Vec<(TokenHash, Session)>, StoreError> {
        sessions::sessions_of(&self.table, staff).await
    }

    async fn put_sign_in(&self, state: TokenHash, begun: BegunSignIn) -> Result<(), StoreError> {
        sessions::put_sign_in(&self.table, state, &begun).await
    }

    async fn take_sign_in(&self, state: TokenHash) -> Result<Option<BegunSignIn>, StoreError> {
        sessions::take_sign_in(&self.table, state).await
    }

    async fn put_invitation(&self, token: TokenHash, invitation: Invitation) -> Result<(), StoreError> {
        sessions::put_invitation(&self.table, token, &invitation).await
    }

    async fn invitation(&self, token: TokenHash) -> Result<Option<Invitation>, StoreError> {
        sessions::invitation(&self.table, token).await
    }

    async fn bind(&self, binding: Binding) -> Result<(), BindError> {
        sessions::bind(&self.table, binding).await
    }

    async fn account_since(&self, staff: StaffId) -> Result<Option<Timestamp>, StoreError> {
        sessions::account_since(&self.table, staff).await
    }

    async fn staff_of(&self, identity: Identity) -> Result<Option<StaffId>, StoreError> {
        sessions::staff_of(&self.table, identity).await
    }

    async fn log(&self, access: Access) -> Result<(), StoreError> {
        accesses::log(&self.table, &access).await
    }

    async fn accesses(
        &self,
        of: AccessOf,
        before: Option<AccessPlace>,
        limit: usize,
    ) -> Result<Vec<Access>, StoreError> {
        accesses::accesses(&self.table, of, before, limit).await
    }

    async fn count(&self, counter: Hash, window: Window) -> Result<u64, StoreError> {
        accesses::count(&self.table, counter, window).await
    }

    async fn meta(&self, meta: Meta) -> Result<Option<String>, StoreError> {
        read_meta(self.table.get(key::meta(meta)).await?)
    }

    async fn put_meta(&self, meta: Meta, value: String) -> Result<(), StoreError> {
        self.table.put(Row::at(key::meta(meta)).with_text("value", value)).await
    }

    async fn meta_or(&self, meta: Meta, value: String) -> Result<String, StoreError> {
        if let Some(kept) = self.meta(meta).await? {
            return Ok(kept);
        }
        let before = self.table.put_new(Row::at(key::meta(meta)).with_text("value", &value)).await?;
        Ok(read_meta(before)?.unwrap_or(value))
    }
}

fn read_meta(row: Option<Row>) -> Result<Option<String>, StoreError> {
    Ok(row.map(|row| row.text("value").map(str::to_owned)).transpose()?)
}

#[cfg(test)]
mod tests;
