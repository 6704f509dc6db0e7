//! An operation as the server sequenced it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::hash::Hash;
use crate::id::{OperationId, ReplicaId, StaffId};
use crate::operation::{Operation, Unreadable};

/// What the server made of an operation. Stored with the entry; `fold` never judges again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It counts.
    Accepted,
    /// A fact that waits for a manager to admit it.
    Held,
    /// A request that was turned down; its content stays readable.
    Refused,
}

/// Where an entry stood before its stream's epoch rose (a restore from backup).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Was {
    /// The earlier epoch.
    pub epoch: u64,
    /// Its place in that epoch.
    pub seq: u64,
}

/// One place in a stream. **Frozen.**
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Dense from 1 in its stream: the order of everything.
    pub seq: u64,
    /// The epoch of the stream in which `seq` was given.
    pub epoch: u64,
    /// The operation's identity; none if its envelope could not be read.
    pub id: Option<OperationId>,
    /// The replica that sent it.
    pub replica: ReplicaId,
    /// Its number among what that replica sent on this stream.
    pub rseq: u64,
    /// SHA-256 of the exact body.
    pub sha256: Hash,
    /// The member of staff to whom the replica is bound.
    pub actor: StaffId,
    /// The server's clock when it arrived.
    pub received_at: Timestamp,
    /// What the server made of it.
    pub verdict: Verdict,
    /// Why, or with what warning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// The exact body; none once redacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The server's MAC over everything but the body, in lowercase hex; the body is covered by its hash.
    pub mac: String,
    /// Where it stood before a restore.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Was>,
}

impl Entry {
    /// Reads the operation; `None` when it has been redacted.
    pub fn operation(&self) -> Option<Result<Operation, Unreadable>> {
        self.body.as_deref().map(Operation::read)
    }
}
