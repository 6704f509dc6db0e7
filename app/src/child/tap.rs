//! What a press means: from what has happened so far and one press to what is written down. Pure, so that every rule about
//! presses is tried without a screen.
//!
//! Who read an answer is not written with it: where the child points with eyes or a partner, an adult touches, and the
//! showing says so ([`Presented::input`]). The adult's name needs the worker's key, which is not here; *how it was given*
//! carries it for the whole activity, after the tablet is taken back, and the log names the author of every step anyway.

use std::collections::{BTreeMap, BTreeSet};

use access::Reached;
use domain::asking::{Step, next};
use domain::id::PresentationId;
use domain::payload::Payload;
use domain::payload::capture::{
    Answered, Audience, CaptureEnded, Card, EndedBy, Escape, Escaped, Moved, PauseReason, Paused, Presented, Reviewed,
    SharingChosen, TakenBack,
};
use domain::payload::making::{Line, LineDrawn, LineTakenBack, MOST_LETTERS, WordsTyped};
use domain::record::capture::Capture;
use jiff::Timestamp;

/// A press, or what an adult marks.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tap {
    /// Places the card that is shown.
    Place {
        /// The showing it answers.
        showing: PresentationId,
        /// Where.
        cell: String,
    },
    /// Takes back what was done last.
    TakeBack,
    /// Draws a line.
    Draw(PresentationId, Line),
    /// Takes the last line back.
    Undraw(PresentationId),
    /// Writes: all that stands there now.
    Write(PresentationId, String),
    /// Goes on with what was made, from the review.
    GoOnMaking,
    /// Leaves the card that is shown.
    DontKnow(PresentationId),
    /// Leaves the card that is shown.
    Skip(PresentationId),
    /// Brings a card from the whole vocabulary; none: looked there and came back.
    Bring(PresentationId, Option<Card>),
    /// Ends at once.
    Stop,
    /// Moves a card in the review.
    Move {
        /// Which.
        option: String,
        /// Where to.
        cell: String,
    },
    /// Is content with the whole mat.
    Content,
    /// Says who may see it. Who is in neither was asked about and not answered.
    Share {
        /// May.
        may: BTreeSet<Audience>,
        /// May not.
        not: BTreeSet<Audience>,
        /// What those who may not may see all the same.
        only: BTreeMap<Audience, BTreeSet<String>>,
    },
    /// An adult marks why it pauses.
    Pause(PauseReason),
    /// An adult goes on.
    GoOn,
    /// An adult ends it.
    End,
}

impl Tap {
    /// Whether it is taken only while nothing pauses. *Stop* always is.
    fn waits_for_a_pause(&self) -> bool {
        !matches!(self, Tap::Stop | Tap::Pause(_) | Tap::GoOn | Tap::End)
    }
}

/// How long the card on the screen has been in sight, pauses left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Watch {
    seen_ms: f64,
    since_ms: Option<f64>,
}

impl Watch {
    /// A card that has been in sight for so long already, and is now.
    pub(super) fn started(seen_ms: f64, now_ms: f64) -> Watch {
        Watch { seen_ms, since_ms: Some(now_ms) }
    }

    /// Something covers it.
    pub(super) fn cover(&mut self, now_ms: f64) {
        self.seen_ms = self.read(now_ms);
        self.since_ms = None;
    }

    /// It is in sight again.
    pub(super) fn uncover(&mut self, now_ms: f64) {
        self.seen_ms = self.read(now_ms);
        self.since_ms = Some(now_ms);
    }

    fn read(&self, now_ms: f64) -> f64 {
        self.seen_ms + self.since_ms.map_or(0.0, |since| (now_ms - since).max(0.0))
    }

    /// Whole milliseconds.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
    pub(super) fn ms(&self, now_ms: f64) -> u64 {
        self.read(now_ms).clamp(0.0, 1e12) as u64
    }
}

