//! What an auditor found, and what came of it.

use domain::Payload;
use domain::id::{AuditActionId, StaffId, StreamId, TeamId};
use domain::payload::audit::{AuditAction, AuditActionDone, AuditQuestion, AuditSeen, AuditWritten, Finding, Found};
use jiff::civil::Date;

use super::{Days, Story, id, stream};

impl Story {
    /// An audit of the record with this key.
    pub(in crate::demo) fn of_audit(key: &'static str, team: TeamId, days: &Days) -> Story {
        Story { stream: StreamId::audit(id(&format!("audit/{key}"))), ..Story::of(key, team, days) }
    }

    /// What is not met, with what was seen; everything else is.
    pub(in crate::demo) fn finds(
        &mut self,
        child: &str,
        short: &[(AuditQuestion, Found, &str)],
        praise: &str,
        action: Option<(&str, StaffId, Date)>,
    ) -> AuditActionId {
        let mut findings: std::collections::BTreeMap<AuditQuestion, Finding> = AuditQuestion::ALL
            .into_iter()
            .map(|of| (of, Finding { found: Found::Met, words: String::new() }))
            .collect();
        for (question, found, words) in short {
            findings.insert(*question, Finding { found: *found, words: (*words).into() });
        }
        let first = AuditActionId(self.id("action"));
        let action = action.map(|(words, owner, due)| AuditAction { action: first, words: words.into(), owner, due });
        self.tell(Payload::AuditWritten(AuditWritten {
            child: stream(child),
            team: self.team,
            findings,
            praise: praise.into(),
            actions: action.into_iter().collect(),
        }));
        first
    }

    /// The manager has read it.
    pub(in crate::demo) fn reads_audit(&mut self, words: &str) {
        self.tell(Payload::AuditSeen(AuditSeen { words: words.into() }));
    }

    /// What was asked for is done.
    pub(in crate::demo) fn does(&mut self, action: AuditActionId, words: &str) {
        self.tell(Payload::AuditActionDone(AuditActionDone { action, words: words.into() }));
    }
}
