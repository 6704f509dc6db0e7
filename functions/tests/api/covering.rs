//! Who stands in for whom over HTTP: who arranges it, what it opens and to whom, and that it ends by itself.

use domain::id::{CoverId, StreamId};
use domain::payload::team::{CoverArranged, CoverEnded};
use domain::permission::{Access, Action, Permission, Relation, Role, StandsIn, may};
use domain::wire::{EntriesResponse, IndexResponse, Staff};
use domain::{Code, Operation, Payload, Verdict};
use functions::store::Store;
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use uuid::Uuid;

use crate::support::client::Client;
use crate::support::device::{Device, a_plan_that_waits};
use crate::support::operations::{assigned, authorised, operation, title, voice};
use crate::support::{COAST, NORTH, Server, Who, child};

const COVER: CoverId = CoverId(Uuid::from_u128(0x91));
/// The server's day in these tests.
const MONDAY: Date = date(2026, 11, 23);

fn north() -> StreamId {
    StreamId::team(NORTH)
}

fn cover(away: Who, by: Who, from: Date, until: Date) -> Operation {
    let (away, by) = (away.staff(), by.staff());
    let arranged = CoverArranged { cover: COVER, away: away.id, by: by.id, role: by.role, from, until };
    operation(StreamId::team(away.team), Payload::CoverArranged(arranged))
}

/// The manager of North arranges it.
async fn arrange(server: &Server, away: Who, by: Who, from: Date, until: Date) {
    let mut helen = Device::enrolled(server, Who::TeamManager).await;
    let result = helen.push(&[cover(away, by, from, until)]).await.results.remove(0);
    assert_eq!((result.verdict, result.code), (Verdict::Accepted, None));
}

async fn pulls(server: &Server, who: Who, stream: StreamId) -> bool {
    Device::enrolled(server, who).await.pull(&[]).await.entries.contains_key(&stream)
}

async fn verdict(server: &Server, who: Who, operation: Operation) -> Verdict {
    Device::enrolled(server, who).await.push(&[operation]).await.results[0].verdict
}

async fn outcome(client: &Client, path: &str) -> String {
    let reply = client.get(path).await;
    if reply.status == 200 { "200".into() } else { reply.code() }
}

#[tokio::test]
async fn every_role_arranges_cover_and_reads_of_it_as_the_table_says() {
    let access = Access { team: Some(NORTH), assigned: [Who::SameTeamWorker.staff().id].into() };
    for who in Who::ALL {
        let server = a_plan_that_waits().await;
        // In a team's stream those are "allocated" who stand in: here Priya for Sade.
        let relation = Relation::of(who.staff().actor(), &access, &[]);
        let expected = match may(relation, Action::Allocate) {
            Permission::Yes => Verdict::Accepted,
            _ => Verdict::Refused,
        };
        let away = cover(Who::AssignedWorker, Who::SameTeamWorker, MONDAY, MONDAY);
        assert_eq!(verdict(&server, who, away).await, expected, "arranged by {who:?}");

        arrange(&server, Who::AssignedWorker, Who::SameTeamWorker, MONDAY, MONDAY).await;
        let may_read = may(relation, Action::ReadTeam);
        let client = Client::signed_in(&server, who).await;
        let path = format!("/api/v1/streams/{}/entries", north());
        let expected = match may_read {
            Permission::Yes => "200",
            Permission::WithReason => "reason_required",
            _ => "not_allowed",
        };
        assert_eq!(outcome(&client, &path).await, expected, "read by {who:?}");
        // The administrator reads it at a desk only: of the council's alone a tablet of theirs has something.
        let pulled = may_read == Permission::Yes && who != Who::Administrator;
        assert_eq!(pulls(&server, who, north()).await, pulled, "pulled by {who:?}");
        let ended = operation(north(), Payload::CoverEnded(CoverEnded { cover: COVER }));
        let expected =
            if may(relation, Action::Allocate) == Permission::Yes { Verdict::Accepted } else { Verdict::Refused };
        assert_eq!(verdict(&server, who, ended).await, expected, "ended by {who:?}");
    }
}

