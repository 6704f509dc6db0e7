use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::asking::{Asking, Kind, Mat};
use crate::cast::*;
use crate::id::ViewId;
use crate::payload::Payload;
use crate::payload::capture::{
    CaptureEnded, CaptureStarted, EndedBy, Escape, Escaped, HowGiven, InterpretationAdded, Presented, Seen,
    SharingChosen, Support,
};
use crate::payload::plan::{ActionAdded, DecisionOutcome, Outcome, Step};
use crate::payload::profile::{Cells, CommunicationProfile, Input, Order};
use crate::payload::visit::{Assent, Assented, Present};
use crate::script::Script;
use crate::vocabulary::Vocabulary;

mod councils_own;

const FOOD: CaptureId = CaptureId(uuid::Uuid::from_u128(0x42));

fn names(staff: StaffId) -> String {
    let known = [(SADE, "Sade Okafor"), (HELEN, "Helen Marsh")];
    known
        .into_iter()
        .find(|(actor, _)| actor.staff == staff)
        .map_or_else(|| "a colleague".into(), |(_, name)| name.into())
}

fn note(script: &Script, reader: Reader) -> String {
    case_note(&script.record(), VISIT, reader, &names, date(2026, 11, 27))
}

fn of_kind(kind: &str) -> Payload {
    one_of_each().into_iter().find(|payload| payload.kind() == kind).expect("a kind of the catalogue")
}

/// A visit with one mat about going to school: placed, moved, brought, left, ended by the child.
fn school() -> Vec<Payload> {
    let brings = Payload::Escaped(Escaped {
        capture: CAPTURE,
        presentation: Some(presentation(2)),
        which: Escape::SomethingElse,
        chose: Some(card("loud-noises", "loud noises")),
        reached: None,
    });
    vec![
        Payload::CaptureStarted(mat()),
        presented(1, &card("bus", "the bus")),
        answered(1, "bus", "like"),
        presented(2, &card("taxi", "the taxi")),
        brings,
        presented(3, &card("loud-noises", "loud noises")),
        answered(3, "loud-noises", "dont-like"),
        of_kind("Paused"),
        presented(4, &card("taxi", "the taxi")),
        escaped(4, Escape::DontKnow),
        moved("bus", "like", "dont-like"),
        presented(5, &card("my-seat", "my seat")),
        escaped(5, Escape::Stop),
        Payload::SharingChosen(sharing(&[])),
        Payload::CaptureEnded(CaptureEnded { capture: CAPTURE, by: EndedBy::Child }),
        Payload::HowGiven(how_given()),
        of_kind("InterpretationAdded"),
        Payload::ActionAdded(asks("a seat at the front, by the window", &[view("bus")])),
    ]
}

/// A second mat, about food, that the child keeps from some people; given hand over hand.
fn food(not_tell: &[Audience], words: &str) -> Vec<Payload> {
    let shown = card("pasta", &format!("{words} pasta"));
    let mat = mat();
    vec![
        Payload::CaptureStarted(CaptureStarted {
            capture: FOOD,
            question: crate::payload::capture::Asked { topic: card("food", &format!("{words} food")), ..mat.question },
            asking: Asking::Mat(Mat { options: vec![shown.clone()], ..laid() }),
            ..mat
        }),
        Payload::Presented(Presented {
            capture: FOOD,
            presentation: presentation(9),
            option: shown,
            order: vec![],
            input: crate::payload::profile::Input::Touch,
        }),
        Payload::Answered(crate::payload::capture::Answered {
            capture: FOOD,
            presentation: presentation(9),
            option: "pasta".into(),
            cell: "like".into(),
            read_by: None,
            clarity: None,
            latency_ms: 900,
            reached: None,
        }),
        Payload::SharingChosen(SharingChosen { capture: FOOD, words: words.into(), ..sharing(not_tell) }),
        Payload::CaptureEnded(CaptureEnded { capture: FOOD, by: EndedBy::Finished }),
        Payload::HowGiven(HowGiven {
            capture: FOOD,
            mode: crate::payload::profile::Input::Touch,
            read_by: None,
            clarity: None,
            support: Support::HandOverHand,
            seen: Seen::WithSupporter { who: format!("{words} helper") },
            ..how_given()
        }),
        Payload::InterpretationAdded(InterpretationAdded {
            capture: FOOD,
            words: format!("{words} meaning"),
            other_explanations: format!("{words} explanation"),
        }),
        Payload::ActionAdded(ActionAdded {
            action: crate::id::ActionId(uuid::Uuid::from_u128(0x72)),
            differs: Some(format!("{words} differs")),
            ..asks(&format!("{words} asked"), &[ViewId { capture: FOOD, option: "pasta".into() }])
        }),
    ]
}

