//! The mat's screens: a card with the places it can go, and the whole mat.

mod placing;
mod review;

use leptos::prelude::*;

use super::Part;
use super::activity::Activity;
use placing::Placing;
use review::Review;

/// The mat, while a card is placed or while the child looks at all of it.
pub(super) fn screen(activity: Activity, part: Part) -> AnyView {
    match part {
        Part::Review => view! { <Review activity/> }.into_any(),
        _ => view! { <Placing activity/> }.into_any(),
    }
}
