//! A choice between pictures: two at a time, each with each, so that an order of preference shows and how sure it is.
//!
//! Two is the default of direct choice (PRACTICE A.12). Which lies on which side is balanced over the activity, for only where
//! sides change can a lean to one side be told from a preference (PRACTICE G). After three other choices the first is asked
//! once more with its sides swapped (PRACTICE A.16).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Way, shuffled};
use crate::payload::capture::Card;
use crate::payload::profile::{CommunicationProfile, Order};
use crate::record::capture::Capture;
use crate::vocabulary::{Question, Vocabulary};

/// So many pictures are compared at least, and at most†: four are six choices and one more.
pub const PICTURES: std::ops::RangeInclusive<usize> = 2..=4;
/// So many other choices lie between a choice and its being asked again.
pub const AGAIN_AFTER: usize = 3;

/// What there is to choose, and in which order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The pictures.
    pub pictures: Vec<Card>,
    /// The choices, in the order in which they are asked.
    pub rounds: Vec<Round>,
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// The choice as what is asked about: "the bus or the taxi".
    #[serde(flatten)]
    pub card: Card,
    /// The pictures in shown order, by id.
    pub shown: Vec<String>,
    /// Which choice this asks once more, sides swapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<String>,
}

impl Choice {
    /// Compares the first [`PICTURES`] of these options, each with each.
    pub fn laid(
        question: &Question,
        mut options: Vec<Card>,
        profile: &CommunicationProfile,
        mut draw: impl FnMut(usize) -> usize,
    ) -> Choice {
        options.truncate(*PICTURES.end());
        if profile.order == Order::Random {
            options = shuffled(options, &mut draw);
        }
        let mut rounds: Vec<Round> = Vec::new();
        for (left, right) in pairs(options.len()) {
            // Nothing keeps its side: with an odd distance between two, the first one is on the right.
            let (left, right) = if (right - left) % 2 == 0 { (left, right) } else { (right, left) };
            rounds.push(round(question, &options[left], &options[right]));
        }
        if profile.order == Order::Random {
            rounds = apart(shuffled(rounds, draw));
        }
        if let Some(first) = rounds.first().filter(|_| rounds.len() > AGAIN_AFTER).cloned() {
            let again = Round {
                card: Card { id: format!("{}+again", first.card.id), ..first.card.clone() },
                shown: first.shown.into_iter().rev().collect(),
                again: Some(first.card.id),
            };
            rounds.push(again);
        }
        Choice { pictures: options, rounds }
    }

    fn picture(&self, id: &str) -> Option<&Card> {
        self.pictures.iter().find(|picture| picture.id == id)
    }
}

/// What the choices of one activity come to. It is a count, not a judgement: three pictures chosen once each have no order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preference<'a> {
    /// The pictures, those that were chosen most often first.
    pub order: Vec<Preferred<'a>>,
    /// So many choices that were asked again came out the same.
    pub same: usize,
    /// So many came out otherwise.
    pub changed: usize,
}

/// How often one picture was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferred<'a> {
    /// Which.
    pub picture: &'a Card,
    /// So often it was chosen.
    pub won: usize,
    /// So often it was there to be chosen.
    pub asked: usize,
}

impl Way for Choice {
    fn options(&self) -> Vec<&Card> {
        self.rounds.iter().map(|round| &round.card).collect()
    }

    fn places(&self) -> &[Card] {
        &self.pictures
    }

    fn shown(&self, option: &str) -> Vec<&Card> {
        let round = self.rounds.iter().find(|round| round.card.id == option);
        round.into_iter().flat_map(|round| &round.shown).filter_map(|id| self.picture(id)).collect()
    }

    /// What the child brings with *something else* is written down, and not compared. Once it may be a sign of harm nothing is
    /// asked again (PRACTICE A.19).
    fn next<'a>(&'a self, capture: &'a Capture) -> Option<&'a Card> {
        let may_be_harmed = capture.brought.iter().any(|card| Vocabulary::built_in().is_harm(card));
        let mut rounds = self.rounds.iter().filter(|round| round.again.is_none() || !may_be_harmed);
        rounds.find(|round| !capture.is_settled(&round.card.id)).map(|round| &round.card)
    }

    fn asks_what_is_brought(&self) -> bool {
        false
    }

    fn is_repeat(&self, option: &str) -> bool {
        self.rounds.iter().any(|round| round.card.id == option && round.again.is_some())
    }

    /// What the choices come to; none while fewer than two pictures were chosen between.
    fn preference<'a>(&'a self, capture: &'a Capture) -> Option<Preference<'a>> {
        let chosen = |round: &Round| {
            let placed = capture.placements.iter().find(|placed| placed.option.id == round.card.id)?;
            Some(placed.cell.as_str()).filter(|cell| round.shown.iter().any(|id| id == cell))
        };
        let mut wins: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let (mut same, mut changed) = (0, 0);
        for round in &self.rounds {
            let Some(picked) = chosen(round) else { continue };
            if let Some(first) = &round.again {
                let before = self.rounds.iter().find(|round| round.card.id == *first).and_then(chosen);
                match before {
                    Some(before) if before == picked => same += 1,
                    Some(_) => changed += 1,
                    None => {}
                }
                continue;
            }
            for id in &round.shown {
                let (won, asked) = wins.entry(id).or_default();
                *won += usize::from(id == picked);
                *asked += 1;
            }
        }
        let mut order: Vec<Preferred<'_>> = wins
            .into_iter()
            .filter_map(|(id, (won, asked))| Some(Preferred { picture: self.picture(id)?, won, asked }))
            .collect();
        order.sort_by(|one, other| (other.won * one.asked).cmp(&(one.won * other.asked)));
        (!order.is_empty()).then_some(Preference { order, same, changed })
    }
}

fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |left| (left + 1..count).map(move |right| (left, right)))
}

fn round(question: &Question, left: &Card, right: &Card) -> Round {
    Round {
        card: Card {
            id: format!("{}+{}", left.id, right.id),
            symbol: question.symbol.clone(),
            words: format!("{} or {}", left.words, right.words),
        },
        shown: vec![left.id.clone(), right.id.clone()],
        again: None,
    }
}

/// The same choices, where it can be so that no picture comes twice in a row.
fn apart(mut rounds: Vec<Round>) -> Vec<Round> {
    let mut all = Vec::with_capacity(rounds.len());
    while !rounds.is_empty() {
        let last: Option<&Round> = all.last();
        let is_fresh = |round: &Round| last.is_none_or(|last| round.shown.iter().all(|id| !last.shown.contains(id)));
        let at = rounds.iter().position(is_fresh).unwrap_or_default();
        all.push(rounds.remove(at));
    }
    all
}

#[cfg(test)]
mod tests;
