//! The version on the manager's desk. It is kept as it was opened when the worker moves on meanwhile.

use std::sync::Arc;

use domain::Record;
use domain::id::StreamId;
use domain::standing::plan::PlanState;
use leptos::prelude::*;

use crate::state::{Calendar, Directory, Exchange, Records};

/// What every part of the review shows. Cheap to copy; found in the context.
#[derive(Clone, Copy)]
pub struct Reading {
    /// The records.
    pub records: Records,
    /// The exchange.
    pub exchange: Exchange,
    /// The people.
    pub directory: Directory,
    /// The calendar.
    pub calendar: Calendar,
    /// Whose plan.
    pub stream: StreamId,
    /// The record as it is.
    pub live: Memo<Option<Arc<Record>>>,
    /// The record as it is shown.
    shown: Memo<Option<Arc<Record>>>,
    /// The version that was opened; none while the record is not here.
    opened: RwSignal<Option<u32>>,
}

/// How the plan has moved on since it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MovedOn {
    /// Another version has been submitted.
    Submitted(u32),
    /// The worker is writing another version.
    Writing(u32),
}

impl Reading {
    /// Opens the version that there is, for the parts of the page.
    pub fn provide(stream: StreamId) -> Reading {
        let records = Records::get();
        let live = records.record_of(stream);
        let version = move || live.with(|record| record.as_ref().map(|record| record.standing.plan.version));
        let opened = RwSignal::new(untrack(version));
        Effect::new(move |_| {
            let version = version();
            if opened.get_untracked().is_none() {
                opened.set(version);
            }
        });
        let shown = Memo::new(move |before: Option<&Option<Arc<Record>>>| {
            let (live, opened) = (live.get(), opened.get());
            let moved = matches!((&live, opened), (Some(live), Some(opened)) if live.standing.plan.version != opened);
            match before.cloned().flatten() {
                Some(before) if moved && Some(before.standing.plan.version) == opened => Some(before),
                _ => live,
            }
        });
        let (exchange, directory, calendar) = (Exchange::get(), Directory::get(), Calendar::get());
        let reading = Reading { records, exchange, directory, calendar, stream, live, shown, opened };
        provide_context(reading);
        reading
    }

    /// What is being read.
    pub fn get() -> Reading {
        expect_context()
    }

    /// Something about the record as it is shown.
    pub fn read<T>(self, of: impl Fn(&Record) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.shown.with(|record| record.as_deref().map(&of).unwrap_or_default()))
    }

    /// Something about the record as it is.
    pub fn now<T>(self, of: impl Fn(&Record) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.live.with(|record| record.as_deref().map(&of).unwrap_or_default()))
    }

    /// The version that was opened.
    pub fn version(self) -> Signal<u32> {
        let (opened, live) = (self.opened, self.live);
        // The record may have been opened in this very moment.
        let present = move || live.with(|record| record.as_ref().map(|record| record.standing.plan.version));
        Signal::derive(move || opened.get().or_else(present).unwrap_or_default())
    }

    /// How the plan has moved on since it was opened.
    pub fn moved_on(self) -> Memo<Option<MovedOn>> {
        let opened = self.opened;
        self.now(move |record| {
            let plan = &record.standing.plan;
            match (plan.state, opened.get()) {
                (_, Some(opened)) if opened == plan.version => None,
                (_, None) => None,
                (PlanState::Submitted, _) => Some(MovedOn::Submitted(plan.version)),
                _ => Some(MovedOn::Writing(plan.version)),
            }
        })
    }

    /// Opens the version that there is now.
    pub fn open_latest(self) {
        let version = self.live.with_untracked(|record| record.as_ref().map(|record| record.standing.plan.version));
        self.opened.set(version);
    }

    /// Whether whoever reads it may decide here.
    pub fn decides(self) -> bool {
        let access = self.live.with_untracked(|record| record.as_ref().map(|record| record.standing.access.clone()));
        access.is_some_and(|access| untrack(|| self.records.relations.decides(&access)))
    }

    /// Who submitted last, "S. Okafor".
    pub fn submitter(self) -> Memo<String> {
        self.read(move |record| {
            let by = record.plan.last_submission().map(|(_, source)| source.by);
            by.map(|by| initialled(&self.directory.name_of(by))).unwrap_or_default()
        })
    }

    /// The child's given name.
    pub fn child(self) -> Memo<String> {
        self.read(|record| record.child.as_ref().map(|child| child.what.name.called().to_owned()).unwrap_or_default())
    }
}

/// "S. Okafor", for a colleague.
pub fn initialled(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((given, family)) => match given.chars().next() {
            Some(initial) => format!("{initial}. {family}"),
            None => family.to_owned(),
        },
        None => name.to_owned(),
    }
}
