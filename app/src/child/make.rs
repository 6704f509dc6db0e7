//! A drawing, and words letter by letter: made on the screen, looked at in the end, and gone on with.
//!
//! A line is drawn by a finger, a pen or a mouse, or step by step. Steps and letters are targets like any other place, so that they
//! are reached by a switch or by eyes too.

use domain::asking::Kind;
use domain::id::PresentationId;
use domain::payload::making::{Ink, Line, MOST_LETTERS, MOST_POINTS, SHEET};
use domain::payload::profile::Input;
use leptos::ev::PointerEvent;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::activity::{Activity, Overlay};
use super::escapes::StopOnly;
use super::placing::{WaysOut, announce, open_card};
use super::review::{Content, Left};
use super::steps::{Pen, Steps};
use super::tap::Tap;
use crate::components::{Lines, Picture, ink_name, path};
use crate::platform::page;
use crate::platform::typing::{Typed, typed};

/// A finger that moves less than this on the sheet draws nothing new.
const LEAST_MOVE: u16 = 4;
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz.?";

fn showing(activity: Activity) -> Option<PresentationId> {
    activity.capture.with_untracked(|capture| capture.open_presentation.as_ref().map(|(open, _)| *open))
}

/// The lines that are on the sheet; follows them.
fn lines(activity: Activity) -> Vec<Line> {
    activity.capture.with(|capture| capture.drawings().flat_map(|(_, lines)| lines.to_vec()).collect())
}

/// The words that stand there; follows them.
fn words(activity: Activity) -> String {
    activity.capture.with(|capture| capture.made.values().map(|made| made.words.as_str()).collect())
}

/// Says what it is about, and that it is done.
#[component]
fn Making(activity: Activity, children: Children) -> impl IntoView {
    let card = open_card(activity);
    announce(activity);
    let done = activity.capture.with_untracked(|capture| capture.asking.places().first().cloned());
    let is_something = Memo::new(move |_| {
        activity.capture.with(|capture| capture.made.values().any(domain::record::made::Made::is_something))
    });
    view! {
        <section class="child__make" role="group" aria-labelledby="child-ask child-words">
            <div class="make__head">
                <p class="child__ask" id="child-ask">{activity.capture.with_untracked(|capture| capture.question.words.clone())}</p>
                <h1 class="child__words" id="child-words" tabindex="-1">{move || card.get().map(|card| card.words)}</h1>
            </div>
            {children()}
            <div class="make__done">
                {done.map(|done| view! {
                    <Show when=move || is_something.get()>
                        <button class="choice" type="button" data-target="done" data-rank="navigation" on:click={
                            let cell = done.id.clone();
                            move |_| if let Some(showing) = showing(activity) { activity.press(Tap::Place { showing, cell: cell.clone() }); }
                        }>{tr!("child-done")}</button>
                    </Show>
                })}
            </div>
        </section>
        <WaysOut activity/>
    }
}

/// A sheet, and what to draw with.
#[component]
pub(super) fn Draw(activity: Activity) -> impl IntoView {
    let ink = RwSignal::new(Ink::default());
    let inks = move |one: Ink| {
        let words = ink_words(one);
        view! {
            <button
                class="make__ink" type="button" data-target=format!("ink-{}", ink_name(one)) data-ink=ink_name(one) aria-label=words.clone() data-says=words
                aria-pressed=move || (ink.get() == one).to_string() on:click=move |_| ink.set(one)
            ></button>
        }
    };
    // A child who does not touch has a pen that goes step by step.
    let by_steps = activity.capture.with_untracked(|capture| capture.layout.input != Input::Touch);
    let last = untrack(|| lines(activity)).last().and_then(|line| line.points.last().copied());
    let pen = by_steps.then(|| Pen::begin(last));
    let undo = move |_| {
        let began = untrack(|| lines(activity)).last().and_then(|line| line.points.first().copied());
        let is_taken_back = showing(activity).is_some_and(|showing| activity.press(Tap::Undraw(showing)));
        // The pen goes back to where that line began.
        if let Some((pen, began)) = pen.zip(began).filter(|_| is_taken_back) {
            pen.at.set(began);
        }
    };
    let drawn = Callback::new(move |line: [(u16, u16); 2]| {
        if let Some(showing) = showing(activity) {
            activity.press(Tap::Draw(showing, Line { ink: ink.get_untracked(), points: line.into() }));
        }
    });
    view! {
        <Making activity>
            <div class="make__sheet">
                <div class="make__tools">
                    <div class="make__inks" role="group" aria-label=tr!("child-inks")>
                        {Ink::ALL.into_iter().map(inks).collect_view()}
                        <button class="make__undo" type="button" data-target="undraw" data-rank="navigation" disabled=move || activity.capture.with(|capture| capture.drawings().next().is_none()) on:click=undo>{tr!("child-undraw")}</button>
                    </div>
                    {pen.map(|pen| view! { <Steps pen drawn/> })}
                </div>
                <Sheet activity ink pen/>
            </div>
        </Making>
    }
}

