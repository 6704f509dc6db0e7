//! What is done after a store was set back to a backup, before anybody is served: what was redacted since is redacted
//! again, and every stream begins a new epoch. It may be done once more when the tablets have been seen, for one that had not
//! heard of a redaction hands the words back.
//!
//! The ledger of redactions lies outside the store: the archive notes, for each log item that was written again, which
//! entries of it have lost their words. Only identities are in it: a stream, and the hash of a salted body.

use std::collections::{BTreeMap, BTreeSet};

use domain::Hash;
use domain::id::StreamId;
use serde::Deserialize;

use crate::seal::Seal;
use crate::sequence::{self, Before};
use crate::store::{AppendError, Store, StoreError};

/// So often a stream is tried when others write to it.
const ATTEMPTS: u32 = 8;

/// What was redacted, by stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger(BTreeMap<StreamId, BTreeSet<Hash>>);

/// The ledger is not one.
#[derive(Debug, thiserror::Error)]
#[error("line {line} of the ledger is no record of the archive")]
pub struct LedgerError {
    /// Which line, from 1.
    pub line: usize,
    #[source]
    source: serde_json::Error,
}

/// A line of the archive; most are about something else.
#[derive(Deserialize)]
struct Line {
    keys: Keys,
    #[serde(default)]
    redacted: BTreeSet<Hash>,
}

#[derive(Deserialize)]
struct Keys {
    #[serde(rename = "PK")]
    partition: String,
}

impl Ledger {
    /// Reads the archive's lines, each a JSON object.
    ///
    /// # Errors
    /// [`LedgerError`] at the first line that is none: half a ledger would leave words where they must not be.
    pub fn read(text: &str) -> Result<Ledger, LedgerError> {
        let mut ledger = Ledger::default();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let line: Line = serde_json::from_str(line).map_err(|source| LedgerError { line: at + 1, source })?;
            if let Some(stream) = stream(&line.keys.partition).filter(|_| !line.redacted.is_empty()) {
                ledger.0.entry(stream).or_default().extend(line.redacted);
            }
        }
        Ok(ledger)
    }

    /// A ledger of these redactions.
    pub fn of(redacted: impl IntoIterator<Item = (StreamId, Hash)>) -> Ledger {
        let mut ledger = Ledger::default();
        for (stream, sha256) in redacted {
            ledger.0.entry(stream).or_default().insert(sha256);
        }
        ledger
    }
}

/// `STREAM#child#<id>`, as the partition of a stream is called.
fn stream(partition: &str) -> Option<StreamId> {
    partition.strip_prefix("STREAM#")?.replacen('#', "-", 1).parse().ok()
}

/// What became of a ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Redacted {
    /// Whose words were back, and are destroyed again.
    pub again: usize,
    /// Whose words are not there: the backup is older than they are, or has the redaction.
    pub absent: usize,
    /// Whose words stay, because without them the record would have no child: a manager has to look at it.
    pub left: usize,
}

/// Destroys again what the ledger names and the store has. Done twice it is the same as once.
///
/// # Errors
/// [`StoreError`]. What was done until then stays done.
pub async fn redact_again(store: &dyn Store, seal: &Seal, ledger: &Ledger) -> Result<Redacted, StoreError> {
    let mut done = Redacted::default();
    for (stream, hashes) in &ledger.0 {
        let one = redact_stream(store, seal, *stream, hashes).await?;
        done.again += one.again;
        done.absent += one.absent;
        done.left += one.left;
    }
    Ok(done)
}

async fn redact_stream(
    store: &dyn Store,
    seal: &Seal,
    stream: StreamId,
    hashes: &BTreeSet<Hash>,
) -> Result<Redacted, StoreError> {
    let mut done = Redacted::default();
    let mut waiting: Vec<Hash> = hashes.iter().copied().collect();
    let mut part = waiting.len();
    let mut conflicts = 0;
    while !waiting.is_empty() {
        let Some(head) = store.head(stream).await? else {
            return Ok(Redacted { absent: hashes.len(), ..done });
        };
        let log = Before::whole(store, stream).await?;
        let there: BTreeSet<Hash> = log.iter().filter(|entry| entry.body.is_some()).map(|entry| entry.sha256).collect();
        let before = waiting.len();
        waiting.retain(|hash| there.contains(hash));
        done.absent += before - waiting.len();
        let now = part.min(waiting.len());
        let (append, again) = sequence::redact_again(stream, head, log, &waiting[..now], seal);
        match if again == 0 { Ok(()) } else { store.append(append).await } {
            Ok(()) => {
                done.again += again;
                done.left += now - again;
                waiting.drain(..now);
            }
            Err(AppendError::Conflict) if conflicts < ATTEMPTS => conflicts += 1,
            Err(AppendError::Conflict) => return Err(StoreError::Busy),
            // One transaction cannot hold them all: half of them may fit.
            Err(AppendError::Store(StoreError::TooWide { .. })) if now > 1 => part = now / 2,
            Err(AppendError::Store(error)) => return Err(error),
        }
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn amira() -> StreamId {
        StreamId::child(Uuid::from_u128(7))
    }

    /// What the archive writes of a redaction: its own tests hold it to the same file.
    const LINE: &str = include_str!("../../infra/tests/redaction.jsonl");

    #[test]
    fn a_ledger_is_the_archive_s_lines_about_words_that_were_destroyed() {
        let read = "{\"at\":\"2026-11-18T11:06:40.000Z\",\"change\":\"INSERT\",\"keys\":{\"PK\":\"ACCESS#nobody\",\"SK\":\"2026-11-18T10:00:00.000Z#a\"},\"row\":{}}\n";
        let ledger = Ledger::read(&format!("{read}\n{LINE}")).unwrap();
        assert_eq!(ledger, Ledger::of([(amira(), Hash::of(b"words"))]));
    }

    #[test]
    fn half_a_line_is_no_ledger_and_says_where() {
        let error = Ledger::read("{\"keys\":{\"PK\":\"STREAMS\"}}\n{\"keys\":").unwrap_err();
        assert_eq!(error.line, 2);
    }
}
