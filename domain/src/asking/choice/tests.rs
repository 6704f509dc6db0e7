use std::collections::BTreeMap;

use super::*;
use crate::asking::{Asking, Step, next};
use crate::cast::*;
use crate::payload::Payload;
use crate::payload::capture::{CaptureStarted, Escape, Escaped};
use crate::payload::profile::{Cells, Input};
use crate::script::Script;
use crate::vocabulary::Vocabulary;

fn laid(count: usize, order: Order, mut lot: usize) -> Choice {
    let words = Vocabulary::built_in();
    let question = &words.questions[0];
    let profile = CommunicationProfile { order, ..CommunicationProfile::new("", Input::Touch, Cells::Two) };
    let options = question.cards.clone().into_iter().take(count).collect();
    Choice::laid(question, options, &profile, |below| {
        lot = lot * 31 + 7;
        lot % below
    })
}

/// Goes on from a set-up: in each round what `pick` says is chosen.
fn asked(choice: &Choice, pick: impl Fn(&Round) -> Option<usize>) -> Script {
    let mut script = Script::registered();
    script.sade([Payload::CaptureStarted(CaptureStarted { asking: Asking::Choice(choice.clone()), ..mat() })]);
    for (turn, round) in choice.rounds.iter().enumerate() {
        let turn = turn as u128 + 1;
        if let Some(place) = pick(round) {
            script.sade([presented(turn, &round.card), answered(turn, &round.card.id, &round.shown[place])]);
        }
    }
    script
}

fn wins(choice: &Choice, script: &Script) -> (Vec<(String, usize, usize)>, usize, usize) {
    let record = script.record();
    let preference = choice.preference(&record.captures[&CAPTURE]).expect("something was chosen");
    let order = preference.order.iter().map(|of| (of.picture.id.clone(), of.won, of.asked)).collect();
    (order, preference.same, preference.changed)
}

#[test]
fn each_picture_is_compared_with_each_and_none_keeps_its_side() {
    for lot in 0..50 {
        for (count, rounds) in [(2, 1), (3, 3), (4, 7), (9, 7)] {
            let choice = laid(count, Order::Random, lot);
            assert_eq!(choice.rounds.len(), rounds);
            let mut left: BTreeMap<&str, usize> = BTreeMap::new();
            for round in choice.rounds.iter().filter(|round| round.again.is_none()) {
                *left.entry(&round.shown[0]).or_default() += 1;
            }
            assert!(left.values().all(|times| *times <= 2), "{left:?}");
        }
    }
}

#[test]
fn the_first_is_asked_again_with_its_sides_swapped_after_three_others() {
    let choice = laid(4, Order::Random, 3);
    let (first, last) = (&choice.rounds[0], &choice.rounds[6]);
    assert_eq!(last.again.as_deref(), Some(first.card.id.as_str()));
    assert_eq!(last.shown, [first.shown[1].clone(), first.shown[0].clone()]);
    assert_ne!(last.card.id, first.card.id, "both answers are kept");
    assert!(laid(3, Order::Random, 3).rounds.iter().all(|round| round.again.is_none()), "only two others lie between");
}

#[test]
fn a_child_who_knows_what_they_want_has_an_order_and_says_the_same_again() {
    let choice = laid(4, Order::Fixed, 0);
    let likes = ["taxi", "bus", "car", "minibus"];
    let rank = |id: &str| likes.iter().position(|like| *like == id);
    let script = asked(&choice, |round| Some(usize::from(rank(&round.shown[1]) < rank(&round.shown[0]))));
    let (order, same, changed) = wins(&choice, &script);
    let expected = likes.iter().enumerate().map(|(place, id)| ((*id).to_owned(), 3 - place, 3)).collect::<Vec<_>>();
    assert_eq!((order, same, changed), (expected, 1, 0));
}

#[test]
fn a_child_who_always_takes_one_side_has_no_order_and_says_otherwise_when_asked_again() {
    let choice = laid(4, Order::Random, 9);
    let (order, same, changed) = wins(&choice, &asked(&choice, |_| Some(0)));
    assert!(order[0].1 <= 2, "{order:?}");
    assert_eq!((same, changed), (0, 1));
}

#[test]
fn what_was_left_is_not_counted_and_nothing_comes_of_nothing() {
    let choice = laid(3, Order::Fixed, 0);
    let first = choice.rounds[0].card.id.clone();
    let (order, ..) = wins(&choice, &asked(&choice, |round| (round.card.id == first).then_some(1)));
    assert_eq!(order.iter().map(|(_, won, asked)| (*won, *asked)).collect::<Vec<_>>(), [(1, 1), (0, 1)]);
    let nothing = asked(&choice, |_| None);
    assert_eq!(choice.preference(&nothing.record().captures[&CAPTURE]), None);
}

#[test]
fn something_else_is_written_down_and_the_choice_is_asked_again_but_after_a_sign_of_harm_no_repeat_is() {
    let choice = laid(4, Order::Fixed, 0);
    let brought = |id: &str, words: &str| {
        let mut script = Script::registered();
        script.sade([
            Payload::CaptureStarted(CaptureStarted { asking: Asking::Choice(choice.clone()), ..mat() }),
            presented(1, &choice.rounds[0].card),
            Payload::Escaped(Escaped {
                capture: CAPTURE,
                presentation: Some(presentation(1)),
                which: Escape::SomethingElse,
                chose: Some(card(id, words)),
                reached: None,
            }),
        ]);
        assert_eq!(next(&script.record().captures[&CAPTURE]), Step::Show(choice.rounds[0].card.clone()));
        for (turn, round) in (2..).zip(&choice.rounds[..6]) {
            script.sade([presented(turn, &round.card), answered(turn, &round.card.id, &round.shown[0])]);
        }
        next(&script.record().captures[&CAPTURE])
    };
    assert_eq!(brought("dog", "the dog"), Step::Show(choice.rounds[6].card.clone()));
    assert_eq!(brought("hurt", "it hurts"), Step::Review);
}
