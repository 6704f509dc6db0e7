//! What the views of an activity leave out: what lies nowhere, and what choices between pictures come to.

use domain::asking::choice::{Preference, Preferred};
use domain::asking::{CheckOutcome, Checked};
use domain::payload::capture::{Card, Escape, GivenAnotherWay, Means};
use domain::record::capture::Capture;
use leptos_fluent::tr;

/// "Chosen, most often first: the taxi (3 of 3), the bus (2 of 3)."
pub fn preference(capture: &Capture) -> Option<String> {
    let Preference { order, same, changed } = capture.asking.preference(capture)?;
    let times = |of: &Preferred<'_>| tr!("preference-one", {"picture" => of.picture.words.clone(), "won" => of.won, "asked" => of.asked});
    let order: Vec<_> = order.iter().map(times).collect();
    let again = match (same, changed) {
        (0, 0) => None,
        (_, 0) => Some(tr!("preference-again-same")),
        _ => Some(tr!("preference-again-changed")),
    };
    let order = tr!("preference", {"order" => order.join(", ")});
    Some(again.map_or(order.clone(), |again| format!("{order} {again}")))
}

/// "Asked once more as a choice between the bath and the pad, and again with the sides swapped: the bath both times, which fits where they
/// were put."
pub fn checked(capture: &Capture) -> Option<String> {
    let Checked { highest, lowest, came } = capture.asking.checked(capture)?;
    let (highest, lowest) = (highest.words.as_str(), lowest.words.as_str());
    Some(match came {
        CheckOutcome::Same => tr!("checked-same", {"highest" => highest, "lowest" => lowest}),
        CheckOutcome::Otherwise => tr!("checked-otherwise", {"highest" => highest, "lowest" => lowest}),
        CheckOutcome::NotClear => tr!("checked-not-clear", {"highest" => highest, "lowest" => lowest}),
    })
}

/// What the child left or brought without placing it, by how: "Skipped: taxi."
pub fn lies_nowhere(capture: &Capture) -> Vec<String> {
    let left_by = |which| {
        let cards = capture.left_cards().filter(|(_, how)| *how == which);
        let cards: Vec<_> = cards.map(|(card, _)| card.words.as_str()).collect();
        (!cards.is_empty()).then(|| cards.join(", "))
    };
    let skipped = left_by(Escape::Skip).map(|cards| tr!("manager-skipped", {"cards" => cards}));
    let unknown = left_by(Escape::DontKnow).map(|cards| tr!("manager-dont-know", {"cards" => cards}));
    let brought: Vec<_> = capture.only_brought().map(|card| card.words.as_str()).collect();
    let brought = (!brought.is_empty()).then(|| tr!("manager-brought", {"cards" => brought.join(", ")}));
    let unfinished =
        capture.unfinished_words().map(|(_, words)| tr!("manager-unfinished", {"words" => words.to_owned()}));
    skipped.into_iter().chain(unknown).chain(brought).chain(unfinished).collect()
}

/// "Given without the tablet: signs. Written down later."
pub fn another_way(capture: &Capture) -> Option<String> {
    let GivenAnotherWay { means: with, later } = capture.layout.another_way?;
    let means = means(with);
    Some(if later { tr!("given-another-later", {"means" => means}) } else { tr!("given-another", {"means" => means}) })
}

/// What a child answered with, where it was not the tablet.
pub fn means(means: Means) -> String {
    match means {
        Means::OwnDevice => tr!("means-own-device"),
        Means::Book => tr!("means-book"),
        Means::Signs => tr!("means-signs"),
        Means::Objects => tr!("means-objects"),
        Means::PaperMat => tr!("means-paper"),
    }
}

/// "Warm-up: 2 of 3 known things told rightly."
pub fn warmed_up(capture: &Capture) -> Option<String> {
    let told = capture.asking.warmed_up(capture)?;
    let tried = match (told.tried_dont_know, told.tried_stop) {
        (true, true) => tr!("warm-up-tried-both"),
        (true, false) => tr!("warm-up-tried-dont-know"),
        (false, true) => tr!("warm-up-tried-stop"),
        (false, false) => tr!("warm-up-tried-none"),
    };
    let right = tr!("warm-up-told", {"right" => told.right, "asked" => told.asked});
    let caution = told.asks_for_caution().then(|| tr!("warm-up-caution"));
    Some([Some(right), Some(tried), caution].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// Those from whom the child kept something, with what of it they may see all the same: "family (only: the bus, walking)".
pub fn but_only<'a>(who: String, only: impl Iterator<Item = &'a Card>) -> String {
    let only: Vec<_> = only.map(|card| card.words.clone()).collect();
    if only.is_empty() { who } else { tr!("told-only", {"who" => who, "cards" => only.join(", ")}) }
}
