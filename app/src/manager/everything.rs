//! Everything that is held of a child, for a request to see it: line by line, and each can be left out of the paper.

use std::sync::Arc;

use domain::Record;
use domain::payload::Payload;
use domain::payload::visit::Paper;
use domain::permission::Action;
use domain::record::capture::Capture;
use domain::record::item::Item;
use domain::text;
use jiff::Timestamp;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::{Check, Page, paper};
use crate::record::{Place, at_record};
use crate::words;
use crate::worker::kind_in_words;

/// The record of the child in the address, with its family's.
#[component]
pub fn EverythingPage() -> impl IntoView {
    at_record(Action::Allocate, |place| view! { <Everything place/> }.into_any())
}

/// One thing that somebody wrote, or that the child said.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    at: Option<Timestamp>,
    by: String,
    what: String,
    /// What each part is called, where it has a name, and what it says.
    parts: Vec<(String, String)>,
}

#[component]
fn Everything(place: Place) -> impl IntoView {
    let family = Memo::new(move |_| place.record().family.map(|family| place.records.record_of(family)));
    let lines = Memo::new(move |_| {
        let family = family.get().and_then(|family| family.get());
        let mut lines: Vec<Line> =
            std::iter::once(place.record()).chain(family).flat_map(|record| lines(place, &record)).collect();
        lines.sort_by_key(|line| line.at);
        lines
    });
    let left_out = RwSignal::new(0_usize);
    let name = move || place.record().child.as_ref().map(|child| child.what.name.full()).unwrap_or_default();
    view! {
        <Page title=tr!("everything-title")>
            <a class="govuk-back-link" href=place.address()>{tr!("visit-not-yours-record")}</a>
            <h1 class="heard-title">{tr!("everything-title")}</h1>
            <p class="heard-title__second"><bdi>{name}</bdi></p>
            <div class="heard-no-print">
                <p class="govuk-body">{tr!("everything-how")}</p>
                <p class="govuk-body"><a class="govuk-link" href=format!("{}/access", place.address())>{tr!("access-child-link")}</a></p>
                <p><button class="govuk-button" type="button" on:click=move |_| paper::print(place.records, place.stream, Paper::Everything)>{tr!("passport-print")}</button></p>
            </div>
            {move || (left_out.get() > 0).then(|| view! { <p class="govuk-body" role="status">{tr!("everything-left-out", {"count" => left_out.get()})}</p> })}
            <div class="heard-panel"><ol class="heard-list">
                {move || lines.get().into_iter().enumerate().map(|(nth, line)| view! { <OneLine nth line left_out/> }).collect_view()}
            </ol></div>
        </Page>
    }
}

#[component]
fn OneLine(nth: usize, line: Line, left_out: RwSignal<usize>) -> impl IntoView {
    let is_out = RwSignal::new(false);
    Effect::new(move |was_out: Option<bool>| {
        let is_out = is_out.get();
        match (was_out.unwrap_or_default(), is_out) {
            (false, true) => left_out.update(|count| *count += 1),
            (true, false) => left_out.update(|count| *count -= 1),
            _ => {}
        }
        is_out
    });
    let at = line.at.map(|at| {
        let day = words::day_of(at).strftime("%-d %B %Y").to_string();
        format!("{day}, {}", words::clock_time(at))
    });
    view! {
        <li class="heard-list__row heard-list__row--stacked everything__line" class:everything__line--out=move || is_out.get()>
            <strong>{line.what.clone()}</strong>" "<span class="heard-quiet">{at}", "{line.by}</span>
            {line.parts.into_iter().map(|(name, said)| {
                let name = (!name.is_empty()).then(|| view! { <span class="heard-quiet">{name}": "</span> });
                view! { <p class="heard-list__words">{name}<bdi>{said}</bdi></p> }
            }).collect_view()}
            <div class="heard-no-print"><Check id=format!("out-{nth}") label=tr!("everything-leave-out") value=is_out/></div>
        </li>
    }
}

fn lines(place: Place, record: &Arc<Record>) -> Vec<Line> {
    let written = record.items.iter().filter_map(|item| line(place, item));
    let said = record.captures.values().map(|capture| said(place, capture));
    written.chain(said).filter(|line| !line.parts.is_empty()).collect()
}

/// What somebody wrote. What was set up for an activity is told by the activity.
fn line(place: Place, item: &Item) -> Option<Line> {
    let payload = item.payload.as_ref().filter(|payload| !matches!(payload, Payload::CaptureStarted(_)))?;
    let (by, what) = (place.directory.name_of(item.by), kind_in_words(payload.kind()));
    Some(Line { at: item.captured_at, by, what, parts: text::all_parts(payload) })
}

/// What the child said in one activity.
fn said(place: Place, capture: &Capture) -> Line {
    let asked = tr!("asked-in-words", {"words" => capture.question.words.clone()});
    let views = capture.views().map(|view| {
        let about = view.placed.option.words.clone();
        view.place().map_or(about.clone(), |place| format!("{about}: {}", place.words))
    });
    let made = capture.made.values().map(|made| made.words.clone()).filter(|words| text::is_visible(words));
    let nowhere = words::lies_nowhere(capture);
    let words = std::iter::once(asked).chain(views).chain(nowhere).chain(made);
    let parts = words.map(|words| (String::new(), words)).collect();
    let what = tr!("item-mat", {"topic" => capture.question.topic.words.clone()});
    let by = place.directory.name_of(capture.started.by);
    Line { at: Some(capture.started.captured_at), by, what, parts }
}
