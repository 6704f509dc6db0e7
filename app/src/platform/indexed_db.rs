//! The tablet's store: one IndexedDB database a vault. Whatever only this tablet has is written strictly durable; what the
//! server tells again may take its time ([`Storage`] says what that is).
//!
//! ```text
//! call ──▶ connection (opened again once, if the browser closed it) ──▶ one transaction ──▶ `complete` ──▶ Ok
//!                                                                                └ anything else ──▶ Err, nothing changed
//! ```
//! [`migrations`] says which stores there are and how they came to be, [`row`] how a row is written. Nothing but IndexedDB
//! may be awaited inside a transaction: the browser would close it. So values come here sealed.

mod connection;
#[cfg(feature = "contract")]
pub mod contract;
mod fault;
mod migrations;
mod outbox;
mod row;

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{OperationId, ReplicaId, StreamId};
use indexed_db_futures::KeyRange;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{Transaction, TransactionDurability};
use replica::storage::{
    Acknowledged, Derived, DerivedKind, OutboxRow, Profile, Pulled, Segment, Storage, StorageError, StreamRow, Unsaved,
};
use replica::vault::Sealed;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::page;
use connection::Connection;
use fault::Fault;
use migrations::{DERIVED, KEPT, LOG, OUTBOX, PROFILE, STREAMS};

/// So many bytes stay free for what is recorded, before anything is kept that can be made again.
const KEPT_FREE: f64 = 16.0 * 1024.0 * 1024.0;

/// One vault's store in this browser.
#[derive(Clone, Debug)]
pub struct IndexedDb {
    connection: Connection,
}

/// Opens a database, making or upgrading it as needed.
///
/// # Errors
/// [`StorageError::Denied`] where the browser denies storage, [`StorageError::TooNew`] when a newer version of Heard wrote it.
pub async fn open(name: &str) -> Result<IndexedDb, StorageError> {
    let connection = Connection::open(name).await?;
    Ok(IndexedDb { connection })
}

/// Whether there is a factory for databases at all. Where a browser shows one and denies its use, opening says so.
pub fn is_available() -> bool {
    let Some(window) = web_sys::window() else { return false };
    js_sys::Reflect::get(&window, &"indexedDB".into()).is_ok_and(|factory| factory.is_object())
}

/// The names of the databases of this site; none where the browser does not tell.
pub async fn names() -> Vec<String> {
    list().await.unwrap_or_default()
}

async fn list() -> Option<Vec<String>> {
    let factory: JsValue = web_sys::window().map(Into::into)?;
    let factory = js_sys::Reflect::get(&factory, &"indexedDB".into()).ok()?;
    let databases: js_sys::Function = js_sys::Reflect::get(&factory, &"databases".into()).ok()?.dyn_into().ok()?;
    let asked: js_sys::Promise = databases.call0(&factory).ok()?.dyn_into().ok()?;
    let found = js_sys::Array::from(&JsFuture::from(asked).await.ok()?);
    Some(found.iter().filter_map(|one| js_sys::Reflect::get(&one, &"name".into()).ok()?.as_string()).collect())
}

/// Deletes a database: only ever one that was never enrolled, or is to be thrown away with everything in it.
///
/// # Errors
/// [`StorageError`].
pub async fn delete(name: &str) -> Result<(), StorageError> {
    connection::delete(name).await
}

type Done<T> = Result<T, Fault>;

impl IndexedDb {
    /// The database's name.
    pub fn name(&self) -> &str {
        self.connection.name()
    }

    /// Where a stream stands, inside a transaction.
    async fn stream(tx: &Transaction<'_>, stream: StreamId) -> Done<StreamRow> {
        Ok(Self::known_stream(tx, stream).await?.unwrap_or(StreamRow::new(stream)))
    }

    async fn known_stream(tx: &Transaction<'_>, stream: StreamId) -> Done<Option<StreamRow>> {
        Ok(Self::known_streams(tx, std::iter::once(stream)).await?.remove(&stream))
    }

