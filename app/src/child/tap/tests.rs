//! Presses on a mat, without a screen and with a clock that stands still.

use domain::asking::Kind;
use domain::id::OperationId;
use domain::payload::capture::{CaptureStarted, Layout};
use domain::payload::profile::{Cells, CommunicationProfile, Input, Order};
use domain::record::Source;
use domain::vocabulary::Vocabulary;
use uuid::Uuid;

use super::*;

/// A mat of the library's first question, with everything pressed so far taken.
struct Mat {
    capture: Capture,
    clock_ms: i64,
    shown: u128,
}

fn started_by(way: Kind) -> CaptureStarted {
    let words = Vocabulary::built_in();
    let question = &words.questions[0];
    let profile =
        CommunicationProfile { order: Order::Fixed, ..CommunicationProfile::new("", Input::Touch, Cells::Three) };
    CaptureStarted {
        visit: domain::id::VisitId(Uuid::from_u128(1)),
        capture: domain::id::CaptureId(Uuid::from_u128(2)),
        question: words.asked_by(way, question).unwrap(),
        asking: way.laid(question, question.cards.clone(), &profile, |_| 0),
        layout: Layout::by(&profile),
    }
}

impl Mat {
    fn begin() -> Mat {
        Mat::by(Kind::Mat)
    }

    fn by(way: Kind) -> Mat {
        let mut mat = Mat { capture: Capture::begin(&started_by(way), source(0)), clock_ms: 0, shown: 0 };
        mat.settle();
        mat
    }

    fn take(&mut self, payload: &Payload) {
        self.clock_ms += 1_000;
        self.capture.step(payload, source(self.clock_ms));
    }

    fn settle(&mut self) {
        let fresh = self.shown + 1;
        while let Some(payload) = follows(&self.capture, || PresentationId(Uuid::from_u128(fresh))) {
            self.shown = fresh;
            self.take(&payload);
        }
    }

    fn press(&mut self, tap: Tap) -> Vec<Payload> {
        let payloads = written(&self.capture, tap, 1_200, None);
        for payload in &payloads {
            self.take(payload);
        }
        self.settle();
        payloads
    }

    fn showing(&self) -> PresentationId {
        self.capture.open_presentation.as_ref().map(|(showing, _)| *showing).unwrap()
    }

    fn shown(&self) -> &str {
        self.capture.open_presentation.as_ref().map(|(_, card)| card.id.as_str()).unwrap()
    }

    fn place(&mut self, cell: &str) -> Vec<Payload> {
        self.press(Tap::Place { showing: self.showing(), cell: self.cell(cell) })
    }

    fn cell(&self, which: &str) -> String {
        let cells = self.capture.asking.places();
        match which {
            "first" => cells[0].id.clone(),
            _ => cells[2].id.clone(),
        }
    }

    fn to_the_review() -> Mat {
        let mut mat = Mat::begin();
        while mat.capture.open_presentation.is_some() {
            mat.place("first");
        }
        assert_eq!(next(&mat.capture), Step::Review);
        mat
    }

    fn step(&self) -> Step {
        next(&self.capture)
    }
}

fn source(at_ms: i64) -> Source {
    Source {
        id: OperationId(Uuid::from_u128(at_ms.unsigned_abs().into())),
        by: domain::id::StaffId(Uuid::from_u128(3)),
        captured_at: Timestamp::from_millisecond(at_ms).unwrap(),
        received_at: None,
    }
}

#[test]
fn a_placed_card_makes_room_for_the_next() {
    let mut mat = Mat::begin();
    let first = mat.shown().to_owned();
    let payloads = mat.place("first");
    assert!(matches!(payloads.as_slice(), [Payload::Answered(answered)]
        if answered.option == first && answered.latency_ms == 1_200 && answered.read_by.is_none()));
    assert_ne!(mat.shown(), first);
}

