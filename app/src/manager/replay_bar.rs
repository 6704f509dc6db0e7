//! The replay on the screen: the bar, the mat in small at one step, and the same as a list of steps.

use std::sync::Arc;
use std::time::Duration;

use domain::payload::capture::Card;
use domain::record::capture::Capture;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::reading::Reading;
use super::replay::{Frame, Moment, Part, Press, Replay, clock, frames, parts, stays_ms};
use super::replay_words::in_words;
use crate::components::Picture;

/// The bar under a mat, with the way into the replay. Nothing plays by itself.
#[component]
pub fn ReplayBar(capture: Capture) -> impl IntoView {
    let id = format!("replay-{}", capture.id);
    let frames = Arc::new(frames(&capture));
    let parts = parts(&frames);
    let open = RwSignal::new(false);
    let replay = RwSignal::new(Replay::new(frames.len()));
    let summary = summary(&capture, &frames);
    let cells: Arc<[Card]> = capture.asking.places().into();
    let controls = id.clone();
    (!frames.is_empty()).then(|| view! {
        <div class="replay">
            <button
                class="govuk-button govuk-button--secondary" type="button" aria-expanded=move || open.get().to_string() aria-controls=controls
                on:click=move |_| { open.update(|open| *open = !*open); replay.update(|replay| *replay = replay.after(Press::Pause)); }
            >{move || if open.get() { tr!("replay-close") } else { tr!("replay-open") }}</button>
            <Track parts replay open/>
            <p class="replay__words">{summary}</p>
        </div>
        <div id=id>
            {move || open.get().then(|| view! { <Stage frames=frames.clone() cells=cells.clone() replay/> })}
        </div>
    })
}

/// "38 s, moved once. Placed: 1 of 9".
fn summary(capture: &Capture, frames: &[Frame]) -> String {
    let moved = frames.iter().filter(|frame| matches!(frame.moment, Moment::Moved { .. })).count();
    let seconds = capture.seconds();
    let time = if seconds < 90 {
        tr!("replay-seconds", {"seconds" => seconds})
    } else {
        tr!("replay-minutes", {"minutes" => (seconds + 30) / 60})
    };
    let moved = if moved == 0 { tr!("replay-moved-never") } else { tr!("view-moved", {"times" => moved}) };
    let counted = capture.counted();
    match counted.of {
        Some(all) => {
            tr!("replay-summary", {"time" => time, "moved" => moved, "placed" => counted.placed, "all" => all})
        }
        None => tr!("replay-summary-open", {"time" => time, "moved" => moved, "placed" => counted.placed}),
    }
}

/// The bar: each part as long as it took. Only a picture: the buttons and the list do the same.
#[component]
fn Track(parts: Vec<Part>, replay: RwSignal<Replay>, open: RwSignal<bool>) -> impl IntoView {
    let parts = parts
        .into_iter()
        .map(|part| {
            let frames = part.frames.clone();
            let now = move || open.get() && frames.contains(&replay.get().frame);
            let class = if part.is_pause { "replay__part replay__part--pause" } else { "replay__part" };
            // A long pause must not squeeze the rest out of sight.
            let share = (part.lasts_ms.clamp(1_000, 60_000) / 100).to_string();
            view! { <span class=class class=("replay__part--now", now) style:flex-grow=share></span> }
        })
        .collect_view();
    view! { <div class="replay__track" aria-hidden="true">{parts}</div> }
}

