use proptest::prelude::*;

use super::plan::PlanState;
use super::*;
use crate::cast::*;
use crate::payload::child::StaffAssigned;
use crate::payload::keeping::Admit;
use crate::payload::plan::DecisionOutcome;
use crate::payload::visit::VisitPlanned;
use crate::script::Script;

fn of_kind(kind: &str) -> Payload {
    one_of_each().into_iter().find(|payload| payload.kind() == kind).expect("a kind of the catalogue")
}

fn analysis(words: &str, replaces: Option<OperationId>) -> Payload {
    set(Field::PlanAnalysis, words, replaces)
}

fn admit(seqs: &[u64]) -> Payload {
    Payload::Admit(Admit { seqs: seqs.to_vec() })
}

#[test]
fn the_one_who_registers_a_child_is_the_first_to_be_allocated() {
    let standing = Script::registered().standing;
    assert_eq!(standing.access.team, Some(NORTH));
    assert_eq!(standing.access.assigned, [SADE.staff].into());
    assert_eq!(standing.child.map(|child| child.name.short()), Some("Amira H".into()));
}

#[test]
fn a_corrected_registration_changes_the_name_and_not_the_allocation() {
    let mut script = Script::registered();
    script.helen(Payload::StaffAssigned(StaffAssigned::to([TOM.staff])));
    let mut corrected = registered();
    corrected.name.given = "Ameera".into();
    script.helen(Payload::ChildRegistered(corrected));
    assert_eq!(script.standing.access.assigned, [TOM.staff].into());
    let child = script.standing.child.expect("registered");
    assert_eq!(child.name.given, "Ameera");
}

#[test]
fn a_plan_goes_from_draft_to_submitted_to_authorised_and_an_edit_opens_the_next_version() {
    let mut script = Script::registered();
    let at = |script: &Script| {
        let plan = &script.standing.plan;
        (plan.version, plan.state, plan.next_submission())
    };
    assert_eq!(at(&script), (1, PlanState::Draft, Some(1)));
    script.sade([of_kind("NotGathered"), submitted(1)]);
    assert_eq!(at(&script), (1, PlanState::Submitted, None));
    script.helen(decided(1, DecisionOutcome::Authorised));
    assert_eq!(at(&script), (1, PlanState::Authorised, None));
    assert!(script.standing.plan.authors.contains(&SADE.staff));
    script.sade([analysis("she said more", None)]);
    assert_eq!(at(&script), (2, PlanState::Draft, Some(2)));
    script.sade([Payload::ActionAdded(asks("a seat", &[view("bus")]))]);
    assert_eq!(at(&script), (2, PlanState::Draft, Some(2)), "still one draft");
}

#[test]
fn a_returned_plan_is_submitted_again_as_the_next_version_edited_or_not() {
    let mut script = Script::registered();
    script.sade([of_kind("NotGathered"), submitted(1)]);
    script.helen(decided(1, DecisionOutcome::Returned));
    assert_eq!(script.standing.plan.next_submission(), Some(2));
    let mut edited = script.clone();
    edited.sade([analysis("put better", None)]);
    assert_eq!(edited.standing.plan.next_submission(), Some(2));
    script.sade([submitted(2)]);
    let plan = &script.standing.plan;
    assert_eq!((plan.version, plan.state), (2, PlanState::Submitted));
}

#[test]
fn the_authors_of_a_returned_version_stay_its_authors() {
    let mut script = Script::registered();
    script.sade([analysis("hers", None), submitted(1)]);
    script.helen(decided(1, DecisionOutcome::Returned));
    script.helen(Payload::StaffAssigned(StaffAssigned::to([TOM.staff])));
    script.by(TOM, analysis("his", Some(operation_id(2))));
    assert_eq!(script.standing.plan.authors, [SADE.staff, TOM.staff].into());
}

