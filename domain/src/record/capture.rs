//! An activity with the child, as screens show and replay it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::asking::Asking;
use crate::id::{CaptureId, PresentationId, VisitId};
use crate::payload::Payload;
use crate::payload::capture::{
    Answered, Asked, Audience, CaptureStarted, Card, Clarity, EndedBy, Escape, HowGiven, InterpretationAdded, Layout,
    PauseReason, Placement, SharingChosen, Support,
};
use crate::payload::harm::{HarmLookedAt, HarmSeen};
use crate::record::made::Made;
pub use crate::record::view::CaptureView;
use crate::record::{Attributed, Source};

/// One activity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Capture {
    /// Which.
    pub id: CaptureId,
    /// During which visit.
    pub visit: VisitId,
    /// The question.
    pub question: Asked,
    /// In which way it is asked.
    pub asking: Asking,
    /// Cards the child brought with *something else*.
    pub brought: Vec<Card>,
    /// How it was laid out.
    pub layout: Layout,
    /// Who ran it, when it began.
    pub started: Source,
    /// What is on the screen and waits.
    pub open_presentation: Option<(PresentationId, Card)>,
    /// What lies where, in the order of placing.
    pub placements: Vec<Placed>,
    /// Options left with an escape.
    pub left: BTreeMap<String, Escape>,
    /// What the child made, by option.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub made: BTreeMap<String, Made>,
    /// The child looked at the whole mat and was content.
    pub reviewed: Option<Source>,
    /// Who may see it.
    pub sharing: Option<Attributed<SharingChosen>>,
    /// How it ended.
    pub ended: Option<Attributed<EndedBy>>,
    /// How the views were given.
    pub how_given: Option<Attributed<HowGiven>>,
    /// What the child wanted to change later, by option.
    pub changes_wanted: BTreeMap<String, Source>,
    /// What the worker thinks it means.
    pub interpretations: Vec<Attributed<InterpretationAdded>>,
    /// What may be a sign of harm and was taken back.
    pub(super) harm_taken_back: Vec<Card>,
    /// What was decided about what may be a sign of harm, in order.
    pub harm_looked_at: Vec<Attributed<HarmLookedAt>>,
    /// What a manager said of it.
    pub harm_seen: Vec<Attributed<HarmSeen>>,
    /// Every step, for replay.
    #[serde(skip)]
    pub steps: Vec<CaptureStep>,
    stopped: bool,
    /// By presentation; told by the steps.
    #[serde(skip)]
    cards_shown: BTreeMap<PresentationId, Card>,
}

/// One option that lies in a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// What.
    pub option: Card,
    /// Where it lies now.
    pub cell: String,
    /// Where it lay before, in order. Where it lay until it was told finer is none of them.
    pub before: Vec<String>,
    /// The child was asked to tell it finer, and answered or left that.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub finer_asked: bool,
    /// The adult who read it, where one did.
    pub read_by: Option<String>,
    /// How plain it was.
    pub clarity: Option<Clarity>,
    /// From shown to placed, in milliseconds.
    pub latency_ms: u64,
}

impl Placed {
    fn lay(&mut self, cell: &str) {
        if self.cell != cell {
            self.before.push(std::mem::replace(&mut self.cell, cell.to_owned()));
        }
    }
}

/// How far an activity has come. A choice that was asked once more, and an answer that only led to the next, are not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// So many cards lie somewhere.
    pub placed: usize,
    /// So many were left with a way out.
    pub left: usize,
    /// Of so many, with what the child brought and settled; none where the answers say how it goes on.
    pub of: Option<usize>,
}

impl Counted {
    /// So many cards were settled, one way or the other.
    pub fn settled(self) -> usize {
        self.placed + self.left
    }
}

/// One step, for replay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaptureStep {
    /// The device's clock.
    pub at: Timestamp,
    /// What happened.
    pub payload: Payload,
}

impl Capture {
    /// An activity at its beginning.
    pub fn begin(started: &CaptureStarted, source: Source) -> Capture {
        Capture {
            id: started.capture,
            visit: started.visit,
            question: started.question.clone(),
            asking: started.asking.clone(),
            brought: Vec::new(),
            layout: started.layout.clone(),
            started: source,
            open_presentation: None,
            placements: Vec::new(),
            left: BTreeMap::new(),
            made: BTreeMap::new(),
            reviewed: None,
            sharing: None,
            ended: None,
            how_given: None,
            changes_wanted: BTreeMap::new(),
            interpretations: Vec::new(),
            harm_taken_back: Vec::new(),
            harm_looked_at: Vec::new(),
            harm_seen: Vec::new(),
            steps: Vec::new(),
            stopped: false,
            cards_shown: BTreeMap::new(),
        }
    }

