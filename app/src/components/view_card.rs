//! One view of the child: what was shown, and where the child placed it.

use domain::Record;
use domain::asking::Asking;
use domain::id::ViewId;
use domain::payload::capture::{Card, Clarity};
use domain::record::capture::CaptureView;
use domain::record::repeated::Repeated;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::Picture;

/// What a card shows of a view.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewScreen {
    /// Which view.
    pub id: ViewId,
    /// What was shown.
    pub option: Card,
    /// What the view is about, in a few words.
    pub about: String,
    /// Where it lies; none if the activity has no such place.
    pub cell: Option<Card>,
    /// How often the child moved it.
    pub moved: usize,
    /// Asked again?
    pub repeated: Repeated,
    /// How plain it was to the adult who read it.
    pub clarity: Option<Clarity>,
    /// The child brought this card with *something else*.
    pub brought: bool,
}

impl ViewScreen {
    /// What a card shows of a view.
    pub fn of(view: CaptureView<'_>, record: &Record) -> ViewScreen {
        ViewScreen {
            id: view.id(),
            option: view.placed.option.clone(),
            about: view.about(),
            cell: view.place(),
            moved: view.placed.before.len(),
            repeated: record.repeated(view),
            clarity: view.placed.clarity,
            brought: view.capture.brought.iter().any(|card| card.id == view.placed.option.id),
        }
    }

    /// "the bus (don't like)".
    pub fn words(&self) -> String {
        match &self.cell {
            Some(cell) => format!("{} ({})", self.option.words, cell.words),
            None => self.option.words.clone(),
        }
    }
}

/// A view: picture → cell, with what is worth knowing about it.
#[component]
pub fn ViewCard(
    /// The view.
    view: ViewScreen,
    /// More beside it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let notes = notes(&view);
    view! {
        <div class="view-card">
            <CardPicture card=view.option/>
            <span class="view-card__arrow" aria-hidden="true"></span>
            {view.cell.map(|card| view! { <CardPicture card/> })}
            {(!notes.is_empty() || children.is_some()).then(|| view! {
                <div class="view-card__notes">
                    {notes.into_iter().map(|words| view! { <span class="govuk-tag govuk-tag--grey">{words}</span> }).collect_view()}
                    {children.map(|children| children())}
                </div>
            })}
        </div>
    }
}

/// That an activity was answered in a way which this version does not know, and its views cannot be shown.
#[component]
pub fn NewerWay(asking: Asking) -> impl IntoView {
    (!asking.is_known()).then(|| view! { <p class="heard-prompt">{tr!("view-newer")}</p> })
}

#[component]
fn CardPicture(card: Card) -> impl IntoView {
    view! {
        <p class="view-card__picture"><Picture symbol=card.symbol/><span>{card.words}</span></p>
    }
}

fn notes(view: &ViewScreen) -> Vec<String> {
    let mut notes = Vec::new();
    match view.repeated {
        Repeated::Once => {}
        Repeated::Same(times) => notes.push(tr!("view-asked-same", {"times" => times})),
        Repeated::Changed(times) => notes.push(tr!("view-asked-changed", {"times" => times})),
    }
    if view.moved > 0 {
        notes.push(tr!("view-moved", {"times" => view.moved}));
    }
    match view.clarity {
        Some(Clarity::Unclear) => notes.push(tr!("view-unclear")),
        Some(Clarity::SecondReaderAgreed) => notes.push(tr!("view-second-reader")),
        Some(Clarity::Clear) | None => {}
    }
    if view.brought {
        notes.push(tr!("view-brought"));
    }
    notes
}
