//! Mats, turn by turn.

use std::collections::{BTreeMap, BTreeSet};

use domain::Payload;
use domain::asking::Asking;
use domain::id::{CaptureId, PresentationId, ViewId, VisitId};
use domain::payload::capture::{
    Answered, Audience, CaptureEnded, CaptureStarted, Card, Clarity, EndedBy, Escape, Escaped, HowGiven,
    InterpretationAdded, Layout, Moved, OptionsChosenBy, PauseReason, Paused, Placement, Presented, Reviewed, Seen,
    SharingChosen, Support, TakenBack,
};
use domain::payload::profile::{CommunicationProfile, Input};
use domain::vocabulary::Vocabulary;
use jiff::SignedDuration;

use super::{Story, initialled};

/// Between one card and the next.
pub(super) const NEXT_CARD_MS: i64 = 1_800;

/// One turn with one card. Times are from shown to settled, in milliseconds.
#[derive(Clone, Copy)]
pub(in crate::demo) enum Turn<'a> {
    /// The option goes to the cell.
    Placed(&'a str, &'a str, i64),
    /// The same, and the adult who read it was in doubt.
    Unclear(&'a str, &'a str, i64),
    /// An adult marked something while the option was waiting; then the option went to the cell.
    Interrupted(&'a str, PauseReason, &'a str, i64),
    /// The option is left with an escape.
    Left(&'a str, Escape, i64),
    /// At this option the child opened *something else* and chose this symbol; both are asked next.
    Instead(&'a str, &'a str, i64),
    /// The option on the mat is moved to this cell.
    Moved(&'a str, &'a str),
    /// What was done with the option is taken back: it is asked again.
    TakenBack(&'a str),
    /// A pause between two cards, of so many seconds.
    Pause(PauseReason, i64),
}

/// A mat that has been played.
pub(in crate::demo) struct Mat {
    pub(super) capture: CaptureId,
    pub(super) placements: Vec<Placement>,
}

impl Mat {
    /// The view about this option.
    pub(in crate::demo) fn view(&self, option: &str) -> ViewId {
        debug_assert!(self.placements.iter().any(|lies| lies.option == option));
        ViewId { capture: self.capture, option: option.into() }
    }

    /// All views but those about these options.
    pub(in crate::demo) fn all_but(&self, options: &[&str]) -> Vec<ViewId> {
        let others = self.placements.iter().filter(|lies| !options.contains(&lies.option.as_str()));
        others.map(|lies| self.view(&lies.option)).collect()
    }

    /// The views about these options.
    pub(in crate::demo) fn views(&self, options: &[&str]) -> Vec<ViewId> {
        options.iter().map(|option| self.view(option)).collect()
    }
}

fn card(symbol: &str) -> Card {
    Vocabulary::built_in().symbol(symbol).expect("a story uses the built-in vocabulary").card()
}

impl Story {
    /// A mat is laid and played, up to where its last turn leaves it.
    pub(in crate::demo) fn mat(&mut self, visit: VisitId, question: &str, turns: &[Turn<'_>]) -> Mat {
        let profile = self.profile.clone().expect("no mat without a profile");
        let capture = CaptureId(self.id(&format!("capture/{}/{question}", visit)));
        let cells = self.lay(visit, capture, question, &profile, turns);
        let mut mat = Mat { capture, placements: Vec::new() };
        for (turn, number) in turns.iter().zip(1_u32..) {
            self.turn(&mut mat, &cells, profile.input, number, turn);
        }
        mat
    }

    /// Begins the activity; returns its cells in shown order.
    fn lay(
        &mut self,
        visit: VisitId,
        capture: CaptureId,
        question: &str,
        profile: &CommunicationProfile,
        turns: &[Turn<'_>],
    ) -> Vec<String> {
        let words = Vocabulary::built_in();
        let question = words.question(question).expect("a story uses the question library");
        let (scale, ends) = words.scale(question, profile.cells);
        // The order drawn by lot is the order in which the story shows them; what was not reached comes last.
        let library = question.cards.clone();
        let mut order: Vec<&str> = Vec::new();
        for option in turns.iter().filter_map(Turn::shows) {
            if !order.contains(&option) {
                order.push(option);
            }
        }
        let (shown, unreached): (Vec<Card>, Vec<Card>) =
            library.into_iter().partition(|card| order.contains(&card.id.as_str()));
        let mut options = shown;
        options.sort_by_key(|card| order.iter().position(|option| *option == card.id));
        options.extend(unreached);
        let cells = scale.cells.iter().map(|cell| cell.id.clone()).collect();
        self.record(Payload::CaptureStarted(CaptureStarted {
            visit,
            capture,
            question: words.asked(question),
            asking: Asking::Mat(domain::asking::Mat { options, scale, ends, check: None }),
            layout: Layout::by(profile),
        }));
        self.pass(SignedDuration::from_millis(NEXT_CARD_MS));
        cells
    }

    fn turn(&mut self, mat: &mut Mat, cells: &[String], input: Input, number: u32, turn: &Turn<'_>) {
        let capture = mat.capture;
        let presentation = PresentationId(self.id(&format!("{capture}/{number}")));
        if let Some(option) = turn.shows() {
            self.record(Payload::Presented(Presented {
                capture,
                presentation,
                option: card(option),
                order: cells.to_vec(),
                input,
            }));
        }
        match *turn {
            Turn::Placed(option, cell, after) => {
                self.pass(SignedDuration::from_millis(after));
                self.places(mat, presentation, option, cell, after, Clarity::Clear);
            }
            Turn::Unclear(option, cell, after) => {
                self.pass(SignedDuration::from_millis(after));
                self.places(mat, presentation, option, cell, after, Clarity::Unclear);
            }
            Turn::Interrupted(option, why, cell, after) => {
                let interrupted = after * 2 / 3;
                self.pauses(capture, Some(presentation), why, interrupted);
                self.pass(SignedDuration::from_millis(after - interrupted));
                self.places(mat, presentation, option, cell, after, Clarity::Clear);
            }
            Turn::Left(_, which, after) => {
                self.escapes(capture, presentation, which, None, after);
            }
            Turn::Instead(_, symbol, after) => {
                let chose = Some(card(symbol));
                self.escapes(capture, presentation, Escape::SomethingElse, chose, after);
            }
            Turn::Moved(option, to) => self.moves(mat, option, to),
            Turn::TakenBack(option) => {
                mat.placements.retain(|lies| lies.option != option);
                self.pass(SignedDuration::from_millis(3_200));
                self.record(Payload::TakenBack(TakenBack { capture, option: option.into(), reached: None }));
            }
            Turn::Pause(why, seconds) => self.pauses(capture, None, why, seconds * 1_000),
        }
        self.pass(SignedDuration::from_millis(NEXT_CARD_MS));
    }

    fn places(
        &mut self,
        mat: &mut Mat,
        presentation: PresentationId,
        option: &str,
        cell: &str,
        latency_ms: i64,
        clarity: Clarity,
    ) {
        let reader = self.reader();
        mat.placements.push(Placement { option: option.into(), cell: cell.into() });
        self.record(Payload::Answered(Answered {
            capture: mat.capture,
            presentation,
            option: option.into(),
            cell: cell.into(),
            clarity: reader.as_ref().map(|_| clarity),
            read_by: reader,
            latency_ms: latency_ms.unsigned_abs(),
            reached: None,
        }));
    }

    fn escapes(
        &mut self,
        capture: CaptureId,
        presentation: PresentationId,
        which: Escape,
        chose: Option<Card>,
        after: i64,
    ) {
        self.pass(SignedDuration::from_millis(after));
        self.record(Payload::Escaped(Escaped {
            capture,
            presentation: Some(presentation),
            which,
            chose,
            reached: None,
        }));
    }

    fn moves(&mut self, mat: &mut Mat, option: &str, to: &str) {
        let lies = mat
            .placements
            .iter_mut()
            .find(|lies| lies.option == option)
            .expect("only what lies on the mat can be moved");
        let from = std::mem::replace(&mut lies.cell, to.into());
        self.pass(SignedDuration::from_millis(6_500));
        self.record(Payload::Moved(Moved {
            capture: mat.capture,
            option: option.into(),
            from,
            to: to.into(),
            reached: None,
        }));
    }

    fn pauses(&mut self, capture: CaptureId, presentation: Option<PresentationId>, why: PauseReason, for_ms: i64) {
        for why in [why, PauseReason::Resumed] {
            self.record(Payload::Paused(Paused { capture, presentation, why }));
            if why != PauseReason::Resumed {
                self.pass(SignedDuration::from_millis(for_ms));
            }
        }
    }

    /// The adult who reads the child's choice, where the child does not touch.
    pub(super) fn reader(&self) -> Option<String> {
        let input = self.profile.as_ref()?.input;
        matches!(input, Input::EyePointing | Input::Partner).then(|| initialled(self.by))
    }

    /// The child looks at the whole mat, says who may see it, and it ends.
    pub(in crate::demo) fn finishes(&mut self, mat: &Mat, may_tell: &[Audience], not_tell: &[Audience], words: &str) {
        let capture = mat.capture;
        self.pass(SignedDuration::from_secs(14));
        self.record(Payload::Reviewed(Reviewed { capture, placements: mat.placements.clone() }));
        self.pass(SignedDuration::from_secs(21));
        let all = |audiences: &[Audience]| audiences.iter().copied().collect::<BTreeSet<_>>();
        self.record(Payload::SharingChosen(SharingChosen {
            capture,
            may_tell: all(may_tell),
            not_tell: all(not_tell),
            only: BTreeMap::new(),
            words: words.into(),
        }));
        self.pass(SignedDuration::from_secs(4));
        self.ends(mat, EndedBy::Finished);
    }

    /// The activity ends, complete or not.
    pub(in crate::demo) fn ends(&mut self, mat: &Mat, by: EndedBy) {
        let capture = mat.capture;
        self.tell(Payload::CaptureEnded(CaptureEnded { capture, by }));
    }

    /// How the views of a mat were given, written down in the car.
    pub(in crate::demo) fn given(
        &mut self,
        mat: &Mat,
        support: Support,
        present: &[&str],
        options_chosen_by: OptionsChosenBy,
        seen: Seen,
    ) {
        let mode = self.profile.as_ref().map_or(Input::Touch, |profile| profile.input);
        let read_by = self.reader();
        self.tell(Payload::HowGiven(HowGiven {
            capture: mat.capture,
            mode,
            clarity: read_by.as_ref().map(|_| Clarity::Clear),
            read_by,
            support,
            present: present.iter().map(|who| (*who).into()).collect(),
            options_chosen_by,
            seen,
        }));
    }

    /// What the worker thinks a mat means, and what else could explain it.
    pub(in crate::demo) fn thinks(&mut self, mat: &Mat, words: &str, other_explanations: &str) {
        self.tell(Payload::InterpretationAdded(InterpretationAdded {
            capture: mat.capture,
            words: words.into(),
            other_explanations: other_explanations.into(),
        }));
    }
}

impl Turn<'_> {
    /// The option it puts on the screen.
    fn shows(&self) -> Option<&str> {
        match self {
            Turn::Placed(option, ..)
            | Turn::Unclear(option, ..)
            | Turn::Interrupted(option, ..)
            | Turn::Left(option, ..)
            | Turn::Instead(option, ..) => Some(option),
            Turn::Moved(..) | Turn::TakenBack(..) | Turn::Pause(..) => None,
        }
    }
}
