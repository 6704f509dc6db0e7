//! What a council says of itself, for all its tablets.

use serde::{Deserialize, Serialize};

/// The council's own settings, all of them: each time they are written anew as the next version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsSet {
    /// 1 at first, then one more each time.
    pub version: u32,
    /// What the council is called.
    pub council: String,
    /// Whom to ring when a child may not be safe, in the order in which they are to be rung.
    pub telephones: Vec<Telephone>,
}

/// A telephone that somebody answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telephone {
    /// Who answers, and when: "Duty line, day and night".
    pub who: String,
    /// Its number, as it is dialled.
    pub number: String,
}
