//! Two rounds: every card is placed once, and some of them are then asked about once more, otherwise.
//!
//! **My day** rates each part of a day in the order of the day, and then asks what should be otherwise next time where a part was
//! not simply good. **People around me** puts each person close or further away, and then asks whether the child would like more or
//! less time with them: somebody who is close may be too much, and somebody far away may be missed.

use serde::{Deserialize, Serialize};

use super::{Way, first_unsettled, ordered};
use crate::payload::capture::Card;
use crate::payload::profile::CommunicationProfile;
use crate::record::capture::Capture;
use crate::vocabulary::{Question, Vocabulary};

/// What is asked about people.
pub const ASK_CLOSE: &str = "How close to you is…";
const ASK_TIME: &str = "Would you like more or less…";
const CLOSE: [&str; 3] = ["close-to-me", "in-the-middle", "further-away"];
const CLOSE_OF_TWO: [&str; 2] = ["close-to-me", "further-away"];
const TIME: [&str; 3] = ["more", "less", "the-same"];
const TIME_OF_TWO: [&str; 2] = ["more", "less"];

/// What is asked about the parts of a day.
pub const ASK_DAY: &str = "How is this part of your day:";
const ASK_NEXT_TIME: &str = "What would you like?";
const GOOD: &str = "good";
const DAY: [&str; 3] = [GOOD, "in-between", "not-good"];
const DAY_OF_TWO: [&str; 2] = [GOOD, "not-good"];
const CHANGES: [&str; 4] = ["the-same", "more", "less", "different"];
const CHANGES_OF_TWO: [&str; 2] = ["the-same", "different"];

/// Both rounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounds {
    /// What is placed first, in shown order.
    pub options: Vec<Card>,
    /// Where it can be placed, by id.
    pub first: Vec<String>,
    /// What may be asked once more, in the order of `options`.
    pub again: Vec<Again>,
    /// With which words that is asked.
    pub again_ask: String,
    /// What can be answered then, by id.
    pub then: Vec<String>,
    /// All places there are.
    pub places: Vec<Card>,
}

/// A card that may be asked about once more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Again {
    /// As it is shown then: "lunch, next time".
    #[serde(flatten)]
    pub card: Card,
    /// Which option of the first round it is about.
    pub about: String,
    /// It is asked where the option lies in one of these places, by id.
    pub after: Vec<String>,
}

impl Rounds {
    fn new(options: Vec<Card>, [first, then]: [&[&str]; 2], again_ask: &str, again: impl Fn(&Card) -> Again) -> Rounds {
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        Rounds {
            again: options.iter().map(again).collect(),
            options,
            first: ids(first),
            again_ask: again_ask.into(),
            then: ids(then),
            places: Vocabulary::built_in().cards(&[first, then].concat()),
        }
    }
}

/// The parts of a day, in the order in which they are given: that is the order of the day, and never drawn by lot.
pub(super) fn day(
    _question: &Question,
    options: Vec<Card>,
    profile: &CommunicationProfile,
    _draw: impl FnMut(usize) -> usize,
) -> Rounds {
    let (first, then): (&[&str], &[&str]) = match profile.cells.are_two() {
        true => (&DAY_OF_TWO, &CHANGES_OF_TWO),
        false => (&DAY, &CHANGES),
    };
    Rounds::new(options, [first, then], ASK_NEXT_TIME, |part| Again {
        card: Card {
            id: format!("{}+next-time", part.id),
            symbol: part.symbol.clone(),
            words: format!("{}, next time", part.words),
        },
        about: part.id.clone(),
        after: first.iter().filter(|place| **place != GOOD).map(|place| (*place).to_owned()).collect(),
    })
}

/// The people, in the order that the profile asks for.
pub(super) fn people(
    _question: &Question,
    options: Vec<Card>,
    profile: &CommunicationProfile,
    draw: impl FnMut(usize) -> usize,
) -> Rounds {
    let (first, then): (&[&str], &[&str]) = match profile.cells.are_two() {
        true => (&CLOSE_OF_TWO, &TIME_OF_TWO),
        false => (&CLOSE, &TIME),
    };
    Rounds::new(ordered(options, profile, draw), [first, then], ASK_TIME, |person| Again {
        card: Card {
            id: format!("{}+time", person.id),
            symbol: person.symbol.clone(),
            words: format!("time with {}", person.words),
        },
        about: person.id.clone(),
        after: first.iter().map(|place| (*place).to_owned()).collect(),
    })
}

