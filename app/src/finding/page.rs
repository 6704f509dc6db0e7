//! A record that is read with a reason: everything in it, and nothing to change it by.

use std::sync::Arc;

use domain::Record;
use domain::id::StreamId;
use domain::permission::Role;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::create;

use super::ask::AskWhy;
use crate::components::{NoPages, Page, go, in_address};
use crate::contact::{About, Contacts, WriteContact};
use crate::manager::ReadRecord;
use crate::record::People;
use crate::state::{Calendar, Directory, Records};
use crate::words;
use crate::worker::Known;

/// A page for those who read with a reason; nobody else has it.
pub(super) fn for_readers(page: impl Fn() -> AnyView + Send + 'static) -> impl IntoView {
    let directory = Directory::get();
    let reads = Memo::new(move |_| directory.me.with(|me| me.as_ref().is_some_and(|me| me.role.reads_with_a_reason())));
    move || if reads.get() { page() } else { view! { <NoPages/> }.into_any() }
}

/// The record in the address, once a reason was given.
#[component]
pub fn ReadPage() -> impl IntoView {
    with_reason(|stream, record, reason| view! { <Read stream record reason/> }.into_any())
}

/// Writing down what reached the council about the child in the address.
#[component]
pub fn ContactPage() -> impl IntoView {
    with_reason(|stream, record, _| {
        let (record, back) = (record.get_untracked().unwrap_or_default(), format!("/read/{stream}"));
        view! { <WriteContact stream about=About::Child record next=back.clone() back/> }.into_any()
    })
}

/// Writing down what reached the council about a child of whom there is no record.
#[component]
pub fn UnknownChildPage() -> impl IntoView {
    let directory = Directory::get();
    let answers = move || directory.me.with(|me| me.as_ref().is_some_and(|me| me.role == Role::Duty));
    for_readers(move || {
        if !answers() {
            return view! { <NoPages/> }.into_any();
        }
        let stream = StreamId::contact(create::uuid(Calendar::get().now()));
        let (record, back, next) = (Arc::default(), "/find".to_owned(), "/saved".to_owned());
        view! { <WriteContact stream about=About::Unknown record back next/> }.into_any()
    })
}

/// A page about the record in the address, for those who read it with a reason, once they gave one.
pub fn with_reason(
    page: impl Fn(StreamId, Memo<Option<Arc<Record>>>, String) -> AnyView + Copy + Send + Sync + 'static,
) -> impl IntoView {
    for_readers(move || {
        let records = Records::get();
        let stream = in_address::<StreamId>("stream");
        let record = Memo::new(move |_| stream.get().map(|stream| records.record_of(stream)));
        let reason = Memo::new(move |_| records.reason_for(stream.get()?));
        let shown = move || match (stream.get(), reason.get(), record.get()) {
            (Some(stream), Some(reason), Some(record)) => page(stream, record, reason),
            (Some(stream), ..) => view! { <AskWhy stream/> }.into_any(),
            (None, ..) => view! { <NoPages/> }.into_any(),
        };
        shown.into_any()
    })
}

#[component]
fn Read(stream: StreamId, record: Memo<Option<Arc<Record>>>, reason: String) -> impl IntoView {
    move || {
        let reason = reason.clone();
        record.get().map(|whole| view! { <Whole stream record whole reason/> })
    }
}

