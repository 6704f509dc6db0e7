//! The end of a visit.

use domain::Payload;
use domain::payload::visit::VisitEnded;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::harm::open_signs;
use super::{Place, Step};
use crate::components::go;
use crate::components::{ErrorSummary, Problems};
use crate::state::Urgency;
use crate::words;

/// "End the visit", and on to the write-up; once it has ended, the way there.
#[component]
pub fn EndVisit(place: Place) -> impl IntoView {
    let problems: Problems = RwSignal::new(Vec::new());
    let go = go();
    let end = Action::new_local(move |_: &()| {
        let go = go.clone();
        async move {
            let ended = Payload::VisitEnded(VisitEnded { visit: place.visit });
            match place.records.record(place.stream, vec![ended], Urgency::Now).await {
                Ok(()) => go(place.address(Step::WriteUp), false),
                Err(problem) => problems.set(vec![("end-visit", words::not_saved(&problem))]),
            }
        }
    });
    let ended = Memo::new(move |_| place.visit().ended.is_some());
    let button = move || {
        view! {
            <button class="govuk-button govuk-button--secondary heard-button--wide" id="end-visit" type="button" disabled=end.pending() on:click=move |_| {
                // Saying here what it is about would say it to the room.
                if untrack(|| open_signs(place)).is_empty() {
                    end.dispatch_local(());
                } else {
                    problems.set(vec![("harm-look", tr!("harm-look-first"))]);
                }
            }>
                {tr!("visit-end")}
            </button>
        }
    };
    view! {
        <ErrorSummary problems/>
        <Show when=move || ended.get() fallback=button>
            <a class="govuk-button govuk-button--secondary heard-button--wide" draggable="false" href=place.address(Step::WriteUp)>{tr!("visit-to-write-up")}</a>
        </Show>
    }
}
