//! The child, the people around them, how they communicate, and who works with them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{PersonId, StaffId, TeamId};

/// A child's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// What the child is called.
    pub given: String,
    /// The family name.
    pub family: String,
}

impl Name {
    /// The name in a list: given name and the family name's first letter.
    pub fn short(&self) -> String {
        match self.family.chars().next() {
            Some(initial) => format!("{} {initial}", self.given),
            None => self.given.clone(),
        }
    }
}

/// A date of birth or an expected one, never both (children in need census rule 8525Q).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Birth {
    /// Born on this day.
    Born(Date),
    /// Not yet born; expected on this day.
    Expected(Date),
}

/// A child's record begins. The team must be the author's; the author becomes the first assignee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildRegistered {
    /// The child's name.
    pub name: Name,
    /// Born or expected.
    pub birth: Birth,
    /// The team that holds the case.
    pub team: TeamId,
    /// The council's own case number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_number: Option<String>,
}

/// Whether a person holds parental responsibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParentalResponsibility {
    /// They hold it.
    Held,
    /// They do not.
    NotHeld,
    /// Nobody has found out yet.
    NotKnown,
}

/// A person in the child's life. Recorded again under the same id, it is a correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRecorded {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// What they are to the child, in the family's words: "Mum", "Nani".
    pub relationship: String,
    /// Whether they hold parental responsibility.
    pub responsibility: ParentalResponsibility,
    /// The language they are spoken to in, where it is not English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

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

/// How many places a scale has for this child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cells {
    /// The two ends.
    Two,
    /// Two ends and in between.
    Three,
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

/// How the child communicates, and so how child mode behaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunicationProfile {
    /// In the words staff use: "points with her eyes, two choices; worker reads".
    pub summary: String,
    /// How choices reach the tablet.
    pub input: Input,
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
}

/// How the child communicates, as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileSet {
    /// The profile now in force.
    pub profile: CommunicationProfile,
}

/// Who works with the child: the whole allocation now in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffAssigned {
    /// The workers.
    pub staff: BTreeSet<StaffId>,
}
