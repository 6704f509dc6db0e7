//! What was seen on several occasions, read by adults: never shown as the child's words.

use domain::Record;
use domain::payload::observation::{Confidence, Mark, ObservationRead, Pain};
use domain::record::observation::{OCCASIONS, Observation, Series, WATCHERS};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::words;

/// The picture of what a child does; none of what happens around them.
pub fn mark_symbol(mark: Mark) -> Option<&'static str> {
    Some(match mark {
        Mark::LooksAt => "can-see",
        Mark::TurnsAway => "walking",
        Mark::Smiles => "happy",
        Mark::GoesStill => "waiting",
        Mark::Reaches => "dont-touch",
        Mark::PushesAway => "stop",
        Mark::Sounds => "loud-noises",
        Mark::Frowns => "sad",
        Mark::SomethingElse => "something-else",
        Mark::Begins | Mark::Ends | Mark::SomeoneCameIn | Mark::Moved => return None,
    })
}

/// A mark in words.
pub fn mark_words(mark: Mark) -> String {
    match mark {
        Mark::LooksAt => tr!("mark-looks-at"),
        Mark::TurnsAway => tr!("mark-turns-away"),
        Mark::Smiles => tr!("mark-smiles"),
        Mark::GoesStill => tr!("mark-goes-still"),
        Mark::Reaches => tr!("mark-reaches"),
        Mark::PushesAway => tr!("mark-pushes-away"),
        Mark::Sounds => tr!("mark-sounds"),
        Mark::Frowns => tr!("mark-frowns"),
        Mark::SomethingElse => tr!("mark-something-else"),
        Mark::Begins => tr!("mark-begins"),
        Mark::Ends => tr!("mark-ends"),
        Mark::SomeoneCameIn => tr!("mark-came-in"),
        Mark::Moved => tr!("mark-moved"),
    }
}

/// "smiles 3, 2 of them while it went on; frowns or cries 1": nothing where nothing was marked.
pub fn marked(of: &Observation) -> Option<String> {
    let counts: Vec<String> = of
        .counts()
        .into_iter()
        .filter(|(mark, _)| mark.is_of_child())
        .map(|(mark, count)| match of.while_it_went_on(mark) {
            Some((during, _)) => {
                tr!("observed-during", {"mark" => mark_words(mark), "count" => count, "during" => during})
            }
            None => tr!("observed-count", {"mark" => mark_words(mark), "count" => count}),
        })
        .collect();
    (!counts.is_empty()).then(|| counts.join("; "))
}

/// How sure somebody is, in words.
pub fn confidence_words(confidence: Confidence) -> String {
    match confidence {
        Confidence::Low => tr!("confidence-low"),
        Confidence::Some => tr!("confidence-some"),
        Confidence::High => tr!("confidence-high"),
    }
}

/// Pain, in words.
pub fn pain_words(pain: Pain) -> String {
    match pain {
        Pain::None => tr!("pain-none"),
        Pain::Signs => tr!("pain-signs"),
        Pain::Unknown => tr!("pain-unknown"),
    }
}

/// How far the series has come, where it is no series yet.
fn too_few(series: Series) -> Option<String> {
    let Series { occasions, watchers } = series;
    (!series.is_enough()).then(|| {
        tr!("observed-too-few", {"occasions" => occasions, "needed" => OCCASIONS, "watchers" => watchers, "people" => WATCHERS})
    })
}

/// One occasion for a reader.
#[component]
pub fn Observed(of: Observation, today: Date) -> impl IntoView {
    let Some(started) = of.started.clone() else { return ().into_any() };
    let on = words::near_time(started.source.captured_at, today);
    let about =
        tr!("observed-about", {"what" => started.what.what.clone(), "who" => started.what.who.clone(), "on" => on});
    let before: Vec<String> = [
        tr!("observed-awake", {"of" => started.what.alertness}),
        pain_words(started.what.pain),
        started.what.posture.clone(),
        started.what.health.clone(),
    ]
    .into_iter()
    .filter(|words| domain::text::is_visible(words))
    .collect();
    let readings = of.readings.iter().map(|read| {
        let ObservationRead { who, behaviour, meaning, otherwise, confidence, .. } = read.what.clone();
        view! {
            <p>{behaviour}" "<span class="heard-quiet">{tr!("observed-reads", {"who" => who, "confidence" => confidence_words(confidence)})}</span></p>
            <p>{tr!("observed-meaning", {"words" => meaning})}" "{tr!("observed-otherwise", {"words" => otherwise})}</p>
        }
    });
    view! {
        <div class="observed">
            <p><strong>{about}</strong></p>
            <p class="heard-quiet">{before.join("; ")}</p>
            {marked(&of).map(|words| view! { <p>{words}</p> })}
            {readings.collect_view()}
        </div>
    }
    .into_any()
}

/// A series as readers have it: what it is and is not, then each occasion, newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeriesScreen {
    occasions: Vec<Observation>,
    too_few: Option<String>,
}

impl SeriesScreen {
    /// The series of a record; none while nobody has watched.
    pub fn of(record: &Record) -> Option<SeriesScreen> {
        let series = record.series()?;
        let occasions = record.observed().into_iter().rev().map(|(_, of)| of.clone()).collect();
        Some(SeriesScreen { occasions, too_few: too_few(series) })
    }
}

/// The series.
#[component]
pub fn WhatWasSeen(screen: SeriesScreen, name: String, today: Date) -> impl IntoView {
    view! {
        <p class="heard-prompt">{tr!("observed-not-words", {"name" => name})}" "{screen.too_few}</p>
        {screen.occasions.into_iter().map(|of| view! { <Observed of today/> }).collect_view()}
    }
}
