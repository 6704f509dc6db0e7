//! The warm-up: three things that the child is known to know, and *don't know* and *stop* tried by doing them (PRACTICE A.8). One of
//! the three is wrongly named, so that a child who says yes to everything is seen (Hartley & MacLean 2006).
//!
//! Nothing in it is a view. It tells how far to trust what comes after, and blocks nothing.

use serde::{Deserialize, Serialize};

use super::{Way, YesNo, yes_no};
use crate::payload::capture::{Card, Escape};
use crate::payload::profile::CommunicationProfile;
use crate::record::capture::Capture;
use crate::vocabulary::Question;

/// Fewer right ones than this: with caution.
pub const FEWEST_RIGHT: usize = 2;
/// What is shown, what it is called, and whether it is that.
const KNOWN: [(&str, &str, bool); 3] =
    [("dog", "Is this a dog?", true), ("apple", "Is this a car?", false), ("bus", "Is this a bus?", true)];
const TRY: &str = "try-";
const TRY_DONT_KNOW: (&str, &str) = ("dont-know", "Try “don't know”.");
const TRY_STOP: (&str, &str) = ("stop", "Try “stop”.");

/// What is asked, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarmUp {
    /// The things, in shown order.
    pub known: Vec<Known>,
    /// Yes and no, in shown order.
    pub answers: Vec<Card>,
    /// *Don't know* and *stop*, to be tried.
    pub tries: Vec<Card>,
}

/// A thing that the child is known to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The picture and the question.
    #[serde(flatten)]
    pub card: Card,
    /// The right answer, by id.
    pub right: String,
}

/// What came of a warm-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WarmedUp {
    /// So many things were told rightly.
    pub right: usize,
    /// Of so many that were asked.
    pub asked: usize,
    /// *Don't know* was used where it was to be tried.
    pub tried_dont_know: bool,
    /// *Stop* was used.
    pub tried_stop: bool,
}

impl WarmedUp {
    /// Whether what comes after is to be used with caution.
    pub fn asks_for_caution(self) -> bool {
        self.right < FEWEST_RIGHT
    }
}

impl WarmUp {
    /// Sets it up. The side of *yes* is drawn as for yes and no.
    pub fn laid(
        question: &Question,
        _options: Vec<Card>,
        profile: &CommunicationProfile,
        draw: impl FnMut(usize) -> usize,
    ) -> WarmUp {
        let YesNo { answers, .. } = YesNo::laid(question, Vec::new(), profile, draw);
        let known = KNOWN.iter().map(|(symbol, words, is_right)| Known {
            card: Card { id: (*symbol).into(), symbol: (*symbol).into(), words: (*words).into() },
            right: if *is_right { yes_no::YES } else { yes_no::NO }.into(),
        });
        let tries = [TRY_DONT_KNOW, TRY_STOP].map(|(control, words)| Card {
            id: format!("{TRY}{control}"),
            symbol: control.into(),
            words: words.into(),
        });
        WarmUp { known: known.collect(), answers, tries: tries.to_vec() }
    }

    /// What came of it; none before anything was asked.
    pub(super) fn result(&self, capture: &Capture) -> Option<WarmedUp> {
        let told = |known: &&Known| {
            let lies = capture.placements.iter().find(|placed| placed.option.id == known.card.id);
            lies.is_some_and(|placed| placed.cell == known.right)
        };
        let asked = self.known.iter().filter(|known| capture.is_settled(&known.card.id)).count();
        let tried = |control: &str, how: Escape| capture.left.get(&format!("{TRY}{control}")) == Some(&how);
        (asked > 0).then(|| WarmedUp {
            right: self.known.iter().filter(told).count(),
            asked,
            tried_dont_know: tried(TRY_DONT_KNOW.0, Escape::DontKnow),
            tried_stop: capture.stopped(),
        })
    }
}

impl Way for WarmUp {
    fn options(&self) -> Vec<&Card> {
        self.known.iter().map(|known| &known.card).chain(&self.tries).collect()
    }

