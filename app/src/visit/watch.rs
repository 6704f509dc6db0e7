//! Watching a child who cannot be asked: a few words before, marks with one thumb while it lasts, words afterwards.

mod reading;
mod start;

use domain::Payload;
use domain::id::ObservationId;
use domain::payload::observation::{Mark, MarkTakenBack, ObservationMarked};
use domain::record::observation::Observation;
use leptos::prelude::*;
use leptos_fluent::tr;
use leptos_router::hooks::use_query_map;

use super::place::at_visit;
use super::{Place, Step};
use crate::components::observed::{mark_symbol, mark_words, marked};
use crate::components::{Page, Picture};
use crate::state::Urgency;
use crate::words;
use reading::Reading;
use start::Before;

/// What `?observation=` and `&read` ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Before,
    Marks(ObservationId),
    Reading(ObservationId),
}

fn address(place: Place, observation: ObservationId, read: bool) -> String {
    let read = if read { "&read" } else { "" };
    format!("{}?observation={observation}{read}", place.address(Step::Watch))
}

/// Where what was seen is read.
pub(super) fn reading_address(place: Place, observation: ObservationId) -> String {
    address(place, observation, true)
}

fn observation(place: Place, id: ObservationId) -> Observation {
    place.record().observations.get(&id).cloned().unwrap_or_default()
}

/// One occasion.
#[component]
pub fn WatchPage() -> impl IntoView {
    let query = use_query_map();
    at_visit(move |place| {
        let part = Memo::new(move |_| {
            let id = query.with(|query| query.get("observation")).and_then(|id| id.parse::<ObservationId>().ok());
            let is_here = |id: &ObservationId| place.record().observations.contains_key(id);
            match id.filter(is_here) {
                Some(id) if query.with(|query| query.get("read").is_some()) => Part::Reading(id),
                Some(id) => Part::Marks(id),
                None => Part::Before,
            }
        });
        let page = move || match part.get() {
            Part::Before => view! { <Before place/> }.into_any(),
            Part::Marks(id) => view! { <Marks place id/> }.into_any(),
            Part::Reading(id) => view! { <Reading place id/> }.into_any(),
        };
        page.into_any()
    })
}

/// Marks with one thumb. Each is saved as it is made.
#[component]
fn Marks(place: Place, id: ObservationId) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let write = Action::new_local(move |payload: &Payload| {
        let payload = payload.clone();
        async move {
            let saved = place.records.record(place.stream, vec![payload], Urgency::WithTheRest).await;
            problem.set(saved.err().map(|problem| words::not_saved(&problem)));
        }
    });
    let mark = move |mark: Mark| {
        write.dispatch_local(Payload::ObservationMarked(ObservationMarked { observation: id, mark }));
    };
    let seen = Memo::new(move |_| observation(place, id));
    let last = move || seen.with(|seen| seen.marks.last().copied());
    let now = place.calendar.today();
    let child = Mark::OF_CHILD.into_iter().map(move |one| {
        let made = move || seen.with(|seen| seen.marks.iter().filter(|(_, made)| *made == one).count());
        view! {
            <button class="mark" type="button" on:click=move |_| mark(one)>
                {mark_symbol(one).map(|symbol| view! { <Picture symbol/> })}
                <span class="mark__words">{mark_words(one)}</span>
                <span class="mark__count">{move || Some(made()).filter(|made| *made > 0)}</span>
            </button>
        }
    });
    let around = Mark::AROUND.into_iter().map(move |one| {
        view! {
            <button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| mark(one)>{mark_words(one)}</button>
        }
    });
    let what = seen.with_untracked(|seen| seen.started.as_ref().map(|started| started.what.what.clone()));
    let what = what.unwrap_or_default();
    view! {
        <Page title=tr!("watch-title")>
            <a class="govuk-back-link" href=place.address(Step::Topics)>{tr!("visit-back-topics")}</a>
            <h1 class="heard-title">{tr!("watch-heading", {"name" => place.name(), "what" => what})}</h1>
            <p class="heard-title__second">{tr!("watch-marks-lead")}</p>
            {move || problem.get().map(|words| view! { <p class="heard-alert" role="alert">{words}</p> })}
            <div class="heard-split">
                <div class="heard-stack">
                    <div class="marks" role="group" aria-label=tr!("watch-marks")>{child.collect_view()}</div>
                    <div class="govuk-button-group" role="group" aria-label=tr!("watch-around")>{around.collect_view()}</div>
                </div>
                <aside class="heard-stack heard-beside" aria-label=tr!("watch-beside")>
                    <section class="heard-panel" aria-labelledby="marked">
                        <h2 class="heard-panel__title" id="marked">{tr!("watch-beside")}</h2>
                        <p class="govuk-body" role="status">{move || match last() {
                            Some((at, mark)) => tr!("watch-last", {"mark" => mark_words(mark), "at" => words::near_time(at, now)}),
                            None => tr!("watch-none"),
                        }}</p>
                        <p class="govuk-body">{move || seen.with(marked)}</p>
                        <Show when=move || last().is_some()>
                            <button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| {
                                write.dispatch_local(Payload::MarkTakenBack(MarkTakenBack { observation: id }));
                            }>{tr!("watch-take-back")}</button>
                        </Show>
                    </section>
                    <p class="heard-prompt">{tr!("observed-not-words", {"name" => place.name()})}</p>
                    <a class="govuk-button" draggable="false" href=address(place, id, true)>{tr!("watch-stop")}</a>
                </aside>
            </div>
        </Page>
    }
}
