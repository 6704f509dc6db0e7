//! Planning and reading, without an engine.

use std::collections::{BTreeMap, BTreeSet};

use domain::entry::{Entry, Verdict};
use domain::hash::{Chain, Hash};
use domain::id::{OperationId, ReplicaId, StaffId, StreamId};
use domain::wire::{IndexRow, PROTOCOL, PullResponse, PushOutcome, PushRequest, PushStream, PushedStream};
use uuid::Uuid;

use super::*;
use crate::storage::{OutboxRow, StreamRow, Unsaved};
use crate::vault::Sealed;

fn stream(n: u128) -> StreamId {
    StreamId::child(Uuid::from_u128(n))
}

fn body(rseq: u64) -> String {
    format!("\"operation {rseq}\"")
}

fn hash(rseq: u64) -> Hash {
    Hash::of(body(rseq).as_bytes())
}

fn chain(high: u64) -> Chain {
    (1..=high).fold(Chain::START, |chain, rseq| chain.then(hash(rseq)))
}

fn row(of: StreamId, rseq: u64) -> OutboxRow {
    let id = OperationId(Uuid::from_u128(of.id.as_u128() << 64 | u128::from(rseq)));
    let sealed = Sealed(body(rseq).into_bytes());
    OutboxRow { rseq, operation: Unsaved { stream: of, id, sha256: hash(rseq), sealed } }
}

fn opened(row: &OutboxRow) -> Option<String> {
    String::from_utf8(row.operation.sealed.0.clone()).ok()
}

fn at(of: StreamId, high: u64, after: u64) -> StreamRow {
    StreamRow { high, chain: chain(high), epoch: 1, after, ..StreamRow::new(of) }
}

fn sent(after: u64, to: u64) -> PushStream {
    let operations = (after + 1..=to).map(|rseq| Item { rseq, sha256: hash(rseq), body: body(rseq) });
    PushStream { stream: stream(1), after, chain: chain(after), operations: operations.collect(), returned: Vec::new() }
}

fn answer(outcome: PushOutcome, high: u64, chain: Chain) -> PushedStream {
    PushedStream { stream: stream(1), outcome, epoch: 1, head: 9, high, chain, results: Vec::new() }
}

fn hashes(rseqs: impl IntoIterator<Item = u64>) -> BTreeMap<u64, Hash> {
    rseqs.into_iter().map(|rseq| (rseq, hash(rseq))).collect()
}

#[test]
fn what_a_reply_means_is_told_by_its_status_and_by_a_problem_of_ours() {
    let ours = |status, code: &str| {
        let code = code.to_owned();
        Problem { kind: "about:blank".to_owned(), title: String::new(), status, code, detail: None }
    };
    let meaning = |status, code| Failure::of_reply(status, None, Some(&ours(status, code)));
    assert_eq!(meaning(401, "signed_out"), Failure::SignedOut);
    assert_eq!(meaning(403, "forbidden"), Failure::Refused { code: "forbidden".to_owned() });
    assert_eq!(meaning(413, "too_large"), Failure::TooLarge);
    assert_eq!(meaning(413, "operation_too_long"), Failure::Refused { code: "operation_too_long".to_owned() });
    assert_eq!(meaning(500, "store_failed"), Failure::Busy { retry_after_ms: None });
    // Whoever is on the way says it in words of its own.
    assert_eq!(Failure::of_reply(429, Some("7"), None), Failure::Busy { retry_after_ms: Some(7_000) });
    assert_eq!(Failure::of_reply(503, Some("tomorrow"), None), Failure::Busy { retry_after_ms: None });
    assert_eq!(Failure::of_reply(413, None, None), Failure::TooLarge);
    for status in [302, 401, 403, 404, 500, 511] {
        assert_eq!(Failure::of_reply(status, None, None), Failure::Network, "{status}");
    }
}

#[test]
fn a_retry_waits_longer_each_time_and_never_beyond_five_minutes() {
    assert_eq!(retry_delay_ms(0, None, 1.0), 1_000);
    assert_eq!(retry_delay_ms(3, None, 1.0), 8_000);
    assert_eq!(retry_delay_ms(3, None, 0.5), 4_000);
    assert_eq!(retry_delay_ms(200, None, 1.0), 300_000);
    assert_eq!(retry_delay_ms(200, None, 0.0), 1_000);
    assert_eq!(retry_delay_ms(1, None, f64::NAN), 1_000);
}

