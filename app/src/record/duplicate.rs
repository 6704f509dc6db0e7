//! Two records of one child: linked, and the link undone.

use domain::Payload;
use domain::doubles::{Likeness, Looked, likeness};
use domain::id::StreamId;
use domain::payload::child::Birth;
use domain::payload::keeping::{DuplicateOf, NotDuplicateOf};
use domain::permission;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::{Place, at_record};
use crate::components::draft::Draft;
use crate::components::{Choice, ErrorSummary, Page, Problems, saving};
use crate::words;

/// Which other record is of the same child.
#[component]
pub fn DuplicatePage() -> impl IntoView {
    at_record(permission::Action::WriteFacts, |place| view! { <Link place/> }.into_any())
}

/// The other children here, those who are most alike first.
fn others(place: Place) -> Vec<(StreamId, String)> {
    let record = place.record_now();
    let Some(child) = record.child.as_ref().map(|child| &child.what) else { return Vec::new() };
    let one = Looked { name: &child.name, birth: child.birth, case_number: child.case_number.as_deref() };
    let mut all: Vec<(Option<Likeness>, String, StreamId)> = place.records.summaries.with_untracked(|summaries| {
        let others = summaries.iter().filter(|(stream, _)| **stream != place.stream);
        others
            .filter_map(|(stream, of)| {
                let (name, birth) = (of.name.as_ref()?, of.birth?);
                let (Birth::Born(day) | Birth::Expected(day)) = birth;
                let alike = likeness(one, Looked { name, birth, case_number: of.case_number.as_deref() });
                Some((alike, tr!("duplicate-option", {"name" => name.full(), "on" => words::short_date(day, place.calendar.today())}), *stream))
            })
            .collect()
    });
    all.sort_by(|one, other| (&other.0, &one.1).cmp(&(&one.0, &other.1)));
    all.into_iter().map(|(_, name, stream)| (stream, name)).collect()
}

#[component]
fn Link(place: Place) -> impl IntoView {
    let chosen = RwSignal::new(None::<StreamId>);
    let problems: Problems = RwSignal::new(Vec::new());
    let draft = Draft::named(format!("draft/{}/duplicate", place.stream));
    let save = saving(place.stream, draft, problems, || (), move || place.address());
    let busy = save.pending();
    let others = others(place);
    let none = others.is_empty();
    let name = place.name();
    view! {
        <Page title=tr!("duplicate-title") class="heard-page heard-narrow" in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=place.address()>{tr!("visit-not-yours-record")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("duplicate-heading", {"name" => name})}</h1>
            <p class="govuk-body">{tr!("duplicate-lead")}</p>
            {if none {
                view! { <p class="govuk-body">{tr!("duplicate-none")}</p> }.into_any()
            } else {
                view! {
                    <form class="heard-panel heard-form" novalidate on:submit=move |event| {
                        event.prevent_default();
                        match chosen.get_untracked() {
                            None => problems.set(vec![("other", tr!("duplicate-missing"))]),
                            Some(stream) => {
                                problems.set(Vec::new());
                                save.dispatch_local(vec![Payload::DuplicateOf(DuplicateOf { stream })]);
                            }
                        }
                    }>
                        <Choice id="other" legend=tr!("duplicate-which") value=chosen options=others problems/>
                        <button class="govuk-button" id="save" type="submit" disabled=busy>{tr!("duplicate-link")}</button>
                    </form>
                }.into_any()
            }}
        </Page>
    }
}

/// That there is another record of this child, the way there, and the way to undo the link.
#[component]
pub fn LinkedRecord(stream: StreamId, other: StreamId) -> impl IntoView {
    let records = crate::state::Records::get();
    let undo = Action::new_local(move |_: &()| {
        let payload = Payload::NotDuplicateOf(NotDuplicateOf { stream: other });
        records.record(stream, vec![payload], crate::state::Urgency::WithTheRest)
    });
    let name = move || records.summaries.with(|summaries| summaries.get(&other).map(|of| of.short_name()));
    view! {
        <div class="heard-alert" role="note">
            <p>
                {tr!("duplicate-linked")}" "
                {move || match name() {
                    Some(name) => view! { <a class="govuk-link" href=format!("/children/{other}")><bdi>{name}</bdi></a> }.into_any(),
                    None => tr!("duplicate-not-here").into_any(),
                }}
            </p>
            <button class="govuk-button govuk-button--secondary" type="button" disabled=move || undo.pending().get() on:click=move |_| { undo.dispatch_local(()); }>{tr!("duplicate-undo")}</button>
            {move || undo.value().get().and_then(Result::err).map(|problem| view! { <p role="alert">{words::not_saved(&problem)}</p> })}
        </div>
    }
}
