//! What the worker thinks it means: a lane of its own, never mixed with the child's.

use leptos::prelude::*;
use leptos_fluent::tr;

use super::how_form::HowForm;
use crate::components::TextArea;
use crate::visit::Place;

/// "What you think it means", and what else could explain it.
#[component]
pub(super) fn Meaning(form: HowForm, place: Place) -> impl IntoView {
    let name = place.name();
    view! {
        <section class="heard-panel heard-lane" aria-labelledby="lane">
            <p class="heard-lane__whose">{tr!("visit-lane-whose", {"name" => name.clone()})}</p>
            <h2 class="heard-panel__title" id="lane">{tr!("visit-lane")}</h2>
            <TextArea id="meaning" label=tr!("visit-meaning") hint=tr!("visit-meaning-hint") value=form.meaning problems=form.problems/>
            <TextArea id="otherwise" label=tr!("visit-otherwise") hint=tr!("visit-otherwise-hint", {"name" => name}) value=form.otherwise problems=form.problems/>
        </section>
    }
}
