//! What of good practice a record has at all: by what is missing, an auditor draws a sample.

use serde::{Deserialize, Serialize};

use super::Standing;

/// Something that every record should have in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// How the child communicates.
    Profile,
    /// A visit.
    Visit,
    /// A view of the child, or what was seen where the child could not be asked.
    View,
    /// A parent's voice.
    ParentVoice,
    /// Analysis in the plan.
    Analysis,
    /// What difference ethnicity, culture, faith and disability make.
    Difference,
    /// A plan that a manager has authorised.
    Authorised,
}

impl Aspect {
    /// Every aspect.
    pub const ALL: [Aspect; 7] = [
        Aspect::Profile,
        Aspect::Visit,
        Aspect::View,
        Aspect::ParentVoice,
        Aspect::Analysis,
        Aspect::Difference,
        Aspect::Authorised,
    ];
}

impl Standing {
    /// What the record does not have.
    pub fn lacks(&self) -> Vec<Aspect> {
        Aspect::ALL.into_iter().filter(|aspect| !self.has.contains(aspect)).collect()
    }
}