    fn places(&self) -> &[Card] {
        &self.answers
    }

    /// A way out is tried by itself: there is nothing else to press.
    fn shown(&self, option: &str) -> Vec<&Card> {
        if self.tries.iter().any(|card| card.id == option) { Vec::new() } else { self.answers.iter().collect() }
    }

    fn next<'a>(&'a self, capture: &'a Capture) -> Option<&'a Card> {
        let all = self.known.iter().map(|known| &known.card).chain(&self.tries);
        all.into_iter().find(|card| !capture.is_settled(&card.id))
    }

    fn asks_what_is_brought(&self) -> bool {
        false
    }

    fn is_practice(&self) -> bool {
        true
    }

    fn warmed_up(&self, capture: &Capture) -> Option<WarmedUp> {
        self.result(capture)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asking::{Kind, Step, next};
    use crate::cast::*;
    use crate::payload::Payload;
    use crate::payload::capture::CaptureStarted;
    use crate::payload::profile::{Cells, Input};
    use crate::script::Script;
    use crate::vocabulary::Vocabulary;

    fn begun() -> Script {
        let profile = CommunicationProfile::new("", Input::Touch, Cells::Two);
        let asking = Kind::WarmUp.laid(&Vocabulary::built_in().questions[0], Vec::new(), &profile, |_| 0);
        let mut script = Script::registered();
        script.sade([Payload::CaptureStarted(CaptureStarted { asking, ..mat() })]);
        script
    }

    fn says(script: &mut Script, turn: u128, place: &str) {
        let Step::Show(option) = next(&script.record().captures[&CAPTURE]) else { panic!("something is shown") };
        script.sade([presented(turn, &option), answered(turn, &option.id, place)]);
    }

    fn result(script: &Script) -> WarmedUp {
        let record = script.record();
        let capture = &record.captures[&CAPTURE];
        capture.asking.warmed_up(capture).expect("something was asked")
    }

    #[test]
    fn three_known_things_are_counted_and_the_ways_out_are_tried_by_doing_them() {
        let mut script = begun();
        for (turn, place) in (1..).zip(["yes", "no", "yes"]) {
            says(&mut script, turn, place);
        }
        let Step::Show(try_dont_know) = next(&script.record().captures[&CAPTURE]) else { panic!("it is tried") };
        script.sade([presented(4, &try_dont_know), escaped(4, Escape::DontKnow)]);
        let Step::Show(try_stop) = next(&script.record().captures[&CAPTURE]) else { panic!("it is tried") };
        script.sade([presented(5, &try_stop), escaped(5, Escape::Stop)]);
        let told = result(&script);
        assert_eq!(told, WarmedUp { right: 3, asked: 3, tried_dont_know: true, tried_stop: true });
        assert!(!told.asks_for_caution());
        assert_eq!(next(&script.record().captures[&CAPTURE]), Step::Ended);
        assert_eq!(script.record().captures[&CAPTURE].views().count(), 0, "nothing in it is a view");
    }

    #[test]
    fn a_child_who_says_yes_to_everything_has_one_wrong_and_one_who_says_no_asks_for_caution() {
        let all = |answer: &str| {
            let mut script = begun();
            for turn in 1..=3 {
                says(&mut script, turn, answer);
            }
            result(&script)
        };
        assert_eq!((all("yes").right, all("yes").asks_for_caution()), (2, false));
        assert_eq!((all("no").right, all("no").asks_for_caution()), (1, true));
    }

    #[test]
    fn there_is_no_review_and_no_question_who_may_see_it() {
        let mut script = begun();
        for turn in 1..=3 {
            says(&mut script, turn, "yes");
        }
        for turn in 4..=5 {
            let Step::Show(card) = next(&script.record().captures[&CAPTURE]) else { panic!("it is tried") };
            script.sade([presented(turn, &card), escaped(turn, Escape::Skip)]);
        }
        assert_eq!(next(&script.record().captures[&CAPTURE]), Step::Finish);
        assert!(!result(&script).tried_dont_know);
    }
}
