//! A child who said no is shown no topics, until a yes is written down. The no stays in the record beside it.

use domain::payload::Payload;
use domain::payload::visit::{Assent, Assented};
use leptos::prelude::*;
use leptos_fluent::tr;

use super::WhenDone;
use crate::components::draft::Draft;
use crate::components::saving;
use crate::components::typed::trimmed;
use crate::components::{ErrorSummary, Page, Problems, TextArea};
use crate::visit::{Place, Step};

/// What there is to do after a no, and where a later yes is written down. It may be in the child's sight: nothing here asks.
#[component]
pub(super) fn Declined(place: Place) -> impl IntoView {
    let name = place.name();
    let missing = tr!("visit-declined-signal-missing", {"name" => name.clone()});
    let signal = RwSignal::new(String::new());
    let problems: Problems = RwSignal::new(Vec::new());
    let draft = Draft::named(format!("draft/visit/{}/agrees", place.visit));
    draft.restore(move |words: String| signal.set(words));
    let keep = move || draft.keep(|| signal.get_untracked());
    let save = saving(place.stream, draft, problems, keep, move || place.address(Step::Topics));
    view! {
        <Page title=tr!("visit-declined-title") in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href="/today">{tr!("visit-back-today")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("visit-declined", {"name" => name.clone()})}</h1>
            <p class="heard-title__second">{tr!("visit-declined-do", {"name" => name.clone()})}</p>
            <div class="heard-split">
                <form class="heard-panel" novalidate=true on:input=move |_| keep() on:submit=move |event| {
                    event.prevent_default();
                    let signal = trimmed(signal);
                    if signal.is_empty() {
                        problems.set(vec![("yes-signal", missing.clone())]);
                        return;
                    }
                    problems.set(Vec::new());
                    let said = Assented { visit: place.visit, assent: Assent::Agreed, how: String::new(), signal };
                    save.dispatch_local(vec![Payload::Assented(said)]);
                }>
                    <TextArea
                        id="yes-signal" label=tr!("visit-declined-signal", {"name" => name.clone()})
                        hint=tr!("visit-declined-hint", {"name" => name.clone()}) rows=2 value=signal problems
                    />
                    <button class="govuk-button govuk-button--secondary" id="save" type="submit" disabled=save.pending()>
                        {tr!("visit-declined-agrees", {"name" => name})}
                    </button>
                </form>
                <aside class="heard-stack heard-beside" aria-label=tr!("visit-topics-beside")><WhenDone place/></aside>
            </div>
        </Page>
    }
}
