//! A drawing, and words of the child's own: nothing to choose among. It is done when the child says so.

use serde::{Deserialize, Serialize};

use super::Way;
use crate::payload::capture::Card;
use crate::payload::profile::CommunicationProfile;
use crate::record::capture::Capture;
use crate::vocabulary::{Question, Vocabulary};

/// How a drawing is asked for.
pub const ASK_DRAWING: &str = "Draw about this.";
/// How words are asked for.
pub const ASK_WORDS: &str = "What do you say about this?";

/// What it is about, and what it becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Making {
    /// What it is about.
    pub about: Card,
    /// What it is once the child says that it is done.
    pub places: Vec<Card>,
}

fn laid(question: &Question, symbol: &str, words: &str) -> Making {
    let about = Card { id: question.id.clone(), symbol: question.symbol.clone(), words: question.words.clone() };
    let done = Vocabulary::built_in().symbol(symbol).map(|symbol| Card { words: words.into(), ..symbol.card() });
    Making { about, places: done.into_iter().collect() }
}

/// A drawing about the topic of a question.
pub fn drawing(
    question: &Question,
    _options: Vec<Card>,
    _profile: &CommunicationProfile,
    _draw: impl FnMut(usize) -> usize,
) -> Making {
    laid(question, "drawing", "a drawing")
}

/// Words about the topic of a question.
pub fn words(
    question: &Question,
    _options: Vec<Card>,
    _profile: &CommunicationProfile,
    _draw: impl FnMut(usize) -> usize,
) -> Making {
    laid(question, "writing", "in words")
}

impl Way for Making {
    fn options(&self) -> Vec<&Card> {
        vec![&self.about]
    }

    fn places(&self) -> &[Card] {
        &self.places
    }

    fn shown(&self, _option: &str) -> Vec<&Card> {
        self.places.iter().collect()
    }

    fn next<'a>(&'a self, capture: &'a Capture) -> Option<&'a Card> {
        Some(&self.about).filter(|about| !capture.is_settled(&about.id))
    }

    /// What the child brings is written down; nothing is drawn about it.
    fn asks_what_is_brought(&self) -> bool {
        false
    }

    fn is_made(&self) -> bool {
        true
    }
}
