//! A question that matters much, asked once more: what lies highest and what lies lowest as a choice between two pictures, and that
//! again with its sides swapped (PRACTICE A.16; Cardone 1999).
//!
//! It tells how sure an answer is, and is no view of its own. It is never asked about people: nobody chooses between mother and father.

use serde::{Deserialize, Serialize};

use super::Mat;
use crate::asking::choice::AGAIN_AFTER;
use crate::payload::capture::Card;
use crate::payload::profile::{CommunicationProfile, Order};
use crate::record::capture::{Capture, Placed};
use crate::vocabulary::{Question, Vocabulary};

/// What is asked as the choice; "Which one would you like?" stands above it.
const WORDS: &str = "one of these";

/// The choice, asked twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// With which words it is asked.
    pub ask: String,
    /// The first time and the second.
    pub turns: [Card; 2],
    /// The first time what lies highest stands first.
    pub highest_first: bool,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked<'a> {
    /// What lies highest of what was asked first.
    pub highest: &'a Card,
    /// What lies lowest.
    pub lowest: &'a Card,
    /// How the choice stands beside that.
    pub came: CheckOutcome,
}

/// How a choice stands beside where the two cards were put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckOutcome {
    /// What lies highest was chosen both times.
    Same,
    /// What lies lowest was chosen both times: it stands open.
    Otherwise,
    /// One time the one, one time the other, or it was answered only once.
    NotClear,
}

impl Check {
    /// For a question that matters much, with enough cards that others lie between.
    pub(super) fn of(
        question: &Question,
        options: usize,
        profile: &CommunicationProfile,
        mut draw: impl FnMut(usize) -> usize,
    ) -> Option<Check> {
        let ask = Vocabulary::built_in().choice_of_things(question).filter(|_| question.high_stakes)?;
        let turn = |id: &str| Card { id: id.into(), symbol: question.symbol.clone(), words: WORDS.into() };
        let highest_first = profile.order == Order::Fixed || draw(2) == 0;
        let turns = [turn("check-1"), turn("check-2")];
        (options >= AGAIN_AFTER + 2).then(|| Check { ask: ask.to_owned(), turns, highest_first })
    }

    /// Which time this is: 0 or 1.
    fn turn(&self, option: &str) -> Option<usize> {
        self.turns.iter().position(|turn| turn.id == option)
    }
}

impl Mat {
    pub(super) fn is_check(&self, option: &str) -> bool {
        self.check.as_ref().is_some_and(|check| check.turn(option).is_some())
    }

    /// The next time that it is asked. After a sign of harm, and once it was left, it is not (PRACTICE A.19).
    pub(super) fn next_check(&self, capture: &Capture) -> Option<&Card> {
        let check = self.check.as_ref()?;
        let is_left = check.turns.iter().any(|turn| capture.left.contains_key(&turn.id));
        if is_left || self.pair(capture).is_none() || !capture.harm_signs().is_empty() {
            return None;
        }
        check.turns.iter().find(|turn| !capture.is_settled(&turn.id))
    }

    /// The two pictures, in shown order.
    pub(super) fn shown_to_check(&self, capture: &Capture, option: &str) -> Option<Vec<&Card>> {
        let check = self.check.as_ref()?;
        let turn = check.turn(option)?;
        let [highest, lowest] = self.pair(capture)?;
        let is_highest_first = check.highest_first == (turn == 0);
        Some(if is_highest_first { vec![highest, lowest] } else { vec![lowest, highest] })
    }

