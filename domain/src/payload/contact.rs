//! What reached the council out of hours, handed over to the day team.
//!
//! Whoever answers at night writes it down: what was said, what was done, what the day team has to do. Each is there until
//! somebody of the day has seen it; a concern until a manager has.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::id::{ContactId, TeamId};

/// Who was in touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactFrom {
    /// The child.
    Child,
    /// A parent, or somebody else of the family.
    Family,
    /// Police, a hospital, a school, a carer: somebody at work.
    Professional,
    /// Somebody else: a neighbour.
    Other,
}

/// How.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactHow {
    /// By telephone.
    Telephone,
    /// Face to face.
    InPerson,
    /// By a message: e-mail, text.
    Message,
}

/// A child of whom the council has no record, and the team that is to look into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownChild {
    /// What was told of the child: name, age, where they are.
    pub words: String,
    /// The team.
    pub team: TeamId,
}

/// Somebody was in touch about a child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactWritten {
    /// Which.
    pub contact: ContactId,
    /// The day on which it began, in England.
    pub on: Date,
    /// At what time of that day.
    pub at: Time,
    /// Who was in touch.
    pub from: ContactFrom,
    /// Their name, and what they are to the child.
    pub who: String,
    /// How.
    pub how: ContactHow,
    /// What they said, in their words.
    pub said: String,
    /// What was done about it.
    pub done: String,
    /// What the day team has to do; empty where nothing is left to do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to_do: String,
    /// About whom, where there is no record of the child: then the contact is a record of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<UnknownChild>,
}

/// Whether the child is safe as far as whoever answered knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SafeNow {
    /// Yes.
    Yes,
    /// No.
    No,
    /// It is not known.
    NotKnown,
}

/// Somebody was in touch because a child may not be safe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConcernWritten {
    /// Who was in touch, and what about.
    #[serde(flatten)]
    pub contact: ContactWritten,
    /// Whether the child is safe now.
    pub safe_now: SafeNow,
    /// Who was told of it, and when: police, the manager on call.
    pub told: String,
}

/// Somebody who works with the child by day has read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactSeen {
    /// Which.
    pub contact: ContactId,
}

/// A manager has seen a concern, and says what happens now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConcernSeen {
    /// Which.
    pub contact: ContactId,
    /// What happens now.
    pub words: String,
}