    /// The child chose *stop*.
    pub fn stopped(&self) -> bool {
        self.stopped
    }

    /// An adult marked that the child was tired.
    pub fn was_tired(&self) -> bool {
        let tired = |payload: &Payload| matches!(payload, Payload::Paused(paused) if paused.why == PauseReason::Tired);
        self.steps.iter().any(|step| tired(&step.payload))
    }

    /// The option was placed, or left with an escape.
    pub fn is_settled(&self, option: &str) -> bool {
        self.left.contains_key(option) || self.placements.iter().any(|placed| placed.option.id == option)
    }

    /// How far it has come, counted alike wherever it is told.
    pub fn counted(&self) -> Counted {
        let placed = self.placements.iter().filter(|placed| self.is_counted(placed)).count();
        let left = self.left.keys().filter(|option| !self.asking.is_repeat(option)).count();
        let known: BTreeSet<&String> = self.asking.options().into_iter().map(|card| &card.id).collect();
        let settled = self.brought.iter().map(|card| &card.id).filter(|card| self.is_settled(card));
        let brought: BTreeSet<&String> = settled.filter(|card| !known.contains(card)).collect();
        Counted { placed, left, of: self.asking.count().map(|count| count + brought.len()) }
    }

    /// Whether it is more than a repeat, or an answer that led to the next.
    fn is_counted(&self, placed: &Placed) -> bool {
        !self.asking.is_repeat(&placed.option.id) && !self.asking.only_leads(self, placed)
    }