#[test]
fn an_answer_to_a_showing_that_is_gone_is_ignored() {
    let mut mat = Mat::begin();
    let gone = mat.showing();
    mat.place("first");
    let cell = mat.cell("last");
    for late in [Tap::Place { showing: gone, cell }, Tap::DontKnow(gone), Tap::Skip(gone), Tap::Bring(gone, None)] {
        assert_eq!(mat.press(late), []);
    }
}

#[test]
fn a_cell_that_is_not_on_the_mat_takes_nothing() {
    let mut mat = Mat::begin();
    assert_eq!(mat.press(Tap::Place { showing: mat.showing(), cell: "elsewhere".into() }), []);
}

#[test]
fn stop_and_the_adult_are_taken_during_a_pause_and_an_answer_is_not() {
    for tap in [Tap::Stop, Tap::Pause(PauseReason::Tired), Tap::GoOn, Tap::End] {
        assert!(!tap.waits_for_a_pause(), "{tap:?}");
    }
    assert!(Tap::Content.waits_for_a_pause());
}

#[test]
fn how_a_place_was_reached_is_written_with_the_answer() {
    let mat = Mat::begin();
    let reached = Reached { round: 2, ..Reached::default() };
    let tap = Tap::Place { showing: mat.showing(), cell: mat.cell("first") };
    let payloads = written(&mat.capture, tap, 900, Some(reached.clone()));
    assert!(matches!(payloads.as_slice(), [Payload::Answered(answered)] if answered.reached == Some(reached)));
}

#[test]
fn what_was_done_last_is_taken_back_and_shown_again_and_before_anything_was_done_there_is_nothing_to_take_back() {
    let mut mat = Mat::begin();
    assert_eq!(mat.press(Tap::TakeBack), []);
    let first = mat.capture.open_presentation.clone().unwrap().1;
    mat.place("first");
    assert!(matches!(mat.press(Tap::TakeBack).as_slice(), [Payload::TakenBack(taken)] if taken.option == first.id));
    assert_eq!(mat.capture.open_presentation.clone().unwrap().1, first);
    assert!(mat.capture.placements.is_empty());
}

#[test]
fn stop_ends_at_once_and_nothing_counts_after_it() {
    let mut mat = Mat::begin();
    let showing = mat.showing();
    let payloads = mat.press(Tap::Stop);
    assert!(matches!(payloads.as_slice(), [Payload::Escaped(escaped), Payload::CaptureEnded(ended)]
        if escaped.which == Escape::Stop && ended.by == EndedBy::Child));
    let cell = mat.cell("first");
    for late in [Tap::Stop, Tap::Place { showing, cell }, Tap::Pause(PauseReason::Tired), Tap::End] {
        assert_eq!(mat.press(late), []);
    }
}

#[test]
fn a_stop_that_was_cut_off_before_its_end_is_ended_at_the_next_start() {
    let mut mat = Mat::begin();
    let stop = written(&mat.capture, Tap::Stop, 0, None).remove(0);
    mat.take(&stop);
    assert!(mat.capture.ended.is_none());
    mat.settle();
    assert_eq!(mat.capture.ended.as_ref().map(|ended| ended.what), Some(EndedBy::Child));
}

#[test]
fn dont_know_and_skip_leave_the_card_and_it_does_not_come_back() {
    let mut mat = Mat::begin();
    let first = mat.shown().to_owned();
    mat.press(Tap::DontKnow(mat.showing()));
    let second = mat.shown().to_owned();
    mat.press(Tap::Skip(mat.showing()));
    assert!(![first, second].contains(&mat.shown().to_owned()));
}

#[test]
fn something_else_brings_its_card_next_and_coming_back_shows_the_same_one() {
    let mut mat = Mat::begin();
    let first = mat.shown().to_owned();
    mat.press(Tap::Bring(mat.showing(), None));
    assert_eq!(mat.shown(), first);
    let chosen = Vocabulary::built_in().symbol("loud-noises").unwrap().card();
    mat.press(Tap::Bring(mat.showing(), Some(chosen)));
    assert_eq!(mat.shown(), "loud-noises");
    mat.place("last");
    assert_eq!(mat.shown(), first);
}

