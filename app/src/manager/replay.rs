//! The replay of an activity: what lay where at each step, and which step is shown. Pure: no clock, no screen.
//!
//! ```text
//! steps of the capture ── frames() ──▶ frames ── parts() ──▶ parts of the bar, as long as they took
//! Press ──▶ Replay::after() ──▶ which frame is shown, and whether it goes on by itself
//! ```
//! Nothing plays until someone presses Play.

use std::collections::BTreeMap;
use std::ops::Range;

use access::Reached;
use domain::payload::Payload;
use domain::payload::capture::{Card, Clarity, EndedBy, Escape, PauseReason, SharingChosen};
use domain::record::capture::Capture;

/// The shortest and the longest time a step stays when the replay goes on by itself, in milliseconds†: long waits are
/// told, not sat through.
const STAYS_MS: Range<i64> = 900..2_600;

/// What happened at one step.
#[derive(Clone, Debug, PartialEq)]
pub enum Moment {
    /// An option was shown.
    Shown(Card),
    /// It was placed.
    Placed {
        /// What.
        card: Card,
        /// Where.
        cell: Card,
        /// From shown to placed, in milliseconds.
        latency_ms: u64,
        /// How plain it was, where an adult read it.
        clarity: Option<Clarity>,
    },
    /// It was moved.
    Moved {
        /// What.
        card: Card,
        /// From where.
        from: Card,
        /// To where.
        to: Card,
    },
    /// What was done with an option was taken back.
    TakenBack(Card),
    /// A way out was chosen.
    Escaped {
        /// What was on the screen.
        card: Option<Card>,
        /// Which way out.
        which: Escape,
        /// What the child chose instead.
        chose: Option<Card>,
    },
    /// An adult marked a pause, or its end.
    Paused(PauseReason),
    /// The child looked at the whole mat and was content.
    Reviewed,
    /// A line was drawn: its number.
    Drew(usize),
    /// The last line was taken back; so many stay.
    TookLineBack(usize),
    /// It was written: all that stood there then.
    Wrote(String),
    /// The child said who may see it.
    Sharing {
        /// What was said.
        chosen: SharingChosen,
        /// The cards of which somebody may see only some.
        cards: Vec<Card>,
    },
    /// It ended.
    Ended(EndedBy),
}

/// The mat at one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Since the first step, in milliseconds, by the tablet's clock.
    pub at_ms: i64,
    /// What happened.
    pub moment: Moment,
    /// What is on the screen and waits.
    pub showing: Option<Card>,
    /// What lies where, in the order of placing: option and cell.
    pub placed: Vec<(Card, String)>,
    /// How the choice was reached, where it was not just touched.
    pub reached: Option<Reached>,
}

/// Every step of an activity with the mat as it then was.
pub fn frames(capture: &Capture) -> Vec<Frame> {
    let start = capture.steps.first().map_or(0, |step| step.at.as_millisecond());
    let mut mat = Mat { capture, shown: BTreeMap::new(), showing: None, placed: Vec::new(), lines: 0 };
    capture
        .steps
        .iter()
        .filter_map(|step| {
            let moment = mat.take(&step.payload)?;
            let at_ms = (step.at.as_millisecond() - start).max(0);
            let reached = reached(&step.payload).cloned();
            Some(Frame { at_ms, moment, showing: mat.showing.clone(), placed: mat.placed.clone(), reached })
        })
        .collect()
}

fn reached(payload: &Payload) -> Option<&Reached> {
    match payload {
        Payload::Answered(answered) => answered.reached.as_ref(),
        Payload::Moved(moved) => moved.reached.as_ref(),
        Payload::TakenBack(taken) => taken.reached.as_ref(),
        Payload::Escaped(escaped) => escaped.reached.as_ref(),
        _ => None,
    }
}

struct Mat<'a> {
    capture: &'a Capture,
    shown: BTreeMap<String, Card>,
    showing: Option<Card>,
    placed: Vec<(Card, String)>,
    lines: usize,
}

