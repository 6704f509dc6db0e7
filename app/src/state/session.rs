//! Opening, signing in, enrolling, unlocking, locking, handing over, taking back.
//!
//! ```text
//!              Opening
//!                 │
//!   no vault ◀────┴────▶ vault                handover token in this tab
//!      │                   │                            │
//!   SignIn ─▶ Enrol     Locked ◀── lock ── Open ── hand over ──▶ Child
//!                  └──────┴── passcode ─────▲ ◀── passcode ───────┘
//! ```

mod left_behind;
mod problem;
mod sign_in;

use std::rc::Rc;

use domain::id::{CaptureId, StreamId, VaultId};
use domain::wire::{SessionResponse, Staff};
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::Engine;
use replica::engine::HandoverToken;
use replica::storage::{Storage as _, StorageError};

pub use problem::{PasscodeProblem, SetUpProblem, SignInError};

use super::calendar::Calendar;
use super::current_vault::CurrentVault;
use super::directory::Directory;
use super::exchange::{Exchange, Link};
use super::records::Records;
use crate::lazy::{self, Vault};
use crate::platform::council_sign_in;
use crate::platform::http::Server;
use crate::platform::indexed_db;
use crate::platform::journal::LocalJournal;
use crate::platform::settings::{KnownVault, Settings};
use crate::platform::tabs::Notice;
use crate::platform::{clock, door, page};

/// An open vault that nobody touches locks itself after this long, in milliseconds.
const IDLE_MS: i64 = 10 * 60 * 1000;
/// How often that is looked at, in milliseconds.
const IDLE_CHECK_MS: u32 = 15_000;

/// The server's word for a device that was taken out of use.
const REVOKED: &str = "replica_revoked";

/// Each vault's database begins so.
const VAULT_PREFIX: &str = "heard-";
/// Where the sealed list of names is kept.
const DIRECTORY: &str = "directory";

/// How far the person has come in signing in.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Finding out.
    Opening,
    /// The browser will not keep anything: Heard cannot be used safely.
    NoStorage(StorageError),
    /// Nobody has used Heard here, or someone else wants to sign in.
    SignIn,
    /// Signed in; this tablet has no vault of theirs yet.
    Enrol(SessionResponse),
    /// A vault waits for its passcode.
    Locked(KnownVault),
    /// Signed in afresh after a lock-out: the vault waits for a new passcode.
    Recover(SessionResponse, KnownVault),
    /// At work.
    Open,
    /// The tablet is with the child.
    Child(HandoverToken),
}

/// The session: who may see what, and the lock. Cheap to copy; found in the context.
#[derive(Clone, Copy)]
pub struct Session {
    /// How far the person has come in signing in.
    pub stage: RwSignal<Stage>,
    /// A new version of Heard waits.
    pub update_ready: RwSignal<bool>,
    /// Why nobody was signed in who came back from the council's sign-in.
    pub refused: RwSignal<Option<SignInError>>,
    /// Whose vault was on this device and is gone.
    pub lost: RwSignal<Option<KnownVault>>,
    /// Somebody else than whose vault was open last wants to sign in.
    as_another: StoredValue<bool>,
    vault: CurrentVault,
    calendar: Calendar,
    directory: Directory,
    records: Records,
    exchange: Exchange,
}

impl Session {
    /// The state of the application, provided once at the root.
    pub fn provide() -> Session {
        let (vault, calendar, directory) = (CurrentVault::none(), Calendar::provide(), Directory::provide());
        let records = Records::provide(vault, directory, calendar);
        let exchange = Exchange::provide(vault, records, calendar);
        let session = Session {
            stage: RwSignal::new(Stage::Opening),
            update_ready: RwSignal::new(false),
            refused: RwSignal::new(None),
            lost: RwSignal::new(None),
            as_another: StoredValue::new(false),
            vault,
            calendar,
            directory,
            records,
            exchange,
        };
        provide_context(session);
        session
    }

    /// The application's session.
    pub fn get() -> Session {
        expect_context()
    }

    /// Who is at work.
    pub fn me(self) -> Option<Staff> {
        self.directory.me.get_untracked()
    }

