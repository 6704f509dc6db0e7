//! The people around a child: written down once in the family's record, for all its children.

mod address;
mod family;
mod form;
mod list;

use domain::id::PersonId;
use domain::payload::child::ParentalResponsibility;
use domain::permission::Action;
use leptos::prelude::*;
use leptos_fluent::tr;
use leptos_router::hooks::use_params_map;

use super::{Place, at_record};
use crate::components::draft::Draft;
use crate::components::{Choice, ErrorSummary, Field, Page, Problems, TextArea, saving_all};
use family::{FamilyForm, WhichFamily};
use form::PersonForm;

pub use address::AddressPage;
pub use list::People;

/// A person is written down, or corrected.
#[component]
pub fn PersonPage() -> impl IntoView {
    let params = use_params_map();
    at_record(Action::WriteFacts, move |place| {
        let person = params.with_untracked(|params| params.get("person"));
        let person = person.and_then(|text| text.parse::<PersonId>().ok());
        view! { <Person place person/> }.into_any()
    })
}

#[component]
fn Person(place: Place, person: Option<PersonId>) -> impl IntoView {
    let form = PersonForm::begin(place, person);
    let problems = form.problems;
    let save = saving_all(form.draft, problems, move || form.keep(), move || place.address());
    let busy = save.pending();
    let title = if form.is_new { tr!("person-new") } else { tr!("person-correct") };
    let responsibility = [
        (ParentalResponsibility::Held, tr!("responsibility-held")),
        (ParentalResponsibility::NotHeld, tr!("responsibility-not-held")),
        (ParentalResponsibility::NotKnown, tr!("responsibility-not-known")),
    ];
    view! {
        <Page title=title.clone() in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=place.address()>{tr!("visit-not-yours-record")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{title}</h1>
            <p class="heard-title__second">{tr!("person-lead", {"name" => place.name()})}</p>
            <form class="heard-panel heard-form heard-narrow-form" novalidate on:input=move |_| form.keep() on:change=move |_| form.keep() on:submit=move |event| {
                event.prevent_default();
                match form.parts(place) {
                    Ok(parts) => { problems.set(Vec::new()); save.dispatch_local(parts); }
                    Err(wrong) => problems.set(wrong),
                }
            }>
                <div class="heard-two">
                    <Field id="name" label=tr!("person-name") value=form.name problems/>
                    <Field id="relationship" label=tr!("person-relationship") hint=tr!("person-relationship-hint") value=form.relationship problems/>
                </div>
                <Choice id="responsibility" legend=tr!("person-responsibility") hint=tr!("person-responsibility-hint") value=form.responsibility options=responsibility.to_vec() problems/>
                <div class="heard-two">
                    <Field id="contact" label=tr!("person-contact") hint=tr!("person-contact-hint") value=form.contact problems/>
                    <Field id="language" label=tr!("person-language") hint=tr!("person-language-hint") value=form.language problems/>
                </div>
                <Field id="agency" label=tr!("person-agency") hint=tr!("person-agency-hint") value=form.agency problems/>
                <TextArea id="orders" label=tr!("person-orders") hint=tr!("person-orders-hint") rows=2 value=form.orders problems/>
                <WhichFamily form=form.family place/>
                <button class="govuk-button" id="save" type="submit" disabled=busy>
                    {move || if busy.get() { tr!("visit-saving") } else { tr!("visit-save") }}
                </button>
            </form>
        </Page>
    }
}

/// The child joins a family, or a family begins.
#[component]
pub fn FamilyPage() -> impl IntoView {
    at_record(Action::WriteFacts, |place| view! { <JoinFamily place/> }.into_any())
}

#[component]
fn JoinFamily(place: Place) -> impl IntoView {
    let problems: Problems = RwSignal::new(Vec::new());
    let form = FamilyForm::begin(place, problems);
    let draft = Draft::named(format!("draft/{}/family", place.stream));
    let save = saving_all(draft, problems, || (), move || place.address());
    let busy = save.pending();
    view! {
        <Page title=tr!("family-which") class="heard-page heard-narrow" in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=place.address()>{tr!("visit-not-yours-record")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("family-heading", {"name" => place.name()})}</h1>
            <form class="heard-panel heard-form" novalidate on:submit=move |event| {
                event.prevent_default();
                match form.problem(place) {
                    Some(problem) => problems.set(vec![problem]),
                    None => {
                        problems.set(Vec::new());
                        save.dispatch_local(form.parts(place, Vec::new()));
                    }
                }
            }>
                <WhichFamily form place/>
                <button class="govuk-button" id="save" type="submit" disabled=busy>
                    {move || if busy.get() { tr!("visit-saving") } else { tr!("visit-save") }}
                </button>
            </form>
        </Page>
    }
}
