//! The records on this tablet: lists of them, each one when it is looked at, and writing things down.
//!
//! Lists show summaries, which are kept. A record is opened by the page that shows it ([`Records::record_of`]) and stays open
//! while a page does. Whatever changes a record changes its summary in the same moment.

mod drafts;
pub(crate) mod families;
mod with_reason;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use domain::Record;
use domain::class::Class;
use domain::code::Code;
use domain::entry::Verdict;
use domain::id::{CaptureId, StreamId, StreamKind};
use domain::judge::{Context, judge};
use domain::operation::Operation;
use domain::payload::Payload;
use domain::permission::{Actor, StandsIn};
use domain::record::Unsent;
use domain::record::capture::Capture;
use domain::record::summary::Summary;
use domain::wire::Staff;
use futures::lock::Mutex;
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::create::{self, Written};
use replica::engine::SaveError;
use replica::storage::StorageError;

use super::calendar::Calendar;
use super::current_vault::CurrentVault;
use super::directory::Directory;
use super::relations::{Relations, Summaries};
use crate::lazy::{self, Extent, Vault};
use crate::platform::clock;

/// Summaries are made so many at a time, so that the lists fill while somebody looks at them.
const AT_A_TIME: usize = 8;
/// So many records stay open that no page shows.
const KEPT_OPEN: usize = 4;

/// How soon something should be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Together with what follows.
    WithTheRest,
    /// At once: a decision, a submission, the end of a capture.
    Now,
}

/// Why something was not saved. Nothing of it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// A rule forbids it, and the server would say the same.
    Refused(Code),
    /// It is too long.
    TooLong,
    /// The vault is locked.
    Locked,
    /// The browser could not keep it.
    Storage(StorageError),
}

impl From<SaveError> for NotSaved {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Locked => NotSaved::Locked,
            SaveError::TooLong => NotSaved::TooLong,
            SaveError::Storage(error) => NotSaved::Storage(error),
        }
    }
}

/// What happens after something was saved.
type AfterSave = Rc<dyn Fn(Urgency)>;

/// The records. Cheap to copy; found in the context.
#[derive(Clone, Copy)]
pub struct Records {
    /// What lists show, by stream.
    pub summaries: Summaries,
    /// How many summaries are still to be made.
    pub to_make: RwSignal<usize>,
    /// The records that are open.
    open: RwSignal<BTreeMap<StreamId, Arc<Record>>>,
    /// Why records are read that are not on this tablet.
    with_reason: RwSignal<BTreeMap<StreamId, String>>,
    /// Why records that are shown could not be opened.
    not_opened: RwSignal<BTreeMap<StreamId, StorageError>>,
    /// How many pages show each.
    shown: StoredValue<BTreeMap<StreamId, usize>>,
    /// Streams whose summaries are to be made; while there are some, one task makes them.
    queue: StoredValue<BTreeSet<StreamId>>,
    is_making: StoredValue<bool>,
    /// The lists were read since the vault was opened.
    were_read: RwSignal<bool>,
    were_listed: StoredValue<bool>,
    /// How the person at work stands to them.
    pub relations: Relations,
    vault: CurrentVault,
    directory: Directory,
    calendar: Calendar,
    after_save: StoredValue<Option<AfterSave>, LocalStorage>,
    /// Who changes the records next: a save that begins while another is on its way waits for it.
    turn: StoredValue<Rc<Mutex<()>>, LocalStorage>,
}

impl Records {
    pub(super) fn provide(vault: CurrentVault, directory: Directory, calendar: Calendar) -> Records {
        let summaries = RwSignal::default();
        let records = Records {
            summaries,
            relations: Relations::new(summaries, directory, calendar),
            to_make: RwSignal::new(0),
            open: RwSignal::default(),
            with_reason: RwSignal::default(),
            not_opened: RwSignal::default(),
            shown: StoredValue::default(),
            queue: StoredValue::default(),
            is_making: StoredValue::new(false),
            were_read: RwSignal::new(false),
            were_listed: StoredValue::new(false),
            vault,
            directory,
            calendar,
            after_save: StoredValue::new_local(None),
            turn: StoredValue::new_local(Rc::default()),
        };
        provide_context(records);
        records
    }

