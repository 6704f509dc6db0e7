//! Finding a child in the whole council, reading a record with a reason, and who is told of that.

use domain::Verdict::{Accepted, Held};
use std::collections::BTreeSet;

use domain::doubles::Sought;
use domain::id::{AuditActionId, ContactId, StaffId, StreamId};
use domain::payload::audit::{AuditAction, AuditActionDone, AuditQuestion, AuditSeen, AuditWritten, Finding, Found};
use domain::payload::child::{Birth, ChildRegistered, Name};
use domain::payload::contact::{
    ConcernSeen, ConcernWritten, ContactFrom, ContactHow, ContactSeen, ContactWritten, SafeNow, UnknownChild,
};
use domain::standing::practice::Aspect;
use domain::wire::{
    AccessRecord, AccessResponse, EntriesResponse, ReadingRequest, SampleRequest, SampleResponse, SearchRequest,
    SearchResponse,
};
use domain::{Code, Operation, Payload};
use functions::store::Store;
use jiff::SignedDuration;
use jiff::civil::{Date, date, time};
use uuid::Uuid;

use crate::support::client::Client;
use crate::support::device::{Device, a_plan_that_waits};
use crate::support::operations::{operation, voice};
use crate::support::{COAST, NORTH, Server, Who, child};

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

async fn notified(server: &Server, who: Who) -> Vec<AccessRecord> {
    let address = format!("/api/v1/access?notified={}", who.staff().id);
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
    // Whoever begins in the middle has begun.
    let sly = Client::signed_in(&server, Who::Auditor).await;
    let middle = ReadingRequest { after: 1, ..because("Audit of November") };
    assert_eq!(sly.post(&reading(child(1)), &middle).await.status, 200);
    // A page of one reading is no news; a page of the next ten minutes is.
    assert_eq!(sly.post(&reading(child(1)), &ReadingRequest { after: 2, ..middle.clone() }).await.status, 200);
    server.wait(SignedDuration::from_mins(11));
    assert_eq!(sly.post(&reading(child(1)), &ReadingRequest { after: 3, ..because("Later") }).await.status, 200);
    for who in Who::ALL {
        let mut records = notified(&server, who).await;
        // Two of one moment come in any order.
        records.sort_by_key(|record| record.reason.clone());
        if !matches!(who, Who::AssignedWorker | Who::TeamManager) {
            assert!(records.is_empty(), "{who:?}");
            continue;
        }
        let [of_audit, later, record] = records.as_slice() else { panic!("{who:?} is notified of {records:?}") };
        assert_eq!(
            (of_audit.staff, of_audit.reason.as_deref()),
            (Some(Who::Auditor.staff().id), Some("Audit of November"))
        );
        assert_eq!(later.reason.as_deref(), Some("Later"));
        assert_eq!((record.staff, record.streams.as_slice()), (Some(Who::Duty.staff().id), &[child(1)][..]));
        assert_eq!(record.reason.as_deref(), Some("Police rang at 2:10"));
    }
    let of_another = format!("/api/v1/access?notified={}", StaffId(Who::TeamManager.staff().id.0));
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
        about: None,
    }
}

#[tokio::test]
async fn an_auditor_draws_a_sample_by_team_and_by_what_is_missing_and_nobody_else_does() {
    let server = a_plan_that_waits().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    for id in 2..=6 {
        sade.push(&[registered(id, "Child", "Number", BORN, None)]).await;
    }
    sade.push(&[voice(child(2), "Mum")]).await;
    let request = |team, missing, size| SampleRequest { team, missing, size };
    for who in Who::ALL {
        let reply = Client::signed_in(&server, who).await.post("/api/v1/sample", &request(None, None, 2)).await;
        match who {
            Who::Auditor => assert_eq!(reply.json::<SampleResponse>().children.len(), 2),
            _ => assert_eq!(reply.code(), "not_allowed", "{who:?}"),
        }
    }
    let auditor = Client::signed_in(&server, Who::Auditor).await;
    let draw = async |team, missing, size| -> SampleResponse {
        auditor.post("/api/v1/sample", &request(team, missing, size)).await.json()
    };
    let all = draw(Some(NORTH), None, 20).await;
    let of = |reply: &SampleResponse| reply.children.iter().map(|one| one.child.stream).collect::<BTreeSet<_>>();
    assert_eq!((of(&all), all.of), ((1..=6).map(child).collect(), 6));
    let elsewhere = draw(Some(COAST), None, 20).await;
    assert_eq!((of(&elsewhere), elsewhere.of), (BTreeSet::new(), 0));
    let silent = draw(None, Some(Aspect::ParentVoice), 20).await;
    let heard = all.children.iter().filter(|one| !one.lacks.contains(&Aspect::ParentVoice));
    let heard: BTreeSet<StreamId> = heard.map(|one| one.child.stream).collect();
    assert!(heard.contains(&child(2)));
    assert_eq!(of(&silent), &of(&all) - &heard);
    // It is a draw: over some of them the first is not always the same.
    let mut firsts = BTreeSet::new();
    for _ in 0..20 {
        firsts.insert(draw(None, None, 1).await.children[0].child.stream);
    }
    assert!(firsts.len() > 1, "{firsts:?}");
}

