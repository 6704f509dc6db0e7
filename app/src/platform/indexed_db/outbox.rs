//! The outbox inside a transaction. Requests of a kind go out together and are awaited after: the browser runs them in order.

use std::collections::{BTreeMap, BTreeSet};

use domain::hash::Chain;
use domain::id::{OperationId, StreamId};
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::Transaction;
use replica::storage::{OutboxRow, StorageError, StreamRow, Unsaved};
use replica::vault::Sealed;
use wasm_bindgen::JsValue;

use super::migrations::{BY_ID, OUTBOX, STREAMS};
use super::{Done, IndexedDb, all_of, all_of_stream, row};

/// Everything, by stream and `rseq`.
pub(super) async fn all(tx: &Transaction<'_>) -> Done<Vec<OutboxRow>> {
    let mut rows = all_of(tx, OUTBOX, row::read_outbox).await?;
    rows.sort_by_key(|row| (row.operation.stream, row.rseq));
    Ok(rows)
}

/// Gives numbers out and saves, passing over what is here already.
pub(super) async fn save(tx: &Transaction<'_>, operations: &[Unsaved]) -> Done<Vec<OutboxRow>> {
    let ids = operations.iter().map(|operation| operation.id);
    let mut here = by_id(tx, ids).await?;
    let mut streams: BTreeMap<StreamId, StreamRow> = BTreeMap::new();
    let store = tx.object_store(OUTBOX)?;
    let mut rows = Vec::with_capacity(operations.len());
    let mut requests = Vec::new();
    for operation in operations {
        if let Some(row) = here.get(&operation.id) {
            rows.push(row.clone());
            continue;
        }
        let stream = match streams.get_mut(&operation.stream) {
            Some(stream) => stream,
            None => {
                let stream = IndexedDb::stream(tx, operation.stream).await?;
                streams.entry(operation.stream).or_insert(stream)
            }
        };
        let row = OutboxRow { rseq: stream.next, operation: operation.clone() };
        stream.next += 1;
        requests.push(store.add(row::write_outbox(row.rseq, operation)).primitive()?);
        here.insert(operation.id, row.clone());
        rows.push(row);
    }
    for stream in streams.values() {
        IndexedDb::put_stream(tx, stream).await?;
    }
    for request in requests {
        request.await?;
    }
    Ok(rows)
}

/// Replaces sealed texts of what is still here.
pub(super) async fn reseal(tx: &Transaction<'_>, rows: &[(OperationId, Sealed)]) -> Done<()> {
    let here = by_id(tx, rows.iter().map(|(id, _)| *id)).await?;
    let store = tx.object_store(OUTBOX)?;
    let mut requests = Vec::new();
    for (id, sealed) in rows {
        if let Some(OutboxRow { rseq, operation }) = here.get(id) {
            let operation = Unsaved { sealed: sealed.clone(), ..operation.clone() };
            requests.push(store.put(row::write_outbox(*rseq, &operation)).primitive()?);
        }
    }
    for request in requests {
        request.await?;
    }
    Ok(())
}

/// Drops operations of one stream.
pub(super) async fn remove(tx: &Transaction<'_>, stream: StreamId, ids: &[OperationId]) -> Done<()> {
    let here = by_id(tx, ids.iter().copied()).await?;
    let here = here.values().filter(|row| row.operation.stream == stream).map(|row| row::key(stream, row.rseq));
    delete(tx, here).await
}

/// Drops what the server has of a stream; fails while there is anything that it does not have.
pub(super) async fn remove_sent(tx: &Transaction<'_>, stream: StreamId, high: u64) -> Done<()> {
    let rows = all_of_stream(tx, OUTBOX, stream, row::read_outbox).await?;
    if rows.iter().any(|row| row.rseq > high) {
        return Err(StorageError::Damaged.into());
    }
    delete(tx, rows.iter().map(|row| row::key(stream, row.rseq))).await
}

/// Starts every chain again: drops what is sequenced, numbers the rest from 1.
pub(super) async fn number_again(tx: &Transaction<'_>, sequenced: &[OperationId]) -> Done<()> {
    let rows = all(tx).await?;
    tx.object_store(OUTBOX)?.clear()?.await?;
    for mut stream in all_of(tx, STREAMS, row::read_stream).await? {
        (stream.next, stream.high, stream.chain) = (1, 0, Chain::START);
        IndexedDb::put_stream(tx, &stream).await?;
    }
    let sequenced: BTreeSet<_> = sequenced.iter().collect();
    let left: Vec<Unsaved> =
        rows.into_iter().map(|row| row.operation).filter(|operation| !sequenced.contains(&operation.id)).collect();
    save(tx, &left).await?;
    Ok(())
}

async fn by_id(tx: &Transaction<'_>, ids: impl Iterator<Item = OperationId>) -> Done<BTreeMap<OperationId, OutboxRow>> {
    let store = tx.object_store(OUTBOX)?;
    let index = store.index(BY_ID)?;
    let mut requests = Vec::new();
    for id in ids {
        requests.push(index.get::<JsValue, String, _>(id.to_string()).primitive()?);
    }
    let mut here = BTreeMap::new();
    for request in requests {
        if let Some(value) = request.await? {
            let row = row::read_outbox(&value)?;
            here.insert(row.operation.id, row);
        }
    }
    Ok(here)
}

async fn delete(tx: &Transaction<'_>, keys: impl IntoIterator<Item = JsValue>) -> Done<()> {
    let store = tx.object_store(OUTBOX)?;
    let mut requests = Vec::new();
    for key in keys {
        requests.push(store.delete::<JsValue, _>(key).primitive()?);
    }
    for request in requests {
        request.await?;
    }
    Ok(())
}
