//! What may be a sign of harm, before the visit ends. The family may be in the room: until somebody unfolds it, the page says no
//! more than that there is something to look at.

mod page;

use domain::record::capture::Capture;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::{Place, Step};

pub use page::LookPage;

/// The activities of this visit in which something is still to be looked at; follows the record.
pub(super) fn open_signs(place: Place) -> Vec<Capture> {
    place.record().harm_to_look_at(place.visit).cloned().collect()
}

/// Each card that the child chose at this visit and that may be a sign of harm, with what to do now (PRACTICE A.22).
#[component]
pub fn HarmSigns(place: Place) -> impl IntoView {
    let signs = Memo::new(move |_| {
        let words = |capture: &Capture| capture.harm_signs().into_iter().map(|card| card.words).collect::<Vec<_>>();
        open_signs(place).iter().flat_map(words).collect::<Vec<_>>()
    });
    let name = place.name();
    // Nothing here says to the room what it is about.
    let waits = Memo::new(move |_| {
        let record = place.record();
        let mut here = record.captures.values().filter(|capture| capture.visit == place.visit);
        here.any(|capture| capture.harm_looked_at.iter().any(|looked| looked.source.received_at.is_none()))
    });
    view! {
        <Show when=move || waits.get()><p class="heard-prompt" role="status">{tr!("harm-saved")}</p></Show>
        <Show when=move || signs.with(|signs| !signs.is_empty())>
            <details class="govuk-details">
                <summary class="govuk-details__summary" id="harm-look"><span class="govuk-details__summary-text">{tr!("harm-look")}</span></summary>
                <div class="govuk-details__text">
                <p class="govuk-body"><strong>{
                    let name = name.clone();
                    move || tr!("harm-title", {"name" => name.clone(), "words" => signs.with(|signs| signs.join(", "))})
                }</strong></p>
                <p class="govuk-body">{tr!("harm-lead")}</p>
                <ul class="govuk-list govuk-list--bullet">
                    <li>{tr!("harm-let-finish", {"name" => name.clone()})}</li>
                    <li>{tr!("harm-unclear")}</li>
                    <li>{tr!("harm-next", {"name" => name.clone()})}</li>
                </ul>
                <a class="govuk-button" draggable="false" href=place.address(Step::Look)>{tr!("harm-decide")}</a>
                </div>
            </details>
        </Show>
    }
}
