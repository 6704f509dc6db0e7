//! A mat in small.

use domain::payload::profile::{CommunicationProfile, Order, Theme};
use domain::vocabulary::{Question, Vocabulary};
use leptos::prelude::*;
use leptos_fluent::tr;

use super::Picture;

/// What the mat will ask, where the answers go, and how it looks.
#[component]
pub fn MatPreview(question: &'static Question, profile: CommunicationProfile) -> impl IntoView {
    let words = Vocabulary::built_in();
    let theme = profile.shown_theme();
    let card = move |card: domain::payload::capture::Card| {
        view! { <li class="mat-preview__card"><Picture symbol=card.symbol theme/><span>{card.words}</span></li> }
    };
    let cells = words.scale(question, profile.cells).cells.into_iter().map(card).collect_view();
    let options = words.options(question).into_iter().map(card).collect_view();
    let ground = match theme {
        Theme::Colour => "mat-preview mat-preview--colour",
        Theme::Calm => "mat-preview mat-preview--calm",
        Theme::Contrast => "mat-preview mat-preview--contrast",
    };
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
                <p class="mat-preview__ask">{question.ask.clone()}</p>
                <ul class="mat-preview__options">{options}</ul>
                <ul class="mat-preview__cells">{cells}</ul>
            </div>
            <p class="govuk-body heard-quiet heard-panel__after">{tr!("visit-preview-escapes")}" "{order}" "{look}</p>
        </section>
    }
}
