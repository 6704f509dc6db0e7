//! What every store must do: one suite, run on each with a fresh store per test.
//!
//! A store's tests are `contract!(fresh)`; the function `fresh` returns the store and whatever must live as long as it
//! does. What a store answered is written down ([`trace`]), so that two stores can be held against each other, call by call.

mod accesses;
mod devices;
mod signing_in;
#[cfg(feature = "dynamodb")]
pub(super) mod trace;

use std::collections::BTreeSet;

use domain::id::{OperationId, ReplicaId, StaffId, StreamId, TeamId};
use domain::permission::{Access as StreamAccess, Employment, Role};
use domain::wire::{Due, DueKind, Staff};
use domain::{Chain, Code, Entry, Hash, Standing, Verdict};
use jiff::Timestamp;
use uuid::Uuid;

use super::{Append, AppendError, Budget, FoundBy, Head, Known, Listed, Meta, ReplicaHigh, ReplicaStep, Scope, Store};

/// Calls a macro with the name of each rule whose outcome is the same each time.
macro_rules! rules {
    ($each:ident, $($with:tt)*) => {
        $each! { $($with)*;
            an_unknown_stream_has_no_head,
            an_append_is_read_back_as_it_was_written,
            a_second_append_replaces_head_and_lists,
            an_append_to_another_version_changes_nothing,
            an_append_after_another_high_changes_nothing,
            entries_come_in_order_and_within_the_budget,
            replicas_of_one_stream_are_apart,
            an_operation_is_known_from_the_append_that_brought_it,
            a_redaction_destroys_the_body_and_nothing_else,
            other_replicas_move_with_the_append_or_not_at_all,
            every_epoch_rises_at_once_and_whoever_read_before_reads_again,
            lists_are_scoped_by_key,
            a_stream_is_found_by_what_it_has_now,
            a_replica_is_bound_once,
            a_vault_has_one_owner_and_one_key,
            revoking_a_replica_revokes_its_vault,
            a_session_is_kept_touched_and_forgotten,
            the_sessions_of_one_person_are_found,
            a_sign_in_that_was_begun_is_given_out_once,
            an_invitation_binds_one_account_once,
            without_an_invitation_only_the_first_account_is_bound,
            a_new_invitation_replaces_the_account,
            staff_are_found_and_changed,
            the_first_fact_stands_until_it_is_replaced,
            devices_are_found_by_their_owner_and_tell_of_themselves,
            the_access_log_is_read_by_record_and_by_person,
            whoever_is_notified_of_a_reading_finds_it,
            the_access_log_is_read_page_by_page,
            what_comes_is_counted_in_its_window,
        }
    };
}
pub(super) use accesses::*;
pub(super) use devices::*;
pub(super) use rules;
pub(super) use signing_in::*;

/// Makes one test of each rule of the contract.
macro_rules! contract {
    ($fresh:expr) => {
        $crate::store::contract::rules! { contract, @each $fresh }
        $crate::store::contract::contract! { @each $fresh; two_first_appends_cannot_both_win, one_account_never_becomes_two_people, }
    };
    (@each $fresh:expr; $($test:ident),+ $(,)?) => {$(
        #[tokio::test]
        async fn $test() {
            let (store, _kept) = $fresh().await;
            $crate::store::contract::$test(&store).await;
        }
    )+};
}
pub(super) use contract;

pub(super) const WHOLE: Budget = Budget { entries: usize::MAX, bytes: usize::MAX };

pub(super) fn stream(id: u128) -> StreamId {
    StreamId::child(Uuid::from_u128(id))
}

pub(super) fn replica(id: u128) -> ReplicaId {
    ReplicaId(Uuid::from_u128(id))
}

pub(super) fn staff(id: u128) -> StaffId {
    StaffId(Uuid::from_u128(id))
}

pub(super) fn team(id: u128) -> TeamId {
    TeamId(Uuid::from_u128(id))
}

pub(super) fn at(minute: i64) -> Timestamp {
    Timestamp::from_millisecond(1_795_000_000_123 + minute * 60_000).unwrap()
}

fn entry(seq: u64, rseq: u64) -> Entry {
    let body = format!("{{\"words\":\"„“ line\\nbreak {seq}\"}}");
    Entry {
        seq,
        epoch: 1,
        id: None,
        replica: replica(1),
        rseq,
        sha256: Hash::of(body.as_bytes()),
        actor: staff(1),
        received_at: at(0),
        verdict: Verdict::Held,
        code: Some(Code::Other("newer".into())),
        body: Some(body),
        mac: "00".into(),
        was: None,
    }
}

