//! The decision on exactly the version that was opened.

use domain::payload::Payload;
use domain::payload::plan::{DecisionOutcome, PlanDecided};
use domain::permission::{Action as Deed, Permission, may};
use domain::standing::plan::PlanState;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_fluent::tr;

use super::decided::{LastDecision, Progress, last_decision};
use super::prompts::Questions;
use super::reading::{MovedOn, Reading};
use crate::components::draft::Draft;
use crate::components::{ErrorSummary, Problems, TextArea};
use crate::platform::page;
use crate::state::{Link, NotSaved, Urgency};
use crate::words;

/// The pane on the right.
#[component]
pub fn Decision() -> impl IntoView {
    let reading = Reading::get();
    let state = reading.now(|record| record.standing.plan.state);
    let moved_on = reading.moved_on();
    let last = last_decision(reading);
    let (version, submitted) = (reading.version(), move || state.get() == PlanState::Submitted);
    let title = move || match (state.get(), moved_on.get()) {
        (PlanState::Submitted, None) => tr!("decision-title", {"version" => version.get()}),
        _ => tr!("decision-title-stands", {"version" => version.get()}),
    };
    view! {
        <aside class="decision" aria-label=tr!("decision-label")>
            <h2 class="decision__title" tabindex="-1">{title}</h2>
            <Moved moved_on/>
            <LastDecision last/>
            {move || match (moved_on.get(), submitted()) {
                (Some(_), _) => ().into_any(),
                (None, true) => view! { <Questions/><DecisionForm last/> }.into_any(),
                (None, false) => view! { <NothingToDecide state last/> }.into_any(),
            }}
        </aside>
    }
}

/// The plan moved on while it was read: a decision on it would be refused, so it is read again first.
#[component]
fn Moved(moved_on: Memo<Option<MovedOn>>) -> impl IntoView {
    let reading = Reading::get();
    let read_it = move |_| {
        reading.open_latest();
        page::focus("main h1");
    };
    view! {
        <div role="status">
            {move || moved_on.get().map(|moved| {
                let words = match moved {
                    MovedOn::Submitted(version) => tr!("decision-moved-submitted", {"version" => version}),
                    MovedOn::Writing(version) => tr!("decision-moved-writing", {"version" => version, "opened" => reading.version().get()}),
                };
                let version = match moved { MovedOn::Submitted(version) | MovedOn::Writing(version) => version };
                view! {
                    <div class="heard-alert"><p>{words}</p></div>
                    <button class="govuk-button" type="button" on:click=read_it>{tr!("decision-read", {"version" => version})}</button>
                }
            })}
        </div>
    }
}

/// Why there is no decision to make.
#[component]
fn NothingToDecide(state: Memo<PlanState>, last: Memo<Option<super::decided::Decided>>) -> impl IntoView {
    let version = Reading::get().version();
    let settled = move || last.with(|last| last.as_ref().is_some_and(|last| last.progress == Progress::Accepted));
    move || {
        let words = match state.get() {
            PlanState::Draft => tr!("decision-draft", {"version" => version.get()}),
            PlanState::Authorised if settled() => tr!("decision-later"),
            PlanState::Returned if settled() => tr!("decision-comes-back"),
            _ => return None,
        };
        Some(view! { <p class="decision__small">{words}</p> })
    }
}

/// Comment, Authorise, Return.
#[component]
fn DecisionForm(last: Memo<Option<super::decided::Decided>>) -> impl IntoView {
    let reading = Reading::get();
    let version = reading.version().get_untracked();
    // A refused decision gives its words back.
    let given_back = last.with_untracked(|last| {
        last.as_ref().filter(|last| matches!(last.progress, Progress::Refused(_))).map(|last| last.comment.clone())
    });
    let comment = RwSignal::new(given_back.unwrap_or_default());
    let problems: Problems = RwSignal::new(Vec::new());
    let draft = Draft::named(format!("draft/{}/decision/{version}", reading.stream));
    draft.restore(move |words: String| comment.set(words));
    let failed = RwSignal::new(None::<NotSaved>);
    let busy = RwSignal::new(false);
    let decide = move |outcome: DecisionOutcome| {
        failed.set(None);
        let words = domain::text::trimmed(&comment.get_untracked()).to_owned();
        if words.is_empty() {
            problems.set(vec![("decision-comment", tr!("decision-comment-missing"))]);
            return;
        }
        problems.set(Vec::new());
        busy.set(true);
        let settling = draft.settle();
        spawn_local(async move {
            let decided = PlanDecided { version, outcome, comment: words.clone() };
            match reading.records.record(reading.stream, vec![Payload::PlanDecided(decided)], Urgency::Now).await {
                Ok(()) => {
                    settling.forget().await;
                    page::focus(".decision__title");
                }
                Err(problem) => {
                    settling.keep(&words).await;
                    failed.try_set(Some(problem));
                }
            }
            busy.try_set(false);
        });
    };
    let why_not = why_not(reading);
    move || {
        match why_not.get() {
        Some(words) => view! { <p class="heard-alert">{words}</p> }.into_any(),
        None => view! {
            <form novalidate on:submit=move |event| event.prevent_default() on:input=move |_| draft.keep(|| comment.get_untracked())>
                <ErrorSummary problems/>
                <TextArea id="decision-comment" label=tr!("decision-comment") hint=tr!("decision-comment-hint") value=comment problems rows=4/>
                <button class="govuk-button" type="button" disabled=busy on:click=move |_| decide(DecisionOutcome::Authorised)>
                    {tr!("decision-authorise", {"version" => version})}
                </button>
                <button class="govuk-button govuk-button--secondary" type="button" disabled=busy on:click=move |_| decide(DecisionOutcome::Returned)>
                    {move || tr!("decision-return", {"name" => reading.submitter().get()})}
                </button>
                {move || failed.get().map(|problem| view! { <p class="govuk-error-message" role="alert">{words::not_saved(&problem)}</p> })}
                <p class="decision__small">{tr!("decision-small")}</p>
                <Show when=move || matches!(reading.exchange.link.get(), Link::NoSignal | Link::Busy | Link::SignedOut)>
                    <p class="decision__small decision__small--more">{tr!("decision-no-signal")}</p>
                </Show>
            </form>
        }
        .into_any(),
    }
    }
}

/// Why the person at work may not decide on this version; none if they may.
fn why_not(reading: Reading) -> Memo<Option<String>> {
    let me = reading.directory.me;
    reading.now(move |record| {
        let me = me.get()?;
        match may(reading.records.relations.to(&record.standing.access)?, Deed::Decide) {
            Permission::Yes | Permission::NeverOwnWork if record.standing.plan.authors.contains(&me.id) => {
                Some(tr!("decision-own-work"))
            }
            Permission::Yes | Permission::NeverOwnWork => None,
            _ => Some(tr!("decision-not-yours")),
        }
    })
}
