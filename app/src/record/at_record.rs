//! Where a page of a child's record stands: which child.

use std::sync::Arc;

use domain::Record;
use domain::id::StreamId;
use domain::permission::Action;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::{Opening, Page, in_address};
use crate::state::{Calendar, Directory, Records};

/// Which child. Cheap to copy.
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
    record: Memo<Option<Arc<Record>>>,
}

impl Place {
    /// The address of the child's page.
    pub fn address(self) -> String {
        format!("/children/{}", self.stream)
    }

    /// The record as it is now; follows it.
    pub fn record(self) -> Arc<Record> {
        self.record.get().unwrap_or_default()
    }

    /// The record as it is now, without following it: for what a form begins with.
    pub fn record_now(self) -> Arc<Record> {
        self.record.get_untracked().unwrap_or_default()
    }

    /// What the child is called.
    pub fn name(self) -> String {
        let record = self.record_now();
        record.child.as_ref().map_or_else(|| tr!("visit-the-child"), |child| child.what.name.called().to_owned())
    }

    /// Whether the person at work may do this here at once.
    pub fn may(self, action: Action) -> bool {
        untrack(|| self.records.relations.may(&self.record_now().standing.access, action))
    }
}

/// A form about the child in the address, for those who may do `action` there.
pub fn at_record(action: Action, page: impl Fn(Place) -> AnyView + Send + Sync + 'static) -> impl IntoView {
    let records = Records::get();
    let (directory, calendar) = (Directory::get(), Calendar::get());
    let stream = in_address::<StreamId>("stream");
    let record = Memo::new(move |_| stream.get().map(|stream| records.record_of(stream)));
    // Only whether it is here: the form must not be built again at each thing that is saved.
    let is_open = Memo::new(move |_| {
        record
            .get()
            .is_some_and(|record| record.with(|record| record.as_ref().is_some_and(|record| record.child.is_some())))
    });
    move || match (stream.get(), record.get(), is_open.get()) {
        (Some(stream), Some(record), true) => {
            let place = Place { records, directory, calendar, stream, record };
            if place.may(action) { page(place) } else { view! { <NotYours place/> }.into_any() }
        }
        (Some(stream), _, _) if records.has(stream) => view! {
            <Page title=tr!("record-title") class="heard-page heard-narrow"><Opening stream/></Page>
        }
        .into_any(),
        _ => view! {
            <Page title=tr!("record-title") class="heard-page heard-narrow">
                <a class="govuk-back-link" href="/children">{tr!("back")}</a>
                <h1 class="heard-title">{tr!("record-not-here")}</h1>
                <p class="govuk-body">{tr!("record-not-here-do")}</p>
            </Page>
        }
        .into_any(),
    }
}

/// What is written here would be held or refused.
#[component]
fn NotYours(place: Place) -> impl IntoView {
    view! {
        <Page title=tr!("record-not-yours") class="heard-page heard-narrow">
            <a class="govuk-back-link" href=place.address()>{tr!("visit-not-yours-record")}</a>
            <h1 class="heard-title">{tr!("record-not-yours")}</h1>
            <p class="govuk-body">{tr!("record-not-yours-why")}</p>
        </Page>
    }
}
