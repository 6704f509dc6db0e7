//! Who looked at what: noted, and read by whoever may.

use domain::id::{StaffId, StreamId};
use domain::wire::{AccessRecord, AccessResponse, InviteRequest};
use functions::watching::PAGE;

use crate::reading::{because, reading};
use crate::support::client::Client;
use crate::support::device::{Device, a_plan_that_waits};
use crate::support::operations::{paper, voice};
use crate::support::{NORTH, Server, Who, child};

fn of_stream(stream: StreamId) -> String {
    format!("/api/v1/access?stream={stream}")
}

fn of_staff(staff: StaffId) -> String {
    format!("/api/v1/access?staff={staff}")
}

async fn read(server: &Server, who: Who, address: &str) -> Vec<AccessRecord> {
    Client::signed_in(server, who).await.get(address).await.json::<AccessResponse>().accesses
}

#[tokio::test]
async fn who_looked_is_seen_by_whom_the_table_lets_see_it() {
    #[rustfmt::skip]
    let table = [
        //                     own   of Sade, of North   of a child of North
        (Who::AssignedWorker,  true, true,               false),
        (Who::SameTeamWorker,  true, false,              false),
        (Who::OtherTeamWorker, true, false,              false),
        (Who::TeamManager,     true, true,               true),
        (Who::OtherManager,    true, false,              false),
        (Who::Duty,            true, false,              false),
        (Who::Auditor,         true, true,               true),
        (Who::Administrator,   true, false,              false),
    ];
    assert_eq!(table.map(|(who, ..)| who), Who::ALL);
    let server = a_plan_that_waits().await;
    for (who, own, of_sade, of_child) in table {
        let client = Client::signed_in(&server, who).await;
        for (address, may) in [
            (of_staff(who.staff().id), own),
            (of_staff(Who::AssignedWorker.staff().id), of_sade),
            (of_stream(child(1)), of_child),
            (of_stream(child(9)), who == Who::Auditor),
            (of_stream(StreamId::team(NORTH)), of_child),
        ] {
            let reply = client.get(&address).await;
            let code = if reply.status == 200 { String::new() } else { reply.code() };
            assert_eq!(code, if may { "" } else { "not_allowed" }, "{address} by {who:?}");
        }
    }
    for wrong in ["", "?stream=x", "?staff=x", "?before=1"] {
        let reply = Client::signed_in(&server, Who::Auditor).await.get(&format!("/api/v1/access{wrong}")).await;
        assert_eq!(reply.code(), "malformed", "{wrong}");
    }
    let both = format!("{}&staff={}", of_stream(child(1)), Who::Duty.staff().id);
    assert_eq!(Client::signed_in(&server, Who::Auditor).await.get(&both).await.code(), "malformed");
    assert_eq!(Client::anonymous(&server).get(&of_stream(child(1))).await.code(), "signed_out");
}

#[tokio::test]
async fn a_record_says_who_read_wrote_and_was_refused_with_the_reason_that_was_given() {
    let server = a_plan_that_waits().await;
    let duty = Client::signed_in(&server, Who::Duty).await;
    let entries = format!("/api/v1/streams/{}/entries", child(1));
    assert_eq!(duty.get(&entries).await.code(), "reason_required");
    assert_eq!(duty.post(&reading(child(1)), &because("Police rang")).await.status, 200);
    let helen = Device::enrolled(&server, Who::TeamManager).await;
    helen.pull(&[]).await;
    let accesses = read(&server, Who::TeamManager, &of_stream(child(1))).await;
    let line = |one: &AccessRecord| {
        assert_eq!(one.streams, [child(1)]);
        (one.staff, one.action.clone(), one.outcome.clone(), one.reason.clone())
    };
    let by = |who: Who, action: &str, outcome: &str, reason: Option<&str>| {
        (Some(who.staff().id), action.to_owned(), outcome.to_owned(), reason.map(str::to_owned))
    };
    let mut lines: Vec<_> = accesses.iter().map(line).collect();
    lines.sort();
    let mut expected = [
        by(Who::AssignedWorker, "push", "done", None),
        by(Who::Duty, "entries", "reason_required", None),
        by(Who::Duty, "reading", "done", Some("Police rang")),
        by(Who::TeamManager, "pull", "done", None),
    ];
    expected.sort();
    assert_eq!(lines, expected);
    let pulled = accesses.iter().find(|one| one.action == "pull").unwrap();
    assert_eq!(pulled.replica, Some(helen.replica));
    // It is noted that the manager looked at this, too.
    let again = read(&server, Who::Auditor, &of_stream(child(1))).await;
    assert!(again.iter().any(|one| one.action == "access" && one.staff == Some(Who::TeamManager.staff().id)));
}