pub(super) fn standing(of: u128, assigned: &[u128]) -> Standing {
    Standing {
        access: StreamAccess {
            team: Some(team(of)),
            assigned: assigned.iter().map(|id| staff(*id)).collect::<BTreeSet<_>>(),
        },
        ..Standing::default()
    }
}

/// The append that follows `before` with `count` entries of one replica.
pub(super) fn next(before: Option<&Append>, stream: StreamId, count: u64) -> Append {
    let (version, seq) = before.map_or((0, 0), |append| (append.head.version, append.head.seq));
    let known = before.map_or(ReplicaHigh::NOTHING, |append| append.high);
    let segment: Vec<Entry> = (1..=count).map(|n| entry(seq + n, known.high + n)).collect();
    Append {
        stream,
        replica: replica(1),
        expected_version: before.map(|append| append.head.version),
        expected_high: known.high,
        head: Head { epoch: 1, seq: seq + count, version: version + 1, standing: standing(1, &[1]) },
        high: ReplicaHigh {
            high: known.high + count,
            chain: segment.iter().fold(known.chain, |chain, entry| chain.then(entry.sha256)),
        },
        segment,
        listed: Listed {
            name: "Amira K".into(),
            due: vec![Due { what: DueKind::Visit, on: "2026-11-24".parse().unwrap() }],
        },
        others: Vec::new(),
        found_by: BTreeSet::new(),
        redact: Vec::new(),
    }
}

/// What something is found by.
fn found_by(words: &str) -> FoundBy {
    FoundBy(Hash::of(words.as_bytes()))
}

pub(super) async fn a_stream_is_found_by_what_it_has_now(store: &dyn Store) {
    let (name, day, other) = (found_by("a name"), found_by("a day"), found_by("another day"));
    let first = Append { found_by: [name, day].into(), ..next(None, stream(1), 1) };
    store.append(first.clone()).await.unwrap();
    let twin = Append { found_by: [day].into(), ..next(None, stream(2), 1) };
    store.append(twin).await.unwrap();
    assert_eq!(store.found_by(name).await.unwrap(), [stream(1)]);
    assert_eq!(store.found_by(day).await.unwrap(), [stream(1), stream(2)]);
    assert_eq!(store.found_by(other).await.unwrap(), []);
    // It is registered anew, on another day; what does not change stays.
    let second = Append { found_by: [name, other].into(), ..next(Some(&first), stream(1), 1) };
    store.append(second.clone()).await.unwrap();
    assert_eq!(store.found_by(name).await.unwrap(), [stream(1)]);
    assert_eq!(store.found_by(day).await.unwrap(), [stream(2)]);
    assert_eq!(store.found_by(other).await.unwrap(), [stream(1)]);
    // A stale append finds nothing anew.
    let stale = Append { found_by: [day].into(), ..next(Some(&first), stream(1), 1) };
    assert!(matches!(store.append(stale).await, Err(AppendError::Conflict)));
    assert_eq!(store.found_by(day).await.unwrap(), [stream(2)]);
    // What an append says nothing of is found no more: its words were destroyed.
    store.append(next(Some(&second), stream(1), 1)).await.unwrap();
    assert_eq!(store.found_by(name).await.unwrap(), []);
}

async fn state(store: &dyn Store, stream: StreamId) -> impl PartialEq + std::fmt::Debug + use<> {
    (
        store.heads(stream, replica(1)).await.unwrap(),
        store.entries(stream, 0, WHOLE).await.unwrap(),
        store.index(Scope::Team(team(1))).await.unwrap(),
        store.listed(Scope::Assigned(staff(1))).await.unwrap(),
    )
}

pub(super) async fn an_unknown_stream_has_no_head(store: &dyn Store) {
    store.ping().await.unwrap();
    assert_eq!(store.head(stream(1)).await.unwrap(), None);
    assert_eq!(store.heads(stream(1), replica(1)).await.unwrap(), (None, ReplicaHigh::NOTHING));
    assert!(store.entries(stream(1), 0, WHOLE).await.unwrap().is_empty());
}

