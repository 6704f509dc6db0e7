//! One activity with the child, step by step, so that a manager can replay how a view was given.

mod layout;
mod seen;

use std::collections::{BTreeMap, BTreeSet};

use access::Reached;
use serde::{Deserialize, Serialize};

use super::profile::{Input, is_default};
use crate::asking::Asking;
use crate::id::{CaptureId, PresentationId, VisitId};

pub use layout::{GivenAnotherWay, LastPlacement, LastTime, Layout, Means};
pub use seen::Seen;

/// A card as it was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Which option; unique within a capture.
    pub id: String,
    /// The symbol shown.
    pub symbol: String,
    /// The words shown.
    pub words: String,
}

/// The question as it was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The question's id in the library.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// The topic as shown.
    pub topic: Card,
    /// The words of the asking.
    pub words: String,
    /// The language it was asked in (BCP 47).
    pub language: String,
}

/// An activity begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureStarted {
    /// During which visit.
    pub visit: VisitId,
    /// Which activity.
    pub capture: CaptureId,
    /// The question.
    pub question: Asked,
    /// In which way it is asked: its `kind`, and what that is set up with.
    #[serde(flatten)]
    pub asking: Asking,
    /// The layout.
    pub layout: Layout,
}

/// One option was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presented {
    /// In which activity.
    pub capture: CaptureId,
    /// Which showing.
    pub presentation: PresentationId,
    /// What was shown.
    pub option: Card,
    /// The cells in shown order, by id.
    pub order: Vec<String>,
    /// How the choice was to be made.
    pub input: Input,
}

/// How plain the child's answer was to the adult who read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clarity {
    /// Plain.
    Clear,
    /// In doubt.
    Unclear,
    /// A second reader agreed.
    SecondReaderAgreed,
}

/// The child placed an option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// In which activity.
    pub capture: CaptureId,
    /// Which showing it answers.
    pub presentation: PresentationId,
    /// What was placed.
    pub option: String,
    /// Where.
    pub cell: String,
    /// The adult who read it, where the child did not touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_by: Option<String>,
    /// How plain it was, where an adult read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clarity: Option<Clarity>,
    /// From shown to placed, in milliseconds.
    pub latency_ms: u64,
    /// How the place was reached, where there is more to tell than that it was pressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<Reached>,
}

/// The child moved an option to another place; both places are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// In which activity.
    pub capture: CaptureId,
    /// What was moved.
    pub option: String,
    /// From where.
    pub from: String,
    /// To where.
    pub to: String,
    /// How that place was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<Reached>,
}

/// The child took back what it did with an option: that is asked again. Both stay in the steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    /// In which activity.
    pub capture: CaptureId,
    /// Which option.
    pub option: String,
    /// How *take back* was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<Reached>,
}

/// A way out of a question, always there, never counted as an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Escape {
    /// "don't know"
    DontKnow,
    /// "something else"
    SomethingElse,
    /// "skip"
    Skip,
    /// "stop": ends the activity at once.
    Stop,
}

impl Escape {
    /// Whether it settles the option that is on the screen. *Something else* does not: the option comes back.
    pub fn settles(self) -> bool {
        matches!(self, Escape::DontKnow | Escape::Skip)
    }
}

/// The child chose an escape.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escaped {
    /// In which activity.
    pub capture: CaptureId,
    /// From which showing, if one was open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presentation: Option<PresentationId>,
    /// Which way out.
    pub which: Escape,
    /// What the child chose instead, from the whole vocabulary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chose: Option<Card>,
    /// How it was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<Reached>,
}

/// Why an adult marked a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// The child was tired.
    Tired,
    /// A care need.
    CareNeed,
    /// Someone came in.
    SomeoneCameIn,
    /// An adult answered for the child.
    AdultAnswered,
    /// An adult prompted.
    Prompted,
    /// Going on.
    Resumed,
}

/// An adult marked a pause, or its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paused {
    /// In which activity.
    pub capture: CaptureId,
    /// During which showing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presentation: Option<PresentationId>,
    /// Why.
    pub why: PauseReason,
}