fn audited(found: Found, owner: StaffId) -> AuditWritten {
    let words = if found.needs_words() { "Nothing is written." } else { "" };
    let finding = Finding { found, words: words.into() };
    AuditWritten {
        child: child(1),
        team: NORTH,
        findings: AuditQuestion::ALL.into_iter().map(|question| (question, finding.clone())).collect(),
        praise: String::new(),
        actions: vec![AuditAction {
            action: AuditActionId(Uuid::from_u128(1)),
            words: "Ask the family.".into(),
            owner,
            due: date(2026, 12, 1),
        }],
    }
}

#[tokio::test]
async fn what_an_audit_found_reaches_the_manager_and_whoever_has_something_to_do_and_changes_no_record() {
    let server = a_plan_that_waits().await;
    let before = server.store.head(child(1)).await.unwrap().unwrap();
    let stream = StreamId::audit(Uuid::from_u128(0xa0));
    let mut marcus = Device::enrolled(&server, Who::Auditor).await;
    let write = |owner: Who| operation(stream, Payload::AuditWritten(audited(Found::NotMet, owner.staff().id)));
    let stranger = marcus.push(&[write(Who::OtherTeamWorker)]).await.results.remove(0);
    assert_eq!(stranger.code, Some(Code::UnknownStaff), "what is to be done is for the team");
    let about = |change: fn(&mut AuditWritten)| {
        let mut written = audited(Found::Met, Who::OtherTeamWorker.staff().id);
        change(&mut written);
        operation(stream, Payload::AuditWritten(written))
    };
    for wrong in [about(|audit| audit.team = COAST), about(|audit| audit.child = child(99))] {
        assert_eq!(marcus.push(&[wrong]).await.results[0].code, Some(Code::WrongRecord), "no other team learns of it");
    }
    assert_eq!(marcus.push(&[write(Who::AssignedWorker)]).await.results[0].code, None);
    for who in Who::ALL {
        let may = matches!(who, Who::Auditor | Who::AssignedWorker | Who::TeamManager);
        let device = Device::enrolled(&server, who).await;
        assert_eq!(device.pull(&[]).await.entries.contains_key(&stream), may, "{who:?}");
        let reply = device.client.get(&format!("/api/v1/streams/{stream}/entries")).await;
        assert_eq!(reply.status == 200, may, "{who:?}");
    }
    let seen = || operation(stream, Payload::AuditSeen(AuditSeen { words: String::new() }));
    let action = AuditActionId(Uuid::from_u128(1));
    let done = operation(stream, Payload::AuditActionDone(AuditActionDone { action, words: "Asked.".into() }));
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let codes: Vec<_> = sade.push(&[seen(), done]).await.results.into_iter().map(|result| result.code).collect();
    assert_eq!(codes, [Some(Code::NotAllowed), None]);
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    assert_eq!(helen.push(&[seen()]).await.results[0].code, None);
    assert_eq!(server.store.head(child(1)).await.unwrap().unwrap(), before, "nothing of the record changes");
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

#[tokio::test]
async fn a_contact_about_a_child_nobody_knows_reaches_the_manager_of_the_team_that_looks_into_it() {
    let server = Server::start().await;
    let stream = StreamId::contact(Uuid::from_u128(0xc0));
    let about = Some(UnknownChild { words: "Sam, about six".into(), team: NORTH });
    let written = operation(stream, Payload::ContactWritten(ContactWritten { about, ..contact(1) }));
    let mut duty = Device::enrolled(&server, Who::Duty).await;
    assert_eq!(duty.push(&[written]).await.results[0].code, None);
    for who in Who::ALL {
        let pulled = Device::enrolled(&server, who).await.pull(&[]).await;
        assert_eq!(pulled.entries.contains_key(&stream), who == Who::TeamManager, "{who:?}");
    }
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    let seen = ContactSeen { contact: ContactId(Uuid::from_u128(1)) };
    assert_eq!(helen.push(&[operation(stream, Payload::ContactSeen(seen))]).await.results[0].code, None);
}