    /// Where streams stand, as far as they are known, asked for at once.
    async fn known_streams(
        tx: &Transaction<'_>,
        names: impl Iterator<Item = StreamId>,
    ) -> Done<BTreeMap<StreamId, StreamRow>> {
        let streams = tx.object_store(STREAMS)?;
        let mut asked = Vec::new();
        for name in names.collect::<BTreeSet<_>>() {
            asked.push((name, streams.get::<JsValue, String, _>(name.to_string()).primitive()?));
        }
        let mut known = BTreeMap::new();
        for (name, asked) in asked {
            if let Some(value) = asked.await? {
                known.insert(name, row::read_stream(&value)?);
            }
        }
        Ok(known)
    }

    /// Writes where streams stand, all at once.
    async fn put_streams<'a>(tx: &Transaction<'_>, rows: impl Iterator<Item = &'a StreamRow>) -> Done<()> {
        let streams = tx.object_store(STREAMS)?;
        let mut sent = Vec::new();
        for row in rows {
            sent.push(streams.put(row::write_stream(row)).primitive()?);
        }
        for sent in sent {
            sent.await?;
        }
        Ok(())
    }

    async fn put_stream(tx: &Transaction<'_>, stream: &StreamRow) -> Done<()> {
        Self::put_streams(tx, std::iter::once(stream)).await
    }

    /// What was made from a log goes with it.
    async fn forget_derived_of(tx: &Transaction<'_>, stream: StreamId) -> Done<()> {
        let store = tx.object_store(DERIVED)?;
        let mut sent = Vec::new();
        for kind in DerivedKind::ALL {
            sent.push(store.delete::<JsValue, _>(row::derived_key(kind, stream)).primitive()?);
        }
        for sent in sent {
            sent.await?;
        }
        Ok(())
    }

    async fn read_profile(tx: &Transaction<'_>) -> Done<Option<Profile>> {
        let found: Option<JsValue> = tx.object_store(PROFILE)?.get(row::PROFILE_KEY).primitive()?.await?;
        Ok(found.map(|value| row::read_profile(&value)).transpose()?)
    }

    async fn write_profile(tx: &Transaction<'_>, profile: &Profile) -> Done<()> {
        let store = tx.object_store(PROFILE)?;
        Ok(store.put(row::write_profile(profile)?).primitive()?.await?)
    }
}

impl Storage for IndexedDb {
    async fn profile(&self) -> Result<Option<Profile>, StorageError> {
        self.connection.read(&[PROFILE], async |tx| Self::read_profile(tx).await).await
    }

    async fn put_profile(&self, profile: &Profile) -> Result<(), StorageError> {
        self.connection.write(&[PROFILE], async |tx| Self::write_profile(tx, profile).await).await
    }

    async fn change_profile(&self, change: impl Fn(&mut Profile)) -> Result<Profile, StorageError> {
        self.connection
            .write(&[PROFILE], async |tx| {
                let mut profile = Self::read_profile(tx).await?.ok_or(StorageError::Damaged)?;
                change(&mut profile);
                Self::write_profile(tx, &profile).await?;
                Ok(profile)
            })
            .await
    }

    async fn save(&self, operations: &[Unsaved]) -> Result<Vec<OutboxRow>, StorageError> {
        self.connection.write(&[OUTBOX, STREAMS], async |tx| outbox::save(tx, operations).await).await
    }

    async fn outbox(&self) -> Result<Vec<OutboxRow>, StorageError> {
        self.connection.read(&[OUTBOX], async |tx| outbox::all(tx).await).await
    }

    async fn streams(&self) -> Result<Vec<StreamRow>, StorageError> {
        self.connection
            .read(&[STREAMS], async |tx| {
                let mut streams = all_of(tx, STREAMS, row::read_stream).await?;
                streams.sort_by_key(|row| row.stream);
                Ok(streams)
            })
            .await
    }

    async fn acknowledge(&self, words: &[Acknowledged]) -> Result<(), StorageError> {
        let durability = durability(words.iter().any(Acknowledged::is_set_back));
        self.connection
            .write_to(durability, &[PROFILE, STREAMS, OUTBOX], async |tx| {
                let replica = Self::read_profile(tx).await?.map(|profile| profile.replica);
                let mut known = Self::known_streams(tx, words.iter().map(|word| word.stream)).await?;
                let mut moved = Vec::new();
                for word in words.iter().filter(|word| replica == Some(word.replica)) {
                    if let Some(row) = known.get_mut(&word.stream).filter(|row| row.high == word.after) {
                        (row.high, row.chain) = (word.high, word.chain);
                        moved.push(*row);
                    }
                }
                outbox::close_ranks(tx, &mut moved).await?;
                Self::put_streams(tx, moved.iter()).await
            })
            .await
    }