impl Mat<'_> {
    fn take(&mut self, payload: &Payload) -> Option<Moment> {
        Some(match payload {
            Payload::Presented(presented) => {
                self.shown.insert(presented.option.id.clone(), presented.option.clone());
                self.showing = Some(presented.option.clone());
                Moment::Shown(presented.option.clone())
            }
            Payload::Answered(answered) => {
                let card = self.card(&answered.option);
                self.showing = None;
                self.lay(&card, &answered.cell);
                let cell = self.cell(&answered.cell);
                Moment::Placed { card, cell, latency_ms: answered.latency_ms, clarity: answered.clarity }
            }
            Payload::Moved(moved) => {
                let card = self.card(&moved.option);
                self.lay(&card, &moved.to);
                Moment::Moved { card, from: self.cell(&moved.from), to: self.cell(&moved.to) }
            }
            Payload::TakenBack(taken) => {
                let card = self.card(&taken.option);
                self.showing = None;
                self.placed.retain(|(lies, _)| lies.id != card.id);
                Moment::TakenBack(card)
            }
            Payload::Escaped(escaped) => {
                let card = self.showing.take();
                Moment::Escaped { card, which: escaped.which, chose: escaped.chose.clone() }
            }
            Payload::LineDrawn(_) => {
                self.lines += 1;
                Moment::Drew(self.lines)
            }
            Payload::LineTakenBack(_) => {
                self.lines = self.lines.saturating_sub(1);
                Moment::TookLineBack(self.lines)
            }
            Payload::WordsTyped(typed) => Moment::Wrote(typed.words.clone()),
            Payload::Paused(paused) => Moment::Paused(paused.why),
            Payload::Reviewed(_) => Moment::Reviewed,
            Payload::SharingChosen(chosen) => {
                let cards = chosen.only.values().flatten().map(|option| self.card(option)).collect();
                Moment::Sharing { chosen: chosen.clone(), cards }
            }
            Payload::CaptureEnded(ended) => {
                self.showing = None;
                Moment::Ended(ended.by)
            }
            _ => return None,
        })
    }

    fn lay(&mut self, card: &Card, cell: &str) {
        match self.placed.iter_mut().find(|(lies, _)| lies.id == card.id) {
            Some((_, at)) => cell.clone_into(at),
            None => self.placed.push((card.clone(), cell.to_owned())),
        }
    }

    fn card(&self, id: &str) -> Card {
        let known = self.shown.get(id).or_else(|| self.capture.cards().find(|card| card.id == id));
        known.cloned().unwrap_or_else(|| unknown(id))
    }

    fn cell(&self, id: &str) -> Card {
        self.capture.asking.place(id).cloned().unwrap_or_else(|| self.card(id))
    }
}

fn unknown(id: &str) -> Card {
    Card { id: id.to_owned(), symbol: id.to_owned(), words: id.to_owned() }
}

/// One part of the bar: a showing with what it led to, a pause, the review.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Which frames it holds.
    pub frames: Range<usize>,
    /// How long it took, in milliseconds.
    pub lasts_ms: i64,
    /// An adult had marked a pause.
    pub is_pause: bool,
}

/// The parts of the bar.
pub fn parts(frames: &[Frame]) -> Vec<Part> {
    let begins = |frame: &Frame| {
        matches!(frame.moment, Moment::Shown(_) | Moment::Paused(_) | Moment::Reviewed | Moment::Sharing { .. })
    };
    let mut starts: Vec<usize> = frames
        .iter()
        .enumerate()
        .filter(|(place, frame)| *place == 0 || begins(frame))
        .map(|(place, _)| place)
        .collect();
    starts.push(frames.len());
    starts
        .windows(2)
        .map(|ends| {
            let (from, to) = (ends[0], ends[1]);
            let until = frames.get(to).or(frames.last()).map_or(0, |frame| frame.at_ms);
            let is_pause = matches!(frames[from].moment, Moment::Paused(why) if why != PauseReason::Resumed);
            Part { frames: from..to, lasts_ms: until - frames[from].at_ms, is_pause }
        })
        .collect()
}

/// What someone pressed, or that the time of a step has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// Go on by itself, from the beginning if it stood at the end.
    Play,
    /// Stay here.
    Pause,
    /// One step on.
    Next,
    /// One step back.
    Back,
    /// To the first step.
    First,
    /// To the last step.
    Last,
    /// To this step.
    GoTo(usize),
    /// The time of the step has passed.
    Tick,
}

/// Which step is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replay {
    /// Its place.
    pub frame: usize,
    /// Goes on by itself.
    pub playing: bool,
    frames: usize,
}

impl Replay {
    /// At the first of so many steps, and still.
    pub fn new(frames: usize) -> Replay {
        Replay { frame: 0, playing: false, frames }
    }

    /// The last step is shown.
    pub fn is_at_end(self) -> bool {
        self.frame + 1 >= self.frames
    }

    /// What follows. Every press but Play stops it going on by itself.
    pub fn after(self, press: Press) -> Replay {
        let last = self.frames.saturating_sub(1);
        let still = |frame: usize| Replay { frame: frame.min(last), playing: false, ..self };
        match press {
            Press::Play if self.frames < 2 => self,
            Press::Play => Replay { frame: if self.is_at_end() { 0 } else { self.frame }, playing: true, ..self },
            Press::Pause => still(self.frame),
            Press::Next => still(self.frame + 1),
            Press::Back => still(self.frame.saturating_sub(1)),
            Press::First => still(0),
            Press::Last => still(last),
            Press::GoTo(frame) => still(frame),
            Press::Tick if !self.playing => self,
            Press::Tick => {
                let frame = (self.frame + 1).min(last);
                Replay { frame, playing: frame < last, ..self }
            }
        }
    }
}

/// How long a step stays while it goes on by itself, in milliseconds.
pub fn stays_ms(frames: &[Frame], at: usize) -> u64 {
    let taken = match (frames.get(at), frames.get(at + 1)) {
        (Some(now), Some(next)) => next.at_ms - now.at_ms,
        _ => 0,
    };
    taken.clamp(STAYS_MS.start, STAYS_MS.end).unsigned_abs()
}

/// "1:07", since the first step.
pub fn clock(at_ms: i64) -> String {
    let seconds = at_ms / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests;
