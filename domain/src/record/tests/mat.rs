//! A whole mat, step by step: what lies where, and what is shown next.

use crate::asking::{Step, next};
use crate::cast::*;
use crate::id::PresentationId;
use crate::payload::Payload;
use crate::payload::capture::{Audience, CaptureEnded, Card, EndedBy, Escape, Escaped, Placement, Reviewed, TakenBack};
use crate::record::capture::Capture;
use crate::script::Script;

/// A mat under way; after every line a reload must show the same step.
struct Walk(Script);

impl Walk {
    fn begin() -> Walk {
        let mut script = Script::registered();
        script.sade([Payload::CaptureStarted(mat())]);
        Walk(script)
    }

    fn then(&mut self, payload: Payload) -> Step {
        let mut going_on = self.0.record();
        self.0.sade([payload]);
        going_on.fold(self.0.entries.last().unwrap());
        let step = next(&going_on.captures[&CAPTURE]);
        assert_eq!(step, next(&self.capture()), "after a reload");
        step
    }

    fn capture(&self) -> Capture {
        self.0.record().captures.remove(&CAPTURE).unwrap()
    }

    fn show(&mut self, n: u128, card: &Card) -> Step {
        self.then(presented(n, card))
    }
}

fn waiting(n: u128, option: &Card) -> Step {
    Step::Waiting { presentation: presentation(n), option: option.clone() }
}

fn cards() -> [Card; 3] {
    laid().options.try_into().expect("three options")
}

fn reviewed() -> Payload {
    Payload::Reviewed(Reviewed { capture: CAPTURE, placements: vec![] })
}

fn ended(by: EndedBy) -> Payload {
    Payload::CaptureEnded(CaptureEnded { capture: CAPTURE, by })
}

fn stop(presentation: Option<PresentationId>) -> Payload {
    Payload::Escaped(Escaped { capture: CAPTURE, presentation, which: Escape::Stop, chose: None, reached: None })
}

#[test]
fn a_whole_mat_goes_from_the_first_card_to_the_end() {
    let [bus, taxi, seat] = cards();
    let noises = card("loud-noises", "loud noises");
    let mut walk = Walk::begin();
    assert_eq!(next(&walk.capture()), Step::Show(bus.clone()));
    assert_eq!(walk.show(1, &bus), waiting(1, &bus));
    assert_eq!(walk.then(answered(1, "bus", "like")), Step::Show(taxi.clone()));
    assert_eq!(walk.show(2, &taxi), waiting(2, &taxi));

    let brings = Payload::Escaped(Escaped {
        capture: CAPTURE,
        presentation: Some(presentation(2)),
        which: Escape::SomethingElse,
        chose: Some(noises.clone()),
        reached: None,
    });
    assert_eq!(walk.then(brings), Step::Show(noises.clone()), "it comes next");
    walk.show(3, &noises);
    assert_eq!(
        walk.then(answered(3, "loud-noises", "dont-like")),
        Step::Show(taxi.clone()),
        "and the card that was left for it comes back"
    );
    walk.show(4, &taxi);
    assert_eq!(walk.then(escaped(4, Escape::DontKnow)), Step::Show(seat.clone()));
    walk.show(5, &seat);
    assert_eq!(walk.then(answered(5, "my-seat", "like")), Step::Review);
    assert_eq!(walk.then(moved("bus", "like", "dont-like")), Step::Review);
    assert_eq!(walk.then(reviewed()), Step::Sharing);
    let said = Payload::SharingChosen(sharing(&[Audience::Family]));
    assert_eq!(walk.then(said), Step::Finish);
    assert_eq!(walk.then(ended(EndedBy::Finished)), Step::Ended);

    let capture = walk.capture();
    let lies = |option: &str, cell: &str| Placement { option: option.into(), cell: cell.into() };
    assert_eq!(
        capture.where_all_lies(),
        [lies("bus", "dont-like"), lies("loud-noises", "dont-like"), lies("my-seat", "like")]
    );
    assert_eq!(capture.placements[0].before, ["like"]);
    assert_eq!(capture.left.get("taxi"), Some(&Escape::DontKnow));
    assert!(capture.is_kept_from(Audience::Family));
    assert!(!capture.is_kept_from(Audience::School));
    assert_eq!(capture.steps.len(), 14);
}

#[test]
fn a_card_that_lies_somewhere_and_is_brought_again_is_asked_again() {
    let [bus, taxi, _] = cards();
    let mut walk = Walk::begin();
    walk.show(1, &bus);
    walk.then(answered(1, "bus", "like"));
    walk.show(2, &taxi);
    let brings = Payload::Escaped(Escaped {
        capture: CAPTURE,
        presentation: Some(presentation(2)),
        which: Escape::SomethingElse,
        chose: Some(bus.clone()),
        reached: None,
    });
    assert_eq!(walk.then(brings), Step::Show(bus.clone()));
    assert_eq!(walk.show(3, &bus), waiting(3, &bus));
    assert_eq!(walk.then(answered(3, "bus", "dont-like")), Step::Show(taxi));
    assert_eq!(walk.capture().placements[0].before, ["like"], "both places are kept");
}

