//! A child who said no is not asked, until a yes is written down.

use domain::payload::Payload;
use domain::payload::visit::{Assent, Assented};
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::{ErrorSummary, Problems, TextArea};
use crate::state::Urgency;
use crate::visit::{Place, Step};
use crate::words;

/// Whether the last word on being asked was no.
pub(super) fn has_declined(place: Place) -> bool {
    place.visit().assented.is_some_and(|assented| assented.what.assent == Assent::Declined)
}

/// That the child said no, and what to do when that changes.
#[component]
pub(super) fn Declined(place: Place) -> impl IntoView {
    let name = place.name();
    let signal = RwSignal::new(String::new());
    let problems: Problems = RwSignal::new(Vec::new());
    let save = Action::new_local(move |signal: &String| {
        let said = Assented { visit: place.visit, assent: Assent::Agreed, how: String::new(), signal: signal.clone() };
        async move {
            if let Err(problem) =
                place.heard.record(place.stream, vec![Payload::Assented(said)], Urgency::WithTheRest).await
            {
                problems.set(vec![("agrees", words::not_saved(&problem))]);
            }
        }
    });
    let agrees = move |_| {
        let signal = signal.with_untracked(|signal| signal.trim().to_owned());
        if signal.is_empty() {
            problems.set(vec![("yes-signal", tr!("visit-declined-signal-missing", {"name" => place.name()}))]);
        } else {
            problems.set(Vec::new());
            save.dispatch_local(signal);
        }
    };
    view! {
        <section class="heard-alert" aria-labelledby="declined">
            <h2 class="heard-panel__title" id="declined">{tr!("visit-declined", {"name" => name.clone()})}</h2>
            <p>{tr!("visit-declined-do", {"name" => name.clone()})}</p>
            <ErrorSummary problems/>
            <TextArea id="yes-signal" label=tr!("visit-declined-signal", {"name" => name.clone()}) rows=2 value=signal problems/>
            <div class="heard-actions">
                <button class="govuk-button govuk-button--secondary" id="agrees" type="button" disabled=save.pending() on:click=agrees>
                    {tr!("visit-declined-agrees", {"name" => name})}
                </button>
                <a class="govuk-link" href=place.address(Step::NotGathered)>{tr!("visit-to-not-gathered")}</a>
            </div>
        </section>
    }
}
