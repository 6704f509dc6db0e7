//! What to ask: the child may choose. Then a look at the mat before the tablet is handed over.

mod asked;
mod declined;
mod hand_over;
mod pace;
mod pictures;
mod stopped;
mod way;

use std::sync::Arc;

use domain::payload::visit::Assent;
use domain::vocabulary::{Question, Vocabulary};
use leptos::prelude::*;
use leptos_fluent::tr;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_query_map;

use super::end::EndVisit;
use super::harm::HarmSigns;
use super::place::at_visit;
use super::{Place, Step};
use crate::components::{Page, Picture};
use crate::words;
pub use asked::{Asked, asked, asked_tag};
use declined::Declined;
use hand_over::HandOver;
pub use hand_over::plain_profile;
use stopped::{Stopped, is_stopped};
pub use way::way_in_words;

/// What to ask, unless the child said no, or *stop* a moment ago. `?question=` shows one question before it is handed over,
/// `?more` all of them after a *stop*.
#[component]
pub fn TopicsPage() -> impl IntoView {
    at_visit(|place| {
        if place.visit_now().started.is_none() {
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            return view! { <Redirect path=place.address(Step::Start) options/> }.into_any();
        }
        let query = use_query_map();
        let chosen = Memo::new(move |_| {
            let id = query.with(|query| query.get("question"))?;
            place.question(&id).map(|question| question.id.clone())
        });
        let declined = Memo::new(move |_| place.visit().is_declined());
        let stopped = Memo::new(move |_| is_stopped(place) && query.with(|query| query.get("more").is_none()));
        view! {
            {move || match chosen.get().and_then(|id| place.question(&id)) {
                _ if declined.get() => view! { <Declined place/> }.into_any(),
                Some(question) => view! { <HandOver place question/> }.into_any(),
                None if stopped.get() => view! { <Stopped place/> }.into_any(),
                None => view! { <Topics place/> }.into_any(),
            }}
        }
        .into_any()
    })
}

#[component]
fn Topics(place: Place) -> impl IntoView {
    let name = place.name();
    let groups = Vocabulary::built_in()
        .topics
        .iter()
        .map(|topic| {
            let cards = move || {
                let library = place.library();
                let questions = library.all().iter().map(|listed| &listed.question);
                let questions = questions.filter(|question| !question.is_warm_up && question.topic == topic.id);
                questions.cloned().map(|question| view! { <QuestionCard place question/> }).collect_view()
            };
            view! {
                <section class="question-group" aria-labelledby=format!("topic-{}", topic.id)>
                    <h2 class="question-group__title" id=format!("topic-{}", topic.id)>{topic.words.clone()}</h2>
                    <ul class="question-group__cards">{cards}</ul>
                </section>
            }
        })
        .collect_view();
    let unclear = place.visit_now().assent() == Some(Assent::Unclear);
    view! {
        <Page title=tr!("visit-topics-title")>
            <a class="govuk-back-link" href="/today">{tr!("visit-back-today")}</a>
            <h1 class="heard-title">{tr!("visit-topics-heading", {"name" => name.clone()})}</h1>
            <p class="heard-title__second">{tr!("visit-topics-lead", {"name" => name.clone()})}</p>
            <HarmSigns place/>
            {unclear.then(|| view! { <p class="heard-alert">{tr!("visit-assent-was-unclear", {"name" => name.clone()})}</p> })}
            <div class="heard-split">
                <div class="question-groups"><WarmUp place/><ToChange place/><Planned place/>{groups}</div>
                <aside class="heard-stack heard-beside" aria-label=tr!("visit-topics-beside")>
                    <AskedToday place/>
                    <Suitable place/>
                    <WhenDone place/>
                </aside>
            </div>
        </Page>
    }
}

/// What comes before any question, and what came of it.
#[component]
fn WarmUp(place: Place) -> impl IntoView {
    let question = Vocabulary::built_in().questions.iter().find(|question| question.is_warm_up).cloned();
    let told = move || {
        let record = place.record();
        let here = record.captures.values().filter(|capture| capture.visit == place.visit);
        here.filter(|capture| capture.asking.is_practice()).filter_map(words::warmed_up).next_back()
    };
    question.map(|question| {
        view! {
            <section class="question-group" aria-labelledby="warm-up">
                <h2 class="question-group__title" id="warm-up">{tr!("visit-warm-up")}</h2>
                <p class="heard-quiet" role="status">{move || told().unwrap_or_else(|| tr!("visit-warm-up-lead"))}</p>
                <ul class="question-group__cards"><QuestionCard place question/></ul>
            </section>
        }
    })
}

