//! The edges: what is nearly too long, nearly too many, or only half there.

use std::collections::BTreeSet;

use domain::operation::MAX_BODY_BYTES;
use domain::{Entry, Hash};

use super::*;
use crate::store::contract::{WHOLE, at, next, stream};
use crate::store::dynamodb::segment::MAX_BYTES;
use crate::store::folded;

fn seqs(entries: &[Entry]) -> Vec<u64> {
    entries.iter().map(|entry| entry.seq).collect()
}

/// The append with other bodies.
pub(super) fn with_bodies(mut append: Append, body: impl Fn(u64) -> String) -> Append {
    for entry in &mut append.segment {
        let body = body(entry.seq);
        entry.sha256 = Hash::of(body.as_bytes());
        entry.body = Some(body);
    }
    append
}

/// Text in which nothing repeats.
pub(super) fn noise(seed: u64, bytes: usize) -> String {
    let hashes = (0..bytes.div_ceil(64)).map(|nth| Hash::of(format!("{seed} {nth}").as_bytes()).to_string());
    let mut text: String = hashes.collect();
    text.truncate(bytes);
    text
}

async fn segments(store: &DynamoStore) -> Vec<Row> {
    store.table.all(&key::segments_from(stream(1), 0)).await.unwrap()
}

#[tokio::test]
async fn a_push_of_the_greatest_length_goes_in_whole() {
    let (store, ()) = fresh().await;
    let pushes: [(u64, usize); 3] = [(500, 1_000), (8, MAX_BODY_BYTES), (5_000, 1)];
    let mut last: Option<Append> = None;
    for (count, bytes) in pushes {
        let append = with_bodies(next(last.as_ref(), stream(1), count), |seq| noise(seq, bytes));
        store.append(append.clone()).await.unwrap();
        let before = append.head.seq - count;
        assert_eq!(store.entries(stream(1), before, WHOLE).await.unwrap(), append.segment, "{count} of {bytes}");
        last = Some(append);
    }
    let rows = segments(&store).await;
    assert!(rows.len() > pushes.len(), "some of them in several segments");
    assert!(rows.iter().all(|row| row.bytes("entries").unwrap().len() <= MAX_BYTES));
    let mut known = 1;
    for row in &rows {
        assert_eq!(row.text("SK").unwrap(), key::segment(stream(1), known).sk, "dense");
        assert_eq!((row.number("rev").unwrap(), row.has("ttl")), (0, false));
        known = row.number("last").unwrap() + 1;
    }
}

#[tokio::test]
async fn a_long_stream_is_read_page_by_page_from_anywhere() {
    let (store, ()) = fresh().await;
    let mut last: Option<Append> = None;
    for _ in 0..6 {
        let append = with_bodies(next(last.as_ref(), stream(1), 10), |seq| noise(seq, 50_000));
        store.append(append.clone()).await.unwrap();
        last = Some(append);
    }
    let bytes: usize = segments(&store).await.iter().map(|row| row.bytes("entries").unwrap().len()).sum();
    assert!(bytes > 1_048_576, "more than one page of a query");
    for after in [0, 1, 9, 10, 11, 35, 59, 60, 61] {
        let entries = store.entries(stream(1), after, WHOLE).await.unwrap();
        assert_eq!(seqs(&entries), (after + 1..=60).collect::<Vec<_>>(), "after {after}");
    }
}

#[tokio::test]
async fn fault_28_of_half_a_transaction_only_the_contiguous_part_is_returned() {
    let (store, ()) = fresh().await;
    let first = next(None, stream(1), 3);
    store.append(first.clone()).await.unwrap();
    let second = next(Some(&first), stream(1), 2);
    store.append(second.clone()).await.unwrap();
    let third = next(Some(&second), stream(1), 2);
    store.append(third).await.unwrap();
    store.table.take(key::segment(stream(1), 4)).await.unwrap();
    for (after, expected) in [(0, &[1, 2, 3][..]), (2, &[3]), (3, &[]), (4, &[]), (5, &[6, 7])] {
        assert_eq!(seqs(&store.entries(stream(1), after, WHOLE).await.unwrap()), expected, "after {after}");
    }
}

#[tokio::test]
async fn a_head_that_is_older_than_the_replica_is_read_again() {
    let (store, ()) = fresh().await;
    let first = next(None, stream(1), 1);
    store.append(first.clone()).await.unwrap();
    // A replica that was written with a head which this reader has not seen.
    let ahead = Row::at(key::high(stream(1), first.replica)).with_number("high", 2).with_number("version", 2);
    store.table.put(ahead.with_text("chain", first.high.chain)).await.unwrap();
    let (head, high) = store.heads(stream(1), first.replica).await.unwrap();
    assert_eq!((head, high.high), (Some(first.head), 2));
}

/// A head whose standing is long: many visits are planned.
pub(super) fn busy(mut append: Append, visits: u128) -> Append {
    append.head.standing.planned = (0..visits)
        .map(|nth| {
            let random = Hash::of(nth.to_string().as_bytes()).to_string();
            let id = Uuid::parse_str(random.get(..32).unwrap()).unwrap();
            (domain::id::VisitId(id), "2026-11-24".parse().unwrap())
        })
        .collect();
    append
}

