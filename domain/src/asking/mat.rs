//! The mat: one option at a time, in the stored order, placed on a scale; a card that the child brought comes before the rest.

mod check;

use serde::{Deserialize, Serialize};

pub use check::{Check, CheckOutcome, Checked};

use super::{Way, first_unsettled, ordered};
use crate::payload::capture::Card;
use crate::payload::profile::CommunicationProfile;
use crate::record::capture::Capture;
use crate::vocabulary::{Question, Vocabulary};

/// A mat as it was laid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mat {
    /// The options, in the order in which they will be shown.
    pub options: Vec<Card>,
    /// The scale.
    pub scale: Scale,
    /// How its ends are told finer, at once after a card was put there; empty where they are not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ends: Vec<End>,
    /// How it is asked once more, where it matters much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<Box<Check>>,
}

/// One end of a scale, told finer: two steps of two instead of four places at a time (PRACTICE A.10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// The end, by id.
    pub cell: String,
    /// With which words it is told finer.
    pub ask: String,
    /// Where it can be put then, by id.
    pub cells: Vec<String>,
}

/// The scale as it was shown, fixed for the whole activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// The scale's id in the library.
    pub id: String,
    /// Its cells in shown order.
    pub cells: Vec<Card>,
}

impl Mat {
    /// Lays a mat for a question by a child's profile. `draw(n)` gives each of 0..n alike.
    pub fn laid(
        question: &Question,
        options: Vec<Card>,
        profile: &CommunicationProfile,
        mut draw: impl FnMut(usize) -> usize,
    ) -> Mat {
        let (scale, ends) = Vocabulary::built_in().scale(question, profile.cells);
        let check = Check::of(question, options.len(), profile, &mut draw).map(Box::new);
        Mat { options: ordered(options, profile, draw), scale, ends, check }
    }

    fn end(&self, cell: &str) -> Option<&End> {
        self.ends.iter().find(|end| end.cell == cell)
    }

    fn cells(&self, is_here: impl Fn(&str) -> bool) -> Vec<&Card> {
        self.scale.cells.iter().filter(|cell| is_here(&cell.id)).collect()
    }
}

impl Way for Mat {
    fn options(&self) -> Vec<&Card> {
        self.options.iter().collect()
    }

    fn places(&self) -> &[Card] {
        &self.scale.cells
    }

    fn shown(&self, _option: &str) -> Vec<&Card> {
        self.cells(|cell| self.end_of(cell) == cell)
    }

    /// While it is told finer, the parts of its end; in the review whatever it may be moved to.
    fn shown_now(&self, capture: &Capture, option: &str) -> Vec<&Card> {
        if let Some(pair) = self.shown_to_check(capture, option) {
            return pair;
        }
        let waits = capture.open_presentation.as_ref().is_some_and(|(_, card)| card.id == option);
        let lies = capture.placements.iter().find(|placed| placed.option.id == option);
        match (lies, self.finer(capture, option)) {
            (Some(_), Some(end)) if waits => self.cells(|cell| end.cells.iter().any(|finer| finer == cell)),
            (Some(placed), _) if !waits && self.end_of(&placed.cell) != placed.cell => {
                self.cells(|cell| self.end_of(cell) != cell)
            }
            (Some(_), _) if !waits => self.cells(|_| true),
            _ => self.shown(option),
        }
    }

    fn finer(&self, capture: &Capture, option: &str) -> Option<&End> {
        let placed = capture.placements.iter().find(|placed| placed.option.id == option && !placed.finer_asked)?;
        self.end(&placed.cell)
    }

    fn end_of<'a>(&'a self, place: &'a str) -> &'a str {
        let end = self.ends.iter().find(|end| end.cells.iter().any(|cell| cell == place));
        end.map_or(place, |end| &end.cell)
    }

    fn next<'a>(&'a self, capture: &'a Capture) -> Option<&'a Card> {
        let coarse = capture.placements.iter().map(|placed| &placed.option);
        let coarse = coarse.into_iter().find(|card| self.finer(capture, &card.id).is_some());
        coarse.or_else(|| first_unsettled(capture, &self.options)).or_else(|| self.next_check(capture))
    }

    fn is_repeat(&self, option: &str) -> bool {
        self.is_check(option)
    }

    fn ask(&self, option: &str) -> Option<&str> {
        self.check.as_ref().filter(|_| self.is_check(option)).map(|check| check.ask.as_str())
    }

    fn checked(&self, capture: &Capture) -> Option<Checked<'_>> {
        self.outcome_of_check(capture)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asking::{Asking, Step, next};
    use crate::cast::*;
    use crate::payload::Payload;
    use crate::payload::capture::{CaptureStarted, Escape, Moved, TakenBack};
    use crate::payload::profile::{Cells, Input, Order};
    use crate::script::Script;

