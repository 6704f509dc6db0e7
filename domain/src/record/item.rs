//! Everything that was recorded, and how far it has come: what the lists of "saved", "sent", "held" and "refused" show.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Step;
use crate::code::Code;
use crate::id::{OperationId, StaffId};
use crate::payload::Payload;

/// How far something has come. True at every moment: never "sent" before the server has said so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ItemState {
    /// Saved on this tablet.
    Saved,
    /// The server has it.
    Sent,
    /// It counts.
    Accepted,
    /// It waits for a manager.
    Held(Option<Code>),
    /// It was turned down; its content stays readable.
    Refused(Option<Code>),
}

/// One thing that was recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its identity, where it could be read.
    pub id: Option<OperationId>,
    /// Its place in the stream, once it has one.
    pub seq: Option<u64>,
    /// Who recorded it.
    pub by: StaffId,
    /// The device's clock.
    pub captured_at: Option<Timestamp>,
    /// The server's clock, once it has arrived.
    pub received_at: Option<Timestamp>,
    /// What it says, where it could be read.
    pub payload: Option<Payload>,
    /// How far it has come.
    pub state: ItemState,
    /// What people should look at, though it counts: a date that cannot be, required words that are not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flag: Option<Code>,
}

/// How far an operation of this tablet has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// Saved on this tablet.
    Saved,
    /// The server has it; its entry has not come back yet.
    Sent,
    /// The server has it and holds it; its entry cannot come back, for its author may not read there.
    Held(Option<Code>),
    /// The server turned it down; its entry cannot come back, for its author may not read there.
    Refused(Option<Code>),
}

impl Step {
    /// What lists show of it; nothing once redacted.
    pub(super) fn item(&self) -> Option<Item> {
        let operation = self.read.as_ref()?.as_ref().ok();
        Some(Item {
            id: self.id,
            seq: self.seq,
            by: self.actor,
            captured_at: operation.map(|operation| operation.captured_at),
            received_at: self.received_at,
            payload: operation.map(|operation| operation.payload.clone()),
            state: self.state.clone(),
            flag: self.flag.clone(),
        })
    }
}
