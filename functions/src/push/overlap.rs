//! What of a push is new, and whether both ends tell the same story about the rest. Pure.

use domain::Chain;
use domain::wire::{Item, PushStream};

use crate::store::ReplicaHigh;

/// What the server can do with a push of one stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Overlap<'a> {
    /// There is a gap before the first operation.
    Need,
    /// The chains disagree.
    Forked,
    /// `fresh` is beyond what the server has; the rest it has already.
    Taken { fresh: &'a [Item] },
}

/// Holds what was sent against what is known of the replica.
///
/// ```text
///          after          high
///            │   resent    │   fresh
/// sender  ───●─────────────●──────────▶
///          chain ──then──▶ must be the server's chain at high
/// ```
/// A push that ends before `high` cannot be compared here: the replica compares, by `high` and `chain` of the reply.
pub(super) fn overlap(known: ReplicaHigh, pushed: &PushStream) -> Overlap<'_> {
    if pushed.after > known.high {
        return Overlap::Need;
    }
    if pushed.after == 0 && pushed.chain != Chain::START {
        return Overlap::Forked;
    }
    let resent = pushed.operations.iter().take_while(|item| item.rseq <= known.high).count();
    let (resent, fresh) = pushed.operations.split_at(resent);
    let reached = resent.last().map_or(pushed.after, |item| item.rseq);
    if reached < known.high {
        return Overlap::Taken { fresh: &[] };
    }
    let chain = resent.iter().fold(pushed.chain, |chain, item| chain.then(item.sha256));
    if chain == known.chain { Overlap::Taken { fresh } } else { Overlap::Forked }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Hash;
    use domain::id::StreamId;
    use uuid::Uuid;

    fn item(rseq: u64) -> Item {
        let body = format!("operation {rseq}");
        Item { rseq, sha256: Hash::of(body.as_bytes()), body }
    }

    fn chain(high: u64) -> Chain {
        (1..=high).fold(Chain::START, |chain, rseq| chain.then(item(rseq).sha256))
    }

    fn known(high: u64) -> ReplicaHigh {
        ReplicaHigh { high, chain: chain(high) }
    }

    fn pushed(after: u64, to: u64) -> PushStream {
        PushStream {
            stream: StreamId::child(Uuid::nil()),
            after,
            chain: chain(after),
            operations: (after + 1..=to).map(item).collect(),
            returned: Vec::new(),
        }
    }

    fn fresh(known: ReplicaHigh, pushed: &PushStream) -> Vec<u64> {
        match overlap(known, pushed) {
            Overlap::Taken { fresh } => fresh.iter().map(|item| item.rseq).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_what_is_beyond_high_is_new() {
        assert_eq!(fresh(known(0), &pushed(0, 3)), [1, 2, 3]);
        assert_eq!(fresh(known(2), &pushed(0, 3)), [3]);
        assert_eq!(fresh(known(2), &pushed(1, 3)), [3]);
        assert_eq!(fresh(known(2), &pushed(2, 3)), [3]);
        assert_eq!(fresh(known(3), &pushed(0, 3)), [0; 0]);
        assert_eq!(fresh(known(3), &pushed(3, 3)), [0; 0]);
        assert_eq!(fresh(known(0), &pushed(0, 0)), [0; 0]);
    }

    #[test]
    fn a_gap_is_asked_for() {
        assert_eq!(overlap(known(1), &pushed(2, 3)), Overlap::Need);
        assert_eq!(overlap(known(0), &pushed(1, 1)), Overlap::Need);
    }

    #[test]
    fn another_story_is_a_fork_wherever_it_differs() {
        let mut other = pushed(0, 3);
        other.operations[0] = Item { rseq: 1, ..item(9) };
        assert_eq!(overlap(known(2), &other), Overlap::Forked, "within what was resent");
        let mut other = pushed(2, 3);
        other.chain = chain(1);
        assert_eq!(overlap(known(2), &other), Overlap::Forked, "before what was sent");
        let mut other = pushed(0, 1);
        other.chain = chain(1);
        assert_eq!(overlap(known(0), &other), Overlap::Forked, "before the beginning");
    }

    #[test]
    fn a_replica_that_was_set_back_hears_how_far_it_had_been() {
        assert_eq!(fresh(known(5), &pushed(1, 3)), [0; 0], "it compares high and chain itself");
    }
}