#[tokio::test]
async fn a_paper_that_was_made_of_a_record_is_noted_by_itself() {
    let server = a_plan_that_waits().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[voice(child(1), "She likes the bus.")]).await;
    let papers = async || {
        let accesses = read(&server, Who::TeamManager, &of_stream(child(1))).await;
        accesses.into_iter().filter(|one| one.action == "paper").collect::<Vec<_>>()
    };
    assert!(papers().await.is_empty());
    sade.push(&[paper(child(1))]).await;
    let made = papers().await;
    assert_eq!(made.len(), 1);
    assert_eq!((made[0].staff, made[0].replica), (Some(Who::AssignedWorker.staff().id), Some(sade.replica)));
}

#[tokio::test]
async fn a_team_says_whose_key_was_given_back_and_who_was_invited() {
    let server = Server::start().await;
    let tablet = Device::enrolled(&server, Who::AssignedWorker).await;
    let escrow = format!("/api/v1/vaults/{}/escrow", tablet.vault);
    assert_eq!(tablet.client.post_text(&escrow, "").await.status, 200);
    let lin = Client::signed_in(&server, Who::Administrator).await;
    let invite = InviteRequest { staff: Who::SameTeamWorker.staff(), account: None };
    assert_eq!(lin.post("/api/v1/staff", &invite).await.status, 200);
    assert_eq!(tablet.client.post("/api/v1/staff", &invite).await.code(), "not_allowed");
    let device = format!("/api/v1/staff/{}/devices/{}", Who::AssignedWorker.staff().id, tablet.replica);
    assert_eq!(lin.delete(&device).await.status, 204);
    let accesses = read(&server, Who::TeamManager, &of_stream(StreamId::team(NORTH))).await;
    let found = accesses.iter().find(|one| one.action == "escrow").unwrap();
    assert_eq!((found.staff, found.outcome.as_str()), (Some(Who::AssignedWorker.staff().id), "done"));
    let mut actions: Vec<_> = accesses.iter().map(|one| one.action.as_str()).collect();
    actions.sort_unstable();
    assert_eq!(actions, ["enrol", "escrow", "invite", "revoke"], "and neither a refusal nor who read this");
    assert_eq!(read(&server, Who::TeamManager, &of_stream(StreamId::team(NORTH))).await.len(), 4);
}

#[tokio::test]
async fn a_long_log_comes_page_by_page() {
    let server = Server::start().await;
    let client = Client::signed_in(&server, Who::AssignedWorker).await;
    for _ in 0..PAGE + 3 {
        client.get("/api/v1/index").await;
    }
    let address = of_staff(Who::AssignedWorker.staff().id);
    let first: AccessResponse = client.get(&address).await.json();
    assert_eq!(first.accesses.len(), PAGE);
    let before = first.before.unwrap();
    let second: AccessResponse = client.get(&format!("{address}&before={before}")).await.json();
    assert_eq!((second.accesses.len(), second.before), (3, None));
    assert_eq!(client.get(&format!("{address}&before=yesterday")).await.code(), "malformed");
}
