//! Fixed people, ids and one body of every kind, for unit tests and for snapshots alike.

use std::collections::{BTreeMap, BTreeSet};

use access::Reached;
use access::reached::{NotTaken, Offered, Why};
use access::settings::{ScanSettings, Settings, TouchCounts, TouchSettings};
use domain::asking::Asking;
use domain::asking::mat::{Mat, Scale};
use domain::id::{
    ActionId, AuditActionId, CaptureId, ContactId, CoverId, ObservationId, OperationId, PersonId, PresentationId,
    QuestionId, ReplicaId, StaffId, StreamId, TeamId, ViewId, VisitId, VoiceId,
};
use domain::operation::Salt;
use domain::payload::audit::*;
use domain::payload::capture::*;
use domain::payload::child::*;
use domain::payload::contact::*;
use domain::payload::council::{Hours, Reminders, SettingsSet, Telephone};
use domain::payload::family::*;
use domain::payload::harm::*;
use domain::payload::keeping::*;
use domain::payload::library::*;
use domain::payload::making::*;
use domain::payload::observation::*;
use domain::payload::plan::*;
use domain::payload::profile::*;
use domain::payload::team::*;
use domain::payload::visit::*;
use domain::permission::{Actor, Role};
use domain::{Class, Operation, Payload};
use jiff::Timestamp;
use jiff::civil::{Date, date, time};
use uuid::Uuid;

#[path = "office.rs"]
mod office;
pub(crate) use office::*;

pub(crate) const TODAY: Date = date(2026, 11, 26);
pub(crate) const NORTH: TeamId = TeamId(Uuid::from_u128(0x11));
pub(crate) const COAST: TeamId = TeamId(Uuid::from_u128(0x12));
pub(crate) const SADE: Actor = staff(1, Role::Worker, NORTH);
pub(crate) const TOM: Actor = staff(2, Role::Worker, NORTH);
pub(crate) const HELEN: Actor = staff(3, Role::Manager, NORTH);
pub(crate) const IMRAN: Actor = staff(4, Role::Manager, COAST);
pub(crate) const RUTH: Actor = staff(5, Role::Worker, COAST);
pub(crate) const DUTY: Actor = staff(6, Role::Duty, NORTH);
pub(crate) const AUDITOR: Actor = staff(7, Role::Auditor, NORTH);
pub(crate) const ADMINISTRATOR: Actor = staff(8, Role::Administrator, NORTH);
pub(crate) const EVERYBODY: [Actor; 8] = [SADE, TOM, HELEN, IMRAN, RUTH, DUTY, AUDITOR, ADMINISTRATOR];
pub(crate) const MUM: PersonId = PersonId(Uuid::from_u128(0x21));
pub(crate) const DAD: PersonId = PersonId(Uuid::from_u128(0x22));
pub(crate) const VISIT: VisitId = VisitId(Uuid::from_u128(0x31));
pub(crate) const CAPTURE: CaptureId = CaptureId(Uuid::from_u128(0x41));
pub(crate) const OBSERVATION: ObservationId = ObservationId(Uuid::from_u128(0x51));
pub(crate) const VOICE: VoiceId = VoiceId(Uuid::from_u128(0x61));
pub(crate) const ACTION: ActionId = ActionId(Uuid::from_u128(0x71));
pub(crate) const QUESTION: QuestionId = QuestionId(Uuid::from_u128(0x9e57));
pub(crate) const COVER: CoverId = CoverId(Uuid::from_u128(0x91));
pub(crate) const AUDIT_ACTION: AuditActionId = AuditActionId(Uuid::from_u128(0xb1));
pub(crate) const CONTACT: ContactId = ContactId(Uuid::from_u128(0xa1));
pub(crate) const CONCERN: ContactId = ContactId(Uuid::from_u128(0xa2));
pub(crate) const REPLICA: ReplicaId = ReplicaId(Uuid::from_u128(0x81));

const fn staff(id: u128, role: Role, team: TeamId) -> Actor {
    Actor { staff: StaffId(Uuid::from_u128(id)), role, team }
}

pub(crate) fn amira() -> StreamId {
    StreamId::child(Uuid::from_u128(0xc1))
}

