//! The same activity on paper: the places on a sheet of their own, the cards to cut out, the ways out beside them. For a child who
//! answers better with things in the hand; what came of it is typed in as given another way.

use std::sync::Arc;

use domain::asking::Kind;
use domain::payload::capture::Card;
use domain::vocabulary::{Question, Vocabulary};
use leptos::prelude::*;
use leptos_fluent::tr;
use leptos_router::hooks::use_query_map;

use super::another_way::WAYS;
use super::place::at_visit;
use super::topics::{plain_profile, way_in_words};
use super::{Place, Step};
use crate::components::{Choice, Page, Picture};
use crate::platform::page;

/// Always there as well, as on the tablet.
const WAYS_OUT: [&str; 4] = ["dont-know", "something-else", "skip", "stop"];

/// One question on paper. `?question=` says which.
#[component]
pub fn PaperPage() -> impl IntoView {
    let query = use_query_map();
    at_visit(move |place| {
        let id = query.with_untracked(|query| query.get("question")).unwrap_or_default();
        match place.question(&id).filter(|question| !question.is_warm_up) {
            Some(question) => view! { <Paper place question=place.planned(&question)/> }.into_any(),
            None => view! { <NoQuestion place/> }.into_any(),
        }
    })
}

#[component]
fn NoQuestion(place: Place) -> impl IntoView {
    view! {
        <Page title=tr!("paper-title") class="heard-page heard-narrow">
            <a class="govuk-back-link" href=place.address(Step::Topics)>{tr!("visit-back-topics")}</a>
            <h1 class="heard-title">{tr!("paper-title")}</h1>
            <p class="govuk-body">{tr!("another-no-question")}</p>
        </Page>
    }
}

#[component]
fn Paper(place: Place, question: Arc<Question>) -> impl IntoView {
    let words = Vocabulary::built_in();
    let profile = StoredValue::new(place.record_now().profile().cloned().unwrap_or_else(plain_profile));
    let way = RwSignal::new(Some(Kind::Mat));
    let ways = WAYS.into_iter().filter(|way| words.asked_by(*way, &question).is_some());
    let ways: Vec<_> = ways.map(|way| (way, way_in_words(way))).collect();
    let asked = question.clone();
    let ask = move || words.asked_by(way.get().unwrap_or(Kind::Mat), &asked).map(|asked| asked.words);
    let laid_of = question.clone();
    let places = move || {
        let way = way.get().unwrap_or(Kind::Mat);
        let laid = profile.with_value(|profile| way.laid(&laid_of, laid_of.cards.clone(), profile, |_| 0));
        // What is told finer in a second step is not on the sheet.
        let first = laid.options().first().map(|first| laid.shown(&first.id)).unwrap_or_default();
        first.into_iter().cloned().map(place_on_paper).collect_view()
    };
    let back = format!("{}?question={}", place.address(Step::Topics), question.id);
    let typed_in = format!("{}?question={}", place.address(Step::AnotherWay), question.id);
    view! {
        <Page title=tr!("paper-title")>
            <a class="govuk-back-link" href=back>{tr!("paper-back")}</a>
            <div class="heard-no-print">
                <h1 class="heard-title">{tr!("paper-heading", {"topic" => question.words.clone()})}</h1>
                <p class="heard-title__second">{tr!("paper-lead")}</p>
                <Choice id="way" legend=tr!("another-asked") value=way options=ways problems=RwSignal::new(Vec::new())/>
                <button class="govuk-button" type="button" on:click=move |_| page::print()>{tr!("passport-print")}</button>
                <p class="govuk-body"><a class="govuk-link" href=typed_in>{tr!("visit-another-way")}</a></p>
            </div>
            <section class="paper" aria-label=tr!("paper-title")>
                <p class="paper__ask">{question.words.clone()}": "{ask}</p>
                <ul class="paper__places">{places}</ul>
                <ul class="paper__cards">{question.cards.clone().into_iter().map(card_to_cut_out).collect_view()}</ul>
                <ul class="paper__cards">{words.cards(&WAYS_OUT).into_iter().map(card_to_cut_out).collect_view()}</ul>
            </section>
        </Page>
    }
}

fn place_on_paper(place: Card) -> impl IntoView {
    view! { <li class="paper__place"><Picture symbol=place.symbol/><span>{place.words}</span></li> }
}

fn card_to_cut_out(card: Card) -> impl IntoView {
    view! { <li class="paper__card"><Picture symbol=card.symbol/><span>{card.words}</span></li> }
}
