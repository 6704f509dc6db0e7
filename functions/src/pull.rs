//! Hands entries out: to a replica that keeps up, and page by page to whoever may read one stream.
//!
//! What a member of staff may read is asked of the index, by key ([`cover::find`]): a quiet sync needs no other query.

use std::collections::{BTreeMap, HashMap};

use domain::id::StreamId;
use domain::permission::{Action, Actor, Permission, Relation, may};
use domain::wire::{Cursor, EntriesResponse, IndexRow, MAX_REPLY_BYTES, PROTOCOL, PullRequest, PullResponse};
use jiff::Timestamp;

use crate::cover;
use crate::devices;
use crate::enrol::{self, NotBound};
use crate::store::{Budget, Store, StoreError};

/// At most so many entries in one reply, whatever is asked for.
const MAX_ENTRIES: usize = 5_000;
/// What a reply holds beside entries: its frame, and one index row (84 bytes at most, rounded up).
const FRAME_BYTES: usize = 1_024;
const INDEX_ROW_BYTES: usize = 128;

/// Why a pull was not answered.
#[derive(Debug, thiserror::Error)]
pub enum PullError {
    /// The replica may not ask.
    #[error(transparent)]
    NotBound(#[from] NotBound),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Answers a pull: every readable stream, and entries after each cursor, contiguous, as many as fit.
///
/// # Errors
/// [`PullError`] says why not.
pub async fn pull(
    store: &dyn Store,
    actor: Actor,
    now: Timestamp,
    request: &PullRequest,
) -> Result<PullResponse, PullError> {
    let enrolment = enrol::bound(store, request.replica, actor.staff).await?;
    // Older tablets do not tell their build here.
    devices::seen(store, &enrolment, request.build.as_deref().unwrap_or_default(), request.unsent, now).await?;
    let index = cover::find(store, actor, now).await?;
    let frame = FRAME_BYTES + index.len() * INDEX_ROW_BYTES;
    let mut room = Budget {
        entries: usize::try_from(request.limit).map_or(MAX_ENTRIES, |limit| limit.clamp(1, MAX_ENTRIES)),
        bytes: MAX_REPLY_BYTES.saturating_sub(frame),
    };
    let cursors: HashMap<StreamId, Cursor> = request.streams.iter().map(|cursor| (cursor.stream, *cursor)).collect();
    let mut entries = BTreeMap::new();
    let mut more = false;
    for row in &index {
        let after = position(row, cursors.get(&row.stream));
        if after >= row.head {
            continue;
        }
        let mut page = match room.entries {
            0 => Vec::new(),
            _ => store.entries(row.stream, after, room).await?,
        };
        // What was appended since the index was read waits: a cursor beyond the head would look like a restore.
        page.retain(|entry| entry.seq <= row.head);
        let bytes: usize = page.iter().map(json_bytes).sum();
        if page.is_empty() || (bytes > room.bytes && !entries.is_empty()) {
            more = true;
            break;
        }
        room.entries = room.entries.saturating_sub(page.len());
        room.bytes = room.bytes.saturating_sub(bytes);
        more |= page.last().is_some_and(|last| last.seq < row.head);
        entries.insert(row.stream, page);
    }
    Ok(PullResponse { protocol: PROTOCOL, time: now, index, entries, more })
}

/// Where to go on: a cursor of another epoch knows another order, and starts again.
fn position(row: &IndexRow, cursor: Option<&Cursor>) -> u64 {
    cursor.filter(|cursor| cursor.epoch == row.epoch).map_or(0, |cursor| cursor.after)
}

fn json_bytes(entry: &domain::Entry) -> usize {
    // A body of JSON is escaped once more on the way: counted exactly, not guessed.
    serde_json::to_vec(entry).map_or(usize::MAX, |text| text.len() + 1)
}

/// Why a stream was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Not without giving a reason.
    #[error("a reason is required")]
    ReasonRequired,
    /// Not by this member of staff. A stream that is not there is not told apart.
    #[error("not allowed")]
    NotAllowed,
    /// There is no such stream.
    #[error("no such stream")]
    Unknown,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads one page of one stream, for those who read at a desk.
///
/// # Errors
/// [`ReadError`] says why not.
pub async fn read(
    store: &dyn Store,
    actor: Actor,
    now: Timestamp,
    stream: StreamId,
    after: u64,
    reason: Option<&str>,
) -> Result<EntriesResponse, ReadError> {
    let head = store.head(stream).await?;
    let access = head.as_ref().map(|head| head.standing.access.clone()).unwrap_or_default();
    let access = access.to_stream(stream, actor);
    let stands_in = cover::stands_in_with(store, actor, &access, now).await?;
    match may(Relation::of(actor, &access, &stands_in), Action::reading(stream.kind)) {
        Permission::Yes => {}
        Permission::WithReason if reason.is_some_and(domain::text::is_visible) => {}
        Permission::WithReason => return Err(ReadError::ReasonRequired),
        _ => return Err(ReadError::NotAllowed),
    }
    let head = head.ok_or(ReadError::Unknown)?;
    let budget = Budget { entries: MAX_ENTRIES, bytes: MAX_REPLY_BYTES - FRAME_BYTES };
    let entries = store.entries(stream, after, budget).await?;
    let last = entries.last().map_or(after, |entry| entry.seq);
    Ok(EntriesResponse { epoch: head.epoch, head: head.seq, more: last < head.seq, entries })
}
