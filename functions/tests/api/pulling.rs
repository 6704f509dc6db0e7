//! Pulls: what there is, page by page, and nothing when there is nothing.

use domain::wire::{Cursor, MAX_REPLY_BYTES};

use crate::support::device::Device;
use crate::support::operations::{assigned, registered, voice, voices};
use crate::support::{Server, Who, child};

#[tokio::test]
async fn a_quiet_sync_is_one_request_with_one_index_query_two_heads_and_no_row() {
    let server = Server::start().await;
    let mut tablet = Device::enrolled(&server, Who::AssignedWorker).await;
    let mut cursors = Vec::new();
    for id in 1..=30 {
        let head = tablet.push(&[registered(child(id))]).await.head;
        cursors.push(Cursor { stream: child(id), epoch: 1, after: head });
    }
    // The first tells that the device is at work.
    tablet.pull(&cursors).await;
    server.store.calls();
    let quiet = tablet.pull(&cursors).await;
    assert_eq!((quiet.index.len(), quiet.entries.len(), quiet.more), (30, 0, false));
    assert_eq!(server.store.calls(), ["session", "staff", "enrolment", "index", "head", "head"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fault_28_whoever_pulls_while_others_send_gets_what_goes_on_from_the_cursor_and_never_half_a_push() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1))]).await;
    let helen = Device::enrolled(&server, Who::TeamManager).await;
    let sends = tokio::spawn(async move {
        for _ in 0..20 {
            sade.push(&voices(child(1), 5)).await;
        }
    });
    let mut after = 0;
    while after < 101 {
        let page = helen.pull(&[Cursor { stream: child(1), epoch: 1, after }]).await;
        let head = page.index.first().map_or(0, |row| row.head);
        let entries = page.entries.get(&child(1)).map_or(&[][..], Vec::as_slice);
        assert!(entries.iter().zip(after + 1..).all(|(entry, seq)| entry.seq == seq), "a hole after {after}");
        after += entries.len() as u64;
        assert!(after <= head, "beyond what the index knew");
        assert_eq!(page.more, after < head, "what is missing is asked for again");
        assert!(after % 5 == 1 || after == 0 || page.more, "half of a push");
    }
    sends.await.unwrap();
}

#[tokio::test]
async fn entries_come_page_by_page_and_contiguous() {
    let server = Server::start().await;
    let mut tablet = Device::enrolled(&server, Who::AssignedWorker).await;
    tablet.push(&[registered(child(1))]).await;
    tablet.push(&voices(child(1), 10)).await;
    tablet.push(&[registered(child(2))]).await;
    let mut after = 0;
    let mut seqs = Vec::new();
    loop {
        let page = tablet.pull_at_most(&[Cursor { stream: child(1), epoch: 1, after }], 4).await;
        assert!(page.entries.values().map(Vec::len).sum::<usize>() <= 4);
        let Some(entries) = page.entries.get(&child(1)) else { break };
        seqs.extend(entries.iter().map(|entry| entry.seq));
        after = *seqs.last().unwrap();
        assert_eq!(page.more, seqs.len() < 11 || !page.entries.contains_key(&child(2)));
    }
    assert_eq!(seqs, (1..=11).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_cursor_of_another_epoch_starts_again() {
    let server = Server::start().await;
    let mut tablet = Device::enrolled(&server, Who::AssignedWorker).await;
    tablet.push(&[registered(child(1)), voice(child(1), "Hello")]).await;
    for (epoch, expected) in [(1, 0), (0, 2), (2, 2)] {
        let pulled = tablet.pull(&[Cursor { stream: child(1), epoch, after: 2 }]).await;
        assert_eq!(pulled.entries.get(&child(1)).map_or(0, Vec::len), expected, "epoch {epoch}");
    }
}

#[tokio::test]
async fn a_reply_stays_within_its_limit_and_says_that_there_is_more() {
    let server = Server::start().await;
    let mut tablet = Device::enrolled(&server, Who::AssignedWorker).await;
    for id in 1..=2 {
        tablet.push(&[registered(child(id))]).await;
        // Quotation marks are escaped twice on the way: the limit holds for what is sent, not for what was said.
        let long = || (0..4).map(|_| voice(child(id), &"\"".repeat(30_000))).collect::<Vec<_>>();
        for _ in 0..5 {
            tablet.push(&long()).await;
        }
    }
    let mut cursors = vec![];
    let mut total = 0;
    for round in 0.. {
        let request = domain::wire::PullRequest {
            protocol: 1,
            replica: tablet.replica,
            streams: cursors.clone(),
            limit: 5_000,
            build: None,
            unsent: None,
        };
        let reply = tablet.client.post("/api/v1/pull", &request).await;
        assert!(reply.body.len() <= MAX_REPLY_BYTES, "{}", reply.body.len());
        let page: domain::wire::PullResponse = reply.json();
        for (stream, entries) in &page.entries {
            total += entries.len();
            cursors.retain(|cursor: &Cursor| cursor.stream != *stream);
            cursors.push(Cursor { stream: *stream, epoch: 1, after: entries.last().unwrap().seq });
        }
        if !page.more {
            assert!(round > 0, "one reply cannot hold it all");
            break;
        }
        assert!(!page.entries.is_empty(), "more is never said without something");
    }
    assert_eq!(total, 42);
}

#[tokio::test]
async fn a_stream_appears_with_its_allocation_and_goes_with_it() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1))]).await;
    let tom = Device::enrolled(&server, Who::OtherTeamWorker).await;
    assert!(tom.pull(&[]).await.index.is_empty());
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    helen.push(&[assigned(child(1), &[Who::OtherTeamWorker])]).await;
    assert_eq!(tom.pull(&[]).await.entries[&child(1)].len(), 2);
    let gone = sade.pull(&[Cursor { stream: child(1), epoch: 1, after: 1 }]).await;
    assert!(gone.index.is_empty() && gone.entries.is_empty(), "what was asked for is simply absent");
}
