//! My day: where in the day one is.

use domain::payload::capture::Card;
use leptos::prelude::*;

use crate::child::activity::Activity;
use crate::components::Picture;

/// The parts of a day in their order, the one on the screen marked, each with what was said of it.
#[component]
pub(super) fn Line(activity: Activity) -> impl IntoView {
    let theme = activity.theme;
    let parts: Vec<Card> = activity.capture.with_untracked(|capture| {
        let parts = capture.asking.options().into_iter().filter(|part| capture.asking.ask(&part.id).is_none());
        parts.cloned().collect()
    });
    let part = move |part: Card| {
        let (id, about) = (part.id.clone(), part.id.clone());
        let said = move || {
            activity.capture.with(|capture| {
                let placed = capture.placements.iter().find(|placed| placed.option.id == id)?;
                capture.asking.place(&placed.cell).map(|place| place.symbol.clone())
            })
        };
        let is_now = move || {
            activity.capture.with(|capture| match &capture.open_presentation {
                Some((_, card)) => capture.asking.about(&card.id) == about,
                None => false,
            })
        };
        view! {
            <li class="line__part" data-now=move || is_now().then_some("")>
                <Picture symbol=part.symbol theme/>
                <span class="line__said">{move || said().map(|symbol| view! { <Picture symbol theme/> })}</span>
            </li>
        }
    };
    view! { <ol class="line" aria-hidden="true">{parts.into_iter().map(part).collect_view()}</ol> }
}