#[tokio::test]
async fn whoever_stands_in_reads_and_writes_from_the_first_day_to_the_last_and_then_no_more() {
    let server = a_plan_that_waits().await;
    let tom = Who::OtherTeamWorker;
    let (tuesday, wednesday) = (date(2026, 11, 24), date(2026, 11, 25));
    arrange(&server, Who::AssignedWorker, tom, tuesday, wednesday).await;
    // From Monday to Thursday.
    for stands_in in [false, true, true, false] {
        assert_eq!(pulls(&server, tom, child(1)).await, stands_in, "{}", server.now());
        let fact = if stands_in { Verdict::Accepted } else { Verdict::Held };
        assert_eq!(verdict(&server, tom, voice(child(1), "She smiled")).await, fact, "{}", server.now());
        let request = if stands_in { Verdict::Accepted } else { Verdict::Refused };
        assert_eq!(verdict(&server, tom, title(child(1), "Music")).await, request, "{}", server.now());
        let client = Client::signed_in(&server, tom).await;
        let read = outcome(&client, &format!("/api/v1/streams/{}/entries", child(1))).await;
        assert_eq!(read == "200", stands_in, "{read}");
        let listed: IndexResponse = client.get("/api/v1/index").await.json();
        assert_eq!(listed.rows.iter().any(|row| row.stream == child(1) && row.readable), stands_in);
        // Whom it is about and who stands in are told all the while: it can be planned for.
        assert!(pulls(&server, tom, north()).await);
        server.wait(SignedDuration::from_hours(24));
    }
    // Sade's record was hers throughout.
    assert!(pulls(&server, Who::AssignedWorker, child(1)).await);
}

#[tokio::test]
async fn a_manager_decides_in_the_team_for_which_they_stand_in_and_in_no_other() {
    let server = a_plan_that_waits().await;
    let imran = Who::OtherManager;
    assert!(!pulls(&server, imran, child(1)).await);
    assert_eq!(verdict(&server, imran, authorised(child(1), 1)).await, Verdict::Refused);
    arrange(&server, Who::TeamManager, imran, MONDAY, MONDAY).await;
    assert!(pulls(&server, imran, child(1)).await);
    assert_eq!(verdict(&server, imran, assigned(child(1), &[Who::SameTeamWorker])).await, Verdict::Accepted);
    assert_eq!(verdict(&server, imran, authorised(child(1), 1)).await, Verdict::Accepted);
    // Helen of North decides nothing in Coast meanwhile.
    let elsewhere = operation(StreamId::team(COAST), Payload::CoverEnded(CoverEnded { cover: COVER }));
    assert_eq!(verdict(&server, Who::TeamManager, elsewhere).await, Verdict::Refused);
    server.wait(SignedDuration::from_hours(24));
    assert!(!pulls(&server, imran, child(1)).await);
    assert_eq!(verdict(&server, imran, assigned(child(1), &[Who::AssignedWorker])).await, Verdict::Refused);
}

#[tokio::test]
async fn a_cover_that_is_ended_early_closes_the_records_at_once() {
    let server = a_plan_that_waits().await;
    let tom = Who::OtherTeamWorker;
    arrange(&server, Who::AssignedWorker, tom, MONDAY, date(2026, 12, 4)).await;
    assert!(pulls(&server, tom, child(1)).await);
    let ended = operation(north(), Payload::CoverEnded(CoverEnded { cover: COVER }));
    assert_eq!(verdict(&server, Who::TeamManager, ended).await, Verdict::Accepted);
    assert!(!pulls(&server, tom, child(1)).await);
    assert!(!pulls(&server, tom, north()).await);
}

/// Standing in is not handed on: Priya stands in for Tom, who stands in for Sade.
#[tokio::test]
async fn whoever_stands_in_for_somebody_who_stands_in_reads_nothing_by_that() {
    let server = a_plan_that_waits().await;
    arrange(&server, Who::AssignedWorker, Who::OtherTeamWorker, MONDAY, MONDAY).await;
    let mut imran = Device::enrolled(&server, Who::OtherManager).await;
    let next = cover(Who::OtherTeamWorker, Who::SameTeamWorker, MONDAY, MONDAY);
    assert_eq!(imran.push(&[next]).await.results[0].verdict, Verdict::Accepted);
    assert!(pulls(&server, Who::OtherTeamWorker, child(1)).await);
    assert!(!pulls(&server, Who::SameTeamWorker, child(1)).await);
}

