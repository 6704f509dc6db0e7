//! What can be asked of one child: its own questions first, then those that can be changed for it.

use std::sync::Arc;

use domain::Payload;
use domain::id::QuestionId;
use domain::library::{Library, Listed, Whose};
use domain::payload::library::QuestionPutAway;
use domain::permission;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::whose_in_words;
use crate::components::{Page, Picture, Problems};
use crate::record::{Place, at_record};
use crate::state::{Urgency, library_of};
use crate::words;

/// The questions of one child.
#[component]
pub fn ChildQuestionsPage() -> impl IntoView {
    at_record(permission::Action::Edit, |place| view! { <Questions place/> }.into_any())
}

#[component]
fn Questions(place: Place) -> impl IntoView {
    let library = library_of(place.records, place.stream);
    let all = move || library.get().unwrap_or_else(|| Arc::new(Library::of([]))).all().to_vec();
    let (own, others) = (
        move || all().into_iter().filter(|listed| listed.whose == Whose::Child).collect::<Vec<_>>(),
        move || all().into_iter().filter(|listed| listed.whose != Whose::Child && !listed.question.is_warm_up),
    );
    let name = place.name();
    let edit = format!("{}/questions/edit", place.address());
    let (new, from, again) = (edit.clone(), edit.clone(), edit);
    let problems: Problems = RwSignal::new(Vec::new());
    view! {
        <Page title=tr!("library-child-title") class="heard-page heard-narrow">
            <a class="govuk-back-link" href=place.address()>{tr!("visit-not-yours-record")}</a>
            <div class="heard-title-row">
                <h1 class="heard-title">{tr!("library-child-heading", {"name" => name.clone()})}</h1>
                <a class="govuk-button" href=new draggable="false">{tr!("library-write")}</a>
            </div>
            <p class="govuk-body">{tr!("library-child-lead")}</p>
            {move || problems.with(|all| all.first().map(|(_, words)| view! { <p class="heard-alert" role="alert">{words.clone()}</p> }))}
            <section class="heard-panel" aria-labelledby="own">
                <h2 class="heard-panel__title" id="own">{tr!("library-child-own", {"name" => name.clone()})}</h2>
                <Show when=move || !own().is_empty() fallback=|| view! { <p class="heard-quiet">{tr!("library-child-none")}</p> }>
                    <ul class="heard-list">
                        {
                            let again = again.clone();
                            move || own().into_iter().map(|listed| {
                                let to = format!("{again}?question={}", listed.question.id);
                                view! { <Own place listed to problems/> }
                            }).collect_view()
                        }
                    </ul>
                </Show>
            </section>
            <section class="heard-panel" aria-labelledby="others">
                <h2 class="heard-panel__title" id="others">{tr!("library-child-others", {"name" => name})}</h2>
                <ul class="heard-list">
                    {move || others().map(|Listed { whose, question }| view! {
                        <li class="library-row">
                            <Picture symbol=question.symbol.clone() class="library-row__picture"/>
                            <span>{question.words.clone()}" "<span class="heard-quiet">{whose_in_words(whose)}</span></span>
                            <a class="govuk-link library-row__do" href=format!("{from}?from={}", question.id)>{tr!("library-change")}<span class="govuk-visually-hidden">" "{question.words.clone()}</span></a>
                        </li>
                    }).collect_view()}
                </ul>
            </section>
        </Page>
    }
}

/// One of the child's own.
#[component]
fn Own(place: Place, listed: Listed, to: String, problems: Problems) -> impl IntoView {
    let question = listed.question;
    let id = question.id.parse::<QuestionId>().ok();
    let put_away = Action::new_local(move |(): &()| async move {
        let Some(question) = id else { return };
        let away = vec![Payload::QuestionPutAway(QuestionPutAway { question })];
        let saved = place.records.record(place.stream, away, Urgency::WithTheRest).await;
        problems.set(saved.err().map(|problem| vec![("own", words::not_saved(&problem))]).unwrap_or_default());
    });
    let words = question.words.clone();
    view! {
        <li class="library-row">
            <Picture symbol=question.symbol.clone() class="library-row__picture"/>
            <span><strong>{words.clone()}</strong></span>
            <span class="library-row__do">
                <a class="govuk-link" href=to>{tr!("library-change")}<span class="govuk-visually-hidden">" "{words.clone()}</span></a>
                <button class="govuk-button govuk-button--secondary" type="button" disabled=put_away.pending() on:click=move |_| { put_away.dispatch_local(()); }>
                    {tr!("library-put-away")}<span class="govuk-visually-hidden">" "{words}</span>
                </button>
            </span>
        </li>
    }
}
