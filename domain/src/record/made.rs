//! What a child made in an activity: the lines of a drawing, and words.

use serde::{Deserialize, Serialize};

use super::capture::{Capture, Placed};
use crate::payload::Payload;
use crate::payload::capture::Card;
use crate::payload::making::Line;
use crate::text;

/// Words that a child may write when it is harmed†. Far from complete, and each may be harmless: a person looks.
const HARM: &[&str] = &[
    "hurt",
    "hurts",
    "hit",
    "hits",
    "hitting",
    "kick",
    "kicks",
    "punch",
    "slap",
    "pinch",
    "bite",
    "bites",
    "burn",
    "blood",
    "bleed",
    "bruise",
    "bruises",
    "scared",
    "afraid",
    "frightened",
    "shout",
    "shouts",
    "touch",
    "touches",
    "secret",
    "locked",
    "hungry",
    "die",
    "kill",
    "unsafe",
];

/// What was made about one thing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Made {
    /// The lines of a drawing, in order.
    pub lines: Vec<Line>,
    /// Words.
    pub words: String,
    /// Words that may tell of harm and were rubbed out again: they were said.
    pub rubbed_out: Vec<String>,
}

impl Made {
    /// Whether there is something to see.
    pub fn is_something(&self) -> bool {
        !self.lines.is_empty() || text::is_visible(&self.words)
    }

    /// What was written and may be a sign of harm, with what was rubbed out.
    pub fn harm(&self) -> impl Iterator<Item = &String> {
        let now = Some(&self.words).filter(|words| may_be_harm(words));
        self.rubbed_out.iter().chain(now)
    }

    fn write(&mut self, words: &str) {
        let was_rubbed_out = words.len() < self.words.len() && may_be_harm(&self.words) && !may_be_harm(words);
        if was_rubbed_out && !self.rubbed_out.contains(&self.words) {
            self.rubbed_out.push(self.words.clone());
        }
        words.clone_into(&mut self.words);
    }
}

fn may_be_harm(words: &str) -> bool {
    let lower = words.to_lowercase();
    lower.split(|letter: char| !letter.is_alphanumeric()).any(|word| HARM.contains(&word))
}

impl Capture {
    /// What was made about this option.
    pub fn made_of(&self, option: &str) -> Option<&Made> {
        self.made.get(option).filter(|made| made.is_something())
    }

    /// Every drawing that the child has not taken back whole, with what it is about.
    pub fn drawings(&self) -> impl Iterator<Item = (&Card, &[Line])> {
        let drawn = self.asking.options().into_iter().filter_map(|card| Some((card, self.made.get(&card.id)?)));
        drawn.map(|(card, made)| (card, made.lines.as_slice())).filter(|(_, lines)| !lines.is_empty())
    }

    /// Words that the child wrote, and did not say that they are done: it stopped, or left them. With what they are about.
    pub fn unfinished_words(&self) -> Option<(&Card, &str)> {
        let about = self.cards().find(|card| self.made.contains_key(&card.id))?;
        let is_done = self.placements.iter().any(|placed| placed.option.id == about.id);
        let words = text::trimmed(&self.made.get(&about.id)?.words);
        (!is_done && !words.is_empty()).then_some((about, words))
    }

    /// The place in which an option lies; where the child wrote, its own words stand there.
    pub fn lies(&self, placed: &Placed) -> Option<Card> {
        let place = self.asking.place(&placed.cell)?.clone();
        let written = self.made_of(&placed.option.id).map(|made| text::trimmed(&made.words));
        Some(match written {
            Some(words) if !words.is_empty() => Card { words: format!("“{words}”"), ..place },
            _ => place,
        })
    }

    /// Brings what is made up to date with the next thing that happened.
    pub(super) fn make(&mut self, payload: &Payload) {
        let about = self.asking.options().first().map(|card| card.id.clone());
        let Some(option) = about.filter(|_| self.asking.is_made()) else { return };
        let made = self.made.entry(option).or_default();
        match payload {
            Payload::LineDrawn(drawn) => made.lines.push(drawn.line.clone()),
            Payload::LineTakenBack(_) => drop(made.lines.pop()),
            Payload::WordsTyped(typed) => made.write(&typed.words),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
