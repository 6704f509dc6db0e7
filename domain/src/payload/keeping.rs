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

/// Somebody asks that an entry's words be destroyed. A second person decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedactionProposed {
    /// Which entry.
    pub seq: u64,
    /// The kind of it: what is left to be told of it afterwards.
    pub kind: String,
    /// Why its words must go. It stays, so it must not repeat them.
    pub reason: String,
}

/// A second person does not agree, or whoever proposed it takes it back: the words stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedactionDeclined {
    /// Which entry.
    pub seq: u64,
    /// Why the words stay.
    pub reason: String,
}

/// A second person agrees: an entry's words are destroyed where they are stored and left out of every record; its identity
/// and hash stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redacted {
    /// Which entry.
    pub seq: u64,
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