#[tokio::test]
async fn a_long_standing_lies_beside_its_head_and_comes_back_with_it() {
    let (store, ()) = fresh().await;
    let short = next(None, stream(1), 1);
    let long = busy(next(Some(&short), stream(1), 1), 12_000);
    let longer = busy(next(Some(&long), stream(1), 1), 13_000);
    let short_again = next(Some(&longer), stream(1), 1);
    for append in [&short, &long, &longer, &short_again] {
        store.append(append.clone()).await.unwrap();
        assert_eq!(store.head(stream(1)).await.unwrap().as_ref(), Some(&append.head));
        assert_eq!(store.heads(stream(1), append.replica).await.unwrap(), (Some(append.head.clone()), append.high));
        let row = store.table.get(key::head(stream(1))).await.unwrap().unwrap();
        assert_eq!(row.has("standing"), append.head.standing.planned.is_empty());
    }
}

#[tokio::test]
async fn a_standing_of_another_version_is_never_taken_for_this_one() {
    let (store, ()) = fresh().await;
    let long = busy(next(None, stream(1), 1), 12_000);
    store.append(long.clone()).await.unwrap();
    let mut row = store.table.get(key::standing(stream(1))).await.unwrap().unwrap();
    row = row.with_number("version", 7);
    store.table.put(row).await.unwrap();
    assert!(matches!(store.head(stream(1)).await, Err(StoreError::Busy)));
    store.table.take(key::standing(stream(1))).await.unwrap();
    assert!(matches!(store.head(stream(1)).await, Err(StoreError::Corrupt(_))));
}

#[tokio::test]
async fn fault_41_a_standing_that_other_rules_made_is_not_used_but_made_anew() {
    let (store, ()) = fresh().await;
    for visits in [1, 12_000] {
        let append = busy(next(None, stream(visits), 3), visits);
        store.append(append.clone()).await.unwrap();
        let row = store.table.get(key::head(stream(visits))).await.unwrap().unwrap();
        store.table.put(row.with_number("fold", 0)).await.unwrap();
        let head = store.head(stream(visits)).await.unwrap().unwrap();
        assert_eq!(head, Head { standing: folded(&append.segment), ..append.head.clone() });
        assert_eq!(store.heads(stream(visits), append.replica).await.unwrap(), (Some(head), append.high));
        let further = next(Some(&append), stream(visits), 1);
        store.append(further.clone()).await.unwrap();
        assert_eq!(store.head(stream(visits)).await.unwrap(), Some(further.head), "from now on by these");
    }
}

fn people(count: u128) -> BTreeSet<StaffId> {
    (0..count).map(|id| StaffId(Uuid::from_u128(id))).collect()
}

#[tokio::test]
async fn as_many_staff_as_fit_are_assigned_and_withdrawn_in_one_transaction() {
    let (store, ()) = fresh().await;
    let mut first = next(None, stream(1), 1);
    first.head.standing.access.assigned = people(45);
    store.append(first.clone()).await.unwrap();
    let mut second = next(Some(&first), stream(1), 1);
    second.head.standing.access.assigned = people(90).difference(&people(45)).copied().collect();
    store.append(second.clone()).await.unwrap();
    let listed = async |id| store.index(Scope::Assigned(StaffId(Uuid::from_u128(id)))).await.unwrap().len();
    assert_eq!((listed(0).await, listed(44).await, listed(45).await, listed(89).await), (0, 0, 1, 1));
    let mut third = next(Some(&second), stream(1), 1);
    third.head.standing.access.assigned = people(97);
    let before = store.head(stream(1)).await.unwrap();
    let refused = store.append(third).await;
    assert!(matches!(refused, Err(AppendError::Store(StoreError::TooWide { actions: 101 }))), "{refused:?}");
    assert_eq!(store.head(stream(1)).await.unwrap(), before);
}

#[tokio::test]
async fn a_vault_of_many_forks_is_revoked_with_every_one_of_them() {
    let (store, ()) = fresh().await;
    let enrolment = |id: u128| Enrolment {
        replica: ReplicaId(Uuid::from_u128(id)),
        staff: StaffId(Uuid::nil()),
        vault: VaultId(Uuid::nil()),
        replaces: None,
        enrolled_at: at(0),
        revoked_at: None,
        seen: None,
    };
    for id in 0..120 {
        store.enrol(enrolment(id), EscrowKey([7; 32])).await.unwrap();
    }
    store.revoke(ReplicaId(Uuid::from_u128(60)), at(1)).await.unwrap();
    for id in 0..120 {
        let found = store.enrolment(ReplicaId(Uuid::from_u128(id))).await.unwrap().unwrap();
        assert_eq!(found.revoked_at, Some(at(1)), "{id}");
    }
}

#[tokio::test]
async fn a_read_of_many_records_is_a_row_of_the_reader_and_one_of_each_record() {
    let (store, ()) = fresh().await;
    let access = |id, streams: std::ops::RangeInclusive<u128>| Access {
        id: Uuid::from_u128(id),
        at: at(0),
        staff: Some(StaffId(Uuid::nil())),
        replica: None,
        streams: streams.map(stream).collect(),
        about: None,
        notified: [].into(),
        action: "pull".into(),
        outcome: "done".into(),
        reason: None,
    };
    store.take_usage();
    store.log(access(1, 1..=1)).await.unwrap();
    let usage = store.take_usage();
    assert_eq!((usage.requests, usage.write_units), (2, 2.0));
    store.log(access(2, 1..=300)).await.unwrap();
    let usage = store.take_usage();
    assert_eq!(usage.requests, 301);
    assert!(usage.write_units <= 320.0, "{usage:?}");
    // Whatever is read of it is one query.
    for of in [AccessOf::Staff(Some(StaffId(Uuid::nil()))), AccessOf::Stream(stream(1))] {
        assert_eq!(store.accesses(of, None, 10).await.unwrap().len(), 2);
        assert_eq!(store.take_usage().requests, 1);
    }
}