pub(super) async fn an_append_is_read_back_as_it_was_written(store: &dyn Store) {
    let append = next(None, stream(1), 3);
    store.append(append.clone()).await.unwrap();
    assert_eq!(store.head(stream(1)).await.unwrap().as_ref(), Some(&append.head));
    assert_eq!(store.heads(stream(1), replica(1)).await.unwrap(), (Some(append.head), append.high));
    assert_eq!(store.entries(stream(1), 0, WHOLE).await.unwrap(), append.segment);
}

pub(super) async fn a_second_append_replaces_head_and_lists(store: &dyn Store) {
    let first = next(None, stream(1), 2);
    store.append(first.clone()).await.unwrap();
    let mut second = next(Some(&first), stream(1), 1);
    second.head.standing = standing(2, &[3, 2]);
    second.listed = Listed { name: "Amira Q".into(), due: Vec::new() };
    store.append(second.clone()).await.unwrap();
    let whole = store.entries(stream(1), 0, WHOLE).await.unwrap();
    assert_eq!(whole.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(store.index(Scope::Team(team(1))).await.unwrap(), [], "it has left the team");
    assert_eq!(store.index(Scope::Assigned(staff(1))).await.unwrap(), []);
    let listed = store.listed(Scope::Team(team(2))).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].team, Some(team(2)));
    assert_eq!(listed[0].assigned, [staff(2), staff(3)]);
    assert_eq!(listed[0].listed, second.listed);
}

pub(super) async fn an_append_to_another_version_changes_nothing(store: &dyn Store) {
    let first = next(None, stream(1), 2);
    store.append(first.clone()).await.unwrap();
    let second = next(Some(&first), stream(1), 2);
    store.append(second.clone()).await.unwrap();
    let before = state(store, stream(1)).await;
    let mut stale = next(Some(&first), stream(1), 1);
    stale.replica = replica(2);
    stale.expected_high = 0;
    for expected_version in [None, Some(1), Some(3)] {
        let append = Append { expected_version, ..stale.clone() };
        assert!(matches!(store.append(append).await, Err(AppendError::Conflict)));
    }
    assert_eq!(state(store, stream(1)).await, before);
}

pub(super) async fn an_append_after_another_high_changes_nothing(store: &dyn Store) {
    let first = next(None, stream(1), 2);
    store.append(first.clone()).await.unwrap();
    let before = state(store, stream(1)).await;
    for expected_high in [0, 1, 3] {
        let append = Append { expected_high, ..next(Some(&first), stream(1), 1) };
        assert!(matches!(store.append(append).await, Err(AppendError::Conflict)));
    }
    assert_eq!(state(store, stream(1)).await, before);
}

pub(super) async fn two_first_appends_cannot_both_win(store: &dyn Store) {
    let mut other = next(None, stream(1), 1);
    other.replica = replica(2);
    let (a, b) = tokio::join!(store.append(next(None, stream(1), 2)), store.append(other));
    let lost = [a, b].into_iter().filter(|done| matches!(done, Err(AppendError::Conflict))).count();
    assert_eq!(lost, 1);
    let head = store.head(stream(1)).await.unwrap().unwrap();
    let entries = store.entries(stream(1), 0, WHOLE).await.unwrap();
    assert_eq!(u64::try_from(entries.len()).unwrap(), head.seq);
}

pub(super) async fn entries_come_in_order_and_within_the_budget(store: &dyn Store) {
    let first = next(None, stream(1), 7);
    store.append(first.clone()).await.unwrap();
    store.append(next(Some(&first), stream(1), 5)).await.unwrap();
    store.append(next(None, stream(2), 2)).await.unwrap();
    let seqs = async |after, budget| -> Vec<u64> {
        let entries = store.entries(stream(1), after, budget).await.unwrap();
        entries.iter().map(|entry| entry.seq).collect()
    };
    assert_eq!(seqs(0, WHOLE).await, (1..=12).collect::<Vec<_>>());
    assert_eq!(seqs(6, WHOLE).await, (7..=12).collect::<Vec<_>>());
    assert_eq!(seqs(12, WHOLE).await, [0; 0]);
    assert_eq!(seqs(u64::MAX, WHOLE).await, [0; 0]);
    assert_eq!(seqs(5, Budget { entries: 3, ..WHOLE }).await, [6, 7, 8], "across segments");
    assert_eq!(seqs(3, Budget { bytes: 0, ..WHOLE }).await, [4], "one always fits");
    let one = serde_json::to_string(&entry(1, 1)).unwrap().len();
    assert_eq!(seqs(0, Budget { bytes: 2 * one, ..WHOLE }).await, [1, 2]);
    assert_eq!(seqs(0, Budget { bytes: 2 * one - 1, ..WHOLE }).await, [1]);
}