    /// What it asks about, with what the child brought.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.asking.options().into_iter().chain(&self.brought)
    }

    /// What was left with an escape, each card once, in the order of the mat; what the child brought comes after.
    pub fn left_cards(&self) -> impl Iterator<Item = (&Card, Escape)> {
        let mut seen = BTreeSet::new();
        self.cards().filter_map(move |card| {
            let how = *self.left.get(&card.id)?;
            seen.insert(&card.id).then_some((card, how))
        })
    }

    /// What the child brought with *something else* and put nowhere, each card once: it was said all the same.
    pub fn only_brought(&self) -> impl Iterator<Item = &Card> {
        let mut seen = BTreeSet::new();
        self.brought.iter().filter(move |card| !self.is_settled(&card.id) && seen.insert(&card.id))
    }

    /// The views it holds. What was answered in a way that this version does not know is none it can tell of.
    pub fn views(&self) -> impl Iterator<Item = CaptureView<'_>> {
        let known = (self.asking.is_known() && !self.asking.is_practice()).then_some(&self.placements);
        let views = known.into_iter().flatten().filter(|placed| self.is_counted(placed));
        views.map(|placed| CaptureView { capture: self, placed })
    }

    /// Whether a hand led the child's hand: that is the adult's account and no view of the child (PRACTICE A.20; ASHA 2018).
    pub fn is_hand_over_hand(&self) -> bool {
        self.how_given.as_ref().is_some_and(|how| how.what.support == Support::HandOverHand)
    }

    /// Whether the worker has still to say how its views were given.
    pub fn is_to_write_up(&self) -> bool {
        self.how_given.is_none() && !self.asking.is_practice()
    }

    /// The words with which this option is asked.
    pub fn ask(&self, option: &str) -> &str {
        let finer = self.asking.finer(self, option).map(|end| end.ask.as_str());
        finer.or_else(|| self.asking.ask(option)).unwrap_or(&self.question.words)
    }

    /// Where this option can be put after what was answered, in shown order.
    pub fn shown(&self, option: &str) -> Vec<&Card> {
        self.asking.shown_now(self, option)
    }

    /// Whether the option can be put in this place.
    pub fn takes(&self, option: &str, place: &str) -> bool {
        let is_shown = self.shown(option).iter().any(|shown| shown.id == place);
        is_shown && (!self.asking.is_made() || self.made_of(option).is_some())
    }

    /// What lies in a cell.
    pub fn placed_in<'a>(&'a self, cell: &'a str) -> impl Iterator<Item = &'a Placed> {
        self.placements.iter().filter(move |placed| placed.cell == cell)
    }

    /// Where every option lies, in the order in which they were placed.
    pub fn where_all_lies(&self) -> Vec<Placement> {
        let lies = |placed: &Placed| Placement { option: placed.option.id.clone(), cell: placed.cell.clone() };
        self.placements.iter().map(lies).collect()
    }

    /// Whether the child asked that these people should not see it.
    pub fn is_kept_from(&self, audience: Audience) -> bool {
        self.sharing.as_ref().is_some_and(|sharing| sharing.what.not_tell.contains(&audience))
    }

    /// Whether the child said that these people may be told. Whoever was not asked, or did not answer, has not said so.
    pub fn may_be_told(&self, audience: Audience) -> bool {
        self.sharing.as_ref().is_some_and(|sharing| sharing.what.may_tell.contains(&audience))
            && !self.is_kept_from(audience)
    }

    /// Whether these people, from whom the child kept the rest, may be told of this option all the same.
    pub fn is_told_of(&self, audience: Audience, option: &str) -> bool {
        self.sharing.as_ref().is_some_and(|sharing| sharing.what.told_of(audience).any(|told| told == option))
    }

    /// From the first showing to the last step with the child.
    pub fn seconds(&self) -> i64 {
        match (self.steps.first(), self.steps.last()) {
            (Some(first), Some(last)) => last.at.as_second() - first.at.as_second(),
            _ => 0,
        }
    }

    fn card(&self, option: &str) -> Card {
        let known = self.cards().chain(self.cards_shown.values()).find(|card| card.id == option);
        known.cloned().unwrap_or_else(|| Card {
            id: option.to_owned(),
            symbol: option.to_owned(),
            words: option.to_owned(),
        })
    }

    /// Takes the next thing that happened in it, so that a screen can show a tap before it is kept.
    pub fn step(&mut self, payload: &Payload, source: Source) {
        match payload {
            Payload::Presented(presented) => {
                self.cards_shown.insert(presented.presentation, presented.option.clone());
                self.open_presentation = Some((presented.presentation, presented.option.clone()));
            }
            Payload::Answered(answered) => self.place(answered),
            Payload::Moved(moved) => {
                if let Some(placed) = self.placements.iter_mut().find(|placed| placed.option.id == moved.option) {
                    placed.lay(&moved.to);
                }
            }
            Payload::TakenBack(taken) => self.take_back(&taken.option),
            Payload::LineDrawn(_) | Payload::LineTakenBack(_) | Payload::WordsTyped(_) => self.make(payload),
            Payload::Escaped(escaped) => self.escape(escaped),
            Payload::Reviewed(_) => self.reviewed = Some(source),
            Payload::SharingChosen(sharing) => self.sharing = Some(Attributed { what: sharing.clone(), source }),
            Payload::CaptureEnded(ended) => {
                self.ended = Some(Attributed { what: ended.by, source });
                self.open_presentation = None;
            }
            // What the worker wrote afterwards is no step with the child.
            Payload::HowGiven(how) => {
                self.how_given = Some(Attributed { what: how.clone(), source });
                return;
            }
            Payload::InterpretationAdded(meaning) => {
                self.interpretations.push(Attributed { what: meaning.clone(), source });
                return;
            }
            Payload::ChangeWanted(wanted) => {
                match wanted.not_after_all {
                    true => drop(self.changes_wanted.remove(&wanted.option)),
                    false => drop(self.changes_wanted.insert(wanted.option.clone(), source)),
                }
                return;
            }
            Payload::HarmLookedAt(looked) => {
                self.harm_looked_at.push(Attributed { what: looked.clone(), source });
                return;
            }
            Payload::HarmSeen(seen) => {
                self.harm_seen.push(Attributed { what: seen.clone(), source });
                return;
            }
            _ => {}
        }
        self.steps.push(CaptureStep { at: source.captured_at, payload: payload.clone() });
    }

    /// Gives the steps back to an activity that was kept without them.
    pub(super) fn take_steps(&mut self, steps: Vec<CaptureStep>) {
        for step in &steps {
            if let Payload::Presented(presented) = &step.payload {
                self.cards_shown.insert(presented.presentation, presented.option.clone());
            }
        }
        self.steps = steps;
    }

    fn place(&mut self, answered: &Answered) {
        let card = self.cards_shown.get(&answered.presentation).cloned().unwrap_or_else(|| self.card(&answered.option));
        if self.open_presentation.as_ref().is_some_and(|(open, _)| *open == answered.presentation) {
            self.open_presentation = None;
        }
        self.left.remove(&answered.option);
        let is_finer = self.asking.finer(self, &answered.option).is_some();
        match self.placements.iter_mut().find(|placed| placed.option.id == answered.option) {
            Some(placed) => {
                match is_finer {
                    true => placed.cell.clone_from(&answered.cell),
                    false => placed.lay(&answered.cell),
                }
                placed.finer_asked = is_finer;
                placed.read_by.clone_from(&answered.read_by);
                placed.clarity = answered.clarity;
            }
            None => self.placements.push(Placed {
                option: card,
                cell: answered.cell.clone(),
                before: Vec::new(),
                finer_asked: false,
                read_by: answered.read_by.clone(),
                clarity: answered.clarity,
                latency_ms: answered.latency_ms,
            }),
        }
    }

    fn take_back(&mut self, option: &str) {
        if !self.is_settled(option) {
            return;
        }
        self.open_presentation = None;
        self.left.remove(option);
        let taken: Vec<Placed> = self.placements.extract_if(.., |placed| placed.option.id == option).collect();
        let signs: Vec<Card> = taken.iter().flat_map(|placed| self.harm_signs_of(placed)).collect();
        self.harm_taken_back.extend(signs);
    }

    /// What the child settled last and has not taken back.
    pub fn last_settled(&self) -> Option<String> {
        let settled = |step: &CaptureStep| match &step.payload {
            Payload::Answered(answered) => Some(answered.option.clone()),
            Payload::Escaped(escaped) if escaped.which.settles() => {
                self.cards_shown.get(&escaped.presentation?).map(|card| card.id.clone())
            }
            _ => None,
        };
        self.steps.iter().rev().filter_map(settled).find(|option| self.is_settled(option))
    }

    fn escape(&mut self, escaped: &crate::payload::capture::Escaped) {
        self.stopped |= escaped.which == Escape::Stop;
        // A second tap on a card that has gone must not settle the one that has come.
        let is_late = match (&self.open_presentation, escaped.presentation) {
            (Some((open, _)), Some(left)) => *open != left,
            _ => false,
        };
        if is_late {
            return;
        }
        let open = self.open_presentation.take();
        if let Some((_, card)) = open.filter(|_| escaped.which.settles()) {
            let is_finer = self.asking.finer(self, &card.id).is_some();
            match self.placements.iter_mut().find(|placed| is_finer && placed.option.id == card.id) {
                // How much was left open; where it lies stands.
                Some(placed) => placed.finer_asked = true,
                None => drop(self.left.insert(card.id, escaped.which)),
            }
        }
        if let Some(chose) = &escaped.chose {
            self.brought.push(chose.clone());
        }
    }
}

