//! How long each place is offered, tried with the child before the tablet is handed over.

use access::Ms;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::TryIt;
use crate::visit::Place;
use crate::words::in_seconds;

/// The pace. What the worker takes is for this activity and is stored with it; the profile keeps its own. A child who was tired
/// today is measured again: a slower pace is offered, never set by itself (PRACTICE F).
#[component]
pub(super) fn Pace(
    place: Place,
    /// What the profile says.
    profile_step_ms: Ms,
    /// What was taken for this activity.
    step_ms: RwSignal<Option<Ms>>,
) -> impl IntoView {
    let name = place.name();
    let was_tired =
        place.record_now().captures.values().any(|capture| capture.visit == place.visit && capture.was_tired());
    let own = in_seconds(profile_step_ms);
    let says = {
        let own = own.clone();
        move || match step_ms.get() {
            Some(ms) => tr!("visit-pace-taken", {"seconds" => in_seconds(ms), "own" => own.clone()}),
            None => tr!("visit-pace", {"seconds" => own.clone()}),
        }
    };
    view! {
        <section class="heard-pace" aria-label=tr!("visit-pace-title")>
            {was_tired.then(|| view! { <p class="heard-prompt">{tr!("visit-pace-tired", {"name" => name})}</p> })}
            <p class="govuk-body" role="status">{says}</p>
            <Show when=move || step_ms.get().is_some()>
                <button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| step_ms.set(None)>
                    {tr!("visit-pace-own", {"seconds" => own.clone()})}
                </button>
            </Show>
            <TryIt take=Callback::new(move |ms| step_ms.set(Some(ms)))/>
        </section>
    }
}
