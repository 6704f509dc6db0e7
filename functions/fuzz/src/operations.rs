//! Bodies of operations, one a line, judged and given their places as a push would.

use domain::id::{ReplicaId, StaffId, StreamId, TeamId};
use domain::permission::{Actor, Role};
use domain::{Class, Hash, Record, Verdict};
use functions::seal::Seal;
use functions::sequence::{Arrival, Before, Sender, Trust, sequence};
use functions::store::ReplicaHigh;
use jiff::Timestamp;
use uuid::Uuid;

/// What arrives is at most this long.
const MOST: usize = 64;

/// Takes the lines as one push of somebody who may read the stream once it is registered to their team.
pub fn operations(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let now: Timestamp = "2026-11-26T10:10:00Z".parse().expect("a time");
    let arrivals: Vec<Arrival<'_>> =
        text.lines().take(MOST).map(|body| Arrival::new(body, Hash::of(body.as_bytes()), now)).collect();
    for role in [Role::Worker, Role::Manager] {
        take(role, now, &arrivals);
    }
}

fn take(role: Role, now: Timestamp, arrivals: &[Arrival<'_>]) {
    let stream = StreamId::child(Uuid::from_u128(0xc1));
    let actor = Actor { staff: StaffId(Uuid::from_u128(1)), role, team: TeamId(Uuid::from_u128(0x11)) };
    let sender =
        Sender { stream, replica: ReplicaId(Uuid::from_u128(0x81)), actor, trust: Trust::Full, stands_in: &[] };
    let seal = Seal::new([7; 32]);
    let append = sequence(sender, (None, ReplicaHigh::NOTHING), Before::default(), arrivals, &seal);
    assert_eq!(append.segment.len(), arrivals.len(), "each has a place");
    let mut record = Record::default();
    for (entry, seq) in append.segment.iter().zip(1..) {
        assert_eq!((entry.seq, entry.rseq, entry.received_at), (seq, seq, now));
        assert!(seal.holds(stream, entry), "under our seal");
        if let Some(Ok(operation)) = entry.operation() {
            let refused = (entry.verdict, operation.class) == (Verdict::Refused, Class::Fact);
            let held = (entry.verdict, operation.class) == (Verdict::Held, Class::Request);
            assert!(!refused && !held, "no fact is refused, and no request is held: {operation:?}");
        }
        record.fold(entry);
    }
    // Half of it first, and the rest laid on top before it comes: the same in the end.
    let (half, rest) = append.segment.split_at(append.segment.len() / 2);
    let mut on_a_tablet = Record::default();
    half.iter().for_each(|entry| on_a_tablet.fold(entry));
    for entry in rest.iter().filter(|entry| entry.verdict == Verdict::Accepted) {
        on_a_tablet.fold_unsent(entry.body.as_deref().unwrap_or_default(), entry.actor, domain::record::Unsent::Saved);
    }
    rest.iter().for_each(|entry| on_a_tablet.fold(entry));
    assert_eq!(record.standing, append.head.standing, "decided by what everybody folds");
    assert_eq!(on_a_tablet.standing, record.standing, "whatever was laid on top");
}
