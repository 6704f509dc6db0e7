//! The exchange on trial, for `cargo xtask bench`: a vault as the application makes it, over this browser's store and the
//! real server, without its screens. Called by `tests/bench/exchange.mjs`, each function by its name on the page's module.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::hash::unhex;
use domain::id::{CaptureId, PresentationId, ReplicaId, StreamId, VaultId};
use domain::payload::Payload;
use domain::payload::capture::{Answered, Card, Presented};
use domain::payload::child::{Birth, ChildRegistered, Name};
use domain::payload::profile::Input;
use domain::wire::{
    DemoSignInRequest, EnrolRequest, EnrolResponse, PullRequest, PullResponse, PushRequest, PushResponse, Staff,
};
use replica::Engine;
use replica::create::{self, Moment, Written};
use replica::engine::Transport;
use replica::exchange::Failure;
use replica::storage::Storage as _;
use replica::vault::Key;
use replica::vault::passcode::Cost;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::clock;
use super::http::Server;
use super::indexed_db::{self, IndexedDb};
use super::journal::LocalJournal;

const PASSCODE: &str = "tea4two8";

thread_local! {
    static TRIAL: RefCell<Option<Rc<Trial>>> = const { RefCell::new(None) };
}

/// One person's vault, and what is written down and not saved yet.
struct Trial {
    vault: Engine<IndexedDb, LocalJournal>,
    me: Staff,
    written: RefCell<Vec<Written>>,
}

fn trial() -> Result<Rc<Trial>, JsError> {
    TRIAL.with_borrow(Clone::clone).ok_or_else(|| JsError::new("nobody is enrolled here"))
}

/// Signs in as one of the demonstration's cast and sets a vault of theirs up, unlocked.
#[wasm_bindgen]
pub async fn enrol(name: String) -> Result<(), JsError> {
    let cast = Server.demo_cast().await?.staff;
    let staff = cast.into_iter().find(|one| one.name == name).ok_or_else(|| JsError::new("nobody has this name"))?;
    let me = Server.demo_sign_in(DemoSignInRequest { staff: staff.id }).await?.staff;
    let vault = VaultId(create::uuid(clock::now()));
    let replica = Server.new_replica_id();
    let reply = Server.enrol(&EnrolRequest { replica, vault, replaces: None }).await?;
    let escrow = reply.escrow.as_deref().and_then(|escrow| unhex(escrow).ok()).map(Key::from_bytes);
    let escrow = escrow.ok_or_else(|| JsError::new("no escrow key came"))?;
    let store = indexed_db::open(&format!("heard-{vault}")).await?;
    replica::engine::enrol(&store, (me.id, vault, replica), PASSCODE, Cost::USUAL, &escrow).await?;
    let vault = Engine::new(store, LocalJournal::new(vault), "bench");
    vault.unlock(PASSCODE).await?;
    TRIAL.set(Some(Rc::new(Trial { vault, me, written: RefCell::default() })));
    Ok(())
}

/// Writes down so many new children with so many operations each, as mats of the child's side are; nothing is saved yet.
/// Returns the mean length of an operation in bytes.
#[wasm_bindgen]
pub fn write_down(children: u32, each: u32) -> Result<u32, JsError> {
    let trial = trial()?;
    let moment = clock::moment();
    let mut written = trial.written.borrow_mut();
    for _ in 0..children {
        let stream = StreamId::child(create::uuid(moment.now));
        written.push(create::operation(stream, registration(&trial.me), &moment));
        written.extend((1..each).map(|nth| create::operation(stream, step(nth, &moment), &moment)));
    }
    let bytes: usize = written.iter().map(|one| one.body.text().len()).sum();
    Ok(u32::try_from(bytes / written.len().max(1))?)
}

/// Saves what was written, sealed, in one transaction that is durable when this returns.
#[wasm_bindgen]
pub async fn save_all() -> Result<(), JsError> {
    let trial = trial()?;
    let written = trial.written.take();
    trial.vault.save(&written).await?;
    Ok(())
}

/// Exchanges everything with the server. JSON: how many operations it took (`sent`), `requests`, how long until the
/// last was acknowledged and that was stored (`push_ms`), and how long in all (`ms`).
#[wasm_bindgen]
pub async fn exchange() -> Result<String, JsError> {
    let trial = trial()?;
    let begun = clock::steady_ms();
    let transport = Timed { pushed: Cell::new(None) };
    let synced = trial.vault.sync(&transport).await?;
    let ms = clock::steady_ms() - begun;
    let push_ms = transport.pushed.get().map_or(ms, |pushed| pushed - begun);
    let told = serde_json::json!({ "sent": synced.sent, "requests": synced.requests, "push_ms": push_ms, "ms": ms });
    Ok(told.to_string())
}

/// What lies in the store. JSON: `entries` of the log, rows of the `outbox`.
#[wasm_bindgen]
pub async fn stored() -> Result<String, JsError> {
    let trial = trial()?;
    let store = trial.vault.storage();
    let entries: u64 = store.streams().await?.iter().map(|row| row.after).sum();
    let outbox = store.outbox().await?.len();
    Ok(serde_json::json!({ "entries": entries, "outbox": outbox }).to_string())
}

/// Opens and folds every record, as an unlocked tablet does; says how many there are.
#[wasm_bindgen]
pub async fn read_all() -> Result<u32, JsError> {
    Ok(u32::try_from(trial()?.vault.records().await?.len())?)
}

/// The server, with a note of when the sending was over: then the first pull is asked for.
struct Timed {
    pushed: Cell<Option<f64>>,
}

impl Transport for Timed {
    async fn push(&self, request: &PushRequest) -> Result<PushResponse, Failure> {
        Server.push(request).await
    }

    async fn pull(&self, request: &PullRequest) -> Result<PullResponse, Failure> {
        self.pushed.set(self.pushed.get().or_else(|| Some(clock::steady_ms())));
        Server.pull(request).await
    }

    async fn enrol(&self, request: &EnrolRequest) -> Result<EnrolResponse, Failure> {
        Server.enrol(request).await
    }

    fn new_replica_id(&self) -> ReplicaId {
        Server.new_replica_id()
    }
}

fn registration(me: &Staff) -> Payload {
    Payload::ChildRegistered(ChildRegistered::new(
        Name::new("Amira", "Kaur"),
        Birth::Born(jiff::civil::date(2018, 7, 16)),
        me.team,
    ))
}

/// A card that is shown, and then the answer to one like it.
fn step(nth: u32, moment: &Moment) -> Payload {
    let capture = CaptureId(create::uuid(moment.now));
    let presentation = PresentationId(create::uuid(moment.now));
    let option = Card { id: format!("card-{nth}"), symbol: "bus".into(), words: "sitting on the bus".into() };
    if nth % 2 == 1 {
        let order = vec!["like".into(), "dont-like".into()];
        return Payload::Presented(Presented { capture, presentation, option, order, input: Input::EyePointing });
    }
    Payload::Answered(Answered {
        capture,
        presentation,
        option: option.id,
        cell: "dont-like".into(),
        read_by: None,
        clarity: None,
        latency_ms: 900 + u64::from(nth),
        reached: None,
    })
}