    /// Finds out where things stand, and listens to the world.
    pub fn begin(self) {
        self.vault.listen(move |notice| match notice {
            Notice::Changed => self.exchange.refresh(),
            Notice::Locked => {
                if self.stage.with_untracked(|stage| *stage == Stage::Open) {
                    self.lock_here();
                }
            }
        });
        self.update_ready.set(page::update_is_ready());
        page::on_window("heard-update", move || self.update_ready.set(true));
        page::on_window("online", move || self.exchange.sync_now());
        page::on_window("offline", move || self.exchange.link.set(Link::NoSignal));
        self.lock_when_idle();
        self.shut_out_when_revoked();
        let outcome = council_sign_in::outcome();
        spawn_local(async move {
            let stage = self.find_stage().await;
            let stage = match outcome {
                Some(outcome) => self.came_back(&outcome, stage).await,
                None => stage,
            };
            // While somebody signs in. When it cannot be had now, showing it asks again.
            spawn_local(async {
                let _ = lazy::load().await;
            });
            door::until_idle().await;
            self.stage.set(stage);
        });
    }

    /// Child mode does not lock itself: it is locked already, and a child may look at one card for a long time.
    fn lock_when_idle(self) {
        let clocks = || (clock::now().as_millisecond(), clock::steady_ms());
        let touched = StoredValue::new(clocks());
        for sign_of_life in ["pointerdown", "keydown"] {
            page::on_window(sign_of_life, move || touched.set_value(clocks()));
        }
        let look = move || {
            self.calendar.turn_the_day();
            let open = self.stage.with_untracked(|stage| *stage == Stage::Open);
            let ((now_ms, steady_ms), (touched_ms, touched_steady_ms)) = (clocks(), touched.get_value());
            // The steady clock stands still while a tablet sleeps in a bag; the other can be set back.
            let idle_ms = (now_ms - touched_ms).max((steady_ms - touched_steady_ms) as i64);
            if open && idle_ms > IDLE_MS {
                self.lock();
            }
        };
        page::on_window("focus", look);
        page::on_window("pageshow", look);
        Interval::new(IDLE_CHECK_MS, look).forget();
    }

    /// A tablet that was taken out of use locks for good at its first contact. While a child has it, it waits.
    fn shut_out_when_revoked(self) {
        Effect::new(move |_| {
            let is_revoked = self.exchange.link.with(|link| matches!(link, Link::Problem(code) if code == REVOKED));
            let is_open = self.stage.with(|stage| *stage == Stage::Open);
            let (true, true, Some(vault)) = (is_revoked, is_open, self.vault.get()) else { return };
            spawn_local(async move {
                // Where the profile cannot be changed, the next contact tries again.
                if let Ok(shut) = lazy::shut_out(vault).await
                    && let Ok(vault) = shut.await
                {
                    out_of_use(vault);
                }
                self.lock();
            });
        });
    }

    async fn find_stage(self) -> Stage {
        if !indexed_db::is_available() {
            return Stage::NoStorage(StorageError::Denied);
        }
        find_forgotten_vaults().await;
        let settings = Settings::read();
        let Some(known) = settings.last_vault().cloned() else { return self.without_vault().await };
        let vault = match open_vault(known.vault).await {
            Ok(vault) => vault,
            Err(error) => return Stage::NoStorage(error),
        };
        match vault.storage().profile().await {
            Ok(Some(_)) => {}
            Ok(None) => {
                drop(vault);
                self.without_what_was_here(known).await;
                return Stage::SignIn;
            }
            Err(error) => return Stage::NoStorage(error),
        }
        // A tap that a crash interrupted comes back before anything else happens.
        if let Err(error) = vault.replay_journal().await {
            return Stage::NoStorage(error);
        }
        let token = page::handover().and_then(|text| vault.resume(&text));
        self.vault.set(Rc::new(vault));
        match token {
            Some(token) => {
                self.exchange.sync_now();
                Stage::Child(token)
            }
            None => Stage::Locked(known),
        }
    }

    /// The browser, or somebody, deleted a vault that was here. It is said, and begun again.
    async fn without_what_was_here(self, known: KnownVault) {
        // The empty database that looking for it has made.
        let _ = indexed_db::delete(&database_of(known.vault)).await;
        Settings::change(|settings| {
            settings.vaults.retain(|vault| vault.vault != known.vault);
            settings.last = None;
        });
        self.lost.set(Some(known));
    }

    /// Opens the vault with the passcode; from child mode too.
    pub async fn unlock(self, passcode: String) -> Result<(), PasscodeProblem> {
        let Some(vault) = self.vault.get() else { return Err(PasscodeProblem::Storage(StorageError::Denied)) };
        lazy::unlock(vault.clone(), passcode).await?.await?;
        self.opened(&vault).await.map_err(PasscodeProblem::Storage)
    }

