//! How the child communicates, in sight while a form is filled in.

use leptos::prelude::*;
use leptos_fluent::tr;

use super::Place;

/// How the child communicates.
#[component]
pub fn Communicates(place: Place) -> impl IntoView {
    let name = place.name();
    let Some(profile) = place.record_now().profile().cloned() else {
        return view! {
            <section class="heard-panel"><p class="heard-alert">{tr!("visit-no-profile", {"name" => name})}</p></section>
        }
        .into_any();
    };
    let parts = [
        (tr!("visit-shows-yes"), profile.yes),
        (tr!("visit-shows-no"), profile.no),
        (tr!("profile-stop"), profile.stop),
        (tr!("profile-tired"), profile.tired),
        (tr!("profile-readers"), profile.readers),
        (tr!("visit-helps"), profile.notes),
    ];
    let parts = parts.into_iter().filter(|(_, words)| domain::text::is_visible(words));
    view! {
        <section class="heard-panel" aria-labelledby="communicates">
            <h2 class="heard-panel__title" id="communicates">{tr!("visit-communicates", {"name" => name})}</h2>
            <p class="heard-how">{profile.summary}</p>
            <dl class="heard-facts">
                {parts.map(|(what, words)| view! { <div><dt>{what}</dt><dd>{words}</dd></div> }).collect_view()}
            </dl>
        </section>
    }
    .into_any()
}
