//! The table of access over HTTP: every role, reading and each kind of write.

use domain::Verdict::{self, Accepted, Held, Refused};
use domain::id::StreamId;
use domain::wire::{EntriesResponse, IndexResponse};
use domain::{Code, Operation};

use crate::reading::{because, reading};
use crate::support::client::{Client, Reply};
use crate::support::device::{Device, a_plan_that_waits};
use crate::support::operations::{
    admit, analysis, assigned, authorised, difference, registered, submitted, title, voice,
};
use crate::support::{COAST, NORTH, Server, Who, child};

async fn verdict(who: Who, operation: Operation) -> Verdict {
    let server = a_plan_that_waits().await;
    let mut device = Device::enrolled(&server, who).await;
    device.push(&[operation]).await.results[0].verdict
}

#[tokio::test]
async fn every_role_writes_what_the_table_lets_it() {
    #[rustfmt::skip]
    let table = [
        //                      fact      edit      submit    decide    allocate
        (Who::AssignedWorker,  [Accepted, Accepted, Accepted, Refused,  Refused]),
        (Who::SameTeamWorker,  [Held,     Refused,  Refused,  Refused,  Refused]),
        (Who::OtherTeamWorker, [Held,     Refused,  Refused,  Refused,  Refused]),
        (Who::TeamManager,     [Accepted, Refused,  Refused,  Accepted, Accepted]),
        (Who::OtherManager,    [Held,     Refused,  Refused,  Refused,  Refused]),
        (Who::Duty,            [Held,     Refused,  Refused,  Refused,  Refused]),
        (Who::Auditor,         [Held,     Refused,  Refused,  Refused,  Refused]),
        (Who::Administrator,   [Held,     Refused,  Refused,  Refused,  Refused]),
    ];
    assert_eq!(table.map(|(who, _)| who), Who::ALL);
    for (who, [fact, edit, submit, decide, allocate]) in table {
        assert_eq!(verdict(who, voice(child(1), "She smiled")).await, fact, "fact by {who:?}");
        assert_eq!(verdict(who, title(child(1), "Music")).await, edit, "edit by {who:?}");
        assert_eq!(verdict(who, authorised(child(1), 1)).await, decide, "decide by {who:?}");
        assert_eq!(verdict(who, assigned(child(1), &[Who::SameTeamWorker])).await, allocate, "allocate by {who:?}");
        assert_eq!(submission(who).await, submit, "submit by {who:?}");
    }
}

/// A plan that waits to be submitted again.
async fn submission(who: Who) -> Verdict {
    let server = a_plan_that_waits().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[difference(child(1), "The water calms her")]).await;
    Device::enrolled(&server, who).await.push(&[submitted(child(1), 2)]).await.results[0].verdict
}

#[tokio::test]
async fn every_role_reads_what_the_table_lets_it() {
    #[rustfmt::skip]
    let table = [
        //                     pulled  entries            with a reason      listed readable
        (Who::AssignedWorker,  true,   "200",             "not_allowed",     Some(true)),
        (Who::SameTeamWorker,  false,  "not_allowed",     "not_allowed",     Some(false)),
        (Who::OtherTeamWorker, false,  "not_allowed",     "not_allowed",     None),
        (Who::TeamManager,     true,   "200",             "not_allowed",     Some(true)),
        (Who::OtherManager,    false,  "not_allowed",     "not_allowed",     None),
        (Who::Duty,            false,  "reason_required", "200",             None),
        (Who::Auditor,         false,  "reason_required", "200",             None),
        (Who::Administrator,   false,  "not_allowed",     "not_allowed",     None),
    ];
    assert_eq!(table.map(|(who, ..)| who), Who::ALL);
    let server = a_plan_that_waits().await;
    for (who, pulled, plain, reasoned, listed) in table {
        let device = Device::enrolled(&server, who).await;
        assert_eq!(device.pull(&[]).await.entries.contains_key(&child(1)), pulled, "pull by {who:?}");
        let address = format!("/api/v1/streams/{}/entries", child(1));
        assert_eq!(outcome(device.client.get(&address).await), plain, "entries by {who:?}");
        let read = device.client.post(&reading(child(1)), &because("call from school")).await;
        assert_eq!(outcome(read), reasoned, "entries with a reason by {who:?}");
        let index: IndexResponse = device.client.get("/api/v1/index").await.json();
        assert_eq!(index.rows.first().map(|row| row.readable), listed, "index by {who:?}");
    }
}

fn outcome(reply: Reply) -> String {
    match reply.status.as_u16() {
        200 => {
            let page: EntriesResponse = reply.json();
            assert_eq!((page.epoch, page.head, page.entries.len(), page.more), (1, 4, 4, false));
            "200".into()
        }
        _ => reply.code(),
    }
}

#[tokio::test]
async fn a_stream_that_is_not_there_looks_like_one_that_may_not_be_read() {
    let server = a_plan_that_waits().await;
    for who in Who::ALL {
        let client = Client::signed_in(&server, who).await;
        let (there, nowhere) = (child(1), child(99));
        let there = client.get(&format!("/api/v1/streams/{there}/entries")).await;
        let nowhere = client.get(&format!("/api/v1/streams/{nowhere}/entries")).await;
        if there.status != 200 {
            assert_eq!(there.body, nowhere.body, "{who:?}");
        }
    }
}

