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
        let target = entries[..place]
            .iter()
            .position(named)
            .or_else(|| entries[..place].iter().position(|entry| entry.seq == seq));
        if let Some(target) = target.map(|target| &mut entries[target])
            && redacts(target).is_none()
            && target.body.take().is_some()
        {
            destroyed.extend(target.id);
        }
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
        self.forget_told(|told| ids.contains(&told.id)).await
    }
}