fn ink_words(ink: Ink) -> String {
    match ink {
        Ink::Black => tr!("ink-black"),
        Ink::Red => tr!("ink-red"),
        Ink::Orange => tr!("ink-orange"),
        Ink::Green => tr!("ink-green"),
        Ink::Blue => tr!("ink-blue"),
        Ink::Purple => tr!("ink-purple"),
        Ink::Brown => tr!("ink-brown"),
    }
}

/// Where lines are drawn. The finger that came down first draws; a palm that rests draws nothing.
#[component]
fn Sheet(activity: Activity, ink: RwSignal<Ink>, pen: Option<Pen>) -> impl IntoView {
    let sheet = NodeRef::<leptos::svg::Svg>::new();
    let drawing = StoredValue::new(None::<i32>);
    let points = RwSignal::new(Vec::<(u16, u16)>::new());
    let at = move |event: &PointerEvent| {
        let area = sheet.get_untracked()?.get_bounding_client_rect();
        let (width, height) = (f64::from(SHEET.0), f64::from(SHEET.1));
        // The sheet lies in the middle of its area, as large as it fits.
        let scale = (area.width() / width).min(area.height() / height).max(f64::MIN_POSITIVE);
        let on_sheet = |from: f64, length: f64, of: f64, most: u16| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the sheet")]
            let on_sheet = ((from - (length - of * scale) / 2.0) / scale).round().clamp(0.0, f64::from(most)) as u16;
            on_sheet
        };
        let (x, y) = (f64::from(event.client_x()) - area.left(), f64::from(event.client_y()) - area.top());
        Some((on_sheet(x, area.width(), width, SHEET.0), on_sheet(y, area.height(), height, SHEET.1)))
    };
    // What is drawn is kept when the finger leaves, and where the browser takes it away.
    let keep = move || {
        let line = Line { ink: ink.get_untracked(), points: points.get_untracked() };
        if let Some(showing) = showing(activity) {
            activity.press(Tap::Draw(showing, line));
        }
        points.set(Vec::new());
    };
    let down = move |event: PointerEvent| {
        let is_free = drawing.with_value(Option::is_none) && event.button() == 0;
        if let Some(point) = at(&event).filter(|_| is_free) {
            drawing.set_value(Some(event.pointer_id()));
            if let Some(sheet) = sheet.get_untracked() {
                let _ = sheet.set_pointer_capture(event.pointer_id());
            }
            points.set(vec![point]);
        }
    };
    let moved = move |event: PointerEvent| {
        if drawing.get_value() != Some(event.pointer_id()) {
            return;
        }
        let Some((x, y)) = at(&event) else { return };
        let is_near =
            |(near_x, near_y): &(u16, u16)| x.abs_diff(*near_x) < LEAST_MOVE && y.abs_diff(*near_y) < LEAST_MOVE;
        if points.with_untracked(|points| points.last().is_some_and(is_near)) {
            return;
        }
        points.update(|points| points.push((x, y)));
        if points.with_untracked(Vec::len) >= MOST_POINTS {
            keep();
            points.set(vec![(x, y)]);
        }
    };
    let up = move |event: PointerEvent| {
        if drawing.get_value() == Some(event.pointer_id()) {
            drawing.set_value(None);
            keep();
        }
    };
    view! {
        <svg
            node_ref=sheet class="make__paper" viewBox=format!("0 0 {} {}", SHEET.0, SHEET.1) role="img" aria-label=tr!("child-sheet")
            on:pointerdown=down on:pointermove=moved on:pointerup=up on:pointercancel=up
        >
            <Ground/>
            <For each=move || lines(activity).into_iter().enumerate() key=|(place, line)| (*place, line.points.len()) let:drawn>
                <Lines lines=vec![drawn.1]/>
            </For>
            <path class="ink" data-ink=move || ink_name(ink.get()) d=move || points.with(|points| path(points))/>
            {pen.map(|pen| view! {
                <circle class="make__pen" data-lifted=move || (!pen.is_down.get()).then_some("") r="18" cx=move || pen.at.get().0 cy=move || pen.at.get().1/>
            })}
        </svg>
    }
}

