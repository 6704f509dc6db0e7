//! The child, the people around them, how they communicate, and who works with them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{PersonId, StaffId, TeamId};

/// A child's name, in whatever script the family writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The given names.
    pub given: String,
    /// The family name; empty for a child who has one name only.
    pub family: String,
    /// What the child is called, where that is not the given name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_as: Option<String>,
}

impl Name {
    /// A child who is called by the given name.
    pub fn new(given: impl Into<String>, family: impl Into<String>) -> Name {
        Name { given: given.into(), family: family.into(), known_as: None }
    }

    /// What the child is called.
    pub fn called(&self) -> &str {
        match &self.known_as {
            Some(called) => called,
            None if self.given.is_empty() => &self.family,
            None => &self.given,
        }
    }

    /// What the child is called and the family name: for a heading.
    pub fn full(&self) -> String {
        if self.family.is_empty() || self.called() == self.family {
            self.called().to_owned()
        } else {
            format!("{} {}", self.called(), self.family)
        }
    }

    /// The name in a list: what the child is called and the family name's first letter.
    pub fn short(&self) -> String {
        match self.family.chars().next() {
            Some(initial) if self.called() != self.family => format!("{} {initial}", self.called()),
            _ => self.called().to_owned(),
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

/// A child's record begins. The team must be the author's; its author becomes the first
/// assignee unless it says that nobody is. Recorded again, it corrects.
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
    /// How the child is spoken of: "she/her".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pronouns: Option<String>,
    /// The languages of the home, the child's own first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Which interpreter is needed, where one is: "Punjabi", "BSL".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpreter: Option<String>,
    /// Nobody works with the child yet: the manager who registers it allocates later.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unallocated: bool,
}

impl ChildRegistered {
    /// A registration that says the least.
    pub fn new(name: Name, birth: Birth, team: TeamId) -> ChildRegistered {
        ChildRegistered {
            name,
            birth,
            team,
            case_number: None,
            pronouns: None,
            languages: Vec::new(),
            interpreter: None,
            unallocated: false,
        }
    }
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
    /// How they are reached: telephone, e-mail, "through the school".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// For whom a professional works: "Hillside School".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// Court orders that concern them and the child.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orders: Option<String>,
}

impl PersonRecorded {
    /// A person of whom the least is known.
    pub fn new(person: PersonId, name: impl Into<String>, relationship: impl Into<String>) -> PersonRecorded {
        PersonRecorded {
            person,
            name: name.into(),
            relationship: relationship.into(),
            responsibility: ParentalResponsibility::NotKnown,
            language: None,
            contact: None,
            agency: None,
            orders: None,
        }
    }
}

/// Who works with the child: the whole allocation now in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffAssigned {
    /// The workers.
    pub staff: BTreeSet<StaffId>,
    /// Those among them who are of another team: joint work, said on purpose.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub joint: BTreeSet<StaffId>,
    /// What whoever takes over must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl StaffAssigned {
    /// An allocation within the team, without a note.
    pub fn to(staff: impl IntoIterator<Item = StaffId>) -> StaffAssigned {
        StaffAssigned { staff: staff.into_iter().collect(), joint: BTreeSet::new(), note: None }
    }
}
