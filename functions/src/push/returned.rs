//! Takes entries that a replica hands back: proof, under the server's own seal, of what it had before it was set back.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Entry, Hash};
use jiff::Timestamp;

use super::{ATTEMPTS, PushError, settle};
use crate::seal::Seal;
use crate::sequence::{Before, MOST_REPLICAS, Sender, give_back};
use crate::store::Store;

/// Takes what the stream does not have. Says whether there was anything under our seal: whoever holds that has read the
/// stream, and may hear its epoch.
///
/// Whoever hands back need not be allowed to read or write the stream now: what allowed them may be among what was lost.
pub(super) async fn take_back(
    store: &dyn Store,
    seal: &Seal,
    sender: Sender,
    now: Timestamp,
    returned: &[Entry],
) -> Result<bool, PushError> {
    let mut entries: Vec<&Entry> = returned.iter().filter(|entry| is_ours(seal, sender, entry)).collect();
    let dropped = returned.len() - entries.len();
    if dropped > 0 {
        tracing::warn!(dropped, "entries were handed back without our seal");
    }
    entries.sort_by_key(|entry| (entry.epoch, entry.seq));
    entries.dedup_by_key(|entry| (entry.epoch, entry.seq));
    let mut rest = entries.as_slice();
    while !rest.is_empty() {
        let (now_taken, later) = rest.split_at(fit(rest));
        let part: Vec<Entry> = now_taken.iter().map(|entry| (*entry).clone()).collect();
        append(store, seal, sender, now, &part).await?;
        rest = later;
    }
    Ok(!entries.is_empty())
}

fn is_ours(seal: &Seal, sender: Sender, entry: &Entry) -> bool {
    let whole = entry.body.as_deref().is_none_or(|body| Hash::of(body.as_bytes()) == entry.sha256);
    whole && seal.holds(sender.stream, entry)
}

/// How many of these go into one append.
fn fit(entries: &[&Entry]) -> usize {
    let mut replicas = BTreeSet::new();
    entries.iter().take_while(|entry| replicas.insert(entry.replica) || replicas.len() <= MOST_REPLICAS).count().max(1)
}

async fn append(
    store: &dyn Store,
    seal: &Seal,
    sender: Sender,
    now: Timestamp,
    entries: &[Entry],
) -> Result<(), PushError> {
    for attempt in 0..ATTEMPTS {
        // Each is held against what is appended, so that all of this counts as read at one moment.
        let (head, own) = store.heads(sender.stream, sender.replica).await?;
        let mut highs = BTreeMap::from([(sender.replica, own)]);
        for entry in entries {
            if !highs.contains_key(&entry.replica) {
                highs.insert(entry.replica, store.heads(sender.stream, entry.replica).await?.1);
            }
        }
        let highs: Vec<_> = highs.into_iter().collect();
        let reads: Vec<_> = entries.iter().filter_map(Entry::operation).collect();
        let mut before = Before::read(store, sender.stream, reads.iter()).await?;
        before.look_up(store, sender.stream, entries).await?;
        let Some(append) = give_back(sender, head, &highs, before, entries, now, seal) else {
            return Ok(());
        };
        if settle(store.append(append).await, attempt).await? {
            return Ok(());
        }
    }
    Err(PushError::Busy)
}