#[test]
fn a_server_that_says_when_is_not_asked_sooner() {
    assert_eq!(retry_delay_ms(0, Some(1_800_000), 1.0), 1_800_000);
    assert_eq!(retry_delay_ms(200, Some(5), 1.0), 300_000);
}

#[test]
fn a_push_begins_after_what_is_acknowledged() {
    let rows: Vec<_> = (1..=4).map(|rseq| row(stream(1), rseq)).chain([row(stream(2), 1)]).collect();
    let plan = plan_push(&rows, &[at(stream(1), 2, 0)], BatchLimit::default(), opened);
    assert!(plan.shut.is_empty());
    assert_eq!(plan.streams[0], sent(2, 4));
    assert_eq!((plan.streams[1].stream, plan.streams[1].after, plan.streams[1].chain), (stream(2), 0, Chain::START));
    let rows: Vec<_> = (1..=2).map(|rseq| row(stream(1), rseq)).collect();
    let nothing = plan_push(&rows, &[at(stream(1), 2, 0)], BatchLimit::default(), opened);
    assert_eq!(nothing, PushPlan::default());
}

#[test]
fn what_cannot_be_opened_holds_up_its_own_stream_only() {
    let rows: Vec<_> = (1..=3).map(|rseq| row(stream(1), rseq)).chain([row(stream(2), 1)]).collect();
    let open = |row: &OutboxRow| opened(row).filter(|_| row.operation.stream != stream(1) || row.rseq != 2);
    let plan = plan_push(&rows, &[], BatchLimit::default(), open);
    assert_eq!(plan.shut, [stream(1)].into());
    assert_eq!(plan.streams.iter().map(|push| push.operations.len()).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn a_push_keeps_to_its_limit_but_carries_one_operation_at_least() {
    let rows: Vec<_> = (1..=8).map(|rseq| row(stream(1), rseq)).collect();
    let request = |limit| {
        let streams = plan_push(&rows, &[], limit, opened).streams;
        PushRequest { protocol: PROTOCOL, build: String::new(), replica: ReplicaId(Uuid::nil()), streams }
    };
    let mut limit = BatchLimit::default();
    let mut carried = Vec::new();
    loop {
        let request = request(limit);
        carried.push(request.streams[0].operations.len());
        match limit.halved(&request) {
            Some(half) => limit = half,
            None => break,
        }
    }
    assert_eq!(carried, [8, 4, 2, 1]);
}

#[test]
fn a_full_push_stays_within_what_the_server_takes() {
    let awkward = "\"\\\u{1}é".repeat(2_000);
    let rows: Vec<_> = (1..=60).map(|rseq| row(stream(1), rseq)).collect();
    let plan = plan_push(&rows, &[], BatchLimit::default(), |_| Some(awkward.clone()));
    let request = PushRequest {
        protocol: PROTOCOL,
        build: "0123456789abcdef".to_owned(),
        replica: ReplicaId(Uuid::nil()),
        streams: plan.streams,
    };
    assert!(request.streams[0].operations.len() > 1);
    let size = serde_json::to_vec(&request).unwrap().len();
    assert!(size <= domain::wire::MAX_REQUEST_BYTES, "{size}");
}

#[test]
fn what_the_server_took_is_acknowledged_where_the_chains_agree() {
    let all = || hashes(3..=7);
    let acknowledge = |high| PushStep::Acknowledge { high, chain: chain(high) };
    assert_eq!(read_push(&sent(2, 5), &answer(PushOutcome::Taken, 5, chain(5)), &all()), acknowledge(5));
    // An earlier push, whose reply was lost, had carried more.
    assert_eq!(read_push(&sent(2, 5), &answer(PushOutcome::Taken, 7, chain(7)), &all()), acknowledge(7));
    assert_eq!(read_push(&sent(2, 5), &answer(PushOutcome::Taken, 2, chain(2)), &all()), acknowledge(2));
}

#[test]
fn another_story_anywhere_is_a_fork() {
    let all = || hashes(3..=7);
    let forks = [
        answer(PushOutcome::Forked, 5, chain(5)),
        answer(PushOutcome::Taken, 5, chain(4)),
        answer(PushOutcome::Taken, 9, chain(9)),
        answer(PushOutcome::Taken, 1, chain(1)),
    ];
    for answer in forks {
        assert_eq!(read_push(&sent(2, 5), &answer, &all()), PushStep::Fork, "{answer:?}");
    }
}

#[test]
fn a_gap_is_filled_while_what_fills_it_is_here() {
    let need = answer(PushOutcome::Need, 1, chain(1));
    let back = PushStep::Acknowledge { high: 1, chain: chain(1) };
    assert_eq!(read_push(&sent(3, 4), &need, &hashes(2..=4)), back);
    assert_eq!(read_push(&sent(3, 4), &need, &hashes(3..=4)), PushStep::Fork);
}

#[test]
fn only_streams_that_are_here_have_a_cursor() {
    let request = plan_pull(ReplicaId(Uuid::nil()), &[at(stream(1), 2, 0), at(stream(2), 0, 7)]);
    assert_eq!(request.streams, [Cursor { stream: stream(2), epoch: 1, after: 7 }]);
}

fn entry(seq: u64, epoch: u64) -> Entry {
    Entry {
        seq,
        epoch,
        id: None,
        replica: ReplicaId(Uuid::nil()),
        rseq: seq,
        sha256: hash(seq),
        actor: StaffId(Uuid::nil()),
        received_at: "2026-11-26T10:10:00Z".parse().unwrap(),
        verdict: Verdict::Accepted,
        code: None,
        body: Some(body(seq)),
        mac: String::new(),
        was: None,
    }
}

fn reply(epoch: u64, entries: Vec<Entry>) -> PullResponse {
    PullResponse {
        protocol: PROTOCOL,
        time: "2026-11-26T10:10:00Z".parse().unwrap(),
        index: vec![IndexRow { stream: stream(1), epoch, head: 9 }],
        entries: [(stream(1), entries)].into(),
        more: false,
    }
}

fn new(epoch: u64, restart: bool, entries: Vec<Entry>) -> NewEntries {
    NewEntries { stream: stream(1), epoch, restart, entries }
}

fn read(streams: &[StreamRow], reply: PullResponse) -> Result<PullStep, DamagedReply> {
    read_pull(streams, &BTreeSet::from([stream(3)]), reply)
}

#[test]
fn entries_must_go_on_from_the_cursor_and_have_their_hash() {
    let here = [at(stream(1), 0, 2)];
    let step = read(&here, reply(1, vec![entry(3, 1), entry(4, 1)])).unwrap();
    assert_eq!(step.entries, [new(1, false, vec![entry(3, 1), entry(4, 1)])]);
    let redacted = Entry { body: None, ..entry(3, 1) };
    assert!(read(&here, reply(1, vec![redacted])).is_ok());
    let altered = Entry { body: Some(body(9)), ..entry(3, 1) };
    for wrong in [vec![entry(4, 1)], vec![entry(2, 1)], vec![entry(3, 1), entry(5, 1)], vec![altered]] {
        assert_eq!(read(&here, reply(1, wrong)), Err(DamagedReply));
    }
}

#[test]
fn a_new_epoch_starts_again_from_the_first_entry() {
    let here = [at(stream(1), 0, 2)];
    let step = read(&here, reply(2, vec![entry(1, 2)])).unwrap();
    assert_eq!(step.entries, [new(2, true, vec![entry(1, 2)])]);
    assert_eq!(read(&here, reply(2, vec![entry(3, 2)])), Err(DamagedReply));
}

#[test]
fn the_cursor_s_epoch_is_the_stream_s_though_older_entries_keep_theirs() {
    let here = [at(stream(1), 0, 2)];
    let step = read(&here, reply(2, vec![entry(1, 1), entry(2, 2)])).unwrap();
    assert_eq!((step.entries[0].epoch, step.entries[0].restart), (2, true));
}

#[test]
fn what_is_here_or_was_written_to_and_may_not_be_read_is_withdrawn() {
    let here = [at(stream(1), 0, 2), at(stream(2), 0, 5), at(stream(4), 3, 0)];
    assert_eq!(read(&here, reply(1, Vec::new())).unwrap().withdrawn, [stream(2), stream(3)]);
}
