//! A visit begins: what became of last time, who is here, what was checked, whether the child agrees.

mod form;
mod promise;
mod promise_words;

use domain::payload::visit::Assent;
use leptos::prelude::*;
use leptos_fluent::tr;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;

use super::communicates::Communicates;
use super::place::at_visit;
use super::{Place, Step};
use crate::components::saving;
use crate::components::{Check, Choice, ErrorSummary, Page, TextArea};
use crate::words;
use form::StartForm;
use promise::Promises;

/// A visit begins. One that has begun goes on with its topics: a reload cannot begin it twice.
#[component]
pub fn VisitPage() -> impl IntoView {
    at_visit(|place| {
        let replace = || NavigateOptions { replace: true, ..NavigateOptions::default() };
        if place.visit_now().started.is_some() {
            return view! { <Redirect path=next(place) options=replace()/> }.into_any();
        }
        let is_sure = RwSignal::new(false);
        view! {
            {move || match another_day(place) {
                Some(why) if !is_sure.get() => view! { <AnotherDay place why is_sure/> }.into_any(),
                _ => view! { <Start place/> }.into_any(),
            }}
        }
        .into_any()
    })
}

/// Why this visit is not one of today, if it is not.
fn another_day(place: Place) -> Option<String> {
    let visit = place.visit_now();
    if let Some(cancelled) = visit.cancelled {
        return Some(tr!("visit-was-called-off", {"why" => cancelled.what.reason}));
    }
    let on = visit.planned?.on;
    (on != place.calendar.today()).then(|| tr!("visit-planned-for", {"on" => words::long_date(on)}))
}

/// A visit of another day begins only on purpose: one stray tap in a list would begin it.
#[component]
fn AnotherDay(place: Place, why: String, is_sure: RwSignal<bool>) -> impl IntoView {
    let plan = format!("{}/plan", place.address(Step::Start));
    view! {
        <Page title=tr!("visit-start-title") class="heard-page heard-narrow">
            <a class="govuk-back-link" href="/today">{tr!("visit-back-today")}</a>
            <h1 class="heard-title">{tr!("visit-not-today")}</h1>
            <p class="govuk-body">{why}</p>
            <div class="heard-actions">
                <button class="govuk-button" type="button" on:click=move |_| is_sure.set(true)>{tr!("visit-begin-anyway")}</button>
                <a class="govuk-link" href=plan>{tr!("visit-move-instead")}</a>
            </div>
        </Page>
    }
}

/// Where a visit that has begun goes on.
fn next(place: Place) -> String {
    let visit = place.visit_now();
    place.address(match visit.ended {
        Some(_) => Step::WriteUp,
        None if visit.is_declined() && visit.not_gathered.is_empty() => Step::NotGathered,
        None => Step::Topics,
    })
}

#[component]
fn Start(place: Place) -> impl IntoView {
    let form = StartForm::begin(place);
    let problems = form.problems;
    let save = saving(place.stream, form.draft, problems, move || form.keep(), move || next(place));
    let busy = save.pending();
    let name = place.name();
    view! {
        <Page title=tr!("visit-start-title") in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href="/today">{tr!("visit-back-today")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("visit-start-heading", {"name" => name.clone()})}</h1>
            <p class="heard-title__second">{words::long_date(place.calendar.today())}</p>
            <div class="heard-split">
                <form class="heard-stack heard-form" novalidate on:input=move |_| form.keep() on:change=move |_| form.keep() on:submit=move |event| {
                    event.prevent_default();
                    problems.set(form.problems_now(place));
                    if problems.with_untracked(Vec::is_empty) { save.dispatch_local(form.payloads(place)); }
                }>
                    <Promises form place/>
                    <Room form place/>
                    <Checked form place/>
                    <AssentPart form place/>
                    <div class="heard-actions">
                        <button class="govuk-button" id="save" type="submit" disabled=busy>
                            {move || if busy.get() { tr!("visit-saving") } else { tr!("visit-continue") }}
                        </button>
                        <a class="govuk-link" href=place.address(Step::NotGathered)>{tr!("visit-start-cannot")}</a>
                    </div>
                </form>
                <aside class="heard-stack heard-beside" aria-label=tr!("visit-beside")>
                    <Communicates place/>
                    <Bring place/>
                </aside>
            </div>
        </Page>
    }
}

