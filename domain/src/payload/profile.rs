//! How a child communicates: the passport that child mode goes by.

use std::collections::{BTreeMap, BTreeSet};

use access::settings::ScanStyle;
use serde::{Deserialize, Serialize};

/// How a choice reaches the tablet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// The child touches.
    Touch,
    /// The child looks; an adult reads it and touches.
    EyePointing,
    /// One switch.
    OneSwitch,
    /// Two switches.
    TwoSwitches,
    /// Keys.
    Keyboard,
    /// Resting on a place.
    Dwell,
    /// An adult offers each place in turn.
    Partner,
}

impl Input {
    /// Whether places are offered in turn.
    pub fn is_scanned(self) -> bool {
        matches!(self, Input::OneSwitch | Input::TwoSwitches | Input::Partner)
    }
}

/// How many places a scale has for this child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cells {
    /// The two ends.
    Two,
    /// Two ends and in between.
    Three,
    /// The two ends, and then how much of that.
    TwoThenMore,
    /// Both ends in two parts each, and in between.
    Five,
}

impl Cells {
    /// Whether the child tells two places apart at a time, and no more.
    pub fn are_two(self) -> bool {
        matches!(self, Cells::Two | Cells::TwoThenMore)
    }
}

/// How child mode looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Colour symbols on a warm ground.
    #[default]
    Colour,
    /// Near monochrome.
    Calm,
    /// High-contrast symbols on black.
    Contrast,
}

/// In which order options come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Drawn by lot, and stored (Mehrani & Peterson 2015).
    #[default]
    Random,
    /// Always the same, for motor memory.
    Fixed,
}

/// A way in which the child tells something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Spoken words.
    Speech,
    /// Sounds.
    Sounds,
    /// A sign language or key-word signs.
    Signs,
    /// Gesture and body.
    Gesture,
    /// Looking.
    Looking,
    /// Pictures or symbols.
    Pictures,
    /// Photographs.
    Photos,
    /// Objects of reference.
    Objects,
    /// A device or book of the child's own.
    OwnSystem,
    /// Writing or typing.
    Writing,
}

impl Mode {
    /// Every way, in the order in which it is asked.
    pub const ALL: [Mode; 10] = [
        Mode::Speech,
        Mode::Sounds,
        Mode::Signs,
        Mode::Gesture,
        Mode::Looking,
        Mode::Pictures,
        Mode::Photos,
        Mode::Objects,
        Mode::OwnSystem,
        Mode::Writing,
    ];
}

/// How the child sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    /// Well, with glasses if worn.
    Usual,
    /// Low vision.
    LowVision,
    /// Cerebral visual impairment: the eyes see, the brain tires of it.
    Cvi,
    /// Not, or light and dark only.
    NotUsed,
}

/// Where on the screen the places lie that the child reaches or sees best.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Below the card.
    #[default]
    Below,
    /// Above it.
    Above,
    /// On the left.
    Left,
    /// On the right.
    Right,
}

/// A colour that a child sees best. The screen's styles give each at least 4.5:1 on black.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// Yellow.
    #[default]
    Yellow,
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// White.
    White,
}

impl Colour {
    /// Every one, in the order in which it is asked.
    pub const ALL: [Colour; 6] =
        [Colour::Yellow, Colour::Red, Colour::Orange, Colour::Green, Colour::Blue, Colour::White];
}

/// The skin of pictures of people (Fitzpatrick, as Unicode joins its six types to five).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkinTone {
    /// Types 1 and 2.
    Light,
    /// Type 3.
    MediumLight,
    /// Type 4.
    Medium,
    /// Type 5.
    MediumDark,
    /// Type 6.
    Dark,
}

/// Something that a child must be able to say to be safe (PRACTICE B.21).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SafetyWord {
    /// "Stop".
    Stop,
    /// "Leave me alone".
    LeaveMeAlone,
    /// "It hurts".
    Hurts,
    /// "I am scared".
    Scared,
    /// Words for private parts of the body.
    PrivateParts,
    /// "I want someone to speak for me".
    SpeakForMe,
}

