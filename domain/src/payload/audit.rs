//! What an auditor found in one record, on the inspection's own questions, and what is to be done about it.
//!
//! Each audit is a stream of its own, so that nothing of the child's record changes, and only the child's team's managers,
//! whoever has something to do, and auditors read it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{AuditActionId, StaffId, StreamId, TeamId};

/// A question of the template: what the inspection praised or asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditQuestion {
    /// Was the child asked in a way that fits, and is the view there as it was given?
    ChildHeard,
    /// Can one see what came of each view?
    CameOfIt,
    /// Are parents and family there, each in their own words?
    FamilyHeard,
    /// Does the plan say what things mean, rather than describe them?
    Analysis,
    /// Does it say what difference ethnicity, culture, faith and disability make?
    Difference,
    /// Are dates right, and was the time kept?
    Dates,
    /// Did a manager agree to what was decided and closed, with reasons?
    ManagerAgreed,
    /// Would the child understand it later?
    Plain,
}

impl AuditQuestion {
    /// Every question, in the order of the template.
    pub const ALL: [AuditQuestion; 8] = [
        AuditQuestion::ChildHeard,
        AuditQuestion::CameOfIt,
        AuditQuestion::FamilyHeard,
        AuditQuestion::Analysis,
        AuditQuestion::Difference,
        AuditQuestion::Dates,
        AuditQuestion::ManagerAgreed,
        AuditQuestion::Plain,
    ];
}

/// How far it is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// It is.
    Met,
    /// In part.
    Partly,
    /// It is not.
    NotMet,
    /// It cannot be yet: the record is young.
    NotYet,
}

impl Found {
    /// Whether it must be said what is missing.
    pub fn needs_words(self) -> bool {
        matches!(self, Found::Partly | Found::NotMet)
    }
}

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How far it is so.
    pub found: Found,
    /// What was seen.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// What is to be done, by whom, by when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditAction {
    /// Which.
    pub action: AuditActionId,
    /// What.
    pub words: String,
    /// By whom: somebody of the team.
    pub owner: StaffId,
    /// By which day.
    pub due: Date,
}

/// What was found in one record. It is written once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditWritten {
    /// Whose record.
    pub child: StreamId,
    /// The team that had it.
    pub team: TeamId,
    /// Answers by question.
    pub findings: BTreeMap<AuditQuestion, Finding>,
    /// What is good practice here, worth telling others.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub praise: String,
    /// What is to be done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<AuditAction>,
}

/// A manager has read what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditSeen {
    /// What the manager says to it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// An action is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditActionDone {
    /// Which.
    pub action: AuditActionId,
    /// What was done, and what is different now.
    pub words: String,
}