    fn laid(cells: Cells, order: Order) -> Mat {
        let profile = CommunicationProfile { order, ..CommunicationProfile::new("", Input::EyePointing, cells) };
        let words = Vocabulary::built_in();
        Mat::laid(&words.questions[0], words.questions[0].cards.clone(), &profile, |below| below / 2)
    }

    #[test]
    fn it_has_as_many_places_as_the_profile_says() {
        assert_eq!(laid(Cells::Two, Order::Fixed).places().len(), 2);
        assert_eq!(laid(Cells::Three, Order::Fixed).places().len(), 3);
    }

    #[test]
    fn a_fixed_order_is_the_librarys_and_a_random_one_has_the_same_cards() {
        let words = Vocabulary::built_in();
        let library = words.questions[0].cards.clone();
        assert_eq!(laid(Cells::Two, Order::Fixed).options, library);
        let mut drawn = laid(Cells::Two, Order::Random).options;
        assert_ne!(drawn, library);
        let mut sorted = library;
        drawn.sort_by(|one, other| one.id.cmp(&other.id));
        sorted.sort_by(|one, other| one.id.cmp(&other.id));
        assert_eq!(drawn, sorted);
    }

    fn begun() -> (Script, Mat) {
        let mat_laid = laid(Cells::TwoThenMore, Order::Fixed);
        let mut script = Script::registered();
        let asking = Asking::Mat(mat_laid.clone());
        script.sade([Payload::CaptureStarted(CaptureStarted { asking, ..mat() })]);
        (script, mat_laid)
    }

    fn put(script: &mut Script, turn: u128, option: &Card, place: &str) {
        script.sade([presented(turn, option), answered(turn, &option.id, place)]);
    }

    fn shown(script: &Script, option: &Card) -> Vec<String> {
        let record = script.record();
        record.captures[&CAPTURE].shown(&option.id).into_iter().map(|card| card.id.clone()).collect()
    }

    #[test]
    fn two_and_then_more_asks_at_once_how_much_and_that_is_one_answer_and_no_change_of_mind() {
        let (mut script, laid) = begun();
        let [first, second, ..] = &laid.options[..] else { panic!("there are more") };
        assert_eq!(shown(&script, first), ["like", "dont-like"]);
        put(&mut script, 1, first, "dont-like");
        assert_eq!(next(&script.record().captures[&CAPTURE]), Step::Show(first.clone()));
        script.sade([presented(2, first)]);
        assert_eq!(shown(&script, first), ["dont-like-much", "dont-like-at-all"]);
        assert_eq!(script.record().captures[&CAPTURE].ask(&first.id), "Which is it?");
        script.sade([answered(2, &first.id, "dont-like-at-all")]);
        let record = script.record();
        let capture = &record.captures[&CAPTURE];
        assert_eq!(next(capture), Step::Show(second.clone()));
        let [placed] = &capture.placements[..] else { panic!("one answer") };
        assert_eq!((placed.cell.as_str(), placed.before.len()), ("dont-like-at-all", 0));
        assert_eq!(capture.counted().placed, 1);
    }

    #[test]
    fn how_much_can_be_left_open_taken_back_and_moved_in_the_review() {
        let (mut script, laid) = begun();
        let [first, second, ..] = &laid.options[..] else { panic!("there are more") };
        put(&mut script, 1, first, "like");
        script.sade([presented(2, first), escaped(2, Escape::DontKnow)]);
        let record = script.record();
        let capture = &record.captures[&CAPTURE];
        assert_eq!(next(capture), Step::Show(second.clone()), "it is not asked again");
        assert!(capture.left.is_empty() && capture.placements[0].cell == "like");
        put(&mut script, 3, second, "like");
        put(&mut script, 4, second, "like-a-lot");
        assert_eq!(shown(&script, second).len(), 4, "whichever half: the child may have meant the other");
        let to = |from: &str, to: &str| {
            let (from, to) = (from.into(), to.into());
            Payload::Moved(Moved { capture: CAPTURE, option: second.id.clone(), from, to, reached: None })
        };
        script.sade([to("like-a-lot", "dont-like-much")]);
        let placed = |script: &Script| script.record().captures[&CAPTURE].placements.last().cloned();
        assert_eq!(
            placed(&script).map(|placed| (placed.cell, placed.before.len())),
            Some(("dont-like-much".into(), 1))
        );
        script.sade([Payload::TakenBack(TakenBack { capture: CAPTURE, option: second.id.clone(), reached: None })]);
        assert_eq!(next(&script.record().captures[&CAPTURE]), Step::Show(second.clone()));
        assert_eq!(shown(&script, second), ["like", "dont-like"], "from the beginning");
    }

    #[test]
    fn a_scale_of_five_is_asked_in_one_step() {
        let five = laid(Cells::Five, Order::Fixed);
        let shown: Vec<_> = five.shown("any").into_iter().map(|cell| cell.id.as_str()).collect();
        assert_eq!(shown, ["like-a-lot", "like-a-bit", "in-between", "dont-like-much", "dont-like-at-all"]);
    }
}