/// The sheet itself.
#[component]
fn Ground() -> impl IntoView {
    view! { <rect class="make__ground" width=SHEET.0 height=SHEET.1 rx="12"/> }
}

/// Letters, each a place of its own; a child's own keyboard types them as well.
#[component]
pub(super) fn Letters(activity: Activity) -> impl IntoView {
    let write = move |change: &dyn Fn(&mut String)| {
        let mut words = untrack(|| words(activity));
        change(&mut words);
        if let Some(showing) = showing(activity).filter(|_| words.chars().count() <= MOST_LETTERS) {
            activity.press(Tap::Write(showing, words));
        }
    };
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let is_covered = activity.overlay.get_untracked() != Overlay::None;
        if let Some(typed) = typed(&event).filter(|_| !is_covered) {
            event.prevent_default();
            write(&|words| match typed {
                Typed::Letter(letter) => words.push(letter),
                Typed::RubOut => drop(words.pop()),
            });
        }
    });
    on_cleanup(move || keys.remove());
    let letter = move |letter: char| {
        let name = match letter {
            '.' => "stop-mark".to_owned(),
            '?' => "question-mark".to_owned(),
            letter => format!("letter-{letter}"),
        };
        view! { <button class="make__letter" type="button" data-target=name on:click=move |_| write(&|words| words.push(letter))>{letter}</button> }
    };
    view! {
        <Making activity>
            <div class="make__words">
                <p class="make__written" aria-live="polite">{move || words(activity)}<span class="make__here" aria-hidden="true"></span></p>
                <div class="make__letters" role="group" aria-label=tr!("child-letters")>
                    {LETTERS.chars().map(letter).collect_view()}
                    <button class="make__letter make__letter--wide" type="button" data-target="space" on:click=move |_| write(&|words| words.push(' '))>{tr!("child-space")}</button>
                    <button class="make__letter make__letter--wide" type="button" data-target="rub-out" data-rank="navigation" on:click=move |_| write(&|words| { words.pop(); })>{tr!("child-rub-out")}</button>
                </div>
            </div>
        </Making>
    }
}

/// What was made, to be looked at, and to be gone on with.
#[component]
pub(super) fn MadeReview(activity: Activity) -> impl IntoView {
    let is_drawing = activity.capture.with_untracked(|capture| capture.asking.kind() == Some(Kind::Drawing));
    Effect::new(move |_| {
        page::after_paint(|| page::focus(".child__whole"));
        let said = if is_drawing { String::new() } else { untrack(|| words(activity)) };
        activity.stage.say(&format!("{} {said}", tr!("child-review-made")));
    });
    let symbol = if is_drawing { "drawing" } else { "writing" };
    view! {
        <div class="child__over">
            <h1 class="child__whole" tabindex="-1">{tr!("child-review-made")}</h1>
            <Left activity/>
        </div>
        <div class="child__made">
            {if is_drawing {
                view! {
                    <svg class="make__paper" viewBox=format!("0 0 {} {}", SHEET.0, SHEET.1) role="img" aria-label=tr!("child-sheet")><Ground/><Lines lines=untrack(|| lines(activity))/></svg>
                }.into_any()
            } else {
                view! { <p class="make__written">{untrack(|| words(activity))}</p> }.into_any()
            }}
            <button class="choice make__again" type="button" data-target="again" on:click=move |_| { activity.press(Tap::GoOnMaking); }>
                <Picture symbol theme=activity.theme/>
                <span>{tr!("child-go-on-making")}</span>
            </button>
        </div>
        <Content activity/>
        <StopOnly activity/>
    }
}