/// What the child wants to change: it comes first.
#[component]
fn ToChange(place: Place) -> impl IntoView {
    let questions = Memo::new(move |_| {
        let record = place.record();
        let mut ids: Vec<String> =
            record.changes_wanted().iter().map(|view| view.capture.question.id.clone()).collect();
        ids.sort();
        ids.dedup();
        ids
    });
    let name = place.name();
    view! {
        <Show when=move || questions.with(|questions| !questions.is_empty())>
            <section class="question-group" aria-labelledby="to-change">
                <h2 class="question-group__title" id="to-change">{tr!("said-change-title", {"name" => name.clone()})}</h2>
                <ul class="question-group__cards">
                    {move || questions.get().iter().filter_map(|id| place.question(id)).map(|question| view! { <QuestionCard place question/> }).collect_view()}
                </ul>
            </section>
        </Show>
    }
}

/// What was chosen beforehand, in its order.
#[component]
fn Planned(place: Place) -> impl IntoView {
    let chosen = place.visit_now().planned.map(|planned| planned.questions).unwrap_or_default();
    let cards: Vec<_> = chosen.iter().filter_map(|id| place.question(id)).collect();
    (!cards.is_empty()).then(|| view! {
        <section class="question-group" aria-labelledby="planned">
            <h2 class="question-group__title" id="planned">{tr!("visit-planned-questions")}</h2>
            <ul class="question-group__cards">{cards.into_iter().map(|question| view! { <QuestionCard place question/> }).collect_view()}</ul>
        </section>
    })
}

/// A question as a card that the child can point at.
#[component]
fn QuestionCard(place: Place, question: Arc<Question>) -> impl IntoView {
    let theme = place.record_now().profile().map(|profile| profile.shown_theme()).unwrap_or_default();
    let id = question.id.clone();
    let state = Memo::new(move |_| asked(&place.record(), place.visit, &id));
    view! {
        <li>
            <a class="question-card" href=format!("{}?question={}", place.address(Step::Topics), question.id) draggable="false">
                <Picture symbol=question.symbol.clone() theme class="question-card__picture"/>
                <span class="question-card__words">{question.words.clone()}</span>
                {move || state.get().map(|state| view! { <span class="question-card__state">{asked_tag(state)}</span> })}
            </a>
        </li>
    }
}

/// What was asked in this visit, and whether it is written up.
#[component]
fn AskedToday(place: Place) -> impl IntoView {
    let rows = move || {
        let record = place.record();
        let mut captures: Vec<_> = record.captures.values().filter(|capture| capture.visit == place.visit).collect();
        captures.sort_by_key(|capture| (capture.started.captured_at, capture.id));
        captures
            .into_iter()
            .map(|capture| {
                let to = format!("{}?of={}", place.address(Step::WriteUp), capture.id);
                let written = capture.how_given.is_some();
                view! {
                    <li class="heard-list__row">
                        <a class="govuk-link" href=to>{capture.question.topic.words.clone()}</a>
                        <span class="heard-quiet">{asked_tag(Asked::of(capture))}{if written { tr!("visit-and-written") } else { String::new() }}</span>
                    </li>
                }
            })
            .collect_view()
    };
    let none = move || !place.record().captures.values().any(|capture| capture.visit == place.visit);
    view! {
        <section class="heard-panel" aria-labelledby="asked-today">
            <h2 class="heard-panel__title" id="asked-today">{tr!("visit-asked")}</h2>
            <Show when=none><p class="heard-quiet">{tr!("visit-asked-nothing")}</p></Show>
            <ul class="heard-list">{rows}</ul>
        </section>
    }
}

/// What a mat needs (Boa; PRACTICE A.7). Where it is not met, watching is the better way.
#[component]
fn Suitable(place: Place) -> impl IntoView {
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{tr!("visit-suits")}</span></summary>
            <div class="govuk-details__text">
                <ul class="govuk-list govuk-list--bullet">
                    <li>{tr!("visit-suits-sees")}</li>
                    <li>{tr!("visit-suits-points")}</li>
                    <li>{tr!("visit-suits-pictures")}</li>
                    <li>{tr!("visit-suits-words")}</li>
                    <li>{tr!("visit-suits-yes")}</li>
                </ul>
                <p class="govuk-body">{tr!("visit-suits-else", {"name" => place.name()})}</p>
                <p class="govuk-body"><a class="govuk-link" href=place.address(Step::Watch)>{tr!("watch-link", {"name" => place.name()})}</a></p>
            </div>
        </details>
    }
}

/// The ways on from here.
#[component]
fn WhenDone(place: Place) -> impl IntoView {
    view! {
        <section class="heard-panel" aria-labelledby="when-done">
            <h2 class="heard-panel__title" id="when-done">{tr!("visit-when-done")}</h2>
            <EndVisit place/>
            <p class="govuk-body heard-panel__after"><a class="govuk-link" href=place.address(Step::Watch)>{tr!("watch-link", {"name" => place.name()})}</a></p>
            <p class="govuk-body heard-panel__after"><a class="govuk-link" href=place.address(Step::NotGathered)>{tr!("visit-to-not-gathered")}</a></p>
        </section>
    }
}
