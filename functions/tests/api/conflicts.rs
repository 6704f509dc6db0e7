//! Many at once on one stream.

use domain::Verdict;
use domain::wire::PushRequest;

use crate::support::device::Device;
use crate::support::operations::{registered, voices};
use crate::support::watched::Killed;
use crate::support::{Server, Who, child};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fault_29_twenty_tablets_on_one_stream_leave_one_dense_order() {
    let server = Server::start().await;
    let stream = child(1);
    let mut first = Device::enrolled(&server, Who::AssignedWorker).await;
    first.push(&[registered(stream)]).await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let server = server.clone();
        tasks.spawn(async move {
            let mut tablet = Device::enrolled(&server, Who::AssignedWorker).await;
            for _ in 0..3 {
                let push = tablet.record(&voices(stream, 2));
                // A busy stream asks to come again, as any sender would.
                loop {
                    let reply = tablet.send(&push).await;
                    match reply.status.as_u16() {
                        503 => assert_eq!(reply.code(), "store_busy"),
                        _ => break reply.json::<domain::wire::PushResponse>(),
                    };
                }
                .streams
                .iter()
                .for_each(|answer| assert_eq!(answer.high % 2, 0));
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    let entries = first.pull(&[]).await.entries.remove(&stream).unwrap();
    assert_eq!(entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), (1..=121).collect::<Vec<_>>());
    assert!(entries.iter().all(|entry| entry.verdict == Verdict::Accepted));
    for pair in entries[1..].chunks(2) {
        assert_eq!(pair[0].replica, pair[1].replica, "one push is one segment");
        assert_eq!(pair[0].rseq + 1, pair[1].rseq);
    }
}

#[tokio::test(start_paused = true)]
async fn fault_29_a_stream_that_stays_busy_is_tried_a_bounded_number_of_times() {
    let server = Server::on_this_machine().await;
    let mut tablet = Device::enrolled(&server, Who::AssignedWorker).await;
    server.store.conflict();
    let push = tablet.record(&[registered(child(1))]);
    let reply = tablet.send(&push).await;
    assert_eq!((reply.status.as_u16(), reply.code().as_str()), (503, "store_busy"));
    assert_eq!(reply.header("retry-after"), Some("1"));
    assert_eq!(server.store.appends(), 8);
}

/// Twenty children in one push, and the tablet that wrote of them.
async fn of_twenty_children(server: &Server) -> (Device, PushRequest) {
    let mut tablet = Device::enrolled(server, Who::AssignedWorker).await;
    let mut push = tablet.record(&[registered(child(20))]);
    let others = (1..20).rev().map(child).flat_map(|stream| tablet.record(&[registered(stream)]).streams);
    push.streams.extend(others);
    (tablet, push)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn streams_are_answered_in_the_order_of_the_push_however_many_are_taken_at_once() {
    let server = Server::start().await;
    server.store.at_its_own_pace();
    let (tablet, push) = of_twenty_children(&server).await;
    let answers = tablet.sent(&push).await;
    let asked: Vec<_> = push.streams.iter().map(|pushed| pushed.stream).collect();
    assert_eq!(answers.iter().map(|answer| answer.stream).collect::<Vec<_>>(), asked);
    assert!(answers.iter().all(|answer| answer.high == 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_store_that_dies_among_streams_taken_at_once_has_whole_streams_and_takes_the_rest_when_asked_again() {
    for calls in 0..24 {
        let server = Server::start().await;
        server.store.at_its_own_pace();
        let (tablet, push) = of_twenty_children(&server).await;
        server.store.kill(10 + calls, Killed::After);
        assert!(tablet.send(&push).await.status.is_server_error());
        server.store.revive();
        assert!(tablet.sent(&push).await.iter().all(|answer| answer.high == 1));
        let entries = tablet.pull(&[]).await.entries;
        assert!(push.streams.iter().all(|pushed| entries[&pushed.stream].len() == 1), "once each");
    }
}
