//! Pushes as tablets send them, and as broken or hostile ones do.

use domain::operation::{Body, MAX_BODY_BYTES};
use domain::wire::PushOutcome;
use domain::{Chain, Code, Operation, Verdict};
use functions::store::{Budget, Store};
use serde_json::json;

use crate::support::device::Device;
use crate::support::operations::{body, made_hours_apart, registered, title, voice, voices};
use crate::support::{Server, Who, child};

const WHOLE: Budget = Budget { entries: usize::MAX, bytes: usize::MAX };

async fn sequenced(server: &Server) -> usize {
    server.store.entries(child(1), 0, WHOLE).await.unwrap().len()
}

async fn tablet(server: &Server) -> Device {
    let mut tablet = Device::enrolled(server, Who::AssignedWorker).await;
    tablet.push(&[registered(child(1))]).await;
    tablet
}

#[tokio::test]
async fn what_is_sent_again_after_a_lost_reply_is_acknowledged_and_kept_once() {
    let server = Server::start().await;
    let mut tablet = tablet(&server).await;
    let push = tablet.record(&voices(child(1), 3));
    let first = tablet.sent(&push).await.remove(0);
    assert_eq!(first.results.len(), 3);
    let again = tablet.sent(&push).await.remove(0);
    assert_eq!((again.outcome, again.high, again.chain), (PushOutcome::Taken, first.high, first.chain));
    assert!(again.results.is_empty(), "the verdicts come by pull");
    assert_eq!(sequenced(&server).await, 4);

    let mut grown = tablet.push_from(child(1), 0);
    tablet.record(&voices(child(1), 2));
    grown.streams[0].operations = tablet.outbox[&child(1)].clone();
    let rest = tablet.sent(&grown).await.remove(0);
    assert_eq!(rest.results.iter().map(|result| result.rseq).collect::<Vec<_>>(), [5, 6], "only what is new");
    assert_eq!(sequenced(&server).await, 6);
}

#[tokio::test]
async fn a_gap_is_asked_for_and_nothing_is_taken() {
    let server = Server::start().await;
    let mut tablet = tablet(&server).await;
    tablet.record(&voices(child(1), 3));
    let answer = tablet.sent(&tablet.push_from(child(1), 2)).await.remove(0);
    assert_eq!((answer.outcome, answer.high), (PushOutcome::Need, 1));
    assert_eq!(sequenced(&server).await, 1);
}

#[tokio::test]
async fn a_copied_tablet_is_told_that_it_forked() {
    let server = Server::start().await;
    let mut tablet = tablet(&server).await;
    let mut copy = tablet.clone();
    tablet.push(&voices(child(1), 2)).await;
    let push = copy.record(&voices(child(1), 3));
    let answer = copy.sent(&push).await.remove(0);
    assert_eq!(answer.outcome, PushOutcome::Forked);
    assert_eq!((answer.high, answer.results.len()), (3, 0));
    assert_eq!(sequenced(&server).await, 3);
}

#[tokio::test]
async fn a_mis_hashed_operation_fails_the_request_and_nothing_of_it_is_stored() {
    let server = Server::start().await;
    let mut tablet = tablet(&server).await;
    let mut push = tablet.record(&[registered(child(2))]);
    push.streams.push(tablet.record(&voices(child(1), 3)).streams.remove(0));
    push.streams[1].operations[2].body.push(' ');
    let reply = tablet.send(&push).await;
    assert_eq!((reply.status.as_u16(), reply.code().as_str()), (400, "hash_mismatch"));
    assert_eq!(sequenced(&server).await, 1);
    assert_eq!(server.store.head(child(2)).await.unwrap(), None, "nor of the stream before it");
}

#[tokio::test]
async fn an_operation_may_have_64_kib_and_not_a_byte_more() {
    let server = Server::start().await;
    let mut tablet = tablet(&server).await;
    let empty = body(&voice(child(1), "")).text().len();
    let longest = voice(child(1), &"a".repeat(MAX_BODY_BYTES - empty));
    assert_eq!(body(&longest).text().len(), MAX_BODY_BYTES);
    assert_eq!(tablet.push(&[longest]).await.results[0].verdict, Verdict::Accepted);
    let push = tablet.record(&[voice(child(1), &"a".repeat(MAX_BODY_BYTES - empty + 1))]);
    let reply = tablet.send(&push).await;
    assert_eq!((reply.status.as_u16(), reply.code().as_str()), (413, "operation_too_long"));
    assert_eq!(sequenced(&server).await, 2);
}

#[tokio::test]
async fn the_numbers_within_a_stream_are_dense_and_a_stream_is_named_once() {
    let server = Server::start().await;
    let mut tablet = tablet(&server).await;
    let good = tablet.record(&voices(child(1), 3));
    let mut gap = good.clone();
    gap.streams[0].operations.remove(1);
    assert_eq!(tablet.send(&gap).await.code(), "not_contiguous");
    let mut beyond = good.clone();
    beyond.streams[0].after = u64::MAX;
    assert_eq!(tablet.send(&beyond).await.code(), "not_contiguous");
    let mut twice = good.clone();
    twice.streams.push(good.streams[0].clone());
    assert_eq!(tablet.send(&twice).await.code(), "duplicate_stream");
    assert_eq!(sequenced(&server).await, 1);
}