    /// The application's records.
    pub fn get() -> Records {
        expect_context()
    }

    pub(super) fn after_save(self, act: impl Fn(Urgency) + 'static) {
        self.after_save.set_value(Some(Rc::new(act)));
    }

    /// Whether lists have a line for every record here: until then they move, and a finger would land on another child.
    pub fn are_listed(self) -> bool {
        let is_making = self.to_make.get() > 0;
        let missing = self.summaries.with(|summaries| {
            self.queue.with_value(|queue| queue.iter().any(|stream| !summaries.contains_key(stream)))
        });
        let are_whole = self.were_read.get() && (!is_making || !missing);
        // What comes later is one row: the others stay in sight. A tablet that has none yet waits for all of them.
        if are_whole && self.summaries.with(|summaries| !summaries.is_empty()) {
            self.were_listed.set_value(true);
        }
        are_whole || self.were_listed.get_value()
    }

    /// Whether a record is on this tablet; follows it.
    pub fn has(self, stream: StreamId) -> bool {
        self.summaries.with(|summaries| summaries.contains_key(&stream))
    }

    /// Whether no child is on this tablet; follows it.
    pub fn has_no_child(self) -> bool {
        self.summaries.with(|summaries| summaries.values().all(|of| of.name.is_none()))
    }

    /// One record, opened for as long as the owner of this lives; none while it is being opened, and if it is not here.
    pub fn record_of(self, stream: StreamId) -> Memo<Option<Arc<Record>>> {
        self.show(stream, Extent::Whole);
        let open = self.open;
        Memo::new(move |_| open.with(|open| open.get(&stream).filter(|record| record.is_whole()).cloned()))
    }

    /// The same, with its front as soon as that is here: for a page that replays nothing, and shows the newest activities first.
    pub fn front_of(self, stream: StreamId) -> Memo<Option<Arc<Record>>> {
        self.show(stream, Extent::Front);
        let open = self.open;
        Memo::new(move |_| open.with(|open| open.get(&stream).cloned()))
    }

    /// One record as it is now, if it is open: for what a form begins with.
    pub fn now(self, stream: StreamId) -> Option<Arc<Record>> {
        self.open.with_untracked(|open| open.get(&stream).cloned())
    }

    fn show(self, stream: StreamId, extent: Extent) {
        self.shown.update_value(|shown| *shown.entry(stream).or_default() += 1);
        on_cleanup(move || {
            self.shown.update_value(|shown| {
                if let Some(count) = shown.get_mut(&stream) {
                    *count -= 1;
                }
                shown.retain(|_, count| *count > 0);
            });
        });
        let is_open = self.open.with_untracked(|open| open.get(&stream).is_some_and(|record| record.is_whole()));
        if !is_open {
            spawn_local(async move {
                if extent == Extent::Front {
                    // What went wrong shows with the rest: then all of it is asked for.
                    let _ = self.open(stream, Extent::Front).await;
                }
                self.open_whole(stream).await;
            });
        }
    }

    async fn open_whole(self, stream: StreamId) {
        let outcome = self.open(stream, Extent::Whole).await;
        self.not_opened.update(|problems| match outcome {
            Ok(_) => drop(problems.remove(&stream)),
            Err(problem) => drop(problems.insert(stream, problem)),
        });
    }

    /// Why a record that is shown could not be opened, if it could not; follows it.
    pub fn problem_with(self, stream: StreamId) -> Option<StorageError> {
        self.not_opened.with(|problems| problems.get(&stream).cloned())
    }

    /// Tries once more to open a record.
    pub fn open_again(self, stream: StreamId) {
        self.not_opened.update(|problems| drop(problems.remove(&stream)));
        spawn_local(self.open_whole(stream));
    }

