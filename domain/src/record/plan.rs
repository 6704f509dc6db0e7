//! The plan, as screens show it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::in_england;
use crate::id::ActionId;
use crate::payload::Payload;
use crate::payload::plan::{ActionAdded, ActionOutcome, DecisionOutcome, PlanDecided};
use crate::record::{Attributed, Source};
use crate::standing::plan::PlanStanding;

/// The plan and its history. Where it stands is in [`Standing`](crate::Standing).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Its actions.
    pub actions: BTreeMap<ActionId, PlanAction>,
    /// Submissions and decisions, in order.
    pub history: Vec<PlanEvent>,
}

/// An action and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanAction {
    /// As it was last written.
    pub added: ActionAdded,
    /// By whom, when.
    pub source: Source,
    /// In which version it was last written.
    pub version: u32,
    /// What became of it, in order.
    pub outcomes: Vec<Attributed<ActionOutcome>>,
}

/// A submission or a decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PlanEvent {
    /// A version was given to the manager.
    Submitted {
        /// Which.
        version: u32,
        /// By whom, when.
        source: Source,
    },
    /// The manager decided.
    Decided {
        /// What, on which version.
        decided: PlanDecided,
        /// By whom, when.
        source: Source,
    },
}

impl Plan {
    /// Whether a manager has authorised a version on this day or later.
    pub fn was_authorised_since(&self, day: Date) -> bool {
        self.history.iter().any(|event| match event {
            PlanEvent::Decided { decided, source } => {
                decided.outcome == DecisionOutcome::Authorised && in_england(source.captured_at).date() >= day
            }
            PlanEvent::Submitted { .. } => false,
        })
    }

    /// The last submission.
    pub fn last_submission(&self) -> Option<(u32, Source)> {
        self.history.iter().rev().find_map(|event| match event {
            PlanEvent::Submitted { version, source } => Some((*version, *source)),
            PlanEvent::Decided { .. } => None,
        })
    }

    /// The last decision.
    pub fn last_decision(&self) -> Option<(&PlanDecided, Source)> {
        self.history.iter().rev().find_map(|event| match event {
            PlanEvent::Decided { decided, source } => Some((decided, *source)),
            PlanEvent::Submitted { .. } => None,
        })
    }

    pub(super) fn show(&mut self, payload: &Payload, source: Source, standing: &PlanStanding) {
        match payload {
            Payload::ActionAdded(added) => {
                let outcomes = self.actions.remove(&added.action).map(|action| action.outcomes).unwrap_or_default();
                self.actions.insert(
                    added.action,
                    PlanAction { added: added.clone(), source, version: standing.version, outcomes },
                );
            }
            Payload::ActionOutcome(outcome) => {
                if let Some(action) = self.actions.get_mut(&outcome.action) {
                    action.outcomes.push(Attributed { what: outcome.clone(), source });
                }
            }
            Payload::PlanSubmitted(submitted) => {
                self.history.push(PlanEvent::Submitted { version: submitted.version, source })
            }
            Payload::PlanDecided(decided) => self.history.push(PlanEvent::Decided { decided: decided.clone(), source }),
            _ => {}
        }
    }
}
