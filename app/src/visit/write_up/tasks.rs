//! The list of what is to be written up, with how far each has come.

use domain::record::capture::Capture;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::Page;
use crate::visit::end::EndVisit;
use crate::visit::harm::HarmSigns;
use crate::visit::item_state::StateOf;
use crate::visit::not_gathered::reason;
use crate::visit::topics::{Asked, asked_tag};
use crate::visit::watch::reading_address;
use crate::visit::{Place, Step};
use crate::words;

/// What is to be written up, and where to go then.
#[component]
pub(super) fn Tasks(place: Place) -> impl IntoView {
    let name = place.name();
    let visit = place.visit_now();
    let on = visit.started.as_ref().map_or_else(|| place.calendar.today(), |started| started.what.on);
    let open = Memo::new(move |_| place.visit().is_open());
    view! {
        <Page title=tr!("visit-write-up-title")>
            <a class="govuk-back-link" href="/today">{tr!("visit-back-today")}</a>
            <h1 class="heard-title">{tr!("visit-write-up-heading", {"name" => name})}</h1>
            <p class="heard-title__second">{words::long_date(on)}</p>
            <HarmSigns place/>
            <div class="heard-split">
                <div class="heard-stack">
                    <Activities place/>
                    <Voices place/>
                    <WatchedTasks place/>
                    <NotGatheredTasks place/>
                </div>
                <aside class="heard-stack" aria-label=tr!("visit-then")>
                    <section class="heard-panel" aria-labelledby="then">
                        <h2 class="heard-panel__title" id="then">{tr!("visit-then")}</h2>
                        <Show when=move || open.get()>
                            <div class="heard-panel__part">
                                <p class="govuk-body">{tr!("visit-still-open")}</p>
                                <EndVisit place/>
                            </div>
                        </Show>
                        <p class="heard-panel__part"><a class="govuk-button heard-button--wide" draggable="false" href=place.address(Step::Note)>{tr!("visit-to-note")}</a></p>
                        <p class="heard-panel__part"><a class="govuk-button govuk-button--secondary heard-button--wide" draggable="false" href=place.address(Step::Plan)>{tr!("visit-to-plan")}</a></p>
                    </section>
                </aside>
            </div>
        </Page>
    }
}

/// Each activity of this visit.
#[component]
fn Activities(place: Place) -> impl IntoView {
    let rows = move || {
        let record = place.record();
        let mut captures: Vec<_> = record
            .captures
            .values()
            .filter(|capture| capture.visit == place.visit && !capture.asking.is_practice())
            .collect();
        captures.sort_by_key(|capture| (capture.started.captured_at, capture.id));
        captures.into_iter().map(|capture| view! { <Activity place capture=capture.clone()/> }).collect_view()
    };
    let none = Memo::new(move |_| {
        !place.record().captures.values().any(|capture| capture.visit == place.visit && !capture.asking.is_practice())
    });
    view! {
        <section class="heard-panel" aria-labelledby="activities">
            <h2 class="heard-panel__title" id="activities">{tr!("visit-activities")}</h2>
            <Show when=move || none.get() fallback=move || view! { <ul class="govuk-task-list heard-tasks">{rows}</ul> }>
                <p class="govuk-body">{tr!("visit-activities-none")}</p>
            </Show>
        </section>
    }
}

#[component]
fn Activity(place: Place, capture: Capture) -> impl IntoView {
    let id = format!("task-{}", capture.id);
    let hint = format!("{id}-hint");
    let to = format!("{}?of={}", place.address(Step::WriteUp), capture.id);
    let how_far = match Asked::of(&capture) {
        Asked::Done => tr!("visit-cards", {"count" => capture.counted().placed}),
        other => asked_tag(other),
    };
    let state = match &capture.how_given {
        Some(told) => view! { <StateOf place id=told.source.id/> }.into_any(),
        None => view! { <strong class="govuk-tag govuk-tag--yellow">{tr!("visit-not-written")}</strong> }.into_any(),
    };
    view! {
        <li class="govuk-task-list__item govuk-task-list__item--with-link">
            <div class="govuk-task-list__name-and-hint">
                <a class="govuk-link govuk-task-list__link" href=to aria-describedby=format!("{id} {hint}")>{capture.question.topic.words.clone()}</a>
                <div class="govuk-task-list__hint" id=hint>{how_far}</div>
            </div>
            <div class="govuk-task-list__status" id=id>{state}</div>
        </li>
    }
}

