//! Takes entries that a replica hands back: proof, under the server's own seal, of what it had before it was set back.

use std::collections::BTreeSet;

use domain::{Entry, Hash};
use jiff::Timestamp;

use super::{ATTEMPTS, PushError, Settled, settle};
use crate::seal::Seal;
use crate::sequence::{Before, GivenBack, HandedBack, MOST_REPLICAS, Redactions, Sender, Trust, give_back};
use crate::store::Store;

/// What was handed back, as far as the reply depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Returned {
    /// Nothing under our seal.
    Nothing,
    /// The stream has it now, or had it before.
    There,
    /// What came before it is missing too, and must come first.
    Gap,
}

/// Takes what the stream does not have.
///
/// Whoever hands back need not be allowed to read or write the stream now: what allowed them may be among what was lost.
pub(super) async fn take_back(
    store: &dyn Store,
    seal: &Seal,
    sender: Sender<'_>,
    now: Timestamp,
    returned: &[Entry],
) -> Result<Returned, PushError> {
    // The seal does not cover the body: that words were destroyed is not taken on the word of a revoked device.
    let is_whole = |entry: &&Entry| sender.trust == Trust::Full || entry.body.is_some();
    let mut entries: Vec<&Entry> =
        returned.iter().filter(is_whole).filter(|entry| is_ours(seal, sender, entry)).collect();
    let dropped = returned.len() - entries.len();
    if dropped > 0 {
        tracing::warn!(dropped, "entries were handed back without our seal");
    }
    entries.sort_by_key(|entry| (entry.epoch, entry.seq));
    entries.dedup_by_key(|entry| (entry.epoch, entry.seq));
    let (mut rest, mut most) = (entries.as_slice(), usize::MAX);
    while !rest.is_empty() {
        let (now_taken, later) = rest.split_at(fit(rest).min(most));
        let part: Vec<Entry> = now_taken.iter().map(|entry| (*entry).clone()).collect();
        let goes_on = rest.len() < entries.len();
        match append(store, seal, sender, HandedBack { entries: &part, goes_on, now }).await? {
            Part::There => rest = later,
            Part::Gap => return Ok(Returned::Gap),
            Part::TooWide { fewer } => most = fewer,
        }
    }
    Ok(if entries.is_empty() { Returned::Nothing } else { Returned::There })
}

fn is_ours(seal: &Seal, sender: Sender<'_>, entry: &Entry) -> bool {
    let whole = entry.body.as_deref().is_none_or(|body| Hash::of(body.as_bytes()) == entry.sha256);
    whole && seal.holds(sender.stream, entry)
}

/// How many of these go into one append: the first ones, of not too many replicas.
fn fit(entries: &[&Entry]) -> usize {
    let mut replicas = BTreeSet::new();
    let few = |entry: &&&Entry| {
        replicas.insert(entry.replica);
        replicas.len() <= MOST_REPLICAS
    };
    entries.iter().take_while(few).count()
}

/// What became of a part.
enum Part {
    /// The stream has it.
    There,
    /// The first of it follows on nothing.
    Gap,
    /// The store takes so many at most, or fewer.
    TooWide { fewer: usize },
}

async fn append(store: &dyn Store, seal: &Seal, sender: Sender<'_>, handed: HandedBack<'_>) -> Result<Part, PushError> {
    let entries = handed.entries;
    for attempt in 0..ATTEMPTS {
        // Each is held against what is appended, so that all of this counts as read at one moment.
        let (head, own) = store.heads(sender.stream, sender.replica).await?;
        let replicas: BTreeSet<_> = entries.iter().map(|entry| entry.replica).collect();
        let mut highs = vec![(sender.replica, own)];
        for replica in replicas.into_iter().filter(|replica| *replica != sender.replica) {
            highs.push((replica, store.heads(sender.stream, replica).await?.1));
        }
        let reads: Vec<_> = entries.iter().filter_map(Entry::operation).collect();
        // What is under our seal was allowed when it was judged.
        let mut before = Before::read(store, sender.stream, reads.iter(), Redactions::Allowed).await?;
        before.look_up(store, sender.stream, entries).await?;
        let append = match give_back(sender, (head, &highs), before, handed, seal) {
            GivenBack::Gap => return Ok(Part::Gap),
            GivenBack::Nothing => return Ok(Part::There),
            GivenBack::Append(append) => append,
        };
        match settle(store.append(*append).await, attempt, entries.len()).await? {
            Settled::Appended => return Ok(Part::There),
            Settled::Moved => {}
            Settled::TooWide { fewer } => return Ok(Part::TooWide { fewer }),
        }
    }
    Err(PushError::Busy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Verdict;
    use domain::id::{OperationId, ReplicaId, StaffId};
    use uuid::Uuid;

    fn entry(replica: u128) -> Entry {
        Entry {
            seq: 1,
            epoch: 1,
            id: Some(OperationId(Uuid::from_u128(replica))),
            replica: ReplicaId(Uuid::from_u128(replica)),
            rseq: 1,
            sha256: Hash::of(b"body"),
            actor: StaffId(Uuid::from_u128(1)),
            received_at: Timestamp::UNIX_EPOCH,
            verdict: Verdict::Accepted,
            code: None,
            body: None,
            mac: String::new(),
            was: None,
        }
    }

    #[test]
    fn the_operations_of_not_too_many_replicas_go_into_one_append() {
        let of_many: Vec<Entry> = (0..60).map(entry).collect();
        assert_eq!(fit(&of_many.iter().collect::<Vec<_>>()), MOST_REPLICAS);
        let of_one: Vec<Entry> = (0..99).map(|_| entry(1)).collect();
        assert_eq!(fit(&of_one.iter().collect::<Vec<_>>()), 99);
    }
}