pub(super) async fn replicas_of_one_stream_are_apart(store: &dyn Store) {
    let first = next(None, stream(1), 3);
    store.append(first.clone()).await.unwrap();
    let mut other = next(Some(&first), stream(1), 1);
    other.replica = replica(2);
    other.expected_high = 0;
    other.high = ReplicaHigh { high: 1, chain: Chain::START.then(Hash::of(b"x")) };
    store.append(other.clone()).await.unwrap();
    assert_eq!(store.heads(stream(1), replica(1)).await.unwrap().1, first.high);
    assert_eq!(store.heads(stream(1), replica(2)).await.unwrap().1, other.high);
    assert_eq!(store.heads(stream(2), replica(1)).await.unwrap().1, ReplicaHigh::NOTHING);
}

fn operation(id: u128) -> OperationId {
    OperationId(Uuid::from_u128(id))
}

pub(super) async fn an_operation_is_known_from_the_append_that_brought_it(store: &dyn Store) {
    let ids = [operation(1), operation(2), operation(9)];
    assert!(store.known(stream(1), &ids).await.unwrap().is_empty());
    let mut first = next(None, stream(1), 3);
    (first.segment[0].id, first.segment[1].id) = (Some(ids[0]), Some(ids[1]));
    (first.segment[1].verdict, first.segment[1].code) = (Verdict::Accepted, None);
    store.append(first.clone()).await.unwrap();
    // The same again, and something else under a used identity: what came first counts.
    let mut second = next(Some(&first), stream(1), 2);
    (second.segment[0].id, second.segment[1].id) = (Some(ids[0]), Some(ids[1]));
    store.append(second).await.unwrap();
    let of = Known::of;
    let known = store.known(stream(1), &ids).await.unwrap();
    assert_eq!(known, [(ids[0], of(&first.segment[0])), (ids[1], of(&first.segment[1]))].into());
    assert!(store.known(stream(2), &ids).await.unwrap().is_empty(), "each stream has its own");
    assert!(store.known(stream(1), &[]).await.unwrap().is_empty());
}

pub(super) async fn a_redaction_destroys_the_body_and_nothing_else(store: &dyn Store) {
    let mut first = next(None, stream(1), 3);
    first.segment[1].id = Some(operation(2));
    store.append(first.clone()).await.unwrap();
    store.append(next(None, stream(2), 3)).await.unwrap();
    let other = store.entries(stream(2), 0, WHOLE).await.unwrap();
    let mut second = next(Some(&first), stream(1), 1);
    second.redact = vec![2];
    // A redaction that loses a race destroys nothing.
    let stale = Append { expected_version: Some(7), ..second.clone() };
    assert!(matches!(store.append(stale).await, Err(AppendError::Conflict)));
    assert_eq!(store.entries(stream(1), 0, WHOLE).await.unwrap(), first.segment);
    store.append(second.clone()).await.unwrap();
    let mut left = first.segment.clone();
    left[1].body = None;
    left.extend(second.segment);
    assert_eq!(store.entries(stream(1), 0, WHOLE).await.unwrap(), left);
    assert_eq!(store.entries(stream(2), 0, WHOLE).await.unwrap(), other);
    assert_eq!(store.known(stream(1), &[operation(2)]).await.unwrap().len(), 1);
}

pub(super) async fn other_replicas_move_with_the_append_or_not_at_all(store: &dyn Store) {
    let first = next(None, stream(1), 2);
    store.append(first.clone()).await.unwrap();
    let high = |high, text: &[u8]| ReplicaHigh { high, chain: Chain::START.then(Hash::of(text)) };
    let step = |id, expected, high| ReplicaStep { replica: replica(id), expected, high };
    // Nothing new to store: only what is known of others moves, in the name of one that has sent nothing.
    let mut second = next(Some(&first), stream(1), 0);
    (second.replica, second.expected_high, second.high) = (replica(4), 0, ReplicaHigh::NOTHING);
    second.others = vec![step(1, 2, high(5, b"a")), step(2, 0, high(3, b"b"))];
    for (nth, wrong) in [(0, 1), (1, 1)] {
        let mut stale = second.clone();
        stale.others[nth].expected = wrong;
        assert!(matches!(store.append(stale).await, Err(AppendError::Conflict)));
        assert_eq!(store.heads(stream(1), replica(1)).await.unwrap(), (Some(first.head.clone()), first.high));
    }
    store.append(second.clone()).await.unwrap();
    assert_eq!(store.heads(stream(1), replica(1)).await.unwrap(), (Some(second.head.clone()), high(5, b"a")));
    assert_eq!(store.heads(stream(1), replica(2)).await.unwrap().1, high(3, b"b"));
    assert_eq!(store.entries(stream(1), 0, WHOLE).await.unwrap().len(), 2);
    // The one in whose name it was goes on from nothing.
    let mut third = next(Some(&second), stream(1), 1);
    (third.replica, third.expected_high, third.high) = (replica(4), 0, high(1, b"c"));
    store.append(third).await.unwrap();
}

