//! Where a page of a visit stands: which child, which visit.

use std::sync::Arc;

use domain::Record;
use domain::id::{StreamId, VisitId};
use domain::library::Library;
use domain::permission::Action;
use domain::record::visit::Visit;
use domain::vocabulary::Question;
use leptos::prelude::*;
use leptos_fluent::tr;
use leptos_router::hooks::use_params_map;

use crate::components::{Opening, Page};
use crate::state::{Calendar, Directory, Exchange, Records, library_of};

/// A page of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Who is here, and does the child agree?
    Start,
    /// What to ask.
    Topics,
    /// How it was given.
    WriteUp,
    /// What was given without the tablet.
    AnotherWay,
    /// The same on paper.
    Paper,
    /// Watching, where the child cannot be asked.
    Watch,
    /// What may be a sign of harm.
    Look,
    /// Views could not be gathered.
    NotGathered,
    /// The case note.
    Note,
    /// The child's plan.
    Plan,
}

/// Which child, which visit. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Place {
    /// The records.
    pub records: Records,
    /// The people.
    pub directory: Directory,
    /// The calendar.
    pub calendar: Calendar,
    /// The child's stream.
    pub stream: StreamId,
    /// The visit.
    pub visit: VisitId,
    record: Memo<Option<Arc<Record>>>,
    library: Memo<Option<Arc<Library>>>,
}

impl Place {
    /// The address of a page of this visit.
    pub fn address(self, step: Step) -> String {
        let Place { stream, visit, .. } = self;
        let visit = format!("/children/{stream}/visits/{visit}");
        match step {
            Step::Start => visit,
            Step::Topics => format!("{visit}/topics"),
            Step::WriteUp => format!("{visit}/write-up"),
            Step::AnotherWay => format!("{visit}/another-way"),
            Step::Paper => format!("{visit}/paper"),
            Step::Watch => format!("{visit}/watch"),
            Step::Look => format!("{visit}/look"),
            Step::NotGathered => format!("{visit}/not-gathered"),
            Step::Note => format!("{visit}/note"),
            Step::Plan => format!("/children/{stream}/plan"),
        }
    }

    /// The questions that can be asked; follows them.
    pub fn library(self) -> Arc<Library> {
        self.library.get().unwrap_or_else(|| Arc::new(Library::of([])))
    }

    /// The question with this id, as it is asked today.
    pub fn question(self, id: &str) -> Option<Arc<Question>> {
        untrack(|| self.library()).question(id).cloned()
    }

    /// The same question with the cards that the plan of this visit has.
    pub fn planned(self, question: &Arc<Question>) -> Arc<Question> {
        match self.visit_now().planned {
            Some(planned) => Arc::new(Question { cards: planned.cards(question), ..Question::clone(question) }),
            None => question.clone(),
        }
    }

    /// The record as it is now; follows it.
    pub fn record(self) -> Arc<Record> {
        self.record.get().unwrap_or_default()
    }

    /// The record as it is now, without following it: for what a form begins with.
    pub fn record_now(self) -> Arc<Record> {
        self.record.get_untracked().unwrap_or_default()
    }

    /// The visit as it is now; follows it.
    pub fn visit(self) -> Visit {
        self.record().visits.get(&self.visit).cloned().unwrap_or_default()
    }

    /// The visit, without following it.
    pub fn visit_now(self) -> Visit {
        self.record_now().visits.get(&self.visit).cloned().unwrap_or_default()
    }

    /// Whether what is written here counts at once. Where it would be held, it is not offered.
    fn may_write(self) -> bool {
        untrack(|| self.records.relations.may(&self.record_now().standing.access, Action::WriteFacts))
    }

    /// What the child is called.
    pub fn name(self) -> String {
        let record = self.record_now();
        record.child.as_ref().map_or_else(|| tr!("visit-the-child"), |child| child.what.name.called().to_owned())
    }
}

/// A page of the visit in the address, where the record is on this tablet.
pub fn at_visit(page: impl Fn(Place) -> AnyView + Send + Sync + 'static) -> impl IntoView {
    let records = Records::get();
    let params = use_params_map();
    let ids = Memo::new(move |_| {
        params.with(|params| {
            let stream = params.get("stream")?.parse::<StreamId>().ok()?;
            Some((stream, params.get("visit")?.parse::<VisitId>().ok()?))
        })
    });
    let (directory, calendar) = (Directory::get(), Calendar::get());
    let stream = Memo::new(move |_| ids.get().map(|(stream, _)| stream));
    let record = Memo::new(move |_| stream.get().map(|stream| records.record_of(stream)));
    let library = Memo::new(move |_| stream.get().map(|stream| library_of(records, stream)));
    // Only whether it is here: the page must not be built again at each thing that is saved.
    let found = Memo::new(move |_| {
        let is_open = record.get()?.with(|record| record.as_ref().is_some_and(|record| record.child.is_some()))
            && library.get()?.with(Option::is_some);
        if is_open { Some(Found::Open) } else { records.has(stream.get()?).then_some(Found::Opening) }
    });
    move || match (ids.get(), found.get(), record.get().zip(library.get())) {
        (Some((stream, _)), Some(Found::Opening), _) => view! { <OpeningPage stream/> }.into_any(),
        (Some((stream, visit)), Some(Found::Open), Some((record, library))) => {
            let place = Place { records, directory, calendar, stream, visit, record, library };
            // Asked on arrival only: a change of allocation takes no page away under a worker's hands.
            if place.may_write() { page(place) } else { view! { <NotYours place/> }.into_any() }
        }
        _ => view! { <NotHere/> }.into_any(),
    }
}

/// What there is of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    Opening,
    Open,
}

/// The record is being opened.
#[component]
fn OpeningPage(stream: StreamId) -> impl IntoView {
    view! {
        <Page title=tr!("record-title") class="heard-page heard-narrow">
            <Opening stream/>
        </Page>
    }
}

/// The record is not on this tablet.
#[component]
fn NotHere() -> impl IntoView {
    let exchange = Exchange::get();
    view! {
        <Page title=tr!("record-title") class="heard-page heard-narrow">
            <a class="govuk-back-link" href="/today">{tr!("visit-back-today")}</a>
            <h1 class="heard-title">{tr!("record-not-here")}</h1>
            <p class="govuk-body">{tr!("record-not-here-do")}</p>
            <p class="govuk-body">{tr!("visit-not-here-do")}</p>
            <button class="govuk-button" type="button" on:click=move |_| exchange.sync_now()>{tr!("try-again")}</button>
        </Page>
    }
}

/// The reader is not allocated to the child.
#[component]
fn NotYours(place: Place) -> impl IntoView {
    let record = format!("/children/{}", place.stream);
    view! {
        <Page title=tr!("visit-not-yours-title") class="heard-page heard-narrow">
            <a class="govuk-back-link" href=record.clone()>{tr!("visit-not-yours-record")}</a>
            <h1 class="heard-title">{tr!("visit-not-yours-title")}</h1>
            <p class="govuk-body">{tr!("visit-not-yours-why")}</p>
        </Page>
    }
}
