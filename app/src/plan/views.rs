//! The child's views: those without an action first, each with "We will ask…" and "No action, because…".

use std::collections::BTreeSet;

use domain::id::ViewId;
use domain::payload::capture::Audience;
use domain::record::Record;
use domain::record::capture::CaptureView;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::action_form::{ActionForm, Start};
use super::desk::{Desk, Editing};
use crate::components::{ViewCard, ViewScreen};
use crate::words;

/// A view in the list, with where it comes from.
#[derive(Clone, Debug, PartialEq)]
struct ListedView {
    view: ViewScreen,
    topic: String,
    on: Date,
    kept_from: Vec<Audience>,
}

impl ListedView {
    fn of(view: CaptureView<'_>, record: &Record) -> ListedView {
        let visit = record.visits.get(&view.capture.visit).and_then(|visit| visit.started.as_ref());
        ListedView {
            view: ViewScreen::of(view, record),
            topic: view.capture.question.topic.words.clone(),
            on: visit.map_or_else(|| words::day_of(view.capture.started.captured_at), |started| started.what.on),
            kept_from: [Audience::Family, Audience::School].into_iter().filter(|who| view.is_kept_from(*who)).collect(),
        }
    }
}

/// The views that no action answers, newest first.
#[component]
pub fn OpenViews() -> impl IntoView {
    let desk = Desk::get();
    let views = desk.read(|record| {
        let mut views: Vec<ListedView> =
            record.views_without_action().into_iter().map(|view| ListedView::of(view, record)).collect();
        views.sort_by_key(|listed| std::cmp::Reverse(listed.on));
        views
    });
    let any = desk.read(|record| record.views().next().is_some());
    view! {
        <section class="heard-panel heard-panel--rows" aria-labelledby="plan-open-views">
            <h2 class="heard-panel__title" id="plan-open-views" tabindex="-1">{move || if any.get() { tr!("plan-views-open", {"count" => views.with(Vec::len)}) } else { tr!("plan-views-title") }}</h2>
            <Show when=move || !any.get()><p class="plan-view heard-quiet">{tr!("plan-views-none")}</p></Show>
            <Show when=move || any.get() && views.with(Vec::is_empty)><p class="plan-view heard-quiet">{tr!("plan-views-all-answered")}</p></Show>
            <For each=move || views.with(|views| by_place(views)) key=Clone::clone let((place, ids))>
                <Together place ids/>
            </For>
            <For each=move || views.get() key=|listed| listed.view.id.clone() let:listed>
                <OpenView listed/>
            </For>
        </section>
    }
}

/// Views that lie in the same place, two or more: one action can answer them all. By place, in the order of the list.
fn by_place(views: &[ListedView]) -> Vec<(String, BTreeSet<ViewId>)> {
    let mut places: Vec<(String, BTreeSet<ViewId>)> = Vec::new();
    for listed in views {
        let Some(cell) = &listed.view.cell else { continue };
        match places.iter_mut().find(|(words, _)| *words == cell.words) {
            Some((_, ids)) => drop(ids.insert(listed.view.id.clone())),
            None => places.push((cell.words.clone(), BTreeSet::from([listed.view.id.clone()]))),
        }
    }
    places.retain(|(_, ids)| ids.len() > 1);
    places
}

/// All views in one place at once.
#[component]
fn Together(place: String, ids: BTreeSet<ViewId>) -> impl IntoView {
    let about = tr!("plan-together", {"count" => ids.len(), "place" => place});
    view! {
        <div class="plan-view">
            <div class="plan-view__what"><p>{about.clone()}</p></div>
            <AskOrNothing ids about/>
        </div>
    }
}

