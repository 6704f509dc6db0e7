//! A visit, as screens show it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::VisitId;
use crate::payload::Payload;
use crate::payload::visit::{Assent, Assented, NotGathered, VisitCancelled, VisitPlanned, VisitStarted};
use crate::record::{Attributed, Source};

/// A visit, planned or made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Visit {
    /// As planned.
    pub planned: Option<VisitPlanned>,
    /// Why it will not be made, where it was cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<Attributed<VisitCancelled>>,
    /// As it began.
    pub started: Option<Attributed<VisitStarted>>,
    /// Further sittings: it was begun again, by somebody else or on another device.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sittings: Vec<Attributed<VisitStarted>>,
    /// What the child said to being asked, in order: a later yes hides no earlier no.
    pub assents: Vec<Attributed<Assented>>,
    /// Views that could not be gathered.
    pub not_gathered: Vec<Attributed<NotGathered>>,
    /// When it ended.
    pub ended: Option<Source>,
    /// When its case note was last copied.
    pub note_copied: Option<Source>,
}

impl Visit {
    /// Planned, not cancelled, and not begun.
    pub fn is_ahead(&self) -> bool {
        self.planned.is_some() && self.cancelled.is_none() && self.started.is_none()
    }

    /// The child's last word on being asked.
    pub fn assent(&self) -> Option<Assent> {
        self.assents.last().map(|assented| assented.what.assent)
    }

    /// The child said no, and that stands: nothing is asked (PRACTICE A.1).
    pub fn is_declined(&self) -> bool {
        self.assent() == Some(Assent::Declined)
    }

    /// Begun, and not ended.
    pub fn is_open(&self) -> bool {
        self.started.is_some() && self.ended.is_none()
    }
}

pub(super) fn show(visits: &mut BTreeMap<VisitId, Visit>, payload: &Payload, source: Source) {
    match payload {
        Payload::VisitPlanned(planned) => {
            let visit = visits.entry(planned.visit).or_default();
            (visit.planned, visit.cancelled) = (Some(planned.clone()), None);
        }
        Payload::VisitCancelled(cancelled) => {
            visits.entry(cancelled.visit).or_default().cancelled = Some(Attributed { what: cancelled.clone(), source });
        }
        Payload::VisitStarted(started) => {
            let visit = visits.entry(started.visit).or_default();
            let sitting = Attributed { what: started.clone(), source };
            match visit.started {
                None => visit.started = Some(sitting),
                Some(_) => visit.sittings.push(sitting),
            }
        }
        Payload::Assented(assented) => {
            visits.entry(assented.visit).or_default().assents.push(Attributed { what: assented.clone(), source });
        }
        Payload::NotGathered(not) => {
            visits.entry(not.visit).or_default().not_gathered.push(Attributed { what: not.clone(), source })
        }
        Payload::VisitEnded(ended) => visits.entry(ended.visit).or_default().ended = Some(source),
        Payload::CaseNoteCopied(copied) => visits.entry(copied.visit).or_default().note_copied = Some(source),
        _ => {}
    }
}