impl Way for Rounds {
    fn options(&self) -> Vec<&Card> {
        self.options.iter().chain(self.again.iter().map(|again| &again.card)).collect()
    }

    fn places(&self) -> &[Card] {
        &self.places
    }

    /// What the child brings is placed as the first round is.
    fn shown(&self, option: &str) -> Vec<&Card> {
        let is_again = self.again.iter().any(|again| again.card.id == option);
        let ids = if is_again { &self.then } else { &self.first };
        ids.iter().filter_map(|id| self.places.iter().find(|place| place.id == *id)).collect()
    }

    fn next<'a>(&'a self, capture: &'a Capture) -> Option<&'a Card> {
        let calls_for_it = |again: &&Again| {
            let lies = capture.placements.iter().find(|placed| placed.option.id == again.about);
            lies.is_some_and(|placed| again.after.contains(&placed.cell))
        };
        first_unsettled(capture, &self.options).or_else(|| {
            let again = self.again.iter().filter(calls_for_it).map(|again| &again.card);
            again.into_iter().find(|card| !capture.is_settled(&card.id))
        })
    }

    fn ask(&self, option: &str) -> Option<&str> {
        self.again.iter().any(|again| again.card.id == option).then_some(self.again_ask.as_str())
    }

    fn about<'a>(&'a self, option: &'a str) -> &'a str {
        self.again.iter().find(|again| again.card.id == option).map_or(option, |again| &again.about)
    }

    /// Nobody knows before how much is asked about once more.
    fn count(&self) -> Option<usize> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asking::{Asking, Kind, Step, next};
    use crate::cast::*;
    use crate::payload::Payload;
    use crate::payload::capture::{CaptureStarted, Escape};
    use crate::payload::profile::{Cells, Input, Order};
    use crate::script::Script;

    const PARTS: [&str; 3] = ["bus", "lunch", "playtime"];

    fn laid(kind: Kind, cells: Cells) -> Asking {
        let words = Vocabulary::built_in();
        let profile =
            CommunicationProfile { order: Order::Random, ..CommunicationProfile::new("", Input::Touch, cells) };
        kind.laid(&words.questions[0], words.cards(&PARTS), &profile, |_| 0)
    }

    fn begun(asking: Asking) -> Script {
        let mut script = Script::registered();
        script.sade([Payload::CaptureStarted(CaptureStarted { asking, ..mat() })]);
        script
    }

    fn step(script: &Script) -> Step {
        next(&script.record().captures[&CAPTURE])
    }

    fn asked(script: &Script) -> String {
        match step(script) {
            Step::Show(card) => card.id,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_day_keeps_its_order_and_asks_again_only_about_what_was_not_good() {
        let mut script = begun(laid(Kind::Day, Cells::Three));
        for (turn, (part, place)) in (1..).zip([("bus", "not-good"), ("lunch", "good"), ("playtime", "in-between")]) {
            assert_eq!(asked(&script), part);
            script.sade([presented(turn, &card(part, part)), answered(turn, part, place)]);
        }
        assert_eq!(asked(&script), "bus+next-time");
        script.sade([presented(4, &card("bus+next-time", "")), answered(4, "bus+next-time", "different")]);
        assert_eq!(asked(&script), "playtime+next-time");
        script.sade([presented(5, &card("playtime+next-time", "")), escaped(5, Escape::Skip)]);
        assert_eq!(step(&script), Step::Review);
    }

    #[test]
    fn every_person_who_was_put_somewhere_is_asked_about_once_more_and_who_was_left_is_not() {
        let mut script = begun(laid(Kind::People, Cells::Two));
        let Step::Show(first) = step(&script) else { panic!("somebody is shown") };
        script.sade([presented(1, &first), answered(1, &first.id, "close-to-me")]);
        for turn in 2..=3 {
            let Step::Show(person) = step(&script) else { panic!("somebody is shown") };
            script.sade([presented(turn, &person), escaped(turn, Escape::DontKnow)]);
        }
        assert_eq!(asked(&script), format!("{}+time", first.id));
        let record = script.record();
        let asking = &record.captures[&CAPTURE].asking;
        let places = |option: &str| asking.shown(option).into_iter().map(|place| place.id.clone()).collect::<Vec<_>>();
        assert_eq!(places(&first.id), CLOSE_OF_TWO);
        assert_eq!(places(&format!("{}+time", first.id)), TIME_OF_TWO);
        assert_eq!(asking.ask(&first.id), None);
        assert_eq!(asking.ask(&format!("{}+time", first.id)), Some(ASK_TIME));
    }
}
