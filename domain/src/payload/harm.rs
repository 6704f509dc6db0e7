//! What was decided about what may be a sign of harm (PRACTICE A.22).

use serde::{Deserialize, Serialize};

use crate::id::CaptureId;

/// What the worker makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HarmDecision {
    /// It is explained: "a scraped knee from the playground, the school wrote it down".
    Explained,
    /// Not sure: the manager looks on the same day.
    Unsure,
    /// The child may not be safe.
    Worried,
    /// Somebody looked, and nothing more is written. It is all that is kept where it is about a colleague or the manager and went to
    /// the designated officer by telephone: whoever it is about may read this record.
    Looked,
}

/// A worker looked at it, before the visit ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HarmLookedAt {
    /// In which activity the child showed it.
    pub capture: CaptureId,
    /// What is made of it.
    pub decision: HarmDecision,
    /// What the child showed or said, exactly; how it is explained. Empty where nothing more is written.
    #[serde(default)]
    pub words: String,
    /// Who may be involved, if the child showed it; never asked of the child.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub involved: String,
    /// Somebody was rung about it already.
    #[serde(default)]
    pub rang: bool,
}

/// A manager has seen it, and says what happens now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HarmSeen {
    /// Of which activity.
    pub capture: CaptureId,
    /// What happens now.
    pub words: String,
}