#[test]
fn in_the_review_a_card_moves_and_both_places_are_kept() {
    let mut mat = Mat::to_the_review();
    let option = mat.capture.placements[0].option.id.clone();
    let cell = mat.cell("last");
    let payloads = mat.press(Tap::Move { option: option.clone(), cell: cell.clone() });
    assert!(matches!(payloads.as_slice(), [Payload::Moved(moved)] if moved.to == cell));
    assert_eq!(mat.press(Tap::Move { option, cell }), [], "it lies there already");
    assert_eq!(mat.capture.placements[0].before.len(), 1);
}

#[test]
fn a_card_does_not_move_before_the_review() {
    let mut mat = Mat::begin();
    let option = mat.shown().to_owned();
    mat.place("first");
    let cell = mat.cell("last");
    assert_eq!(mat.press(Tap::Move { option, cell }), []);
}

#[test]
fn the_end_comes_after_the_review_and_the_sharing() {
    let mut mat = Mat::to_the_review();
    assert!(matches!(mat.press(Tap::Content).as_slice(), [Payload::Reviewed(reviewed)]
        if reviewed.placements.len() == mat.capture.placements.len()));
    assert_eq!(mat.step(), Step::Sharing);
    let not = BTreeSet::from([Audience::School]);
    // Who may see all of it is no more asked about parts, and nothing is no part.
    let shown = BTreeSet::from([mat.capture.placements[0].option.id.clone()]);
    let only = BTreeMap::from([(Audience::School, shown.clone()), (Audience::Family, shown.clone())]);
    mat.press(Tap::Share { may: BTreeSet::new(), not: not.clone(), only });
    let said = &mat.capture.sharing.as_ref().unwrap().what;
    assert_eq!((&said.may_tell, &said.not_tell), (&BTreeSet::from([Audience::SocialWorker]), &not));
    assert_eq!(said.only, BTreeMap::from([(Audience::School, shown)]));
    assert_eq!(mat.capture.ended.as_ref().map(|ended| ended.what), Some(EndedBy::Finished));
}

#[test]
fn while_it_is_paused_the_child_s_presses_do_not_count() {
    let mut mat = Mat::begin();
    mat.press(Tap::Pause(PauseReason::Tired));
    assert_eq!(mat.press(Tap::Pause(PauseReason::Tired)), [], "marked once");
    mat.press(Tap::Pause(PauseReason::SomeoneCameIn));
    assert_eq!(paused(&mat.capture), [PauseReason::Tired, PauseReason::SomeoneCameIn]);
    assert_eq!(mat.place("first"), []);
    assert_eq!(mat.press(Tap::GoOn).len(), 1);
    assert_eq!(mat.press(Tap::GoOn), [], "it goes on already");
    assert_eq!(mat.place("first").len(), 1);
}

#[test]
fn the_worker_may_end_it() {
    let mut mat = Mat::begin();
    mat.press(Tap::Pause(PauseReason::CareNeed));
    mat.press(Tap::End);
    assert_eq!(mat.capture.ended.as_ref().map(|ended| ended.what), Some(EndedBy::Worker));
    assert!(paused(&mat.capture).is_empty());
}

#[test]
fn a_pause_is_not_counted() {
    let mut watch = Watch::started(0.0, 100.0);
    watch.cover(400.0);
    assert_eq!(watch.ms(9_000.0), 300);
    watch.uncover(9_000.0);
    watch.uncover(9_100.0);
    assert_eq!(watch.ms(9_200.0), 500);
}

#[test]
fn after_a_reload_the_time_in_sight_goes_on_without_the_pauses() {
    let mut mat = Mat::begin();
    let at = |mat: &Mat, later: i64| Timestamp::from_millisecond(mat.clock_ms + later).unwrap();
    assert!((seen_ms(&mat.capture, at(&mat, 700)) - 700.0).abs() < 0.5);
    mat.press(Tap::Pause(PauseReason::Tired));
    assert!((seen_ms(&mat.capture, at(&mat, 60_000)) - 1_000.0).abs() < 0.5);
    mat.press(Tap::GoOn);
    assert!((seen_ms(&mat.capture, at(&mat, 250)) - 1_250.0).abs() < 0.5);
    assert!((seen_ms(&mat.capture, at(&mat, -90_000)) - 0.0).abs() < 0.5, "a clock set back");
}

