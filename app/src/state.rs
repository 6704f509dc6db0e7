//! What the application knows, and the one dispatcher through which screens act.
//!
//! ```text
//!              Opening
//!                 │
//!   no vault ◀────┴────▶ vault                handover token in this tab
//!      │                   │                            │
//!   SignIn ─▶ Enrol     Locked ◀── lock ── Open ── hand over ──▶ Child
//!                  └──────┴── passcode ─────▲ ◀── passcode ───────┘
//! ```
//! State comes down as signals; intent goes up through [`Heard`]'s methods. Screens never touch storage or the network.

mod session;
mod sync;
mod work;

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use domain::Record;
use domain::id::{StaffId, StreamId};
use domain::judge::Context;
use domain::wire::{SessionResponse, Staff};
use futures::lock::Mutex;
use jiff::civil::Date;
use leptos::prelude::*;
use replica::Engine;
use replica::engine::{HandoverToken, PushOutcome};
use replica::exchange::Failure;
use replica::storage::StorageError;

use crate::platform::clock;
use crate::platform::indexed_db::IndexedDb;
use crate::platform::journal::LocalJournal;
use crate::platform::settings::{KnownVault, Settings};
use crate::platform::tabs::Tabs;

pub use session::{PasscodeProblem, SetUpProblem};
pub use sync::Link;
pub use work::{NotSaved, Urgency};

/// A vault at work in this browser.
pub type Vault = Engine<IndexedDb, LocalJournal>;

/// Records by stream.
pub type Records = BTreeMap<StreamId, Arc<Record>>;

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

/// What the application knows. Cheap to copy; found in the context.
#[derive(Clone, Copy)]
pub struct Heard {
    /// How far the person has come in signing in.
    pub stage: RwSignal<Stage>,
    /// Who is at work.
    pub me: RwSignal<Option<Staff>>,
    /// Whose names may appear.
    pub colleagues: RwSignal<Vec<Staff>>,
    /// Every record that is here.
    pub records: RwSignal<Records>,
    /// How many operations the server does not have.
    pub unsent: RwSignal<usize>,
    /// How many operations of this tablet no key opens: set aside, never sent, shown.
    pub unreadable: RwSignal<usize>,
    /// What became of what was recorded where its author may not read.
    pub outcomes: RwSignal<Vec<PushOutcome>>,
    /// How the last exchange went.
    pub link: RwSignal<Link>,
    /// A new version of Heard waits.
    pub update_ready: RwSignal<bool>,
    /// Today, for a page that must change with it.
    pub day: RwSignal<Date>,
    /// How far the server's clock is ahead of this device's, in milliseconds, when last heard.
    pub clock_ahead_ms: RwSignal<i64>,
    /// Whose vault was on this device and is gone.
    pub lost: RwSignal<Option<KnownVault>>,
    vault: StoredValue<Option<Rc<Vault>>, LocalStorage>,
    tabs: StoredValue<Option<Tabs>, LocalStorage>,
    pace: StoredValue<sync::Pace, LocalStorage>,
    forgotten: StoredValue<bool>,
    /// Who changes `records` next: a save that begins while another is on its way waits for it.
    turn: StoredValue<Rc<Mutex<()>>, LocalStorage>,
}

impl Heard {
    /// The application's state, provided once at the root.
    pub fn provide() -> Heard {
        let heard = Heard {
            stage: RwSignal::new(Stage::Opening),
            me: RwSignal::new(None),
            colleagues: RwSignal::new(Vec::new()),
            records: RwSignal::new(Records::new()),
            unsent: RwSignal::new(0),
            link: RwSignal::new(Link::Unknown),
            update_ready: RwSignal::new(false),
            day: RwSignal::new(today()),
            clock_ahead_ms: RwSignal::new(Settings::read().clock_ahead_ms),
            lost: RwSignal::new(None),
            vault: StoredValue::new_local(None),
            tabs: StoredValue::new_local(None),
            pace: StoredValue::new_local(sync::Pace::default()),
            forgotten: StoredValue::new(false),
            unreadable: RwSignal::new(0),
            outcomes: RwSignal::new(Vec::new()),
            turn: StoredValue::new_local(Rc::default()),
        };
        provide_context(heard);
        heard
    }

    /// The application's state.
    pub fn get() -> Heard {
        expect_context()
    }

    /// The best guess at the server's clock: what it last said, and what has passed since.
    pub fn now(self) -> jiff::Timestamp {
        now()
    }

    /// Today, in England, by the best guess at the server's clock.
    pub fn today(self) -> Date {
        today()
    }

    /// Midnight may have passed, or the server may have said what day it is.
    fn turn_the_day(self) {
        if self.day.get_untracked() != today() {
            self.day.set(today());
        }
    }

    /// A member of staff's name.
    pub fn name_of(self, staff: StaffId) -> String {
        let me = self.me.get().filter(|me| me.id == staff).map(|me| me.name);
        me.or_else(|| self.colleagues.with(|all| all.iter().find(|one| one.id == staff).map(|one| one.name.clone())))
            .unwrap_or_else(|| "a colleague".to_owned())
    }

    /// One record; none if it is not here.
    pub fn record_of(self, stream: StreamId) -> Memo<Option<Arc<Record>>> {
        let records = self.records;
        Memo::new(move |_| records.with(|records| records.get(&stream).cloned()))
    }

    /// What a rule needs to know around something done now.
    pub fn context(self) -> Option<Context> {
        let actor = self.me.get_untracked()?.actor();
        Some(Context { actor, received_at: self.now(), today: self.today() })
    }

    /// The vault at work in this tab.
    pub fn vault(self) -> Option<Rc<Vault>> {
        self.vault.get_value()
    }
}

fn now() -> jiff::Timestamp {
    let ahead = jiff::SignedDuration::from_millis(Settings::read().clock_ahead_ms);
    clock::now().saturating_add(ahead).unwrap_or_else(|_| clock::now())
}

fn today() -> Date {
    domain::calendar::in_england(now()).date()
}

/// Why signing in did not go on, for a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInError {
    /// The server could not be reached, or would not.
    Server(Failure),
    /// The browser could not keep something.
    Storage(StorageError),
}