pub(crate) fn other_child() -> StreamId {
    StreamId::child(Uuid::from_u128(0xc2))
}

pub(crate) fn haddads() -> StreamId {
    StreamId::family(Uuid::from_u128(0xf1))
}

pub(crate) fn north() -> StreamId {
    StreamId::team(NORTH)
}

pub(crate) fn audit() -> StreamId {
    StreamId::audit(Uuid::from_u128(0xad))
}

/// What the built-in library does not ask, with a card of its own.
/// Ten past ten on the day of the visit, in England.
pub(crate) fn morning() -> Timestamp {
    "2026-11-26T10:10:00Z".parse().expect("a timestamp")
}

pub(crate) fn salt() -> Salt {
    Salt([7; 16])
}

pub(crate) fn operation_id(n: u128) -> OperationId {
    // Shaped as UUIDv7, as the tablet makes them.
    OperationId(Uuid::from_u128(0x019a_c0de_0000_7000_8000_0000_0000_0000 + n))
}

pub(crate) fn presentation(n: u128) -> PresentationId {
    PresentationId(Uuid::from_u128(0x5100 + n))
}

/// As a tablet would write it, with the class of its kind.
pub(crate) fn operation(n: u128, payload: Payload) -> Operation {
    Operation {
        id: operation_id(n),
        stream: [amira(), haddads(), north(), StreamId::council(), audit()]
            .into_iter()
            .find(|stream| payload.belongs_in(stream.kind))
            .expect("one of them"),
        class: payload.class().unwrap_or(Class::Fact),
        captured_at: morning(),
        zone: "Europe/London".into(),
        payload,
    }
}

pub(crate) fn card(id: &str, words: &str) -> Card {
    Card { id: id.into(), symbol: id.into(), words: words.into() }
}

pub(crate) fn view(option: &str) -> ViewId {
    ViewId { capture: CAPTURE, option: option.into() }
}

pub(crate) fn registered() -> ChildRegistered {
    ChildRegistered {
        case_number: Some("4471203".into()),
        pronouns: Some("she/her".into()),
        languages: vec!["Arabic".into(), "English".into()],
        interpreter: Some("Arabic".into()),
        ..ChildRegistered::new(Name::new("Amira", "Haddad"), Birth::Born(date(2018, 3, 9)), NORTH)
    }
}

pub(crate) fn mum() -> PersonRecorded {
    PersonRecorded {
        responsibility: ParentalResponsibility::Held,
        language: Some("ar".into()),
        contact: Some("after five, by telephone".into()),
        orders: Some("Child arrangements order of 3 March 2025: lives with Mum.".into()),
        ..PersonRecorded::new(MUM, "Leila Haddad", "Mum")
    }
}

pub(crate) fn laid() -> Mat {
    Mat {
        options: vec![card("bus", "the bus"), card("taxi", "the taxi"), card("my-seat", "my seat")],
        scale: Scale { id: "like".into(), cells: vec![card("like", "like"), card("dont-like", "don't like")] },
        ends: Vec::new(),
        check: None,
    }
}

pub(crate) fn mat() -> CaptureStarted {
    CaptureStarted {
        visit: VISIT,
        capture: CAPTURE,
        question: Asked {
            id: "school-journey".into(),
            version: 1,
            topic: card("school-journey", "Going to school"),
            words: "How do you feel about…".into(),
            language: "en-GB".into(),
        },
        asking: Asking::Mat(laid()),
        layout: Layout {
            cells: Cells::Two,
            theme: Theme::Colour,
            order: Order::Random,
            input: Input::EyePointing,
            access: Settings::default(),
            alone: None,
            side: Side::Below,
            keyguard: false,
            another_way: None,
            last_time: None,
            options: None,
            switch_keys: Vec::new(),
            voice: None,
        },
    }
}

pub(crate) fn presented(n: u128, option: &Card) -> Payload {
    Payload::Presented(Presented {
        capture: CAPTURE,
        presentation: presentation(n),
        option: option.clone(),
        order: vec!["like".into(), "dont-like".into()],
        input: Input::EyePointing,
    })
}