/// What a press writes down; nothing when it comes too late, or means nothing here.
pub(super) fn written(capture: &Capture, tap: Tap, latency_ms: u64, reached: Option<Reached>) -> Vec<Payload> {
    let step = next(capture);
    let id = capture.id;
    let is_paused = !paused(capture).is_empty();
    if matches!(step, Step::Ended | Step::Unknown) || (is_paused && tap.waits_for_a_pause()) {
        return Vec::new();
    }
    let open = capture.open_presentation.as_ref();
    let is_open = |showing: PresentationId| open.is_some_and(|(open, _)| *open == showing);
    let presentation = open.map(|(open, _)| *open);
    let escaped =
        |which, chose| Payload::Escaped(Escaped { capture: id, presentation, which, chose, reached: reached.clone() });
    let ended = |by| Payload::CaptureEnded(CaptureEnded { capture: id, by });
    match tap {
        Tap::Place { showing, cell } if is_open(showing) => open
            .filter(|(_, option)| capture.takes(&option.id, &cell))
            .map(|(presentation, option)| {
                Payload::Answered(Answered {
                    capture: id,
                    presentation: *presentation,
                    option: option.id.clone(),
                    cell,
                    read_by: None,
                    clarity: None,
                    latency_ms,
                    reached: reached.clone(),
                })
            })
            .into_iter()
            .collect(),
        Tap::TakeBack if matches!(step, Step::Waiting { .. }) => capture
            .last_settled()
            .map(|option| Payload::TakenBack(TakenBack { capture: id, option, reached: reached.clone() }))
            .into_iter()
            .collect(),
        Tap::Draw(showing, line) if is_open(showing) && !line.points.is_empty() => {
            vec![Payload::LineDrawn(LineDrawn { capture: id, presentation: showing, line })]
        }
        Tap::Undraw(showing) if is_open(showing) && capture.drawings().next().is_some() => {
            vec![Payload::LineTakenBack(LineTakenBack { capture: id, presentation: showing })]
        }
        Tap::Write(showing, words) if is_open(showing) && words.chars().count() <= MOST_LETTERS => {
            vec![Payload::WordsTyped(WordsTyped { capture: id, presentation: showing, words })]
        }
        Tap::GoOnMaking if step == Step::Review && capture.asking.is_made() => capture
            .last_settled()
            .map(|option| Payload::TakenBack(TakenBack { capture: id, option, reached: reached.clone() }))
            .into_iter()
            .collect(),
        Tap::DontKnow(showing) if is_open(showing) => vec![escaped(Escape::DontKnow, None)],
        Tap::Skip(showing) if is_open(showing) => vec![escaped(Escape::Skip, None)],
        Tap::Bring(showing, chose) if is_open(showing) => vec![escaped(Escape::SomethingElse, chose)],
        Tap::Stop => vec![escaped(Escape::Stop, None), ended(EndedBy::Child)],
        Tap::Move { option, cell } if step == Step::Review && capture.takes(&option, &cell) => capture
            .placements
            .iter()
            .filter(|placed| placed.option.id == option && placed.cell != cell)
            .map(|placed| {
                let (option, from) = (option.clone(), placed.cell.clone());
                Payload::Moved(Moved { capture: id, option, from, to: cell.clone(), reached: reached.clone() })
            })
            .collect(),
        Tap::Content if step == Step::Review => {
            vec![Payload::Reviewed(Reviewed { capture: id, placements: capture.where_all_lies() })]
        }
        Tap::Share { mut may, not, mut only } if step == Step::Sharing => {
            // Always told, and the child is told so.
            may.insert(Audience::SocialWorker);
            only.retain(|who, options| not.contains(who) && !options.is_empty());
            let chosen = SharingChosen { capture: id, may_tell: may, not_tell: not, only, words: String::new() };
            vec![Payload::SharingChosen(chosen)]
        }
        Tap::Pause(why) if !paused(capture).contains(&why) => {
            vec![Payload::Paused(Paused { capture: id, presentation, why })]
        }
        Tap::GoOn if is_paused => {
            vec![Payload::Paused(Paused { capture: id, presentation, why: PauseReason::Resumed })]
        }
        Tap::End => vec![ended(EndedBy::Worker)],
        _ => Vec::new(),
    }
}

/// What follows by itself from what has happened: the next showing, or the end written down.
pub(super) fn follows(capture: &Capture, fresh: impl FnOnce() -> PresentationId) -> Option<Payload> {
    let id = capture.id;
    match next(capture) {
        Step::Show(option) => Some(Payload::Presented(Presented {
            capture: id,
            presentation: fresh(),
            order: capture.shown(&option.id).into_iter().map(|place| place.id.clone()).collect(),
            option,
            input: capture.layout.input,
        })),
        Step::Finish => Some(Payload::CaptureEnded(CaptureEnded { capture: id, by: EndedBy::Finished })),
        Step::Ended if capture.ended.is_none() => {
            Some(Payload::CaptureEnded(CaptureEnded { capture: id, by: EndedBy::Child }))
        }
        _ => None,
    }
}

/// Why it is paused, each reason once, in the order marked; empty while it goes on.
pub(super) fn paused(capture: &Capture) -> Vec<PauseReason> {
    let mut reasons = Vec::new();
    for step in &capture.steps {
        match &step.payload {
            Payload::Paused(Paused { why: PauseReason::Resumed, .. }) | Payload::CaptureEnded(_) => reasons.clear(),
            Payload::Paused(paused) => reasons.push(paused.why),
            _ => {}
        }
    }
    reasons
}

/// How long the open showing has been in sight by the steps' own times, in milliseconds: a reload goes on counting.
pub(super) fn seen_ms(capture: &Capture, now: Timestamp) -> f64 {
    let mut seen = 0;
    let mut since = None;
    for step in &capture.steps {
        let at = step.at.as_millisecond();
        let passed = since.map_or(0, |since| at - since);
        match &step.payload {
            Payload::Presented(_) => (seen, since) = (0, Some(at)),
            Payload::Paused(Paused { why: PauseReason::Resumed, .. }) => since = Some(at),
            Payload::Paused(_) => (seen, since) = (seen + passed, None),
            _ => {}
        }
    }
    let passed = since.map_or(0, |since| now.as_millisecond() - since);
    // A device whose clock was set back has no say.
    (seen + passed).max(0) as f64
}

#[cfg(test)]
mod tests;