#[test]
fn an_outcome_of_an_action_opens_no_new_version() {
    let mut script = Script::registered();
    script.sade([Payload::ActionAdded(asks("a seat", &[view("bus")])), submitted(1)]);
    script.helen(decided(1, DecisionOutcome::Authorised));
    script.sade([outcome(Outcome::Agreed), outcome(Outcome::Done)]);
    assert_eq!(script.standing.plan.state, PlanState::Authorised);
    assert!(script.standing.actions.is_empty(), "what is closed leaves");
}

#[test]
fn fault_27_one_person_editing_a_field_again_and_again_makes_no_conflict() {
    let mut script = Script::registered();
    let first = script.by(SADE, analysis("one", None));
    let second = script.by(SADE, analysis("two", Some(first)));
    script.by(SADE, analysis("three", Some(second)));
    assert!(!script.standing.plan_in_conflict());
}

#[test]
fn fault_26_two_values_that_replace_the_same_one_wait_for_a_person_who_saw_both() {
    let mut script = Script::registered();
    let first = script.by(SADE, analysis("one", None));
    script.by(SADE, analysis("two", Some(first)));
    let other = script.by(SADE, analysis("other", Some(first)));
    assert!(script.standing.plan_in_conflict());
    script.by(SADE, analysis("both together", Some(other)));
    assert!(!script.standing.plan_in_conflict());
}

#[test]
fn a_date_in_conflict_is_in_force_nowhere() {
    let mut script = Script::registered();
    let refer = |day: &str, replaces| set(Field::ReferralReceived, day, replaces);
    script.sade([refer("2026-11-02", None), refer("2026-11-09", None)]);
    let held = |script: &Script| script.standing.fields[&Field::ReferralReceived].clone();
    assert!(held(&script).in_conflict());
    assert_eq!(held(&script).date(), None);
    script.sade([refer("2026-11-09", Some(operation_id(3)))]);
    assert_eq!(held(&script).date(), "2026-11-09".parse().ok());
}

#[test]
fn a_held_registration_counts_for_its_author_once_it_is_admitted() {
    let mut script = Script::default();
    // Sade has moved to Coast since; her tablet does not know it yet.
    let moved = crate::Actor { team: COAST, ..SADE };
    script.by(moved, Payload::ChildRegistered(registered()));
    assert!(script.standing.child.is_none());
    assert_eq!(script.standing.held.authors(1), Some(&[SADE.staff].into()));
    script.by(TOM, Payload::ChildRegistered(registered()));
    script.by(HELEN, admit(&[1]));
    let standing = script.standing;
    assert!(standing.held.is_empty());
    assert_eq!(
        standing.access.assigned,
        [TOM.staff].into(),
        "the child was registered by then: the name changes, the allocation does not"
    );
}

#[test]
fn a_held_registration_that_is_admitted_first_allocates_its_author() {
    let mut standing = Standing::default();
    let of = |n, payload| Ok(operation(n, payload));
    let registration = of(1, Payload::ChildRegistered(registered()));
    stand(&mut standing, 1, Verdict::Held, SADE.staff, &registration);
    assert_eq!(standing.access.team, None);
    let admitted = of(2, admit(&[1]));
    stand(&mut standing, 2, Verdict::Accepted, HELEN.staff, &admitted);
    assert_eq!(standing.access.team, Some(NORTH));
    assert_eq!(standing.access.assigned, [SADE.staff].into());
}

#[test]
fn a_held_beginning_takes_the_visit_off_the_plan_once_admitted() {
    let mut script = Script::registered();
    script.sade([of_kind("VisitPlanned")]);
    script.by(TOM, of_kind("VisitStarted"));
    assert!(script.standing.planned.contains_key(&VISIT));
    script.helen(admit(&[3]));
    assert!(!script.standing.planned.contains_key(&VISIT));
    assert!(script.standing.held.is_empty());
}

#[test]
fn a_held_body_that_cannot_be_read_waits_too_and_can_be_let_go() {
    let mut script = Script::registered();
    script.body(SADE, "half a bo".into());
    assert!(script.standing.held.contains(2));
    script.helen(admit(&[2]));
    assert!(script.standing.held.is_empty());
}

