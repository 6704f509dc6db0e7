//! Several pictures at once: the child takes one, then another from those that are left, until that is all.
//!
//! What was taken is not shown again, and those that are left change their places between two choices (DeLeon & Iwata 1996), so
//! that an order of preference comes of few presses. Two at a time are surer, and stay the default (PRACTICE A.12).

use serde::{Deserialize, Serialize};

use super::body::ALL;
use super::{Way, shuffled};
use crate::payload::capture::Card;
use crate::payload::profile::{CommunicationProfile, Order};
use crate::record::capture::{Capture, Placed};
use crate::vocabulary::{Question, Vocabulary};

/// So many pictures are shown at least.
pub const FEWEST: usize = 2;
/// So many at most to a child of whom nobody has found out how many they choose among (PRACTICE A.12).
const USUAL: usize = 4;
/// So many to any child†.
const MOST: usize = 12;
/// So often the child is asked at most†: what comes after is hardly a preference any more.
const TURNS: [(&str, &str); 4] = [("first", "first"), ("second", "next"), ("third", "then"), ("fourth", "and then")];

/// What there is to choose among.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Several {
    /// The pictures, and *that is all*.
    pub pictures: Vec<Card>,
    /// As often as it is asked, at most.
    pub turns: Vec<Turn>,
}

/// One of the choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The choice as what is asked about: "first".
    #[serde(flatten)]
    pub card: Card,
    /// In which order the pictures lie, by id; those that were taken in another turn are left out.
    pub order: Vec<String>,
}

/// So many pictures a child with this profile chooses among, at most.
pub fn most(profile: &CommunicationProfile) -> usize {
    profile.options.map_or(USUAL, usize::from).clamp(FEWEST, MOST)
}

impl Several {
    /// Shows as many of these options as the child's profile says.
    pub fn laid(
        question: &Question,
        mut options: Vec<Card>,
        profile: &CommunicationProfile,
        mut draw: impl FnMut(usize) -> usize,
    ) -> Several {
        options.truncate(most(profile));
        let mut order: Vec<String> = options.iter().map(|option| option.id.clone()).collect();
        let mut turns = Vec::new();
        // The last picture that is left is no choice.
        for (id, words) in TURNS.into_iter().take(options.len().saturating_sub(1)) {
            if profile.order == Order::Random {
                order = shuffled(order, &mut draw);
            }
            let card = Card { id: id.into(), symbol: question.symbol.clone(), words: words.into() };
            turns.push(Turn { card, order: order.clone() });
        }
        options.extend(Vocabulary::built_in().cards(&[ALL]));
        Several { pictures: options, turns }
    }

    fn is_first(&self, option: &str) -> bool {
        self.turns.first().is_some_and(|turn| turn.card.id == option)
    }
}

impl Way for Several {
    fn options(&self) -> Vec<&Card> {
        self.turns.iter().map(|turn| &turn.card).collect()
    }

    fn places(&self) -> &[Card] {
        &self.pictures
    }

    /// *That is all* can be said once something was taken, always in the last place.
    fn shown(&self, option: &str) -> Vec<&Card> {
        let turn = self.turns.iter().find(|turn| turn.card.id == option);
        let order = turn.map(|turn| turn.order.as_slice()).unwrap_or_default();
        let all = (!order.is_empty() && !self.is_first(option)).then_some(ALL);
        let ids = order.iter().map(String::as_str).chain(all);
        ids.filter_map(|id| self.pictures.iter().find(|picture| picture.id == id)).collect()
    }

    fn shown_now(&self, capture: &Capture, option: &str) -> Vec<&Card> {
        let is_taken = |place: &Card| capture.placed_in(&place.id).any(|placed| placed.option.id != option);
        self.shown(option).into_iter().filter(|place| place.id == ALL || !is_taken(place)).collect()
    }

    /// Left with a way out, or *that is all*: nothing more is asked.
    fn next<'a>(&'a self, capture: &'a Capture) -> Option<&'a Card> {
        for turn in &self.turns {
            if !capture.is_settled(&turn.card.id) {
                return Some(&turn.card);
            }
            capture.placements.iter().find(|placed| placed.option.id == turn.card.id && placed.cell != ALL)?;
        }
        None
    }

