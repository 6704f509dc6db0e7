//! What the child will see by this profile, and what of it the app cannot do yet.

use domain::payload::profile::CommunicationProfile;
use domain::vocabulary::Vocabulary;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::form::ProfileForm;
use crate::components::AskingPreview;

/// The mat in small.
#[component]
pub(super) fn ChildWillSee(form: ProfileForm, name: String) -> impl IntoView {
    let look = Memo::new(move |_| {
        let profile = form.profile();
        (profile.cells, profile.shown_theme(), profile.order)
    });
    view! {
        <section aria-labelledby="will-see">
            <h2 class="heard-panel__title" id="will-see">{tr!("profile-will-see", {"name" => name})}</h2>
            {move || {
                // Read, not only tracked: what nobody reads is never worked out, and follows nothing.
                look.get();
                let question = Vocabulary::built_in().questions.first();
                question.cloned().map(|question| view! { <AskingPreview question profile=untrack(|| form.profile())/> })
            }}
        </section>
    }
}

/// What the profile asks for and child mode does not do yet: said before anybody relies on it.
#[component]
pub(super) fn NotYet(form: ProfileForm) -> impl IntoView {
    let missing = Memo::new(move |_| not_yet(&form.profile()));
    view! {
        <div role="status">
            <Show when=move || missing.with(|missing| !missing.is_empty())>
                <section class="heard-panel" aria-labelledby="not-yet">
                    <h2 class="heard-panel__title" id="not-yet">{tr!("not-yet-title")}</h2>
                    <ul class="govuk-list govuk-list--bullet">
                        {move || missing.get().into_iter().map(|words| view! { <li>{words}</li> }).collect_view()}
                    </ul>
                </section>
            </Show>
        </div>
    }
}

fn not_yet(profile: &CommunicationProfile) -> Vec<String> {
    let alone = (profile.alone.is_some() && !profile.input.is_scanned()).then(|| tr!("not-yet-alone"));
    let tone = profile.skin_tone.map(|_| tr!("not-yet-tone"));
    let photos = profile.photos_first.then(|| tr!("not-yet-photos"));
    [alone, tone, photos].into_iter().flatten().collect()
}
