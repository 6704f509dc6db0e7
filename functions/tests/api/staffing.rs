//! Who works here: listed and invited by an administrator, and by nobody else.

use domain::id::{StaffId, TeamId};
use domain::permission::{Employment, Role};
use domain::wire::{InviteRequest, InviteResponse, Staff, StaffResponse};
use functions::staffing::INVITED_FOR;
use functions::store::Store;
use uuid::Uuid;

use crate::support::client::Client;
use crate::support::{COAST, Server, Who};

const STAFF: &str = "/api/v1/staff";

fn newcomer() -> Staff {
    Staff {
        id: StaffId(Uuid::from_u128(99)),
        name: " Dónal Byrne ".into(),
        role: Role::Worker,
        team: COAST,
        team_name: "Somewhere else".into(),
        employment: Employment::Working,
    }
}

fn invites(staff: Staff) -> InviteRequest {
    InviteRequest { staff, account: Some("donal@council.example".into()) }
}

#[tokio::test]
async fn an_administrator_sees_and_invites_and_nobody_else_does() {
    let server = Server::start().await;
    for who in Who::ALL {
        let client = Client::signed_in(&server, who).await;
        let (seen, invited) = (client.get(STAFF).await, client.post(STAFF, &invites(newcomer())).await);
        if who == Who::Administrator {
            let seen: StaffResponse = seen.json();
            assert_eq!((seen.time, seen.staff.len()), (server.now(), Who::ALL.len()));
            assert!(seen.staff.iter().all(|one| one.account_since.is_none()));
            assert_eq!(invited.status, 200);
        } else {
            assert_eq!((seen.code().as_str(), invited.code().as_str()), ("not_allowed", "not_allowed"), "{who:?}");
        }
    }
    assert_eq!(Client::anonymous(&server).get(STAFF).await.code(), "signed_out");
    let noted = server.store.logged();
    let outcomes =
        |action| noted.iter().filter(|row| row.action == action).map(|row| row.outcome.clone()).collect::<Vec<_>>();
    assert_eq!(
        outcomes("invite"),
        [
            "not_allowed",
            "not_allowed",
            "not_allowed",
            "not_allowed",
            "not_allowed",
            "not_allowed",
            "not_allowed",
            "done"
        ]
    );
    assert_eq!(outcomes("staff").len(), Who::ALL.len());
}

#[tokio::test]
async fn somebody_new_is_made_as_they_are_described_and_a_team_keeps_its_name() {
    let server = Server::start().await;
    let client = Client::signed_in(&server, Who::Administrator).await;
    let invited: InviteResponse = client.post(STAFF, &invites(newcomer())).await.json();
    let expected = Staff { name: "Dónal Byrne".into(), team_name: "Coast".into(), ..newcomer() };
    assert_eq!((&invited.staff, invited.ends_at), (&expected, server.now() + INVITED_FOR));
    assert_eq!(server.store.staff(expected.id).await.unwrap(), Some(expected.clone()));
    // Once more, for a link that was lost: nothing else of them changes.
    let changed = Staff { role: Role::Administrator, name: "Other".into(), ..newcomer() };
    let again: InviteResponse = client.post(STAFF, &invites(changed)).await.json();
    assert_eq!(again.staff, expected);
    assert_ne!(again.link, invited.link);
    // A team that nobody is in yet.
    let south = TeamId(Uuid::from_u128(0xc));
    let first = Staff { id: StaffId(Uuid::from_u128(100)), team: south, team_name: "South".into(), ..newcomer() };
    let first: InviteResponse = client.post(STAFF, &invites(first)).await.json();
    assert_eq!((first.staff.team, first.staff.team_name.as_str()), (south, "South"));
}

#[tokio::test]
async fn a_name_that_nobody_can_read_invites_nobody() {
    let server = Server::start().await;
    let client = Client::signed_in(&server, Who::Administrator).await;
    let south = TeamId(Uuid::from_u128(0xc));
    for (name, team, team_name) in [
        ("", COAST, "Coast"),
        (" \u{200b} ", COAST, "Coast"),
        ("Dónal\nByrne", COAST, "Coast"),
        (&"x".repeat(201), COAST, "Coast"),
        ("Dónal", south, " "),
    ] {
        let staff = Staff { name: name.into(), team, team_name: team_name.into(), ..newcomer() };
        let reply = client.post(STAFF, &invites(staff)).await;
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (400, "name_missing"), "{name:?}");
    }
    assert_eq!(server.store.staff(newcomer().id).await.unwrap(), None);
}
