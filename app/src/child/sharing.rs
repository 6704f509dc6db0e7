//! "Who can see this?" Nothing is chosen beforehand, and whoever the child says nothing about is in neither list. Between yes and
//! no lies *some of it*: the child says which.

use std::collections::{BTreeMap, BTreeSet};

use domain::payload::capture::{Audience, Card};
use leptos::prelude::*;
use leptos_fluent::tr;

use super::activity::Activity;
use super::escapes::StopOnly;
use super::tap::Tap;
use crate::components::Picture;
use crate::platform::page;

/// How much an audience may see.
#[derive(Clone, Copy, PartialEq, Eq)]
enum May {
    All,
    Some,
    Nothing,
}

/// One audience that is asked about, with what the child said.
#[derive(Clone, Copy)]
struct Who {
    audience: Audience,
    symbol: &'static str,
    may: RwSignal<Option<May>>,
    /// The options they may see, where it is only some.
    some: RwSignal<BTreeSet<String>>,
}

impl Who {
    fn new(audience: Audience, symbol: &'static str) -> Who {
        Who { audience, symbol, may: RwSignal::new(None), some: RwSignal::default() }
    }

    fn words(self) -> String {
        match self.audience {
            Audience::Family => tr!("child-family"),
            Audience::School => tr!("child-school"),
            Audience::SocialWorker => tr!("child-social-worker"),
        }
    }
}

/// Who can see it.
#[component]
pub(super) fn Sharing(activity: Activity) -> impl IntoView {
    let asked = [Who::new(Audience::Family, "family"), Who::new(Audience::School, "school-people")];
    let choosing = RwSignal::new(None::<Who>);
    view! {
        {move || match choosing.get() {
            Some(who) => view! { <SomeOfIt activity who choosing/> }.into_any(),
            None => view! { <Everybody activity asked choosing/> }.into_any(),
        }}
        <StopOnly activity/>
    }
}

/// All who are asked about.
#[component]
fn Everybody(activity: Activity, asked: [Who; 2], choosing: RwSignal<Option<Who>>) -> impl IntoView {
    let theme = activity.theme;
    let finish = move |()| {
        let who = |wanted: &[May]| -> BTreeSet<Audience> {
            let said = |who: &&Who| who.may.get_untracked().is_some_and(|may| wanted.contains(&may));
            asked.iter().filter(said).map(|who| who.audience).collect()
        };
        let some = asked.iter().filter(|who| who.may.get_untracked() == Some(May::Some));
        let only: BTreeMap<_, _> = some.map(|who| (who.audience, who.some.get_untracked())).collect();
        activity.press(Tap::Share { may: who(&[May::All]), not: who(&[May::Some, May::Nothing]), only });
    };
    Effect::new(move |_| {
        page::focus(".child__who");
        activity.stage.say(&tr!("child-who"));
    });
    let has_parts = has_parts(activity);
    view! {
        <section class="child__sharing" class:child__sharing--parts=has_parts aria-labelledby="child-who">
            <h1 class="child__who" id="child-who" tabindex="-1">{tr!("child-who")}</h1>
            {asked.map(|who| view! { <Row activity who choosing/> }).collect_view()}
            <div class="who">
                <Picture symbol="social-worker" theme/>
                <p class="who__words">{tr!("child-social-worker")}</p>
                <p class="who__always"><Picture symbol="can-see" theme/><span>{tr!("child-yes")}</span></p>
            </div>
            <p class="sheet__note">{tr!("child-must-tell")}</p>
        </section>
        <Finished activity target="finished" press=Callback::new(finish)/>
    }
}

/// There is no *some* of one thing.
fn has_parts(activity: Activity) -> bool {
    activity.capture.with_untracked(|capture| capture.views().nth(1).is_some())
}

