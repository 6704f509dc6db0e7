//! The child's side: one capture and nothing else.
//!
//! [`begin()`] hands the tablet over for one activity; [`ChildMode`] shows it. What a press means is in `tap`, how it reaches the
//! screen and the store in `activity` and `queue`. Each way of asking has a file with its screens; the vocabulary, the ways out,
//! sharing and the end are the same for all. No link and no address leads from here
//! to a member of staff's data: the adult's way out is the corner hold and the passcode.

mod activity;
mod adult;
mod begin;
mod body;
mod choices;
mod day;
mod ending;
mod escapes;
mod hold;
mod make;
mod placing;
mod queue;
mod review;
mod sharing;
mod stage;
mod steps;
mod tap;
mod vocabulary;

use domain::asking::{Kind, Step};
use domain::id::StreamId;
use domain::payload::capture::Layout;
use domain::payload::profile::{Colour, Input, Side, Theme};
use domain::record::capture::Capture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_fluent::tr;
use replica::create::Written;
use replica::engine::HandoverToken;

use crate::components::Picture;
use crate::platform::{awake, page};
use crate::state::{Exchange, Records};
use activity::{Activity, Overlay};
use adult::{AdultOverlay, TakeBack};
use body::AskBody;
use choices::Choices;
use day::Line;
use ending::Ending;
use hold::CornerHold;
use make::{Draw, Letters, MadeReview};
use placing::Placing;
use review::Review;
use sharing::Sharing;
use vocabulary::EveryCard;

pub use begin::{WhatToAsk, begin, lay};

/// What there is of the capture.
#[derive(Clone)]
enum Found {
    /// Still looking.
    Looking,
    /// Here; its beginning may still have to be saved.
    Here(Box<Capture>, Option<Written>),
    /// Not here, not readable, or asked in a way that this version does not know.
    Lost,
}

/// Child mode: the mat of one capture.
#[component]
pub fn ChildMode(token: HandoverToken) -> impl IntoView {
    let records = Records::get();
    let HandoverToken { capture, stream, .. } = token;
    let found = RwSignal::new(match begin::begun(capture) {
        Some(begun) => Found::Here(Box::new(begun.capture), Some(begun.written)),
        None => Found::Looking,
    });
    if matches!(found.get_untracked(), Found::Looking) {
        spawn_local(async move {
            let kept = records.capture(capture).await.ok().flatten().filter(|capture| capture.asking.is_known());
            let _ = found.try_set(kept.map_or(Found::Lost, |capture| Found::Here(Box::new(capture), None)));
        });
    }
    page::set_title(&tr!("app-name"));
    awake::keep();
    on_cleanup(awake::let_go);
    move || match found.get() {
        Found::Looking => view! { <main class="child" aria-busy="true"></main> }.into_any(),
        Found::Here(capture, first) => view! { <Screen stream capture=*capture first/> }.into_any(),
        Found::Lost => view! { <LostScreen/> }.into_any(),
    }
}

/// Which screen. Those of the asking and of the review are the way's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Asking,
    Vocabulary,
    Review,
    Sharing,
    Ended,
}

impl Part {
    fn class(self) -> &'static str {
        match self {
            Part::Asking => "child",
            Part::Vocabulary => "child child--vocabulary",
            Part::Review => "child child--review",
            Part::Sharing => "child child--sharing",
            Part::Ended => "child child--plain",
        }
    }
}

