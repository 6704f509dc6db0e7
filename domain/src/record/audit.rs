//! An audit as its readers see it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Attributed, Record, Source};
use crate::calendar::in_england;
use crate::id::{AuditActionId, StaffId, StreamId};
use crate::payload::Payload;
use crate::payload::audit::{AuditActionDone, AuditQuestion, AuditSeen, AuditWritten, Found};

/// What was found, with what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Audit {
    /// As it was written.
    pub written: Attributed<AuditWritten>,
    /// Which managers have read it.
    pub seen: Vec<Attributed<AuditSeen>>,
    /// What was done.
    pub done: BTreeMap<AuditActionId, Attributed<AuditActionDone>>,
}

/// An audit in short.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditSummary {
    /// Whose record.
    pub child: StreamId,
    /// When it was written, and by whom.
    pub source: Source,
    /// On which day.
    pub on: Date,
    /// The answers.
    pub found: BTreeMap<AuditQuestion, Found>,
    /// A manager has read it.
    pub is_seen: bool,
    /// What is still to be done: by whom and by when.
    pub open: Vec<(StaffId, Date)>,
}

impl AuditSummary {
    /// In short what a record holds; none where it is no audit.
    pub(super) fn of(record: &Record) -> Option<AuditSummary> {
        let audit = record.audit.as_ref()?;
        let (written, source) = (&audit.written.what, audit.written.source);
        let open = written.actions.iter().filter(|action| !audit.done.contains_key(&action.action));
        Some(AuditSummary {
            child: written.child,
            source,
            on: in_england(source.captured_at).date(),
            found: written.findings.iter().map(|(question, finding)| (*question, finding.found)).collect(),
            is_seen: !audit.seen.is_empty(),
            open: open.map(|action| (action.owner, action.due)).collect(),
        })
    }
}

/// Brings an audit up to date with an accepted operation.
pub(super) fn show(audit: &mut Option<Audit>, payload: &Payload, source: Source) {
    match (payload, audit.as_mut()) {
        (Payload::AuditWritten(written), None) => {
            let written = Attributed { what: written.clone(), source };
            *audit = Some(Audit { written, seen: Vec::new(), done: BTreeMap::new() });
        }
        (Payload::AuditSeen(seen), Some(audit)) => audit.seen.push(Attributed { what: seen.clone(), source }),
        (Payload::AuditActionDone(done), Some(audit)) => {
            audit.done.entry(done.action).or_insert(Attributed { what: done.clone(), source });
        }
        _ => {}
    }
}
