//! Why the record is read.

use domain::id::StreamId;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::search::Search;
use crate::audit::Sampled;
use crate::components::typed::trimmed;
use crate::components::{ErrorSummary, Page, Problems, TextArea, kept_words};
use crate::state::{Directory, Records};
use crate::words;

/// Asks for the reason, and reads the record with it.
#[component]
pub(super) fn AskWhy(stream: StreamId) -> impl IntoView {
    let (records, directory) = (Records::get(), Directory::get());
    let (typed, draft) = kept_words(format!("draft/{stream}/why"));
    let problems: Problems = RwSignal::new(Vec::new());
    let sampled = Sampled::get();
    let drawn = sampled.child(stream);
    if let Some(sample) = sampled.drawn.get_untracked().filter(|_| drawn.is_some()) {
        // It stays in the log: no "today".
        let on = words::day_of(sample.time).strftime("%-d %B %Y").to_string();
        typed.set(tr!("sample-reason", {"on" => on}));
    }
    let child = Search::get().found(stream).or(drawn);
    let who = child.as_ref().and_then(|child| {
        let assigned = directory.still_here(&child.assigned.iter().copied().collect());
        let managers = directory.team(child.team).1;
        directory.names_of(&assigned).map(|workers| format!("{workers}, {managers}")).or(Some(managers))
    });
    let who = who.filter(|who| !who.is_empty()).unwrap_or_else(|| tr!("ask-team"));
    let read = Action::new_local(move |reason: &String| {
        let reason = reason.clone();
        async move {
            let read = records.read_with_reason(stream, reason).await;
            if read.is_ok() {
                draft.forget();
            }
            read
        }
    });
    let busy = read.pending();
    let press = move || {
        let reason = trimmed(typed);
        if reason.is_empty() {
            problems.set(vec![("why", tr!("ask-why-missing"))]);
        } else {
            problems.set(Vec::new());
            read.dispatch_local(reason);
        }
    };
    view! {
        <Page title=tr!("ask-title") class="heard-page heard-narrow" in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href="/find">{tr!("find-title")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("ask-title")}</h1>
            {child.map(|child| view! { <p class="heard-title__second"><bdi>{child.name.full()}</bdi></p> })}
            <form class="heard-panel heard-form" novalidate on:submit=move |event| { event.prevent_default(); press(); }>
                <TextArea id="why" label=tr!("ask-why") hint=tr!("ask-why-hint", {"who" => who}) rows=3 value=typed problems/>
                {move || read.value().get().and_then(Result::err).filter(|_| !busy.get()).map(|failure| view! {
                    <div class="heard-alert" role="alert"><p>{words::failure(&failure)}</p></div>
                })}
                <button class="govuk-button" type="submit" disabled=busy>
                    {move || if busy.get() { tr!("ask-reading") } else { tr!("ask-do") }}
                </button>
                <p class="heard-quiet">{tr!("ask-needs-signal")}</p>
            </form>
        </Page>
    }
}