fn around(captures: Vec<Payload>) -> Script {
    let mut script = Script::registered();
    script.sade([of_kind("VisitStarted"), of_kind("Assented")]);
    script.sade(captures);
    script.sade([of_kind("VoiceAdded"), of_kind("NotGathered"), of_kind("VisitEnded")]);
    script
}

fn told() -> Script {
    let mut lines = school();
    lines.push(Payload::SharingChosen(SharingChosen { words: "not Nani".into(), ..sharing(&[Audience::Family]) }));
    lines.extend(food(&[Audience::School], "school"));
    around(lines)
}

#[test]
fn the_council_gets_the_whole() {
    insta::assert_snapshot!(note(&told(), Reader::Council));
}

#[test]
fn school_gets_what_the_child_let_school_know() {
    insta::assert_snapshot!(note(&told(), Reader::School));
}

#[test]
fn the_family_gets_what_the_child_let_the_family_know() {
    insta::assert_snapshot!(note(&told(), Reader::Family));
}

#[test]
fn a_visit_nobody_has_heard_of_gives_an_empty_note() {
    let record = Script::registered().record();
    assert_eq!(case_note(&record, VISIT, Reader::Council, &names, TODAY), "");
}

#[test]
fn without_limits_there_is_no_line_about_them() {
    let unasked = school().into_iter().filter(|payload| !matches!(payload, Payload::SharingChosen(_))).collect();
    let text = note(&around(unasked), Reader::Council);
    assert!(text.starts_with("Case note: Amira Haddad, aged 8, case 4471203\n"), "{text}");
    assert!(text.contains("Amira has not said who may see this."));
    let limited = note(&told(), Reader::Council);
    assert!(limited.starts_with("Not to be shown to: family, school\n"), "{limited}");
}

#[test]
fn nothing_is_promised_that_is_not_agreed() {
    let with = |lines: Vec<Payload>| {
        let mut script = around(school());
        script.sade(lines);
        note(&script, Reader::Family)
    };
    let why = || "no driver".to_owned();
    let asked = with(vec![]);
    assert!(asked.contains(
        "→ we will ask: a seat at the front, by the window, Sade Okafor, by Friday 11 December 2026. Not agreed yet."
    ));
    let agreed = with(vec![outcome(Outcome::Agreed)]);
    assert!(agreed.contains("→ agreed on Thursday 26 November 2026: a seat"));
    let not = with(vec![outcome(Outcome::NotAgreed { why: why() })]);
    assert!(not.contains("Not agreed on Thursday 26 November 2026: no driver."));
    let done = with(vec![outcome(Outcome::Agreed), outcome(Outcome::Done)]);
    assert!(done.contains("→ done on Thursday 26 November 2026: a seat"));
    let undone = with(vec![outcome(Outcome::Agreed), outcome(Outcome::NotDone { why: why() })]);
    assert!(undone.contains("Not done, on Thursday 26 November 2026: no driver."));
    let asked_anew =
        with(vec![outcome(Outcome::Agreed), Payload::ActionAdded(asks("a taxi of her own", &[view("bus")]))]);
    assert!(asked_anew.contains("we will ask: a taxi of her own"), "{asked_anew}");
    for text in [&asked, &not, &asked_anew] {
        assert!(!text.contains("you will") && !text.contains("→ agreed"), "{text}");
    }
}

#[test]
fn no_action_says_why_it_differs() {
    let mut script = around(school());
    script.sade([Payload::ActionAdded(ActionAdded {
        step: Step::NoAction,
        differs: Some("There is one road to school.".into()),
        ..asks("", &[view("loud-noises")])
    })]);
    let text = note(&script, Reader::Family);
    assert!(
        text.contains(
            "You said loud noises: don't like (brought by the child) → no action. \
             Why this differs from what Amira said: There is one road to school."
        ),
        "{text}"
    );
}

#[test]
fn hand_over_hand_is_the_adults_account() {
    let text = note(&around(food(&[], "plain")), Reader::Council);
    assert!(text.contains("The adult's account, given hand over hand. It is not Amira's view."));
    assert!(text.contains("- By the adult's account, plain pasta: like →"));
    assert!(!text.contains("You said"));
}

