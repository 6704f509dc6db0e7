use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::cast::*;
use crate::dates::FURTHEST_PLANNED_DAYS;
use crate::id::StaffId;
use crate::payload::child::{Birth, ChildRegistered, StaffAssigned};
use crate::payload::family::FamilyRegistered;
use crate::payload::keeping::{Admit, Declined, DuplicateOf, NotDuplicateOf};
use crate::payload::plan::{DecisionOutcome, Field};
use crate::payload::visit::{NotGathered, VisitCancelled, VisitPlanned, VisitStarted};
use crate::script::{Script, context};
use crate::standing::ActionState;

mod covering;
mod dates;
mod keeping;
mod permission;

/// Amira's record with a plan under way: an open action, a fact held by Tom at seq 2.
fn under_way() -> Script {
    let mut script = Script::registered();
    script.by(TOM, Payload::PersonRecorded(mum()));
    script.sade([Payload::ActionAdded(asks("a front seat", &[view("bus")]))]);
    script
}

/// The Haddads' record, with Sade.
fn family() -> Script {
    let mut script = Script::default();
    script.sade([of_kind("FamilyRegistered")]);
    script
}

/// North, where Sade is to stand in for Tom.
fn covered() -> Script {
    let mut script = Script::default();
    script.helen(Payload::CoverArranged(cover()));
    script
}

/// An audit of a record of North, with something for Sade to do.
fn audited_record() -> Script {
    let mut script = Script::default();
    script.in_stream(audit(), AUDITOR, of_kind("AuditWritten"));
    script
}

fn code(judgement: &Judgement) -> Option<&str> {
    judgement.code.as_ref().map(Code::as_str)
}

fn assert_refused(script: &Script, actor: Actor, payload: Payload, code: Code) {
    let judgement = script.try_by(actor, payload);
    assert_eq!(judgement, Judgement::against(Class::Request, code));
}

fn assert_accepted(script: &Script, actor: Actor, payload: Payload) {
    assert_eq!(script.try_by(actor, payload), Judgement::ACCEPTED);
}

fn of_kind(kind: &str) -> Payload {
    one_of_each().into_iter().find(|payload| payload.kind() == kind).expect("a kind of the catalogue")
}

/// A record in which this payload fits, and who may do it.
fn where_it_fits(kind: &str) -> (Script, Actor, Payload) {
    let mut script = under_way();
    let payload = of_kind(kind);
    match kind {
        "ChildRegistered" | "FamilyRegistered" => (Script::default(), SADE, payload),
        "ChildInFamily" | "AddressRecorded" => (family(), SADE, payload),
        "CoverArranged" | "CoverEnded" => (covered(), HELEN, payload),
        "QuestionDecided" => {
            let mut script = covered();
            script.in_stream(north(), SADE, of_kind("QuestionWritten"));
            (script, HELEN, payload)
        }
        "QuestionPutAway" => {
            script.sade([of_kind("QuestionWritten")]);
            (script, SADE, payload)
        }
        "SettingsSet" => (permission::council(), ADMINISTRATOR, payload),
        "AuditWritten" => (Script::default(), AUDITOR, payload),
        "AuditSeen" | "AuditActionDone" => (audited_record(), HELEN, payload),
        "StaffAssigned" => (script, HELEN, payload),
        "Redacted" | "RedactionDeclined" => {
            script.sade([proposed(4)]);
            (script, HELEN, payload)
        }
        "VisitCancelled" => {
            script.sade([of_kind("VisitPlanned")]);
            (script, SADE, payload)
        }
        "Admit" => (script, HELEN, Payload::Admit(Admit { seqs: vec![2] })),
        "NotDuplicateOf" => {
            script.sade([of_kind("DuplicateOf")]);
            (script, SADE, payload)
        }
        "Declined" => {
            (script, HELEN, Payload::Declined(Declined { seqs: vec![2], reason: "Of another child.".into() }))
        }
        "PlanDecided" => {
            script.sade([submitted(1)]);
            (script, HELEN, payload)
        }
        "HarmSeen" | "ConcernSeen" => (script, HELEN, payload),
        _ => (script, SADE, payload),
    }
}

fn is_registration(kind: &str) -> bool {
    matches!(kind, "ChildRegistered" | "FamilyRegistered")
}

