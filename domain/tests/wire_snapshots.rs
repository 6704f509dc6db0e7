//! What is stored and sent, as it looks: a change here is a change of a frozen format.

#[path = "sample/cast.rs"]
#[expect(dead_code, reason = "shared with unit tests, which need more of it")]
mod cast;

use std::collections::{BTreeMap, BTreeSet};

use cast::*;
use domain::asking::Kind;
use domain::doubles::{Likeness, Sought};
use domain::hash::Chain;
use domain::id::VaultId;
use domain::operation::Body;
use domain::payload::child::{Birth, Name};
use domain::payload::plan::Field;
use domain::payload::profile::{Cells, CommunicationProfile, Input};
use domain::permission::{Employment, Role};
use domain::standing::practice::Aspect;
use domain::vocabulary::Vocabulary;
use domain::wire::*;
use domain::{Code, Entry, Hash, Operation, Payload, Standing, Verdict, stand};
use jiff::civil::date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

const VAULT: VaultId = VaultId(Uuid::from_u128(0x91));

fn body(n: u128, payload: Payload) -> Body {
    operation(n, payload).write(salt())
}

/// Snapshots the exact text, and reads it back.
fn sent<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(name: &str, value: &T) {
    let text = serde_json::to_string(value).expect("a sent type serialises");
    assert_eq!(&serde_json::from_str::<T>(&text).expect("and reads"), value, "{name}");
    let with_more = text.replacen('{', "{\"of_a_newer_version\":{\"a\":[1]},", 1);
    assert_eq!(&serde_json::from_str::<T>(&with_more).expect("unknown fields are ignored"), value, "{name}");
    insta::assert_json_snapshot!(name, value);
}

fn entry() -> Entry {
    let body = body(24, one_of_each()[13].clone());
    Entry {
        seq: 7,
        epoch: 1,
        id: Some(operation_id(24)),
        replica: REPLICA,
        rseq: 3,
        sha256: body.sha256(),
        actor: SADE.staff,
        received_at: morning(),
        verdict: Verdict::Accepted,
        code: None,
        body: Some(body.into_text()),
        mac: "0f".repeat(32),
        was: None,
    }
}

fn sade() -> Staff {
    let employment = Employment::Working;
    Staff {
        id: SADE.staff,
        name: "Sade Okafor".into(),
        role: SADE.role,
        team: NORTH,
        team_name: "North".into(),
        employment,
    }
}

#[test]
fn what_each_way_of_asking_is_set_up_with() {
    let words = Vocabulary::built_in();
    let question = &words.questions[0];
    let options = || question.cards.clone().into_iter().take(4).collect();
    let profile = CommunicationProfile::new("", Input::Touch, Cells::Three);
    for way in Kind::ALL {
        sent(&format!("asking_{}", way.name()), &way.laid(question, options(), &profile, |_| 0));
    }
}

#[test]
fn every_kind_of_the_catalogue_has_its_body() {
    let samples = one_of_each();
    let kinds: Vec<_> = samples.iter().map(Payload::kind).collect();
    let catalogue: Vec<_> = Payload::CATALOGUE.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, catalogue);
    for (n, payload) in (1..).zip(samples) {
        let name = format!("body_{}", payload.kind());
        let written = operation(n, payload);
        let body = written.write(salt());
        assert_eq!(Operation::read(body.text()), Ok(written), "{name}");
        // The text itself, with its hash: order of fields and spacing are part of the format.
        insta::assert_snapshot!(name, format!("{}\n{}", body.text(), body.sha256()));
    }
}

#[test]
fn every_kind_has_a_snapshot_and_every_snapshot_a_kind() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let prefix = "wire_snapshots__body_";
    let stored: BTreeSet<String> = std::fs::read_dir(folder)
        .expect("the folder of snapshots")
        .filter_map(|file| file.expect("a file").file_name().into_string().ok())
        .filter_map(|name| Some(name.strip_prefix(prefix)?.strip_suffix(".snap")?.to_owned()))
        .collect();
    let catalogue: BTreeSet<_> = Payload::CATALOGUE.iter().map(|(kind, _)| (*kind).to_owned()).collect();
    assert_eq!(stored, catalogue);
}

#[test]
fn entries_as_they_are_stored() {
    sent("entry_accepted", &entry());
    sent("entry_held", &Entry { verdict: Verdict::Held, code: Some(Code::NotAssigned), ..entry() });
    sent("entry_refused", &Entry { verdict: Verdict::Refused, code: Some(Code::AssessmentBeforeReferral), ..entry() });
    sent("entry_redacted", &Entry { body: None, ..entry() });
    let unreadable =
        Entry { id: None, verdict: Verdict::Held, code: Some(Code::Unreadable), body: Some("{".into()), ..entry() };
    sent("entry_unreadable", &unreadable);
    sent("entry_restored", &Entry { epoch: 2, was: Some(domain::entry::Was { epoch: 1, seq: 9 }), ..entry() });
}

