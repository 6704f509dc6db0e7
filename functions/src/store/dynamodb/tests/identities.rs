//! Operations by their identities, at the edges: many hours, many in one, and words that are to be nowhere.

use domain::id::OperationId;

use super::edges::{busy, noise, with_bodies};
use super::*;
use crate::store::contract::{WHOLE, next, stream};

const HOUR_MS: u128 = 3_600_000;

fn made(millis: u128, rest: u128) -> OperationId {
    OperationId(Uuid::from_u128((millis << 80) | rest))
}

/// The append with these identities.
fn named(mut append: Append, id: impl Fn(u128) -> OperationId) -> Append {
    for entry in &mut append.segment {
        entry.id = Some(id(entry.seq.into()));
    }
    append
}

fn ids(append: &Append) -> Vec<OperationId> {
    append.segment.iter().filter_map(|entry| entry.id).collect()
}

async fn rows(store: &DynamoStore, hour: u64) -> Vec<usize> {
    let mut lengths = Vec::new();
    while let Some(row) = store.table.get(key::operations(stream(1), hour, lengths.len() as u32)).await.unwrap() {
        lengths.push(row.bytes("ids").unwrap().len());
    }
    lengths
}

#[tokio::test]
async fn a_row_is_added_to_until_it_is_full_and_never_again() {
    let (store, ()) = fresh().await;
    let mut last: Option<Append> = None;
    let mut all = Vec::new();
    for count in [1, 99, 30, 5, 400, 1] {
        let append = named(next(last.as_ref(), stream(1), count), |seq| made(7 * HOUR_MS + seq, seq));
        store.append(append.clone()).await.unwrap();
        all.extend(ids(&append));
        last = Some(append);
    }
    assert_eq!(rows(&store, 7).await, [130 * 17, 405 * 17, 17]);
    let known = store.known(stream(1), &all).await.unwrap();
    assert_eq!(known.len(), 536);
    assert!(store.known(stream(1), &[made(7 * HOUR_MS, 0), made(9 * HOUR_MS, 1)]).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_there_already_costs_no_row() {
    let (store, ()) = fresh().await;
    let first = named(next(None, stream(1), 3), |seq| made(seq, seq));
    store.append(first.clone()).await.unwrap();
    let before = store.table.get(key::operations(stream(1), 0, 0)).await.unwrap();
    let second = named(next(Some(&first), stream(1), 3), |seq| made(seq - 3, seq - 3));
    store.append(second).await.unwrap();
    assert_eq!(store.table.get(key::operations(stream(1), 0, 0)).await.unwrap(), before);
}

#[tokio::test]
async fn as_many_hours_as_fit_go_into_one_transaction_and_one_more_is_too_wide() {
    let (store, ()) = fresh().await;
    let first = next(None, stream(1), 1);
    store.append(first.clone()).await.unwrap();
    // Beside them: head, replica, segment, team and one allocation.
    let hours = |count| named(next(Some(&first), stream(1), count), |seq| made(seq * HOUR_MS, 1));
    for (count, found) in [(96, 101), (101, 101), (5_000, 5_000)] {
        let refused = store.append(hours(count)).await;
        assert!(
            matches!(refused, Err(AppendError::Store(StoreError::TooWide { actions })) if actions == found),
            "{refused:?}"
        );
    }
    let fits = hours(95);
    store.append(fits.clone()).await.unwrap();
    assert_eq!(store.known(stream(1), &ids(&fits)).await.unwrap().len(), 95);
}

#[tokio::test]
async fn operations_far_apart_are_found_without_reading_what_lies_between() {
    let (store, ()) = fresh().await;
    let first = named(next(None, stream(1), 1), |seq| made(seq, seq));
    store.append(first.clone()).await.unwrap();
    let long = with_bodies(next(Some(&first), stream(1), 100), |seq| noise(seq, 20_000));
    store.append(long.clone()).await.unwrap();
    let last = named(next(Some(&long), stream(1), 1), |seq| made(seq, seq));
    store.append(last.clone()).await.unwrap();
    store.take_usage();
    let known = store.known(stream(1), &[ids(&first), ids(&last)].concat()).await.unwrap();
    assert_eq!(known.len(), 2);
    let usage = store.take_usage();
    assert!(usage.read_units <= 8.0, "{usage:?}");
}

#[tokio::test]
async fn an_entry_that_is_still_being_written_is_asked_for_again() {
    let (store, ()) = fresh().await;
    let first = named(next(None, stream(1), 2), |seq| made(seq, seq));
    store.append(first.clone()).await.unwrap();
    store.table.take(key::segment(stream(1), 1)).await.unwrap();
    assert!(matches!(store.known(stream(1), &ids(&first)).await, Err(StoreError::Busy)));
    let redacting = Append { redact: vec![2], ..next(Some(&first), stream(1), 1) };
    assert!(matches!(store.append(redacting).await, Err(AppendError::Conflict)));
}

#[tokio::test]
async fn a_redaction_rewrites_the_segments_it_is_about_and_counts_it() {
    let (store, ()) = fresh().await;
    let mut last: Option<Append> = None;
    for _ in 0..3 {
        let append = next(last.as_ref(), stream(1), 4);
        store.append(append.clone()).await.unwrap();
        last = Some(append);
    }
    let redacting = Append { redact: vec![11, 2, 3], ..next(last.as_ref(), stream(1), 1) };
    store.append(redacting.clone()).await.unwrap();
    let entries = store.entries(stream(1), 0, WHOLE).await.unwrap();
    let without: Vec<u64> = entries.iter().filter(|entry| entry.body.is_none()).map(|entry| entry.seq).collect();
    assert_eq!(without, [2, 3, 11]);
    let rows = store.table.all(&key::segments_from(stream(1), 0)).await.unwrap();
    let revs: Vec<u64> = rows.iter().map(|row| row.number("rev").unwrap()).collect();
    assert_eq!(revs, [1, 0, 1, 0]);
}

#[tokio::test]
async fn what_lay_beside_a_head_is_emptied_when_it_lies_there_no_longer() {
    let (store, ()) = fresh().await;
    let long = busy(next(None, stream(1), 1), 12_000);
    store.append(long.clone()).await.unwrap();
    store.raise_epochs(9).await.unwrap();
    let raised = store.head(stream(1)).await.unwrap().unwrap();
    assert_eq!((raised.epoch, raised.version, &raised.standing), (9, 2, &long.head.standing));
    let mut short = next(Some(&long), stream(1), 1);
    (short.expected_version, short.head.version) = (Some(2), 3);
    store.append(short.clone()).await.unwrap();
    let beside = store.table.get(key::standing(stream(1))).await.unwrap().unwrap();
    assert!(!beside.has("standing"));
    assert_eq!(store.head(stream(1)).await.unwrap(), Some(short.head));
}

#[tokio::test]
async fn an_epoch_begins_also_where_no_team_holds_the_case() {
    let (store, ()) = fresh().await;
    let mut nobodys = next(None, stream(1), 1);
    nobodys.head.standing = domain::Standing::default();
    store.append(nobodys).await.unwrap();
    store.append(next(None, stream(2), 1)).await.unwrap();
    store.raise_epochs(1).await.unwrap();
    for id in [1, 2] {
        assert_eq!(store.head(stream(id)).await.unwrap().unwrap().epoch, 2);
    }
}
