//! Where on the body, and then what it is like there.

use domain::asking::body::{ALL, BACK, FRONT};
use domain::payload::capture::Card;
use leptos::prelude::*;

use crate::child::activity::Activity;
use crate::child::placing::{Placing, TakeBack, WaysOut, announce, open_card};
use crate::child::tap::Tap;
use crate::components::{BodyOutline, BodySide, Picture, body_area};

/// The outline while a part is looked for, and the part with what it can be like while that is asked.
#[component]
pub(super) fn AskBody(activity: Activity) -> impl IntoView {
    let open = open_card(activity);
    // While nothing is shown it stays as it was.
    let is_where = Memo::new(move |before: Option<&bool>| {
        let asked = activity.capture.with(|capture| open.get().map(|card| capture.asking.ask(&card.id).is_none()));
        asked.or(before.copied()).unwrap_or(true)
    });
    move || match is_where.get() {
        true => view! { <Where activity/> }.into_any(),
        false => view! { <Placing activity><PartPicture activity/></Placing> }.into_any(),
    }
}

/// The part that is asked about, on its outline.
#[component]
fn PartPicture(activity: Activity) -> impl IntoView {
    let open = open_card(activity);
    let here = move |card: Card| {
        let side = BodySide::of(&card.id)?;
        let [left, top, width, height] = body_area(&card.id);
        Some(view! {
            <BodyOutline side>
                <span class="body__here" style:left=left style:top=top style:width=width style:height=height></span>
            </BodyOutline>
        })
    };
    move || open.get().and_then(here)
}

#[component]
fn Where(activity: Activity) -> impl IntoView {
    let open = open_card(activity);
    announce(activity);
    let all = activity.capture.with_untracked(|capture| capture.asking.place(ALL).cloned());
    let side = move |side: BodySide, parts: &'static [(&'static str, &'static str)]| {
        view! {
            <BodyOutline side>
                {parts.iter().map(|(part, words)| view! { <Part activity part words/> }).collect_view()}
            </BodyOutline>
        }
    };
    view! {
        <section class="child__body" role="group" aria-labelledby="child-words">
            <TakeBack activity/>
            <h1 class="child__words" id="child-words" tabindex="-1">{move || open.get().map(|card| card.words)}</h1>
            <div class="child__sides">{side(BodySide::Front, &FRONT)}{side(BodySide::Back, &BACK)}</div>
            {all.map(|all| view! { <All activity all/> })}
        </section>
        <WaysOut activity/>
    }
}

/// A part: nothing to see of it but the body itself, and what was said of it.
#[component]
fn Part(activity: Activity, part: &'static str, words: &'static str) -> impl IntoView {
    let said = move || {
        activity.capture.with(|capture| {
            let placed = capture.placements.iter().find(|placed| placed.option.id == part)?;
            capture.asking.place(&placed.cell).cloned()
        })
    };
    let label = move || said().map_or_else(|| words.to_owned(), |said| format!("{words}: {}", said.words));
    let [left, top, width, height] = body_area(part);
    view! {
        <button
            class="body__part" type="button" style:left=left style:top=top style:width=width style:height=height
            data-target=part data-says=words aria-label=label on:click=move |_| place(activity, part)
        >
            <span class="body__words">{words}</span>
            {move || said().map(|said: Card| view! { <Picture symbol=said.symbol theme=activity.theme class="body__said"/> })}
        </button>
    }
}

#[component]
fn All(activity: Activity, all: Card) -> impl IntoView {
    view! {
        <button class="choice child__all" type="button" data-target=ALL on:click=move |_| place(activity, ALL)>
            <Picture symbol=all.symbol theme=activity.theme/>
            <span>{all.words}</span>
        </button>
    }
}

fn place(activity: Activity, cell: &str) {
    let open = activity.capture.with_untracked(|capture| capture.open_presentation.as_ref().map(|(open, _)| *open));
    if let Some(showing) = open {
        activity.press(Tap::Place { showing, cell: cell.to_owned() });
    }
}
