//! What is said aloud to the child, and by which of the device's voices.

use domain::payload::profile::Input;
use domain::vocabulary::LANGUAGE;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::form::ProfileForm;
use crate::components::{Check, Choice, NoVoice, voices};
use crate::platform::speech::{self, How, Saying};

/// So many voices can be chosen among, the closest to the language first: some devices have a hundred.
const VOICES: usize = 6;

/// What is said aloud.
#[component]
pub(super) fn Aloud(form: ProfileForm) -> impl IntoView {
    let reach = form.reach;
    let voices = voices();
    let is_scanned = move || form.input.get().is_some_and(Input::is_scanned);
    let is_aloud = move || form.profile().is_aloud();
    view! {
        <fieldset class="govuk-fieldset govuk-form-group heard-aloud" aria-describedby="aloud-hint">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{tr!("aloud")}</legend>
            <p class="govuk-hint" id="aloud-hint">{tr!("aloud-hint")}</p>
            <div class="govuk-checkboxes govuk-checkboxes--small">
                <Check id="aloud-messages" label=tr!("aloud-messages") value=reach.messages/>
                <Show when=is_scanned><Check id="aloud-cues" label=tr!("aloud-cues") value=reach.cues/></Show>
            </div>
        </fieldset>
        <Show when=is_aloud>
            <NoVoice voices/>
            <Show when=move || voices.with(|voices| !voices.is_empty())><WhichVoice form voices/></Show>
        </Show>
    }
}

#[component]
fn WhichVoice(form: ProfileForm, voices: ReadSignal<Vec<String>>) -> impl IntoView {
    let problems = form.problems;
    let choice = move || {
        let all = voices.get().into_iter().take(VOICES).map(|name| (Some(name.clone()), name));
        let options = std::iter::once((None, tr!("aloud-any-voice"))).chain(all).collect::<Vec<_>>();
        view! { <Choice id="voice" legend=tr!("aloud-voice") value=form.voice options problems/> }
    };
    let rates = vec![(70, tr!("aloud-slow")), (100, tr!("aloud-usual")), (130, tr!("aloud-quick"))];
    view! {
        <div class="heard-two">
            {choice}
            <div>
                <Choice id="rate" legend=tr!("aloud-rate") value=form.reach.rate_percent options=rates problems/>
                <HearIt form/>
            </div>
        </div>
    }
}

/// Says something the way it is set.
#[component]
fn HearIt(form: ProfileForm) -> impl IntoView {
    let saying = StoredValue::new_local(None::<Saying>);
    let hear = move |_| {
        speech::hush();
        let how = How {
            language: LANGUAGE.to_owned(),
            voice: form.voice.get_untracked().flatten(),
            rate_percent: form.reach.rate_percent.get_untracked().unwrap_or(100),
        };
        saying.set_value(speech::say(&tr!("aloud-sample"), &how, 1.0, || ()));
    };
    on_cleanup(move || {
        if saying.try_update_value(Option::take).flatten().is_some() {
            speech::hush();
        }
    });
    view! { <button class="govuk-button govuk-button--secondary" type="button" on:click=hear>{tr!("aloud-hear")}</button> }
}
