//! A symbol's picture.

use domain::payload::profile::Theme;
use domain::vocabulary::{Symbol, Vocabulary};
use leptos::prelude::*;

use crate::platform::pictures;

/// A symbol's picture. Its words stand beside it, so that it is silent to a screen reader unless `says` is given.
#[component]
pub fn Picture(
    /// The symbol.
    #[prop(into)]
    symbol: String,
    /// In which theme.
    #[prop(optional)]
    theme: Theme,
    /// What it says, where no words stand beside it.
    #[prop(optional, into)]
    says: String,
    /// A class.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let is_dark = Vocabulary::built_in().symbol(&symbol).is_some_and(Symbol::is_dark) && theme != Theme::Contrast;
    view! { <img data-dark=is_dark.then_some("") src=pictures::address(&symbol, theme) alt=says class=class draggable="false"/> }
}