#[component]
fn OpenView(listed: ListedView) -> impl IntoView {
    let today = Desk::get().calendar.today();
    let ids = BTreeSet::from([listed.view.id.clone()]);
    let about = listed.view.words();
    view! {
        <div class="plan-view">
            <div class="plan-view__what">
                <ViewCard view=listed.view.clone()/>
                <p class="heard-quiet heard-small">
                    {tr!("plan-view-from", {"topic" => listed.topic.clone(), "on" => words::short_date(listed.on, today)})}
                    <KeptFrom who=listed.kept_from.clone()/>
                </p>
            </div>
            <AskOrNothing ids about/>
        </div>
    }
}

/// What can be done about these views, and the form once it was chosen.
#[component]
fn AskOrNothing(ids: BTreeSet<ViewId>, about: String) -> impl IntoView {
    let desk = Desk::get();
    let (ask, nothing, mine) = (Editing::Ask(ids.clone()), Editing::Nothing(ids.clone()), ids);
    let (asking, refusing) = (ask.clone(), nothing.clone());
    let form = move || {
        desk.editing.with(|editing| match editing {
            Some(editing) if *editing == asking => Some(Start::Ask(mine.clone())),
            Some(editing) if *editing == refusing => Some(Start::Nothing(mine.clone())),
            _ => None,
        })
    };
    let form = Memo::new(move |_| form());
    view! {
        <Show when=move || desk.is_open().get() && form.get().is_none()>
            <div class="plan-view__do">
                <button
                    class="govuk-button" type="button" aria-label=tr!("plan-ask-label", {"view" => about.clone()})
                    on:click={ let ask = ask.clone(); move |_| desk.editing.set(Some(ask.clone())) }
                >{tr!("plan-ask")}</button>
                <button
                    class="govuk-button govuk-button--secondary" type="button" aria-label=tr!("plan-nothing-label", {"view" => about.clone()})
                    on:click={ let nothing = nothing.clone(); move |_| desk.editing.set(Some(nothing.clone())) }
                >{tr!("plan-nothing")}</button>
            </div>
        </Show>
        {move || form.get().map(|start| view! { <ActionForm start/> })}
    }
}

/// Someone who might be told.
pub fn audience(audience: Audience) -> String {
    match audience {
        Audience::Family => tr!("told-family"),
        Audience::School => tr!("told-school"),
        Audience::SocialWorker => tr!("told-worker"),
    }
}

/// Who the child does not want to know: remembered while the plan is written.
#[component]
fn KeptFrom(who: Vec<Audience>) -> impl IntoView {
    let child = Desk::get().child();
    let names: Vec<String> = who.into_iter().map(audience).collect();
    (!names.is_empty()).then(|| {
        let who = names.join(", ");
        view! { " "<strong>{move || tr!("plan-kept-from", {"child" => child.get(), "who" => who.clone()})}</strong> }
    })
}

/// The views that have an action, for looking up.
#[component]
pub fn AnsweredViews() -> impl IntoView {
    let desk = Desk::get();
    let views = desk.read(|record| {
        let open: Vec<ViewId> = record.views_without_action().iter().map(|view| view.id()).collect();
        let mut views: Vec<ListedView> =
            record.views().filter(|view| !open.contains(&view.id())).map(|view| ListedView::of(view, record)).collect();
        views.sort_by_key(|listed| std::cmp::Reverse(listed.on));
        views
    });
    let today = desk.calendar.today();
    view! {
        <Show when=move || !views.with(Vec::is_empty)>
            <details class="govuk-details">
                <summary class="govuk-details__summary">
                    <span class="govuk-details__summary-text">{move || tr!("plan-views-answered", {"count" => views.with(Vec::len)})}</span>
                </summary>
                <div class="plan-answered">
                    <For each=move || views.get() key=|listed| listed.view.id.clone() let:listed>
                        <div>
                            <ViewCard view=listed.view/>
                            <p class="heard-quiet heard-small">{tr!("plan-view-from", {"topic" => listed.topic, "on" => words::short_date(listed.on, today)})}</p>
                        </div>
                    </For>
                </div>
            </details>
        </Show>
    }
}
