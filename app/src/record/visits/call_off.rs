//! A planned visit will not be made.

use domain::Payload;
use domain::id::VisitId;
use domain::payload::visit::VisitCancelled;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::draft::Draft;
use crate::components::typed::trimmed;
use crate::components::{Problems, TextArea, saving};
use crate::record::Place;

/// Asks why, and calls the visit off. Planning it again undoes it.
#[component]
pub(super) fn CallOff(place: Place, visit: VisitId) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let problems: Problems = RwSignal::new(Vec::new());
    let draft = Draft::named(format!("draft/visit/{visit}/call-off"));
    draft.restore(move |words: String| reason.set(words));
    let keep = move || draft.keep(|| reason.get_untracked());
    let save = saving(place.stream, draft, problems, keep, move || place.address());
    let busy = save.pending();
    let cancelled = place.record_now().visits.get(&visit).is_some_and(|visit| visit.cancelled.is_some());
    (!cancelled).then(|| view! {
        <section class="heard-panel" aria-labelledby="call-off">
            <h2 class="heard-panel__title" id="call-off">{tr!("call-off-title")}</h2>
            <form novalidate on:input=move |_| keep() on:submit=move |event| {
                event.prevent_default();
                match trimmed(reason) {
                    reason if reason.is_empty() => problems.set(vec![("reason", tr!("call-off-missing"))]),
                    reason => {
                        problems.set(Vec::new());
                        save.dispatch_local(vec![Payload::VisitCancelled(VisitCancelled { visit, reason })]);
                    }
                }
            }>
                <TextArea id="reason" label=tr!("call-off-reason") hint=tr!("call-off-hint") rows=2 value=reason problems/>
                {move || problems.with(|all| all.iter().find(|(id, _)| *id == "save").map(|(_, words)| view! { <p class="heard-alert" role="alert">{words.clone()}</p> }))}
                <button class="govuk-button govuk-button--secondary" type="submit" disabled=busy>{tr!("call-off")}</button>
            </form>
        </section>
    })
}
