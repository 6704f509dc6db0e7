//! The ways of asking: one file each, one line each below.
//!
//! Whatever the way, an activity is a list of **showings**: an option is shown with the places that it can be put in, and is
//! put in one, or left by a way out. Then come the review, "Who can see this?" and the end. A way says what it shows next and
//! what its places are; what has happened is folded for all of them in [`Capture`].
//!
//! To add one: a file and a line here, and its screens in `app/src/child` (`ARCHITECTURE.md` shows how).

pub mod mat;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::id::PresentationId;
use crate::payload::Payload;
use crate::payload::capture::Card;
use crate::record::capture::Capture;

pub use mat::Mat;

macro_rules! ways {
    ($($(#[$doc:meta])* $name:ident($set_up:ty) = $kind:literal),+ $(,)?) => {
        /// The way in which an activity asks, with all that it was set up with.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "kind")]
        pub enum Asking {
            $($(#[$doc])* #[serde(rename = $kind)] $name($set_up),)+
            /// A way that a newer version knows. It is kept whole, and nothing is made of its answers here.
            #[serde(untagged)]
            Newer(Newer),
        }

        impl Asking {
            /// The ways that this version knows, as they are written.
            pub const KINDS: &[&str] = &[$($kind),+];

            fn way(&self) -> Option<&dyn Way> {
                match self {
                    $(Asking::$name(set_up) => Some(set_up),)+
                    Asking::Newer(_) => None,
                }
            }
        }
    };
}

ways! {
    /// One option at a time, placed on a scale.
    Mat(Mat) = "mat",
}

/// What a way of asking says of itself. It depends on nothing but what has happened.
trait Way {
    /// What is asked about, in the order in which it is shown.
    fn options(&self) -> &[Card];

    /// Where an option can be put, in shown order.
    fn places(&self) -> &[Card];

    /// What is shown next, while nothing is on the screen; none when all is settled.
    fn next<'a>(&'a self, capture: &'a Capture) -> Option<&'a Card>;
}

impl Asking {
    /// Whether this version knows the way.
    pub fn is_known(&self) -> bool {
        self.way().is_some()
    }

    /// What is asked about, in the order in which it is shown.
    pub fn options(&self) -> &[Card] {
        self.way().map_or(&[], Way::options)
    }

    /// Where an option can be put, in shown order.
    pub fn places(&self) -> &[Card] {
        self.way().map_or(&[], Way::places)
    }

    /// The place with this id.
    pub fn place(&self, id: &str) -> Option<&Card> {
        self.places().iter().find(|place| place.id == id)
    }
}

/// The set-up of a way of asking that this version does not know, as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
pub struct Newer(Map<String, Value>);

impl TryFrom<Map<String, Value>> for Newer {
    type Error = &'static str;

    /// A way that is known, and cannot be read, is not a newer one.
    fn try_from(written: Map<String, Value>) -> Result<Newer, Self::Error> {
        match written.get("kind").and_then(Value::as_str) {
            Some(kind) if Asking::KINDS.contains(&kind) => Err("the set-up of this way of asking cannot be read"),
            Some(_) => Ok(Newer(written)),
            None => Err("a way of asking has a kind"),
        }
    }
}

/// What an activity shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// This option is to be shown: nothing has been shown yet, or the last one is settled.
    Show(Card),
    /// This option is on the screen and waits for the child.
    Waiting {
        /// Which showing.
        presentation: PresentationId,
        /// What is shown.
        option: Card,
    },
    /// Everything has been asked: the child looks at all of it.
    Review,
    /// The child says who may see it.
    Sharing,
    /// The child is content and has said who may see it; the end is still to be written down.
    Finish,
    /// It has ended.
    Ended,
    /// It asks in a way that this version does not know: nothing can be shown.
    Unknown,
}

/// Says what an activity shows next: a pure function of what has happened so far, so that a reload, a crash or a second tablet
/// shows the same. Nothing here praises, hurries or preselects.
pub fn next(capture: &Capture) -> Step {
    let Some(way) = capture.asking.way() else { return Step::Unknown };
    if capture.ended.is_some() || capture.stopped() {
        return Step::Ended;
    }
    if let Some((presentation, option)) = &capture.open_presentation {
        return Step::Waiting { presentation: *presentation, option: option.clone() };
    }
    if let Some(card) = just_brought(capture).or_else(|| way.next(capture)) {
        return Step::Show(card.clone());
    }
    match (&capture.reviewed, &capture.sharing) {
        (None, _) if !capture.placements.is_empty() => Step::Review,
        (_, None) if !capture.placements.is_empty() => Step::Sharing,
        _ => Step::Finish,
    }
}

/// The card the child has this moment brought. One that lies somewhere already is asked again: the child changes their mind.
fn just_brought(capture: &Capture) -> Option<&Card> {
    let mut steps = capture.steps.iter().rev().map(|step| &step.payload);
    match steps.find(|payload| !matches!(payload, Payload::Paused(_)))? {
        Payload::Escaped(escaped) => escaped.chose.as_ref(),
        _ => None,
    }
}

/// Any order is as likely as any other (Fisher and Yates), if `draw(n)` gives each of 0..n alike.
fn shuffled(mut cards: Vec<Card>, mut draw: impl FnMut(usize) -> usize) -> Vec<Card> {
    for place in (1..cards.len()).rev() {
        cards.swap(place, draw(place + 1));
    }
    cards
}

#[cfg(test)]
mod tests;
