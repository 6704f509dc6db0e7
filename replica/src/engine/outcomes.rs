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

/// Kept names of outcomes.
const OUTCOME: &str = "outcome/";
/// So many are kept, the newest.
const MOST_OUTCOMES: usize = 500;

/// What became of one operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushOutcome {
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

impl PushOutcome {
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
    pub async fn outcomes(&self) -> Result<Vec<PushOutcome>, StorageError> {
        let names = self.storage.kept_names().await?;
        let mut ids: Vec<OperationId> =
            names.iter().filter_map(|name| name.strip_prefix(OUTCOME)?.parse().ok()).collect();
        ids.sort_unstable();
        let mut outcomes = Vec::new();
        for id in ids {
            match self.kept(&format!("{OUTCOME}{id}")).await {
                Ok(Some(kept)) => outcomes.extend(serde_json::from_slice::<PushOutcome>(&kept)),
                // Nothing is lost by it: the server has the operation.
                Ok(None) | Err(StorageError::Damaged) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(outcomes)
    }

    /// Keeps what a reply says of operations whose places it does not tell. Before they count as acknowledged: the server
    /// says it once. Without the worker's key it is not kept.
    pub(super) async fn keep_outcomes(&self, answer: &PushedStream, rows: &[OutboxRow]) -> Result<(), StorageError> {
        for result in answer.results.iter().filter(|result| result.seq == 0) {
            let row = rows.iter().find(|row| row.rseq == result.rseq && row.operation.stream == answer.stream);
            if let Some(row) = row {
                self.keep_outcome(row, Some(result.verdict), result.code.clone()).await?;
            }
        }
        Ok(())
    }

    /// Before a stream is purged: what of it the server has, and nothing more is known of.
    pub(super) async fn keep_outcome_of_what_was_sent(&self, stream: StreamId) -> Result<(), StorageError> {
        let rows = self.storage.outbox().await?;
        let rows: Vec<_> = rows.iter().filter(|row| row.operation.stream == stream).collect();
        if rows.is_empty() {
            return Ok(());
        }
        let known: BTreeMap<_, _> = self.outcomes().await?.into_iter().map(|outcome| (outcome.id, outcome)).collect();
        for row in rows.into_iter().filter(|row| !known.contains_key(&row.operation.id)) {
            self.keep_outcome(row, None, None).await?;
        }
        for oldest in known.keys().take(known.len().saturating_sub(MOST_OUTCOMES)) {
            self.storage.forget(&format!("{OUTCOME}{oldest}")).await?;
        }
        Ok(())
    }

    async fn keep_outcome(
        &self,
        row: &OutboxRow,
        verdict: Option<Verdict>,
        code: Option<Code>,
    ) -> Result<(), StorageError> {
        let Some((name, value)) = self.sealed_outcome(row, verdict, code) else {
            return Ok(());
        };
        self.storage.keep(&name, &value).await
    }

    fn sealed_outcome(
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
        let outcome = PushOutcome { stream, id, kind, captured_at, verdict, code };
        let name = format!("{OUTCOME}{id}");
        let value = keyring.seal(Place { store: "kept", key: &name }, &serde_json::to_vec(&outcome).ok()?);
        Some((name, value))
    }

    /// Entries tell it themselves now.
    pub(super) async fn forget_outcomes(&self, of: impl Fn(&PushOutcome) -> bool) -> Result<(), StorageError> {
        for outcome in self.outcomes().await?.iter().filter(|outcome| of(outcome)) {
            self.storage.forget(&format!("{OUTCOME}{}", outcome.id)).await?;
        }
        Ok(())
    }
}
