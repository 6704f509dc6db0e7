//! Possible doubles in the whole council over HTTP: what is found, and what of it whom may know.

use domain::doubles::Likeness;
use domain::payload::child::{Birth, ChildRegistered, Name};
use domain::permission::{Access, Action, Permission, Relation, may};
use domain::wire::{DoublesRequest, DoublesResponse};
use domain::{Operation, Payload};
use jiff::civil::{Date, date};

use crate::support::client::Client;
use crate::support::device::Device;
use crate::support::operations::{operation, redacted, redaction_proposed};
use crate::support::{NORTH, Server, Who, child};

const BORN: Date = date(2018, 3, 9);

fn registered(id: u128, name: (&str, &str), birth: Date, case_number: Option<&str>) -> Operation {
    let name = Name::new(name.0, name.1);
    let registered = ChildRegistered::new(name, Birth::Born(birth), NORTH);
    let case_number = case_number.map(str::to_owned);
    operation(child(id), Payload::ChildRegistered(ChildRegistered { case_number, ..registered }))
}

fn asked(name: (&str, &str), birth: Date) -> DoublesRequest {
    let name = Name::new(name.0, name.1);
    DoublesRequest { stream: child(99), name, birth: Birth::Born(birth), case_number: None }
}

/// Amira of North, with Sade.
async fn server() -> Server {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(1, ("Amira", "Khan"), BORN, Some("447 1203"))]).await;
    server
}

async fn found(server: &Server, who: Who, request: &DoublesRequest) -> DoublesResponse {
    Client::signed_in(server, who).await.post("/api/v1/doubles", request).await.json()
}

#[tokio::test]
async fn every_role_learns_of_a_double_what_the_table_lets_it_read() {
    let server = server().await;
    let access = Access { team: Some(NORTH), assigned: [Who::AssignedWorker.staff().id].into() };
    for who in Who::ALL {
        let reply =
            Client::signed_in(&server, who).await.post("/api/v1/doubles", &asked(("Ameera", "Kahn"), BORN)).await;
        if !matches!(who.staff().role, domain::Role::Worker | domain::Role::Manager) {
            assert_eq!(reply.code(), "not_allowed", "{who:?}");
            continue;
        }
        let DoublesResponse { alike, .. } = reply.json();
        assert_eq!(alike.len(), 1, "{who:?}");
        assert_eq!((alike[0].likeness, alike[0].team), (Likeness::NameAndBirth, NORTH));
        let read = may(Relation::of(who.staff().actor(), &access, &[]), Action::Read);
        let knows = matches!(read, Permission::Yes | Permission::NameAndDueDates);
        let told = alike[0].child.as_ref().map(|child| (child.stream, child.name.as_str()));
        assert_eq!(told, knows.then_some((child(1), "Amira K")), "{who:?}");
    }
}

#[tokio::test]
async fn sound_day_and_case_number_find_a_child_and_a_common_name_alone_does_not() {
    let server = server().await;
    let likeness = async |request: DoublesRequest| {
        let found = found(&server, Who::OtherTeamWorker, &request).await;
        found.alike.first().map(|alike| alike.likeness)
    };
    assert_eq!(likeness(asked(("Ameera", "Kahn"), date(2018, 9, 3))).await, Some(Likeness::NameAndNearBirth));
    assert_eq!(likeness(asked(("Hana", "Khan"), BORN)).await, Some(Likeness::BirthAndFamily));
    assert_eq!(likeness(asked(("Amira", "Khan"), date(2011, 11, 28))).await, None);
    assert_eq!(likeness(asked(("Joe", "Tanner"), BORN)).await, None);
    let numbered = DoublesRequest { case_number: Some("4471203".into()), ..asked(("Baby", "K"), date(2011, 11, 28)) };
    assert_eq!(likeness(numbered).await, Some(Likeness::CaseNumber));
    let itself = DoublesRequest { stream: child(1), ..asked(("Amira", "Khan"), BORN) };
    assert_eq!(likeness(itself).await, None, "a record is not its own double");
}

#[tokio::test]
async fn what_was_corrected_or_destroyed_finds_nobody_any_more() {
    let server = server().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    sade.push(&[registered(1, ("Zofia", "Nowak"), date(2016, 5, 4), None)]).await;
    assert!(found(&server, Who::OtherTeamWorker, &asked(("Amira", "Khan"), BORN)).await.alike.is_empty());
    let zofia = asked(("Sofia", "Novak"), date(2016, 5, 4));
    assert_eq!(found(&server, Who::OtherTeamWorker, &zofia).await.alike.len(), 1);
    // The correction was about another child, and goes: Amira is found again.
    sade.push(&[redaction_proposed(child(1), 2)]).await;
    helen.push(&[redacted(child(1), 2)]).await;
    assert!(found(&server, Who::OtherTeamWorker, &zofia).await.alike.is_empty());
    assert_eq!(found(&server, Who::OtherTeamWorker, &asked(("Amira", "Khan"), BORN)).await.alike.len(), 1);
}

#[tokio::test]
async fn who_was_told_of_whom_is_in_the_access_log_and_no_name_is_in_a_key() {
    let server = server().await;
    server.store.logged();
    found(&server, Who::OtherTeamWorker, &asked(("Amira", "Khan"), BORN)).await;
    let logged = server.store.logged();
    let rows: Vec<_> = logged.into_iter().map(|row| (row.action, row.streams, row.outcome)).collect();
    assert_eq!(rows, [("doubles".into(), [child(1)].into(), "done".into())]);
    assert!(!server.holds("AMR KN").await && !server.holds("sound ").await);
}
