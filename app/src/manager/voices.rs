//! The other voices, side by side; what was not gathered; what the worker makes of it, in a lane of its own.

use domain::Record;
use domain::payload::visit::Lane;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::reading::{Reading, initialled};
use crate::components::observed::{SeriesScreen, WhatWasSeen};
use crate::words;
use crate::worker::reason;

/// What one person said, once.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    words: String,
    through: Option<String>,
    on: Date,
}

/// One person's lane.
#[derive(Clone, Debug, PartialEq)]
struct LaneScreen {
    lane: Lane,
    who: String,
    said: Vec<Said>,
}

/// Each voice by name: parents, family, professionals, then what was seen. Newest words first, never blended.
fn lanes(record: &Record) -> Vec<LaneScreen> {
    let mut lanes: Vec<LaneScreen> = Vec::new();
    let mut voices: Vec<_> = record.voices.values().filter(|voice| voice.what.lane != Lane::Child).collect();
    voices.sort_by_key(|voice| (voice.what.lane, std::cmp::Reverse(voice.source.captured_at)));
    for voice in voices {
        let started = voice.what.visit.and_then(|visit| record.visits.get(&visit)?.started.as_ref());
        let said = Said {
            words: voice.what.words.clone(),
            through: voice.what.through.clone(),
            on: started.map_or_else(|| words::day_of(voice.source.captured_at), |started| started.what.on),
        };
        match lanes.iter_mut().find(|lane| lane.lane == voice.what.lane && lane.who == voice.what.who) {
            Some(lane) => lane.said.push(said),
            None => lanes.push(LaneScreen { lane: voice.what.lane, who: voice.what.who.clone(), said: vec![said] }),
        }
    }
    lanes
}

/// The lanes beside the child's.
#[component]
pub fn OtherVoices() -> impl IntoView {
    let reading = Reading::get();
    let lanes = reading.read(lanes);
    let today = reading.calendar.today();
    move || lanes.get().into_iter().map(|lane| view! { <OneLane lane today/> }).collect_view()
}

#[component]
fn OneLane(lane: LaneScreen, today: Date) -> impl IntoView {
    let seen = lane.lane == Lane::Observation;
    let kind = match lane.lane {
        Lane::Parent | Lane::Child => None,
        Lane::Family => Some(tr!("lane-family")),
        Lane::Professional => Some(tr!("lane-professional")),
        Lane::Observation => Some(tr!("lane-observation")),
    };
    let said = lane
        .said
        .into_iter()
        .map(|said| {
            let on = words::short_date(said.on, today);
            let when = match said.through {
                Some(through) => tr!("manager-said-through", {"on" => on, "through" => through}),
                None => tr!("manager-said-on", {"on" => on}),
            };
            // What somebody saw is not what somebody said.
            let words = if seen { said.words } else { format!("“{}”", said.words) };
            view! { <p>{words}" "<span class="heard-quiet">{when}</span></p> }
        })
        .collect_view();
    view! {
        <section class="voice">
            <h2 class="voice__who">{lane.who}{kind.map(|kind| view! { <span class="voice__kind">{kind}</span> })}</h2>
            <div class="voice__words">{said}</div>
        </section>
    }
}

/// What was seen where the child could not be asked, in a lane of its own.
#[component]
pub fn Watched() -> impl IntoView {
    let reading = Reading::get();
    let series = reading.read(SeriesScreen::of);
    let today = reading.calendar.today();
    let child = reading.child();
    move || {
        series.get().map(|screen| view! {
            <section class="voice">
                <h2 class="voice__who">{tr!("watch-title")}<span class="voice__kind">{tr!("lane-observation")}</span></h2>
                <div class="voice__words"><WhatWasSeen screen name=child.get() today/></div>
            </section>
        })
    }
}

/// Views that could not be gathered: why, what was tried, when next.
#[component]
pub fn NotGathered() -> impl IntoView {
    let reading = Reading::get();
    let today = reading.calendar.today();
    let not = reading.read(|record| {
        let told = record.visits.values().flat_map(|visit| {
            let on = visit.started.as_ref().map(|started| started.what.on);
            visit
                .not_gathered
                .iter()
                .map(move |not| (on.unwrap_or_else(|| words::day_of(not.source.captured_at)), not.what.clone()))
        });
        let mut told: Vec<_> = told.collect();
        told.sort_by_key(|(on, _)| std::cmp::Reverse(*on));
        told
    });
    view! {
        <Show when=move || !not.with(Vec::is_empty)>
            <section class="voice">
                <h2 class="voice__who">{tr!("manager-not-gathered")}</h2>
                <div class="voice__words">
                    {move || not.get().into_iter().map(|(on, not)| view! {
                        <p>
                            {tr!("manager-not-gathered-why", {"on" => words::short_date(on, today), "why" => reason(not.reason)})}
                            " "{not.words}" "
                            <span class="heard-quiet">{tr!("manager-not-gathered-next", {"tried" => not.tried, "next" => words::short_date(not.next, today)})}</span>
                        </p>
                    }).collect_view()}
                </div>
            </section>
        </Show>
    }
}

/// What the worker thinks the views mean, and what else could explain them: plainly the worker's.
#[component]
pub fn WorkersReading() -> impl IntoView {
    let reading = Reading::get();
    let meanings = reading.read(move |record| {
        let mut captures: Vec<_> = record.captures.values().collect();
        captures.sort_by_key(|capture| std::cmp::Reverse(capture.started.captured_at));
        let told = captures.into_iter().flat_map(|capture| {
            let topic = capture.question.topic.words.clone();
            // Written again, it is a correction: the last one stands.
            capture
                .interpretations
                .last()
                .map(|meaning| (topic, initialled(&reading.directory.name_of(meaning.source.by)), meaning.what.clone()))
        });
        told.collect::<Vec<_>>()
    });
    view! {
        <Show when=move || !meanings.with(Vec::is_empty)>
            <section class="voice">
                <h2 class="voice__who">{tr!("manager-meaning")}<span class="voice__kind">{tr!("manager-meaning-kind")}</span></h2>
                <div class="voice__words">
                    {move || meanings.get().into_iter().map(|(topic, by, meaning)| {
                        let other = domain::text::trimmed(&meaning.other_explanations).to_owned();
                        view! {
                            <p><span class="heard-quiet">{tr!("manager-meaning-by", {"by" => by, "topic" => topic})}</span>" "{meaning.words}</p>
                            {(!other.is_empty()).then(|| view! { <p class="review__other"><span class="heard-quiet">{tr!("manager-meaning-other")}</span>" "{other}</p> })}
                        }
                    }).collect_view()}
                </div>
            </section>
        </Show>
    }
}
