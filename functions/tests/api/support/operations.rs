//! Things that happen.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::asking::{Asking, Mat};
use domain::id::{CaptureId, OperationId, PresentationId, StreamId, TeamId, ViewId, VisitId, VoiceId};
use domain::operation::{Body, Salt};
use domain::payload::capture::{
    Answered, CaptureEnded, CaptureStarted, EndedBy, HowGiven, Layout, OptionsChosenBy, Placement, Presented, Reviewed,
    Seen, Support,
};
use domain::payload::child::{Birth, ChildRegistered, Name, StaffAssigned};
use domain::payload::keeping::{Admit, Declined, Redacted, RedactionProposed};
use domain::payload::plan::{ActionAdded, DecisionOutcome, Field, PlanDecided, PlanSubmitted, SetField, Step};
use domain::payload::profile::{Cells, CommunicationProfile, Input, Order};
use domain::payload::visit::{
    Assent, Assented, Lane, Paper, PaperMade, Present, VisitEnded, VisitPlanned, VisitStarted, VoiceAdded,
};
use domain::vocabulary::Vocabulary;
use domain::{Operation, Payload};
use jiff::civil::{date, time};
use uuid::Uuid;

use super::{NORTH, Who};

static NEXT: AtomicU64 = AtomicU64::new(1);

pub(crate) fn fresh() -> Uuid {
    Uuid::from_u128(NEXT.fetch_add(1, Ordering::Relaxed).into())
}

pub(crate) fn operation(stream: StreamId, payload: Payload) -> Operation {
    Operation {
        id: OperationId(fresh()),
        stream,
        class: payload.class().unwrap(),
        captured_at: "2026-11-23T08:59:00Z".parse().unwrap(),
        zone: "Europe/London".into(),
        payload,
    }
}

pub(crate) fn body(operation: &Operation) -> Body {
    operation.write(Salt([7; 16]))
}

pub(crate) fn registered(stream: StreamId) -> Operation {
    registered_to(stream, NORTH)
}

pub(crate) fn registered_to(stream: StreamId, team: TeamId) -> Operation {
    let name = Name::new("Amira", "Khan");
    let birth = Birth::Born(date(2018, 3, 9));
    operation(stream, Payload::ChildRegistered(ChildRegistered::new(name, birth, team)))
}

/// An allocation; those who are not of North are named as joint work.
pub(crate) fn assigned(stream: StreamId, staff: &[Who]) -> Operation {
    let joint = staff.iter().filter(|who| who.staff().team != NORTH).map(|who| who.staff().id).collect();
    let assigned = StaffAssigned { joint, ..StaffAssigned::to(staff.iter().map(|who| who.staff().id)) };
    operation(stream, Payload::StaffAssigned(assigned))
}

/// A fact.
pub(crate) fn voice(stream: StreamId, words: &str) -> Operation {
    operation(
        stream,
        Payload::VoiceAdded(VoiceAdded {
            voice: VoiceId(fresh()),
            visit: None,
            lane: Lane::Parent,
            person: None,
            who: "Mum".into(),
            words: words.into(),
            through: None,
        }),
    )
}

pub(crate) fn paper(stream: StreamId) -> Operation {
    operation(stream, Payload::PaperMade(PaperMade { paper: Paper::Passport }))
}

pub(crate) fn voices(stream: StreamId, count: usize) -> Vec<Operation> {
    (0..count).map(|nth| voice(stream, &format!("She loves the water, {nth}"))).collect()
}

/// The same, as if an hour had passed before each.
pub(crate) fn made_hours_apart(mut operations: Vec<Operation>) -> Vec<Operation> {
    for (operation, hour) in operations.iter_mut().zip(1_u128..) {
        operation.id = OperationId(Uuid::from_u128((hour * 3_600_000) << 80 | fresh().as_u128()));
    }
    operations
}

/// A request.
pub(crate) fn title(stream: StreamId, value: &str) -> Operation {
    set(stream, Field::PlanTitle, value)
}

/// A request about another field.
pub(crate) fn analysis(stream: StreamId, value: &str) -> Operation {
    set(stream, Field::PlanAnalysis, value)
}

/// A request about a third.
pub(crate) fn difference(stream: StreamId, value: &str) -> Operation {
    set(stream, Field::PlanDifference, value)
}

fn set(stream: StreamId, field: Field, value: &str) -> Operation {
    operation(stream, Payload::SetField(SetField { field, value: value.into(), replaces: None, reason: None }))
}

pub(crate) fn submitted(stream: StreamId, version: u32) -> Operation {
    operation(stream, Payload::PlanSubmitted(PlanSubmitted { version }))
}

pub(crate) fn authorised(stream: StreamId, version: u32) -> Operation {
    let comment = "I agree: swimming matters to her.".into();
    operation(stream, Payload::PlanDecided(PlanDecided { version, outcome: DecisionOutcome::Authorised, comment }))
}

