//! Writing down a contact or a concern.

use std::sync::Arc;

use domain::Record;
use domain::id::StreamId;
use domain::payload::contact::{ContactFrom, ContactHow, SafeNow};
use leptos::prelude::*;
use leptos_fluent::tr;

use super::form::{About, ContactForm};
use crate::components::{Choice, DateInput, ErrorSummary, Field, Page, TextArea, saving_now};
use crate::state::{Calendar, Directory};
use crate::words;

/// Writes down what reached the council about this child.
#[component]
pub fn WriteContact(stream: StreamId, about: About, record: Arc<Record>, back: String, next: String) -> impl IntoView {
    let calendar = Calendar::get();
    let form = ContactForm::begin(stream, about, calendar);
    let problems = form.problems;
    let to = StoredValue::new(next);
    let save = saving_now(stream, form.draft, problems, move || form.keep(), move || to.get_value());
    let busy = save.pending();
    let name = match about {
        About::Child => record.child.as_ref().map(|child| child.what.name.full()).unwrap_or_default(),
        About::Unknown => tr!("contact-unknown-child"),
    };
    let is_unknown = about == About::Unknown;
    let back_words = if is_unknown { tr!("find-title") } else { tr!("visit-not-yours-record") };
    let teams = Directory::get().teams_with_children();
    let today = calendar.today();
    let kinds = vec![(false, tr!("contact-kind-contact")), (true, tr!("contact-kind-concern"))];
    view! {
        <Page title=tr!("contact-write") class="heard-page heard-narrow" in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=back>{back_words}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("contact-write")}</h1>
            <p class="heard-title__second"><bdi>{name}</bdi></p>
            <form class="heard-panel heard-form" novalidate on:input=move |_| form.keep() on:change=move |_| form.keep() on:submit=move |event| {
                event.prevent_default();
                match form.written(&record, calendar) {
                    Ok(payload) => { problems.set(Vec::new()); save.dispatch_local(vec![payload]); }
                    Err(wrong) => problems.set(wrong),
                }
            }>
                {is_unknown.then(|| view! {
                    <TextArea id="about" label=tr!("contact-about") hint=tr!("contact-about-hint") rows=3 value=form.about problems/>
                    <Choice id="team" legend=tr!("contact-team") value=form.team options=teams problems/>
                })}
                <Choice id="kind" legend=tr!("contact-kind") value=form.is_concern options=kinds problems/>
                <DateInput id="on" legend=tr!("contact-on") hint=tr!("contact-on-hint", {"date" => words::example_date(today)}) value=form.on problems/>
                <Field id="at" label=tr!("contact-at") kind="time" class="govuk-input govuk-input--width-5" value=form.at problems/>
                <Choice id="from" legend=tr!("contact-from") value=form.from options=all_from() problems/>
                <Field id="who" label=tr!("contact-who") hint=tr!("contact-who-hint") value=form.who problems/>
                <Choice id="how" legend=tr!("contact-how") value=form.how options=all_how() problems inline=true/>
                <TextArea id="said" label=tr!("contact-said") hint=tr!("contact-said-hint") rows=4 value=form.said problems/>
                <TextArea id="done" label=tr!("contact-done") hint=tr!("contact-done-hint") rows=3 value=form.done problems/>
                <Show when=move || form.is_concern.get() == Some(true)>
                    <Choice id="safe" legend=tr!("contact-safe") value=form.safe_now options=all_safe() problems inline=true/>
                    <TextArea id="told" label=tr!("contact-told") hint=tr!("contact-told-hint") rows=2 value=form.told problems/>
                </Show>
                <TextArea id="to-do" label=tr!("contact-to-do") hint=tr!("contact-to-do-hint") rows=3 value=form.to_do problems/>
                <button class="govuk-button" id="save" type="submit" disabled=busy>
                    {move || if busy.get() { tr!("visit-saving") } else { tr!("contact-save") }}
                </button>
            </form>
        </Page>
    }
}

fn all_from() -> Vec<(ContactFrom, String)> {
    [ContactFrom::Child, ContactFrom::Family, ContactFrom::Professional, ContactFrom::Other]
        .map(|of| (of, super::list::from(of)))
        .to_vec()
}

fn all_how() -> Vec<(ContactHow, String)> {
    [ContactHow::Telephone, ContactHow::InPerson, ContactHow::Message].map(|of| (of, super::list::how(of))).to_vec()
}

fn all_safe() -> Vec<(SafeNow, String)> {
    [SafeNow::Yes, SafeNow::No, SafeNow::NotKnown].map(|of| (of, super::list::safe(of))).to_vec()
}
