//! Questions beside the built-in ones, as a child's, a team's or the council's record tells them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Attributed, Source};
use crate::id::{QuestionId, StreamKind};
use crate::payload::Payload;
use crate::payload::library::{QuestionDecided, QuestionDecision, QuestionWritten};

/// A question with all that became of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OwnQuestion {
    /// Every version, the last one last.
    pub versions: Vec<Attributed<QuestionWritten>>,
    /// What was decided on which.
    pub decisions: Vec<Attributed<QuestionDecided>>,
    /// That it is asked no more.
    pub put_away: Option<Source>,
}

impl OwnQuestion {
    /// The version that is asked, in a stream of this kind: one child's own at once, others once they are approved.
    pub fn asked(&self, stream: StreamKind) -> Option<&QuestionWritten> {
        let is_asked = |version: &&Attributed<QuestionWritten>| {
            let decided = self.decision(version.what.version);
            stream == StreamKind::Child
                || decided.is_some_and(|decided| decided.what.decision == QuestionDecision::Approved)
        };
        let asked = self.versions.iter().rev().find(is_asked)?;
        self.put_away.is_none().then_some(&asked.what)
    }

    /// The last version, where nobody has decided on it.
    pub fn waiting(&self) -> Option<&Attributed<QuestionWritten>> {
        let last = self.versions.last()?;
        (self.put_away.is_none() && self.decision(last.what.version).is_none()).then_some(last)
    }

    /// Why the last version is not asked, where somebody decided so.
    pub fn declined(&self) -> Option<&str> {
        match &self.decision(self.versions.last()?.what.version)?.what.decision {
            QuestionDecision::Declined { reason } => self.put_away.is_none().then_some(reason),
            QuestionDecision::Approved => None,
        }
    }

    /// What was decided on a version.
    pub fn decision(&self, version: u32) -> Option<&Attributed<QuestionDecided>> {
        self.decisions.iter().find(|decided| decided.what.version == version)
    }
}

/// Brings the questions of a record up to date with an accepted operation.
pub(super) fn show(questions: &mut BTreeMap<QuestionId, OwnQuestion>, payload: &Payload, source: Source) {
    match payload {
        Payload::QuestionWritten(written) => {
            let question = questions.entry(written.question).or_default();
            question.versions.push(Attributed { what: written.clone(), source });
            question.put_away = None;
        }
        Payload::QuestionDecided(decided) => {
            let question = questions.entry(decided.question).or_default();
            question.decisions.push(Attributed { what: decided.clone(), source });
        }
        Payload::QuestionPutAway(away) => {
            questions.entry(away.question).or_default().put_away = Some(source);
        }
        _ => {}
    }
}
