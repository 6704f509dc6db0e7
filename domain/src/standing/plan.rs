//! Where a plan stands: which version, and who has the next word.
//!
//! ```text
//!            submit v                 decide v
//! Draft(v) ───────────▶ Submitted(v) ──────────▶ Authorised(v) | Returned(v)
//!    ▲                       │                        │
//!    └──────── edit: v + 1 ──┴────────────────────────┘
//! ```
//! An edit while submitted, or after a decision, opens the next version; a decision on the earlier one is then stale.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::StaffId;
use crate::payload::plan::{DecisionOutcome, PlanDecided};

/// Who has the next word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// The worker.
    #[default]
    Draft,
    /// The manager.
    Submitted,
    /// Nobody: it stands.
    Authorised,
    /// The worker, with the manager's comment.
    Returned,
}

/// Where a plan stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanStanding {
    /// The present version, from 1.
    pub version: u32,
    /// Who has the next word.
    pub state: PlanState,
    /// Who wrote or submitted what is not yet authorised: none of them may decide on it.
    pub authors: BTreeSet<StaffId>,
    /// There is something to decide on: a view or why there is none, an analysis, or an action.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_content: bool,
}

impl Default for PlanStanding {
    fn default() -> Self {
        PlanStanding { version: 1, state: PlanState::Draft, authors: BTreeSet::new(), has_content: false }
    }
}

impl PlanStanding {
    /// The version that a submission made now would have; none while nothing has changed since it was authorised.
    pub fn next_submission(&self) -> Option<u32> {
        match self.state {
            PlanState::Draft => Some(self.version),
            PlanState::Returned => Some(self.version + 1),
            PlanState::Submitted | PlanState::Authorised => None,
        }
    }

    pub(super) fn edited(&mut self, by: StaffId) {
        if self.state == PlanState::Authorised {
            self.authors.clear();
        }
        if self.state != PlanState::Draft {
            self.version += 1;
            self.state = PlanState::Draft;
        }
        self.authors.insert(by);
    }

    pub(super) fn submitted(&mut self, version: u32, by: StaffId) {
        self.version = version;
        self.state = PlanState::Submitted;
        self.authors.insert(by);
    }

    pub(super) fn decided(&mut self, decided: &PlanDecided) {
        self.state = match decided.outcome {
            DecisionOutcome::Authorised => PlanState::Authorised,
            DecisionOutcome::Returned => PlanState::Returned,
        };
    }
}