    async fn reseal(&self, rows: &[(OperationId, Sealed)]) -> Result<(), StorageError> {
        self.connection.write(&[OUTBOX], async |tx| outbox::reseal(tx, rows).await).await
    }

    async fn set_aside(&self, id: OperationId, name: &str, value: &Sealed) -> Result<(), StorageError> {
        self.connection
            .write(&[STREAMS, OUTBOX, KEPT], async |tx| {
                outbox::take_out(tx, id).await?;
                let store = tx.object_store(KEPT)?;
                Ok(store.put(row::write_kept(name, value)).primitive()?.await?)
            })
            .await
    }

    async fn store_pulled(&self, pulled: &[Pulled]) -> Result<(), StorageError> {
        let durability = durability(pulled.iter().any(Pulled::is_of_this_tablet));
        self.connection
            .write_to(durability, &[PROFILE, LOG, STREAMS, OUTBOX, DERIVED], async |tx| {
                let replica = Self::read_profile(tx).await?.map(|profile| profile.replica);
                let mut streams = Self::known_streams(tx, pulled.iter().map(|one| one.segment.stream)).await?;
                let log = tx.object_store(LOG)?;
                let (mut dropped, mut put) = (Vec::new(), Vec::new());
                for Pulled { restart, segment, came_back, mine } in pulled {
                    let stream = streams.entry(segment.stream).or_insert(StreamRow::new(segment.stream));
                    if *restart {
                        Self::forget_derived_of(tx, segment.stream).await?;
                        dropped.push(log.delete::<JsValue, _>(row::whole_stream(segment.stream)).primitive()?);
                        stream.after = 0;
                    }
                    if segment.first != stream.after + 1 || segment.last < segment.first {
                        return Err(StorageError::Damaged.into());
                    }
                    (stream.epoch, stream.after) = (segment.epoch, segment.last);
                    put.push(log.put(row::write_segment(segment)).primitive()?);
                    let mine = mine.iter().filter(|mine| replica == Some(mine.replica));
                    outbox::take_back(tx, stream, mine, came_back).await?;
                }
                for request in dropped {
                    request.await?;
                }
                for request in put {
                    request.await?;
                }
                Self::put_streams(tx, streams.values()).await
            })
            .await
    }

    async fn log(&self, stream: StreamId, after: u64) -> Result<Vec<Segment>, StorageError> {
        let keys = row::from_number(stream, after.saturating_add(1));
        self.connection.read(&[LOG], async |tx| all_of_range(tx, LOG, keys.clone(), row::read_segment).await).await
    }

    async fn keep_derived(&self, values: &[Derived]) -> Result<(), StorageError> {
        // The last room is for what only this tablet has.
        if page::room_left().await.is_some_and(|room| room < KEPT_FREE) {
            return Ok(());
        }
        self.connection
            .write_to(TransactionDurability::Relaxed, &[STREAMS, DERIVED], async |tx| {
                let streams = Self::known_streams(tx, values.iter().map(|value| value.stream)).await?;
                let store = tx.object_store(DERIVED)?;
                let mut sent = Vec::new();
                for value in values {
                    let row = streams.get(&value.stream);
                    if row.is_some_and(|row| value.after > 0 && (row.epoch, row.after) == (value.epoch, value.after)) {
                        sent.push(store.put(row::write_derived(value)).primitive()?);
                    }
                }
                for sent in sent {
                    sent.await?;
                }
                Ok(())
            })
            .await
    }

    async fn derived(&self, stream: StreamId, kind: DerivedKind) -> Result<Option<Derived>, StorageError> {
        self.connection
            .read(&[DERIVED], async |tx| {
                let key = row::derived_key(kind, stream);
                let found: Option<JsValue> =
                    tx.object_store(DERIVED)?.get::<JsValue, JsValue, _>(key).primitive()?.await?;
                Ok(found.map(|value| row::read_derived(&value)).transpose()?)
            })
            .await
    }

    async fn forget_derived(&self) -> Result<(), StorageError> {
        self.connection
            .write(&[DERIVED], async |tx| {
                tx.object_store(DERIVED)?.clear()?.await?;
                Ok(())
            })
            .await
    }

