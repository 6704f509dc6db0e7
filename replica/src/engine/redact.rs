//! Redactions: what they name leaves this tablet.

use domain::entry::{Entry, Verdict};
use domain::id::OperationId;
use domain::operation::Operation;
use domain::payload::Payload;

use super::Engine;
use crate::journal::Journal;
use crate::storage::{Storage, StorageError};

/// The place that an entry redacts, in the order in which it was written.
pub(super) fn redacts(entry: &Entry) -> Option<u64> {
    match entry.operation()? {
        Ok(Operation { payload: Payload::Redacted(redacted), .. }) if entry.verdict == Verdict::Accepted => {
            Some(redacted.seq)
        }
        _ => None,
    }
}

/// Destroys every body that a redaction names, in the whole log of a stream. Returns the identities of those that had one.
pub(super) fn blank(entries: &mut [Entry]) -> Vec<OperationId> {
    let mut destroyed = Vec::new();
    for place in 0..entries.len() {
        let Some(seq) = redacts(&entries[place]) else { continue };
        let was = entries[place].was;
        // One that was handed back after a restore names places of the order in which it was written.
        let named =
            |entry: &Entry| was.is_some_and(|was| entry.was.is_some_and(|of| (of.epoch, of.seq) == (was.epoch, seq)));
        // Words are never destroyed on a guess: it was given that place by then and kept it, or it remembers it.
        let kept = |entry: &Entry| entry.seq == seq && was.is_none_or(|was| entry.epoch <= was.epoch);
        let earlier = &entries[..place];
        let Some(target) = earlier.iter().position(named).or_else(|| earlier.iter().position(kept)) else { continue };
        if redacts(&entries[target]).is_some() {
            continue;
        }
        // A copied tablet may have sent it twice.
        let (seq, id, sha256) = (entries[target].seq, entries[target].id, entries[target].sha256);
        let copies = entries
            .iter_mut()
            .filter(|entry| entry.seq == seq || (id.is_some() && (entry.id, entry.sha256) == (id, sha256)));
        let words = copies.filter_map(|entry| entry.body.take()).count();
        destroyed.extend(id.filter(|_| words > 0));
    }
    destroyed
}

impl<S: Storage, J: Journal> Engine<S, J> {
    /// Forgets what else is kept of operations whose words were destroyed.
    pub(super) async fn forget_destroyed(&self, ids: &[OperationId]) -> Result<(), StorageError> {
        if ids.is_empty() {
            return Ok(());
        }
        for id in ids {
            self.storage.forget(&format!("{}{id}", super::outbox::DAMAGED)).await?;
        }
        self.forget_outcomes(|outcome| ids.contains(&outcome.id)).await
    }
}