    async fn open(self, stream: StreamId, extent: Extent) -> Result<Option<Arc<Record>>, StorageError> {
        let vault = self.vault.get().ok_or(StorageError::Denied)?;
        // Nothing is saved between reading and showing, or it would vanish from the screen.
        let turn = self.turn.get_value();
        let _turn = turn.lock().await;
        self.read_open(&vault, stream, extent).await
    }

    /// Reads one record and shows it. Whoever calls has the turn.
    async fn read_open(
        self,
        vault: &Rc<Vault>,
        stream: StreamId,
        extent: Extent,
    ) -> Result<Option<Arc<Record>>, StorageError> {
        let record = lazy::open(vault.clone(), stream, extent).await.map_err(unavailable)?.await?;
        if !vault.is_unlocked() {
            return Err(StorageError::Denied);
        }
        let family = match record.as_ref().and_then(|record| record.family) {
            Some(family) => {
                let whole = lazy::open(vault.clone(), family, Extent::Whole).await.map_err(unavailable)?.await?;
                whole.map(|whole| (family, whole))
            }
            None => None,
        };
        // It is the lazy part that lays people in: a record is copied for it, which is much code.
        let mut open: Vec<(StreamId, Arc<Record>)> =
            self.open.with_untracked(|open| open.iter().map(|(of, record)| (*of, record.clone())).collect());
        open.retain(|(of, _)| *of != stream && family.as_ref().is_none_or(|(family, _)| family != of));
        open.extend(family.clone().into_iter().chain(record.clone().map(|record| (stream, record))));
        let laid = lazy::laid_in(open).await.map_err(unavailable)?.await?;
        self.open.update(|open| {
            open.extend(family);
            match &record {
                Some(record) => drop(open.insert(stream, record.clone())),
                None => drop(open.remove(&stream)),
            }
            for (of, record) in laid {
                open.entry(of).and_modify(|there| *there = record);
            }
            let shown = self.shown.get_value();
            // What is read from elsewhere stays until it is closed: here it could not be opened again.
            let is_kept = |of: &StreamId| *of == stream || shown.contains_key(of) || self.is_from_elsewhere(*of);
            let unseen: Vec<_> = open.keys().filter(|of| !is_kept(of)).copied().collect();
            unseen.into_iter().skip(KEPT_OPEN).for_each(|of| drop(open.remove(&of)));
        });
        Ok(record)
    }

    /// What a rule needs to know around something done now.
    pub fn context<'a>(self, colleagues: &'a [Actor], stands_in: &'a [StandsIn]) -> Option<Context<'a>> {
        let actor = self.directory.me.get_untracked()?.actor();
        let (received_at, today) = (self.calendar.now(), self.calendar.today());
        Some(Context { actor, received_at, today, colleagues, stands_in, audited: None })
    }

    /// Writes down what happened, all or nothing, in order. When this returns `Ok` it is saved on this tablet.
    ///
    /// # Errors
    /// [`NotSaved`]; requests are judged here first, by the rule the server uses.
    pub async fn record(self, stream: StreamId, payloads: Vec<Payload>, urgency: Urgency) -> Result<(), NotSaved> {
        self.record_all(vec![(stream, payloads)], urgency).await
    }

