//! The dates in force that rules need.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{DateName, Dated, Of};
use crate::id::{ActionId, VisitId};
use crate::payload::child::Birth;
use crate::payload::plan::{ActionOutcome, Field, Outcome};
use crate::standing::Standing;

/// The dates in force that rules need, beside those of fields and of the child.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// Of actions that are open.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub actions: BTreeMap<ActionId, ActionDates>,
    /// The earliest visit. One that is corrected to a later day stays the one that is known: of the others nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_visit: Option<(VisitId, Date)>,
}

/// The dates of an open action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionDates {
    /// The day on which it was first written.
    pub written: Date,
    /// By when, where something is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// The day on which it was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Date>,
}

impl Dates {
    pub(crate) fn nothing(&self) -> bool {
        *self == Dates::default()
    }

    /// An action is written, or changed: then it is no promise any more.
    pub(crate) fn act(&mut self, action: ActionId, written: Date, due: Option<Date>) {
        let written = self.actions.get(&action).map_or(written, |before| before.written.min(written));
        self.actions.insert(action, ActionDates { written, due, agreed: None });
    }

    /// Something became of an action.
    pub(crate) fn became(&mut self, outcome: &ActionOutcome) {
        match outcome.outcome {
            Outcome::Agreed => {
                if let Some(action) = self.actions.get_mut(&outcome.action) {
                    action.agreed = Some(outcome.on);
                }
            }
            Outcome::NotAgreed { .. } | Outcome::Done | Outcome::NotDone { .. } => {
                self.actions.remove(&outcome.action);
            }
        }
    }

    /// A visit began.
    pub(crate) fn visited(&mut self, visit: VisitId, on: Date) {
        let is_first = self.first_visit.is_none_or(|(first, day)| first == visit || on < day);
        if is_first {
            self.first_visit = Some((visit, on));
        }
    }
}

impl Standing {
    /// Every value in force of an entered date. Of dates that may be many, the one that decides.
    pub fn entered(&self, date: DateName) -> Vec<Date> {
        let birth = self.child.as_ref().map(|child| child.birth);
        let field = |field: &Field| self.fields.get(field).map(|field| field.dates.clone()).unwrap_or_default();
        match (date, birth) {
            (DateName::Birth, Some(Birth::Born(day))) | (DateName::ExpectedBirth, Some(Birth::Expected(day))) => {
                vec![day]
            }
            (DateName::ReferralReceived, _) => field(&Field::ReferralReceived),
            (DateName::AssessmentStarted, _) => field(&Field::AssessmentStarted),
            (DateName::VisitStarted, _) => self.dates.first_visit.map(|(_, day)| day).into_iter().collect(),
            (
                DateName::Birth
                | DateName::ExpectedBirth
                | DateName::VisitPlanned
                | DateName::NextAttempt
                | DateName::ActionDue
                | DateName::ActionOutcome
                | DateName::CoverFrom
                | DateName::CoverUntil
                | DateName::Contact
                | DateName::AuditActionDue,
                _,
            ) => Vec::new(),
        }
    }

    /// The day that a date of the same visit or action has so far.
    pub(super) fn stands_already(&self, dated: Dated) -> Option<Date> {
        match dated.of {
            Of::Action(action) => self.dates.actions.get(&action)?.due,
            Of::Visit(visit) => self.planned.get(&visit).copied(),
            Of::Cover(cover, _) => self.covers.get(&cover).map(|cover| cover.from),
            Of::Child => None,
        }
    }
}
