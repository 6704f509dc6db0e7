//! How one activity was given, beside what the child showed; and what the worker thinks it means, in a lane of its own.

use domain::id::CaptureId;
use domain::payload::capture::{Clarity, OptionsChosenBy, Support};
use domain::payload::profile::Input;
use domain::record::capture::Capture;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::how_form::{HowForm, SeenHow, is_read};
use super::meaning::Meaning;
use super::shown::{Shown, someone_came_in};
use crate::components::saving;
use crate::components::{Check, Choice, ErrorSummary, Field, Page, TextArea};
use crate::visit::{Place, Step};

/// How one activity was given.
#[component]
pub(super) fn HowPart(place: Place, capture: CaptureId) -> impl IntoView {
    let record = place.record_now();
    // The address was checked against the record; a record only grows.
    record.captures.get(&capture).cloned().map(|capture| view! { <HowPage place capture/> })
}

#[component]
fn HowPage(place: Place, capture: Capture) -> impl IntoView {
    let form = HowForm::begin(place, &capture);
    let problems = form.problems;
    let save = saving(place.stream, form.draft, problems, move || form.keep(), move || place.address(Step::WriteUp));
    let saved = capture.clone();
    let name = place.name();
    let topic = capture.question.topic.words.clone();
    view! {
        <Page title=tr!("visit-how-title") in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=place.address(Step::WriteUp)>{tr!("visit-back-write-up")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("visit-how-title")}</h1>
            <p class="heard-title__second">{tr!("visit-how-lead", {"topic" => topic, "name" => name.clone()})}</p>
            <div class="heard-split">
                <form class="heard-stack heard-form" novalidate on:input=move |_| form.keep() on:change=move |_| form.keep() on:submit=move |event| {
                    event.prevent_default();
                    problems.set(form.problems_now());
                    if problems.with_untracked(Vec::is_empty) { save.dispatch_local(form.payloads(&saved).unwrap_or_default()); }
                }>
                    <Given form place capture=capture.clone()/>
                    <There form place capture=capture.clone()/>
                    <Meaning form place/>
                    <div class="heard-actions">
                        <button class="govuk-button" id="save" type="submit" disabled=save.pending()>
                            {move || if save.pending().get() { tr!("visit-saving") } else { tr!("visit-save") }}
                        </button>
                    </div>
                </form>
                <aside class="heard-stack heard-beside heard-beside--first" aria-label=tr!("visit-shown", {"name" => name.clone()})>
                    <Shown place capture name=name.clone()/>
                </aside>
            </div>
        </Page>
    }
}

/// By what means, read by whom, with what help.
#[component]
fn Given(form: HowForm, place: Place, capture: Capture) -> impl IntoView {
    let name = place.name();
    let set_up = capture.layout.input;
    let mut modes = [
        Input::Touch,
        Input::EyePointing,
        Input::OneSwitch,
        Input::TwoSwitches,
        Input::Keyboard,
        Input::Dwell,
        Input::Partner,
    ];
    // What the profile says comes first; that it was so today is for the worker to say.
    modes.sort_by_key(|mode| *mode != set_up);
    let modes = modes.map(|mode| {
        let words = mode_in_words(mode);
        (mode, if mode == set_up { tr!("visit-mode-set-up", {"mode" => words}) } else { words })
    });
    let clarity = vec![
        (Clarity::Clear, tr!("visit-clarity-clear")),
        (Clarity::Unclear, tr!("visit-clarity-unclear")),
        (Clarity::SecondReaderAgreed, tr!("visit-clarity-second")),
    ];
    let support = vec![
        (Support::None, tr!("visit-support-none")),
        (Support::DeviceHeld, tr!("visit-support-device")),
        (Support::Prompts, tr!("visit-support-prompts")),
        (Support::HandOverHand, tr!("visit-support-hand")),
    ];
    let problems = form.problems;
    let read = Memo::new(move |_| form.mode.get().is_some_and(is_read));
    let hand = Memo::new(move |_| form.support.get() == Some(Support::HandOverHand));
    let told = name.clone();
    view! {
        <section class="heard-panel" aria-labelledby="given">
            <h2 class="heard-panel__title" id="given">{tr!("visit-given")}</h2>
            <Choice id="mode" legend=tr!("visit-mode", {"name" => name.clone()}) value=form.mode options=modes.to_vec() problems/>
            <Show when=move || read.get()>
                <div class="heard-conditional">
                    <Field id="read-by" label=tr!("visit-read-by") value=form.read_by problems/>
                    <Choice id="clarity" legend=tr!("visit-clarity") value=form.clarity options=clarity.clone() problems/>
                </div>
            </Show>
            <Choice id="support" legend=tr!("visit-support") value=form.support options=support problems/>
            <Show when=move || hand.get()>
                <p class="heard-alert" role="status">{tr!("visit-hand-over-hand", {"name" => told.clone()})}</p>
            </Show>
        </section>
    }
}