#[component]
fn Screen(stream: StreamId, capture: Capture, first: Option<Written>) -> impl IntoView {
    let topic = capture.question.topic.clone();
    let activity = Activity::open((Records::get(), Exchange::get()), stream, capture, first);
    let (theme, stage) = (activity.theme, activity.stage);
    let way = activity.capture.with_untracked(|capture| capture.asking.kind());
    let Layout { input, alone, side, keyguard, .. } = activity.capture.with_untracked(|capture| capture.layout.clone());
    stage.listen();
    let part = Memo::new(move |_| match activity.step.get() {
        Step::Review if activity.lingers.get() => Part::Asking,
        Step::Review => Part::Review,
        Step::Sharing => Part::Sharing,
        Step::Finish | Step::Ended | Step::Unknown => Part::Ended,
        Step::Show(_) | Step::Waiting { .. } if activity.overlay.get() == Overlay::Vocabulary => Part::Vocabulary,
        Step::Show(_) | Step::Waiting { .. } => Part::Asking,
    });
    let is_covered = Memo::new(move |_| activity.overlay.get() == Overlay::Adult);
    // After the overlay the child's screen is where one was: on its card.
    Effect::new(move |before: Option<bool>| {
        let covered = is_covered.get();
        if before == Some(true) && !covered {
            request_animation_frame(|| page::focus("main.child h1"));
        }
        covered
    });
    view! {
        <main
            class=move || part.get().class() data-theme=theme_name(theme) data-alone=alone.map(colour_name) data-side=side_name(side) data-keyguard=keyguard.then_some("") data-way=way.map(Kind::name)
            data-resting=move || stage.is_resting().then_some("")
            on:pointerdown=move |event| stage.pointer_down(&event)
            on:pointermove=move |event| stage.pointer_moved(&event)
            on:pointerup=move |event| stage.pointer_up(&event)
            on:pointercancel=move |event| stage.pointer_lost(&event)
            on:pointerleave=move |event| stage.pointer_lost(&event)
            on:click:capture=move |event| stage.click(&event)
            on:contextmenu=|event| event.prevent_default()
        >
            <div class="child__stage" inert=move || is_covered.get()>
                <header class="child__topic">
                    <Picture symbol=topic.symbol theme/>
                    <p class="child__topic-words">{topic.words}</p>
                </header>
                {move || match part.get() {
                    part @ (Part::Asking | Part::Review) => asks(activity, way, part),
                    Part::Vocabulary => view! { <EveryCard activity/> }.into_any(),
                    Part::Sharing => view! { <Sharing activity/> }.into_any(),
                    Part::Ended => view! { <Ending activity/> }.into_any(),
                }}
                {(input == Input::Partner).then(|| view! { <PartnerButtons/> })}
                <CornerHold held=Callback::new(move |()| activity.cover())/>
            </div>
            <Show when=move || is_covered.get()><AdultOverlay activity/></Show>
            <p class="child__unsaved" role="status">{move || activity.unsaved.get().then(|| tr!("child-unsaved"))}</p>
        </main>
    }
}

/// The screens of each way of asking, one line each: while it is asked, and what the child looks at in the end.
fn asks(activity: Activity, way: Option<Kind>, part: Part) -> AnyView {
    let Some(way) = way else { return ().into_any() };
    let is_review = part == Part::Review;
    match way {
        Kind::Mat | Kind::YesNo | Kind::Houses | Kind::People if is_review => view! { <Review activity/> }.into_any(),
        Kind::Mat | Kind::YesNo | Kind::Houses | Kind::People => view! { <Placing activity/> }.into_any(),
        Kind::Choice | Kind::Several | Kind::Feelings if is_review => view! { <Choices activity/> }.into_any(),
        // A warm-up has no review.
        Kind::Choice | Kind::Several | Kind::Feelings | Kind::WarmUp => view! { <Placing activity/> }.into_any(),
        Kind::Day if is_review => view! { <Review activity/> }.into_any(),
        Kind::Day => view! { <Placing activity><Line activity/></Placing> }.into_any(),
        Kind::Body if is_review => view! { <Choices activity/> }.into_any(),
        Kind::Body => view! { <AskBody activity/> }.into_any(),
        Kind::Drawing | Kind::Words if is_review => view! { <MadeReview activity/> }.into_any(),
        Kind::Drawing => view! { <Draw activity/> }.into_any(),
        Kind::Words => view! { <Letters activity/> }.into_any(),
    }
}

/// What an adult presses who offers each place in turn: on to the next, and *that one*. The same as Space and Enter.
#[component]
fn PartnerButtons() -> impl IntoView {
    view! {
        <div class="child__partner" role="group" aria-label=tr!("child-partner")>
            <button class="child__partner-do" type="button" tabindex="-1" data-switch="next">{tr!("child-partner-next")}</button>
            <button class="child__partner-do" type="button" tabindex="-1" data-switch="this">{tr!("child-partner-this")}</button>
        </div>
    }
}

/// The activity is not here: the adult is told, and may take the tablet back.
#[component]
fn LostScreen() -> impl IntoView {
    let takes_back = RwSignal::new(false);
    let close = Callback::new(move |()| takes_back.set(false));
    view! {
        <main class="child child--plain" data-theme="colour">
            <section class="child__option">
                <Picture symbol="pause"/>
                <h1 class="child__words">{tr!("child-lost")}</h1>
                <p class="child__ask">{tr!("child-lost-do")}</p>
            </section>
            <CornerHold held=Callback::new(move |()| takes_back.set(true))/>
            <Show when=move || takes_back.get()>
                <TakeBack ends=false back=close taken=Callback::new(|()| ())/>
            </Show>
        </main>
    }
}

fn colour_name(colour: Colour) -> &'static str {
    match colour {
        Colour::Yellow => "yellow",
        Colour::Red => "red",
        Colour::Orange => "orange",
        Colour::Green => "green",
        Colour::Blue => "blue",
        Colour::White => "white",
    }
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Below => "below",
        Side::Above => "above",
        Side::Left => "left",
        Side::Right => "right",
    }
}

fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::Colour => "colour",
        Theme::Calm => "calm",
        Theme::Contrast => "contrast",
    }
}
