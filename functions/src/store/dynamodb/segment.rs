//! Segments: some entries as JSON, one a line, gzip'd into one item. Pure.
//!
//! What one push brought is one segment, or a few when it would not fit into an item. A redaction writes the segment
//! again, under the same key, with the next `rev`.

use std::io::{Read, Write};

use domain::Entry;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

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

fn gzip(entries: &[Entry]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for entry in entries {
        serde_json::to_writer(&mut encoder, entry)?;
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
            let entry: Entry = serde_json::from_str(line).map_err(|error| StoreError::Corrupt(Box::new(error)))?;
            if entry.seq < self.next {
                continue;
            }
            self.bytes += line.len();
            let fits = self.entries.is_empty() || self.bytes <= self.budget.bytes;
            if entry.seq > self.next || !fits || self.entries.len() >= self.budget.entries {
                return Ok(Reading::Ends);
            }
            self.next += 1;
            self.entries.push(entry);
        }
        Ok(Reading::GoesOn)
    }

    pub(super) fn into_entries(self) -> Vec<Entry> {
        self.entries
    }
}

#[cfg(test)]
mod tests;