#[test]
fn of_a_choice_one_of_the_two_pictures_that_are_shown_is_chosen_and_in_the_review_the_other() {
    let mut choice = Mat::by(Kind::Choice);
    let first = choice.shown().to_owned();
    let pair: Vec<String> = choice.capture.asking.shown(&first).into_iter().map(|picture| picture.id.clone()).collect();
    let absent = choice.capture.asking.places().iter().find(|picture| !pair.contains(&picture.id)).unwrap().id.clone();
    assert_eq!(choice.press(Tap::Place { showing: choice.showing(), cell: absent.clone() }), []);
    while choice.capture.open_presentation.is_some() {
        let shown = choice.capture.asking.shown(choice.shown())[0].id.clone();
        assert_eq!(choice.press(Tap::Place { showing: choice.showing(), cell: shown }).len(), 1);
    }
    assert_eq!(choice.step(), Step::Review);
    assert_eq!(choice.press(Tap::Move { option: first.clone(), cell: absent }), []);
    let moved = choice.press(Tap::Move { option: first.clone(), cell: pair[1].clone() });
    assert!(matches!(moved.as_slice(), [Payload::Moved(moved)] if moved.from == pair[0] && moved.to == pair[1]));
}

fn line() -> Line {
    Line { ink: domain::payload::making::Ink::Red, points: vec![(1, 2), (3, 4)] }
}

#[test]
fn a_drawing_is_done_once_there_is_a_line_and_gone_on_with_from_the_review() {
    let mut sheet = Mat::by(Kind::Drawing);
    let done = sheet.capture.asking.places()[0].id.clone();
    let finish = |sheet: &Mat| Tap::Place { showing: sheet.showing(), cell: done.clone() };
    assert_eq!(sheet.press(finish(&sheet)), [], "nothing is drawn yet");
    assert_eq!(sheet.press(Tap::Undraw(sheet.showing())), []);
    assert_eq!(sheet.press(Tap::Draw(sheet.showing(), Line { points: Vec::new(), ..line() })), [], "no line");
    let late = PresentationId(Uuid::from_u128(0xdead));
    assert_eq!(sheet.press(Tap::Draw(late, line())), [], "of a sheet that is gone");
    assert_eq!(sheet.press(Tap::Draw(sheet.showing(), line())).len(), 1);
    assert_eq!(sheet.press(Tap::GoOnMaking), [], "it is not looked at yet");
    assert_eq!(sheet.press(finish(&sheet)).len(), 1);
    assert_eq!(next(&sheet.capture), Step::Review);
    assert_eq!(sheet.press(Tap::GoOnMaking).len(), 1);
    assert!(matches!(next(&sheet.capture), Step::Waiting { .. }));
    assert_eq!(sheet.press(Tap::Undraw(sheet.showing())).len(), 1);
    assert_eq!(sheet.press(finish(&sheet)), [], "nothing is left of it");
}

#[test]
fn words_are_written_up_to_a_length_and_not_while_it_pauses() {
    let mut page = Mat::by(Kind::Words);
    let write = |page: &Mat, words: String| Tap::Write(page.showing(), words);
    assert_eq!(page.press(write(&page, "x".repeat(MOST_LETTERS))).len(), 1);
    assert_eq!(page.press(write(&page, "x".repeat(MOST_LETTERS + 1))), []);
    page.press(Tap::Pause(PauseReason::Tired));
    assert_eq!(page.press(write(&page, "more".into())), []);
    page.press(Tap::GoOn);
    assert_eq!(page.press(write(&page, "more".into())).len(), 1);
}
