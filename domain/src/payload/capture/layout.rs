//! How an activity was laid out for the child, and what lay beside it.

use access::settings::ScanOrder;
use serde::{Deserialize, Serialize};

use super::Card;
use crate::id::CaptureId;
use crate::payload::profile::{Cells, Colour, CommunicationProfile, Input, Order, Side, Theme, is_default};

/// With what a child answered without the tablet (PRACTICE A.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// The child's own communication device.
    OwnDevice,
    /// A communication book or board.
    Book,
    /// Signs.
    Signs,
    /// Objects of reference.
    Objects,
    /// The same mat, on paper.
    PaperMat,
}

impl Means {
    /// Every one, in the order in which it is asked.
    pub const ALL: [Means; 5] = [Means::OwnDevice, Means::Book, Means::Signs, Means::Objects, Means::PaperMat];
}

/// An answer that was given without the tablet and typed in by an adult.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenAnotherWay {
    /// With what.
    pub means: Means,
    /// Not while it was given, but later, from memory or from a note.
    pub later: bool,
}

/// How the screen was laid out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// How many cells.
    pub cells: Cells,
    /// How it looked.
    pub theme: Theme,
    /// Whether the order was drawn by lot.
    pub order: Order,
    /// How choices were to be made.
    pub input: Input,
    /// How that was set for the child.
    #[serde(default, skip_serializing_if = "is_default")]
    pub access: access::Settings,
    /// One thing was shown at a time, edged in this colour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alone: Option<Colour>,
    /// Where the places lay.
    #[serde(default, skip_serializing_if = "is_default")]
    pub side: Side,
    /// A keyguard lay on the screen.
    #[serde(default, skip_serializing_if = "is_default")]
    pub keyguard: bool,
    /// It was given without the tablet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub another_way: Option<GivenAnotherWay>,
    /// How many things the child can choose among at a time, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<u8>,
    /// Keys that were the child's switches beside the usual ones, the first and the second.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub switch_keys: Vec<String>,
    /// By which voice things were to be said aloud, if the device had it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<String>,
    /// What lay where the time before, there for the child to look at in the review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_time: Option<LastTime>,
}

/// What a child said the time before to the same question, asked in the same way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastTime {
    /// In which activity.
    pub capture: CaptureId,
    /// What lay where.
    pub placements: Vec<LastPlacement>,
}

/// One card of the time before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastPlacement {
    /// The card.
    pub option: Card,
    /// Where it lay.
    pub place: Card,
}

impl Layout {
    /// As a child's profile asks for. What is shown alone is offered one after the other.
    pub fn by(profile: &CommunicationProfile) -> Layout {
        let CommunicationProfile { cells, order, input, mut access, options, side, keyguard, .. } = *profile;
        let (switch_keys, voice) = (profile.switch_keys.clone(), profile.voice.clone());
        let (theme, alone) = (profile.shown_theme(), profile.shown_alone());
        if alone.is_some() {
            access.scan.order = ScanOrder::Linear;
        }
        let (another_way, last_time) = (None, None);
        Layout {
            cells,
            theme,
            order,
            input,
            access,
            alone,
            side,
            keyguard,
            another_way,
            options,
            switch_keys,
            voice,
            last_time,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_at_a_time_is_on_black_and_in_turn_where_places_are_offered_and_nowhere_else() {
        let profile = |input| CommunicationProfile {
            alone: Some(Colour::Red),
            ..CommunicationProfile::new("", input, Cells::Two)
        };
        for input in [Input::OneSwitch, Input::TwoSwitches, Input::Partner] {
            let layout = Layout::by(&profile(input));
            assert_eq!((layout.alone, layout.theme), (Some(Colour::Red), Theme::Contrast), "{input:?}");
            assert_eq!(layout.access.scan.order, ScanOrder::Linear);
        }
        for input in [Input::Touch, Input::Keyboard, Input::Dwell, Input::EyePointing] {
            let layout = Layout::by(&profile(input));
            assert_eq!((layout.alone, layout.theme), (None, Theme::Colour), "{input:?}");
        }
    }

    #[test]
    fn the_places_lie_where_the_profile_says() {
        let profile =
            CommunicationProfile { side: Side::Left, ..CommunicationProfile::new("", Input::Touch, Cells::Two) };
        assert_eq!(Layout::by(&profile).side, Side::Left);
    }
}
