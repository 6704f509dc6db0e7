//! One question of a team or the council: proposed, with the decision on it; or asked.

use std::sync::Arc;

use domain::Payload;
use domain::id::{StreamId, StreamKind};
use domain::payload::library::{QuestionDecided, QuestionDecision, QuestionPutAway};
use domain::record::library::OwnQuestion;
use domain::vocabulary::Question;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::to_look_at;
use crate::components::typed::trimmed;
use crate::components::{AskingPreview, Field, Picture, Problems};
use crate::state::{Calendar, Directory, Records, Urgency};
use crate::visit::plain_profile;
use crate::words;

fn edit(stream: StreamId, question: &str) -> String {
    let of = if stream.kind == StreamKind::Council { "council" } else { "team" };
    format!("/questions/edit?of={of}&question={question}")
}

fn saver(stream: StreamId, problems: Problems) -> Action<Payload, ()> {
    let records = Records::get();
    Action::new_local(move |payload: &Payload| {
        let payload = payload.clone();
        async move {
            let saved = records.record(stream, vec![payload], Urgency::Now).await;
            problems.set(saved.err().map(|problem| vec![("decide", words::not_saved(&problem))]).unwrap_or_default());
        }
    })
}

/// A version that waits, as a child would see it, what to look at in its words, and the decision for whoever decides.
#[component]
pub(super) fn Proposal(stream: StreamId, question: OwnQuestion, may_decide: Signal<bool>) -> impl IntoView {
    let (directory, calendar) = (Directory::get(), Calendar::get());
    let waiting = question.waiting().cloned();
    waiting.map(|waiting| {
        let problems: Problems = RwSignal::new(Vec::new());
        let reason = RwSignal::new(String::new());
        let save = saver(stream, problems);
        let busy = save.pending();
        let (id, version) = (waiting.what.question, waiting.what.version);
        let decide = move |decision| {
            drop(save.dispatch_local(Payload::QuestionDecided(QuestionDecided { question: id, version, decision })));
        };
        let decline = move |_| match trimmed(reason) {
            reason if reason.is_empty() => problems.set(vec![("reason", tr!("library-reason-missing"))]),
            reason => decide(QuestionDecision::Declined { reason }),
        };
        let is_own = move || directory.me.get().is_some_and(|me| me.id == waiting.source.by);
        let who = directory.name_of(waiting.source.by);
        let when = words::near_time(waiting.source.captured_at, calendar.today());
        let mut look_at = to_look_at(&waiting.what.ask);
        look_at.extend(to_look_at(&waiting.what.words));
        let look_at = (!look_at.is_empty()).then(|| view! {
            <div class="heard-prompt"><ul class="govuk-list govuk-list--bullet">{look_at.into_iter().map(|words| view! { <li>{words}</li> }).collect_view()}</ul></div>
        });
        let shown = Arc::new(Question::own(&waiting.what));
        view! {
            <article class="heard-panel heard-panel--urgent" aria-label=tr!("library-waits")>
                <h3 class="heard-panel__title">{waiting.what.words.clone()}</h3>
                <p class="heard-quiet">{tr!("library-proposed-by", {"who" => who, "when" => when})}</p>
                {look_at}
                <AskingPreview question=shown profile=plain_profile()/>
                {move || problems.with(|all| all.iter().find(|(id, _)| *id == "decide").map(|(_, words)| view! { <p class="heard-alert" role="alert">{words.clone()}</p> }))}
                <Show when=is_own><p class="govuk-body heard-panel__after"><a class="govuk-link" href=edit(stream, &id.to_string())>{tr!("library-change")}</a></p></Show>
                <Show when=move || may_decide.get() && is_own()><p class="govuk-body">{match stream.kind {
                    StreamKind::Council => tr!("library-own-council"),
                    _ => tr!("library-own-team"),
                }}</p></Show>
                <Show when=move || may_decide.get() && !is_own()>
                    <div class="heard-form heard-panel__after">
                        <button class="govuk-button" type="button" disabled=busy on:click=move |_| decide(QuestionDecision::Approved)>{tr!("library-approve")}</button>
                        <Field id="reason" label=tr!("library-reason") value=reason problems/>
                        <button class="govuk-button govuk-button--secondary" type="button" disabled=busy on:click=decline>{tr!("library-decline")}</button>
                    </div>
                </Show>
            </article>
        }
    })
}

/// A question that is asked, or was not agreed to.
#[component]
pub(super) fn Decided(stream: StreamId, question: OwnQuestion, may_decide: Signal<bool>) -> impl IntoView {
    let asked = question.asked(stream.kind).cloned();
    let declined = question.declined().map(|reason| match asked {
        Some(_) => tr!("library-newer-declined", {"reason" => reason.to_owned()}),
        None => tr!("library-declined", {"reason" => reason.to_owned()}),
    });
    asked.or_else(|| question.versions.last().map(|last| last.what.clone())).map(|asked| {
        let problems: Problems = RwSignal::new(Vec::new());
        let save = saver(stream, problems);
        let id = asked.question;
        let put_away = move |_| drop(save.dispatch_local(Payload::QuestionPutAway(QuestionPutAway { question: id })));
        let words = asked.words.clone();
        view! {
            <li class="library-row">
                <Picture symbol=asked.symbol.clone() class="library-row__picture"/>
                <span>
                    <strong>{words.clone()}</strong>" "<span class="heard-quiet">{asked.ask.clone()}</span>
                    {declined.map(|words| view! { <span class="heard-block heard-quiet">{words}</span> })}
                    {move || problems.with(|all| all.first().map(|(_, words)| view! { <span class="heard-block heard-alert" role="alert">{words.clone()}</span> }))}
                </span>
                <span class="library-row__do">
                    <a class="govuk-link" href=edit(stream, &id.to_string())>{tr!("library-change")}<span class="govuk-visually-hidden">" "{words.clone()}</span></a>
                    <Show when=move || may_decide.get()>
                        <button class="govuk-button govuk-button--secondary" type="button" disabled=save.pending() on:click=put_away>
                            {tr!("library-put-away")}<span class="govuk-visually-hidden">" "{words.clone()}</span>
                        </button>
                    </Show>
                </span>
            </li>
        }
    })
}
