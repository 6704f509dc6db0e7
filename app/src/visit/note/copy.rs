//! Copying the note, and writing down that it went into the main case system.

use domain::Payload;
use domain::casenote::Reader;
use domain::payload::visit::CaseNoteCopied;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::platform::page;
use crate::state::{NotSaved, Urgency};
use crate::visit::Place;
use crate::visit::item_state::StateOf;
use crate::words;

/// How the copying went. Never "copied" before it is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Copied {
    /// It is on the clipboard.
    Yes,
    /// The browser would not.
    No,
    /// It is on the clipboard, but the record of it is not saved.
    NotNoted(NotSaved),
}

/// "Copy case note", what came of it, and when it was copied last.
#[component]
pub(super) fn CopyPart(place: Place, chosen: Memo<Reader>, text: Memo<String>) -> impl IntoView {
    let copy = Action::new_local(move |(reader, text): &(Reader, String)| {
        let (reader, text) = (*reader, text.clone());
        async move {
            let outcome = if !page::copy(&text).await {
                Copied::No
            } else if reader != Reader::Council {
                Copied::Yes
            } else {
                let copied = Payload::CaseNoteCopied(CaseNoteCopied { visit: place.visit });
                let noted = place.records.record(place.stream, vec![copied], Urgency::WithTheRest).await;
                noted.map_or_else(Copied::NotNoted, |()| Copied::Yes)
            };
            (outcome, text)
        }
    });
    // What was copied is true only of the words that were on the screen then.
    let outcome = Memo::new(move |_| {
        let now = text.get();
        copy.value().get().and_then(|(outcome, copied)| (copied == now).then_some(outcome))
    });
    let last = move || {
        let copied = place.visit().note_copied?;
        let on = words::near_time(copied.captured_at, place.calendar.today());
        let by = place.directory.name_of(copied.by);
        Some(view! {
            <p class="govuk-body heard-panel__after">{tr!("visit-copied-on", {"on" => on, "by" => by})}<br/><StateOf place id=copied.id/></p>
        })
    };
    view! {
        <section class="heard-panel" aria-labelledby="copying">
            <h2 class="heard-panel__title" id="copying">{tr!("visit-copying")}</h2>
            <button class="govuk-button heard-button--wide" type="button" disabled=copy.pending() on:click=move |_| { copy.dispatch_local((chosen.get_untracked(), text.get_untracked())); }>
                {tr!("visit-copy")}
            </button>
            <div role="status">
                {move || outcome.get().map(|outcome| match outcome {
                    Copied::Yes => view! { <p class="govuk-body heard-panel__after"><strong class="govuk-tag govuk-tag--green">{tr!("visit-copied")}</strong>" "{tr!("visit-copied-paste")}</p> }.into_any(),
                    Copied::No => view! {
                        <p class="heard-alert heard-panel__after">{tr!("visit-copy-refused")}</p>
                        <button class="govuk-button govuk-button--secondary heard-button--wide" type="button" on:click=|_| page::select("#note")>{tr!("visit-select")}</button>
                    }.into_any(),
                    Copied::NotNoted(problem) => view! { <p class="heard-alert heard-panel__after">{tr!("visit-copied-not-noted")}" "{words::not_saved(&problem)}</p> }.into_any(),
                })}
            </div>
            {last}
        </section>
    }
}