    /// The same, for what belongs in several records and is saved together or not at all.
    ///
    /// # Errors
    /// [`NotSaved`].
    pub async fn record_all(self, parts: Vec<(StreamId, Vec<Payload>)>, urgency: Urgency) -> Result<(), NotSaved> {
        let vault = self.vault.get().ok_or(NotSaved::Locked)?;
        // A field that is left by pressing a button saves beside what the button saves: one after the other, or the
        // second would be judged and shown without the first.
        let turn = self.turn.get_value();
        let turn = turn.lock().await;
        let colleagues: Vec<Actor> = self
            .directory
            .colleagues
            .with_untracked(|all| all.iter().filter(|one| !one.employment.has_left()).map(Staff::actor).collect());
        let stands_in = self.relations.stands_in.get_untracked();
        let context = self.context(&colleagues, &stands_in).ok_or(NotSaved::Locked)?;
        let context = Context { audited: self.audited(&parts), ..context };
        let moment = clock::moment();
        let mut written: Vec<Written> = Vec::new();
        let mut records: Vec<(StreamId, Record)> = Vec::new();
        for (stream, payloads) in parts {
            let mut record = self.base(&vault, stream, &payloads).await?;
            for payload in payloads {
                let operation = create::operation(stream, payload, &moment);
                let read = Operation::read(operation.body.text());
                let judgement = judge(&record.standing, stream, &read, &context);
                let is_request = read.is_ok_and(|operation| operation.class == Class::Request);
                if is_request && judgement.verdict == Verdict::Refused {
                    return Err(NotSaved::Refused(judgement.code.unwrap_or(Code::NotAllowed)));
                }
                record.fold_unsent(operation.body.text(), context.actor.staff, Unsent::Saved);
                written.push(operation);
            }
            records.push((stream, record));
        }
        vault.save(&written).await?;
        if !vault.is_unlocked() {
            // Locked or handed over meanwhile: what was saved stays saved, and nothing of it stays in memory.
            return Ok(());
        }
        for (stream, record) in records {
            if !self.is_from_elsewhere(stream) {
                let summary = Arc::new(Summary::of(&record, context.actor.staff));
                self.summaries.update(|summaries| drop(summaries.insert(stream, summary)));
            }
            self.open.update(|open| drop(open.insert(stream, Arc::new(record))));
        }
        self.lay_families_in();
        drop(turn);
        self.saved(urgency);
        Ok(())
    }

    /// The record that something is written into: as it is, or a new one that begins with it.
    async fn base(self, vault: &Rc<Vault>, stream: StreamId, payloads: &[Payload]) -> Result<Record, NotSaved> {
        let known = self.summaries.with_untracked(|summaries| summaries.contains_key(&stream))
            || self.is_from_elsewhere(stream);
        // A team's record and the council's begin with whatever is written there first.
        let registers = matches!(stream.kind, StreamKind::Team | StreamKind::Council)
            || matches!(
                payloads.first(),
                Some(Payload::ChildRegistered(_) | Payload::FamilyRegistered(_) | Payload::AuditWritten(_))
            )
            || payloads.first().and_then(Payload::contact).is_some_and(|contact| contact.about.is_some());
        if payloads.is_empty() || !(known || registers) {
            // The record was withdrawn while somebody typed: saying "saved" would not be true.
            return Err(NotSaved::Refused(Code::NotAllowed));
        }
        let open = self.open.with_untracked(|open| open.get(&stream).filter(|record| record.is_whole()).cloned());
        let record = match open {
            Some(record) => Some(record),
            None => self.read_open(vault, stream, Extent::Whole).await.map_err(NotSaved::Storage)?,
        };
        Ok(record.map(|record| (*record).clone()).unwrap_or_default())
    }

    /// Children who are open show the people of their families, where these are open.
    fn lay_families_in(self) {
        let open = self.open.with_untracked(|open| open.iter().map(|(of, record)| (*of, record.clone())).collect());
        let laid = families::laid_in(open);
        if !laid.is_empty() {
            self.open.update(|open| open.extend(laid));
        }
    }

    /// Writes down what happened while the tablet is with the child: into the journal before this yields, then into the
    /// store. `vault` is the one that was handed over: whoever unlocks another meanwhile gets none of it.
    ///
    /// # Errors
    /// [`NotSaved`]; the journal may hold it.
    pub async fn tap(self, vault: &Vault, written: Vec<Written>, urgency: Urgency) -> Result<(), NotSaved> {
        vault.save_tap(&written).await?;
        self.saved(urgency);
        Ok(())
    }

    fn saved(self, urgency: Urgency) {
        if let Some(act) = self.after_save.get_value() {
            act(urgency);
        }
    }

    /// The capture that is with the child.
    pub async fn capture(self, capture: CaptureId) -> Result<Option<Capture>, StorageError> {
        let vault = self.vault.get().ok_or(StorageError::Denied)?;
        vault.capture(capture).await
    }

