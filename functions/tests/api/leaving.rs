//! Another role, another team, on leave, back again, gone.

use domain::id::{ReplicaId, StaffId, TeamId, VaultId};
use domain::permission::{Employment, Role};
use domain::wire::{
    ChangeStaffRequest, ChangeStaffResponse, DemoSignInRequest, EscrowResponse, InviteRequest, PullRequest,
    PushResponse, RenameTeamRequest, SessionResponse, Staff,
};
use domain::{Hash, Verdict};
use functions::enrol::FRESH_SIGN_IN;
use functions::store::{Binding, Enrolment, EscrowKey, Identity, Meta, Store};
use jiff::SignedDuration;
use uuid::Uuid;

use crate::support::client::{Client, Reply};
use crate::support::device::Device;
use crate::support::operations::{assigned, paper, registered, title, voice};
use crate::support::{COAST, NORTH, Server, Who, child};

/// Changes somebody as they are at this moment.
async fn change(client: &Client, staff: Staff) -> Reply {
    let seen = client.server.store.staff(staff.id).await.unwrap().unwrap_or_else(|| staff.clone());
    client.post(&format!("/api/v1/staff/{}", staff.id), &ChangeStaffRequest { seen, staff }).await
}

async fn changed(server: &Server, staff: Staff) -> Staff {
    let reply = change(&Client::signed_in(server, Who::Administrator).await, staff).await;
    reply.json::<ChangeStaffResponse>().staff
}

fn sade(employment: Employment) -> Staff {
    Staff { employment, ..Who::AssignedWorker.staff() }
}

#[tokio::test]
async fn only_an_administrator_says_what_somebody_does() {
    let server = Server::start().await;
    for who in Who::ALL {
        let reply = change(&Client::signed_in(&server, who).await, sade(Employment::Working)).await;
        if who == Who::Administrator {
            assert_eq!(reply.status, 200);
        } else {
            assert_eq!(reply.code(), "not_allowed", "{who:?}");
        }
    }
    assert_eq!(change(&Client::anonymous(&server), sade(Employment::Working)).await.code(), "signed_out");
    let lin = Client::signed_in(&server, Who::Administrator).await;
    let nobody = Staff { id: StaffId(Uuid::from_u128(99)), ..sade(Employment::Working) };
    assert_eq!(change(&lin, nobody).await.code(), "not_found");
    let nameless = Staff { name: " ".into(), ..sade(Employment::Working) };
    assert_eq!(change(&lin, nameless).await.code(), "name_missing");
    let path = format!("/api/v1/staff/{}", Who::Duty.staff().id);
    let another = ChangeStaffRequest { seen: sade(Employment::Working), staff: sade(Employment::Working) };
    assert_eq!(lin.post(&path, &another).await.code(), "malformed");
}

#[tokio::test]
async fn another_role_and_team_count_at_once() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1))]).await;
    let new = Staff { role: Role::Manager, team: COAST, team_name: "Coast".into(), ..Who::AssignedWorker.staff() };
    assert_eq!(changed(&server, new.clone()).await, new);
    let session: SessionResponse = sade.client.get("/api/v1/session").await.json();
    assert_eq!(session.staff, new);
    assert!(sade.pull(&[]).await.entries.is_empty(), "the children of North are no longer theirs to read");
}

