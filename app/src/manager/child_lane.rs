//! The child's own lane: what was placed where, how it was given, who may know, and the replay.

use std::collections::BTreeSet;

use domain::Record;
use domain::id::{CaptureId, ViewId};
use domain::payload::capture::Card;
use domain::payload::visit::Lane;
use domain::record::capture::Capture;
use domain::record::repeated::Repeated;
use domain::trust::{Lean, lean};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::given;
use super::harm::Harm;
use super::reading::{Reading, initialled};
use super::replay_bar::ReplayBar;
use crate::components::last_time::{LastTime, LastTimeScreen};
use crate::components::{BodySaid, Drawings, NewerWay, ViewCard, ViewScreen};
use crate::words;

/// Activities shown at once; those before them are folded away†, unless something in them was said otherwise another time.
const SHOWN_AT_ONCE: usize = 2;

/// One activity as the lane shows it.
#[derive(Clone, Debug, PartialEq)]
struct CaptureScreen {
    last_time: Option<LastTimeScreen>,
    capture: Capture,
    on: Date,
    by: String,
    /// What to know of whether the child agreed to be asked, and how much it matters.
    agreement: Option<(&'static str, String)>,
    /// Each view, and whether the plan speaks to it.
    views: Vec<(ViewScreen, bool)>,
}

/// The child's lane.
#[component]
pub fn ChildLane() -> impl IntoView {
    let reading = Reading::get();
    let captures = reading.read(move |record| captures(record, reading));
    let said = reading.read(|record| {
        let voices = record.voices.values().filter(|voice| voice.what.lane == Lane::Child);
        voices.map(|voice| voice.what.words.clone()).collect::<Vec<_>>()
    });
    let (recent, earlier) = (move || first(&captures.get()), move || rest(&captures.get()));
    let count = move || captures.with(|all| rest(all).len());
    view! {
        <section class="voice voice--child">
            <h2 class="voice__who">{reading.child()}</h2>
            <div class="voice__words">
                <Show when=move || captures.with(Vec::is_empty) && said.with(Vec::is_empty)>
                    <p class="heard-quiet">{tr!("manager-no-views")}</p>
                </Show>
                {move || said.get().into_iter().map(|words| view! { <p>{format!("“{words}”")}</p> }).collect_view()}
                <For each=recent key=|screen| screen.capture.id let:screen><CapturePart id=screen.capture.id captures/></For>
                <Show when=move || { count() > 0 }>
                    <details class="govuk-details">
                        <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{move || tr!("manager-earlier", {"count" => count()})}</span></summary>
                        <For each=earlier key=|screen| screen.capture.id let:screen><CapturePart id=screen.capture.id captures/></For>
                    </details>
                </Show>
            </div>
        </section>
    }
}

fn first(all: &[CaptureScreen]) -> Vec<CaptureScreen> {
    all.iter().enumerate().filter(|(place, screen)| is_open(*place, screen)).map(|(_, screen)| screen.clone()).collect()
}

fn rest(all: &[CaptureScreen]) -> Vec<CaptureScreen> {
    all.iter()
        .enumerate()
        .filter(|(place, screen)| !is_open(*place, screen))
        .map(|(_, screen)| screen.clone())
        .collect()
}

fn is_open(place: usize, screen: &CaptureScreen) -> bool {
    let is_contradicted = |(view, _): &(ViewScreen, bool)| matches!(view.repeated, Repeated::Changed(_));
    place < SHOWN_AT_ONCE || screen.views.iter().any(is_contradicted)
}

/// Those whose views the plan speaks to come before the others; then the newest first.
fn captures(record: &Record, reading: Reading) -> Vec<CaptureScreen> {
    let open: BTreeSet<ViewId> = record.views_without_action().iter().map(|view| view.id()).collect();
    let mut all: Vec<CaptureScreen> = record
        .captures
        .values()
        .map(|capture| {
            let at = record.visits.get(&capture.visit);
            let visit = at.and_then(|visit| visit.started.as_ref());
            let agreement = at.and_then(|visit| given::agreement(visit, &reading.child().get_untracked()));
            let views = capture.views().map(|view| (ViewScreen::of(view, record), !open.contains(&view.id())));
            CaptureScreen {
                on: visit.map_or_else(|| words::day_of(capture.started.captured_at), |started| started.what.on),
                by: initialled(&reading.directory.name_of(capture.started.by)),
                views: views.collect(),
                last_time: LastTimeScreen::of(capture, record),
                agreement,
                capture: capture.clone(),
            }
        })
        .collect();
    all.sort_by_key(|screen| std::cmp::Reverse((screen.on, screen.capture.started.captured_at)));
    all
}

/// One activity.
#[component]
fn CapturePart(id: CaptureId, captures: Memo<Vec<CaptureScreen>>) -> impl IntoView {
    let reading = Reading::get();
    let today = reading.calendar.today();
    let screen = Memo::new(move |_| captures.with(|all| all.iter().find(|screen| screen.capture.id == id).cloned()));
    let only_one = move || captures.with(|all| all.len() == 1);
    move || {
        screen.get().map(|screen| {
            let on = words::short_date(screen.on, today);
            let capture = screen.capture;
            let about = tr!("manager-capture", {"topic" => capture.question.topic.words.clone(), "on" => on, "by" => screen.by});
            view! {
                <div class="capture">
                    <h3 class=move || if only_one() { "capture__about govuk-visually-hidden" } else { "capture__about" }>{about}</h3>
                    <NewerWay asking=capture.asking.clone()/>
                    <p class="voice__aside">{tr!("asked-in-words", {"words" => capture.question.words.clone()})}</p>
                    <BodySaid capture=capture.clone()/>
                    <Drawings capture=capture.clone()/>
                    <Views views=screen.views/>
                    {screen.last_time.map(|screen| view! { <LastTime screen today/> })}
                    <Notes capture=capture.clone() agreement=screen.agreement/>
                    {(!capture.asking.is_practice()).then(|| view! { <HowItWasGiven capture=capture.clone()/> })}
                    {capture.asking.is_known().then(|| view! { <ReplayBar capture/> })}
                </div>
            }
        })
    }
}

#[component]
fn Views(views: Vec<(ViewScreen, bool)>) -> impl IntoView {
    let class = if views.len() > 2 { "capture__views capture__views--many" } else { "capture__views" };
    let cards = views
        .into_iter()
        .map(|(view, answered)| {
            view! {
                <ViewCard view>
                    {(!answered).then(|| view! { <span class="govuk-tag govuk-tag--yellow">{tr!("manager-no-action")}</span> })}
                </ViewCard>
            }
        })
        .collect_view();
    view! { <div class=class>{cards}</div> }
}

/// What a reader must know before trusting it.
#[component]
fn Notes(capture: Capture, agreement: Option<(&'static str, String)>) -> impl IntoView {
    let nothing = capture.placements.is_empty() && capture.asking.is_known() && !capture.asking.is_practice();
    let child = Reading::get().child().get_untracked();
    let stopped = (capture.stopped() && !capture.asking.is_practice())
        .then(|| tr!("manager-stopped", {"child" => child, "cards" => capture.counted().settled()}));
    let leans = lean(&capture).map(|lean| match lean {
        Lean::Answer => tr!("manager-same-answer"),
        Lean::Side => tr!("manager-same-side"),
    });
    let aside: Vec<String> = stopped
        .into_iter()
        .chain(words::warmed_up(&capture))
        .chain(words::another_way(&capture))
        .chain(words::lies_nowhere(&capture))
        .chain(words::checked(&capture))
        .chain(words::preference(&capture))
        .collect();
    view! {
        <Harm capture=capture.clone()/>
        {agreement.map(|(class, words)| view! { <p class=class>{words}</p> })}
        {(!aside.is_empty()).then(|| view! { <p class="voice__aside">{aside.join(" ")}</p> })}
        {nothing.then(|| view! { <p class="heard-quiet">{tr!("manager-nothing-placed")}</p> })}
        {capture.is_hand_over_hand().then(|| view! { <p class="heard-alert">{tr!("manager-hand-over-hand")}</p> })}
        {leans.map(|words| view! { <p class="heard-prompt">{words}</p> })}
    }
}

#[component]
fn HowItWasGiven(capture: Capture) -> impl IntoView {
    let child = Reading::get().child().get_untracked();
    let cells = capture.asking.options().first().map_or(0, |option| capture.asking.shown(&option.id).len());
    let how = match &capture.how_given {
        Some(how) => given::how_given(&how.what, cells),
        None => tr!("given-not-written"),
    };
    let (not, may) = match &capture.sharing {
        Some(chosen) => {
            let cards: Vec<Card> = capture.cards().cloned().collect();
            given::sharing(&chosen.what, &cards, &child)
        }
        None => (None, Some(tr!("sharing-not-said", {"child" => child}))),
    };
    view! {
        <p class="voice__aside">
            {how}
            {not.map(|not| view! { " "<strong>{not}</strong> })}
            {may.map(|may| format!(" {may}"))}
        </p>
    }
}