#[test]
fn what_the_worker_makes_of_it_is_for_the_council_only() {
    let script = around(school());
    assert!(note(&script, Reader::Council).contains("The noise more than the ride."));
    for reader in [Reader::School, Reader::Family] {
        let text = note(&script, reader);
        assert!(!text.contains("The noise more than the ride."));
        assert!(!text.contains("WHAT THE WORKER THINKS"));
    }
}

#[test]
fn what_the_child_did_not_say_yes_to_is_for_the_council_alone() {
    let asked = |sharing: Option<SharingChosen>| {
        let unshared = school().into_iter().filter(|payload| !matches!(payload, Payload::SharingChosen(_)));
        around(unshared.chain(sharing.map(Payload::SharingChosen)).collect())
    };
    let only_school = SharingChosen { may_tell: [Audience::School].into(), ..sharing(&[]) };
    for (script, school_may) in [(asked(None), false), (asked(Some(only_school)), true)] {
        assert!(note(&script, Reader::Council).contains("loud noises"));
        assert!(!note(&script, Reader::Family).contains("loud noises"), "silence is no consent");
        assert_eq!(note(&script, Reader::School).contains("loud noises"), school_may);
    }
}

#[test]
fn what_the_child_lets_the_family_see_of_what_it_kept_is_all_they_read_of_it() {
    let only = [(Audience::Family, ["bus".to_owned()].into())].into();
    let part = Payload::SharingChosen(SharingChosen { only, ..sharing(&[Audience::Family]) });
    let unshared = school().into_iter().filter(|payload| !matches!(payload, Payload::SharingChosen(_)));
    let mut script = around(unshared.chain([part]).collect());
    script.sade([Payload::ActionAdded(asks("a seat at the front", &[view("bus")]))]);
    let family = note(&script, Reader::Family);
    let views = family.split("THE CHILD'S VIEWS").nth(1).unwrap().split("\n\n").next().unwrap();
    assert_eq!(views.lines().filter(|line| line.starts_with("- ")).count(), 1, "{views}");
    assert!(views.contains("- the bus"), "{views}");
    assert!(!family.contains("loud noises"));
    assert!(family.contains("a seat at the front"));
    assert!(note(&script, Reader::Council).contains("may not be told but of the bus"));
    // Whoever harms reads nothing of it, whatever was ticked.
    let hurt = Payload::SharingChosen(SharingChosen {
        only: [(Audience::Family, ["hurt".to_owned()].into())].into(),
        ..sharing(&[Audience::Family])
    });
    let shown = card("hurt", "it hurts");
    let harmed = around(vec![Payload::CaptureStarted(mat()), presented(1, &shown), answered(1, "hurt", "like"), hurt]);
    assert!(!note(&harmed, Reader::Family).contains("it hurts"));
}

#[test]
fn an_action_that_answers_a_kept_view_as_well_is_left_out() {
    let mut script = around([school(), food(&[Audience::Family], "secret")].concat());
    let both = [view("bus"), ViewId { capture: FOOD, option: "pasta".into() }];
    script.sade([Payload::ActionAdded(asks("what joins them", &both))]);
    assert!(!note(&script, Reader::Family).contains("what joins them"));
    assert!(note(&script, Reader::School).contains("what joins them"));
}

#[test]
fn words_outside_an_activity_are_kept_where_an_activity_is() {
    let aside = |lane| {
        let Payload::VoiceAdded(voice) = of_kind("VoiceAdded") else {
            unreachable!("found by its kind");
        };
        Payload::VoiceAdded(VoiceAdded {
            voice: crate::id::VoiceId(uuid::Uuid::from_u128(lane as u128)),
            lane,
            words: "an aside".into(),
            ..voice
        })
    };
    for (lane, kept) in [(Lane::Child, true), (Lane::Observation, true), (Lane::Professional, false)] {
        let mut open = around(school());
        open.sade([aside(lane)]);
        assert!(note(&open, Reader::Family).contains("an aside"));
        let mut limited = around(food(&[Audience::Family], "secret"));
        limited.sade([aside(lane)]);
        assert_eq!(!note(&limited, Reader::Family).contains("an aside"), kept, "{lane:?}");
        assert!(note(&limited, Reader::Council).contains("an aside"));
    }
}

