//! Finding a child in the whole council, reading a record with a reason, and who is told of that.

use domain::Verdict::{Accepted, Held};
use domain::doubles::Sought;
use domain::id::{ContactId, StaffId, StreamId};
use domain::payload::child::{Birth, ChildRegistered, Name};
use domain::payload::contact::{
    ConcernSeen, ConcernWritten, ContactFrom, ContactHow, ContactSeen, ContactWritten, SafeNow,
};
use domain::wire::{AccessRecord, AccessResponse, EntriesResponse, ReadingRequest, SearchRequest, SearchResponse};
use domain::{Code, Operation, Payload};
use jiff::civil::{Date, date, time};
use uuid::Uuid;

use crate::support::client::Client;
use crate::support::device::{Device, a_plan_that_waits};
use crate::support::operations::{operation, voice};
use crate::support::{NORTH, Server, Who, child};

const BORN: Date = date(2018, 3, 9);

pub(crate) fn because(reason: &str) -> ReadingRequest {
    ReadingRequest { after: 0, reason: reason.into() }
}

pub(crate) fn reading(stream: StreamId) -> String {
    format!("/api/v1/streams/{stream}/reading")
}

fn registered(id: u128, given: &str, family: &str, birth: Date, number: Option<&str>) -> Operation {
    let registered = ChildRegistered::new(Name::new(given, family), Birth::Born(birth), NORTH);
    let case_number = number.map(str::to_owned);
    operation(child(id), Payload::ChildRegistered(ChildRegistered { case_number, ..registered }))
}

fn sought(name: &str, birth: Option<Date>, case_number: &str) -> SearchRequest {
    SearchRequest { sought: Sought { name: name.into(), birth, case_number: case_number.into() } }
}

async fn told(server: &Server, who: Who) -> Vec<AccessRecord> {
    let address = format!("/api/v1/access?told={}", who.staff().id);
    Client::signed_in(server, who).await.get(&address).await.json::<AccessResponse>().accesses
}

#[tokio::test]
async fn duty_and_auditor_find_a_child_by_name_date_of_birth_or_case_number() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(1, "Amira", "Khan", BORN, Some("447 1203"))]).await;
    sade.push(&[registered(2, "Hana", "Khan", date(2015, 6, 1), None)]).await;
    for who in [Who::Duty, Who::Auditor] {
        let client = Client::signed_in(&server, who).await;
        let found = async |request: SearchRequest| {
            let reply: SearchResponse = client.post("/api/v1/search", &request).await.json();
            reply.found.into_iter().map(|child| child.stream).collect::<Vec<_>>()
        };
        assert_eq!(found(sought("Kahn Ameera", None, "")).await, [child(1)]);
        assert_eq!(found(sought("khan", None, "")).await, [child(1), child(2)]);
        assert_eq!(found(sought("", Some(BORN), "")).await, [child(1)]);
        assert_eq!(found(sought("", None, "4471203")).await, [child(1)]);
        assert_eq!(found(sought("Hana", Some(BORN), "")).await, [], "all of what is said is true");
        assert_eq!(client.post("/api/v1/search", &sought(" ", None, "")).await.code(), "malformed");
        let reply: SearchResponse = client.post("/api/v1/search", &sought("Amira", None, "")).await.json();
        let amira = &reply.found[0];
        assert_eq!((amira.team, amira.assigned.as_slice()), (NORTH, &[Who::AssignedWorker.staff().id][..]));
    }
    let rows = server.store.logged();
    let named = rows.iter().filter(|row| row.action == "search" && row.streams.contains(&child(2))).count();
    assert_eq!(named, 2, "who was found is in the log");
}

#[tokio::test]
async fn nobody_else_searches_the_council_or_reads_with_a_reason() {
    let server = a_plan_that_waits().await;
    for who in Who::ALL {
        let client = Client::signed_in(&server, who).await;
        let may = matches!(who, Who::Duty | Who::Auditor);
        for reply in [
            client.post("/api/v1/search", &sought("Amira", None, "")).await,
            client.post(&reading(child(1)), &because("Police rang")).await,
        ] {
            match may {
                true => assert_eq!(reply.status, 200, "{who:?}"),
                false => assert_eq!(reply.code(), "not_allowed", "{who:?}"),
            }
        }
    }
    let client = Client::signed_in(&server, Who::Duty).await;
    for unseen in ["", "  ", "\u{200B}"] {
        assert_eq!(client.post(&reading(child(1)), &because(unseen)).await.code(), "reason_required");
    }
    assert_eq!(client.post(&reading(child(99)), &because("Police rang")).await.code(), "not_found");
}

