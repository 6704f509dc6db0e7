use super::*;
use crate::asking::{Asking, Mat};
use crate::cast::*;
use crate::payload::Payload;
use crate::payload::capture::{CaptureStarted, HowGiven, Support};
use crate::payload::child::PersonRecorded;
use crate::payload::visit::{Lane, VisitStarted, VoiceAdded};
use crate::script::Script;

fn visited() -> Script {
    let mut script = Script::registered();
    script.sade([started(VISIT, TODAY)]);
    script
}

fn started(visit: VisitId, on: jiff::civil::Date) -> Payload {
    Payload::VisitStarted(VisitStarted { visit, on, present: vec![], checks: vec![], promise_told: None })
}

fn spoke(person: PersonId, visit: Option<VisitId>) -> Payload {
    Payload::VoiceAdded(VoiceAdded {
        voice: VOICE,
        visit,
        lane: Lane::Parent,
        person: Some(person),
        who: "Dad".into(),
        words: "He would rather drive her.".into(),
        through: None,
    })
}

fn dad(responsibility: ParentalResponsibility) -> Payload {
    Payload::PersonRecorded(PersonRecorded { responsibility, ..PersonRecorded::new(DAD, "Karim Haddad", "Dad") })
}

/// A mat of so many options: the first `same` in one cell, the others in the other.
fn placed(same: usize, all: usize) -> Script {
    let mut script = visited();
    let options: Vec<_> = (0..all).map(|n| card(&format!("option-{n}"), "something")).collect();
    script.sade([Payload::CaptureStarted(CaptureStarted {
        asking: Asking::Mat(Mat { options: options.clone(), ..laid() }),
        ..mat()
    })]);
    for (place, option) in options.iter().enumerate() {
        let n = u128::try_from(place).unwrap();
        let cell = if place < same { "like" } else { "dont-like" };
        script.sade([presented(n, option), answered(n, &option.id, cell)]);
    }
    script
}

fn has(script: &Script, wanted: &Prompt) -> bool {
    prompts(&script.record()).contains(wanted)
}

fn is_missing(script: &Script, who: PersonId) -> bool {
    prompts(&script.record())
        .iter()
        .any(|prompt| matches!(prompt, Prompt::VoiceMissing { person, .. } if *person == who))
}

#[test]
fn a_record_in_which_nothing_has_begun_prompts_for_nothing() {
    let mut script = Script::registered();
    script.sade([Payload::PersonRecorded(mum())]);
    assert_eq!(prompts(&script.record()), []);
}

#[test]
fn a_whole_plan_prompts_for_nothing() {
    let mut script = placed(1, 2);
    script.sade([
        Payload::PersonRecorded(mum()),
        spoke(MUM, Some(VISIT)),
        set(Field::PlanAnalysis, "What it means.", None),
        set(Field::PlanConsidered, "What else it could be.", None),
        set(Field::PlanDifference, "What we would do.", None),
        Payload::ActionAdded(asks("a front seat", &[view("option-0"), view("option-1")])),
        Payload::HowGiven(how_given()),
    ]);
    assert_eq!(prompts(&script.record()), []);
}

#[test]
fn views_that_no_action_answers_are_listed_in_the_order_of_placing() {
    let mut script = placed(2, 3);
    let all = ["option-0", "option-1", "option-2"].map(view);
    assert!(has(&script, &Prompt::ViewsWithoutAction(all.to_vec())));
    script.sade([Payload::ActionAdded(asks("a front seat", &[view("option-1")]))]);
    let rest = vec![view("option-0"), view("option-2")];
    assert!(has(&script, &Prompt::ViewsWithoutAction(rest)));
}

#[test]
fn whoever_holds_parental_responsibility_is_heard_at_the_last_visit_or_outside_one() {
    let later = VisitId(uuid::Uuid::from_u128(0x32));
    let mut script = visited();
    script.sade([dad(ParentalResponsibility::Held)]);
    assert!(is_missing(&script, DAD));
    script.sade([spoke(DAD, Some(VISIT))]);
    assert!(!is_missing(&script, DAD));
    script.sade([started(later, TODAY)]);
    assert!(is_missing(&script, DAD), "he was heard at an earlier visit only");
    script.sade([spoke(DAD, None)]);
    assert!(!is_missing(&script, DAD), "on the telephone");
}

#[test]
fn nobody_else_has_to_be_heard() {
    for responsibility in [ParentalResponsibility::NotHeld, ParentalResponsibility::NotKnown] {
        let mut script = visited();
        script.sade([dad(responsibility)]);
        assert!(!is_missing(&script, DAD));
    }
}

#[test]
fn a_missing_voice_that_the_plan_accounts_for_is_no_prompt() {
    let mut script = visited();
    script.sade([dad(ParentalResponsibility::Held)]);
    let first = script.by(SADE, set(Field::PlanMissingVoices, "Mum could not be reached.", None));
    assert!(is_missing(&script, DAD));
    script.sade([set(Field::PlanMissingVoices, "DAD works away: two calls, again on Monday.", Some(first))]);
    assert!(!is_missing(&script, DAD));
}

#[test]
fn empty_fields_are_prompted_for_and_blanks_are_empty() {
    let fields = [
        (Field::PlanAnalysis, Prompt::AnalysisEmpty),
        (Field::PlanConsidered, Prompt::NoOtherExplanation),
        (Field::PlanDifference, Prompt::DifferenceEmpty),
    ];
    for (field, prompt) in fields {
        let mut script = visited();
        assert!(has(&script, &prompt));
        let blank = script.by(SADE, set(field.clone(), "  \n", None));
        assert!(has(&script, &prompt));
        script.sade([set(field, "words", Some(blank))]);
        assert!(!has(&script, &prompt));
    }
}

