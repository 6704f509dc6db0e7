//! Yes or no: one option at a time. A fallback, for children tend to say yes to an adult (Fritzley & Lee 2003; PRACTICE A.14).
//!
//! *Don't know* is a way out, as everywhere: it is never one of the answers.

use serde::{Deserialize, Serialize};

use super::{Way, first_unsettled, ordered};
use crate::payload::capture::Card;
use crate::payload::profile::{CommunicationProfile, Order};
use crate::record::capture::Capture;
use crate::vocabulary::{Question, Vocabulary};

/// A yes.
pub const YES: &str = "yes";
/// A no.
pub const NO: &str = "no";

/// What is asked for a yes or a no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YesNo {
    /// The options, in the order in which they will be shown.
    pub options: Vec<Card>,
    /// Yes and no in shown order, fixed for the whole activity.
    pub answers: Vec<Card>,
}

impl YesNo {
    /// Sets it up by a child's profile. On which side *yes* lies is drawn by lot, unless the order is fixed.
    pub fn laid(
        _question: &Question,
        options: Vec<Card>,
        profile: &CommunicationProfile,
        mut draw: impl FnMut(usize) -> usize,
    ) -> YesNo {
        let mut answers = Vocabulary::built_in().cards(&[YES, NO]);
        if profile.order == Order::Random && draw(2) == 1 {
            answers.reverse();
        }
        YesNo { options: ordered(options, profile, draw), answers }
    }
}

impl Way for YesNo {
    fn options(&self) -> Vec<&Card> {
        self.options.iter().collect()
    }

    fn places(&self) -> &[Card] {
        &self.answers
    }

    fn shown(&self, _option: &str) -> Vec<&Card> {
        self.answers.iter().collect()
    }

    fn next<'a>(&'a self, capture: &'a Capture) -> Option<&'a Card> {
        first_unsettled(capture, &self.options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::profile::{Cells, Input};

    fn answers(order: Order, lot: usize) -> Vec<String> {
        let words = Vocabulary::built_in();
        let question = &words.questions[0];
        let profile = CommunicationProfile { order, ..CommunicationProfile::new("", Input::Touch, Cells::Two) };
        let laid = YesNo::laid(question, question.cards.clone(), &profile, |below| lot % below);
        laid.answers.into_iter().map(|answer| answer.id).collect()
    }

    #[test]
    fn the_side_of_yes_is_drawn_and_a_fixed_order_has_it_first() {
        assert_eq!(answers(Order::Random, 0), [YES, NO]);
        assert_eq!(answers(Order::Random, 1), [NO, YES]);
        assert_eq!(answers(Order::Fixed, 1), [YES, NO]);
    }
}
