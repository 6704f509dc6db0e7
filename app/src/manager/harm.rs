//! What may be a sign of harm: what the child showed, what the worker decided, and what the manager says happens now.

use domain::Payload;
use domain::id::CaptureId;
use domain::payload::harm::{HarmDecision, HarmLookedAt, HarmSeen};
use domain::record::capture::Capture;
use domain::record::harm::HarmState;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::reading::Reading;
use crate::components::typed::trimmed;
use crate::components::{Problems, TextArea};
use crate::state::Urgency;
use crate::words;

/// Nothing, where there is no sign of it.
#[component]
pub fn Harm(capture: Capture) -> impl IntoView {
    let Some(state) = capture.harm() else { return ().into_any() };
    let reading = Reading::get();
    let today = reading.calendar.today();
    let signs: Vec<String> = capture.harm_signs().into_iter().map(|card| format!("“{}”", card.words)).collect();
    let by = |source: &domain::record::Source| {
        let at = words::near_time(source.received_at.unwrap_or(source.captured_at), today);
        tr!("harm-by", {"name" => reading.directory.name_of(source.by), "at" => at})
    };
    let looked = capture.harm_looked_at.iter().map(|looked| {
        let HarmLookedAt { words, involved, rang, .. } = looked.what.clone();
        view! {
            <p><strong>{in_words(looked.what.decision)}</strong>" "{by(&looked.source)}</p>
            {(!words.is_empty()).then(|| view! { <p>{format!("“{words}”")}</p> })}
            {(!involved.is_empty()).then(|| view! { <p>{tr!("harm-involved", {"who" => involved})}</p> })}
            {rang.then(|| view! { <p>{tr!("harm-rang")}</p> })}
        }
    });
    let seen = capture.harm_seen.iter().map(|seen| {
        view! { <p>{tr!("harm-seen-words", {"words" => seen.what.words.clone()})}" "{by(&seen.source)}</p> }
    });
    let is_open = state.open_since().is_some();
    let decides = reading.decides();
    view! {
        <section class=if is_open { "heard-alert" } else { "heard-prompt" } aria-label=tr!("harm-title-manager")>
            {(!signs.is_empty()).then(|| view! { <p>{tr!("manager-harm", {"words" => signs.join(", ")})}</p> })}
            {looked.collect_view()}
            {matches!(state, HarmState::ToLookAt { .. }).then(|| view! { <p><strong>{tr!("harm-not-looked")}</strong></p> })}
            {seen.collect_view()}
            {(is_open && decides).then(|| view! { <SeenForm capture=capture.id/> })}
        </section>
    }
    .into_any()
}

fn in_words(decision: HarmDecision) -> String {
    match decision {
        HarmDecision::Explained => tr!("harm-explained"),
        HarmDecision::Unsure => tr!("harm-unsure"),
        HarmDecision::Worried => tr!("harm-worried"),
        HarmDecision::Looked => tr!("harm-looked"),
    }
}

#[component]
fn SeenForm(capture: CaptureId) -> impl IntoView {
    let reading = Reading::get();
    let (typed, problems): (_, Problems) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()));
    let save = Action::new_local(move |(): &()| {
        let seen = Payload::HarmSeen(HarmSeen { capture, words: trimmed(typed) });
        reading.records.record(reading.stream, vec![seen], Urgency::Now)
    });
    let press = move |_| {
        if trimmed(typed).is_empty() {
            problems.set(vec![("harm-now", tr!("harm-now-missing"))]);
        } else {
            problems.set(Vec::new());
            save.dispatch_local(());
        }
    };
    view! {
        <TextArea id="harm-now" label=tr!("harm-now") rows=2 value=typed problems/>
        <button class="govuk-button plan-small-button" type="button" disabled=move || save.pending().get() on:click=press>{tr!("harm-seen")}</button>
        {move || save.value().get().and_then(Result::err).map(|problem| view! {
            <p class="govuk-error-message" role="alert">{words::not_saved(&problem)}</p>
        })}
    }
}