pub(crate) fn answered(n: u128, option: &str, cell: &str) -> Payload {
    Payload::Answered(Answered {
        capture: CAPTURE,
        presentation: presentation(n),
        option: option.into(),
        cell: cell.into(),
        read_by: Some("Sade Okafor".into()),
        clarity: Some(Clarity::Clear),
        latency_ms: 4200,
        reached: None,
    })
}

fn slow_scan() -> Settings {
    let scan = ScanSettings { step_ms: 2_600, acceptance_ms: 300, ..ScanSettings::default() };
    Settings {
        scan,
        touch: TouchSettings { counts: TouchCounts::Held { ms: 800 }, ..Default::default() },
        ..Default::default()
    }
}

/// One switch: went in to the ways out, pressed once for nothing, and was just late.
fn scanned() -> Reached {
    let offered = |targets: &[&str], after_ms| Offered {
        targets: targets.iter().map(|target| (*target).to_owned()).collect(),
        after_ms,
    };
    Reached {
        offered: vec![
            offered(&["like", "dont-like"], 1_000),
            offered(&["stop", "skip"], 4_900),
            offered(&["stop"], 6_200),
        ],
        rests: 1,
        round: 1,
        press_ms: Some(2_700),
        was_late: true,
        was_kept: false,
        not_taken: vec![NotTaken { after_ms: 640, why: Why::NothingOffered }],
    }
}

pub(crate) fn moved(option: &str, from: &str, to: &str) -> Payload {
    Payload::Moved(Moved { capture: CAPTURE, option: option.into(), from: from.into(), to: to.into(), reached: None })
}

pub(crate) fn escaped(n: u128, which: Escape) -> Payload {
    Payload::Escaped(Escaped {
        capture: CAPTURE,
        presentation: Some(presentation(n)),
        which,
        chose: None,
        reached: None,
    })
}

pub(crate) fn sharing(not_tell: &[Audience]) -> SharingChosen {
    let not_tell: BTreeSet<_> = not_tell.iter().copied().collect();
    let all = [Audience::Family, Audience::School, Audience::SocialWorker];
    SharingChosen {
        capture: CAPTURE,
        may_tell: all.into_iter().filter(|who| !not_tell.contains(who)).collect(),
        not_tell,
        only: BTreeMap::new(),
        words: String::new(),
    }
}

pub(crate) fn how_given() -> HowGiven {
    HowGiven {
        capture: CAPTURE,
        mode: Input::EyePointing,
        read_by: Some("Sade Okafor".into()),
        clarity: Some(Clarity::Clear),
        support: Support::DeviceHeld,
        present: vec!["Mum".into()],
        options_chosen_by: OptionsChosenBy::Worker,
        seen: Seen::ParentPresent { why: "Amira wanted Mum to stay".into() },
    }
}

pub(crate) fn set(field: Field, value: &str, replaces: Option<OperationId>) -> Payload {
    Payload::SetField(SetField { field, value: value.into(), replaces, reason: None })
}

pub(crate) fn asks(words: &str, answers: &[ViewId]) -> ActionAdded {
    ActionAdded {
        action: ACTION,
        step: Step::WeWillAsk { words: words.into(), who: "Sade Okafor".into(), due: date(2026, 12, 11) },
        answers: answers.to_vec(),
        differs: None,
    }
}

pub(crate) fn outcome(outcome: Outcome) -> Payload {
    Payload::ActionOutcome(ActionOutcome { action: ACTION, outcome, on: TODAY })
}

pub(crate) fn submitted(version: u32) -> Payload {
    Payload::PlanSubmitted(PlanSubmitted { version })
}

pub(crate) fn decided(version: u32, outcome: DecisionOutcome) -> Payload {
    Payload::PlanDecided(PlanDecided {
        version,
        outcome,
        comment: "The seat is what matters to her. Ask for it by name.".into(),
    })
}