/// Who is here?
#[component]
fn Room(form: StartForm, place: Place) -> impl IntoView {
    let people = form.people.with_value(|people| {
        let check = |(number, person): (usize, &form::Known)| {
            view! { <Check id=format!("person-{number}") label=person.label.clone() value=person.here/> }
        };
        people.iter().enumerate().map(check).collect_view()
    });
    view! {
        <section class="heard-panel" aria-labelledby="room">
            <h2 class="heard-panel__title" id="room">{tr!("visit-room")}</h2>
            <fieldset class="govuk-fieldset govuk-form-group" aria-labelledby="room" aria-describedby="room-hint">
                <div class="govuk-hint" id="room-hint">{tr!("visit-room-hint", {"name" => place.name()})}</div>
                <div class="govuk-checkboxes heard-columns">{people}</div>
            </fieldset>
            <TextArea
                id="others" label=tr!("visit-others") hint=tr!("visit-others-hint") rows=2
                value=form.others problems=form.problems
            />
        </section>
    }
}

/// What was checked before anything is asked.
#[component]
fn Checked(form: StartForm, place: Place) -> impl IntoView {
    let checks = form.checks.with_value(|checks| {
        let check = |(number, (words, value)): (usize, &(String, RwSignal<bool>))| {
            view! { <Check id=format!("check-{number}") label=words.clone() value=*value/> }
        };
        checks.iter().enumerate().map(check).collect_view()
    });
    let before = form::last_checks(place);
    view! {
        <section class="heard-panel" aria-labelledby="checked">
            <h2 class="heard-panel__title" id="checked">{tr!("visit-checked")}</h2>
            <fieldset class="govuk-fieldset govuk-form-group" aria-labelledby="checked">
                {before.map(|before| view! { <div class="govuk-hint">{tr!("visit-checked-before", {"checks" => before})}</div> })}
                <div class="govuk-checkboxes heard-columns">{checks}</div>
            </fieldset>
            <TextArea
                id="noticed" label=tr!("visit-noticed") hint=tr!("visit-noticed-hint") rows=2
                value=form.noticed problems=form.problems
            />
        </section>
    }
}

/// Does the child agree to being asked?
#[component]
fn AssentPart(form: StartForm, place: Place) -> impl IntoView {
    let name = place.name();
    let profile = place.record_now().profile().cloned();
    let signal_hint = profile.map_or_else(
        || tr!("visit-signal-hint-unknown"),
        |profile| tr!("visit-signal-hint", {"yes" => profile.yes, "no" => profile.no}),
    );
    let options = vec![
        (Assent::Agreed, tr!("visit-assent-agreed", {"name" => name.clone()})),
        (Assent::Declined, tr!("visit-assent-declined")),
        (Assent::Unclear, tr!("visit-assent-unclear")),
    ];
    view! {
        <section class="heard-panel" aria-labelledby="assent-title">
            <h2 class="heard-panel__title" id="assent-title">{tr!("visit-assent-title", {"name" => name.clone()})}</h2>
            <TextArea
                id="how" label=tr!("visit-how", {"name" => name.clone()}) hint=tr!("visit-how-hint", {"name" => name.clone()}) rows=2
                value=form.how problems=form.problems
            />
            <TextArea
                id="signal" label=tr!("visit-signal", {"name" => name.clone()}) hint=signal_hint rows=2
                value=form.signal problems=form.problems
            />
            <Choice id="assent" legend=tr!("visit-assent") value=form.assent options problems=form.problems/>
        </section>
    }
}

/// What was to be brought: a last look into the bag.
#[component]
fn Bring(place: Place) -> impl IntoView {
    let bring = place.visit_now().planned.map(|planned| planned.bring).filter(|bring| domain::text::is_visible(bring));
    bring.map(|bring| {
        view! {
            <section class="heard-panel" aria-labelledby="bring">
                <h2 class="heard-panel__title" id="bring">{tr!("visit-bring")}</h2>
                <p class="govuk-body">{bring}</p>
            </section>
        }
    })
}