/// Whoever has another role by now: what they had as a worker opens nothing, neither an allocation nor a cover.
#[tokio::test]
async fn a_worker_who_becomes_a_manager_elsewhere_reads_nothing_of_what_they_worked_with() {
    let server = a_plan_that_waits().await;
    let (sade, priya) = (Who::AssignedWorker, Who::SameTeamWorker);
    arrange(&server, sade, priya, MONDAY, MONDAY).await;
    for who in [sade, priya] {
        assert!(pulls(&server, who, child(1)).await, "{who:?} before");
        let promoted = Staff { role: Role::Manager, team: COAST, team_name: "Coast".into(), ..who.staff() };
        server.store.put_staff(&promoted).await.unwrap();
        assert!(!pulls(&server, who, child(1)).await, "{who:?} afterwards");
        let fact = verdict(&server, who, voice(child(1), "She smiled")).await;
        assert_eq!(fact, Verdict::Held, "{who:?}");
    }
}

#[tokio::test]
async fn an_id_that_nobody_has_stands_in_for_nobody() {
    let server = a_plan_that_waits().await;
    let Payload::CoverArranged(arranged) = cover(Who::AssignedWorker, Who::SameTeamWorker, MONDAY, MONDAY).payload
    else {
        unreachable!("made above");
    };
    let nobody = CoverArranged { by: domain::id::StaffId(Uuid::from_u128(0xdead)), ..arranged };
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    let result = helen.push(&[operation(north(), Payload::CoverArranged(nobody))]).await.results.remove(0);
    assert_eq!((result.verdict, result.code), (Verdict::Refused, Some(Code::UnknownStaff)));
}

/// Every role, in every cover there can be, does to a child what the table says of the column it then has.
#[tokio::test]
async fn every_role_does_under_every_cover_what_the_table_says() {
    let of_role = |role| Who::ALL.into_iter().filter(move |who| who.staff().role == role);
    let access = Access { team: Some(NORTH), assigned: [Who::AssignedWorker.staff().id].into() };
    let covers = of_role(Role::Worker)
        .flat_map(|away| of_role(Role::Worker).map(move |by| (away, by)))
        .chain(of_role(Role::Manager).flat_map(|away| of_role(Role::Manager).map(move |by| (away, by))))
        .filter(|(away, by)| away != by);
    for (away, by) in covers {
        let server = a_plan_that_waits().await;
        let manager = if away.staff().team == NORTH { Who::TeamManager } else { Who::OtherManager };
        let mut manager = Device::enrolled(&server, manager).await;
        assert_eq!(manager.push(&[cover(away, by, MONDAY, MONDAY)]).await.results[0].verdict, Verdict::Accepted);
        for who in Who::ALL {
            let stands_in = StandsIn { team: away.staff().team, away: away.staff().id, role: by.staff().role };
            let stands_in = if who == by { vec![stands_in] } else { Vec::new() };
            let relation = Relation::of(who.staff().actor(), &access, &stands_in);
            let reads = may(relation, Action::Read) == Permission::Yes;
            assert_eq!(pulls(&server, who, child(1)).await, reads, "{who:?} while {by:?} stands in for {away:?}");
            let writes = may(relation, Action::WriteFacts) == Permission::Yes;
            let fact = verdict(&server, who, voice(child(1), "She smiled")).await;
            assert_eq!(fact == Verdict::Accepted, writes, "{who:?} while {by:?} stands in for {away:?}");
            let edits = may(relation, Action::Edit) == Permission::Yes;
            let edit = verdict(&server, who, title(child(1), "Music")).await;
            assert_eq!(edit == Verdict::Accepted, edits, "{who:?} while {by:?} stands in for {away:?}");
        }
    }
}

/// The whole of a team's stream is about staff: it can be read page by page like any other.
#[tokio::test]
async fn a_teams_stream_tells_its_history() {
    let server = a_plan_that_waits().await;
    arrange(&server, Who::AssignedWorker, Who::SameTeamWorker, MONDAY, MONDAY).await;
    arrange(&server, Who::AssignedWorker, Who::SameTeamWorker, MONDAY, date(2026, 11, 24)).await;
    let client = Client::signed_in(&server, Who::SameTeamWorker).await;
    let page: EntriesResponse = client.get(&format!("/api/v1/streams/{}/entries", north())).await.json();
    assert_eq!(page.entries.len(), 2);
}