#[tokio::test]
async fn what_somebody_else_has_changed_meanwhile_is_not_undone() {
    let server = Server::start().await;
    let lin = Client::signed_in(&server, Who::Administrator).await;
    changed(&server, sade(Employment::Left)).await;
    let path = format!("/api/v1/staff/{}", Who::AssignedWorker.staff().id);
    let stale = ChangeStaffRequest {
        seen: Who::AssignedWorker.staff(),
        staff: Staff { name: "Sade Okafor-Bell".into(), ..Who::AssignedWorker.staff() },
    };
    let reply = lin.post(&path, &stale).await;
    assert_eq!((reply.status.as_u16(), reply.code().as_str()), (409, "changed_meanwhile"));
    let kept = server.store.staff(Who::AssignedWorker.staff().id).await.unwrap();
    assert_eq!(kept, Some(sade(Employment::Left)));
    // The same once more is no change of anybody else's: it ends what was not ended.
    let tablet = Enrolment {
        replica: ReplicaId(Uuid::from_u128(7)),
        staff: Who::AssignedWorker.staff().id,
        vault: VaultId(Uuid::from_u128(8)),
        replaces: None,
        enrolled_at: server.now(),
        revoked_at: None,
        seen: None,
    };
    server.store.enrol(tablet, EscrowKey([7; 32])).await.unwrap();
    let again = ChangeStaffRequest { seen: Who::AssignedWorker.staff(), staff: sade(Employment::Left) };
    assert_eq!(lin.post(&path, &again).await.status, 200);
    assert!(server.store.enrolment(ReplicaId(Uuid::from_u128(7))).await.unwrap().unwrap().revoked_at.is_some());
}

#[tokio::test]
async fn a_team_has_one_name_for_all_who_are_in_it() {
    let server = Server::start().await;
    let rename = RenameTeamRequest { name: " Family Help North ".into() };
    let path = format!("/api/v1/teams/{}", NORTH.0);
    for who in Who::ALL {
        let reply = Client::signed_in(&server, who).await.post(&path, &rename).await;
        if who == Who::Administrator {
            assert_eq!(reply.status, 204);
        } else {
            assert_eq!(reply.code(), "not_allowed", "{who:?}");
        }
    }
    for staff in server.store.everybody().await.unwrap() {
        let expected = if staff.team == NORTH { "Family Help North" } else { "Coast" };
        assert_eq!(staff.team_name, expected, "{}", staff.name);
    }
    let lin = Client::signed_in(&server, Who::Administrator).await;
    assert_eq!(lin.post(&path, &RenameTeamRequest { name: "\u{200b}".into() }).await.code(), "name_missing");
    let nowhere = format!("/api/v1/teams/{}", Uuid::from_u128(0xc));
    assert_eq!(lin.post(&nowhere, &rename).await.code(), "name_taken");
    let other = RenameTeamRequest { name: "South".into() };
    assert_eq!(lin.post(&nowhere, &other).await.code(), "not_found");
    let alike = RenameTeamRequest { name: "COAST".into() };
    assert_eq!(lin.post(&path, &alike).await.code(), "name_taken", "nobody could tell the two apart");
    // Whoever moves there has its name, whatever the form said; a new team has the one that was typed.
    let moved = Staff { team: NORTH, team_name: "North".into(), ..Who::OtherTeamWorker.staff() };
    assert_eq!(changed(&server, moved).await.team_name, "Family Help North");
    let alone = TeamId(Uuid::from_u128(0xc));
    let moved = Staff { team: alone, team_name: "South".into(), ..Who::AssignedWorker.staff() };
    assert_eq!(changed(&server, moved).await.team_name, "South");
}

#[tokio::test]
async fn whoever_is_on_leave_is_signed_out_and_comes_back_to_everything() {
    let server = Server::start().await;
    server.store.put_meta(Meta::Demo, "yes".into()).await.unwrap();
    let mut tablet = Device::enrolled(&server, Who::AssignedWorker).await;
    tablet.push(&[registered(child(1))]).await;
    changed(&server, sade(Employment::OnLeave)).await;
    assert_eq!(tablet.client.get("/api/v1/session").await.code(), "signed_out");
    let sign_in = DemoSignInRequest { staff: Who::AssignedWorker.staff().id };
    let anonymous = Client::anonymous(&server);
    assert_eq!(anonymous.post("/api/v1/session/demo", &sign_in).await.code(), "not_found");
    // A session that began while the change was on its way is none.
    let late = Client::signed_in(&server, Who::AssignedWorker).await;
    assert_eq!(late.get("/api/v1/session").await.code(), "signed_out");
    changed(&server, sade(Employment::Working)).await;
    tablet.client = Client::signed_in(&server, Who::AssignedWorker).await;
    assert_eq!(tablet.pull(&[]).await.entries.len(), 1, "the same tablet, and the same child");
}

