//! Contacts and concerns, and whether the day has seen them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Attributed, Record, Source};
use crate::id::{ContactId, StaffId};
use crate::payload::Payload;
use crate::payload::contact::{ConcernSeen, ContactWritten, SafeNow};

/// A contact with everything that came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// As it was written down.
    pub written: Attributed<ContactWritten>,
    /// Of a concern: whether the child was safe, and who was told.
    pub concern: Option<(SafeNow, String)>,
    /// Who has read it.
    pub seen: Vec<Source>,
    /// Of a concern: what a manager said.
    pub decided: Vec<Attributed<ConcernSeen>>,
}

impl Contact {
    /// Whether somebody who works with the child still has to read it.
    pub fn waits_for_worker(&self) -> bool {
        self.seen.is_empty()
    }

    /// Whether the team's manager still has to: what nobody has read, and a concern that no manager has seen.
    pub fn waits_for_manager(&self) -> bool {
        match self.concern {
            Some(_) => self.decided.is_empty(),
            None => self.waits_for_worker(),
        }
    }

    /// Since when it waits: on the tablet on which it was written, since then.
    pub fn since(&self) -> Timestamp {
        self.written.source.received_at.unwrap_or(self.written.source.captured_at)
    }
}

/// A contact that somebody still has to read, in short.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToRead {
    /// Which.
    pub contact: ContactId,
    /// The child may not be safe.
    pub is_concern: bool,
    /// Who wrote it down.
    pub by: StaffId,
    /// Since when it waits.
    pub since: Timestamp,
    /// Whoever works with the child has to read it.
    pub by_worker: bool,
    /// The manager has to.
    pub by_manager: bool,
}

impl Record {
    /// What somebody still has to read, concerns first, then the oldest.
    pub fn to_read(&self) -> Vec<ToRead> {
        let waiting = self.contacts.iter().filter(|(_, of)| of.waits_for_worker() || of.waits_for_manager());
        let mut all: Vec<ToRead> = waiting
            .map(|(contact, of)| ToRead {
                contact: *contact,
                is_concern: of.concern.is_some(),
                by: of.written.source.by,
                since: of.since(),
                by_worker: of.waits_for_worker(),
                by_manager: of.waits_for_manager(),
            })
            .collect();
        all.sort_by_key(|one| (!one.is_concern, one.since));
        all
    }
}

/// Brings the contacts up to date with an accepted operation. What is written under a number that is in use changes nothing.
pub(super) fn show(contacts: &mut BTreeMap<ContactId, Contact>, payload: &Payload, source: Source) {
    let mut write = |what: &ContactWritten, concern| {
        let written = Attributed { what: what.clone(), source };
        let new = || Contact { written, concern, seen: Vec::new(), decided: Vec::new() };
        contacts.entry(what.contact).or_insert_with(new);
    };
    match payload {
        Payload::ContactWritten(of) => write(of, None),
        Payload::ConcernWritten(of) => write(&of.contact, Some((of.safe_now, of.told.clone()))),
        Payload::ContactSeen(of) => {
            if let Some(contact) = contacts.get_mut(&of.contact) {
                contact.seen.push(source);
            }
        }
        Payload::ConcernSeen(of) => {
            if let Some(contact) = contacts.get_mut(&of.contact) {
                contact.decided.push(Attributed { what: of.clone(), source });
            }
        }
        _ => {}
    }
}