/// Where one option lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// Which option.
    pub option: String,
    /// In which cell.
    pub cell: String,
}

/// The child looked at the whole mat and was content with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// Which activity.
    pub capture: CaptureId,
    /// The mat as the child left it.
    pub placements: Vec<Placement>,
}

/// Later, the child says that it wants to change what it said about something. It is asked again; both stay. With `not_after_all`
/// it does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeWanted {
    /// In which activity it was said.
    pub capture: CaptureId,
    /// About which option.
    pub option: String,
    /// It was a slip, or the child thinks otherwise now.
    #[serde(default, skip_serializing_if = "is_default")]
    pub not_after_all: bool,
}

/// Someone who might be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The child's family.
    Family,
    /// School.
    School,
    /// The child's social worker; always told, and the child is told so.
    SocialWorker,
}

/// Who may see what the child said, by the child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharingChosen {
    /// Which activity.
    pub capture: CaptureId,
    /// May be told.
    pub may_tell: BTreeSet<Audience>,
    /// Must not be told.
    pub not_tell: BTreeSet<Audience>,
    /// Of those who must not be told: the options they may be told of all the same. Whoever does not read this tells nothing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub only: BTreeMap<Audience, BTreeSet<String>>,
    /// In the child's own words or signs.
    #[serde(default)]
    pub words: String,
}

impl SharingChosen {
    /// Of those who must not be told: what they may be told of all the same. An exception where there is no rule is none.
    pub fn told_of(&self, audience: Audience) -> impl Iterator<Item = &String> {
        self.only.get(&audience).filter(|_| self.not_tell.contains(&audience)).into_iter().flatten()
    }

    /// Whom the child said may be told. The social worker is no answer: the child was told so, not asked.
    pub fn said_may(&self) -> impl Iterator<Item = Audience> {
        self.may_tell.iter().copied().filter(|audience| *audience != Audience::SocialWorker)
    }
}

/// How an activity ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// Everything was asked.
    Finished,
    /// The child stopped.
    Child,
    /// The worker stopped.
    Worker,
}

/// An activity ended. A part-finished mat is valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureEnded {
    /// Which activity.
    pub capture: CaptureId,
    /// How.
    pub by: EndedBy,
}

/// What help the child had with the body of answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Support {
    /// None.
    None,
    /// Somebody held the device.
    DeviceHeld,
    /// Prompts.
    Prompts,
    /// A hand over the child's hand: the adult's account, never the child's view (ASHA 2018).
    HandOverHand,
}

/// Who chose the options (Brewster 2004).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionsChosenBy {
    /// The child.
    Child,
    /// The worker.
    Worker,
    /// The family.
    Family,
    /// School.
    School,
}

/// How the views of one activity were given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HowGiven {
    /// Which activity.
    pub capture: CaptureId,
    /// By what means: "eye pointing".
    pub mode: Input,
    /// The adult who read it, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_by: Option<String>,
    /// How plain it was, where an adult read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clarity: Option<Clarity>,
    /// With what help.
    pub support: Support,
    /// Who was there.
    pub present: Vec<String>,
    /// Who chose the options.
    pub options_chosen_by: OptionsChosenBy,
    /// Alone or not.
    pub seen: Seen,
}

/// What the worker thinks it means, in a lane of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterpretationAdded {
    /// Of which activity.
    pub capture: CaptureId,
    /// What it may mean.
    pub words: String,
    /// What else could explain it.
    #[serde(default)]
    pub other_explanations: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn that_the_social_worker_knows_is_nothing_the_child_said() {
        let chosen = SharingChosen {
            capture: CaptureId(uuid::Uuid::from_u128(1)),
            may_tell: [Audience::School, Audience::SocialWorker].into(),
            not_tell: [Audience::Family].into(),
            only: BTreeMap::new(),
            words: String::new(),
        };
        assert_eq!(chosen.said_may().collect::<Vec<_>>(), [Audience::School]);
    }
}
