//! A contact about a child of whom there is no record, as the manager of the team that looks into it reads it.

use domain::id::{StreamId, StreamKind};
use leptos::prelude::*;
use leptos_fluent::tr;

use super::list::Contacts;
use crate::components::{Opening, Page, in_address};
use crate::state::Records;

/// The contact in the address.
#[component]
pub fn UnknownContactPage() -> impl IntoView {
    let records = Records::get();
    let stream = in_address::<StreamId>("stream");
    let record = Memo::new(move |_| stream.get().map(|stream| records.record_of(stream)));
    let is_open = Memo::new(move |_| record.get().is_some_and(|record| record.with(Option::is_some)));
    move || {
        match (stream.get(), record.get()) {
        (Some(stream), Some(record)) if is_open.get() => view! {
            <Page title=tr!("contact-unknown-child")>
                <a class="govuk-back-link" href="/">{tr!("back")}</a>
                <h1 class="heard-title">{tr!("contact-unknown-child")}</h1>
                <Contacts stream record/>
                <p class="govuk-body">{tr!("contact-unknown-do")}" "<a class="govuk-link" href="/children/new">{tr!("register-title")}</a></p>
            </Page>
        }
        .into_any(),
        (Some(stream), _) if records.has(stream) => view! {
            <Page title=tr!("contact-unknown-child") class="heard-page heard-narrow"><Opening stream/></Page>
        }
        .into_any(),
        _ => view! {
            <Page title=tr!("contact-unknown-child") class="heard-page heard-narrow">
                <h1 class="heard-title">{tr!("record-not-here")}</h1>
                <p class="govuk-body">{tr!("record-not-here-do")}</p>
            </Page>
        }
        .into_any(),
    }
    }
}

/// What a list calls a record: the child's name, or that nobody knows the child.
pub fn unknown_child(stream: StreamId, name: String) -> String {
    if stream.kind == StreamKind::Contact { tr!("contact-unknown-child") } else { name }
}

/// Where the contacts of a record are read.
pub fn contacts_of(stream: StreamId) -> String {
    match stream.kind {
        StreamKind::Contact => format!("/contacts/{stream}"),
        _ => format!("/children/{stream}#contacts"),
    }
}
