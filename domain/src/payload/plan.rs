//! The assessment and the plan: fields, actions, submission, decision.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{ActionId, OperationId, ViewId};

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $text:literal $kind:ident),+ $(,)?) => {
        /// A field of the assessment or the plan.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Field {
            $($(#[$doc])* #[serde(rename = $text)] $name,)+
            /// A field of a newer version; kept as it came.
            #[serde(untagged)]
            Other(String),
        }

        impl Field {
            /// Every field this version knows.
            pub const ALL: &[Field] = &[$(Field::$name),+];

            /// What the field holds.
            pub fn kind(&self) -> FieldKind {
                match self {
                    $(Field::$name => FieldKind::$kind,)+
                    Field::Other(_) => FieldKind::Words,
                }
            }
        }
    };
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Words of the plan: an edit opens its next version.
    PlanWords,
    /// A date, `YYYY-MM-DD`.
    Date,
    /// Other words.
    Words,
}

fields! {
    /// What the plan is about: "getting to school".
    PlanTitle = "plan.title" PlanWords,
    /// What the views and facts mean for the child.
    PlanAnalysis = "plan.analysis" PlanWords,
    /// Other explanations considered.
    PlanConsidered = "plan.considered" PlanWords,
    /// What would we do differently if ethnicity, language, faith or disability were not as they are?
    PlanDifference = "plan.difference" PlanWords,
    /// Whose voice is missing, what was tried, and when it is tried next.
    PlanMissingVoices = "plan.missing_voices" PlanWords,
    /// The day the referral was received.
    ReferralReceived = "referral.received" Date,
    /// The day the assessment started.
    AssessmentStarted = "assessment.started" Date,
}

/// One field is set. In conflict with another exactly if the present value is not the one replaced: then both are
/// kept and a person is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetField {
    /// Which field.
    pub field: Field,
    /// Its value.
    pub value: String,
    /// The operation that set the value the author saw; none if the field was empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<OperationId>,
    /// Why a date is so, where its rule asks for a reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What an action says will happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// "You said → we will ask".
    WeWillAsk {
        /// What will be asked for.
        words: String,
        /// By whom.
        who: String,
        /// By when.
        due: Date,
    },
    /// Nothing is done; the reason is in `differs`.
    NoAction,
}

/// An action of the plan: it answers views, or says why it differs, or both. Added again under the same id, it
/// is changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionAdded {
    /// Which action.
    pub action: ActionId,
    /// What will happen.
    #[serde(flatten)]
    pub step: Step,
    /// The views it answers.
    pub answers: Vec<ViewId>,
    /// Why it differs from what the child conveyed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differs: Option<String>,
}

/// What became of an action: `we will ask → agreed | not agreed (why) → done | not done (why)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It was agreed: now it is a promise.
    Agreed,
    /// It was not.
    NotAgreed {
        /// Why.
        why: String,
    },
    /// It was done.
    Done,
    /// It was not.
    NotDone {
        /// Why.
        why: String,
    },
}

/// An action's outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionOutcome {
    /// Which action.
    pub action: ActionId,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// When.
    pub on: Date,
}

/// A version of the plan is given to the manager.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanSubmitted {
    /// Which version.
    pub version: u32,
}

/// What the manager decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionOutcome {
    /// It is authorised.
    Authorised,
    /// It goes back, with a comment.
    Returned,
}

/// The manager's decision on exactly one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanDecided {
    /// Which version.
    pub version: u32,
    /// What was decided.
    pub outcome: DecisionOutcome,
    /// What the manager agrees with, or what must change.
    pub comment: String,
}
