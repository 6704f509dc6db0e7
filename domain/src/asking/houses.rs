//! Three houses: each card is put in the house of worries, of good things or of dreams (Weld & Parker, "Three Houses", 2008).
//!
//! On the screen it is a mat whose places are houses. A house is no point on a scale: nothing here is more or less.

use super::mat::{Mat, Scale};
use super::ordered;
use crate::payload::capture::Card;
use crate::payload::profile::CommunicationProfile;
use crate::vocabulary::{Question, Vocabulary};

/// What is asked with each card.
pub const ASK: &str = "Which house is this in?";
/// The houses, in the order in which they always stand.
const HOUSES: [&str; 3] = ["worries", "good-things", "dreams"];
/// A child who tells two places apart has no house of dreams.
const HOUSES_OF_TWO: usize = 2;

/// Builds the houses by a child's profile.
pub(super) fn laid(
    _question: &Question,
    options: Vec<Card>,
    profile: &CommunicationProfile,
    draw: impl FnMut(usize) -> usize,
) -> Mat {
    let count = if profile.cells.are_two() { HOUSES_OF_TWO } else { HOUSES.len() };
    let cells = Vocabulary::built_in().cards(&HOUSES[..count]);
    Mat {
        options: ordered(options, profile, draw),
        scale: Scale { id: "houses".into(), cells },
        ends: Vec::new(),
        check: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::profile::{Cells, Input};

    #[test]
    fn there_are_three_houses_and_two_for_a_child_who_tells_two_places_apart() {
        let words = Vocabulary::built_in();
        let question = &words.questions[0];
        let houses = |cells| {
            let profile = CommunicationProfile::new("", Input::Touch, cells);
            let laid = laid(question, question.cards.clone(), &profile, |_| 0);
            laid.scale.cells.into_iter().map(|house| house.id).collect::<Vec<_>>()
        };
        assert_eq!(houses(Cells::Three), ["worries", "good-things", "dreams"]);
        assert_eq!(houses(Cells::Two), ["worries", "good-things"]);
    }
}