#[tokio::test]
async fn whoever_has_left_has_nothing_any_more_and_nobody_is_allocated_to_them() {
    let server = Server::start().await;
    let mut tablet = Device::enrolled(&server, Who::AssignedWorker).await;
    tablet.push(&[registered(child(1))]).await;
    let waiting = tablet.record(&[voice(child(1), "She likes the bus.")]);
    changed(&server, sade(Employment::Left)).await;
    let noted = server.store.logged();
    let reason = noted.iter().find(|one| one.action == "change_staff").and_then(|one| one.reason.as_deref());
    assert_eq!(reason, Some("Working → Left"), "the log says what was changed");
    assert_eq!(tablet.client.get("/api/v1/session").await.code(), "signed_out");
    assert_eq!(tablet.send(&waiting).await.code(), "replica_revoked");
    assert!(server.store.enrolment(tablet.replica).await.unwrap().unwrap().revoked_at.is_some());
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    let to = |who: &[Who]| assigned(child(1), who);
    let given = helen.push(&[to(&[Who::AssignedWorker]), to(&[Who::SameTeamWorker])]).await.results;
    assert_eq!(given.iter().map(|result| result.verdict).collect::<Vec<_>>(), [Verdict::Refused, Verdict::Accepted]);
    let invite = InviteRequest { staff: sade(Employment::Working), account: None };
    let lin = Client::signed_in(&server, Who::Administrator).await;
    assert_eq!(lin.post("/api/v1/staff", &invite).await.code(), "not_at_work", "no link lets them in");
    // Their name stays in what they did.
    let session: SessionResponse = helen.client.get("/api/v1/session").await.json();
    assert!(session.colleagues.iter().any(|one| one.name == "Sade Okafor" && one.employment.has_left()));
}

#[tokio::test]
async fn somebody_always_looks_after_heard() {
    let server = Server::start().await;
    let lin = Client::signed_in(&server, Who::Administrator).await;
    let me = Who::Administrator.staff();
    for gone in [
        Staff { employment: Employment::Left, ..me.clone() },
        Staff { employment: Employment::OnLeave, ..me.clone() },
        Staff { role: Role::Worker, ..me.clone() },
    ] {
        let reply = change(&lin, gone).await;
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (409, "last_administrator"));
    }
    assert_eq!(change(&lin, Staff { name: "Lin Zhang-Bell".into(), ..me.clone() }).await.status, 200);
    assert_eq!(change(&lin, Staff { role: Role::Administrator, ..Who::Duty.staff() }).await.status, 200);
    assert_eq!(change(&lin, Staff { employment: Employment::Left, ..me }).await.status, 200);
    assert_eq!(lin.get("/api/v1/staff").await.code(), "signed_out");
}