#[tokio::test]
async fn what_cannot_be_read_is_kept_with_its_verdict_and_blocks_nothing() {
    let server = Server::start().await;
    let mut tablet = tablet(&server).await;
    let newer = |schema: u32, class: &str, kind: &str, data: serde_json::Value| {
        let envelope = json!({
            "id": uuid::Uuid::new_v4(), "stream": child(1), "class": class, "schema": schema, "kind": kind,
            "captured_at": "2026-11-23T08:00:00Z", "zone": "Europe/London", "salt": "00", "data": data, "more": 1,
        });
        Body::new(envelope.to_string())
    };
    let push = tablet.record_bodies(
        child(1),
        vec![
            Body::new("no operation at all \u{0}".into()),
            newer(2, "fact", "VisitEnded", json!({"visit": uuid::Uuid::nil()})),
            newer(1, "fact", "SongSung", json!({"song": 1})),
            newer(1, "request", "SongWanted", json!({})),
            newer(1, "fact", "VisitEnded", json!("not its data")),
            newer(1, "request", "PlanSubmitted", json!([])),
            newer(1, "request", "VisitEnded", json!({"visit": uuid::Uuid::nil()})),
            body(&title(child(1), "Swimming")),
        ],
    );
    let answer = tablet.sent(&push).await.remove(0);
    let verdicts: Vec<_> = answer.results.iter().map(|result| (result.verdict, result.code.clone())).collect();
    assert_eq!(
        verdicts,
        [
            (Verdict::Held, Some(Code::Unreadable)),
            (Verdict::Held, Some(Code::Unreadable)),
            (Verdict::Accepted, None),
            (Verdict::Refused, Some(Code::UnknownKind)),
            (Verdict::Held, Some(Code::Unreadable)),
            (Verdict::Refused, Some(Code::Unreadable)),
            (Verdict::Refused, Some(Code::Mislabelled)),
            (Verdict::Accepted, None),
        ]
    );
    let pulled = tablet.pull(&[]).await.entries.remove(&child(1)).unwrap();
    let sent = &tablet.outbox[&child(1)];
    assert!(pulled.iter().zip(sent).all(|(entry, item)| entry.body.as_ref() == Some(&item.body)), "byte for byte");
}

#[tokio::test]
async fn five_hundred_operations_go_in_one_request() {
    let server = Server::start().await;
    let mut tablet = tablet(&server).await;
    let push = tablet.record(&voices(child(1), 500));
    let bytes = serde_json::to_vec(&push).unwrap().len();
    assert!(bytes < domain::wire::MAX_REQUEST_BYTES, "{bytes}");
    let answer = tablet.sent(&push).await.remove(0);
    assert_eq!((answer.high, answer.results.len()), (501, 500));
}

#[tokio::test]
async fn operations_of_more_hours_than_one_append_takes_go_in_one_request() {
    let server = Server::start().await;
    let mut tablet = tablet(&server).await;
    let push = tablet.record(&made_hours_apart(voices(child(1), 300)));
    let answer = tablet.sent(&push).await.remove(0);
    assert_eq!((answer.high, answer.head, answer.outcome), (301, 301, PushOutcome::Taken));
    let places: Vec<_> = answer.results.iter().map(|result| (result.rseq, result.seq)).collect();
    assert_eq!(places, (2..=301).map(|n| (n, n)).collect::<Vec<_>>());
    let again = tablet.sent(&push).await.remove(0);
    assert_eq!((again.high, again.head, again.results.len()), (301, 301, 0));
    // Under another replica, each of them is known.
    let mut copy = Device::enrolled(&server, Who::AssignedWorker).await;
    let operations: Vec<_> = push.streams[0].operations.iter().map(|item| item.body.clone()).collect();
    let repeat = copy.push(&operations.iter().map(|body| Operation::read(body).unwrap()).collect::<Vec<_>>()).await;
    assert_eq!((repeat.high, repeat.head), (300, 601));
    let record = server.store.known(child(1), &[Operation::read(&operations[299]).unwrap().id]).await.unwrap();
    assert_eq!(record.len(), 1);
}

#[tokio::test]
async fn judging_reads_the_head_alone_however_long_the_stream_is() {
    let server = Server::start().await;
    let mut tablet = tablet(&server).await;
    for _ in 0..2 {
        tablet.push(&voices(child(1), 500)).await;
    }
    server.store.calls();
    tablet.push(&[voice(child(1), "One more thing"), title(child(1), "Swimming")]).await;
    assert_eq!(server.store.calls(), ["session", "staff", "count", "enrolment", "heads", "known", "append", "log"]);
}

#[tokio::test]
async fn several_streams_go_in_one_request_and_are_answered_in_their_order() {
    let server = Server::start().await;
    let mut tablet = tablet(&server).await;
    let mut push = tablet.record(&[registered(child(3))]);
    push.streams.push(tablet.record(&voices(child(1), 2)).streams.remove(0));
    push.streams.push(tablet.record(&[registered(child(2)), voice(child(2), "He sings")]).streams.remove(0));
    let answers = tablet.sent(&push).await;
    let heads: Vec<_> = answers.iter().map(|answer| (answer.stream, answer.head)).collect();
    assert_eq!(heads, [(child(3), 1), (child(1), 3), (child(2), 2)]);
    assert_ne!(answers[0].chain, Chain::START);
}
