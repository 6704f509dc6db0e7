//! What a child will see, in small.

use std::sync::Arc;

use domain::asking::Kind;
use domain::payload::capture::Card;
use domain::payload::profile::{CommunicationProfile, Order, Theme};
use domain::vocabulary::{Question, Vocabulary};
use leptos::prelude::*;
use leptos_fluent::tr;

use super::Picture;

/// A part of the body, for what can be said of each.
const PART: &str = "head";

/// What will be asked, where the answers go, and how it looks.
#[component]
pub fn AskingPreview(
    question: Arc<Question>,
    profile: CommunicationProfile,
    #[prop(default = Kind::Mat)] way: Kind,
    /// Which of its cards; all of them where nothing is said.
    #[prop(optional)]
    options: Option<Vec<Card>>,
) -> impl IntoView {
    let words = Vocabulary::built_in();
    let theme = profile.shown_theme();
    let card = move |card: Card| {
        view! { <li class="mat-preview__card"><Picture symbol=card.symbol theme/><span>{card.words}</span></li> }
    };
    let options = options.unwrap_or_else(|| question.cards.clone());
    let ask = words.asked_by(way, &question).map(|asked| asked.words);
    // Where the pictures themselves are the answers, there are no places to show.
    let laid = way.laid(&question, options.clone(), &profile, |_| 0);
    let places = match way {
        Kind::Choice | Kind::Several | Kind::Body | Kind::Drawing | Kind::Words => Vec::new(),
        _ => {
            laid.options().first().map(|first| laid.shown(&first.id)).unwrap_or_default().into_iter().cloned().collect()
        }
    };
    let count = laid.options().len();
    let options = match way {
        Kind::Body => laid.shown(PART).into_iter().cloned().collect(),
        Kind::Drawing | Kind::Words => laid.options().into_iter().cloned().collect(),
        _ => options,
    };
    let cells = places.into_iter().map(card).collect_view();
    let options = options.into_iter().map(card).collect_view();
    let ground = match theme {
        Theme::Colour => "mat-preview mat-preview--colour",
        Theme::Calm => "mat-preview mat-preview--calm",
        Theme::Contrast => "mat-preview mat-preview--contrast",
    };
    let rounds = (way == Kind::Choice).then(|| tr!("visit-preview-pairs", {"count" => count}));
    let order = match profile.order {
        Order::Random => tr!("visit-preview-random"),
        Order::Fixed => tr!("visit-preview-fixed"),
    };
    let look = match theme {
        Theme::Colour => tr!("visit-preview-colour"),
        Theme::Calm => tr!("visit-preview-calm"),
        Theme::Contrast => tr!("visit-preview-contrast"),
    };
    view! {
        <section class="heard-panel" aria-label=tr!("visit-preview")>
            <div class=ground>
                <p class="mat-preview__ask">{ask}</p>
                <ul class="mat-preview__options">{options}</ul>
                <ul class="mat-preview__cells">{cells}</ul>
            </div>
            <p class="govuk-body heard-quiet heard-panel__after">{rounds}" "{tr!("visit-preview-escapes")}" "{order}" "{look}</p>
        </section>
    }
}
