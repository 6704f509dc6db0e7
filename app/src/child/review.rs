//! All that was placed, by where it lies: pick a card, then the place it should go. Two presses, nothing to drag.

use domain::payload::capture::{Card, LastTime};
use domain::record::capture::Capture;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::child::activity::Activity;
use crate::child::escapes::StopOnly;
use crate::child::tap::Tap;
use crate::components::Picture;
use crate::platform::page;

/// The whole mat.
#[component]
pub(super) fn Review(activity: Activity) -> impl IntoView {
    let picked = RwSignal::new(None::<Card>);
    // Places that nothing lies in and nothing here can go to are left out.
    let cells: Vec<Card> = activity.capture.with_untracked(|capture| {
        let takes = |place: &&Card| capture.placements.iter().any(|placed| capture.takes(&placed.option.id, &place.id));
        capture.asking.places().iter().filter(takes).cloned().collect()
    });
    let count = cells.len().to_string();
    Effect::new(move |_| {
        page::after_paint(|| page::focus(".child__whole"));
    });
    let words = move || match picked.get() {
        Some(card) => tr!("child-review-where", {"card" => card.words}),
        None => tr!("child-review"),
    };
    Effect::new(move |_| activity.stage.say(&words()));
    let last_time = StoredValue::new(activity.capture.with_untracked(|capture| capture.layout.last_time.clone()));
    let looks_back = RwSignal::new(false);
    let (cells, count) = (StoredValue::new(cells), StoredValue::new(count));
    let now = move || {
        view! {
            <div class="child__over">
                <h1 class="child__whole" tabindex="-1" aria-live="polite">{words}</h1>
                <Left activity/>
            </div>
            <div class="child__scale" data-cells=count.get_value()>
                {cells.get_value().into_iter().map(|cell| view! { <Cell activity cell picked/> }).collect_view()}
            </div>
            <Content activity>
                {last_time.with_value(Option::is_some).then(|| view! { <Turn words=tr!("child-last-time") target="last-time" shown=looks_back/> })}
            </Content>
        }
    };
    view! {
        {move || match last_time.get_value().filter(|_| looks_back.get()) {
            Some(last_time) => view! { <LastTimeBeside activity last_time looks_back/> }.into_any(),
            None => now().into_any(),
        }}
        <StopOnly activity/>
    }
}

/// To last time, and back.
#[component]
fn Turn(words: String, target: &'static str, shown: RwSignal<bool>) -> impl IntoView {
    view! {
        <button class="choice" type="button" data-target=target data-rank="navigation" on:click=move |_| shown.update(|shown| *shown = !*shown)>
            {words}
        </button>
    }
}

/// Where each card lay last time, beside where it lies now. Nothing can be moved here, and nothing says which is better.
#[component]
fn LastTimeBeside(activity: Activity, last_time: LastTime, looks_back: RwSignal<bool>) -> impl IntoView {
    let theme = activity.theme;
    let place = move |place: Option<Card>| match place {
        Some(place) => view! { <Picture symbol=place.symbol theme/><span>{place.words}</span> }.into_any(),
        None => view! { <span>{tr!("child-last-time-nowhere")}</span> }.into_any(),
    };
    let now = |option: &Card| {
        activity.capture.with_untracked(|capture| {
            let view = capture.views().find(|view| view.placed.option.id == option.id);
            view.and_then(|view| view.place())
        })
    };
    let rows = last_time.placements.into_iter().map(|before| {
        let lies = now(&before.option);
        view! {
            <tr>
                <th scope="row"><span class="then-now__card"><Picture symbol=before.option.symbol theme/><span>{before.option.words}</span></span></th>
                <td><span class="then-now__card">{place(Some(before.place))}</span></td>
                <td><span class="then-now__card">{place(lies)}</span></td>
            </tr>
        }
    });
    Effect::new(move |_| {
        page::after_paint(|| page::focus(".child__whole"));
        activity.stage.say(&tr!("child-last-time"));
    });
    view! {
        <div class="child__over"><h1 class="child__whole" tabindex="-1">{tr!("child-last-time")}</h1></div>
        <div class="then-now">
            <table>
                <thead><tr><td></td><th scope="col">{tr!("child-last-time-then")}</th><th scope="col">{tr!("child-last-time-now")}</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        <div class="child__foot"><Turn words=tr!("child-last-time-back") target="last-time-back" shown=looks_back/></div>
    }
}

