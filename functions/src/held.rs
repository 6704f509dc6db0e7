//! What somebody recorded that waits for a manager, also in records that they may not read: a tablet that was set up anew has
//! nothing of it.

use domain::id::{StaffId, StreamId};
use domain::wire::{MAX_REPLY_BYTES, OwnHeld};
use domain::{Entry, Verdict};

use crate::seal::Seal;
use crate::store::{Budget, Store, StoreError};

/// In a stream in which more people have something waiting, those beyond do not find it.
pub(crate) const MOST_AUTHORS: usize = 16;
/// So much is told at most.
const MOST_TOLD: usize = 500;

/// By what an author finds the streams in which something of theirs waits.
pub(crate) fn found_by(author: StaffId) -> String {
    format!("held {author}")
}

/// Everything of one author that waits, stream by stream.
///
/// Costs one query, and for each stream its head and a read for each run of neighbouring entries.
///
/// # Errors
/// [`StoreError`].
pub(crate) async fn of_author(store: &dyn Store, seal: &Seal, author: StaffId) -> Result<Vec<OwnHeld>, StoreError> {
    let mut told = Vec::new();
    for stream in store.found_by(seal.found_by(&found_by(author))).await? {
        let Some(head) = store.head(stream).await? else { continue };
        for run in head.standing.held.runs_by(author) {
            let mut after = run.start() - 1;
            while after < *run.end() && told.len() < MOST_TOLD {
                let entries = usize::try_from(run.end() - after).unwrap_or(MOST_TOLD).min(MOST_TOLD);
                let page = store.entries(stream, after, Budget { entries, bytes: MAX_REPLY_BYTES }).await?;
                let Some(last) = page.last() else { break };
                after = last.seq;
                let waiting = page.iter().filter(|entry| entry.actor == author && entry.verdict == Verdict::Held);
                told.extend(waiting.map(|entry| own(stream, entry)));
            }
        }
    }
    Ok(told)
}

fn own(stream: StreamId, entry: &Entry) -> OwnHeld {
    let read = entry.operation().and_then(Result::ok);
    OwnHeld {
        stream,
        id: entry.id,
        kind: read.as_ref().map(|operation| operation.payload.kind().to_owned()),
        at: read.map_or(entry.received_at, |operation| operation.captured_at),
        code: entry.code.clone(),
    }
}