#[test]
fn the_samples_name_every_kind_once_and_in_order() {
    let samples = one_of_each();
    let kinds: Vec<_> = samples.iter().map(Payload::kind).collect();
    let catalogue: Vec<_> = Payload::CATALOGUE.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, catalogue);
}

#[test]
fn every_kind_is_accepted_from_the_right_person_and_turned_away_from_a_stranger() {
    for (kind, class) in Payload::CATALOGUE {
        let (script, actor, payload) = where_it_fits(kind);
        assert_accepted(&script, actor, payload.clone());

        let (expected, expected_code) = match class {
            Class::Fact if is_registration(kind) => (Verdict::Held, "not_your_team"),
            Class::Fact => (Verdict::Held, "not_assigned"),
            Class::Request => (Verdict::Refused, "not_allowed"),
        };
        let judgement = script.try_by(RUTH, payload);
        assert_eq!(judgement.verdict, expected, "{kind}");
        assert_eq!(code(&judgement), Some(expected_code), "{kind}");
    }
}

#[test]
fn facts_are_never_refused_and_requests_never_held_whoever_sends_them() {
    let mut late = under_way();
    late.sade([submitted(1)]);
    let scripts = [Script::default(), Script::registered(), under_way(), late];
    let everyone = [SADE, TOM, RUTH, HELEN, IMRAN, DUTY, AUDITOR, ADMINISTRATOR];
    for script in &scripts {
        for payload in one_of_each() {
            for actor in everyone {
                let verdict = script.try_by(actor, payload.clone()).verdict;
                let never = match payload.class() {
                    Some(Class::Fact) => Verdict::Refused,
                    _ => Verdict::Held,
                };
                assert_ne!(verdict, never, "{} by {actor:?}", payload.kind());
            }
        }
    }
}