#[tokio::test]
async fn a_name_without_the_record_comes_without_the_allocation() {
    let server = a_plan_that_waits().await;
    let priya = Client::signed_in(&server, Who::SameTeamWorker).await;
    let index: IndexResponse = priya.get("/api/v1/index").await.json();
    assert_eq!(index.rows[0].name, "Amira K");
    assert!(index.rows[0].assigned.is_empty());
    let helen = Client::signed_in(&server, Who::TeamManager).await;
    let index: IndexResponse = helen.get("/api/v1/index").await.json();
    assert_eq!(index.rows[0].assigned, [Who::AssignedWorker.staff().id]);
}

#[tokio::test]
async fn who_may_not_read_hears_only_of_their_own_operations() {
    let server = a_plan_that_waits().await;
    let mut tom = Device::enrolled(&server, Who::OtherTeamWorker).await;
    let push = tom.record(&[voice(child(1), "Seen at the pool"), title(child(1), "Pool")]);
    let answer = tom.sent(&push).await.remove(0);
    assert_eq!((answer.epoch, answer.head, answer.high), (0, 0, 2));
    let told: Vec<_> = answer.results.iter().map(|result| (result.seq, result.verdict, result.code.clone())).collect();
    assert_eq!(told, [(0, Held, Some(Code::NotAssigned)), (0, Refused, Some(Code::NotAllowed))]);
    assert!(tom.pull(&[]).await.index.is_empty());
    let again = tom.sent(&push).await.remove(0);
    assert_eq!((again.epoch, again.head, again.high, again.chain), (0, 0, 2, answer.chain));
}

#[tokio::test]
async fn a_held_fact_waits_for_the_manager_who_admits_it() {
    let server = a_plan_that_waits().await;
    let mut tom = Device::enrolled(&server, Who::OtherTeamWorker).await;
    tom.push(&[voice(child(1), "Seen at the pool")]).await;
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    let entries = helen.pull(&[]).await.entries.remove(&child(1)).unwrap();
    assert_eq!((entries[4].verdict, entries[4].code.clone()), (Held, Some(Code::NotAssigned)));
    assert_eq!(helen.push(&[admit(child(1), &[5])]).await.results[0].verdict, Accepted);
    let again = helen.push(&[admit(child(1), &[5])]).await.results.remove(0);
    assert_eq!((again.verdict, again.code), (Refused, Some(Code::NotHeld)));
}

#[tokio::test]
async fn a_decision_on_an_earlier_version_is_refused_as_stale() {
    let server = a_plan_that_waits().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[difference(child(1), "The water calms her"), submitted(child(1), 2)]).await;
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    let stale = helen.push(&[authorised(child(1), 1)]).await.results.remove(0);
    assert_eq!((stale.verdict, stale.code), (Refused, Some(Code::StaleVersion)));
}

#[tokio::test]
async fn nobody_decides_on_their_own_work() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[
        registered(child(1)),
        title(child(1), "Swimming"),
        analysis(child(1), "She floats"),
        submitted(child(1), 1),
    ])
    .await;
    // She becomes the team's manager overnight.
    let mut promoted = Who::AssignedWorker.staff();
    promoted.role = domain::Role::Manager;
    functions::store::Store::put_staff(&*server.store, &promoted).await.unwrap();
    let own = sade.push(&[authorised(child(1), 1)]).await.results.remove(0);
    assert_eq!((own.verdict, own.code), (Refused, Some(Code::OwnWork)));
}

#[tokio::test]
async fn reads_writes_and_denials_are_logged() {
    let server = a_plan_that_waits().await;
    server.store.logged();
    let tom = Device::enrolled(&server, Who::OtherTeamWorker).await;
    tom.client.get(&format!("/api/v1/streams/{}/entries", child(1))).await;
    let duty = Client::signed_in(&server, Who::Duty).await;
    duty.post(&reading(child(1)), &because("call from school")).await;
    let helen = Device::enrolled(&server, Who::TeamManager).await;
    helen.pull(&[]).await;
    let rows: Vec<_> = server
        .store
        .logged()
        .into_iter()
        .map(|row| (row.action, row.outcome, row.staff, row.streams.into_iter().collect::<Vec<_>>(), row.reason))
        .collect();
    let row = |action: &'static str, outcome: &'static str, by: Who, about, reason: Option<&str>| {
        (action.into(), outcome.into(), Some(by.staff().id), vec![about], reason.map(str::to_owned))
    };
    assert_eq!(
        rows,
        [
            row("enrol", "done", Who::OtherTeamWorker, StreamId::team(COAST), None),
            row("entries", "not_allowed", Who::OtherTeamWorker, child(1), None),
            row("reading", "done", Who::Duty, child(1), Some("call from school")),
            row("enrol", "done", Who::TeamManager, StreamId::team(NORTH), None),
            row("pull", "done", Who::TeamManager, child(1), None),
        ]
    );
}