/// One audience: yes, some of it, no; pressing again takes it back. *Some of it* leads to what that is, as often as it is pressed.
#[component]
fn Row(activity: Activity, who: Who, choosing: RwSignal<Option<Who>>) -> impl IntoView {
    let theme = activity.theme;
    let name = format!("who-{}", who.symbol);
    let answer = move |may: May, picture: &'static str, words: String| {
        // By ear, *yes* alone does not say of whom.
        let says = format!("{}: {words}", who.words());
        let press = move |_| {
            if may == May::Some {
                who.may.set(Some(may));
                choosing.set(Some(who));
            } else {
                who.may.update(|said| *said = (*said != Some(may)).then_some(may));
            }
        };
        let words = move || match who.some.with(BTreeSet::len) {
            count if may == May::Some && who.may.get() == Some(may) => format!("{words} ({count})"),
            _ => words.clone(),
        };
        view! {
            <button
                class="choice who__answer" type="button" data-target=format!("{}-{picture}", who.symbol) data-says=says
                aria-pressed=move || (who.may.get() == Some(may)).to_string() on:click=press>
                <Picture symbol=picture theme/>
                <span>{words}</span>
            </button>
        }
    };
    view! {
        <div class="who" role="group" aria-labelledby=name.clone()>
            <Picture symbol=who.symbol theme/>
            <p class="who__words" id=name.clone()>{who.words()}</p>
            {answer(May::All, "can-see", tr!("child-yes"))}
            {has_parts(activity).then(|| answer(May::Some, "some", tr!("child-some")))}
            {answer(May::Nothing, "nobody", tr!("child-no"))}
        </div>
    }
}

/// Ends the page.
#[component]
fn Finished(activity: Activity, target: &'static str, press: Callback<()>) -> impl IntoView {
    view! {
        <div class="child__foot">
            <button class="choice" type="button" data-target=target data-rank="navigation" on:click=move |_| press.run(())>
                <Picture symbol="finished" theme=activity.theme/>
                <span>{tr!("child-finished")}</span>
            </button>
        </div>
    }
}

/// What these people may see: each thing the child said, none chosen beforehand.
#[component]
fn SomeOfIt(activity: Activity, who: Who, choosing: RwSignal<Option<Who>>) -> impl IntoView {
    let views: Vec<(Card, Option<Card>)> = activity
        .capture
        .with_untracked(|capture| capture.views().map(|view| (view.placed.option.clone(), view.place())).collect());
    let words = tr!("child-what-see", {"who" => who.words()});
    let says = words.clone();
    Effect::new(move |_| {
        page::focus(".child__who");
        activity.stage.say(&says);
    });
    let close = move |()| {
        if who.some.with_untracked(BTreeSet::is_empty) {
            who.may.set(None);
        }
        choosing.set(None);
    };
    view! {
        <section class="child__sharing" aria-labelledby="child-what-see">
            <h1 class="child__who" id="child-what-see" tabindex="-1">{words}</h1>
            <div class="who-parts">
                {views.into_iter().map(|(card, place)| view! { <Part activity card place some=who.some/> }).collect_view()}
            </div>
        </section>
        <Finished activity target="chosen" press=Callback::new(close)/>
    }
}

/// One thing that the child said, with where it lies.
#[component]
fn Part(activity: Activity, card: Card, place: Option<Card>, some: RwSignal<BTreeSet<String>>) -> impl IntoView {
    let theme = activity.theme;
    let id = StoredValue::new(card.id.clone());
    let is_chosen = move || some.with(|some| id.with_value(|id| some.contains(id)));
    let press = move |_| {
        let id = id.get_value();
        some.update(|some| {
            if !some.remove(&id) {
                some.insert(id);
            }
        });
    };
    let says = place.as_ref().map_or(card.words.clone(), |place| format!("{}: {}", card.words, place.words));
    view! {
        <button
            class="choice who-part" type="button" data-target=format!("part-{}", card.id) data-says=says
            aria-pressed=move || is_chosen().to_string() on:click=press>
            <span class="who-part__pictures">
                <Picture symbol=card.symbol theme/>
                {place.map(|place| view! { <Picture symbol=place.symbol theme/> })}
            </span>
            <span>{card.words}</span>
        </button>
    }
}