    pub(super) fn outcome_of_check(&self, capture: &Capture) -> Option<Checked<'_>> {
        let check = self.check.as_ref()?;
        let [highest, lowest] = self.pair(capture)?;
        let chosen = |turn: &Card| capture.placements.iter().find(|placed| placed.option.id == turn.id);
        let chosen = check.turns.each_ref().map(|turn| chosen(turn).map(|placed| placed.cell.as_str()));
        let came = match chosen {
            [None, None] => return None,
            [Some(one), Some(other)] if one == other && one == highest.id => CheckOutcome::Same,
            [Some(one), Some(other)] if one == other && one == lowest.id => CheckOutcome::Otherwise,
            _ => CheckOutcome::NotClear,
        };
        Some(Checked { highest, lowest, came })
    }

    /// What was put highest and what was put lowest, where they lie on both sides of the middle; the earliest of several. The last few
    /// are too near to be asked about again. What was moved later counts by where it was put first.
    fn pair(&self, capture: &Capture) -> Option<[&Card; 2]> {
        let placed: Vec<&Placed> =
            capture.placements.iter().filter(|placed| self.options.contains(&placed.option)).collect();
        let early = placed.len().checked_sub(AGAIN_AFTER)?;
        let ranked = placed[..early].iter().filter_map(|placed| {
            let first = placed.before.first().unwrap_or(&placed.cell);
            let rank = self.scale.cells.iter().position(|cell| cell.id == *first)?;
            let card = self.options.iter().find(|option| option.id == placed.option.id)?;
            Some((rank, card))
        });
        let ranked: Vec<(usize, &Card)> = ranked.collect();
        let (high, highest) = ranked.iter().min_by_key(|(rank, _)| *rank)?;
        let (low, lowest) = ranked.iter().rev().max_by_key(|(rank, _)| *rank)?;
        let last = self.scale.cells.len().saturating_sub(1);
        (high * 2 < last && low * 2 > last).then_some([*highest, *lowest])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asking::{Asking, Step, next};
    use crate::cast::*;
    use crate::payload::Payload;
    use crate::payload::capture::{CaptureStarted, Escape, Escaped};
    use crate::payload::profile::{Cells, Input};
    use crate::script::Script;

    fn laid(question: &str) -> Mat {
        let question = Vocabulary::built_in().question(question).expect("it is in the library");
        let profile =
            CommunicationProfile { order: Order::Fixed, ..CommunicationProfile::new("", Input::Touch, Cells::Three) };
        Mat::laid(question, question.cards.clone(), &profile, |_| 0)
    }

    /// All cards of a mat, in the places given by their turn.
    fn placed(mat_laid: &Mat, place: impl Fn(usize) -> &'static str) -> Script {
        let mut script = Script::registered();
        let asking = Asking::Mat(mat_laid.clone());
        script.sade([Payload::CaptureStarted(CaptureStarted { asking, ..mat() })]);
        for (turn, option) in mat_laid.options.iter().enumerate() {
            let number = turn as u128 + 1;
            script.sade([presented(number, option), answered(number, &option.id, place(turn))]);
        }
        script
    }

    fn step(script: &Script) -> Step {
        next(&script.record().captures[&CAPTURE])
    }

    fn both(turn: usize) -> &'static str {
        match turn {
            1 => "dont-like",
            2 => "like",
            _ => "in-between",
        }
    }

    /// Goes through both times with what `takes` says, and returns what came of it.
    fn checked(mut script: Script, mat_laid: &Mat, takes: [usize; 2]) -> (CheckOutcome, Vec<Vec<String>>) {
        let mut offered = Vec::new();
        for (number, place) in (20..).zip(takes) {
            let Step::Show(turn) = step(&script) else { panic!("it is asked") };
            let record = script.record();
            let shown = record.captures[&CAPTURE].shown(&turn.id);
            let shown: Vec<String> = shown.into_iter().map(|card| card.id.clone()).collect();
            script.sade([presented(number, &turn), answered(number, &turn.id, &shown[place])]);
            offered.push(shown);
        }
        assert_eq!(step(&script), Step::Review);
        let record = script.record();
        let capture = &record.captures[&CAPTURE];
        assert_eq!(capture.views().count(), mat_laid.options.len(), "it is no view");
        assert_eq!(capture.counted().of, Some(mat_laid.options.len()));
        (capture.asking.checked(capture).expect("it was asked").came, offered)
    }

    #[test]
    fn what_lies_highest_and_lowest_is_asked_once_more_and_again_with_its_sides_swapped() {
        let mat_laid = laid("care");
        let (low, high) = (mat_laid.options[1].id.clone(), mat_laid.options[2].id.clone());
        let (came, offered) = checked(placed(&mat_laid, both), &mat_laid, [0, 1]);
        assert_eq!(came, CheckOutcome::Same);
        assert_eq!(offered, [[high.clone(), low.clone()], [low, high]]);
        assert_eq!(checked(placed(&mat_laid, both), &mat_laid, [1, 0]).0, CheckOutcome::Otherwise);
        assert_eq!(checked(placed(&mat_laid, both), &mat_laid, [0, 0]).0, CheckOutcome::NotClear);
    }

    #[test]
    fn it_is_asked_only_where_it_matters_and_something_lies_on_both_sides_and_never_about_people() {
        assert_eq!(laid("people").check, None);
        assert_eq!(laid("home").check, None, "nothing depends on it");
        assert_eq!(step(&placed(&laid("care"), |_| "like")), Step::Review);
        // What was asked last is too near.
        let late = |turn| if turn >= 5 { "dont-like" } else { "like" };
        assert_eq!(step(&placed(&laid("care"), late)), Step::Review);
    }

    #[test]
    fn it_ends_when_the_child_leaves_it_and_after_a_sign_of_harm_it_is_not_asked() {
        let mat_laid = laid("care");
        let mut left = placed(&mat_laid, both);
        let Step::Show(turn) = step(&left) else { panic!("it is asked") };
        left.sade([presented(20, &turn), escaped(20, Escape::Skip)]);
        assert_eq!(step(&left), Step::Review);
        let record = left.record();
        assert_eq!(record.captures[&CAPTURE].asking.checked(&record.captures[&CAPTURE]), None);
        let mut harmed = placed(&mat_laid, both);
        harmed.sade([
            presented(20, &turn),
            Payload::Escaped(Escaped {
                capture: CAPTURE,
                presentation: Some(presentation(20)),
                which: Escape::SomethingElse,
                chose: Some(card("hurt", "it hurts")),
                reached: None,
            }),
            presented(21, &card("hurt", "it hurts")),
            escaped(21, Escape::Skip),
        ]);
        assert_eq!(step(&harmed), Step::Review);
    }
}
