//! When to exchange with the server, and what the header says about it.

use std::cell::RefCell;
use std::rc::Rc;

use domain::wire::{AlikeChild, DoublesRequest, OwnHeld};
use gloo_timers::callback::Timeout;
use jiff::Timestamp;
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::create::random;
use replica::engine::{PushOutcome, SyncError};
use replica::exchange::{Failure, retry_delay_ms};
use replica::storage::StorageError;

use super::calendar::Calendar;
use super::current_vault::CurrentVault;
use super::records::{Records, Urgency};
use crate::lazy::{self, Vault};
use crate::platform::http::Server;
use crate::platform::tabs::{self, Notice, Otherwise};
use crate::platform::{clock, page};

/// Saved operations wait this long for company, in milliseconds.
const COALESCE_MS: u32 = 20_000;
/// While the vault is open it asks for news this often, in milliseconds.
const NEWS_MS: u32 = 60_000;

/// So long another tab is left to it while something waits here, in milliseconds; then it is taken for frozen. With the time
/// between two tries, what was saved is on its way within a minute.
const PATIENT_MS: f64 = 15_000.0;

/// How the last exchange went. What the header says is true: never "up to date" with something unsent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// Nothing is known yet.
    Unknown,
    /// Exchanging.
    Sending,
    /// Everything was exchanged.
    UpToDate(Timestamp),
    /// No network, or not ours.
    NoSignal,
    /// The server asks for patience.
    Busy,
    /// Nobody is signed in: what is saved waits.
    SignedOut,
    /// The server would not.
    Problem(String),
}

/// The pace of retries, and the one timer.
#[derive(Default)]
struct Pace {
    failures: u32,
    timer: Option<Timeout>,
    /// When it fires, on the steady clock.
    due: f64,
    running: bool,
    again: bool,
    /// Since when another tab has been at it while something waits here, on the steady clock.
    refused_since: Option<f64>,
}

/// The exchange and what waits for it. Cheap to copy; found in the context.
#[derive(Clone, Copy)]
pub struct Exchange {
    /// How the last exchange went.
    pub link: RwSignal<Link>,
    /// How many operations the server does not have.
    pub unsent: RwSignal<usize>,
    /// How many operations of this tablet no key opens: set aside, never sent, shown.
    pub unreadable: RwSignal<usize>,
    /// What became of what was recorded where its author may not read.
    pub outcomes: RwSignal<Vec<PushOutcome>>,
    pace: StoredValue<Pace, LocalStorage>,
    vault: CurrentVault,
    records: Records,
    calendar: Calendar,
}

impl Exchange {
    pub(super) fn provide(vault: CurrentVault, records: Records, calendar: Calendar) -> Exchange {
        let exchange = Exchange {
            link: RwSignal::new(Link::Unknown),
            unsent: RwSignal::new(0),
            unreadable: RwSignal::new(0),
            outcomes: RwSignal::new(Vec::new()),
            pace: StoredValue::new_local(Pace::default()),
            vault,
            records,
            calendar,
        };
        records.after_save(move |urgency| exchange.saved(urgency));
        provide_context(exchange);
        exchange
    }

    /// The application's exchange.
    pub fn get() -> Exchange {
        expect_context()
    }

    /// Reads everything that may have changed again.
    pub fn refresh(self) {
        spawn_local(async move {
            if let Some(vault) = self.vault.get() {
                // A failure shows at the next thing that is saved; what is on the screen stays true until then.
                let _ = self.read(&vault).await;
            }
        });
    }

    pub(super) async fn read(self, vault: &Rc<Vault>) -> Result<(), StorageError> {
        self.records.read(vault).await?;
        if vault.is_unlocked() {
            let outcomes =
                lazy::outcomes(vault.clone()).await.map_err(|error| StorageError::Failed(error.to_string()))?;
            self.outcomes.set(outcomes.await?);
        }
        self.unsent.set(vault.unsent().await?);
        self.unreadable.set(vault.unreadable().await?.len());
        Ok(())
    }

    pub(super) fn forget(self) {
        // What was said of this vault says nothing of the next.
        self.link.set(Link::Unknown);
        self.outcomes.set(Vec::new());
    }

    /// Something was saved: it is counted, told to the other tabs, and sent in its time.
    fn saved(self, urgency: Urgency) {
        let Some(vault) = self.vault.get() else { return };
        spawn_local(async move {
            if let Ok(unsent) = vault.unsent().await {
                self.unsent.set(unsent);
            }
            self.vault.tell(Notice::Changed);
            self.sync_after_save(urgency);
        });
    }

    /// Asks who in the whole council may be this child: an answer needs a signal, and somebody signed in.
    ///
    /// # Errors
    /// [`Failure`]; only the records here were looked at then.
    pub async fn doubles(self, request: DoublesRequest) -> Result<Vec<AlikeChild>, Failure> {
        Server.doubles(&request).await.map(|found| found.alike)
    }

    /// What of one's own waits for a manager on the server, whichever tablet it was recorded on.
    ///
    /// # Errors
    /// [`Failure`]; only what this tablet was told is known then.
    pub async fn held(self) -> Result<Vec<OwnHeld>, Failure> {
        Server.held().await.map(|found| found.held)
    }

