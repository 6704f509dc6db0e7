//! Records that are read from the server with a reason, by those who have none of their own: shown until they are closed or
//! the tablet is locked, and never kept.

use std::sync::Arc;

use domain::Record;
use domain::id::StreamId;
use leptos::prelude::*;
use replica::exchange::Failure;

use super::Records;
use crate::platform::http::Server;

impl Records {
    /// Reads a child's record, with its family's, and shows it. The child's team is told who read it and why.
    ///
    /// # Errors
    /// [`Failure`]; nothing is shown then.
    pub async fn read_with_reason(self, stream: StreamId, reason: String) -> Result<(), Failure> {
        let child = fetch(stream, &reason).await?;
        let family = match child.family {
            Some(family) => Some((family, fetch(family, &reason).await?)),
            None => None,
        };
        if self.vault.get().is_none_or(|vault| !vault.is_unlocked()) {
            // Locked meanwhile: nothing of a child comes into memory.
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

    /// Puts a record away that was read with a reason.
    pub fn close(self, stream: StreamId) {
        let family = self.now(stream).and_then(|record| record.family);
        for of in family.into_iter().chain([stream]) {
            self.with_reason.update(|all| drop(all.remove(&of)));
            self.open.update(|open| drop(open.remove(&of)));
        }
    }

    /// Whether a record is shown that is not on this tablet: it is not looked for here.
    pub(super) fn is_from_elsewhere(self, stream: StreamId) -> bool {
        self.with_reason.with_untracked(|all| all.contains_key(&stream))
    }
}

async fn fetch(stream: StreamId, reason: &str) -> Result<Record, Failure> {
    let mut record = Record::default();
    loop {
        let page = Server.reading(stream, record.head, reason).await?;
        page.entries.iter().for_each(|entry| record.fold(entry));
        if !page.more || page.entries.is_empty() {
            return Ok(record);
        }
    }
}
