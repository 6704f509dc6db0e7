//! What every part of the plan page works on.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::Record;
use domain::id::{ActionId, OperationId, StreamId, ViewId};
use domain::payload::Payload;
use domain::permission::{Action, Role};
use domain::record::item::ItemState;
use domain::standing::plan::{PlanStanding, PlanState};
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::state::{Calendar, Directory, NotSaved, Records, Urgency};

/// Which form for an action is open. One at a time.
#[derive(Clone, Debug, PartialEq)]
pub enum Editing {
    /// "We will ask", for these views.
    Ask(BTreeSet<ViewId>),
    /// "No action, because", for these views.
    Nothing(BTreeSet<ViewId>),
    /// This action is changed.
    Change(ActionId),
}

/// The record on the page, and what is being done to it. Cheap to copy; found in the context.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The records.
    pub records: Records,
    /// The people.
    pub directory: Directory,
    /// The calendar.
    pub calendar: Calendar,
    /// Whose plan.
    pub stream: StreamId,
    /// The record; none while it is not here.
    pub record: Memo<Option<Arc<Record>>>,
    /// The form that is open.
    pub editing: RwSignal<Option<Editing>>,
    /// The submitted or authorised version that the worker has chosen to change.
    changing: RwSignal<Option<u32>>,
}

impl Desk {
    /// The desk of one child's plan, provided to the parts of the page.
    pub fn provide(stream: StreamId) -> Desk {
        let records = Records::get();
        let desk = Desk {
            records,
            directory: Directory::get(),
            calendar: Calendar::get(),
            stream,
            record: records.record_of(stream),
            editing: RwSignal::new(None),
            changing: RwSignal::new(None),
        };
        provide_context(desk);
        desk
    }

    /// The desk of the page.
    pub fn get() -> Desk {
        expect_context()
    }

    /// Something about the record, followed as it changes; its empty form while the record is not here.
    pub fn read<T>(self, of: impl Fn(&Record) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.record.with(|record| record.as_deref().map(&of).unwrap_or_default()))
    }

    /// Where the plan stands.
    pub fn standing(self) -> Memo<PlanStanding> {
        self.read(|record| record.standing.plan.clone())
    }

    /// Whether the person at work may write this plan.
    pub fn is_mine(self) -> Memo<bool> {
        let relations = self.records.relations;
        self.read(move |record| relations.may(&record.standing.access, Action::Edit))
    }

    /// Whether the words can be changed at this moment: a version that is submitted or authorised is opened on purpose.
    pub fn is_open(self) -> Signal<bool> {
        let (mine, standing) = (self.is_mine(), self.standing());
        Signal::derive(move || {
            mine.get()
                && standing.with(|plan| match plan.state {
                    PlanState::Draft | PlanState::Returned => true,
                    PlanState::Submitted | PlanState::Authorised => self.changing.get() == Some(plan.version),
                })
        })
    }

    /// Opens a version that is submitted or authorised, so that the next change makes the version after it.
    pub fn open(self) {
        self.changing.set(self.standing().get_untracked().version.into());
    }

    /// How far the operation has come that wrote something.
    pub fn state_of(
        self,
        id: impl Fn(&Record) -> Option<OperationId> + Send + Sync + 'static,
    ) -> Memo<Option<ItemState>> {
        self.read(move |record| record.state_of(id(record)?))
    }

    /// The manager who will decide.
    pub fn manager(self) -> Memo<String> {
        let colleagues = self.directory.colleagues;
        Memo::new(move |_| {
            let team = self.record.with(|record| record.as_ref().and_then(|record| record.standing.access.team));
            let manager = colleagues.with(|all| {
                all.iter()
                    .find(|one| one.role == Role::Manager && one.employment.works() && Some(one.team) == team)
                    .map(|one| one.name.clone())
            });
            manager.unwrap_or_else(|| tr!("plan-your-manager"))
        })
    }

    /// The child's given name.
    pub fn child(self) -> Memo<String> {
        self.read(|record| record.child.as_ref().map(|child| child.what.name.called().to_owned()).unwrap_or_default())
    }

    /// Writes one thing down. When this returns `Ok` it is saved on this tablet.
    ///
    /// # Errors
    /// [`NotSaved`]: nothing of it was saved.
    pub async fn save(self, payload: Payload, urgency: Urgency) -> Result<(), NotSaved> {
        self.records.record(self.stream, vec![payload], urgency).await
    }
}
