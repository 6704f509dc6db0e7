//! One question before the tablet is handed over: what the child will see, and whether everything is ready.

use std::sync::Arc;

use domain::payload::capture::Card;
use domain::payload::profile::{Cells, CommunicationProfile, Input};
use domain::vocabulary::Question;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::asked::{asked, asked_tag};
use super::pace::Pace;
use super::pictures::{Missing, keep_all};
use super::way::{Way, WayForm};
use crate::components::go;
use crate::components::{AskingPreview, ErrorSummary, NoVoice, Page, Problems, voices};
use crate::state::Session;
use crate::visit::{Place, Step};
use crate::words;

/// How a mat is laid out while nobody has written down how the child communicates.
pub fn plain_profile() -> CommunicationProfile {
    CommunicationProfile::new("", Input::Touch, Cells::Three)
}

/// A look at the mat, and the hand-over.
#[component]
pub fn HandOver(place: Place, question: Arc<Question>) -> impl IntoView {
    let name = place.name();
    let known = place.record_now().profile().cloned();
    let has_profile = known.is_some();
    let profile = known.unwrap_or_else(plain_profile);
    let problems: Problems = RwSignal::new(Vec::new());
    let (go, session) = (go(), Session::get());
    let planned = place.visit_now().planned;
    let begins = profile.clone();
    let (form, step_ms) = (WayForm::begin(&question, planned.as_ref(), &profile), RwSignal::new(None));
    let called = StoredValue::new(name.clone());
    let hand_over = Action::new_local(move |_: &()| {
        let (go, mut profile) = (go.clone(), begins.clone());
        profile.access.scan.step_ms = step_ms.get_untracked().unwrap_or(profile.access.scan.step_ms);
        async move {
            let what = match called.with_value(|name| form.what(name)) {
                Ok(what) => what,
                Err(words) => return problems.set(vec![("way", words)]),
            };
            let last_time = place.record_now().last_time_to_show(&what.question.id, what.way);
            match crate::child::begin(session, place.stream, place.visit, what, &profile, last_time).await {
                // When the tablet comes back, the next topic can be chosen.
                Ok(()) => go(place.address(Step::Topics), true),
                Err(problem) => problems.set(vec![("hand-over", words::storage(&problem))]),
            }
        }
    });
    let preview = profile.clone();
    let id = question.id.clone();
    let earlier = Memo::new(move |_| asked(&place.record(), place.visit, &id));
    let previewed = question.clone();
    view! {
        <Page title=tr!("visit-ready-title") in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=place.address(Step::Topics)>{tr!("visit-back-topics")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{question.words.clone()}</h1>
            <p class="heard-title__second">{tr!("visit-ready-lead", {"name" => name.clone()})}</p>
            {move || earlier.get().map(|state| view! { <p class="heard-prompt">{tr!("visit-ready-again", {"state" => asked_tag(state)})}</p> })}
            <div class="heard-split">
                <div class="heard-stack">
                    <Way form name=name.clone() profile=profile.clone() problems/>
                    {move || view! { <AskingPreview question=previewed.clone() profile=preview.clone() way=form.way() options=form.options()/> }}
                </div>
                <aside class="heard-stack heard-beside" aria-label=tr!("visit-ready-beside")>
                    <section class="heard-panel" aria-labelledby="ready">
                        <h2 class="heard-panel__title" id="ready">{tr!("visit-ready")}</h2>
                        {(!has_profile).then(|| view! { <p class="heard-alert">{tr!("visit-ready-no-profile", {"name" => name.clone()})}</p> })}
                        <PicturesKept question=question.clone() profile=profile.clone()/>
                        {profile.is_paced().then(|| view! { <Pace place profile_step_ms=profile.access.scan.step_ms step_ms/> })}
                        {profile.is_aloud().then(|| view! { <NoVoice voices=voices()/> })}
                        <ul class="govuk-list govuk-list--bullet">
                            <li>{tr!("visit-ready-stop", {"name" => name.clone()})}</li>
                            <li>{tr!("visit-ready-pause")}</li>
                            <li>{tr!("visit-ready-passcode")}</li>
                        </ul>
                        <button class="govuk-button heard-button--wide" id="hand-over" type="button" disabled=hand_over.pending() on:click=move |_| { hand_over.dispatch_local(()); }>
                            {let name = name.clone(); move || if hand_over.pending().get() { tr!("visit-handing-over") } else { tr!("visit-hand-over", {"name" => name.clone()}) }}
                        </button>
                        {(!question.is_warm_up).then(|| view! {
                            <WithoutTheTablet place question=question.clone()/>
                            <MoreAbout place question/>
                        })}
                    </section>
                </aside>
            </div>
        </Page>
    }
}

/// The ways on where the tablet is not what suits the child. A warm-up is tried on the tablet only.
#[component]
fn WithoutTheTablet(place: Place, question: Arc<Question>) -> impl IntoView {
    let to = move |step| format!("{}?question={}", place.address(step), question.id);
    view! {
        <p class="govuk-body heard-panel__after"><a class="govuk-link" href=to(Step::AnotherWay)>{tr!("visit-another-way")}</a></p>
        <p class="govuk-body heard-panel__after"><a class="govuk-link" href=to(Step::Paper)>{tr!("visit-on-paper")}</a></p>
    }
}

/// What was placed in this visit can be opened into a question of its own.
#[component]
fn MoreAbout(place: Place, question: Arc<Question>) -> impl IntoView {
    let id = StoredValue::new(question.id.clone());
    let cards = move || {
        let record = place.record();
        let here = record.captures.values().filter(|capture| capture.visit == place.visit);
        let here: Vec<_> = here.filter(|capture| capture.question.id == question.id).collect();
        let is_placed = |card: &&Card| here.iter().any(|capture| capture.is_settled(&card.id));
        question.cards.iter().filter(is_placed).cloned().collect::<Vec<_>>()
    };
    let cards = Memo::new(move |_| cards());
    let link = move |card: Card| {
        let from = id.with_value(|id| format!("from={id}&card={}&visit={}", card.id, place.visit));
        let to = format!("/children/{}/questions/edit?{from}", place.stream);
        view! { <li><a class="govuk-link" href=to>{card.words}</a></li> }
    };
    view! {
        <Show when=move || cards.with(|cards| !cards.is_empty())>
            <details class="govuk-details heard-panel__after">
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{tr!("visit-more-about")}</span></summary>
                <div class="govuk-details__text">
                    <p class="govuk-body">{tr!("visit-more-about-lead")}</p>
                    <ul class="govuk-list">{move || cards.get().into_iter().map(link).collect_view()}</ul>
                </div>
            </details>
        </Show>
    }
}

/// Says whether every picture is on this tablet: only what the service worker has confirmed.
#[component]
fn PicturesKept(question: Arc<Question>, profile: CommunicationProfile) -> impl IntoView {
    let missing = LocalResource::new(move || keep_all(question.clone(), profile.clone()));
    let words = move || match missing.get() {
        None => ("govuk-tag govuk-tag--grey", tr!("visit-pictures-looking")),
        Some(Missing { of_mat: 0, of_rest: 0 }) => ("govuk-tag govuk-tag--green", tr!("visit-pictures-all")),
        Some(Missing { of_mat: 0, of_rest }) => {
            ("govuk-tag govuk-tag--yellow", tr!("visit-pictures-rest", {"count" => of_rest}))
        }
        Some(Missing { of_mat, .. }) => {
            ("govuk-tag govuk-tag--red", tr!("visit-pictures-missing", {"count" => of_mat}))
        }
    };
    view! {
        <p class="govuk-body" role="status">{move || { let (class, words) = words(); view! { <strong class=class>{words}</strong> } }}</p>
    }
}
