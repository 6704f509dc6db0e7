//! Segments: some entries as JSON, one a line, gzip'd into one item. Pure.
//!
//! What one push brought is one segment, or a few when it would not fit into an item. A redaction writes the segment
//! again, under the same key, with the next `rev`.
//!
//! An entry is kept as it goes over the wire but for one thing: the hash of a body that is there is left out, and made again
//! when it is read. Hashes cannot be packed: they were a third of what a visit costs to write.

use std::io::{Read, Write};

use domain::entry::Was;
use domain::id::{OperationId, ReplicaId, StaffId};
use domain::{Code, Entry, Hash, Verdict};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::unreadable::Unreadable;
use crate::store::{Budget, StoreError};

/// A segment has at most so many bytes: an item may have 400 KB, and its other attributes want room.
pub(super) const MAX_BYTES: usize = 300_000;

/// Some entries, packed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) first: u64,
    pub(super) last: u64,
    pub(super) packed: Vec<u8>,
}

/// Packs entries into as few segments as fit. One entry always fits: a body has 64 KiB at most.
pub(super) fn pack(entries: &[Entry]) -> Result<Vec<Segment>, StoreError> {
    let ([first, ..], [.., last]) = (entries, entries) else {
        return Ok(Vec::new());
    };
    let packed = gzip(entries).map_err(corrupt)?;
    if packed.len() <= MAX_BYTES || entries.len() == 1 {
        return Ok(vec![Segment { first: first.seq, last: last.seq, packed }]);
    }
    let (front, back) = entries.split_at(entries.len() / 2);
    let mut segments = pack(front)?;
    segments.extend(pack(back)?);
    Ok(segments)
}

/// Entries of which some have no bodies.
pub(super) struct Bared {
    pub(super) packed: Vec<u8>,
    /// The hashes of the bodies that are not there any more, now or since earlier.
    pub(super) redacted: Vec<Hash>,
}

/// Packs the same entries again, some of them without their bodies. Their hashes stay.
pub(super) fn without_bodies(packed: &[u8], seqs: &[u64]) -> Result<Bared, StoreError> {
    let text = unzip(packed)?;
    let mut entries =
        text.lines().map(|line| Ok(Line::read(line)?.into_entry()?.0)).collect::<Result<Vec<Entry>, StoreError>>()?;
    let redacted = entries.iter_mut().filter(|entry| seqs.contains(&entry.seq));
    redacted.for_each(|entry| entry.body = None);
    let redacted = entries.iter().filter(|entry| entry.body.is_none()).map(|entry| entry.sha256).collect();
    Ok(Bared { packed: gzip(&entries).map_err(corrupt)?, redacted })
}

fn gzip(entries: &[Entry]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for entry in entries {
        serde_json::to_writer(&mut encoder, &Line::from(entry))?;
        encoder.write_all(b"\n")?;
    }
    encoder.finish()
}

/// Unpacks any gzip'd text of ours.
pub(super) fn unzip(packed: &[u8]) -> Result<String, StoreError> {
    let mut text = String::new();
    GzDecoder::new(packed).read_to_string(&mut text).map_err(corrupt)?;
    Ok(text)
}

/// Packs any text of ours.
pub(super) fn zip(text: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).and_then(|()| encoder.finish()).map_err(corrupt)
}

fn corrupt(error: std::io::Error) -> StoreError {
    StoreError::Corrupt(Box::new(error))
}

/// An entry as it is kept. **Frozen**, as [`Entry`] is: the same names, and `sha256` only where it does not follow.
#[derive(Serialize, Deserialize)]
struct Line {
    seq: u64,
    epoch: u64,
    id: Option<OperationId>,
    replica: ReplicaId,
    rseq: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<Hash>,
    actor: StaffId,
    received_at: Timestamp,
    verdict: Verdict,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    mac: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    was: Option<Was>,
}

/// So much longer is an entry as JSON when its hash is in it.
const HASH_BYTES: usize = "\"sha256\":\"\",".len() + 64;

impl From<&Entry> for Line {
    fn from(entry: &Entry) -> Line {
        let Entry { seq, epoch, id, replica, rseq, sha256, actor, received_at, verdict, code, body, mac, was } = entry;
        let follows = body.as_ref().is_some_and(|body| Hash::of(body.as_bytes()) == *sha256);
        Line {
            seq: *seq,
            epoch: *epoch,
            id: *id,
            replica: *replica,
            rseq: *rseq,
            sha256: (!follows).then_some(*sha256),
            actor: *actor,
            received_at: *received_at,
            verdict: *verdict,
            code: code.clone(),
            body: body.clone(),
            mac: mac.clone(),
            was: *was,
        }
    }
}

impl Line {
    fn read(text: &str) -> Result<Line, StoreError> {
        serde_json::from_str(text).map_err(|error| StoreError::Corrupt(Box::new(error)))
    }

    /// The entry, and by how many bytes it is longer than the line.
    fn into_entry(self) -> Result<(Entry, usize), StoreError> {
        let (sha256, spared) = match (self.sha256, &self.body) {
            (Some(sha256), _) => (sha256, 0),
            (None, Some(body)) => (Hash::of(body.as_bytes()), HASH_BYTES),
            (None, None) => return Err(Unreadable("entries").into()),
        };
        let Line { seq, epoch, id, replica, rseq, sha256: _, actor, received_at, verdict, code, body, mac, was } = self;
        let entry = Entry { seq, epoch, id, replica, rseq, sha256, actor, received_at, verdict, code, body, mac, was };
        Ok((entry, spared))
    }
}

/// Whether a reading goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// There is room for more.
    GoesOn,
    /// The budget is spent, or what comes next is not there yet.
    Ends,
}

/// Entries as they are read: contiguous from the first, and within a budget.
///
/// A query can see a part of a transaction. Beyond a gap nothing is taken: the reader asks again from before it.
pub(super) struct Run {
    entries: Vec<Entry>,
    next: u64,
    budget: Budget,
    bytes: usize,
}

impl Run {
    /// Begins at `from`.
    pub(super) fn from(from: u64, budget: Budget) -> Run {
        Run { entries: Vec::new(), next: from, budget, bytes: 0 }
    }

    /// Takes what follows from one packed segment.
    pub(super) fn take(&mut self, packed: &[u8]) -> Result<Reading, StoreError> {
        for line in unzip(packed)?.lines() {
            let (line, length) = (Line::read(line)?, line.len());
            let (entry, spared) = line.into_entry()?;
            if entry.seq < self.next {
                continue;
            }
            self.bytes += length + spared;
            let fits = self.entries.is_empty() || self.bytes <= self.budget.bytes;
            if entry.seq > self.next || !fits || self.entries.len() >= self.budget.entries {
                return Ok(Reading::Ends);
            }
            self.next += 1;
            self.entries.push(entry);
        }
        // Told at once: the next segment need not even be read.
        Ok(if self.entries.len() < self.budget.entries { Reading::GoesOn } else { Reading::Ends })
    }

    pub(super) fn into_entries(self) -> Vec<Entry> {
        self.entries
    }
}

#[cfg(test)]
mod tests;