/// One of every kind of the catalogue, in its order.
pub(crate) fn one_of_each() -> Vec<Payload> {
    vec![
        Payload::ChildRegistered(registered()),
        Payload::PersonRecorded(mum()),
        Payload::FamilyRegistered(FamilyRegistered {
            name: "the Haddad family".into(),
            team: NORTH,
            staff: [SADE.staff].into(),
        }),
        Payload::ChildInFamily(ChildInFamily { child: amira() }),
        Payload::FamilyOf(FamilyOf { family: haddads() }),
        Payload::AddressRecorded(AddressRecorded { address: Address::Known("4 Mill Lane, Northtown".into()) }),
        Payload::ProfileSet(ProfileSet {
            profile: CommunicationProfile {
                theme: Theme::Calm,
                yes: "looks up".into(),
                no: "turns her head away".into(),
                notes: "Low sun from the window tires her.".into(),
                access: slow_scan(),
                ..CommunicationProfile::new(
                    "points with her eyes, two choices; worker reads",
                    Input::EyePointing,
                    Cells::Two,
                )
            },
        }),
        Payload::StaffAssigned(StaffAssigned {
            joint: [RUTH.staff].into(),
            note: Some("Sade knows the family; Ruth brings the signs.".into()),
            ..StaffAssigned::to([SADE.staff, TOM.staff, RUTH.staff])
        }),
        Payload::VisitPlanned(VisitPlanned {
            before_you_ring: "Side door; the bell wakes her brother.".into(),
            bring: "The tray that fits her chair.".into(),
            place: "school".into(),
            questions: vec!["school-journey".into()],
            ways: [("school-journey".to_owned(), "yes_no".to_owned())].into(),
            ..VisitPlanned::new(VISIT, TODAY, time(10, 0, 0, 0), SADE.staff)
        }),
        Payload::VisitCancelled(VisitCancelled { visit: VISIT, reason: "Amira is in hospital.".into() }),
        Payload::VisitStarted(VisitStarted {
            visit: VISIT,
            on: TODAY,
            present: vec![
                Present { person: Some(MUM), who: "Mum".into() },
                Present { person: None, who: "R. Gill, interpreter".into() },
            ],
            checks: vec!["glasses".into(), "position".into()],
            promise_told: Some("The escort has been asked; no answer yet.".into()),
        }),
        Payload::Assented(Assented {
            visit: VISIT,
            assent: Assent::Agreed,
            how: "Shown the tablet and the stop card".into(),
            signal: "looked up twice".into(),
        }),
        Payload::VisitEnded(VisitEnded { visit: VISIT }),
        Payload::VoiceAdded(VoiceAdded {
            voice: VOICE,
            visit: Some(VISIT),
            lane: Lane::Parent,
            person: Some(MUM),
            who: "Mum".into(),
            words: "She is worn out when she gets home.".into(),
            through: Some("R. Gill, Arabic".into()),
        }),
        Payload::NotGathered(NotGathered {
            visit: VISIT,
            capture: None,
            reason: NotGatheredReason::Unwell,
            words: "a long seizure this morning".into(),
            tried: "the mat, then songs she knows".into(),
            next: date(2026, 12, 3),
        }),
        Payload::CaseNoteCopied(CaseNoteCopied { visit: VISIT }),
        Payload::CaptureStarted(mat()),
        presented(1, &card("bus", "the bus")),
        answered(1, "bus", "like"),
        moved("bus", "like", "dont-like"),
        Payload::TakenBack(TakenBack { capture: CAPTURE, option: "my-seat".into(), reached: None }),
        Payload::LineDrawn(LineDrawn {
            capture: CAPTURE,
            presentation: presentation(1),
            line: Line { ink: Ink::Blue, points: vec![(120, 80), (140, 96)] },
        }),
        Payload::LineTakenBack(LineTakenBack { capture: CAPTURE, presentation: presentation(1) }),
        Payload::WordsTyped(WordsTyped {
            capture: CAPTURE,
            presentation: presentation(1),
            words: "the bus is lou".into(),
        }),
        Payload::Escaped(Escaped {
            capture: CAPTURE,
            presentation: Some(presentation(1)),
            which: Escape::SomethingElse,
            chose: Some(card("loud-noises", "loud noises")),
            reached: Some(scanned()),
        }),
        Payload::Paused(Paused {
            capture: CAPTURE,
            presentation: Some(presentation(1)),
            why: PauseReason::SomeoneCameIn,
        }),
        Payload::Reviewed(Reviewed {
            capture: CAPTURE,
            placements: vec![Placement { option: "bus".into(), cell: "dont-like".into() }],
        }),
        Payload::SharingChosen(sharing(&[Audience::Family])),
        Payload::CaptureEnded(CaptureEnded { capture: CAPTURE, by: EndedBy::Finished }),
        Payload::ChangeWanted(ChangeWanted { capture: CAPTURE, option: "bus".into(), not_after_all: false }),
        Payload::HowGiven(how_given()),
        Payload::InterpretationAdded(InterpretationAdded {
            capture: CAPTURE,
            words: "The noise more than the ride.".into(),
            other_explanations: "The early start; a seat that hurts.".into(),
        }),
        Payload::HarmLookedAt(HarmLookedAt {
            capture: CAPTURE,
            decision: HarmDecision::Unsure,
            words: "Card \"it hurts\", pointed to her left elbow, twice.".into(),
            involved: "She showed nobody.".into(),
            rang: true,
        }),
        Payload::HarmSeen(HarmSeen { capture: CAPTURE, words: "I ring school this afternoon.".into() }),
        Payload::ObservationStarted(ObservationStarted {
            observation: OBSERVATION,
            visit: VISIT,
            what: "music: the drum".into(),
            who: "Sade Okafor".into(),
            alertness: 7,
            posture: "in her chair, head supported".into(),
            health: "medicine at 12:30, which makes her sleepy".into(),
            pain: Pain::None,
        }),
        Payload::ObservationMarked(ObservationMarked { observation: OBSERVATION, mark: Mark::Smiles }),
        Payload::MarkTakenBack(MarkTakenBack { observation: OBSERVATION }),
        Payload::ObservationRead(ObservationRead {
            observation: OBSERVATION,
            who: "Mum".into(),
            behaviour: "Smiled three times, each while the drum played; frowned when it stopped.".into(),
            meaning: "She may want it to go on.".into(),
            otherwise: "The people who laughed; a fit beginning.".into(),
            confidence: Confidence::Some,
        }),
        set(Field::PlanAnalysis, "Getting to school costs her the morning.", Some(operation_id(1))),
        Payload::ActionAdded(asks("a front seat by the window", &[view("bus")])),
        outcome(Outcome::NotAgreed { why: "no seat on this route".into() }),
        submitted(1),
        decided(1, DecisionOutcome::Returned),
        Payload::CoverArranged(cover()),
        Payload::CoverEnded(CoverEnded { cover: COVER }),
        Payload::QuestionWritten(own_question()),
        Payload::QuestionDecided(QuestionDecided {
            question: QUESTION,
            version: 1,
            decision: QuestionDecision::Approved,
        }),
        Payload::QuestionPutAway(QuestionPutAway { question: QUESTION }),
        Payload::SettingsSet(SettingsSet {
            version: 1,
            council: "Northmoor Council".into(),
            telephones: vec![Telephone { who: "Duty line, day and night".into(), number: "0191 498 0142".into() }],
            reminders: Reminders::default(),
            hours: Hours { from: 7, until: 20 },
        }),
        Payload::Admit(Admit { seqs: vec![2, 3] }),
        Payload::Declined(Declined { seqs: vec![3], reason: "It is of another child.".into() }),
        proposed(4),
        Payload::RedactionDeclined(RedactionDeclined { seq: 4, reason: "It is about this child after all.".into() }),
        Payload::Redacted(Redacted { seq: 4 }),
        Payload::DuplicateOf(DuplicateOf { stream: other_child() }),
        Payload::NotDuplicateOf(NotDuplicateOf { stream: other_child() }),
        Payload::PaperMade(PaperMade { paper: Paper::Passport }),
        Payload::ContactWritten(contact(CONTACT)),
        Payload::ConcernWritten(ConcernWritten {
            contact: contact(CONCERN),
            safe_now: SafeNow::NotKnown,
            told: "Police at 02:20; the manager on call at 02:30.".into(),
        }),
        Payload::ContactSeen(ContactSeen { contact: CONTACT }),
        Payload::ConcernSeen(ConcernSeen { contact: CONCERN, words: "Strategy meeting at 11.".into() }),
        Payload::AuditWritten(audited()),
        Payload::AuditSeen(AuditSeen { words: "I will take it to the team.".into() }),
        Payload::AuditActionDone(AuditActionDone { action: AUDIT_ACTION, words: "Asked on 2 December.".into() }),
    ]
}