#[test]
fn every_column_gets_what_the_table_says_for_every_kind() {
    let columns = [SADE, TOM, RUTH, HELEN, IMRAN, DUTY, AUDITOR, ADMINISTRATOR];
    for (kind, class) in Payload::CATALOGUE {
        // The rules of these are about teams, the council, and a record that has no team yet: they have tests of their own.
        if is_registration(kind) || matches!(*kind, "SettingsSet" | "AuditWritten") {
            continue;
        }
        for (actor, relation) in columns.into_iter().zip(Relation::ALL) {
            let (script, _, payload) = where_it_fits(kind);
            assert_eq!(Relation::of(actor, &script.standing.access, &[]), relation);
            let allowed = match (*class, *kind) {
                (Class::Fact, "ContactWritten" | "ConcernWritten") if relation == Relation::Duty => true,
                (Class::Fact, _) => {
                    matches!(relation, Relation::AssignedWorker | Relation::TeamManager)
                }
                (
                    _,
                    "CoverArranged" | "CoverEnded" | "QuestionDecided" | "StaffAssigned" | "PlanDecided" | "HarmSeen"
                    | "ConcernSeen" | "Admit" | "Declined",
                ) => relation == Relation::TeamManager,
                (_, "AuditSeen") => relation == Relation::TeamManager,
                (_, "AuditActionDone") => matches!(relation, Relation::AssignedWorker | Relation::TeamManager),
                (_, "RedactionProposed") => matches!(relation, Relation::AssignedWorker | Relation::TeamManager),
                // Whoever proposed it takes it back.
                (_, "RedactionDeclined") if relation == Relation::AssignedWorker => true,
                (_, "Redacted" | "RedactionDeclined") => {
                    matches!(relation, Relation::TeamManager | Relation::OtherManager | Relation::Administrator)
                }
                (_, "DuplicateOf" | "NotDuplicateOf" | "ContactSeen") => {
                    matches!(relation, Relation::AssignedWorker | Relation::TeamManager)
                }
                _ => relation == Relation::AssignedWorker,
            };
            let judgement = script.try_by(actor, payload);
            let expected = match (allowed, *class) {
                (true, _) => Judgement::ACCEPTED,
                (false, Class::Fact) => Judgement::against(Class::Fact, Code::NotAssigned),
                (false, Class::Request) => Judgement::against(Class::Request, Code::NotAllowed),
            };
            assert_eq!(judgement, expected, "{kind} by {relation:?}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_held_as_a_fact_and_refused_as_a_request() {
    let script = under_way();
    let id = operation_id(99);
    let judged = |unreadable| judge(&script.standing, amira(), &Err(unreadable), &context(SADE));
    assert_eq!(judged(Unreadable::Envelope), Judgement::against(Class::Fact, Code::Unreadable));
    for class in [Class::Fact, Class::Request] {
        assert_eq!(judged(Unreadable::Data { id, class }), Judgement::against(class, Code::Unreadable));
    }
}

#[test]
fn an_unknown_kind_is_accepted_as_a_fact_and_refused_as_a_request() {
    let script = under_way();
    let unknown = Payload::Unknown { kind: "Dreamt".into() };
    assert_accepted(&script, SADE, unknown.clone());
    let mut request = script.next(unknown);
    request.class = Class::Request;
    assert_eq!(
        judge(&script.standing, amira(), &Ok(request), &context(SADE)),
        Judgement::against(Class::Request, Code::UnknownKind)
    );
}

#[test]
fn a_body_for_another_stream_or_with_a_false_class_is_mislabelled() {
    let script = under_way();
    let mut elsewhere = script.next(of_kind("VoiceAdded"));
    elsewhere.stream = StreamId::child(uuid::Uuid::from_u128(0xdead));
    let mut disguised = script.next(decided(1, DecisionOutcome::Authorised));
    disguised.class = Class::Fact;
    let mut demoted = script.next(of_kind("VoiceAdded"));
    demoted.class = Class::Request;
    for (operation, class) in [(elsewhere, Class::Fact), (disguised, Class::Fact), (demoted, Class::Request)] {
        assert_eq!(
            judge(&script.standing, amira(), &Ok(operation), &context(SADE)),
            Judgement::against(class, Code::Mislabelled)
        );
    }
}

#[test]
fn an_assessment_cannot_start_before_its_referral_whichever_date_is_typed_last() {
    let (early, late) = ("2026-11-02", "2026-11-09");
    let mut referred = Script::registered();
    referred.sade([set(Field::ReferralReceived, late, None)]);
    let start = |day: &str| set(Field::AssessmentStarted, day, None);
    assert_accepted(&referred, SADE, start(late));
    assert_refused(&referred, SADE, start(early), Code::AssessmentBeforeReferral);

    let mut begun = Script::registered();
    begun.sade([start(early)]);
    let refer = |day: &str| set(Field::ReferralReceived, day, None);
    assert_accepted(&begun, SADE, refer(early));
    assert_refused(&begun, SADE, refer(late), Code::AssessmentBeforeReferral);
}

#[test]
fn a_typed_date_is_a_date_in_one_spelling_and_has_come() {
    let script = Script::registered();
    let refer = |text: &str| set(Field::ReferralReceived, text, None);
    for wrong in ["", "26 November", "2026-02-30", "20261126", "2026-11-26T09:00"] {
        assert_refused(&script, SADE, refer(wrong), Code::NotADate);
    }
    assert_accepted(&script, SADE, refer("2026-11-26"));
    assert_refused(&script, SADE, refer("2026-11-27"), Code::DateInFuture);
}

#[test]
fn a_visit_or_an_action_is_planned_at_most_a_year_ahead() {
    let script = Script::registered();
    let visit = |on| {
        let Payload::VisitPlanned(planned) = of_kind("VisitPlanned") else {
            unreachable!("found by its kind");
        };
        Payload::VisitPlanned(VisitPlanned { on, ..planned })
    };
    let action = |due| {
        Payload::ActionAdded(ActionAdded {
            step: Step::WeWillAsk { words: "a seat".into(), who: "Sade".into(), due },
            ..asks("", &[view("bus")])
        })
    };
    let last = TODAY.saturating_add(FURTHEST_PLANNED_DAYS.days());
    let beyond = last.saturating_add(1.day());
    assert_accepted(&script, SADE, visit(last));
    assert_refused(&script, SADE, visit(beyond), Code::DateTooFar);
    assert_refused(&script, SADE, visit(date(3026, 11, 26)), Code::DateTooFar);
    assert_accepted(&script, SADE, action(last));
    assert_refused(&script, SADE, action(beyond), Code::DateTooFar);
}

#[test]
fn only_a_visit_that_is_planned_and_not_begun_is_cancelled_and_with_a_reason() {
    let mut script = Script::registered();
    let cancel = || of_kind("VisitCancelled");
    assert_refused(&script, SADE, cancel(), Code::UnknownVisit);
    script.sade([of_kind("VisitPlanned")]);
    assert_accepted(&script, SADE, cancel());
    let silent = Payload::VisitCancelled(VisitCancelled { visit: VISIT, reason: " \u{200B}".into() });
    assert_refused(&script, SADE, silent, Code::ReasonRequired);
    let mut begun = script.clone();
    begun.sade([of_kind("VisitStarted")]);
    assert_refused(&begun, SADE, cancel(), Code::UnknownVisit);
    script.sade([cancel()]);
    assert_refused(&script, SADE, cancel(), Code::UnknownVisit);
    // What was called off can be planned again.
    script.sade([of_kind("VisitPlanned")]);
    assert_accepted(&script, SADE, cancel());
}

#[test]
fn an_action_answers_a_view_or_says_why_it_differs() {
    let script = Script::registered();
    let with = |step: Option<Step>, answers: bool, differs: Option<&str>| {
        let asks = asks("a front seat", &[view("bus")]);
        Payload::ActionAdded(ActionAdded {
            step: step.unwrap_or(asks.step),
            answers: if answers { asks.answers } else { vec![] },
            differs: differs.map(str::to_owned),
            action: asks.action,
        })
    };
    assert_accepted(&script, SADE, with(None, true, None));
    assert_accepted(&script, SADE, with(None, false, Some("her doctor asks")));
    assert_refused(&script, SADE, with(None, false, Some("  ")), Code::NoViewAndNoReason);
    assert_refused(&script, SADE, with(Some(Step::NoAction), true, None), Code::ReasonRequired);
    assert_accepted(&script, SADE, with(Some(Step::NoAction), true, Some("it is so")));
    assert_refused(&script, SADE, Payload::ActionAdded(asks(" ", &[view("bus")])), Code::WordsRequired);
}

#[test]
fn an_action_goes_from_asked_to_agreed_to_done_and_never_otherwise() {
    let why = |why: &str| why.to_owned();
    let mut script = under_way();
    assert_refused(&script, SADE, outcome(Outcome::Done), Code::WrongState);
    assert_refused(&script, SADE, outcome(Outcome::NotAgreed { why: why(" ") }), Code::ReasonRequired);
    assert_accepted(&script, SADE, outcome(Outcome::NotAgreed { why: why("no bus") }));
    let tomorrow = Payload::ActionOutcome(ActionOutcome {
        action: ACTION,
        outcome: Outcome::Agreed,
        on: TODAY.saturating_add(1.day()),
    });
    assert_refused(&script, SADE, tomorrow, Code::DateInFuture);

    script.sade([outcome(Outcome::Agreed)]);
    assert_eq!(script.standing.actions.get(&ACTION), Some(&ActionState::Agreed));
    assert_refused(&script, SADE, outcome(Outcome::Agreed), Code::WrongState);
    assert_refused(&script, SADE, outcome(Outcome::NotDone { why: why("") }), Code::ReasonRequired);
    script.sade([outcome(Outcome::Done)]);
    assert_refused(&script, SADE, outcome(Outcome::Done), Code::UnknownAction);
}

#[test]
fn a_plan_in_which_nothing_is_written_is_not_submitted() {
    let empty = Script::registered();
    assert_refused(&empty, SADE, submitted(1), Code::NothingToDecide);
    let mut titled = empty.clone();
    titled.sade([set(Field::PlanTitle, "Getting to school", None)]);
    titled.sade([set(Field::PlanAnalysis, " \u{200B}", None)]);
    assert_refused(&titled, SADE, submitted(1), Code::NothingToDecide);
    let contents = [
        vec![set(Field::PlanAnalysis, "The journey costs her the morning.", None)],
        vec![Payload::ActionAdded(asks("a front seat", &[view("bus")]))],
        vec![of_kind("NotGathered")],
        vec![Payload::CaptureStarted(mat()), presented(1, &card("bus", "the bus")), answered(1, "bus", "like")],
    ];
    for content in contents {
        let mut script = empty.clone();
        script.sade(content);
        assert_accepted(&script, SADE, submitted(1));
    }
}

#[test]
fn a_plan_is_submitted_at_its_present_version_and_without_open_conflicts() {
    let mut script = under_way();
    assert_refused(&script, SADE, submitted(2), Code::StaleVersion);
    assert_accepted(&script, SADE, submitted(1));

    let mut torn = script.clone();
    torn.sade([set(Field::PlanAnalysis, "the noise", None), set(Field::PlanAnalysis, "the early start", None)]);
    assert_refused(&torn, SADE, submitted(1), Code::ConflictOpen);

    script.sade([submitted(1)]);
    assert_refused(&script, SADE, submitted(1), Code::WrongState);
}

#[test]
fn a_decision_is_bound_to_the_version_and_needs_a_comment() {
    let mut script = under_way();
    let decide = |version| decided(version, DecisionOutcome::Authorised);
    assert_refused(&script, HELEN, decide(1), Code::WrongState);
    script.sade([submitted(1)]);
    assert_refused(&script, HELEN, decide(2), Code::StaleVersion);
    for outcome in [DecisionOutcome::Authorised, DecisionOutcome::Returned] {
        let silent = Payload::PlanDecided(PlanDecided { version: 1, outcome, comment: " ".into() });
        assert_refused(&script, HELEN, silent, Code::CommentRequired);
        assert_accepted(&script, HELEN, decided(1, outcome));
    }
}

#[test]
fn an_edit_while_submitted_makes_a_decision_on_the_earlier_version_stale() {
    let mut script = under_way();
    script.sade([submitted(1), set(Field::PlanAnalysis, "on second thoughts", None)]);
    let decide = |version| decided(version, DecisionOutcome::Authorised);
    assert_refused(&script, HELEN, decide(1), Code::StaleVersion);
    assert_refused(&script, HELEN, decide(2), Code::WrongState);
    script.sade([submitted(2)]);
    assert_accepted(&script, HELEN, decide(2));
}

#[test]
fn nobody_decides_on_work_of_their_own() {
    let mut script = under_way();
    // A worker who writes the plan and is then made manager of the same team.
    let promoted = Actor { role: crate::Role::Manager, ..SADE };
    script.sade([submitted(1)]);
    let decide = decided(1, DecisionOutcome::Authorised);
    assert_refused(&script, promoted, decide.clone(), Code::OwnWork);
    assert_accepted(&script, HELEN, decide);
}

#[test]
fn nobody_admits_a_fact_of_their_own_and_only_held_ones_are_admitted() {
    let script = under_way();
    let admit = |seqs: &[u64]| Payload::Admit(Admit { seqs: seqs.to_vec() });
    assert_accepted(&script, HELEN, admit(&[2]));
    assert_refused(&script, HELEN, admit(&[1]), Code::NotHeld);
    assert_refused(&script, HELEN, admit(&[2, 9]), Code::NotHeld);
    let promoted = Actor { role: crate::Role::Manager, ..TOM };
    assert_refused(&script, promoted, admit(&[2]), Code::OwnWork);
}

/// The tests above reach every code, and those of dates every cell of their table; this one fails when a code is added
/// without one.
#[test]
fn every_code_of_the_catalogue_is_named_by_a_test_above_or_by_the_table_of_dates() {
    let source = [
        include_str!("tests.rs"),
        include_str!("tests/permission.rs"),
        include_str!("tests/covering.rs"),
        include_str!("tests/keeping.rs"),
        include_str!("../dates/table.rs"),
        include_str!("../text.rs"),
        include_str!("../library/tests.rs"),
        // What became of a declined fact is told by the record.
        include_str!("../record/tests/folding.rs"),
    ]
    .concat();
    for code in Code::ALL {
        let named = source.contains(&format!("Code::{code:?}")) || source.contains(&format!("\"{}\"", code.as_str()));
        assert!(named, "{code:?}");
    }
}

proptest! {
    #[test]
    fn the_devices_clock_changes_no_verdict(
        seconds in -315_360_000_i64..315_360_000,
        place in 0..Payload::CATALOGUE.len(),
        zone in "[A-Z][a-z]{2,8}/[A-Z][a-z]{2,8}",
    ) {
        let (kind, _) = Payload::CATALOGUE[place];
        let (script, actor, payload) = where_it_fits(kind);
        for actor in [actor, RUTH] {
            let plain = script.next(payload.clone());
            let mut skewed = plain.clone();
            skewed.captured_at += seconds.seconds();
            skewed.zone.clone_from(&zone);
            let judged = |operation| {
                judge(&script.standing, amira(), &Ok(operation), &context(actor))
            };
            prop_assert_eq!(judged(plain), judged(skewed));
        }
    }
}
