//! The mat: one option at a time, in the stored order, placed on a scale; a card that the child brought comes before the rest.

use serde::{Deserialize, Serialize};

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
        draw: impl FnMut(usize) -> usize,
    ) -> Mat {
        let scale = Vocabulary::built_in().scale(question, profile.cells);
        Mat { options: ordered(options, profile, draw), scale }
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
        self.scale.cells.iter().collect()
    }

    fn next<'a>(&'a self, capture: &'a Capture) -> Option<&'a Card> {
        first_unsettled(capture, &self.options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::profile::{Cells, Input, Order};

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
}