/// The mat at one step, its buttons and the list.
#[component]
fn Stage(frames: Arc<Vec<Frame>>, cells: Arc<[Card]>, replay: RwSignal<Replay>) -> impl IntoView {
    let press = move |press: Press| replay.update(|replay| *replay = replay.after(press));
    let timed = frames.clone();
    // One timer at a time, gone with the step it belongs to.
    Effect::new(move |_| {
        let now = replay.get();
        if now.playing
            && let Ok(timer) = set_timeout_with_handle(
                move || {
                    replay.try_update(|replay| *replay = replay.after(Press::Tick));
                },
                Duration::from_millis(stays_ms(&timed, now.frame)),
            )
        {
            on_cleanup(move || timer.clear());
        }
    });
    let keys = move |event: KeyboardEvent| {
        let pressed = match event.key().as_str() {
            "ArrowRight" => Press::Next,
            "ArrowLeft" => Press::Back,
            "Home" => Press::First,
            "End" => Press::Last,
            _ => return,
        };
        event.prevent_default();
        press(pressed);
    };
    let child = Reading::get().child().get_untracked();
    let (told, shown) = (frames.clone(), frames.clone());
    let count = frames.len();
    let status = move || {
        let now = replay.get().frame;
        told.get(now).map(|frame| {
            let step = tr!("replay-step", {"step" => now + 1, "of" => count, "time" => clock(frame.at_ms)});
            (step, in_words(frame, &child))
        })
    };
    let at_start = move || replay.get().frame == 0;
    view! {
        <div class="replay-stage" role="group" aria-label=tr!("replay-label") on:keydown=keys>
            {move || shown.get(replay.get().frame).map(|frame| view! { <Mat frame=frame.clone() cells=cells.clone()/> })}
            <p class="replay-stage__status" aria-live=move || if replay.get().playing { "off" } else { "polite" }>
                {move || status().map(|(step, words)| view! { <span class="heard-quiet">{step}</span>" "<strong>{words}</strong> })}
            </p>
            <div class="replay-stage__buttons">
                <button class="govuk-button govuk-button--secondary" type="button" aria-disabled=move || at_start().to_string() on:click=move |_| press(Press::Back)>{tr!("replay-back")}</button>
                <button
                    class="govuk-button" type="button"
                    on:click=move |_| press(if replay.get_untracked().playing { Press::Pause } else { Press::Play })
                >{move || if replay.get().playing { tr!("replay-pause") } else { tr!("replay-play") }}</button>
                <button class="govuk-button govuk-button--secondary" type="button" aria-disabled=move || replay.get().is_at_end().to_string() on:click=move |_| press(Press::Next)>{tr!("replay-next")}</button>
            </div>
            <Steps frames replay/>
        </div>
    }
}

/// The mat in small: what is on the screen, and what lies where.
#[component]
fn Mat(frame: Frame, cells: Arc<[Card]>) -> impl IntoView {
    let touched = match &frame.moment {
        Moment::Placed { card, .. } | Moment::Moved { card, .. } => Some(card.id.clone()),
        _ => None,
    };
    let cells = cells
        .iter()
        .cloned()
        .map(|cell| {
            let lies: Vec<Card> = frame.placed.iter().filter(|(_, at)| *at == cell.id).map(|(card, _)| card.clone()).collect();
            let cards = lies
                .into_iter()
                .map(|card| {
                    let now = touched.as_ref() == Some(&card.id);
                    view! { <li class="replay-mat__card" class=("replay-mat__card--now", now)><Picture symbol=card.symbol/><span>{card.words}</span></li> }
                })
                .collect_view();
            view! {
                <div class="replay-mat__cell">
                    <p class="replay-mat__scale"><Picture symbol=cell.symbol/><span>{cell.words}</span></p>
                    <ul class="replay-mat__cards">{cards}</ul>
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="replay-mat" aria-hidden="true">
            <div class="replay-mat__showing">
                {frame.showing.map(|card| view! { <p class="replay-mat__option"><Picture symbol=card.symbol/><span>{card.words}</span></p> })}
            </div>
            <div class="replay-mat__cells">{cells}</div>
        </div>
    }
}

/// The same as a list, each step a way to it.
#[component]
fn Steps(frames: Arc<Vec<Frame>>, replay: RwSignal<Replay>) -> impl IntoView {
    let child = Reading::get().child().get_untracked();
    let steps = frames
        .iter()
        .enumerate()
        .map(|(place, frame)| {
            let words = in_words(frame, &child);
            let now = move || replay.get().frame == place;
            view! {
                <li class="replay-steps__step" aria-current=move || now().then_some("step")>
                    <button class="replay-steps__go" type="button" on:click=move |_| replay.update(|replay| *replay = replay.after(Press::GoTo(place)))>
                        <time>{clock(frame.at_ms)}</time>" "<span>{words}</span>
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="govuk-details replay-stage__list">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{tr!("replay-all-steps", {"count" => frames.len()})}</span></summary>
            <ol class="replay-steps">{steps}</ol>
        </details>
    }
}
