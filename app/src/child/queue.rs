//! Taps on their way to the store: in order, one after the other, until each is saved. What could not be saved stays here and
//! is tried again, with every new tap and every few seconds; the journal has it too.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::create::Written;

use crate::lazy::Vault;
use crate::state::{Exchange, NotSaved, Records, Urgency};

/// What was not saved is tried again after this, in milliseconds.
const RETRY_MS: u32 = 3_000;
/// A store that has not answered for this long, in milliseconds, has not saved it.
const SLOW_MS: u32 = 2_000;

/// The queue of one activity. It outlives the child's screen: what waits is saved after the tablet is taken back.
pub(super) struct Queue {
    records: Records,
    exchange: Exchange,
    /// The vault it began with: what waits never goes into another person's.
    vault: Option<Rc<Vault>>,
    /// Whether something is known not to be saved; gone with the screen.
    unsaved: RwSignal<bool>,
    waiting: RefCell<Vec<Written>>,
    is_urgent: Cell<bool>,
    is_busy: Cell<bool>,
}

impl Queue {
    pub(super) fn new((records, exchange): (Records, Exchange), unsaved: RwSignal<bool>) -> Rc<Queue> {
        Rc::new(Queue {
            records,
            exchange,
            vault: records.vault(),
            unsaved,
            waiting: RefCell::default(),
            is_urgent: Cell::new(false),
            is_busy: Cell::new(false),
        })
    }

    /// Takes what happened, and sets about saving it.
    pub(super) fn add(self: &Rc<Self>, written: Vec<Written>, urgency: Urgency) {
        self.waiting.borrow_mut().extend(written);
        self.is_urgent.set(self.is_urgent.get() || urgency == Urgency::Now);
        self.drain();
    }

    fn drain(self: &Rc<Self>) {
        if self.waiting.borrow().is_empty() || self.is_busy.replace(true) {
            return;
        }
        let queue = self.clone();
        spawn_local(async move {
            queue.save().await;
            queue.is_busy.set(false);
            if queue.waiting.borrow().is_empty() {
                // The record on the worker's screen was read before the last of it was saved.
                if queue.records.vault().is_some_and(|vault| vault.is_unlocked()) {
                    queue.exchange.refresh();
                }
            } else {
                let again = queue.clone();
                Timeout::new(RETRY_MS, move || again.drain()).forget();
            }
        });
    }

    /// Saves until nothing waits or the store fails.
    async fn save(&self) {
        loop {
            let batch = self.waiting.borrow().clone();
            if batch.is_empty() {
                return;
            }
            let urgency = if self.is_urgent.get() { Urgency::Now } else { Urgency::WithTheRest };
            let (count, unsaved) = (batch.len(), self.unsaved);
            let slow = Timeout::new(SLOW_MS, move || {
                unsaved.try_set(true);
            });
            let outcome = match &self.vault {
                Some(vault) => self.records.tap(vault, batch, urgency).await,
                None => Err(NotSaved::Locked),
            };
            drop(slow);
            // The child's screen may be gone, and its signal with it.
            let _ = self.unsaved.try_set(outcome.is_err());
            if outcome.is_err() {
                return;
            }
            self.waiting.borrow_mut().drain(..count);
        }
    }
}
