//! Keeping the record itself in order.

use serde::{Deserialize, Serialize};

use crate::id::StreamId;

/// Held facts are let in: they fold at this entry's place, in their original order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admit {
    /// Which entries.
    pub seqs: Vec<u64>,
}

/// Held facts are not let in: they stay on record as they came, and never fold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declined {
    /// Which entries.
    pub seqs: Vec<u64>,
    /// Why, for whoever recorded them.
    pub reason: String,
}

/// An entry's words are destroyed where they are stored and left out of every record; its identity and hash stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redacted {
    /// Which entry.
    pub seq: u64,
    /// Why its words must go. It stays, so it must not repeat them.
    #[serde(default)]
    pub reason: String,
}

/// This record and another are about the same child: work goes on in the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuplicateOf {
    /// The other record.
    pub stream: StreamId,
}

/// This record and another are not about the same child after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotDuplicateOf {
    /// The other record.
    pub stream: StreamId,
}