#[test]
fn what_is_refused_changes_nothing() {
    let mut script = Script::registered();
    let before = script.standing.clone();
    for kind in ["SetField", "ActionAdded", "PlanSubmitted", "VisitPlanned"] {
        script.by(TOM, of_kind(kind));
        assert_eq!(script.standing, before, "{kind}");
    }
}

#[test]
fn a_standing_survives_its_stored_form() {
    let mut script = Script::registered();
    script.by(TOM, Payload::ChildRegistered(registered()));
    script.by(TOM, of_kind("VisitStarted"));
    script.sade([
        of_kind("VisitPlanned"),
        Payload::ActionAdded(asks("a seat", &[view("bus")])),
        analysis("one", None),
        analysis("two", None),
        set(Field::ReferralReceived, "2026-11-02", None),
        set(Field::Other("plan.mood".into()), "of a newer version", None),
        submitted(1),
    ]);
    assert!(script.standing.held.contains(2) && script.standing.held.contains(3));
    let text = serde_json::to_string(&script.standing).unwrap();
    let read: Standing = serde_json::from_str(&text).unwrap();
    assert_eq!(read, script.standing);
}

#[test]
fn what_of_good_practice_is_there_follows_what_was_written() {
    use super::practice::Aspect::{self, *};
    let mut script = Script::registered();
    assert_eq!(script.standing.lacks(), Aspect::ALL);
    script.sade([of_kind("ProfileSet"), of_kind("VisitStarted"), of_kind("NotGathered")]);
    assert_eq!(script.standing.lacks(), [View, ParentVoice, Analysis, Difference, Authorised]);
    script.sade([Payload::CaptureStarted(mat()), of_kind("Answered"), of_kind("VoiceAdded"), of_kind("SetField")]);
    assert_eq!(script.standing.lacks(), [Difference, Authorised]);
    script.sade([set(Field::PlanAnalysis, " ", None)]);
    assert_eq!(script.standing.lacks(), [Analysis, Difference, Authorised], "words that nobody sees are none");
}

#[test]
fn a_thousand_captured_facts_leave_the_standing_as_it_was() {
    let mut script = Script::registered();
    script.sade([Payload::CaptureStarted(mat()), of_kind("Answered"), of_kind("VoiceAdded")]);
    let before = serde_json::to_string(&script.standing).unwrap();
    let facts = [
        "Presented",
        "Answered",
        "Moved",
        "TakenBack",
        "Escaped",
        "Paused",
        "Reviewed",
        "SharingChosen",
        "InterpretationAdded",
        "HarmLookedAt",
        "ObservationStarted",
        "ObservationMarked",
        "VoiceAdded",
        "NotGathered",
        "ContactWritten",
        "ConcernWritten",
    ];
    for kind in facts.into_iter().cycle().take(1_000) {
        script.sade([of_kind(kind)]);
    }
    assert_eq!(serde_json::to_string(&script.standing).unwrap(), before);
}

proptest! {
    #[test]
    fn planned_visits_leave_when_they_begin(order in proptest::collection::vec((0_u128..4, any::<bool>()), 0..24)) {
        let mut script = Script::registered();
        let mut ahead = std::collections::BTreeSet::new();
        for (n, begins) in order {
            let visit = crate::id::VisitId(uuid::Uuid::from_u128(n));
            let payload = match (begins, of_kind("VisitPlanned"), of_kind("VisitStarted")) {
                (false, Payload::VisitPlanned(planned), _) => {
                    ahead.insert(visit);
                    Payload::VisitPlanned(VisitPlanned { visit, ..planned })
                }
                (_, _, Payload::VisitStarted(mut started)) => {
                    ahead.remove(&visit);
                    started.visit = visit;
                    Payload::VisitStarted(started)
                }
                _ => unreachable!("found by its kind"),
            };
            script.sade([payload]);
        }
        prop_assert!(script.standing.planned.keys().eq(ahead.iter()));
    }
}