/// What ends the review.
#[component]
pub(super) fn Content(
    activity: Activity,
    /// What stands beside it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="child__foot">
            {children.map(|children| children())}
            <button
                class="choice" type="button" data-target="content" data-rank="navigation"
                on:click=move |_| { activity.press(Tap::Content); }
            >
                {tr!("child-that-is-right")}
            </button>
        </div>
    }
}

/// What was left with *don't know* or *skip*, or brought and put nowhere: it lies nowhere, and is shown for that.
#[component]
pub(super) fn Left(activity: Activity) -> impl IntoView {
    let theme = activity.theme;
    let cards = |capture: &Capture| {
        let left = capture.left_cards().map(|(card, _)| card);
        left.chain(capture.only_brought()).cloned().collect::<Vec<_>>()
    };
    let left = activity.capture.with_untracked(cards);
    (!left.is_empty()).then(|| {
        view! {
            <section class="child__left" aria-label=tr!("child-review-left")>
                <p class="child__left-words" aria-hidden="true">{tr!("child-review-left")}</p>
                <ul class="child__left-cards">
                    {left.into_iter().map(|card| view! {
                        <li class="child__left-card"><Picture symbol=card.symbol theme/><span>{card.words}</span></li>
                    }).collect_view()}
                </ul>
            </section>
        }
    })
}

/// A place with its cards, each a target; the whole of it is one when a card is to go there.
#[component]
fn Cell(activity: Activity, cell: Card, picked: RwSignal<Option<Card>>) -> impl IntoView {
    let theme = activity.theme;
    let name = format!("cell-{}", cell.id);
    let id = StoredValue::new(cell.id);
    let lies = move |capture: &Capture| {
        id.with_value(|id| capture.placed_in(id).map(|placed| placed.option.clone()).collect::<Vec<_>>())
    };
    let placed = move || activity.capture.with(lies);
    let can_take = move || {
        let goes_here = |card: &Card| activity.capture.with(|capture| id.with_value(|id| capture.takes(&card.id, id)));
        picked.get().filter(|card| goes_here(card) && !placed().iter().any(|lies| lies.id == card.id))
    };
    let label = StoredValue::new(cell.words.clone());
    view! {
        <section class="cell" aria-labelledby=name.clone()>
            <Picture symbol=cell.symbol theme class="cell__picture"/>
            <h2 class="cell__words" id=name.clone()>{cell.words}</h2>
            <div class="cell__placed">
                <For each=placed key=|card| card.id.clone() let:card>
                    <PlacedCard activity card picked/>
                </For>
            </div>
            {move || can_take().map(|card| view! {
                <button
                    class="cell__here" type="button" data-target=id.with_value(|id| format!("to-{id}"))
                    aria-label=tr!("child-move-here", {"card" => card.words.clone(), "place" => label.get_value()})
                    on:click=move |_| {
                        if activity.press(Tap::Move { option: card.id.clone(), cell: id.get_value() }) {
                            picked.set(None);
                            page::focus(".child__whole");
                        }
                    }
                ></button>
            })}
        </section>
    }
}

#[component]
fn PlacedCard(activity: Activity, card: Card, picked: RwSignal<Option<Card>>) -> impl IntoView {
    let id = StoredValue::new(card.id.clone());
    let is_picked =
        move || picked.with(|picked| picked.as_ref().is_some_and(|card| id.with_value(|id| card.id == *id)));
    let mine = card.clone();
    let pick = move |_| {
        picked.set((!is_picked()).then(|| mine.clone()));
    };
    view! {
        <button class="placed" type="button" data-target=format!("card-{}", card.id) aria-pressed=move || is_picked().to_string() on:click=pick>
            <Picture symbol=card.symbol theme=activity.theme/>
            <span class="placed__words">{card.words}</span>
        </button>
    }
}
