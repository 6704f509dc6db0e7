//! All that was chosen, pair by pair: the other picture of a pair is pressed to choose otherwise.

use domain::asking::Kind;
use domain::asking::body::ALL;
use domain::payload::capture::Card;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::activity::Activity;
use super::escapes::StopOnly;
use super::review::{Content, Left};
use super::tap::Tap;
use crate::components::Picture;
use crate::platform::page;

/// The choices of an activity, each pair once.
#[component]
pub(super) fn Choices(activity: Activity) -> impl IntoView {
    let way = activity.capture.with_untracked(|capture| capture.asking.kind());
    let made: Vec<(Card, Vec<Card>)> = activity.capture.with_untracked(|capture| {
        // What was asked once more stays as it came: it tells how sure the child is.
        let made = capture.views().map(|view| view.placed.option.clone());
        // "That is all" is nothing to choose otherwise, and a part of the body is no place among others.
        let made = made.filter(|option| way != Some(Kind::Body) || capture.asking.ask(&option.id).is_some());
        let pictures = |option: &Card| capture.asking.shown(&option.id).into_iter().filter(|place| place.id != ALL);
        made.map(|option| (option.clone(), pictures(&option).cloned().collect())).collect()
    });
    Effect::new(move |_| {
        page::after_paint(|| page::focus(".child__whole"));
        activity.stage.say(&tr!("child-review-choices"));
    });
    view! {
        <div class="child__over">
            <h1 class="child__whole" tabindex="-1">{tr!("child-review-choices")}</h1>
            <Left activity/>
        </div>
        <div class="child__choices">
            {made.into_iter().map(|(option, pictures)| view! {
                <section class="pair" aria-label=option.words.clone()>
                    {matches!(way, Some(Kind::Body | Kind::Several)).then(|| view! { <h2 class="pair__words">{option.words.clone()}</h2> })}
                    {pictures.into_iter().map(|picture| view! { <Chosen activity option=option.id.clone() picture/> }).collect_view()}
                </section>
            }).collect_view()}
        </div>
        <Content activity/>
        <StopOnly activity/>
    }
}

/// One picture of a pair, chosen or not.
#[component]
fn Chosen(activity: Activity, option: String, picture: Card) -> impl IntoView {
    let target = format!("{option}:{}", picture.id);
    let (pair, id) = (option.clone(), picture.id.clone());
    let is_chosen = move || {
        let lies = |placed: &domain::record::capture::Placed| placed.option.id == pair && placed.cell == id;
        activity.capture.with(|capture| capture.placements.iter().any(lies))
    };
    // What was taken in another choice is there, and cannot be taken twice.
    let (taken_by, taken) = (option.clone(), picture.id.clone());
    let is_taken = move || !activity.capture.with(|capture| capture.takes(&taken_by, &taken));
    let choose = move |_| {
        activity.press(Tap::Move { option: option.clone(), cell: picture.id.clone() });
    };
    view! {
        <button class="pair__picture" type="button" data-target=target disabled=is_taken aria-pressed=move || is_chosen().to_string() on:click=choose>
            <Picture symbol=picture.symbol theme=activity.theme/>
            <span>{picture.words}</span>
        </button>
    }
}
