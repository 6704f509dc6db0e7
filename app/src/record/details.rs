//! Who the child is: registered, and corrected, on one form.

mod doubles;
mod form;

use domain::id::StreamId;
use domain::payload::child::ChildRegistered;
use domain::permission::{Action, Role};
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::create;

use super::at_record;
use crate::components::{Choice, DateInput, ErrorSummary, Field, NoPages, Page, has_pages, saving};
use crate::platform::clock;
use crate::state::{Calendar, Directory};
use doubles::Doubles;
use form::{Begun, DetailsForm};

/// A child's record begins, with or without signal.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let directory = Directory::get();
    move || {
        if has_pages(directory) {
            view! { <Details stream=StreamId::child(create::uuid(clock::now())) known=None/> }.into_any()
        } else {
            view! { <NoPages/> }.into_any()
        }
    }
}

/// What is known of a child is corrected.
#[component]
pub fn DetailsPage() -> impl IntoView {
    at_record(Action::WriteFacts, |place| {
        let known = place.record_now().child.as_ref().map(|child| child.what.clone());
        view! { <Details stream=place.stream known/> }.into_any()
    })
}

#[component]
fn Details(stream: StreamId, known: Option<ChildRegistered>) -> impl IntoView {
    let (directory, calendar) = (Directory::get(), Calendar::get());
    let is_new = known.is_none();
    let form = DetailsForm::begin(stream, known.as_ref());
    let problems = form.problems;
    let record = format!("/children/{stream}");
    let (back, title) =
        if is_new { ("/children".to_owned(), tr!("register-title")) } else { (record.clone(), tr!("details-title")) };
    let save = saving(stream, form.draft, problems, move || form.keep(), move || format!("/children/{stream}"));
    let busy = save.pending();
    let is_manager = directory.me.get_untracked().is_some_and(|me| me.role == Role::Manager);
    let begun = vec![(Begun::Born, tr!("details-born")), (Begun::Expected, tr!("details-expected"))];
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match form.registration(calendar, directory) {
            Ok(registration) => {
                problems.set(Vec::new());
                save.dispatch_local(vec![registration]);
            }
            Err(wrong) => problems.set(wrong),
        }
    };
    view! {
        <Page title=title.clone() in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=back>{tr!("back")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{title}</h1>
            <p class="heard-title__second">{if is_new { tr!("register-lead") } else { tr!("details-lead") }}</p>
            <div class="heard-split">
                <form class="heard-panel heard-form" novalidate on:input=move |_| form.keep() on:change=move |_| form.keep() on:submit=submit>
                    <div class="heard-two">
                        <Field id="given" label=tr!("details-given") value=form.given problems/>
                        <Field id="family" label=tr!("details-family") hint=tr!("details-family-hint") value=form.family problems/>
                    </div>
                    <div class="heard-two">
                        <Field id="known-as" label=tr!("details-known-as") hint=tr!("details-known-as-hint") value=form.known_as problems/>
                        <Field id="pronouns" label=tr!("details-pronouns") hint=tr!("details-pronouns-hint") value=form.pronouns problems/>
                    </div>
                    <Choice id="begun" legend=tr!("details-begun") value=form.begun options=begun problems inline=true/>
                    {move || form.begun.get().map(|begun| {
                        let (legend, hint) = match begun {
                            Begun::Born => (tr!("details-birth"), tr!("details-birth-hint")),
                            Begun::Expected => (tr!("details-expected-on"), tr!("details-expected-hint")),
                        };
                        view! { <DateInput id="birth" legend hint value=form.birth problems/> }
                    })}
                    <Field id="languages" label=tr!("details-languages") hint=tr!("details-languages-hint") value=form.languages problems/>
                    <div class="heard-two">
                        <Field id="interpreter" label=tr!("details-interpreter") hint=tr!("details-interpreter-hint") value=form.interpreter problems/>
                        <Field id="case-number" label=tr!("details-case-number") hint=tr!("details-case-number-hint") value=form.case_number problems/>
                    </div>
                    <Doubles form stream/>
                    {(is_new && is_manager).then(|| view! { <p class="heard-quiet">{tr!("register-unallocated")}</p> })}
                    <button class="govuk-button" id="save" type="submit" disabled=busy>
                        {move || match (busy.get(), is_new) {
                            (true, _) => tr!("visit-saving"),
                            (false, true) => tr!("register-save"),
                            (false, false) => tr!("visit-save"),
                        }}
                    </button>
                </form>
                <aside class="heard-stack heard-beside" aria-label=tr!("details-beside")>
                    <section class="heard-panel" aria-labelledby="next">
                        <h2 class="heard-panel__title" id="next">{tr!("register-next")}</h2>
                        <ol class="govuk-list govuk-list--number">
                            <li>{tr!("register-next-profile")}</li>
                            <li>{tr!("register-next-people")}</li>
                            <li>{tr!("register-next-visit")}</li>
                        </ol>
                        <p class="heard-quiet">{tr!("register-offline")}</p>
                    </section>
                </aside>
            </div>
        </Page>
    }
}
