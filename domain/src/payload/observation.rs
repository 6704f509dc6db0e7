//! Watching a child who cannot be asked: what was done, and what the child did (PRACTICE A.24). One occasion is one observation;
//! several, by several people, are a series. It is read by adults, and never the child's words.

use serde::{Deserialize, Serialize};

use crate::id::{ObservationId, VisitId};

/// Whether the child seemed to be in pain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pain {
    /// No sign of it.
    None,
    /// Signs of it.
    Signs,
    /// Nobody could tell.
    Unknown,
}

/// Somebody begins to watch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservationStarted {
    /// Which occasion.
    pub observation: ObservationId,
    /// During which visit.
    pub visit: VisitId,
    /// What is done, or offered: "music: the drum".
    pub what: String,
    /// Who watches, as they are called: a member of staff, a parent, a teacher.
    pub who: String,
    /// How awake the child is, from 1, asleep, to 9, wide awake†.
    pub alertness: u8,
    /// How the child sits or lies.
    #[serde(default)]
    pub posture: String,
    /// Medicine, fits, sleep: whatever else could change what is seen.
    #[serde(default)]
    pub health: String,
    /// Pain.
    pub pain: Pain,
}

/// Something that the child does, or that happens around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Looks at it.
    LooksAt,
    /// Turns away.
    TurnsAway,
    /// Smiles.
    Smiles,
    /// Goes still.
    GoesStill,
    /// Reaches.
    Reaches,
    /// Pushes away.
    PushesAway,
    /// Makes a sound.
    Sounds,
    /// Frowns or cries.
    Frowns,
    /// Something else: its words come afterwards.
    SomethingElse,
    /// What is done begins.
    Begins,
    /// What is done ends.
    Ends,
    /// Somebody came in.
    SomeoneCameIn,
    /// The child was moved.
    Moved,
}

impl Mark {
    /// What the child does, in the order in which it lies on the screen.
    pub const OF_CHILD: [Mark; 9] = [
        Mark::LooksAt,
        Mark::TurnsAway,
        Mark::Smiles,
        Mark::GoesStill,
        Mark::Reaches,
        Mark::PushesAway,
        Mark::Sounds,
        Mark::Frowns,
        Mark::SomethingElse,
    ];
    /// Whether the child does it, and not somebody around them.
    pub fn is_of_child(self) -> bool {
        Mark::OF_CHILD.contains(&self)
    }

    /// What happens around the child.
    pub const AROUND: [Mark; 4] = [Mark::Begins, Mark::Ends, Mark::SomeoneCameIn, Mark::Moved];
}

/// One mark; when, the operation says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservationMarked {
    /// On which occasion.
    pub observation: ObservationId,
    /// What.
    pub mark: Mark,
}

/// The last mark was a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkTakenBack {
    /// On which occasion.
    pub observation: ObservationId,
}

/// How sure the reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// A guess.
    Low,
    /// Fairly sure.
    Some,
    /// Sure: it was like this before.
    High,
}

/// Somebody who knows the child reads what was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservationRead {
    /// Of which occasion.
    pub observation: ObservationId,
    /// Who reads it, as they are called.
    pub who: String,
    /// Exactly what the child did.
    pub behaviour: String,
    /// What it may mean.
    pub meaning: String,
    /// What else could explain it: pain, a fit, medicine, posture, tiredness.
    pub otherwise: String,
    /// How sure they are.
    pub confidence: Confidence,
}
