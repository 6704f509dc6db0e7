//! A visit is planned, moved, or called off.

mod call_off;
mod form;
mod questions;

use domain::Payload;
use domain::id::VisitId;
use domain::permission::Action;
use leptos::prelude::*;
use leptos_fluent::tr;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_params_map;
use replica::create;

use super::{Place, at_record};
use crate::components::{Choice, DateInput, ErrorSummary, Field, Page, TextArea, saving};
use crate::platform::clock;
use crate::words;
use call_off::CallOff;
use form::PlanForm;
use questions::Questions;

/// A new visit is planned.
#[component]
pub fn NewVisitPage() -> impl IntoView {
    at_record(Action::Edit, |place| {
        let visit = VisitId(create::uuid(clock::now()));
        view! { <PlanVisit place visit/> }.into_any()
    })
}

/// A planned visit is moved, changed or called off.
#[component]
pub fn MoveVisitPage() -> impl IntoView {
    let params = use_params_map();
    at_record(Action::Edit, move |place| {
        let visit = params.with_untracked(|params| params.get("visit")).and_then(|text| text.parse::<VisitId>().ok());
        let planned = visit.filter(|visit| {
            let record = place.record_now();
            record.visits.get(visit).is_some_and(|visit| visit.planned.is_some() && visit.started.is_none())
        });
        match planned {
            Some(visit) => view! { <PlanVisit place visit/> }.into_any(),
            // It has begun, or there is none.
            None => view! { <Redirect path=place.address()/> }.into_any(),
        }
    })
}

#[component]
fn PlanVisit(place: Place, visit: VisitId) -> impl IntoView {
    let form = PlanForm::begin(place, visit);
    let problems = form.problems;
    let save = saving(place.stream, form.draft, problems, move || form.keep(), move || place.address());
    let busy = save.pending();
    let name = place.name();
    let title = if form.is_new { tr!("plan-visit-title") } else { tr!("move-visit-title") };
    view! {
        <Page title=title.clone() in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=place.address()>{tr!("visit-not-yours-record")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{title}</h1>
            <p class="heard-title__second"><bdi>{name}</bdi></p>
            <div class="heard-split">
                <form class="heard-panel heard-form" novalidate on:input=move |_| form.keep() on:change=move |_| form.keep() on:submit=move |event| {
                    event.prevent_default();
                    match form.planned(place) {
                        Ok(planned) => { problems.set(Vec::new()); save.dispatch_local(vec![Payload::VisitPlanned(planned)]); }
                        Err(wrong) => problems.set(wrong),
                    }
                }>
                    <DateInput id="on" legend=tr!("plan-visit-on") hint=tr!("plan-visit-on-hint", {"date" => words::example_date(place.calendar.today())}) value=form.on problems/>
                    <Field id="at" label=tr!("plan-visit-at") kind="time" class="govuk-input govuk-input--width-5" value=form.at problems/>
                    <Choice id="by" legend=tr!("plan-visit-by") value=form.by options=form::workers(place) problems/>
                    <Field id="place" label=tr!("plan-visit-place") hint=tr!("plan-visit-place-hint") value=form.place problems/>
                    <TextArea id="before" label=tr!("before-you-ring") hint=tr!("plan-visit-before-hint") rows=2 value=form.before problems/>
                    <TextArea id="bring" label=tr!("bring") rows=2 value=form.bring problems/>
                    <Questions form records=place.records stream=place.stream/>
                    <button class="govuk-button" id="save" type="submit" disabled=busy>
                        {move || if busy.get() { tr!("visit-saving") } else { tr!("visit-save") }}
                    </button>
                </form>
                <aside class="heard-stack heard-beside" aria-label=tr!("plan-visit-beside")>
                    {(!form.is_new).then(|| view! { <CallOff place visit/> })}
                </aside>
            </div>
        </Page>
    }
}