pub(super) async fn every_epoch_rises_at_once_and_whoever_read_before_reads_again(store: &dyn Store) {
    let first = next(None, stream(1), 2);
    store.append(first.clone()).await.unwrap();
    store.append(next(None, stream(2), 1)).await.unwrap();
    store.raise_epochs(1_000).await.unwrap();
    store.raise_epochs(7).await.unwrap();
    let index = store.index(Scope::Team(team(1))).await.unwrap();
    assert_eq!(index.iter().map(|row| (row.epoch, row.head)).collect::<Vec<_>>(), [(1_001, 2), (1_001, 1)]);
    assert!(matches!(store.append(next(Some(&first), stream(1), 1)).await, Err(AppendError::Conflict)));
    assert_eq!(store.entries(stream(1), 0, WHOLE).await.unwrap(), first.segment, "entries stay as they are sealed");
}

pub(super) async fn lists_are_scoped_by_key(store: &dyn Store) {
    for (id, of, assigned) in [(3, 1, &[1, 2][..]), (1, 1, &[2]), (2, 2, &[1])] {
        let mut append = next(None, stream(id), u64::try_from(id).unwrap());
        append.head.standing = standing(of, assigned);
        store.append(append).await.unwrap();
    }
    let index = async |scope| -> Vec<(StreamId, u64, u64)> {
        let rows = store.index(scope).await.unwrap();
        rows.iter().map(|row| (row.stream, row.epoch, row.head)).collect()
    };
    let row = |id: u64| (stream(id.into()), 1, id);
    assert_eq!(index(Scope::Team(team(1))).await, [row(1), row(3)]);
    assert_eq!(index(Scope::Team(team(2))).await, [row(2)]);
    assert!(index(Scope::Team(team(9))).await.is_empty());
    assert_eq!(index(Scope::Assigned(staff(1))).await, [row(2), row(3)]);
    assert_eq!(index(Scope::Assigned(staff(2))).await, [row(1), row(3)]);
    let listed = store.listed(Scope::Assigned(staff(1))).await.unwrap();
    assert_eq!(listed.iter().map(|row| row.stream).collect::<Vec<_>>(), [stream(2), stream(3)]);
}

pub(super) async fn staff_are_found_and_changed(store: &dyn Store) {
    let member = |id, name: &str| Staff {
        id: staff(id),
        name: name.into(),
        role: Role::Worker,
        team: team(1),
        team_name: "North".into(),
        employment: Employment::Working,
    };
    assert_eq!(store.staff(staff(1)).await.unwrap(), None);
    for one in [member(1, "Tom Reid"), member(2, "Ann Bell"), member(1, "Zoe Reid")] {
        store.put_staff(&one).await.unwrap();
    }
    assert_eq!(store.staff(staff(1)).await.unwrap(), Some(member(1, "Zoe Reid")));
    assert_eq!(store.everybody().await.unwrap(), [member(2, "Ann Bell"), member(1, "Zoe Reid")]);
}

pub(super) async fn the_first_fact_stands_until_it_is_replaced(store: &dyn Store) {
    assert_eq!(store.meta(Meta::Demo).await.unwrap(), None);
    assert_eq!(store.meta_or(Meta::Demo, "a".into()).await.unwrap(), "a");
    assert_eq!(store.meta_or(Meta::Demo, "b".into()).await.unwrap(), "a");
    store.put_meta(Meta::Demo, "c".into()).await.unwrap();
    assert_eq!(store.meta(Meta::Demo).await.unwrap().as_deref(), Some("c"));
    assert_eq!(store.meta(Meta::EntryKey).await.unwrap(), None);
}
