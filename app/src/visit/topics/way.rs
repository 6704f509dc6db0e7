//! In which way the question is asked, and which of its cards.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::asking::Kind;
use domain::asking::choice::PICTURES;
use domain::asking::feelings::ABOUT;
use domain::asking::several;
use domain::payload::capture::Card;
use domain::payload::profile::CommunicationProfile;
use domain::payload::visit::VisitPlanned;
use domain::vocabulary::{Question, Vocabulary};
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::child::WhatToAsk;
use crate::components::{Check, Choice, Problems};

/// What the worker chose. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct WayForm {
    question: StoredValue<Arc<Question>>,
    way: RwSignal<Option<Kind>>,
    /// Each card of the question, and whether it is asked about.
    cards: StoredValue<Vec<(Card, RwSignal<bool>)>>,
    /// Those that are planned, by id.
    planned_cards: StoredValue<BTreeSet<String>>,
    /// So many pictures the child chooses among at once.
    most_at_once: usize,
}

impl WayForm {
    /// What was planned, or else the first way in which it can be asked, a mat as a rule; with every card that suits it.
    pub(super) fn begin(
        question: &Arc<Question>,
        planned: Option<&VisitPlanned>,
        profile: &CommunicationProfile,
    ) -> WayForm {
        let words = Vocabulary::built_in();
        let asked = planned.map_or_else(|| question.cards.clone(), |planned| planned.cards(question));
        let asked: BTreeSet<String> = asked.into_iter().map(|card| card.id).collect();
        let cards = question.cards.iter().map(|card| (card.clone(), RwSignal::new(asked.contains(&card.id))));
        let planned = planned.and_then(|planned| planned.way(&question.id));
        let planned = planned.filter(|planned| words.ways(question).any(|way| way == *planned));
        let form = WayForm {
            question: StoredValue::new(question.clone()),
            way: RwSignal::new(planned.or_else(|| words.ways(question).next())),
            cards: StoredValue::new(cards.collect()),
            planned_cards: StoredValue::new(asked),
            most_at_once: several::most(profile),
        };
        form.suit(untrack(|| form.way()));
        form
    }

    /// The way; follows it.
    pub(super) fn way(self) -> Kind {
        self.way.get().unwrap_or(Kind::Mat)
    }

    /// The cards that are asked about; follows them.
    pub(super) fn options(self) -> Vec<Card> {
        self.cards.with_value(|cards| {
            let asked = cards.iter().filter(|(_, is_asked)| is_asked.get());
            asked.map(|(card, _)| card.clone()).collect()
        })
    }

    /// What is asked of the child with this name, or why it cannot be.
    pub(super) fn what(self, name: &str) -> Result<WhatToAsk, String> {
        let (way, options) = untrack(|| (self.way(), self.options()));
        let question = self.question.get_value();
        let asked = Vocabulary::built_in().asked_by(way, &question).ok_or_else(|| tr!("visit-way-not-so"))?;
        match way {
            Kind::Choice if !PICTURES.contains(&options.len()) => Err(tr!("visit-way-cards-choice")),
            Kind::Several if !(several::FEWEST..=self.most_at_once).contains(&options.len()) => {
                Err(tr!("visit-way-cards-several", {"most" => self.most_at_once, "name" => name}))
            }
            Kind::Feelings if options.len() > ABOUT => Err(tr!("visit-way-cards-feelings")),
            _ if options.is_empty() && has_cards(way) => Err(tr!("visit-way-cards-none")),
            _ => Ok(WhatToAsk { question, asked, way, options }),
        }
    }

    /// A choice has four pictures at most, and what a feeling is about five: the first ones that are planned, until the worker
    /// says otherwise.
    fn suit(self, way: Kind) {
        let most = match way {
            Kind::Choice => *PICTURES.end(),
            Kind::Several => self.most_at_once,
            Kind::Feelings => ABOUT,
            Kind::Mat
            | Kind::YesNo
            | Kind::Houses
            | Kind::Day
            | Kind::People
            | Kind::Body
            | Kind::Drawing
            | Kind::Words
            | Kind::WarmUp => usize::MAX,
        };
        let mut count = 0;
        self.cards.with_value(|cards| {
            for (card, asked) in cards {
                let is_planned = self.planned_cards.with_value(|planned| planned.contains(&card.id));
                asked.set(is_planned && count < most);
                count += usize::from(is_planned);
            }
        });
    }
}

/// Asks for the way and the cards.
#[component]
pub(super) fn Way(form: WayForm, name: String, profile: CommunicationProfile, problems: Problems) -> impl IntoView {
    let options = form.question.with_value(|question| {
        Vocabulary::built_in().ways(question).map(|way| (way, way_in_words(way))).collect::<Vec<_>>()
    });
    Effect::new(move |before: Option<Kind>| {
        let way = form.way();
        if before.is_some_and(|before| before != way) {
            form.suit(way);
        }
        way
    });
    let signals =
        tr!("visit-way-yes-no-signals", {"name" => name, "yes" => profile.yes.clone(), "no" => profile.no.clone()});
    let has_signals = domain::text::is_visible(&profile.yes) && domain::text::is_visible(&profile.no);
    let checks = StoredValue::new(move || {
        form.cards.with_value(|cards| {
            let check = |(card, value): &(Card, RwSignal<bool>)| {
                view! { <Check id=format!("ask-{}", card.id) label=card.words.clone() value=*value/> }
            };
            cards.iter().map(check).collect_view()
        })
    });
    view! {
        <section class="heard-panel" aria-labelledby="how-to-ask">
            <h2 class="heard-panel__title" id="how-to-ask">{tr!("visit-way")}</h2>
            <Choice id="way" legend=tr!("visit-way-legend") value=form.way options problems/>
            <Show when=move || form.way() == Kind::YesNo>
                <p class="heard-prompt">{tr!("visit-way-yes-no-warning")}" "{has_signals.then(|| signals.clone())}</p>
            </Show>
            <Show when=move || form.way() == Kind::Drawing><p class="heard-prompt">{tr!("visit-way-drawing")}</p></Show>
            <Show when=move || form.way() == Kind::Words><p class="heard-prompt">{tr!("visit-way-words")}</p></Show>
            <Show when=move || has_cards(form.way())>
            <details class="govuk-details" prop:open=move || !matches!(form.way(), Kind::Mat | Kind::YesNo)>
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{tr!("visit-way-cards")}</span></summary>
                <div class="govuk-details__text">
                    <div class="govuk-checkboxes govuk-checkboxes--small heard-columns" role="group" aria-label=tr!("visit-way-cards")>{checks.with_value(|checks| checks())}</div>
                </div>
            </details>
            </Show>
        </section>
    }
}

/// Whether it asks about cards of the question, which the worker chooses.
fn has_cards(way: Kind) -> bool {
    !matches!(way, Kind::Body | Kind::Drawing | Kind::Words | Kind::WarmUp)
}

/// A way of asking, in words.
pub fn way_in_words(way: Kind) -> String {
    match way {
        Kind::Mat => tr!("way-mat"),
        Kind::Choice => tr!("way-choice"),
        Kind::Several => tr!("way-several"),
        Kind::Feelings => tr!("way-feelings"),
        Kind::YesNo => tr!("way-yes-no"),
        Kind::Houses => tr!("way-houses"),
        Kind::Day => tr!("way-day"),
        Kind::People => tr!("way-people"),
        Kind::Body => tr!("way-body"),
        Kind::Drawing => tr!("way-drawing"),
        Kind::Words => tr!("way-words"),
        Kind::WarmUp => tr!("way-warm-up"),
    }
}
