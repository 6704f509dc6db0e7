//! One connection to a database, opened again when the browser closes it, and transactions over it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionFinishKind, TransactionMode, TransactionOptions,
};
use replica::storage::StorageError;
use wasm_bindgen_futures::spawn_local;

use super::fault::{Fault, not_opened};
use super::migrations;

/// The database that is open, if one is.
type Slot = Rc<RefCell<Option<Database>>>;

/// A connection. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    name: Rc<str>,
    slot: Slot,
    /// Whether it was open before: from then on it is never made anew.
    was_open: Rc<Cell<bool>>,
    /// It was deleted under us. What was asked for meanwhile must not write into the empty one that asking has made.
    is_gone: Rc<Cell<bool>>,
}

impl Connection {
    /// Opens a database at the present version of its schema.
    pub(super) async fn open(name: &str) -> Result<Connection, StorageError> {
        let slot = Slot::default();
        let connection = Connection { name: name.into(), slot, was_open: Rc::default(), is_gone: Rc::default() };
        connection.database().await?;
        Ok(connection)
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Reads in one transaction.
    pub(super) async fn read<T>(
        &self,
        stores: &[&str],
        work: impl AsyncFn(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, StorageError> {
        self.transact(stores, (TransactionMode::Readonly, TransactionDurability::Default), work).await
    }

    /// Writes in one transaction. `Ok` only once it is complete and on disk.
    pub(super) async fn write<T>(
        &self,
        stores: &[&str],
        work: impl AsyncFn(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, StorageError> {
        self.write_to(TransactionDurability::Strict, stores, work).await
    }

    /// Writes in one transaction. `Ok` once it is complete; a relaxed one comes to the disk by itself a little later.
    pub(super) async fn write_to<T>(
        &self,
        durability: TransactionDurability,
        stores: &[&str],
        work: impl AsyncFn(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, StorageError> {
        self.transact(stores, (TransactionMode::Readwrite, durability), work).await
    }

    /// A transaction that failed changed nothing, so one that failed because the connection closed can be run again.
    async fn transact<T>(
        &self,
        stores: &[&str],
        kind: (TransactionMode, TransactionDurability),
        work: impl AsyncFn(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, StorageError> {
        let database = self.database().await?;
        let fault = match once(&database, stores, kind, &work).await {
            Ok(value) => return Ok(value),
            Err(fault) => fault,
        };
        let closed = self.slot.borrow().is_none();
        if !closed && !matches!(fault, Fault::Closed) {
            return Err(fault.into());
        }
        self.slot.replace(None);
        let database = self.database().await?;
        Ok(once(&database, stores, kind, &work).await?)
    }

    async fn database(&self) -> Result<Database, StorageError> {
        if let Some(database) = self.slot.borrow().clone() {
            return Ok(database);
        }
        let is_new = Rc::new(Cell::new(false));
        let made = is_new.clone();
        let database = Database::open(&*self.name)
            .with_version(migrations::VERSION)
            .with_on_upgrade_needed(move |event, database| {
                made.set(event.old_version() < 1.0);
                migrations::apply(&event, &database)
            })
            .await
            .map_err(not_opened)?;
        if self.was_open.replace(true) && is_new.get() {
            // An empty one in its place would take what nobody could ever send.
            self.is_gone.set(true);
            database.close();
            delete(&self.name).await?;
            return Err(StorageError::Gone);
        }
        if self.is_gone.get() {
            database.close();
            return Err(StorageError::Gone);
        }
        self.slot.replace(Some(database.clone()));
        let changes = database.version_changes().map_err(|error| StorageError::from(Fault::from(error)))?;
        spawn_local(give_way(changes, Rc::downgrade(&self.slot)));
        Ok(database)
    }
}

/// Closes the connection when another tab upgrades or deletes the database, and forgets one the browser closed.
async fn give_way(
    mut changes: indexed_db_futures::database::VersionChangeListener,
    slot: std::rc::Weak<RefCell<Option<Database>>>,
) {
    if changes.recv().await.is_some() {
        changes.db().clone().close();
    }
    if let Some(slot) = slot.upgrade() {
        slot.replace(None);
    }
}

async fn once<T>(
    database: &Database,
    stores: &[&str],
    (mode, durability): (TransactionMode, TransactionDurability),
    work: impl AsyncFn(&Transaction<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let options = TransactionOptions::new().with_durability(durability);
    let tx = database.transaction(stores).with_mode(mode).with_options(options).build()?;
    match work(&tx).await {
        Ok(value) => {
            finish(&tx).await?;
            Ok(value)
        }
        // Dropping it aborts it. Where the browser aborted it already, its own reason says more than the request's.
        Err(fault) => Err(tx.error().map_or(fault, Fault::from)),
    }
}

/// Waits until the transaction is complete. No request is left, so the browser commits by itself.
async fn finish(tx: &Transaction<'_>) -> Result<(), Fault> {
    loop {
        match tx.on_done()?.await {
            TransactionFinishKind::Ok => return Ok(()),
            // A request failed; the abort follows, and only then is the reason known.
            TransactionFinishKind::Err => {}
            TransactionFinishKind::Abort => {
                let aborted = || Fault::Storage(StorageError::Failed("aborted".into()));
                return Err(tx.error().map_or_else(aborted, Fault::from));
            }
        }
    }
}

/// Deletes a database, once every other tab has let go of it.
pub(super) async fn delete(name: &str) -> Result<(), StorageError> {
    let request = Database::delete_by_name(name).map_err(not_opened)?;
    request.await.map_err(|error| StorageError::from(Fault::from(error)))
}