#[test]
fn a_standing_as_it_is_stored() {
    let mut standing = Standing::default();
    sent("standing_empty", &standing);
    let [registration, _, _, assigned, planned, started, ..] = &one_of_each()[..] else {
        panic!("more kinds than that");
    };
    let lines = [
        (Verdict::Accepted, SADE, registration.clone()),
        (Verdict::Accepted, HELEN, assigned.clone()),
        (Verdict::Accepted, SADE, planned.clone()),
        (Verdict::Held, RUTH, registration.clone()),
        (Verdict::Held, RUTH, started.clone()),
        (Verdict::Held, RUTH, presented(1, &card("bus", "the bus"))),
        (Verdict::Accepted, SADE, Payload::ActionAdded(asks("a front seat", &[view("bus")]))),
        (Verdict::Accepted, SADE, set(Field::ReferralReceived, "2026-11-02", None)),
        (Verdict::Accepted, SADE, set(Field::PlanAnalysis, "one", None)),
        (Verdict::Accepted, TOM, set(Field::PlanAnalysis, "two", None)),
        (Verdict::Accepted, SADE, set(Field::Other("plan.mood".into()), "of a newer version", None)),
        (Verdict::Accepted, SADE, submitted(1)),
    ];
    for (seq, (verdict, actor, payload)) in (1..).zip(lines) {
        stand(&mut standing, seq, verdict, actor.staff, &Ok(operation(u128::from(seq), payload)));
    }
    sent("standing_under_way", &standing);
}

#[test]
fn a_push_and_its_reply() {
    let body = body(24, one_of_each()[13].clone());
    let chain = Chain::START.then(body.sha256());
    let item = Item { rseq: 1, sha256: body.sha256(), body: body.into_text() };
    let plain = PushStream { stream: amira(), after: 0, chain: Chain::START, operations: vec![item], returned: vec![] };
    let restores = PushStream { operations: vec![], returned: vec![entry()], ..plain.clone() };
    let request =
        PushRequest { protocol: PROTOCOL, build: "0.1.0".into(), replica: REPLICA, streams: vec![plain, restores] };
    sent("push_request", &request);

    let held = PushResult { rseq: 2, seq: 9, verdict: Verdict::Held, code: Some(Code::NotAssigned) };
    let accepted = PushResult { rseq: 1, seq: 8, verdict: Verdict::Accepted, code: None };
    let taken = PushedStream {
        stream: amira(),
        outcome: PushOutcome::Taken,
        epoch: 1,
        head: 9,
        high: 2,
        chain,
        results: vec![accepted, held],
    };
    let none = PushedStream { results: vec![], ..taken.clone() };
    let need = PushedStream { outcome: PushOutcome::Need, ..none.clone() };
    let forked = PushedStream { outcome: PushOutcome::Forked, ..none };
    let response = PushResponse { protocol: PROTOCOL, time: morning(), streams: vec![taken, need, forked] };
    sent("push_response", &response);
}

#[test]
fn a_pull_and_its_reply() {
    let cursor = Cursor { stream: amira(), epoch: 1, after: 6 };
    sent(
        "pull_request",
        &PullRequest {
            protocol: PROTOCOL,
            replica: REPLICA,
            streams: vec![cursor],
            limit: 500,
            build: None,
            unsent: None,
        },
    );
    let response = PullResponse {
        protocol: PROTOCOL,
        time: morning(),
        index: vec![IndexRow { stream: amira(), epoch: 1, head: 7 }],
        entries: BTreeMap::from([(amira(), vec![entry()])]),
        more: false,
    };
    sent("pull_response", &response);
}

