//! What choices between pictures come to.

use domain::asking::choice::{Preference, Preferred};
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
