//! A family's record over HTTP: who writes in it and who reads it, cell by cell of the table, and what belongs in it.

use std::collections::BTreeSet;

use domain::id::{PersonId, StreamId};
use domain::payload::child::PersonRecorded;
use domain::payload::family::{Address, AddressRecorded, ChildInFamily, FamilyOf, FamilyRegistered};
use domain::permission::{Access, Action, Permission, Relation, may};
use domain::{Code, Operation, Payload, Verdict};
use uuid::Uuid;

use crate::support::device::Device;
use crate::support::operations::{assigned, fresh, operation, registered, title, voice};
use crate::support::{NORTH, Server, Who, child};

fn family() -> StreamId {
    StreamId::family(Uuid::from_u128(0xf))
}

fn begun() -> Operation {
    let staff = BTreeSet::from([Who::AssignedWorker.staff().id]);
    operation(
        family(),
        Payload::FamilyRegistered(FamilyRegistered { name: "the Khan family".into(), team: NORTH, staff }),
    )
}

fn mum() -> Operation {
    let person = PersonRecorded::new(PersonId(fresh()), "Leila Khan", "Mum");
    operation(family(), Payload::PersonRecorded(person))
}

fn lives_at() -> Operation {
    let address = Address::Known("4 Mill Lane".into());
    operation(family(), Payload::AddressRecorded(AddressRecorded { address }))
}

fn has(stream: StreamId) -> Operation {
    operation(family(), Payload::ChildInFamily(ChildInFamily { child: stream }))
}

/// A child of North and its family, with Sade.
async fn server() -> Server {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let joins = operation(child(1), Payload::FamilyOf(FamilyOf { family: family() }));
    sade.push(&[registered(child(1)), joins]).await;
    let sent = sade.push(&[begun(), has(child(1))]).await;
    assert!(sent.results.iter().all(|result| result.verdict == Verdict::Accepted));
    server
}

/// How somebody stands to child and family alike.
fn relation(who: Who) -> Relation {
    let assigned = BTreeSet::from([Who::AssignedWorker.staff().id]);
    Relation::of(who.staff().actor(), &Access { team: Some(NORTH), assigned }, &[])
}

#[tokio::test]
async fn every_role_does_to_child_and_family_what_the_table_says() {
    type Make = fn() -> Operation;
    let facts: [Make; 4] = [mum, lives_at, || has(child(2)), || voice(child(1), "She smiled")];
    let allocations: [Make; 2] =
        [|| assigned(family(), &[Who::SameTeamWorker]), || assigned(child(1), &[Who::SameTeamWorker])];
    for who in Who::ALL {
        for fact in facts {
            let expected = match may(relation(who), Action::WriteFacts) {
                Permission::Yes => Verdict::Accepted,
                _ => Verdict::Held,
            };
            assert_eq!(verdict(who, fact()).await, expected, "fact by {who:?}");
        }
        for allocation in allocations {
            let expected = match may(relation(who), Action::Allocate) {
                Permission::Yes => Verdict::Accepted,
                _ => Verdict::Refused,
            };
            assert_eq!(verdict(who, allocation()).await, expected, "allocation by {who:?}");
        }
    }
}

async fn verdict(who: Who, operation: Operation) -> Verdict {
    let server = server().await;
    Device::enrolled(&server, who).await.push(&[operation]).await.results[0].verdict
}

#[tokio::test]
async fn a_family_is_pulled_by_whoever_may_read_it_and_by_nobody_else() {
    let server = server().await;
    for who in Who::ALL {
        let device = Device::enrolled(&server, who).await;
        let reads = may(relation(who), Action::Read) == Permission::Yes;
        let pulled = device.pull(&[]).await;
        assert_eq!(pulled.entries.contains_key(&family()), reads, "{who:?}");
        assert_eq!(pulled.entries.contains_key(&child(1)), reads, "{who:?}");
    }
}

#[tokio::test]
async fn a_familys_record_takes_nothing_of_a_childs_and_a_childs_nothing_of_a_familys() {
    let server = server().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let of_child = sade.push(&[voice(family(), "She smiled")]).await.results.remove(0);
    assert_eq!((of_child.verdict, of_child.code), (Verdict::Held, Some(Code::WrongRecord)));
    let request = sade.push(&[title(family(), "Swimming")]).await.results.remove(0);
    assert_eq!((request.verdict, request.code), (Verdict::Refused, Some(Code::WrongRecord)));
    let of_family = Operation { stream: child(1), ..lives_at() };
    let of_family = sade.push(&[of_family]).await.results.remove(0);
    assert_eq!((of_family.verdict, of_family.code), (Verdict::Held, Some(Code::WrongRecord)));
}

#[tokio::test]
async fn a_family_is_begun_in_ones_own_team_only_and_once() {
    let server = server().await;
    let mut tom = Device::enrolled(&server, Who::OtherTeamWorker).await;
    let again = tom.push(&[begun()]).await.results.remove(0);
    assert_eq!((again.verdict, again.code), (Verdict::Held, Some(Code::AlreadyRegistered)));
    let other = StreamId::family(Uuid::from_u128(0xe));
    let foreign = Operation { stream: other, ..begun() };
    let foreign = tom.push(&[foreign]).await.results.remove(0);
    assert_eq!((foreign.verdict, foreign.code), (Verdict::Held, Some(Code::NotYourTeam)));
}