#[test]
fn a_promise_of_an_earlier_visit_is_kept_where_something_of_it_is() {
    let later = VisitId(uuid::Uuid::from_u128(0x32));
    let Payload::VisitStarted(started) = of_kind("VisitStarted") else {
        unreachable!("found by its kind");
    };
    let mut script = around(food(&[Audience::Family], "secret"));
    script.sade([Payload::VisitStarted(VisitStarted { visit: later, ..started })]);
    let later = |reader| case_note(&script.record(), later, reader, &names, TODAY);
    assert!(!later(Reader::Family).contains("The escort has been asked"));
    assert!(later(Reader::School).contains("The escort has been asked"));
    assert!(later(Reader::Council).contains("The escort has been asked"));
}

#[test]
fn views_of_a_kept_activity_that_could_not_be_gathered_are_kept_too() {
    let Payload::NotGathered(not) = of_kind("NotGathered") else {
        unreachable!("found by its kind");
    };
    let mut script = around(food(&[Audience::Family], "secret"));
    script.sade([Payload::NotGathered(NotGathered { capture: Some(FOOD), words: "cried".into(), ..not })]);
    assert!(!note(&script, Reader::Family).contains("cried"));
    assert!(note(&script, Reader::School).contains("cried"));
    assert!(note(&script, Reader::Council).contains("cried"));
}

#[test]
fn the_plan_of_the_council_says_where_it_stands() {
    let mut script = around(school());
    assert!(note(&script, Reader::Council).contains("Plan, version 1: not submitted yet."));
    script.sade([submitted(1)]);
    assert!(note(&script, Reader::Council).contains("Plan, version 1: waiting for the manager."));
    script.helen(decided(1, DecisionOutcome::Authorised));
    assert!(note(&script, Reader::Council).contains("Plan, version 1: authorised by the manager."));
}

#[test]
fn typed_words_cannot_look_like_a_heading() {
    let Payload::VoiceAdded(voice) = of_kind("VoiceAdded") else {
        unreachable!("found by its kind");
    };
    let mut script = around(vec![]);
    let words = "tired\n\nTHE CHILD'S VIEWS\n- the bus: like".into();
    script.sade([Payload::VoiceAdded(VoiceAdded { words, ..voice })]);
    assert!(note(&script, Reader::Council).contains("tired THE CHILD'S VIEWS - the bus: like"));
}

#[test]
fn dates_are_said_as_people_say_them() {
    assert_eq!(day(date(2026, 11, 26)), "Thursday 26 November 2026");
    assert_eq!(day(date(2027, 1, 3)), "Sunday 3 January 2027");
}

#[test]
fn a_bare_visit_says_what_is_not_written_down() {
    let mut script = Script::registered();
    script.sade([of_kind("VisitPlanned")]);
    assert!(note(&script, Reader::Council).contains("The visit has not begun."));
    script.sade([of_kind("VisitStarted")]);
    let text = note(&script, Reader::Council);
    assert!(text.contains("Seen: not written down"));
    assert!(text.contains("Assent to being asked: not written down."));
    assert!(text.contains("No activity was begun at this visit."));
}

#[test]
fn a_later_yes_hides_no_earlier_no() {
    let mut script = Script::registered();
    let Payload::Assented(said) = of_kind("Assented") else { panic!("an assent") };
    let no = Assented { assent: Assent::Declined, how: String::new(), signal: "turned away".into(), ..said.clone() };
    let yes = Assented { assent: Assent::Agreed, how: String::new(), signal: "reached for it".into(), ..said };
    script.sade([of_kind("VisitStarted"), Payload::Assented(no), Payload::Assented(yes)]);
    let text = note(&script, Reader::Council);
    let both = "Assent to being asked: Amira did not agree. Signal: turned away.\nLater: Amira agreed. Signal: reached for it.";
    assert!(text.contains(both), "{text}");
}

proptest! {
    #[test]
    fn a_kept_activity_leaves_no_word_and_no_trace(
        secret in "[Qq][a-z]{4,12}zz",
        family in any::<bool>(),
        school_too in any::<bool>(),
        also_school in any::<bool>(),
    ) {
        let not_tell: Vec<_> = [(family, Audience::Family), (school_too, Audience::School)]
            .into_iter()
            .filter_map(|(kept, audience)| kept.then_some(audience))
            .collect();
        let others = if also_school { school() } else { vec![] };
        let with = around([others.clone(), food(&not_tell, &secret)].concat());
        let without = around(others);
        for (reader, audience) in [(Reader::Family, Audience::Family), (Reader::School, Audience::School)] {
            let text = note(&with, reader);
            if not_tell.contains(&audience) {
                prop_assert!(!text.contains(&secret), "{}", text);
                prop_assert_eq!(text, note(&without, reader));
            } else {
                prop_assert!(text.contains(&secret), "{}", text);
            }
        }
        prop_assert!(note(&with, Reader::Council).contains(&secret));
    }
}

