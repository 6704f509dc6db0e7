//! Questions beside the built-in ones: a child's own, a team's, the council's.

use serde::{Deserialize, Serialize};

use super::capture::Card;
use crate::id::QuestionId;

/// So many pictures has a question at most: two pages of what a child is shown at once.
pub const MOST_CARDS: usize = 12;

/// A question is written. With the next version it is written anew; what was asked before keeps its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionWritten {
    /// Which.
    pub question: QuestionId,
    /// 1 at first, then one more each time.
    pub version: u32,
    /// The topic of the vocabulary it belongs to.
    pub topic: String,
    /// What it is about, as shown to the child.
    pub words: String,
    /// Its picture.
    pub symbol: String,
    /// Open, neutral words.
    pub ask: String,
    /// The language of its words (BCP 47).
    pub language: String,
    /// Which built-in scale fits it.
    pub scale: String,
    /// Its cards, in the order in which they were laid. A card with words of its own has an id of its own.
    pub cards: Vec<Card>,
    /// Its cards are parts of a day or a week, in their order.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_day: bool,
    /// Answers that matter much are checked more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub high_stakes: bool,
}

/// Somebody else decides whether a proposed version is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionDecided {
    /// Which.
    pub question: QuestionId,
    /// Which of its versions.
    pub version: u32,
    /// What was decided.
    pub decision: QuestionDecision,
}

/// Whether a question is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum QuestionDecision {
    /// It is, from now on.
    Approved,
    /// It is not; a version before it still is.
    Declined {
        /// Why, for whoever wrote it.
        reason: String,
    },
}

/// It is asked no more. What was answered stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionPutAway {
    /// Which.
    pub question: QuestionId,
}
