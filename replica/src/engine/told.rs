//! What the server said of operations whose entries cannot come back: their author may not read where they wrote.
//!
//! A fact about a child one does not work with is held, and its entry is not for its author's eyes. What became of it is:
//! the verdict is in the reply to the push, and kept here, without a word of what was recorded, after the child's data has
//! left the device.

use std::collections::BTreeMap;

use domain::code::Code;
use domain::entry::Verdict;
use domain::id::{OperationId, StreamId};
use domain::operation::Operation;
use domain::record::Unsent;
use domain::wire::PushedStream;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Engine, open};
use crate::journal::Journal;
use crate::storage::{OutboxRow, Storage, StorageError};
use crate::vault::{Keyring, Place};

/// Kept names of what was told.
const TOLD: &str = "told/";
/// So many are kept, the newest.
const MOST_TOLD: usize = 500;

/// What became of one operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Whose record it was written for.
    pub stream: StreamId,
    /// Which operation.
    pub id: OperationId,
    /// What kind of thing it was, as on the wire.
    pub kind: String,
    /// The device's clock.
    pub captured_at: Timestamp,
    /// What the server made of it; none where its word was lost: it has it.
    pub verdict: Option<Verdict>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
}

impl Told {
    /// The same, as a record shows it.
    pub(super) fn as_unsent(&self) -> Unsent {
        match self.verdict {
            Some(Verdict::Held) => Unsent::Held(self.code.clone()),
            Some(Verdict::Refused) => Unsent::Refused(self.code.clone()),
            Some(Verdict::Accepted) | None => Unsent::Sent,
        }
    }
}

impl<S: Storage, J: Journal> Engine<S, J> {
    /// What became of operations whose entries cannot come back, the oldest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub async fn told(&self) -> Result<Vec<Told>, StorageError> {
        let names = self.storage.kept_names().await?;
        let mut ids: Vec<OperationId> = names.iter().filter_map(|name| name.strip_prefix(TOLD)?.parse().ok()).collect();
        ids.sort_unstable();
        let mut told = Vec::new();
        for id in ids {
            match self.kept(&format!("{TOLD}{id}")).await {
                Ok(Some(kept)) => told.extend(serde_json::from_slice::<Told>(&kept)),
                // Nothing is lost by it: the server has the operation.
                Ok(None) | Err(StorageError::Damaged) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(told)
    }

    /// Keeps what a reply says of operations whose places it does not tell. Before they count as acknowledged: the server
    /// says it once. Without the worker's key it is not kept.
    pub(super) async fn keep_told(&self, answer: &PushedStream, rows: &[OutboxRow]) -> Result<(), StorageError> {
        for result in answer.results.iter().filter(|result| result.seq == 0) {
            let row = rows.iter().find(|row| row.rseq == result.rseq && row.operation.stream == answer.stream);
            if let Some(row) = row {
                self.tell(row, Some(result.verdict), result.code.clone()).await?;
            }
        }
        Ok(())
    }

    /// Before a stream is purged: what of it the server has, and nothing more is known of.
    pub(super) async fn tell_what_was_sent(&self, stream: StreamId) -> Result<(), StorageError> {
        let rows = self.storage.outbox().await?;
        let rows: Vec<_> = rows.iter().filter(|row| row.operation.stream == stream).collect();
        if rows.is_empty() {
            return Ok(());
        }
        let known: BTreeMap<_, _> = self.told().await?.into_iter().map(|told| (told.id, told)).collect();
        for row in rows.into_iter().filter(|row| !known.contains_key(&row.operation.id)) {
            self.tell(row, None, None).await?;
        }
        for oldest in known.keys().take(known.len().saturating_sub(MOST_TOLD)) {
            self.storage.forget(&format!("{TOLD}{oldest}")).await?;
        }
        Ok(())
    }

    async fn tell(&self, row: &OutboxRow, verdict: Option<Verdict>, code: Option<Code>) -> Result<(), StorageError> {
        let Some((name, value)) = self.sealed_told(row, verdict, code) else {
            return Ok(());
        };
        self.storage.keep(&name, &value).await
    }

    fn sealed_told(
        &self,
        row: &OutboxRow,
        verdict: Option<Verdict>,
        code: Option<Code>,
    ) -> Option<(String, crate::vault::Sealed)> {
        let keyring = self.keyring.borrow();
        let keyring = keyring.as_ref().filter(|keyring| matches!(keyring, Keyring::Worker(_)))?;
        let operation = Operation::read(&open(keyring, row).flatten()?).ok()?;
        let (stream, id) = (row.operation.stream, row.operation.id);
        let (kind, captured_at) = (operation.payload.kind().to_owned(), operation.captured_at);
        let told = Told { stream, id, kind, captured_at, verdict, code };
        let name = format!("{TOLD}{id}");
        let value = keyring.seal(Place { store: "kept", key: &name }, &serde_json::to_vec(&told).ok()?);
        Some((name, value))
    }

    /// Entries tell it themselves now.
    pub(super) async fn forget_told(&self, of: impl Fn(&Told) -> bool) -> Result<(), StorageError> {
        for told in self.told().await?.iter().filter(|told| of(told)) {
            self.storage.forget(&format!("{TOLD}{}", told.id)).await?;
        }
        Ok(())
    }
}