pub(crate) fn admit(stream: StreamId, seqs: &[u64]) -> Operation {
    operation(stream, Payload::Admit(Admit { seqs: seqs.to_vec() }))
}

pub(crate) fn declined(stream: StreamId, seqs: &[u64], reason: &str) -> Operation {
    operation(stream, Payload::Declined(Declined { seqs: seqs.to_vec(), reason: reason.into() }))
}

/// One of two people who destroy words.
pub(crate) fn redaction_proposed(stream: StreamId, seq: u64) -> Operation {
    let reason = "It is about another child.".into();
    operation(stream, Payload::RedactionProposed(RedactionProposed { seq, kind: "VoiceAdded".into(), reason }))
}

/// The other one.
pub(crate) fn redacted(stream: StreamId, seq: u64) -> Operation {
    operation(stream, Payload::Redacted(Redacted { seq }))
}

pub(crate) fn planned(stream: StreamId, visit: VisitId) -> Operation {
    let by = Who::AssignedWorker.staff().id;
    operation(stream, Payload::VisitPlanned(VisitPlanned::new(visit, date(2026, 11, 24), time(10, 0, 0, 0), by)))
}

/// One visit with one mat: thirty operations or so, up to the submission of version 1.
pub(crate) fn whole_visit(stream: StreamId) -> Vec<Operation> {
    let visit = VisitId(fresh());
    let capture = CaptureId(fresh());
    let mut happened = vec![
        Payload::VisitStarted(VisitStarted {
            visit,
            on: date(2026, 11, 23),
            present: vec![Present { person: None, who: "Mum".into() }],
            checks: vec!["glasses".into()],
            promise_told: None,
        }),
        Payload::Assented(Assented {
            visit,
            assent: Assent::Agreed,
            how: "told and shown".into(),
            signal: "looked at the tablet".into(),
        }),
    ];
    let view = mat(&mut happened, visit, capture);
    happened.extend([
        Payload::HowGiven(HowGiven {
            capture,
            mode: Input::EyePointing,
            read_by: Some("S. Okafor".into()),
            clarity: None,
            support: Support::None,
            present: vec!["Mum".into()],
            options_chosen_by: OptionsChosenBy::Worker,
            seen: Seen::Alone,
        }),
        Payload::VisitEnded(VisitEnded { visit }),
        Payload::SetField(SetField { field: Field::PlanTitle, value: "Swimming".into(), replaces: None, reason: None }),
        Payload::ActionAdded(ActionAdded {
            action: domain::id::ActionId(fresh()),
            step: Step::WeWillAsk { words: "a lane".into(), who: "Sade".into(), due: date(2027, 1, 8) },
            answers: vec![view],
            differs: None,
        }),
        Payload::PlanSubmitted(PlanSubmitted { version: 1 }),
    ]);
    happened.into_iter().map(|payload| operation(stream, payload)).collect()
}

fn mat(happened: &mut Vec<Payload>, visit: VisitId, capture: CaptureId) -> ViewId {
    let words = Vocabulary::built_in();
    let question = &words.questions[0];
    let profile =
        CommunicationProfile { order: Order::Fixed, ..CommunicationProfile::new("", Input::EyePointing, Cells::Two) };
    let laid = Mat::laid(question, question.cards.clone(), &profile, |_| 0);
    let options = laid.options.clone();
    let order: Vec<String> = laid.scale.cells.iter().map(|cell| cell.id.clone()).collect();
    happened.push(Payload::CaptureStarted(CaptureStarted {
        visit,
        capture,
        question: words.asked(question),
        asking: Asking::Mat(laid),
        layout: Layout::by(&profile),
    }));
    let mut placements = Vec::new();
    for option in options.iter().cycle().take(11) {
        let presentation = PresentationId(fresh());
        let cell = order[0].clone();
        placements.push(Placement { option: option.id.clone(), cell: cell.clone() });
        happened.push(Payload::Presented(Presented {
            capture,
            presentation,
            option: option.clone(),
            order: order.clone(),
            input: Input::EyePointing,
        }));
        happened.push(Payload::Answered(Answered {
            capture,
            presentation,
            option: option.id.clone(),
            cell,
            read_by: None,
            clarity: None,
            latency_ms: 4_200,
            reached: None,
        }));
    }
    happened.push(Payload::Reviewed(Reviewed { capture, placements }));
    happened.push(Payload::CaptureEnded(CaptureEnded { capture, by: EndedBy::Finished }));
    ViewId { capture, option: options[0].id.clone() }
}

pub(crate) fn ids<'a>(operations: impl IntoIterator<Item = &'a Operation>) -> BTreeSet<OperationId> {
    operations.into_iter().map(|operation| operation.id).collect()
}
