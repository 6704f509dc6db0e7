//! The ways of asking: one file each, one line each below.
//!
//! Whatever the way, an activity is a list of **showings**: an option is shown with the places that it can be put in, and is
//! put in one, or left by a way out. Then come the review, "Who can see this?" and the end. A way says what it shows next and
//! what its places are; what has happened is folded for all of them in [`Capture`].
//!
//! To add one: a file and a line here, and its screens in `app/src/child` (`ARCHITECTURE.md` shows how).

pub mod body;
pub mod choice;
pub mod feelings;
pub mod houses;
pub mod making;
pub mod mat;
pub mod rounds;
pub mod several;
pub mod warm_up;
pub mod yes_no;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::id::PresentationId;
use crate::payload::Payload;
use crate::payload::capture::Card;
use crate::payload::profile::{CommunicationProfile, Order};
use crate::record::capture::{Capture, Placed};
use crate::vocabulary::Question;

pub use body::Body;
pub use choice::{Choice, Preference};
pub use feelings::Feelings;
pub use making::Making;
pub use mat::{CheckOutcome, Checked, End, Mat};
pub use rounds::Rounds;
pub use several::Several;
pub use warm_up::{WarmUp, WarmedUp};
pub use yes_no::YesNo;

macro_rules! ways {
    ($($(#[$doc:meta])* $name:ident($set_up:ty, $laid:path) = $kind:literal),+ $(,)?) => {
        /// The way in which an activity asks, with all that it was set up with.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "kind")]
        pub enum Asking {
            $($(#[$doc])* #[serde(rename = $kind)] $name($set_up),)+
            /// A way that a newer version knows. It is kept whole, and nothing is made of its answers here.
            #[serde(untagged)]
            Newer(Newer),
        }

        /// A way of asking that this version knows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind {
            $($(#[$doc])* $name,)+
        }

        impl Kind {
            /// Every way, in the order in which they are offered.
            pub const ALL: &[Kind] = &[$(Kind::$name),+];

            /// The way that is written so; none that this version does not know.
            pub fn named(name: &str) -> Option<Kind> {
                Kind::ALL.iter().copied().find(|kind| kind.name() == name)
            }

            /// As it is written.
            pub fn name(self) -> &'static str {
                match self {
                    $(Kind::$name => $kind,)+
                }
            }

            /// Sets an activity up: a question with these of its options, for a child with this profile. `draw(n)` gives each of
            /// 0..n alike.
            pub fn laid(
                self,
                question: &Question,
                options: Vec<Card>,
                profile: &CommunicationProfile,
                draw: impl FnMut(usize) -> usize,
            ) -> Asking {
                match self {
                    $(Kind::$name => Asking::$name($laid(question, options, profile, draw)),)+
                }
            }
        }

        impl Asking {
            /// Which way; none that this version does not know.
            pub fn kind(&self) -> Option<Kind> {
                match self {
                    $(Asking::$name(_) => Some(Kind::$name),)+
                    Asking::Newer(_) => None,
                }
            }

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
    Mat(Mat, Mat::laid) = "mat",
    /// Two pictures at a time, of which one is chosen.
    Choice(Choice, Choice::laid) = "choice",
    /// Several pictures at once, of which one after the other is taken.
    Several(Several, Several::laid) = "several",
    /// A face, then where, then what about.
    Feelings(Feelings, Feelings::laid) = "feelings",
    /// One option at a time, with yes or no.
    YesNo(YesNo, YesNo::laid) = "yes_no",
    /// One card at a time, put in the house of worries, of good things or of dreams.
    Houses(Mat, houses::laid) = "houses",
    /// The parts of a day, each rated, and what should be otherwise.
    Day(Rounds, rounds::day) = "day",
    /// Who is close, and with whom the child would like more or less time.
    People(Rounds, rounds::people) = "people",
    /// Where on the body, and what it is like there.
    Body(Body, Body::laid) = "body",
    /// A drawing.
    Drawing(Making, making::drawing) = "drawing",
    /// Words of the child's own.
    Words(Making, making::words) = "words",
    /// Things that the child knows, and the ways out tried by doing them. It comes before any other.
    WarmUp(WarmUp, WarmUp::laid) = "warm_up",
}

/// What a way of asking says of itself. It depends on nothing but what has happened.
trait Way {
    /// What is asked about, in the order in which it is shown.
    fn options(&self) -> Vec<&Card>;

    /// Every place there is.
    fn places(&self) -> &[Card];

    /// Where this option can be put, in shown order.
    fn shown(&self, option: &str) -> Vec<&Card>;

    /// Where this option can be put after what was answered, in shown order.
    fn shown_now(&self, _capture: &Capture, option: &str) -> Vec<&Card> {
        self.shown(option)
    }

    /// How the place in which this option lies is told finer, while that is still to be asked.
    fn finer(&self, _capture: &Capture, _option: &str) -> Option<&End> {
        None
    }

    /// The place of the whole scale that this one tells finer; itself where it is one.
    fn end_of<'a>(&'a self, place: &'a str) -> &'a str {
        place
    }

    /// What is shown next, while nothing is on the screen; none when all is settled.
    fn next<'a>(&'a self, capture: &'a Capture) -> Option<&'a Card>;

    /// Whether what the child brings with *something else* is asked about at once.
    fn asks_what_is_brought(&self) -> bool {
        true
    }

    /// Whether this only asks once more what was asked before.
    fn is_repeat(&self, _option: &str) -> bool {
        false
    }

    /// The words with which this option is asked, where they are not those of the whole activity.
    fn ask(&self, _option: &str) -> Option<&str> {
        None
    }

    /// Which option this one asks about once more, in other words; itself where it does not.
    fn about<'a>(&'a self, option: &'a str) -> &'a str {
        option
    }

    /// Whether this answer only led to what was asked next, where the view is.
    fn only_leads(&self, _capture: &Capture, _placed: &Placed) -> bool {
        false
    }

    /// Whether it is only practice: nothing in it is a view, and nobody asks who may see it.
    fn is_practice(&self) -> bool {
        false
    }

    /// Whether the child makes something: until there is something, it cannot be done.
    fn is_made(&self) -> bool {
        false
    }

    /// What came of a warm-up.
    fn warmed_up(&self, _capture: &Capture) -> Option<WarmedUp> {
        None
    }

    /// How much is asked about; none where the answers say how it goes on.
    fn count(&self) -> Option<usize> {
        Some(self.options().iter().filter(|option| !self.is_repeat(&option.id)).count())
    }

    /// What came of asking once more what matters much.
    fn checked(&self, _capture: &Capture) -> Option<Checked<'_>> {
        None
    }

    /// What choices between pictures come to.
    fn preference<'a>(&'a self, _capture: &'a Capture) -> Option<Preference<'a>> {
        None
    }
}

impl Asking {
    /// Whether this version knows the way.
    pub fn is_known(&self) -> bool {
        self.way().is_some()
    }

    /// What is asked about, in the order in which it is shown.
    pub fn options(&self) -> Vec<&Card> {
        self.way().map(Way::options).unwrap_or_default()
    }

    /// Every place there is.
    pub fn places(&self) -> &[Card] {
        self.way().map_or(&[], Way::places)
    }

    /// Where this option can be put when nothing was answered yet, in shown order.
    pub fn shown(&self, option: &str) -> Vec<&Card> {
        self.way().map(|way| way.shown(option)).unwrap_or_default()
    }

    /// Where this option can be put after what was answered, in shown order.
    pub fn shown_now(&self, capture: &Capture, option: &str) -> Vec<&Card> {
        self.way().map(|way| way.shown_now(capture, option)).unwrap_or_default()
    }

    /// How the place in which this option lies is told finer, while that is still to be asked.
    pub fn finer(&self, capture: &Capture, option: &str) -> Option<&End> {
        self.way()?.finer(capture, option)
    }

    /// The place of the whole scale that this one tells finer; itself where it is one.
    pub fn end_of<'a>(&'a self, place: &'a str) -> &'a str {
        self.way().map_or(place, |way| way.end_of(place))
    }

    /// Whether this only asks once more what was asked before: it tells how sure an answer is, and is no view of its own.
    pub fn is_repeat(&self, option: &str) -> bool {
        self.way().is_some_and(|way| way.is_repeat(option))
    }

    /// The words with which this option is asked, where they are not those of the whole activity.
    pub fn ask(&self, option: &str) -> Option<&str> {
        self.way()?.ask(option)
    }

    /// Which option this one asks about once more, in other words; itself where it does not.
    pub fn about<'a>(&'a self, option: &'a str) -> &'a str {
        self.way().map_or(option, |way| way.about(option))
    }

    /// Whether this answer only led to what was asked next: the view is what was answered there.
    pub fn only_leads(&self, capture: &Capture, placed: &Placed) -> bool {
        self.way().is_some_and(|way| way.only_leads(capture, placed))
    }

    /// Whether it is only practice: nothing in it is a view, and nobody asks who may see it.
    pub fn is_practice(&self) -> bool {
        self.way().is_some_and(Way::is_practice)
    }

    /// Whether the child makes something: until there is something, it cannot be done.
    pub fn is_made(&self) -> bool {
        self.way().is_some_and(Way::is_made)
    }

    /// What came of a warm-up; none of other ways, and before anything was asked.
    pub fn warmed_up(&self, capture: &Capture) -> Option<WarmedUp> {
        self.way()?.warmed_up(capture)
    }

    /// How much is asked about; none where the answers say how it goes on.
    pub fn count(&self) -> Option<usize> {
        self.way()?.count()
    }

    /// What choices between pictures come to; none by other ways, and while nothing was chosen.
    pub fn preference<'a>(&'a self, capture: &'a Capture) -> Option<Preference<'a>> {
        self.way()?.preference(capture)
    }

    /// What came of asking once more what matters much; none where it was not, or nothing was answered.
    pub fn checked(&self, capture: &Capture) -> Option<Checked<'_>> {
        self.way()?.checked(capture)
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
            Some(kind) if Kind::named(kind).is_some() => Err("the set-up of this way of asking cannot be read"),
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
    let brought = just_brought(capture).filter(|_| way.asks_what_is_brought());
    if let Some(card) = brought.or_else(|| way.next(capture)) {
        return Step::Show(card.clone());
    }
    if way.is_practice() {
        return Step::Finish;
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

/// The first of these that is not settled; what the child brought comes before.
fn first_unsettled<'a>(capture: &'a Capture, options: impl IntoIterator<Item = &'a Card>) -> Option<&'a Card> {
    capture.brought.iter().chain(options).find(|card| !capture.is_settled(&card.id))
}

/// In the order that the profile asks for.
fn ordered(options: Vec<Card>, profile: &CommunicationProfile, draw: impl FnMut(usize) -> usize) -> Vec<Card> {
    match profile.order {
        Order::Random => shuffled(options, draw),
        Order::Fixed => options,
    }
}

/// Any order is as likely as any other (Fisher and Yates), if `draw(n)` gives each of 0..n alike.
fn shuffled<T>(mut all: Vec<T>, mut draw: impl FnMut(usize) -> usize) -> Vec<T> {
    for place in (1..all.len()).rev() {
        all.swap(place, draw(place + 1));
    }
    all
}

#[cfg(test)]
mod tests;