#[tokio::test]
async fn worker_and_managers_are_told_once_who_read_and_why_and_nobody_else() {
    let server = a_plan_that_waits().await;
    let duty = Client::signed_in(&server, Who::Duty).await;
    let page: EntriesResponse = duty.post(&reading(child(1)), &because("Police rang at 2:10")).await.json();
    let rest = ReadingRequest { after: page.head, ..because("Police rang at 2:10") };
    assert_eq!(duty.post(&reading(child(1)), &rest).await.status, 200);
    duty.post(&reading(child(1)), &because("")).await;
    for who in Who::ALL {
        let records = told(&server, who).await;
        if !matches!(who, Who::AssignedWorker | Who::TeamManager) {
            assert!(records.is_empty(), "{who:?}");
            continue;
        }
        let [record] = records.as_slice() else { panic!("{who:?} is told {records:?}") };
        assert_eq!((record.staff, record.streams.as_slice()), (Some(Who::Duty.staff().id), &[child(1)][..]));
        assert_eq!(record.reason.as_deref(), Some("Police rang at 2:10"));
    }
    let of_another = format!("/api/v1/access?told={}", StaffId(Who::TeamManager.staff().id.0));
    assert_eq!(Client::signed_in(&server, Who::Duty).await.get(&of_another).await.code(), "not_allowed");
}

fn contact(id: u128) -> ContactWritten {
    ContactWritten {
        contact: ContactId(Uuid::from_u128(id)),
        on: date(2026, 11, 22),
        at: time(2, 10, 0, 0),
        from: ContactFrom::Professional,
        who: "PC Lowe, police".into(),
        how: ContactHow::Telephone,
        said: "A neighbour rang about shouting.".into(),
        done: "Rang the mother: all are asleep.".into(),
        to_do: "Ring the mother.".into(),
    }
}

#[tokio::test]
async fn what_came_in_the_night_counts_and_the_day_reads_it() {
    let server = a_plan_that_waits().await;
    let mut duty = Device::enrolled(&server, Who::Duty).await;
    let written = operation(child(1), Payload::ContactWritten(contact(1)));
    let concern =
        ConcernWritten { contact: contact(2), safe_now: SafeNow::NotKnown, told: "the manager on call".into() };
    let concern = operation(child(1), Payload::ConcernWritten(concern));
    let results = duty.push(&[written, concern, voice(child(1), "Mum")]).await.results;
    let verdicts: Vec<_> = results.iter().map(|result| (result.verdict, result.code.clone())).collect();
    assert_eq!(verdicts, [(Accepted, None), (Accepted, None), (Held, Some(Code::NotAssigned))]);
    // Its record stays with the day: nothing of it comes to the duty worker's tablet.
    assert!(duty.pull(&[]).await.index.iter().all(|row| row.stream != child(1)));

    let seen =
        |id: u128| operation(child(1), Payload::ContactSeen(ContactSeen { contact: ContactId(Uuid::from_u128(id)) }));
    let decided = || {
        let contact = ContactId(Uuid::from_u128(2));
        operation(child(1), Payload::ConcernSeen(ConcernSeen { contact, words: "I ring police at nine.".into() }))
    };
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let results = sade.push(&[seen(1), seen(2), decided()]).await.results;
    let codes: Vec<_> = results.into_iter().map(|result| result.code).collect();
    assert_eq!(codes, [None, None, Some(Code::NotAllowed)], "a concern is a manager's");
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    assert_eq!(helen.push(&[decided()]).await.results[0].code, None);
    let mut again = Device::enrolled(&server, Who::Duty).await;
    assert_eq!(again.push(&[seen(1)]).await.results[0].code, Some(Code::NotAllowed));
}
