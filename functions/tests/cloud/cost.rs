//! What a request costs in DynamoDB: reads as DynamoDB Local counts them, transactions by AWS's published rule.

use domain::Verdict;
use domain::id::{ReplicaId, StreamId, VaultId};
use domain::wire::{Cursor, EnrolRequest, PROTOCOL, PullRequest, PullResponse, PushRequest, PushResponse};
use functions::lambda::Line;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::support::{Function, event, sade};
use crate::visit::{Tablet, registration, visit};

/// One visit of forty answers, sent in one push, costs at most so many write units.
const VISIT_WRITE_UNITS: f64 = 40.0;

async fn ask(function: &Function, cookie: &str, path: &str, body: &impl Serialize) -> (Value, Line) {
    let mut event = event("POST", path, cookie);
    event["body"] = serde_json::to_string(body).unwrap().into();
    event["headers"]["accept-encoding"] = "identity".into();
    let reply = function.invoke(event).await;
    assert_eq!(reply["statusCode"], 200, "{reply}");
    let line = function.lines.lock().unwrap().pop().unwrap();
    (serde_json::from_str(reply["body"].as_str().unwrap()).unwrap(), line)
}

async fn enrolled(function: &Function, cookie: &str) -> ReplicaId {
    let replica = ReplicaId(Uuid::new_v4());
    let enrolment = EnrolRequest { replica, vault: VaultId(Uuid::new_v4()), replaces: None };
    ask(function, cookie, "/api/v1/replicas", &enrolment).await;
    replica
}

/// A row of the table that `cargo xtask bench` shows.
#[expect(clippy::print_stdout, reason = "whoever asks for the costs is told them")]
fn told(what: &str, line: &Line) {
    println!("{what:>28}  {:>10.1}  {:>11.1}", line.read_units, line.write_units);
}

#[tokio::test]
async fn a_visit_of_forty_answers_in_one_push_is_cheap_to_write() {
    let function = Function::start().await;
    let cookie = function.cookie().await;
    let stream = StreamId::child(Uuid::new_v4());
    let mut tablet = Tablet::new(enrolled(&function, &cookie).await, stream);
    ask(&function, &cookie, "/api/v1/push", &tablet.push(registration(sade().team))).await;

    let happened = visit();
    let count = happened.len() as u64;
    let (reply, line) = ask(&function, &cookie, "/api/v1/push", &tablet.push(happened)).await;
    let reply: PushResponse = serde_json::from_value(reply).unwrap();
    assert!(reply.streams[0].results.iter().all(|result| result.verdict == Verdict::Accepted), "{reply:?}");
    assert_eq!((line.operations, line.conflicts), (count, 0));
    told("push of the visit", &line);
    assert!(line.write_units <= VISIT_WRITE_UNITS, "{} operations: {line:?}", count);
    assert!(line.read_units <= 10.0, "{line:?}");

    let pull = |after| PullRequest {
        protocol: PROTOCOL,
        replica: tablet.replica,
        streams: vec![Cursor { stream, epoch: 1, after }],
        limit: 5_000,
        build: None,
        unsent: None,
    };
    let (_, line) = ask(&function, &cookie, "/api/v1/pull", &pull(1)).await;
    told("pull of the visit", &line);
    // Who read it, twice, and that the device is at work.
    assert!(line.write_units <= 3.0 && line.read_units <= 10.0, "{line:?}");
    let (_, line) = ask(&function, &cookie, "/api/v1/pull", &pull(1 + count)).await;
    told("quiet pull", &line);
    assert!(line.write_units == 0.0 && line.read_units <= 6.0, "{line:?}");
}

#[tokio::test]
async fn a_quiet_sync_of_three_hundred_records_reads_its_list_and_nothing_else() {
    let function = Function::start().await;
    let cookie = function.cookie().await;
    let replica = enrolled(&function, &cookie).await;
    let mut push = PushRequest { protocol: PROTOCOL, build: "test".into(), replica, streams: Vec::new() };
    let mut cursors = Vec::new();
    for _ in 0..300 {
        let stream = StreamId::child(Uuid::new_v4());
        push.streams.extend(Tablet::new(replica, stream).push(registration(sade().team)).streams);
        cursors.push(Cursor { stream, epoch: 1, after: 1 });
    }
    ask(&function, &cookie, "/api/v1/push", &push).await;
    let pull = PullRequest { protocol: PROTOCOL, replica, streams: cursors, limit: 5_000, build: None, unsent: None };
    ask(&function, &cookie, "/api/v1/pull", &pull).await;
    let (reply, line) = ask(&function, &cookie, "/api/v1/pull", &pull).await;
    let reply: PullResponse = serde_json::from_value(reply).unwrap();
    assert_eq!((reply.index.len(), reply.entries.len(), reply.more), (300, 0, false));
    told("quiet pull of 300 records", &line);
    assert!(line.write_units == 0.0 && line.read_units <= 40.0, "{line:?}");
}
