//! The access log, and what is counted.

use std::borrow::Cow;
use std::collections::BTreeSet;

use domain::id::{ReplicaId, StaffId, StreamId};
use jiff::Timestamp;
use uuid::Uuid;

/// Who did what, when, from which device, and whether it was allowed: one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Which.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who; none when nobody was signed in.
    pub staff: Option<StaffId>,
    /// From which replica, where it is known.
    pub replica: Option<ReplicaId>,
    /// The records that it was about.
    pub streams: BTreeSet<StreamId>,
    /// The member of staff whom it was about.
    pub about: Option<StaffId>,
    /// Who is told of it: the record was read with a reason.
    pub notified: BTreeSet<StaffId>,
    /// What was done: `push`, `pull`, `entries`, `escrow`, …
    pub action: Cow<'static, str>,
    /// `done`, or the code of the problem.
    pub outcome: Cow<'static, str>,
    /// The reason that was given for reading.
    pub reason: Option<String>,
}

impl Access {
    /// Its place in the log, which is in the order of time.
    pub fn place(&self) -> AccessPlace {
        AccessPlace { at: self.at, id: self.id }
    }
}

/// A place in the access log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AccessPlace {
    /// When.
    pub at: Timestamp,
    /// Which of that moment.
    pub id: Uuid,
}

/// Which part of the access log is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessOf {
    /// What was done about one stream, by whomever. Of [`Access::streams`] it names this one alone, and nobody who was told.
    Stream(StreamId),
    /// What one member of staff did, without who was told; of none, what was refused to nobody known.
    Staff(Option<StaffId>),
    /// What one member of staff is told that others read. Of [`Access::notified`] it names this one alone.
    Notified(StaffId),
}

/// A span of time in which something is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// From when.
    pub starts: Timestamp,
    /// Until when, and no longer.
    pub ends: Timestamp,
}