    async fn all_derived(&self, kind: DerivedKind) -> Result<Vec<Derived>, StorageError> {
        let keys = row::whole_kind(kind);
        let mut all = self
            .connection
            .read(&[DERIVED], async |tx| all_of_range(tx, DERIVED, keys.clone(), row::read_derived).await)
            .await?;
        all.sort_by_key(|value| value.stream);
        Ok(all)
    }

    async fn purge(&self, stream: StreamId) -> Result<(), StorageError> {
        self.connection
            .write(&[LOG, STREAMS, OUTBOX, DERIVED], async |tx| {
                let known = Self::known_stream(tx, stream).await?;
                Self::forget_derived_of(tx, stream).await?;
                outbox::remove_sent(tx, stream, known.map_or(0, |row| row.high)).await?;
                let log = tx.object_store(LOG)?;
                log.delete::<JsValue, _>(row::whole_stream(stream)).primitive()?.await?;
                if let Some(mut row) = known {
                    // The numbers given out stay: this replica may write here again.
                    (row.epoch, row.after) = (0, 0);
                    Self::put_stream(tx, &row).await?;
                }
                Ok(())
            })
            .await
    }

    async fn fork(&self, from: ReplicaId, to: ReplicaId, sequenced: &[OperationId]) -> Result<(), StorageError> {
        self.connection
            .write(&[PROFILE, STREAMS, OUTBOX], async |tx| {
                let mut profile = Self::read_profile(tx).await?.ok_or(StorageError::Damaged)?;
                if profile.replica != from {
                    return Ok(());
                }
                profile.become_replica(to);
                Self::write_profile(tx, &profile).await?;
                outbox::number_again(tx, sequenced).await
            })
            .await
    }

    async fn keep(&self, name: &str, value: &Sealed) -> Result<(), StorageError> {
        self.connection
            .write(&[KEPT], async |tx| {
                let store = tx.object_store(KEPT)?;
                Ok(store.put(row::write_kept(name, value)).primitive()?.await?)
            })
            .await
    }

    async fn kept(&self, name: &str) -> Result<Option<Sealed>, StorageError> {
        self.connection
            .read(&[KEPT], async |tx| {
                let found: Option<JsValue> = tx.object_store(KEPT)?.get(name).primitive()?.await?;
                Ok(found.map(|value| row::read_kept(&value)).transpose()?)
            })
            .await
    }

    async fn kept_names(&self) -> Result<Vec<String>, StorageError> {
        self.connection
            .read(&[KEPT], async |tx| {
                let store = tx.object_store(KEPT)?;
                let names = store.get_all_keys::<String>().primitive()?.await?;
                Ok(names.collect::<Result<_, _>>()?)
            })
            .await
    }

    async fn forget(&self, name: &str) -> Result<(), StorageError> {
        self.connection
            .write(&[KEPT], async |tx| {
                let store = tx.object_store(KEPT)?;
                Ok(store.delete::<&str, _>(name).primitive()?.await?)
            })
            .await
    }
}

/// What changes the outbox is waited for; the rest the server tells again.
fn durability(changes_outbox: bool) -> TransactionDurability {
    if changes_outbox { TransactionDurability::Strict } else { TransactionDurability::Relaxed }
}

type Reader<T> = fn(&JsValue) -> Result<T, StorageError>;

/// Reads every row of a store.
async fn all_of<T>(tx: &Transaction<'_>, store: &str, read: Reader<T>) -> Done<Vec<T>> {
    let store = tx.object_store(store)?;
    let mut rows = Vec::new();
    for value in store.get_all::<JsValue>().primitive()?.await? {
        rows.push(read(&value?)?);
    }
    Ok(rows)
}

/// Reads every row whose key is in a range, in the order of the keys.
async fn all_of_range<T>(tx: &Transaction<'_>, store: &str, keys: KeyRange<JsValue>, read: Reader<T>) -> Done<Vec<T>> {
    let store = tx.object_store(store)?;
    let values = store.get_all::<JsValue>().with_query::<JsValue, _>(keys);
    let mut rows = Vec::new();
    for value in values.primitive()?.await? {
        rows.push(read(&value?)?);
    }
    Ok(rows)
}