fn mode_in_words(mode: Input) -> String {
    match mode {
        Input::Touch => tr!("visit-mode-touch"),
        Input::EyePointing => tr!("visit-mode-eyes"),
        Input::OneSwitch => tr!("visit-mode-one-switch"),
        Input::TwoSwitches => tr!("visit-mode-two-switches"),
        Input::Keyboard => tr!("visit-mode-keyboard"),
        Input::Dwell => tr!("visit-mode-dwell"),
        Input::Partner => tr!("visit-mode-partner"),
    }
}

/// Who was there, whether the child was seen alone, who chose the options.
#[component]
fn There(form: HowForm, place: Place, capture: Capture) -> impl IntoView {
    let name = place.name();
    let problems = form.problems;
    let people = form.present.with_value(|present| {
        let check = |(number, (who, here)): (usize, &(String, RwSignal<bool>))| {
            view! { <Check id=format!("present-{number}") label=who.clone() value=*here/> }
        };
        present.iter().enumerate().map(check).collect_view()
    });
    let hint = if someone_came_in(&capture) { tr!("visit-present-came-in") } else { tr!("visit-present-hint") };
    let seen = vec![
        (SeenHow::Alone, tr!("visit-seen-alone")),
        (SeenHow::WithSupporter, tr!("visit-seen-supporter")),
        (SeenHow::FamilyPresent, tr!("visit-seen-family")),
        (SeenHow::ParentPresent, tr!("visit-seen-parent")),
    ];
    let chosen_by = vec![
        (OptionsChosenBy::Worker, tr!("visit-chosen-worker")),
        (OptionsChosenBy::Child, name.clone()),
        (OptionsChosenBy::Family, tr!("visit-chosen-family")),
        (OptionsChosenBy::School, tr!("visit-chosen-school")),
    ];
    view! {
        <section class="heard-panel" aria-labelledby="there">
            <h2 class="heard-panel__title" id="there">{tr!("visit-there")}</h2>
            <fieldset class="govuk-fieldset govuk-form-group" aria-describedby="present-hint">
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{tr!("visit-present")}</legend>
                <div class="govuk-hint" id="present-hint">{hint}</div>
                <div class="govuk-checkboxes govuk-checkboxes--small heard-columns">{people}</div>
            </fieldset>
            <TextArea id="present-others" label=tr!("visit-present-others") rows=1 value=form.others problems/>
            <Choice id="seen" legend=tr!("visit-seen", {"name" => name.clone()}) value=form.seen options=seen problems/>
            <Show when=move || form.seen.get() == Some(SeenHow::WithSupporter)>
                <div class="heard-conditional"><Field id="supporter" label=tr!("visit-supporter") value=form.supporter problems/></div>
            </Show>
            <Show when=move || form.seen.get() == Some(SeenHow::FamilyPresent)>
                <div class="heard-conditional"><Field id="supporter" label=tr!("visit-family-who") value=form.supporter problems/></div>
            </Show>
            <Show when=move || form.seen.get() == Some(SeenHow::ParentPresent)>
                <div class="heard-conditional"><Field id="why" label=tr!("visit-why-parent") value=form.why problems/></div>
            </Show>
            <Choice id="chosen-by" legend=tr!("visit-chosen-by") hint=tr!("visit-chosen-by-hint") value=form.chosen_by options=chosen_by problems/>
        </section>
    }
}