#[test]
fn sessions_and_the_demonstration() {
    let helen = Staff { id: HELEN.staff, name: "Helen Marsh".into(), role: HELEN.role, ..sade() };
    let session = SessionResponse { time: morning(), staff: sade(), colleagues: vec![helen], signed_in_at: morning() };
    sent("session_response", &session);
    sent("sign_out_response", &SignOutResponse { provider: Some("https://login.example/end".into()) });
    let roles = [Role::Worker, Role::Manager, Role::Duty, Role::Auditor, Role::Administrator];
    let staff = roles.into_iter().map(|role| Staff { role, ..sade() }).collect();
    let employed = Employed { staff: sade(), account_since: Some(morning()) };
    sent("staff_response", &StaffResponse { time: morning(), staff: vec![employed] });
    sent("invite_request", &InviteRequest { staff: sade(), account: Some("sade@council.example".into()) });
    let link = "/api/v1/auth/start?invitation=0".into();
    sent("invite_response", &InviteResponse { staff: sade(), link, ends_at: morning() });
    let left = Staff { employment: Employment::Left, ..sade() };
    sent("change_staff_request", &ChangeStaffRequest { seen: sade(), staff: left.clone() });
    sent("rename_team_request", &RenameTeamRequest { name: "Family Help North".into() });
    sent("change_staff_response", &ChangeStaffResponse { staff: left });
    let id = "0".repeat(64);
    let session = OpenSession { id, since: morning(), last_seen: morning(), ends_at: morning(), this: true };
    let device = Device {
        replica: REPLICA,
        since: morning(),
        last_seen: Some(morning()),
        build: Some("0.1".into()),
        unsent: Some(3),
        revoked_at: Some(morning()),
    };
    let devices = DevicesResponse { time: morning(), sessions: vec![session], devices: vec![device] };
    sent("devices_response", &devices);
    let access = AccessRecord {
        at: morning(),
        staff: Some(SADE.staff),
        replica: Some(REPLICA),
        streams: vec![amira()],
        about: Some(HELEN.staff),
        action: "entries".into(),
        outcome: "done".into(),
        reason: Some("Police rang".into()),
    };
    let before = Some("0-0".into());
    sent("access_response", &AccessResponse { time: morning(), accesses: vec![access], before });
    sent("demo_response", &DemoResponse { staff });
    sent("demo_sign_in_request", &DemoSignInRequest { staff: SADE.staff });
}

#[test]
fn enrolment_and_escrow() {
    let first = EnrolRequest { replica: REPLICA, vault: VAULT, replaces: None };
    sent("enrol_request", &first);
    sent("enrol_request_after_a_fork", &EnrolRequest { replaces: Some(REPLICA), ..first });
    let escrow = "a5".repeat(32);
    sent("enrol_response", &EnrolResponse { time: morning(), escrow: Some(escrow.clone()) });
    sent("escrow_response", &EscrowResponse { escrow });
}

#[test]
fn lists_pages_and_problems() {
    let due = vec![
        Due { what: DueKind::Visit, on: date(2026, 11, 26) },
        Due { what: DueKind::Assessment, on: date(2027, 1, 6) },
    ];
    let listing = Listing { stream: amira(), name: "Amira H".into(), readable: true, assigned: vec![SADE.staff], due };
    sent("index_response", &IndexResponse { time: morning(), rows: vec![listing] });
    let name = Name { known_as: Some("Mimi".into()), ..Name::new("Amira", "Haddad") };
    let birth = Birth::Born(date(2018, 3, 9));
    let asked = DoublesRequest { stream: other_child(), name, birth, case_number: Some("4471203".into()) };
    sent("doubles_request", &asked);
    let named = NamedChild { stream: amira(), name: "Amira H".into() };
    let known = AlikeChild { likeness: Likeness::NameAndBirth, team: NORTH, child: Some(named) };
    let elsewhere = AlikeChild { likeness: Likeness::CaseNumber, team: COAST, child: None };
    sent("doubles_response", &DoublesResponse { time: morning(), alike: vec![elsewhere, known] });
    let sought = Sought { name: "Amira".into(), birth: Some(date(2018, 3, 9)), case_number: "4471203".into() };
    sent("search_request", &SearchRequest { sought });
    let found = FoundChild {
        stream: amira(),
        is_double: false,
        name: Name::new("Amira", "Haddad"),
        birth: Birth::Born(date(2018, 3, 9)),
        case_number: Some("4471203".into()),
        team: NORTH,
        assigned: vec![SADE.staff],
    };
    sent("search_response", &SearchResponse { time: morning(), found: vec![found.clone()], more: true });
    let asked = SampleRequest { team: Some(NORTH), missing: Some(Aspect::ParentVoice), size: 5 };
    sent("sample_request", &asked);
    let drawn = SampledChild { child: found, lacks: vec![Aspect::ParentVoice, Aspect::Authorised] };
    sent("sample_response", &SampleResponse { time: morning(), children: vec![drawn], of: 24 });
    sent("reading_request", &ReadingRequest { after: 7, reason: "Police rang at 2:10.".into() });
    sent("entries_response", &EntriesResponse { epoch: 1, head: 7, entries: vec![entry()], more: true });
    let problem = Problem {
        kind: "about:blank".into(),
        title: "Not allowed".into(),
        status: 403,
        code: "not_allowed".into(),
        detail: Some("Ask the child's team manager.".into()),
    };
    sent("problem", &problem);
    let hash = Hash::of(b"");
    insta::assert_json_snapshot!("hash_and_chain", (hash, Chain::START, Chain::START.then(hash)));
}
