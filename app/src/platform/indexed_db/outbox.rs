//! The outbox inside a transaction. Requests of a kind go out together and are awaited after: the browser runs them in order.

use std::collections::{BTreeMap, BTreeSet};

use domain::hash::{Chain, Hash};
use domain::id::{OperationId, StreamId};
use futures::future::try_join;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::Transaction;
use replica::storage::{Mine, OutboxRow, StorageError, StreamRow, Unsaved};
use replica::vault::Sealed;
use wasm_bindgen::JsValue;

use super::migrations::{BY_ID, OUTBOX, STREAMS};
use super::{Done, IndexedDb, all_of, all_of_range, row};

/// Everything, by stream and `rseq`.
pub(super) async fn all(tx: &Transaction<'_>) -> Done<Vec<OutboxRow>> {
    let mut rows = all_of(tx, OUTBOX, row::read_outbox).await?;
    rows.sort_by_key(|row| (row.operation.stream, row.rseq));
    Ok(rows)
}

/// Gives numbers out and saves, passing over what is here already.
///
/// A child waits for it: everything that is read is asked for at once, and everything that is written goes out at once.
pub(super) async fn save(tx: &Transaction<'_>, operations: &[Unsaved]) -> Done<Vec<OutboxRow>> {
    let known = IndexedDb::known_streams(tx, operations.iter().map(|operation| operation.stream));
    let here = by_id(tx, operations.iter().map(|operation| operation.id));
    let (mut streams, mut here) = try_join(known, here).await?;
    let store = tx.object_store(OUTBOX)?;
    let mut rows = Vec::with_capacity(operations.len());
    let mut added = Vec::new();
    for operation in operations {
        if let Some(row) = here.get(&operation.id) {
            rows.push(row.clone());
            continue;
        }
        let stream = streams.entry(operation.stream).or_insert(StreamRow::new(operation.stream));
        let row = OutboxRow { rseq: stream.next, operation: operation.clone() };
        stream.next += 1;
        added.push(store.add(row::write_outbox(row.rseq, operation)).primitive()?);
        here.insert(operation.id, row.clone());
        rows.push(row);
    }
    let added = async {
        for request in added {
            request.await?;
        }
        Ok(())
    };
    try_join(added, IndexedDb::put_streams(tx, streams.values())).await?;
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

/// Takes out an operation that the server has not acknowledged.
pub(super) async fn take_out(tx: &Transaction<'_>, id: OperationId) -> Done<()> {
    let row = by_id(tx, [id].into_iter()).await?.remove(&id).ok_or(StorageError::Damaged)?;
    let mut stream = IndexedDb::stream(tx, row.operation.stream).await?;
    if row.rseq <= stream.high {
        return Err(StorageError::Damaged.into());
    }
    delete(tx, stream.stream, [row.rseq]).await?;
    close_ranks(tx, std::slice::from_mut(&mut stream)).await?;
    IndexedDb::put_stream(tx, &stream).await
}

/// Counts what this replica sent as acknowledged, then drops what came back.
pub(super) async fn take_back(
    tx: &Transaction<'_>,
    stream: &mut StreamRow,
    mine: impl Iterator<Item = &Mine>,
    came_back: &[OperationId],
) -> Done<()> {
    let mut mine = mine.peekable();
    if came_back.is_empty() && mine.peek().is_none() {
        return Ok(());
    }
    let rows = all_of_range(tx, OUTBOX, row::whole_stream(stream.stream), row::read_outbox).await?;
    let hashes: BTreeMap<u64, Hash> = rows.iter().map(|row| (row.rseq, row.operation.sha256)).collect();
    for mine in mine.filter(|mine| hashes.get(&mine.rseq) == Some(&mine.sha256)) {
        stream.count_as_acknowledged(mine);
    }
    let came_back: BTreeSet<_> = came_back.iter().collect();
    let gone = rows.iter().filter(|row| came_back.contains(&row.operation.id));
    delete(tx, stream.stream, gone.map(|row| row.rseq)).await?;
    close_ranks(tx, std::slice::from_mut(stream)).await
}

/// Numbers what is not acknowledged without a gap. Writes moved rows; the streams' own rows are the caller's.
pub(super) async fn close_ranks(tx: &Transaction<'_>, streams: &mut [StreamRow]) -> Done<()> {
    let store = tx.object_store(OUTBOX)?;
    let mut asked = Vec::new();
    for stream in streams.iter() {
        let unsent = row::from_number(stream.stream, stream.high + 1);
        asked.push(store.get_all_keys::<JsValue>().with_query::<JsValue, _>(unsent).primitive()?);
    }
    for (stream, asked) in streams.iter_mut().zip(asked) {
        let mut numbers = Vec::new();
        for key in asked.await? {
            numbers.push(row::number_of(&key?)?);
        }
        let first = stream.high + 1;
        let is_dense = numbers.iter().copied().eq((first..).take(numbers.len()));
        stream.next = (first..).nth(numbers.len()).unwrap_or(first);
        if !is_dense {
            number_from(tx, stream.stream, first).await?;
        }
    }
    Ok(())
}

/// Numbers the rows of a stream from here on anew, without a gap.
async fn number_from(tx: &Transaction<'_>, stream: StreamId, first: u64) -> Done<()> {
    let store = tx.object_store(OUTBOX)?;
    let unsent = row::from_number(stream, first);
    let mut rows = Vec::new();
    for value in store.get_all::<JsValue>().with_query::<JsValue, _>(unsent.clone()).primitive()?.await? {
        rows.push(row::read_outbox(&value?)?.operation);
    }
    store.delete::<JsValue, _>(unsent).primitive()?.await?;
    for (rseq, operation) in (first..).zip(&rows) {
        store.add(row::write_outbox(rseq, operation)).primitive()?.await?;
    }
    Ok(())
}

/// Drops what the server has of a stream; fails while there is anything that it does not have.
pub(super) async fn remove_sent(tx: &Transaction<'_>, stream: StreamId, high: u64) -> Done<()> {
    let store = tx.object_store(OUTBOX)?;
    let unsent = store.count().with_query::<JsValue, _>(row::from_number(stream, high + 1));
    if unsent.primitive()?.await? > 0 {
        return Err(StorageError::Damaged.into());
    }
    Ok(store.delete::<JsValue, _>(row::whole_stream(stream)).primitive()?.await?)
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

/// Drops rows of a stream by their numbers, in order: one request for each run of them.
async fn delete(tx: &Transaction<'_>, stream: StreamId, numbers: impl IntoIterator<Item = u64>) -> Done<()> {
    let store = tx.object_store(OUTBOX)?;
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if number == *last + 1 => *last = number,
            _ => runs.push((number, number)),
        }
    }
    for (first, last) in runs {
        store.delete::<JsValue, _>(row::run(stream, first, last)).primitive()?.await?;
    }
    Ok(())
}