#[test]
fn a_second_beginning_of_a_visit_stands_beside_the_first() {
    let mut script = around(school());
    let Payload::VisitStarted(started) = of_kind("VisitStarted") else {
        unreachable!("found by its kind");
    };
    let present = vec![Present { person: None, who: "Aunt Bev".into() }];
    script.by(HELEN, Payload::VisitStarted(VisitStarted { present, ..started }));
    let note = note(&script, Reader::Council);
    assert!(note.contains("R. Gill, interpreter"));
    assert!(note.contains("Begun again: Thursday 26 November 2026\nPresent: Helen Marsh, Aunt Bev"), "{note}");
}

/// The child brings a card, which is then shown.
fn brings(turn: u128, id: &str, words: &str) -> [Payload; 3] {
    let brought = Escaped {
        capture: CAPTURE,
        presentation: Some(presentation(turn)),
        which: Escape::SomethingElse,
        chose: Some(card(id, words)),
        reached: None,
    };
    [presented(turn, &card("bus", "the bus")), Payload::Escaped(brought), presented(turn + 1, &card(id, words))]
}

#[test]
fn what_was_given_without_the_tablet_says_with_what_and_when_it_was_written_down() {
    let mut started = mat();
    started.layout.another_way =
        Some(crate::payload::capture::GivenAnotherWay { means: crate::payload::capture::Means::Signs, later: true });
    let told =
        vec![Payload::CaptureStarted(started), presented(1, &card("bus", "the bus")), answered(1, "bus", "like")];
    let text = note(&around(told), Reader::Council);
    assert!(text.contains("Given without the tablet, with signs, written down later."), "{text}");
}

#[test]
fn what_the_child_brought_and_put_nowhere_is_told() {
    let mut told = vec![Payload::CaptureStarted(mat())];
    // Where pictures are compared, or the worker ends it, it is never shown.
    told.extend(brings(1, "dog", "the dog").into_iter().take(2));
    told.push(Payload::SharingChosen(sharing(&[])));
    let text = note(&around(told), Reader::Family);
    assert!(text.contains("- the dog: brought by the child\n"), "{text}");
}

#[test]
fn a_choice_is_told_with_what_was_chosen_most_often() {
    let words = Vocabulary::built_in();
    let question = &words.questions[0];
    let profile = CommunicationProfile::new("", Input::Touch, Cells::Two);
    let options = question.cards.clone().into_iter().take(2).collect();
    let asking = Kind::Choice.laid(question, options, &profile, |_| 0);
    let asked = asking.options()[0].clone();
    let taken = asking.shown(&asked.id)[0].id.clone();
    let script = around(vec![
        Payload::CaptureStarted(CaptureStarted { asking, ..mat() }),
        presented(1, &asked),
        answered(1, &asked.id, &taken),
    ]);
    let text = note(&script, Reader::Council);
    assert!(text.contains("Chosen, most often first: "), "{text}");
    assert!(text.contains("(1 of 1)") && text.contains("(0 of 1)"), "{text}");
}

#[test]
fn what_was_asked_once_more_is_one_line_and_no_answer() {
    let words = Vocabulary::built_in();
    let question = words.question("care").expect("it is in the library");
    let profile =
        CommunicationProfile { order: Order::Fixed, ..CommunicationProfile::new("", Input::Touch, Cells::Three) };
    let asking = Kind::Mat.laid(question, question.cards.clone(), &profile, |_| 0);
    let options: Vec<_> = asking.options().into_iter().cloned().collect();
    let mut steps = vec![Payload::CaptureStarted(CaptureStarted { asking, ..mat() })];
    for (turn, option) in (1..).zip(&options) {
        let place = ["like", "dont-like", "in-between"][usize::min(turn as usize - 1, 2)];
        steps.extend([presented(turn, option), answered(turn, &option.id, place)]);
    }
    for (turn, check) in [(20, "check-1"), (21, "check-2")] {
        steps.extend([presented(turn, &card(check, "one of these")), answered(turn, check, &options[0].id)]);
    }
    let text = note(&around(steps), Reader::Council);
    let (first, second) = (&options[0].words, &options[1].words);
    let line = format!(
        "Asked once more as a choice between {first} and {second}, and with the sides swapped: {first} both times"
    );
    assert!(text.contains(&line), "{text}");
    assert!(!text.contains("one of these"), "{text}");
}