#[component]
fn Whole(stream: StreamId, record: Memo<Option<Arc<Record>>>, whole: Arc<Record>, reason: String) -> impl IntoView {
    let (records, directory, calendar) = (Records::get(), Directory::get(), Calendar::get());
    let today = calendar.today();
    let go = go();
    let again_for = StoredValue::new(reason.clone());
    let again = Action::new_local(move |reason: &String| records.read_with_reason(stream, reason.clone()));
    let busy = again.pending();
    let access = whole.standing.access.clone();
    let managers = access.team.map(|team| directory.team(team).1).unwrap_or_default();
    let told = directory.names_of(&directory.still_here(&access.assigned));
    let told = told.into_iter().chain([managers]).filter(|names| !names.is_empty()).collect::<Vec<_>>().join(", ");
    let name = whole.child.as_ref().map(|child| child.what.name.full()).unwrap_or_else(|| tr!("new-child"));
    let how = whole.profile().map_or_else(|| tr!("no-profile"), |profile| profile.summary.clone());
    let double = whole.standing.duplicate_of;
    let of = whole.clone();
    let lacks_family = move || records.lacks_family(&of);
    let role = directory.me.get_untracked().map(|me| me.role);
    let (writes, audits) = (role == Some(Role::Duty), role.is_some_and(Role::audits));
    view! {
        <Page title=tr!("record-title")>
            <a class="govuk-back-link" href="/find">{tr!("find-title")}</a>
            <section class="heard-prompt" aria-label=tr!("ask-title")>
                <p>{tr!("read-because", {"reason" => reason})}</p>
                <p>{tr!("read-told", {"who" => told})}" "{tr!("read-not-kept")}</p>
                <p class="heard-actions">
                    <button class="govuk-button govuk-button--secondary plan-small-button" type="button" disabled=busy on:click=move |_| { again.dispatch_local(again_for.get_value()); }>{tr!("read-again")}</button>
                    <button class="govuk-button govuk-button--secondary plan-small-button" type="button" on:click=move |_| { records.close(stream); go("/find".to_owned(), true); }>{tr!("read-close")}</button>
                </p>
                {move || again.value().get().and_then(Result::err).filter(|_| !busy.get()).map(|failure| view! { <p class="govuk-error-message" role="alert">{words::failure(&failure)}</p> })}
            </section>
            <h1 class="heard-title"><bdi>{name}</bdi></h1>
            {double.map(|other| view! { <p class="heard-alert">{tr!("read-double")}" "<a class="govuk-link" href=format!("/read/{other}")>{tr!("read-double-other")}</a></p> })}
            {move || lacks_family().then(|| view! { <p class="heard-alert">{tr!("read-no-family")}</p> })}
            <p class="heard-how">{how}</p>
            {writes.then(|| view! { <p><a class="govuk-button" href=format!("/read/{stream}/contact") draggable="false">{tr!("contact-write")}</a></p> })}
            {audits.then(|| view! { <p><a class="govuk-button" href=format!("/read/{stream}/findings") draggable="false">{tr!("audit-write")}</a></p> })}
            <div class="heard-split">
                <div class="heard-stack">
                    <Contacts stream record/>
                    <ReadRecord stream/>
                </div>
                <aside class="heard-stack" aria-label=tr!("record-beside")>
                    <People stream record=whole.clone() may_change=false/>
                    <Visits record=whole.clone() today/>
                    <Known stream record=whole today/>
                </aside>
            </div>
        </Page>
    }
}

/// The days of the visits, the latest first.
#[component]
fn Visits(record: Arc<Record>, today: Date) -> impl IntoView {
    let mut visits: Vec<(Date, String)> = record
        .visits
        .values()
        .filter_map(|visit| {
            let planned = visit.planned.as_ref().map(|planned| planned.on);
            match &visit.started {
                Some(started) => Some((started.what.on, tr!("read-visit-made"))),
                None if visit.cancelled.is_some() => Some((planned?, tr!("read-visit-called-off"))),
                None => Some((planned?, tr!("read-visit-planned"))),
            }
        })
        .collect();
    visits.sort_by_key(|(on, _)| std::cmp::Reverse(*on));
    view! {
        <section class="heard-panel" aria-labelledby="visits">
            <h2 class="heard-panel__title" id="visits">{tr!("read-visits")}</h2>
            {visits.is_empty().then(|| view! { <p class="heard-quiet">{tr!("record-no-visits")}</p> })}
            <ul class="heard-list">
                {visits.into_iter().map(|(on, words)| view! { <li class="heard-list__row"><span>{words}</span><span class="heard-quiet">{words::near_date(on, today)}</span></li> }).collect_view()}
            </ul>
        </section>
    }
}