    /// At work. When it fails, the key does not stay in memory of a locked vault.
    async fn opened(self, vault: &Rc<Vault>) -> Result<(), StorageError> {
        // A list of names that does not open is no reason to stay outside: it comes again with the session.
        let kept = vault.kept(DIRECTORY).await.unwrap_or_default();
        if let Some(session) = kept.and_then(|plain| serde_json::from_slice::<SessionResponse>(&plain).ok()) {
            self.directory.set(session);
        }
        if let Err(error) = self.exchange.read(vault).await {
            vault.lock();
            self.forget_what_was_open();
            return Err(error);
        }
        page::forget_handover();
        council_sign_in::set_forgotten(false);
        self.refused.set(None);
        self.stage.set(Stage::Open);
        self.exchange.sync_now();
        self.hear_of_colleagues();
        Ok(())
    }

    /// Asks who works here now. Without signal the names that are kept stay.
    pub fn hear_of_colleagues(self) {
        spawn_local(async move {
            if let Ok(session) = Server.session().await {
                self.keep_directory(session).await;
            }
        });
    }

    async fn keep_directory(self, session: SessionResponse) {
        let Some(vault) = self.vault.get() else { return };
        let mine = vault.profile().await.is_ok_and(|profile| profile.staff == session.staff.id);
        if !mine {
            return;
        }
        // Only with the worker's key in hand: the tablet may have been handed over while the answer was on its way.
        let kept = match serde_json::to_vec(&session) {
            Ok(plain) => vault.keep(DIRECTORY, &plain).await.is_ok(),
            Err(_) => false,
        };
        // A page that shows names is not drawn anew for nothing.
        if kept && !self.directory.is(&session) {
            self.directory.set(session);
        }
    }

    /// Locks the vault in every tab.
    pub fn lock(self) {
        self.lock_here();
        self.vault.tell(Notice::Locked);
    }

    fn lock_here(self) {
        if let Some(vault) = self.vault.get() {
            vault.lock();
        }
        self.forget_what_was_open();
        if let Some(known) = Settings::read().last_vault().cloned() {
            self.stage.set(Stage::Locked(known));
        }
    }

    fn forget_what_was_open(self) {
        self.records.forget();
        self.exchange.forget();
        self.directory.forget();
    }

    /// Hands the tablet to the child: the worker's key leaves memory, in every tab.
    pub async fn hand_over(self, capture: CaptureId, stream: StreamId) -> Result<(), StorageError> {
        let vault = self.vault.get().ok_or(StorageError::Denied)?;
        let token = vault.hand_over(capture, stream).await?;
        page::keep_handover(&token.text);
        self.vault.tell(Notice::Locked);
        self.forget_what_was_open();
        self.stage.set(Stage::Child(token));
        Ok(())
    }
}

/// Settings reach the disk late, and a killed browser may forget them; the vaults are strictly durable. What lies here and
/// is not known is made known again, or its answers would lie here for ever.
async fn find_forgotten_vaults() {
    for name in indexed_db::names().await {
        let Some(vault) = name.strip_prefix(VAULT_PREFIX).and_then(|id| id.parse::<VaultId>().ok()) else { continue };
        if Settings::read().vaults.iter().any(|known| known.vault == vault) {
            continue;
        }
        let Ok(engine) = open_vault(vault).await else { continue };
        let Ok(Some(profile)) = engine.storage().profile().await else { continue };
        Settings::change(|settings| {
            // The name comes back with the next sign-in.
            settings.vaults.push(KnownVault { vault, staff: profile.staff, name: String::new(), out_of_use: false });
            settings.last = settings.last.or(Some(vault));
        });
    }
}

/// Notes that a vault on this tablet is out of use.
fn out_of_use(vault: VaultId) {
    Settings::change(|settings| {
        settings.vaults.iter_mut().filter(|known| known.vault == vault).for_each(|known| known.out_of_use = true);
    });
}

fn database_of(vault: VaultId) -> String {
    format!("{VAULT_PREFIX}{vault}")
}

async fn open_vault(vault: VaultId) -> Result<Vault, StorageError> {
    let storage = indexed_db::open(&database_of(vault)).await?;
    Ok(Engine::new(storage, LocalJournal::new(vault), &page::build()))
}
