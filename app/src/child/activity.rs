//! One activity on the screen: what has happened, and the one way by which presses act on it.
//!
//! ```text
//! stage ─▶ click ─▶ tap::written ─▶ Queue ─▶ journal, store, server
//!                              └──▶ Capture::step ─▶ painted
//! ```
//! Where a card was put or left only the mark of what was chosen is painted with the press, and what follows from it in the next
//! frame: taking the next card in and laying the last one costs more than the press itself.
//!
//! What is painted follows from the steps alone; only what is not an answer yet (a card picked up in the review, an open
//! overlay) is kept beside them, and for a moment that the last card still lies in sight.

use std::rc::Rc;

use domain::asking::{Step, next};
use domain::id::{PresentationId, StreamId};
use domain::payload::Payload;
use domain::payload::capture::PauseReason;
use domain::payload::profile::Theme;
use domain::record::Source;
use domain::record::capture::Capture;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use replica::create::{self, Written};

use super::queue::Queue;
use super::stage::Stage;
use super::tap::{Tap, Watch, follows, paused, seen_ms, written};
use crate::platform::{clock, page};
use crate::state::{Exchange, Records, Urgency};

/// So long the last card is seen where it was put. Shorter than the rest after a choice, so that nothing can be pressed before
/// the whole mat has come.
const LINGER_MS: u32 = 400;

/// What lies over the mat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Overlay {
    /// Nothing.
    None,
    /// The whole vocabulary, for *something else*.
    Vocabulary,
    /// The adult's.
    Adult,
}

/// One activity on the screen. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Activity {
    pub(super) capture: RwSignal<Capture>,
    /// What it shows.
    pub(super) step: Memo<Step>,
    /// Why it is paused.
    pub(super) paused: Memo<Vec<PauseReason>>,
    pub(super) overlay: RwSignal<Overlay>,
    /// Something is known not to be saved.
    pub(super) unsaved: RwSignal<bool>,
    /// The last card was just left or put somewhere: that is seen before the whole mat comes.
    pub(super) lingers: RwSignal<bool>,
    /// How the child reaches what is on the screen.
    pub(super) stage: Stage,
    pub(super) theme: Theme,
    pub(super) stream: StreamId,
    /// What has happened, where that is not painted yet.
    unpainted: StoredValue<Option<Capture>>,
    watch: StoredValue<Watch>,
    queue: StoredValue<Rc<Queue>, LocalStorage>,
}

impl Activity {
    /// Goes on from what has happened; `first` is still to be saved.
    pub(super) fn open(
        parts: (Records, Exchange),
        stream: StreamId,
        capture: Capture,
        first: Option<Written>,
    ) -> Activity {
        let watch = Watch::started(seen_ms(&capture, clock::now()), clock::steady_ms());
        let unsaved = RwSignal::new(false);
        let theme = capture.layout.theme;
        let stage = Stage::new(&capture.layout, &capture.question.language);
        let capture = RwSignal::new(capture);
        let paused = Memo::new(move |_| capture.with(paused));
        let overlay = if paused.with_untracked(Vec::is_empty) { Overlay::None } else { Overlay::Adult };
        let activity = Activity {
            capture,
            step: Memo::new(move |_| capture.with(next)),
            paused,
            overlay: RwSignal::new(overlay),
            unsaved,
            stage,
            theme,
            stream,
            lingers: RwSignal::new(false),
            unpainted: StoredValue::new(None),
            watch: StoredValue::new(watch),
            queue: StoredValue::new_local(Queue::new(parts, unsaved)),
        };
        if overlay == Overlay::Adult {
            stage.cover();
            activity.watch.update_value(|watch| watch.cover(clock::steady_ms()));
        }
        activity.capture.update(|capture| activity.write(capture, Vec::new(), first.into_iter().collect()));
        activity
    }

    /// A press, or what an adult marked. Says whether it counted.
    pub(super) fn press(self, tap: Tap) -> bool {
        self.paint();
        let now = clock::steady_ms();
        let reached = self.stage.take_reached().filter(|reached| reached.tells_more_than_a_press());
        let latency = self.watch.with_value(|watch| watch.ms(now));
        let is_laid = matches!(tap, Tap::Place { .. } | Tap::DontKnow(_) | Tap::Skip(_));
        let payloads = self.capture.with_untracked(|capture| written(capture, tap, latency, reached));
        let counted = !payloads.is_empty();
        if counted {
            if is_laid {
                let mut capture = self.capture.get_untracked();
                self.write(&mut capture, payloads, Vec::new());
                if next(&capture) == Step::Review {
                    self.linger();
                }
                self.unpainted.set_value(Some(capture));
                page::after_paint(move || self.paint());
            } else {
                self.capture.update(|capture| self.write(capture, payloads, Vec::new()));
            }
        }
        counted
    }

    /// Shows what has happened. The screen may be gone.
    fn paint(self) {
        if let Some(capture) = self.unpainted.try_update_value(Option::take).flatten() {
            self.capture.try_set(capture);
        }
    }

    /// However long a tremor lasts: the whole mat comes when the moment is over.
    fn linger(self) {
        let lingers = self.lingers;
        lingers.set(true);
        let over = Timeout::new(LINGER_MS, move || {
            lingers.try_set(false);
        });
        over.forget();
    }

    /// Opens the adult's overlay: what it covers is not in the child's sight.
    pub(super) fn cover(self) {
        self.stage.cover();
        self.watch.update_value(|watch| watch.cover(clock::steady_ms()));
        self.overlay.set(Overlay::Adult);
    }

    /// Closes the adult's overlay.
    pub(super) fn uncover(self) {
        self.press(Tap::GoOn);
        self.watch.update_value(|watch| watch.uncover(clock::steady_ms()));
        self.overlay.set(Overlay::None);
        self.stage.uncover();
    }

    /// What ends the activity when the worker takes the tablet back: it cannot be gone on with, for its key goes.
    pub(super) fn end(self) {
        self.press(Tap::End);
    }

    /// Takes what happened and what follows from it, and writes it down.
    fn write(self, capture: &mut Capture, payloads: Vec<Payload>, mut all: Vec<Written>) {
        let moment = clock::moment();
        let mut is_end = false;
        let mut take = |capture: &mut Capture, payload: Payload| {
            let written = create::operation(self.stream, payload.clone(), &moment);
            let by = capture.started.by;
            capture.step(&payload, Source { id: written.id, by, captured_at: moment.now, received_at: None });
            is_end |= matches!(payload, Payload::CaptureEnded(_));
            if matches!(payload, Payload::Presented(_)) {
                self.watch.set_value(Watch::started(0.0, clock::steady_ms()));
            }
            all.push(written);
        };
        for payload in payloads {
            take(capture, payload);
        }
        while let Some(payload) = follows(capture, || PresentationId(create::uuid(moment.now))) {
            take(capture, payload);
        }
        if !all.is_empty() {
            let urgency = if is_end { Urgency::Now } else { Urgency::WithTheRest };
            self.queue.with_value(|queue| queue.add(all, urgency));
        }
    }
}