#[test]
fn stop_ends_at_once_from_every_step() {
    let [bus, taxi, seat] = cards();
    let lines = [
        presented(1, &bus),
        answered(1, "bus", "like"),
        presented(2, &taxi),
        answered(2, "taxi", "like"),
        presented(3, &seat),
        answered(3, "my-seat", "like"),
        reviewed(),
        Payload::SharingChosen(sharing(&[])),
    ];
    let mut walk = Walk::begin();
    for line in lines {
        let open = walk.capture().open_presentation.map(|(open, _)| open);
        for from in [open, None] {
            let mut stopped = Walk(walk.0.clone());
            assert_eq!(stopped.then(stop(from)), Step::Ended);
            assert!(stopped.capture().stopped());
        }
        walk.then(line);
    }
}

#[test]
fn what_was_placed_before_a_stop_stays() {
    let [bus, taxi, _] = cards();
    let mut walk = Walk::begin();
    walk.show(1, &bus);
    walk.then(answered(1, "bus", "like"));
    walk.show(2, &taxi);
    walk.then(stop(Some(presentation(2))));
    walk.then(ended(EndedBy::Child));
    let capture = walk.capture();
    assert_eq!(capture.placements.len(), 1);
    assert!(capture.left.is_empty(), "stop says nothing about the taxi");
}

#[test]
fn a_mat_on_which_nothing_was_placed_has_nothing_to_review_or_share() {
    let mut walk = Walk::begin();
    for (n, card) in (1..).zip(cards()) {
        walk.show(n, &card);
        walk.then(escaped(n, Escape::Skip));
    }
    assert_eq!(next(&walk.capture()), Step::Finish);
}

#[test]
fn a_late_second_tap_on_an_escape_leaves_the_next_card_alone() {
    let [bus, taxi, _] = cards();
    let mut walk = Walk::begin();
    walk.show(1, &bus);
    walk.then(escaped(1, Escape::Skip));
    walk.show(2, &taxi);
    assert_eq!(walk.then(escaped(1, Escape::Skip)), waiting(2, &taxi));
}

#[test]
fn an_option_that_was_left_and_then_placed_is_no_longer_left() {
    let [bus, ..] = cards();
    let mut walk = Walk::begin();
    walk.show(1, &bus);
    walk.then(escaped(1, Escape::Skip));
    walk.show(2, &bus);
    walk.then(answered(2, "bus", "like"));
    assert!(walk.capture().left.is_empty());
}

#[test]
fn placing_the_same_card_in_the_same_place_again_is_no_move() {
    let [bus, ..] = cards();
    let mut walk = Walk::begin();
    walk.show(1, &bus);
    walk.then(answered(1, "bus", "like"));
    walk.then(answered(1, "bus", "like"));
    walk.then(moved("bus", "like", "like"));
    assert!(walk.capture().placements[0].before.is_empty());
    walk.then(answered(1, "bus", "dont-like"));
    assert_eq!(walk.capture().placements[0].before, ["like"]);
}

#[test]
fn what_the_worker_writes_afterwards_is_no_step_with_the_child() {
    let mut walk = Walk::begin();
    walk.then(Payload::HowGiven(how_given()));
    assert!(walk.capture().steps.is_empty());
    assert!(walk.capture().how_given.is_some());
}

#[test]
fn what_is_taken_back_is_asked_again_and_then_the_mat_goes_on() {
    let [bus, taxi, seat] = cards();
    let takes_back =
        |option: &str| Payload::TakenBack(TakenBack { capture: CAPTURE, option: option.into(), reached: None });
    let mut walk = Walk::begin();
    walk.show(1, &bus);
    assert_eq!(walk.capture().last_settled(), None);
    walk.then(answered(1, "bus", "like"));
    walk.show(2, &taxi);
    walk.then(escaped(2, Escape::Skip));
    walk.show(3, &seat);
    // The card that waits gives way, and comes again in its turn.
    assert_eq!(walk.capture().last_settled().as_deref(), Some("taxi"));
    assert_eq!(walk.then(takes_back("taxi")), Step::Show(taxi.clone()));
    assert!(walk.capture().left.is_empty());
    // Once more, further back.
    assert_eq!(walk.capture().last_settled().as_deref(), Some("bus"));
    assert_eq!(walk.then(takes_back("bus")), Step::Show(bus.clone()));
    assert!(walk.capture().placements.is_empty());
    assert_eq!(walk.capture().last_settled(), None);
    walk.show(4, &bus);
    assert_eq!(walk.then(answered(4, "bus", "dont-like")), Step::Show(taxi));
    // What is not settled cannot be taken back.
    walk.show(5, &cards()[1]);
    assert_eq!(walk.then(takes_back("taxi")), waiting(5, &cards()[1]));
}