#[test]
fn other_explanations_may_stand_beside_an_interpretation_instead() {
    let mut script = placed(1, 2);
    let meaning = one_of_each().into_iter().find(|payload| payload.kind() == "InterpretationAdded");
    script.sade(meaning);
    assert!(!has(&script, &Prompt::NoOtherExplanation));
}

#[test]
fn answers_that_are_nearly_all_alike_are_worth_a_look() {
    let lean = Prompt::Lean { capture: CAPTURE, lean: Lean::Answer };
    let flagged = |same, all| has(&placed(same, all), &lean);
    assert!(flagged(6, 6));
    assert!(!flagged(5, 6));
    assert!(!flagged(0, 0));
}

#[test]
fn a_child_who_moved_things_has_looked_at_the_places() {
    let mut script = placed(6, 6);
    script.sade([moved("option-0", "like", "dont-like")]);
    assert!(!has(&script, &Prompt::Lean { capture: CAPTURE, lean: Lean::Answer }));
}

#[test]
fn hand_over_hand_is_named_and_other_help_is_not() {
    for (support, expected) in
        [(Support::None, false), (Support::DeviceHeld, false), (Support::Prompts, false), (Support::HandOverHand, true)]
    {
        let mut script = placed(1, 2);
        script.sade([Payload::HowGiven(HowGiven { support, ..how_given() })]);
        assert_eq!(has(&script, &Prompt::HandOverHand { capture: CAPTURE }), expected);
    }
}

#[test]
fn a_field_with_two_values_asks_for_a_person() {
    let mut script = visited();
    let conflict = Prompt::FieldConflict(Field::PlanTitle);
    script.sade([set(Field::PlanTitle, "Getting to school", None)]);
    assert!(!has(&script, &conflict));
    let other = script.by(SADE, set(Field::PlanTitle, "School transport", None));
    assert!(has(&script, &conflict));
    script.sade([set(Field::PlanTitle, "Getting to school", Some(other))]);
    assert!(!has(&script, &conflict));
}

#[test]
fn who_asks_for_an_advocate_is_told_of_until_an_action_that_stands_answers_it() {
    let asked = Prompt::AdvocateAsked { capture: CAPTURE };
    let speaks = card("speak-for-me", "someone to speak for me");
    let mat_with = |cell: &str| {
        let mut script = visited();
        let asking = Asking::Mat(Mat { options: vec![speaks.clone()], ..laid() });
        script.sade([Payload::CaptureStarted(CaptureStarted { asking, ..mat() })]);
        script.sade([presented(1, &speaks), answered(1, "speak-for-me", cell)]);
        script
    };
    assert!(!has(&mat_with("dont-like"), &asked));
    let mut script = mat_with("like");
    assert!(has(&script, &asked));
    script.sade([Payload::ActionAdded(asks("a front seat", &[view("bus")]))]);
    assert!(has(&script, &asked), "another action answers it not");
    let mut by_view = script.clone();
    by_view.sade([Payload::ActionAdded(crate::payload::plan::ActionAdded {
        action: crate::id::ActionId(uuid::Uuid::from_u128(0x72)),
        ..asks("somebody for her", &[view("speak-for-me")])
    })]);
    assert!(!has(&by_view, &asked));
    let mut by_name = mat_with("like");
    by_name.sade([Payload::ActionAdded(asks("an advocate from Voices", &[view("bus")]))]);
    assert!(!has(&by_name, &asked));
    by_name.sade([outcome(Outcome::NotAgreed { why: "no one is free".into() })]);
    assert!(has(&by_name, &asked), "it fell through");
}

#[test]
fn what_the_child_wants_to_change_is_told() {
    let mut script = placed(1, 1);
    let option = "option-0".to_owned();
    let wanted =
        crate::payload::capture::ChangeWanted { capture: CAPTURE, option: option.clone(), not_after_all: false };
    script.sade([Payload::ChangeWanted(wanted)]);
    assert!(has(&script, &Prompt::ChangeWanted(vec![ViewId { capture: CAPTURE, option }])));
}

#[test]
fn an_open_action_that_answers_no_view_is_told_of_until_there_is_one() {
    let told = Prompt::ActionWithoutView { action: ACTION };
    let bus = card("bus", "the bus");
    let mut script = visited();
    script.sade([Payload::ActionAdded(asks("a front seat", &[view("bus")]))]);
    assert!(has(&script, &told), "the child said nothing yet");
    script.sade([Payload::CaptureStarted(mat()), presented(1, &bus), answered(1, "bus", "like")]);
    assert!(!has(&script, &told));
    let mut closed = visited();
    closed.sade([Payload::ActionAdded(asks("a front seat", &[view("bus")])), outcome(Outcome::Agreed)]);
    assert!(has(&closed, &told), "a promise is open");
    closed.sade([outcome(Outcome::Done)]);
    assert!(!has(&closed, &told), "it is over");
}

#[test]
fn answers_of_an_activity_that_is_not_here_are_counted_until_it_comes() {
    let bus = card("bus", "the bus");
    let mut script = Script::registered();
    script.sade([presented(1, &bus), answered(1, "bus", "like")]);
    assert!(has(&script, &Prompt::AnswersWithoutActivity { count: 1 }));
    assert!(script.record().views().next().is_none());
    script.sade([Payload::CaptureStarted(mat())]);
    assert!(!has(&script, &Prompt::AnswersWithoutActivity { count: 1 }));
    assert_eq!(script.record().views().count(), 1);
}