#[tokio::test]
async fn what_was_left_on_a_tablet_is_sent_by_an_administrator_and_waits_for_a_manager() {
    let server = Server::start().await;
    let mut tablet = Device::enrolled(&server, Who::AssignedWorker).await;
    tablet.push(&[registered(child(1))]).await;
    let waiting = tablet.record(&[voice(child(1), "She likes the bus."), title(child(1), "Bus"), paper(child(1))]);
    let escrow = format!("/api/v1/vaults/{}/escrow", tablet.vault);
    let lin = Client::signed_in(&server, Who::Administrator).await;
    // Of somebody who works here an administrator gets nothing, and sends nothing.
    assert_eq!(lin.post_text(&escrow, "").await.code(), "not_found");
    assert_eq!(lin.post("/api/v1/push", &waiting).await.code(), "not_your_replica");
    changed(&server, sade(Employment::Left)).await;
    for who in [Who::TeamManager, Who::OtherTeamWorker, Who::Auditor] {
        let other = Client::signed_in(&server, who).await;
        assert_eq!(other.post_text(&escrow, "").await.code(), "not_found", "{who:?}");
        assert_eq!(other.post("/api/v1/push", &waiting).await.code(), "not_your_replica", "{who:?}");
    }
    let released: EscrowResponse = lin.post_text(&escrow, "").await.json();
    assert_eq!(released.escrow.len(), 64);
    let pushed: PushResponse = lin.post("/api/v1/push", &waiting).await.json();
    let verdicts: Vec<_> = pushed.streams[0].results.iter().map(|result| (result.seq, result.verdict)).collect();
    assert_eq!(
        verdicts,
        [(0, Verdict::Held), (0, Verdict::Refused), (0, Verdict::Held)],
        "nothing is told of the record"
    );
    let papers: Vec<_> = server.store.logged().into_iter().filter(|one| one.action == "paper").collect();
    assert_eq!(papers.iter().map(|one| one.staff).collect::<Vec<_>>(), [Some(Who::AssignedWorker.staff().id)]);
    let helen = Device::enrolled(&server, Who::TeamManager).await;
    let log = helen.log(child(1)).await;
    assert_eq!(log[1].actor, Who::AssignedWorker.staff().id, "they are the words of whoever wrote them down");
    let pull =
        PullRequest { protocol: 1, replica: tablet.replica, streams: Vec::new(), limit: 10, build: None, unsent: None };
    assert_eq!(lin.post("/api/v1/pull", &pull).await.code(), "not_your_replica", "and nothing is read");
    server.wait(FRESH_SIGN_IN + SignedDuration::from_secs(1));
    assert_eq!(lin.post_text(&escrow, "").await.code(), "sign_in_again");
}

#[tokio::test]
async fn where_people_have_accounts_the_last_administrator_is_the_last_who_has_one() {
    let server = Server::start().await;
    let bound = Binding {
        identity: Identity(Hash::of(b"lin")),
        staff: Who::Administrator.staff().id,
        invitation: None,
        at: server.now(),
    };
    server.store.bind(bound).await.unwrap();
    let lin = Client::signed_in(&server, Who::Administrator).await;
    assert_eq!(change(&lin, Staff { role: Role::Administrator, ..Who::Duty.staff() }).await.status, 200);
    let gone = Staff { employment: Employment::Left, ..Who::Administrator.staff() };
    assert_eq!(change(&lin, gone.clone()).await.code(), "last_administrator", "the other cannot sign in yet");
    let bound = Binding { identity: Identity(Hash::of(b"bronwen")), staff: Who::Duty.staff().id, ..bound };
    server.store.bind(bound).await.unwrap();
    assert_eq!(change(&lin, gone).await.status, 200);
}

#[tokio::test]
async fn what_was_left_on_a_tablet_that_was_taken_out_of_use_is_sent_too() {
    let server = Server::start().await;
    let mut tablet = Device::enrolled(&server, Who::AssignedWorker).await;
    tablet.push(&[registered(child(1))]).await;
    let waiting = tablet.record(&[voice(child(1), "She likes the bus.")]);
    let lin = Client::signed_in(&server, Who::Administrator).await;
    let escrow = format!("/api/v1/vaults/{}/escrow", tablet.vault);
    assert_eq!(lin.post_text(&escrow, "").await.code(), "not_found");
    server.store.revoke(tablet.replica, server.now()).await.unwrap();
    assert_eq!(lin.post_text(&escrow, "").await.status, 200);
    let pushed: PushResponse = lin.post("/api/v1/push", &waiting).await.json();
    assert_eq!(pushed.streams[0].results[0].verdict, Verdict::Held);
}
