//! A child who said *stop* is asked no more for now: ending the visit is what lies at hand.

use leptos::prelude::*;
use leptos_fluent::tr;

use super::asked::last_asked;
use super::{Asked, AskedToday, WhenDone};
use crate::components::Page;
use crate::visit::harm::HarmSigns;
use crate::visit::{Place, Step};

/// Whether the last activity of this visit was stopped by the child. To try *stop* in a warm-up is no stop.
pub(super) fn is_stopped(place: Place) -> bool {
    let record = place.record();
    let mine = record.captures.values().filter(|capture| capture.visit == place.visit && !capture.asking.is_practice());
    matches!(last_asked(mine), Some(Asked::Stopped(_)))
}

/// What there is to do after a *stop*. It may be in the child's sight: nothing here asks.
#[component]
pub(super) fn Stopped(place: Place) -> impl IntoView {
    let name = place.name();
    let others = format!("{}?more", place.address(Step::Topics));
    view! {
        <Page title=tr!("visit-stopped-title")>
            <a class="govuk-back-link" href="/today">{tr!("visit-back-today")}</a>
            <h1 class="heard-title">{tr!("visit-stopped", {"name" => name.clone()})}</h1>
            <p class="heard-title__second">{tr!("visit-stopped-do", {"name" => name.clone()})}</p>
            <HarmSigns place/>
            <div class="heard-split">
                <div class="heard-stack">
                    <AskedToday place/>
                    <p class="govuk-body"><a class="govuk-link" href=others>{tr!("visit-stopped-more", {"name" => name})}</a></p>
                </div>
                <aside class="heard-stack heard-beside" aria-label=tr!("visit-topics-beside")><WhenDone place/></aside>
            </div>
        </Page>
    }
}