    /// What the child brings is written down; it is none of the pictures.
    fn asks_what_is_brought(&self) -> bool {
        false
    }

    fn only_leads(&self, _capture: &Capture, placed: &Placed) -> bool {
        placed.cell == ALL
    }

    fn count(&self) -> Option<usize> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asking::{Asking, Step, next};
    use crate::cast::*;
    use crate::payload::Payload;
    use crate::payload::capture::{CaptureStarted, Escape};
    use crate::payload::profile::{Cells, Input};
    use crate::script::Script;

    fn laid(options: Option<u8>, order: Order) -> Several {
        let question = &Vocabulary::built_in().questions[0];
        let profile =
            CommunicationProfile { options, order, ..CommunicationProfile::new("", Input::Touch, Cells::Two) };
        let mut lot = 5;
        Several::laid(question, question.cards.clone(), &profile, |below| {
            lot = lot * 31 + 7;
            lot % below
        })
    }

    fn begun(several: &Several) -> Script {
        let mut script = Script::registered();
        script.sade([Payload::CaptureStarted(CaptureStarted { asking: Asking::Several(several.clone()), ..mat() })]);
        script
    }

    fn take(script: &mut Script, turn: u128, option: &str, picture: &str) {
        script.sade([presented(turn, &card(option, option)), answered(turn, option, picture)]);
    }

    fn offered(script: &Script, option: &str) -> Vec<String> {
        let record = script.record();
        record.captures[&CAPTURE].shown(option).into_iter().map(|card| card.id.clone()).collect()
    }

    fn asked(script: &Script) -> Step {
        next(&script.record().captures[&CAPTURE])
    }

    #[test]
    fn as_many_are_shown_as_the_profile_says_and_four_where_it_says_nothing() {
        let shown = |options| laid(options, Order::Fixed).pictures.len() - 1;
        assert_eq!([shown(None), shown(Some(2)), shown(Some(3)), shown(Some(1))], [4, 2, 3, 2]);
        assert_eq!(laid(Some(2), Order::Fixed).turns.len(), 1, "the other one is no choice");
        assert_eq!(laid(Some(6), Order::Fixed).turns.len(), 4);
    }

    #[test]
    fn what_was_taken_is_not_offered_again_and_the_rest_changes_its_places() {
        let several = laid(Some(4), Order::Random);
        let mut script = begun(&several);
        let first = offered(&script, "first");
        assert_eq!(first.len(), 4, "there is no *that is all* before anything was taken");
        take(&mut script, 1, "first", &first[1]);
        let second = offered(&script, "second");
        assert_eq!(second.last().map(String::as_str), Some(ALL));
        assert!(!second.contains(&first[1]));
        assert_eq!(second.len(), 4);
        let record = script.record();
        let capture = &record.captures[&CAPTURE];
        assert!(!capture.takes("second", &first[1]) && capture.takes("second", &first[0]));
        assert!(capture.takes("first", &first[1]), "it can stay where it is");
        let orders: std::collections::BTreeSet<_> = several.turns.iter().map(|turn| &turn.order).collect();
        assert!(orders.len() > 1, "{orders:?}");
    }

    #[test]
    fn it_ends_when_that_is_all_when_the_child_does_not_know_and_when_nothing_is_left() {
        let several = laid(Some(3), Order::Fixed);
        let picture = |at: usize| several.pictures[at].id.clone();
        let mut all = begun(&several);
        take(&mut all, 1, "first", &picture(0));
        assert_eq!(asked(&all), Step::Show(several.turns[1].card.clone()));
        let mut left = all.clone();
        take(&mut all, 2, "second", ALL);
        assert_eq!(asked(&all), Step::Review);
        let record = all.record();
        let views: Vec<_> = record.captures[&CAPTURE].views().map(|view| view.placed.cell.clone()).collect();
        assert_eq!(views, [picture(0)], "*that is all* is no view");
        left.sade([presented(2, &several.turns[1].card), escaped(2, Escape::DontKnow)]);
        assert_eq!(asked(&left), Step::Review);
        let mut both = begun(&several);
        take(&mut both, 1, "first", &picture(0));
        take(&mut both, 2, "second", &picture(2));
        assert_eq!(asked(&both), Step::Review, "the third is what is left");
    }
}
