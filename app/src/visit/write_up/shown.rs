//! What the child showed, beside the form: picture → cell, and what was marked meanwhile.

use std::collections::BTreeMap;

use domain::id::PresentationId;
use domain::payload::Payload;
use domain::payload::capture::{Escape, PauseReason};
use domain::record::capture::Capture;
use domain::record::missed::Missed;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::{NewerWay, ViewCard, ViewScreen};
use crate::visit::Place;

/// What the child showed in one activity.
#[component]
pub(super) fn Shown(place: Place, capture: Capture, name: String) -> impl IntoView {
    let record = place.record_now();
    let none = capture.placements.is_empty() && capture.asking.is_known();
    let views = capture.views().map(|view| view! { <li><ViewCard view=ViewScreen::of(view, &record)/></li> });
    let views = views.collect_view();
    let another_way = crate::words::another_way(&capture);
    let left = left(&capture);
    let marks = marks(&capture);
    let missed = capture.missed_often().map(|Missed { counted, missed }| {
        let profile = format!("/children/{}/profile", place.stream);
        view! {
            <p class="heard-prompt">
                {tr!("visit-missed", {"counted" => counted, "missed" => missed})}" "
                <a class="govuk-link" href=profile>{tr!("visit-missed-do", {"name" => name.clone()})}</a>
            </p>
        }
    });
    view! {
        <section class="heard-panel" aria-labelledby="shown">
            <h2 class="heard-panel__title" id="shown">{tr!("visit-shown", {"name" => name})}</h2>
            <NewerWay asking=capture.asking/>
            {another_way.map(|words| view! { <p class="heard-small"><strong>{words}</strong></p> })}
            {none.then(|| view! { <p class="heard-quiet">{tr!("visit-shown-nothing")}</p> })}
            <ul class="heard-shown">{views}</ul>
            {left.into_iter().map(|words| view! { <p class="heard-small heard-quiet">{words}</p> }).collect_view()}
            {missed}
            {(!marks.is_empty()).then(|| view! { <p class="heard-small"><strong>{tr!("visit-you-marked")}</strong>" "{marks.join("; ")}</p> })}
        </section>
    }
}

/// Cards that were left with an escape, in words.
fn left(capture: &Capture) -> Vec<String> {
    let card = |option: &str| {
        capture.cards().find(|card| card.id == option).map_or_else(|| option.to_owned(), |card| card.words.clone())
    };
    let in_words = |(option, escape): (&String, &Escape)| {
        let card = card(option);
        match escape {
            Escape::DontKnow => tr!("visit-left-dont-know", {"card" => card}),
            Escape::SomethingElse => tr!("visit-left-something-else", {"card" => card}),
            Escape::Skip => tr!("visit-left-skip", {"card" => card}),
            Escape::Stop => tr!("visit-left-stop", {"card" => card}),
        }
    };
    capture.left.iter().map(in_words).collect()
}

/// Whether somebody came in while the child answered.
pub(super) fn someone_came_in(capture: &Capture) -> bool {
    capture
        .steps
        .iter()
        .any(|step| matches!(&step.payload, Payload::Paused(paused) if paused.why == PauseReason::SomeoneCameIn))
}

/// What the worker marked in a pause, with the card that was on the screen.
fn marks(capture: &Capture) -> Vec<String> {
    let mut shown: BTreeMap<PresentationId, String> = BTreeMap::new();
    let mut marks = Vec::new();
    for step in &capture.steps {
        match &step.payload {
            Payload::Presented(presented) => {
                shown.insert(presented.presentation, presented.option.words.clone());
            }
            Payload::Paused(paused) => {
                let why = match paused.why {
                    PauseReason::Tired => tr!("visit-mark-tired"),
                    PauseReason::CareNeed => tr!("visit-mark-care"),
                    PauseReason::SomeoneCameIn => tr!("visit-mark-came-in"),
                    PauseReason::AdultAnswered => tr!("visit-mark-answered"),
                    PauseReason::Prompted => tr!("visit-mark-prompted"),
                    PauseReason::Resumed => continue,
                };
                match paused.presentation.and_then(|id| shown.get(&id)) {
                    Some(card) => marks.push(format!("{why} ({card})")),
                    None => marks.push(why),
                }
            }
            _ => {}
        }
    }
    marks
}
