//! Records that are read from the server with a reason, by those who have none of their own: shown until they are closed or
//! the tablet is locked, and never kept.

use std::rc::Rc;
use std::sync::Arc;

use domain::id::{StreamId, TeamId};
use domain::{Payload, Record};
use leptos::prelude::*;
use replica::exchange::Failure;

use super::Records;
use crate::lazy::{self, Extent};
use crate::platform::http::Server;

impl Records {
    /// Reads a child's record, with its family's, and shows it. The child's team is told who read it and why.
    ///
    /// # Errors
    /// [`Failure`]; nothing is shown then.
    pub async fn read_with_reason(self, stream: StreamId, reason: String) -> Result<(), Failure> {
        let Some(vault) = self.vault.get() else { return Err(Failure::SignedOut) };
        let mut child = fetch(stream, &reason).await?;
        // The child's record is shown without it too: at night half is better than nothing, and that half is missing is said.
        let family = match child.family {
            Some(family) => fetch(family, &reason).await.ok().map(|record| (family, record)),
            None => None,
        };
        // What was written here and is not sent yet is shown, or it would be written twice.
        let unsent = match lazy::open(vault.clone(), stream, Extent::Whole).await {
            Ok(opening) => opening.await.ok().flatten(),
            Err(_) => None,
        };
        for (id, contact) in unsent.iter().flat_map(|unsent| &unsent.contacts) {
            child.contacts.entry(*id).or_insert_with(|| contact.clone());
        }
        let is_same = self.vault.get().is_some_and(|now| Rc::ptr_eq(&now, &vault));
        if !is_same || !vault.is_unlocked() {
            // Locked meanwhile, or somebody else is at work: nothing of a child comes into memory.
            return Err(Failure::SignedOut);
        }
        for (of, record) in family.into_iter().chain([(stream, child)]) {
            self.with_reason.update(|all| drop(all.insert(of, reason.clone())));
            self.open.update(|open| drop(open.insert(of, Arc::new(record))));
        }
        self.lay_families_in();
        Ok(())
    }

    /// Why a record is being read that is not on this tablet; none where it is not. Follows it.
    pub fn reason_for(self, stream: StreamId) -> Option<String> {
        self.with_reason.with(|all| all.get(&stream).cloned())
    }

    /// Whether the family of a child who is read could not be read with it. Follows it.
    pub fn lacks_family(self, child: &Record) -> bool {
        let is_read = |family| self.with_reason.with(|all| all.contains_key(&family));
        child.family.is_some_and(|family| !is_read(family))
    }

    /// Puts a record away that was read with a reason.
    pub fn close(self, stream: StreamId) {
        let family = self.now(stream).and_then(|record| record.family);
        // A sibling who is read too needs it still.
        let is_shared = self.open.with_untracked(|open| {
            open.iter().any(|(of, record)| *of != stream && record.family.is_some() && record.family == family)
        });
        for of in family.filter(|_| !is_shared).into_iter().chain([stream]) {
            self.with_reason.update(|all| drop(all.remove(&of)));
            self.open.update(|open| drop(open.remove(&of)));
        }
    }

    /// The record that an audit among these is about, with its team: it is being read.
    pub(super) fn audited(self, parts: &[(StreamId, Vec<Payload>)]) -> Option<(StreamId, TeamId)> {
        let child = parts.iter().flat_map(|(_, payloads)| payloads).find_map(|payload| match payload {
            Payload::AuditWritten(audit) => Some(audit.child),
            _ => None,
        })?;
        Some((child, self.now(child)?.standing.access.team?))
    }

    /// Whether a record is shown that is not on this tablet: it is not looked for here.
    pub(super) fn is_from_elsewhere(self, stream: StreamId) -> bool {
        self.with_reason.with_untracked(|all| all.contains_key(&stream))
    }
}

async fn fetch(stream: StreamId, reason: &str) -> Result<Record, Failure> {
    let mut record = Record::default();
    let mut epoch = None;
    loop {
        let page = Server.reading(stream, record.head, reason).await?;
        if epoch.is_some_and(|epoch| epoch != page.epoch) {
            // The server was set back meanwhile: what was read has another order.
            (record, epoch) = (Record::default(), None);
            continue;
        }
        epoch = Some(page.epoch);
        page.entries.iter().for_each(|entry| record.fold(entry));
        if !page.more || page.entries.is_empty() {
            return Ok(record);
        }
    }
}