    /// The vault at work.
    pub fn vault(self) -> Option<Rc<Vault>> {
        self.vault.get()
    }

    /// Reads what may have changed again: the lists, then what is open.
    ///
    /// # Errors
    /// [`StorageError`]; what is on the screen stays as it was.
    pub(super) async fn read(self, vault: &Rc<Vault>) -> Result<(), StorageError> {
        if !vault.is_unlocked() {
            return Ok(());
        }
        let turn = self.turn.get_value();
        let _turn = turn.lock().await;
        let lists = lazy::summaries(vault.clone()).await.map_err(unavailable)?.await?;
        if !vault.is_unlocked() {
            return Ok(());
        }
        let is_here = |stream: &StreamId| lists.current.contains_key(stream) || lists.to_make.contains(stream);
        self.summaries.update(|summaries| {
            // One that is to be made anew stays in the list as it was.
            summaries.retain(|stream, _| is_here(stream));
            for (stream, before) in &lists.before {
                summaries.entry(*stream).or_insert_with(|| Arc::new(before.clone()));
            }
            summaries.extend(lists.current.iter().map(|(stream, summary)| (*stream, Arc::new(summary.clone()))));
        });
        // A page may show a record that was not here when it was opened.
        let mut open: BTreeSet<StreamId> = self.open.with_untracked(|open| open.keys().copied().collect());
        self.shown.with_value(|shown| open.extend(shown.keys()));
        open.retain(|stream| !self.is_from_elsewhere(*stream));
        for stream in open {
            self.read_open(vault, stream, Extent::Whole).await?;
            self.not_opened.update(|problems| drop(problems.remove(&stream)));
        }
        self.queue.update_value(|queue| queue.extend(lists.to_make));
        self.to_make.set(self.queue.with_value(BTreeSet::len));
        self.were_read.set(true);
        let is_making = self.is_making.get_value();
        if !is_making && self.to_make.get_untracked() > 0 {
            self.is_making.set_value(true);
            spawn_local(self.make(vault.clone()));
        }
        Ok(())
    }

    /// Makes the summaries that are to be made, a few at a time.
    async fn make(self, vault: Rc<Vault>) {
        while vault.is_unlocked() {
            let next: Vec<StreamId> = self.queue.with_value(|queue| queue.iter().take(AT_A_TIME).copied().collect());
            if next.is_empty() {
                break;
            }
            let turn = self.turn.get_value();
            let turn = turn.lock().await;
            let made = match lazy::summarise(vault.clone(), next.clone()).await {
                Ok(making) => making.await,
                Err(error) => Err(unavailable(error)),
            };
            // What cannot be made now is made at the next reading.
            let Ok(made) = made else { break };
            if vault.is_unlocked() {
                self.summaries.update(|summaries| {
                    for (stream, summary) in made {
                        match summary {
                            Some(summary) => drop(summaries.insert(stream, Arc::new(summary))),
                            None => drop(summaries.remove(&stream)),
                        }
                    }
                });
            }
            self.queue.update_value(|queue| queue.retain(|stream| !next.contains(stream)));
            drop(turn);
            self.to_make.set(self.queue.with_value(BTreeSet::len));
        }
        self.queue.update_value(BTreeSet::clear);
        self.to_make.set(0);
        self.is_making.set_value(false);
    }

    /// Nothing of a child stays in memory.
    pub(super) fn forget(self) {
        self.queue.update_value(BTreeSet::clear);
        self.summaries.update(BTreeMap::clear);
        self.open.update(BTreeMap::clear);
        self.with_reason.update(BTreeMap::clear);
        self.not_opened.update(BTreeMap::clear);
        self.were_read.set(false);
        self.were_listed.set_value(false);
        self.to_make.set(0);
    }
}

fn unavailable(error: lazy::ChunkUnavailable) -> StorageError {
    StorageError::Failed(error.to_string())
}