/// Steps whose activity is not here yet: its beginning is held, and these came after the worker was allocated.
pub(super) type Early = BTreeMap<CaptureId, Vec<(Payload, Source)>>;

pub(super) fn show(captures: &mut BTreeMap<CaptureId, Capture>, early: &mut Early, payload: &Payload, source: Source) {
    let id = match payload {
        Payload::CaptureStarted(started) => {
            let capture = captures.entry(started.capture).or_insert_with(|| Capture::begin(started, source));
            for (payload, source) in early.remove(&started.capture).unwrap_or_default() {
                capture.step(&payload, source);
            }
            return;
        }
        Payload::ChangeWanted(of) => of.capture,
        Payload::HowGiven(of) => of.capture,
        Payload::InterpretationAdded(of) => of.capture,
        Payload::HarmLookedAt(of) => of.capture,
        Payload::HarmSeen(of) => of.capture,
        Payload::Presented(of) => of.capture,
        Payload::Answered(of) => of.capture,
        Payload::Moved(of) => of.capture,
        Payload::TakenBack(of) => of.capture,
        Payload::LineDrawn(of) => of.capture,
        Payload::LineTakenBack(of) => of.capture,
        Payload::WordsTyped(of) => of.capture,
        Payload::Escaped(of) => of.capture,
        Payload::Paused(of) => of.capture,
        Payload::Reviewed(of) => of.capture,
        Payload::SharingChosen(of) => of.capture,
        Payload::CaptureEnded(of) => of.capture,
        _ => return,
    };
    match captures.get_mut(&id) {
        Some(capture) => capture.step(payload, source),
        None => early.entry(id).or_default().push((payload.clone(), source)),
    }
}

/// The activity of which this is a tap: what happened between its beginning and its end.
pub(super) fn tapped(payload: &Payload) -> Option<CaptureId> {
    match payload {
        Payload::Presented(of) => Some(of.capture),
        Payload::Answered(of) => Some(of.capture),
        Payload::Moved(of) => Some(of.capture),
        Payload::TakenBack(of) => Some(of.capture),
        Payload::LineDrawn(of) => Some(of.capture),
        Payload::LineTakenBack(of) => Some(of.capture),
        Payload::WordsTyped(of) => Some(of.capture),
        Payload::Escaped(of) => Some(of.capture),
        Payload::Paused(of) => Some(of.capture),
        Payload::Reviewed(of) => Some(of.capture),
        _ => None,
    }
}

/// The audiences a child can be asked about, beside the social worker.
pub fn audiences() -> BTreeSet<Audience> {
    BTreeSet::from([Audience::Family, Audience::School])
}