impl SafetyWord {
    /// Every one, in the order in which it is asked.
    pub const ALL: [SafetyWord; 6] = [
        SafetyWord::Stop,
        SafetyWord::LeaveMeAlone,
        SafetyWord::Hurts,
        SafetyWord::Scared,
        SafetyWord::PrivateParts,
        SafetyWord::SpeakForMe,
    ];
}

/// Whether the child can say something, in whatever way. What is not in a profile was not tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sayable {
    /// They can.
    Yes,
    /// They have no way to.
    No,
}

/// How the child communicates, and so how child mode behaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunicationProfile {
    /// In the words staff use: "points with her eyes, two choices; worker reads".
    pub summary: String,
    /// How choices reach the tablet.
    pub input: Input,
    /// How that is set for the child.
    #[serde(default, skip_serializing_if = "is_default")]
    pub access: access::Settings,
    /// How many places the scale has.
    pub cells: Cells,
    /// How it looks.
    pub theme: Theme,
    /// In which order options come.
    pub order: Order,
    /// What shows yes, or agreement.
    pub yes: String,
    /// What shows no, or enough.
    pub no: String,
    /// What helps, and what to bring.
    #[serde(default)]
    pub notes: String,
    /// How the child says stop.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stop: String,
    /// Who can read these signals.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub readers: String,
    /// What shows that the child is tired, or has had enough.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tired: String,
    /// In which ways the child tells things.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub modes: BTreeSet<Mode>,
    /// How the child sees; none while nobody has found out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sight: Option<Sight>,
    /// One thing at a time on black, edged in this colour (PRACTICE A.11, for CVI); none: all at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alone: Option<Colour>,
    /// Where the places lie.
    #[serde(default, skip_serializing_if = "is_default")]
    pub side: Side,
    /// A keyguard lies on the screen: the places are as far apart as its holes, and stay where they are.
    #[serde(default, skip_serializing_if = "is_default")]
    pub keyguard: bool,
    /// How many things the child can choose among at a time; none while nobody has found out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<u8>,
    /// Keys that were learnt as the child's switches, the first and the second, as browsers name them; empty for the usual one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub switch_keys: Vec<String>,
    /// By which voice things are said aloud; the device's own for the language where it has no such voice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<String>,
    /// The skin of pictures of people; none until it is chosen with the child.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skin_tone: Option<SkinTone>,
    /// Photographs before drawn pictures.
    #[serde(default, skip_serializing_if = "is_default")]
    pub photos_first: bool,
    /// What the child can and cannot say of what keeps a child safe.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub can_say: BTreeMap<SafetyWord, Sayable>,
}

impl CommunicationProfile {
    /// A profile that says the least.
    pub fn new(summary: impl Into<String>, input: Input, cells: Cells) -> CommunicationProfile {
        CommunicationProfile {
            summary: summary.into(),
            input,
            access: access::Settings::default(),
            cells,
            theme: Theme::default(),
            order: Order::default(),
            yes: String::new(),
            no: String::new(),
            notes: String::new(),
            stop: String::new(),
            readers: String::new(),
            tired: String::new(),
            modes: BTreeSet::new(),
            sight: None,
            alone: None,
            side: Side::default(),
            keyguard: false,
            options: None,
            switch_keys: Vec::new(),
            voice: None,
            skin_tone: None,
            photos_first: false,
            can_say: BTreeMap::new(),
        }
    }

    /// Whether time goes on from place to place, so that its pace has to be the child's.
    pub fn is_paced(&self) -> bool {
        self.input == Input::OneSwitch && self.access.scan.style != ScanStyle::Step
    }

    /// In which colour one thing is shown at a time, where the way of reaching offers one.
    pub fn shown_alone(&self) -> Option<Colour> {
        self.alone.filter(|_| self.input.is_scanned())
    }

    /// How it looks to the child: what is shown alone is shown on black.
    pub fn shown_theme(&self) -> Theme {
        if self.shown_alone().is_some() { Theme::Contrast } else { self.theme }
    }

    /// Whether anything is to be said aloud.
    pub fn is_aloud(&self) -> bool {
        self.access.speech.messages || (self.input.is_scanned() && self.access.scan.cues)
    }
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// How the child communicates, as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileSet {
    /// The profile now in force.
    pub profile: CommunicationProfile,
}