/// Voices beside the child's, from this visit.
#[component]
fn Voices(place: Place) -> impl IntoView {
    let rows = move || {
        let record = place.record();
        let mut voices: Vec<_> =
            record.voices.values().filter(|voice| voice.what.visit == Some(place.visit)).cloned().collect();
        voices.sort_by_key(|voice| voice.source.captured_at);
        let row = |voice: domain::record::Attributed<domain::payload::visit::VoiceAdded>| {
            let to = format!("{}?voice={}", place.address(Step::WriteUp), voice.what.voice);
            view! {
                <li class="govuk-task-list__item govuk-task-list__item--with-link">
                    <div class="govuk-task-list__name-and-hint">
                        <a class="govuk-link govuk-task-list__link" href=to>{voice.what.who.clone()}</a>
                        <div class="govuk-task-list__hint">"“"{voice.what.words.clone()}"”"</div>
                    </div>
                    <div class="govuk-task-list__status"><StateOf place id=voice.source.id/></div>
                </li>
            }
        };
        voices.into_iter().map(row).collect_view()
    };
    let none = Memo::new(move |_| !place.record().voices.values().any(|voice| voice.what.visit == Some(place.visit)));
    view! {
        <section class="heard-panel" aria-labelledby="voices">
            <h2 class="heard-panel__title" id="voices">{tr!("visit-voices")}</h2>
            <Show when=move || !none.get() fallback=move || view! { <p class="govuk-body">{tr!("visit-voices-none")}</p> }>
                <ul class="govuk-task-list heard-tasks">{rows}</ul>
            </Show>
            <a class="govuk-button govuk-button--secondary" draggable="false" href=format!("{}?voice=new", place.address(Step::WriteUp))>{tr!("visit-voice-add")}</a>
        </section>
    }
}

/// What was watched, and whether somebody has read it.
#[component]
fn WatchedTasks(place: Place) -> impl IntoView {
    let here = move || {
        let record = place.record();
        let observed = record.observed().into_iter().filter(|(_, of)| of.visit() == Some(place.visit));
        observed.filter_map(|(id, of)| Some((id, of.started.clone()?.what.what, of.readings.len()))).collect::<Vec<_>>()
    };
    let rows = move || {
        let rows = here().into_iter().map(|(id, what, readings)| {
            let status = if readings == 0 { tr!("watch-to-read") } else { tr!("watch-read", {"count" => readings}) };
            let class = if readings == 0 { "govuk-tag govuk-tag--yellow" } else { "govuk-tag govuk-tag--green" };
            view! {
                <li class="govuk-task-list__item govuk-task-list__item--with-link">
                    <div class="govuk-task-list__name-and-hint"><a class="govuk-link govuk-task-list__link" href=reading_address(place, id)>{what}</a></div>
                    <div class="govuk-task-list__status"><strong class=class>{status}</strong></div>
                </li>
            }
        });
        rows.collect_view()
    };
    let none = Memo::new(move |_| here().is_empty());
    view! {
        <Show when=move || !none.get()>
            <section class="heard-panel" aria-labelledby="watched">
                <h2 class="heard-panel__title" id="watched">{tr!("watch-title")}</h2>
                <ul class="govuk-task-list heard-tasks">{rows}</ul>
            </section>
        </Show>
    }
}

/// What could not be gathered: never left blank.
#[component]
fn NotGatheredTasks(place: Place) -> impl IntoView {
    let rows = move || {
        let rows = place.visit().not_gathered.into_iter().map(|told| {
            let next = words::short_date(told.what.next, place.calendar.today());
            view! {
                <li class="govuk-task-list__item">
                    <div class="govuk-task-list__name-and-hint">
                        {reason(told.what.reason)}
                        <div class="govuk-task-list__hint">{tr!("visit-tried-what", {"tried" => told.what.tried.clone()})}<br/>{tr!("visit-next-on", {"next" => next})}</div>
                    </div>
                    <div class="govuk-task-list__status"><StateOf place id=told.source.id/></div>
                </li>
            }
        });
        rows.collect_view()
    };
    let none = Memo::new(move |_| place.visit().not_gathered.is_empty());
    view! {
        <section class="heard-panel" aria-labelledby="not-gathered">
            <h2 class="heard-panel__title" id="not-gathered">{tr!("visit-not-gathered")}</h2>
            <Show when=move || !none.get()><ul class="govuk-task-list heard-tasks">{rows}</ul></Show>
            <p class="govuk-body"><a class="govuk-link" href=place.address(Step::NotGathered)>{tr!("visit-not-gathered-add")}</a></p>
        </section>
    }
}