    /// Exchanges now.
    pub fn sync_now(self) {
        self.pace.update_value(|pace| pace.failures = 0);
        self.exchange();
    }

    fn sync_after_save(self, urgency: Urgency) {
        match urgency {
            Urgency::Now => self.exchange(),
            Urgency::WithTheRest => {
                let waits = self.pace.with_value(|pace| pace.timer.is_some() && pace.failures > 0);
                if !waits {
                    self.exchange_in(COALESCE_MS);
                }
            }
        }
    }

    /// A timer that fires sooner stays: a child who answers every few seconds does not put sending off.
    fn exchange_in(self, delay_ms: u32) {
        let due = clock::steady_ms() + f64::from(delay_ms);
        self.pace.update_value(|pace| {
            if pace.timer.is_none() || due < pace.due {
                pace.due = due;
                pace.timer = Some(Timeout::new(delay_ms, move || self.exchange()));
            }
        });
    }

    fn exchange(self) {
        let Some(vault) = self.vault.get() else { return };
        let busy = self.pace.try_update_value(|pace| {
            pace.timer = None;
            let busy = pace.running;
            pace.again |= busy;
            pace.running = true;
            busy
        });
        if busy != Some(false) {
            return;
        }
        spawn_local(async move {
            let before = self.link.get_untracked();
            self.link.set(Link::Sending);
            let outcome = Rc::new(RefCell::new(None));
            match vault.profile().await {
                Ok(profile) => {
                    let (result, exchanging) = (outcome.clone(), vault.clone());
                    let since = self.pace.with_value(|pace| pace.refused_since);
                    let is_frozen = since.is_some_and(|since| clock::steady_ms() - since > PATIENT_MS);
                    let otherwise = if is_frozen { Otherwise::TakeOver } else { Otherwise::Leave };
                    tabs::alone(&format!("heard-sync-{}", profile.vault), otherwise, async move {
                        let done = match lazy::exchange(exchanging).await {
                            Ok(exchange) => exchange.await,
                            Err(lazy::ChunkUnavailable) => Err(SyncError::Failure(Failure::Network)),
                        };
                        result.replace(Some(done));
                    })
                    .await;
                }
                Err(error) => {
                    outcome.replace(Some(Err(SyncError::Storage(error))));
                }
            }
            let outcome = outcome.take();
            let is_refused = outcome.is_none() && self.unsent.get_untracked() > 0;
            self.pace.update_value(|pace| {
                let since = pace.refused_since.unwrap_or_else(clock::steady_ms);
                pace.refused_since = is_refused.then_some(since);
            });
            match outcome {
                Some(Ok(synced)) => self.synced(&vault, synced).await,
                Some(Err(error)) => {
                    // A push may have got through before its pull failed.
                    if let Ok(unsent) = vault.unsent().await {
                        self.unsent.set(unsent);
                    }
                    self.failed(error);
                }
                // Another tab is at it; its news comes over the channel.
                None => {
                    self.link.set(before);
                    self.exchange_in(COALESCE_MS);
                }
            }
            let again = self.pace.try_update_value(|pace| {
                pace.running = false;
                std::mem::take(&mut pace.again)
            });
            if again == Some(true) {
                self.exchange();
            }
        });
    }

    async fn synced(self, vault: &Rc<Vault>, synced: replica::engine::Synced) {
        if let Some(time) = synced.time {
            self.calendar.hear(time);
        }
        let seen = !synced.changed.is_empty() || !synced.purged.is_empty() || !synced.unreadable.is_empty();
        if synced.sent > 0 || seen || synced.forked {
            let _ = self.read(vault).await;
            self.vault.tell(Notice::Changed);
        }
        self.pace.update_value(|pace| pace.failures = 0);
        self.link.set(Link::UpToDate(self.calendar.now()));
        if vault.is_unlocked() || vault.handed_over().is_some() {
            self.exchange_in(NEWS_MS);
        }
    }

    fn failed(self, error: SyncError) {
        let (link, retry_after_ms) = match error {
            SyncError::Locked => (Link::Unknown, None),
            SyncError::Failure(Failure::Network) => (Link::NoSignal, None),
            SyncError::Failure(Failure::Busy { retry_after_ms }) => (Link::Busy, retry_after_ms),
            SyncError::Failure(Failure::SignedOut) => (Link::SignedOut, None),
            SyncError::Failure(Failure::TooLarge) => (Link::Problem("too_large".to_owned()), None),
            SyncError::Failure(Failure::Refused { code }) => (Link::Problem(code), None),
            SyncError::Storage(StorageError::Gone) => (Link::Problem("storage_gone".to_owned()), None),
            SyncError::Storage(_) => (Link::Problem("storage".to_owned()), None),
        };
        let retries = !matches!(link, Link::Unknown);
        self.link.set(link);
        if !retries {
            return;
        }
        let jitter = f64::from(u32::from_le_bytes(random())) / f64::from(u32::MAX);
        let failures = self.pace.try_update_value(|pace| {
            pace.failures += 1;
            pace.failures
        });
        let delay = retry_delay_ms(failures.unwrap_or(1), retry_after_ms, jitter);
        // A device that knows it has no network is told when it has one.
        let delay = if page::seems_online() { delay } else { delay.max(30_000) };
        self.exchange_in(u32::try_from(delay).unwrap_or(u32::MAX));
    }
}
