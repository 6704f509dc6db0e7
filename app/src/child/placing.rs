//! One option at a time: the card, the places it can go, the ways out.

use domain::payload::capture::Card;
use domain::record::capture::Capture;
use leptos::prelude::*;

use crate::child::activity::{Activity, Overlay};
use crate::child::escapes::{Escape, Start, Stop};
use crate::child::tap::Tap;
use crate::components::Picture;
use crate::platform::{page, pictures};

/// The card on the screen; follows it.
pub(super) fn open_card(activity: Activity) -> Memo<Option<Card>> {
    Memo::new(move |_| {
        activity.capture.with(|capture| capture.open_presentation.as_ref().map(|(_, card)| card.clone()))
    })
}

/// With each card: it is said aloud where the child is to hear it, it takes focus, and the picture of the next one is fetched.
pub(super) fn announce(activity: Activity) {
    let showing = Memo::new(move |_| activity.capture.with(|capture| capture.open_presentation.clone()));
    let (theme, held) = (activity.theme, StoredValue::new_local(None));
    Effect::new(move |_| {
        if let Some((_, card)) = showing.get() {
            let ask = activity.capture.with_untracked(|capture| capture.ask(&card.id).to_owned());
            activity.stage.say(&format!("{ask} {}", card.words));
            let next = activity.capture.with_untracked(|capture| coming(capture).cloned());
            page::after_paint(move || {
                // The card takes focus, never an answer. At once, it would lay the page out twice.
                page::focus(".child__words");
                held.try_set_value(next.and_then(|card| pictures::hold(&pictures::address(&card.symbol, theme))));
            });
        }
    });
}

/// One card and the scale. The placed cards are no targets here.
#[component]
pub(super) fn Placing(
    activity: Activity,
    /// What stands in place of the card's picture, if anything does. It follows the card by itself.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let card = open_card(activity);
    announce(activity);
    let theme = activity.theme;
    let picture = match children {
        Some(children) => children(),
        // Another card is another picture: the one before must not stand beside its words.
        None => view! {
            <For each=move || card.get() key=|card| card.id.clone() let:card><Picture symbol=card.symbol theme/></For>
        }
        .into_any(),
    };
    // While nothing is shown the words and the places stay as they were: what was chosen last is still seen there.
    let ask = Memo::new(move |before: Option<&String>| {
        let ask = |card: Card| activity.capture.with(|capture| capture.ask(&card.id).to_owned());
        card.get().map(ask).or_else(|| before.cloned()).unwrap_or_default()
    });
    let cells = Memo::new(move |before: Option<&Vec<Card>>| {
        activity.capture.with(|capture| match &capture.open_presentation {
            Some((_, card)) => capture.shown(&card.id).into_iter().cloned().collect(),
            None => before.cloned().unwrap_or_default(),
        })
    });
    view! {
        <section class="child__option">
            {picture}
            <p class="child__ask" id="child-ask">{ask}</p>
            <h1 class="child__words" id="child-words" tabindex="-1" aria-labelledby="child-ask child-words">
                {move || card.get().map(|card| card.words)}
            </h1>
            <TakeBack activity/>
        </section>
        <div class="child__scale" data-cells=move || cells.with(Vec::len).to_string() role="group" aria-labelledby="child-ask child-words">
            <For each=move || cells.get() key=|cell| cell.id.clone() let:cell><Cell activity cell/></For>
        </div>
        <WaysOut activity/>
    }
}

/// Takes back what was done last, once there is something.
#[component]
pub(super) fn TakeBack(activity: Activity) -> impl IntoView {
    let settled = Memo::new(move |_| activity.capture.with(|capture| capture.last_settled().is_some()));
    view! {
        <Show when=move || settled.get()>
            <Escape
                activity control="take-back" class="escape escape--take-back" rank="navigation"
                pressed=Callback::new(move |()| { activity.press(Tap::TakeBack); })
            />
        </Show>
    }
}

/// The ways out of the card on the screen.
#[component]
pub(super) fn WaysOut(activity: Activity) -> impl IntoView {
    let press = move |tap: fn(domain::id::PresentationId) -> Tap| {
        let open = activity.capture.with_untracked(|capture| capture.open_presentation.as_ref().map(|(open, _)| *open));
        if let Some(showing) = open {
            activity.press(tap(showing));
        }
    };
    view! {
        <Start>
            <Escape activity control="dont-know" pressed=Callback::new(move |()| press(Tap::DontKnow))/>
            <Escape activity control="something-else" pressed=Callback::new(move |()| activity.overlay.set(Overlay::Vocabulary))/>
        </Start>
        <div class="escapes--end">
            <Escape activity control="skip" pressed=Callback::new(move |()| press(Tap::Skip))/>
            <Stop activity/>
        </div>
    }
}

/// The card after the one on the screen.
fn coming(capture: &Capture) -> Option<&Card> {
    let open = capture.open_presentation.as_ref().map(|(_, card)| &card.id);
    capture.asking.options().into_iter().find(|card| Some(&card.id) != open && !capture.is_settled(&card.id))
}

/// A place on the scale, with what lies there.
#[component]
fn Cell(activity: Activity, cell: Card) -> impl IntoView {
    let theme = activity.theme;
    let words = format!("cell-{}", cell.id);
    let (here, target, id) = (cell.id.clone(), cell.id.clone(), cell.id);
    let place = move |_| {
        let open = activity.capture.with_untracked(|capture| capture.open_presentation.as_ref().map(|(open, _)| *open));
        if let Some(showing) = open {
            activity.press(Tap::Place { showing, cell: id.clone() });
        }
    };
    let placed = move || {
        let lies = |capture: &Capture| capture.placed_in(&here).map(|placed| placed.option.clone()).collect::<Vec<_>>();
        activity.capture.with(lies)
    };
    view! {
        <button class="cell" type="button" data-target=target aria-labelledby=words.clone() on:click=place>
            <Picture symbol=cell.symbol theme class="cell__picture"/>
            <span class="cell__words" id=words.clone()>{cell.words}</span>
            <span class="cell__placed">
                <For each=placed key=|card| card.id.clone() let:card>
                    <Picture symbol=card.symbol theme class="placed"/>
                </For>
            </span>
        </button>
    }
}
