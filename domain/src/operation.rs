//! One thing that happened, as a replica recorded it: the envelope that is written once and never again.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::class::Class;
use crate::hash::{Hash, hex};
use crate::id::{OperationId, StreamId};
use crate::payload::Payload;

/// One operation's body may be this long, in bytes. Longer ones are refused at save, on the tablet.
pub const MAX_BODY_BYTES: usize = 64 * 1024;

/// The version of the envelope that this code writes.
pub const SCHEMA: u32 = 1;

/// One thing that happened, read from a body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// Made where it happened.
    pub id: OperationId,
    /// What it is about.
    pub stream: StreamId,
    /// Fact or request.
    pub class: Class,
    /// The device's clock: evidence only, never order.
    pub captured_at: Timestamp,
    /// The device's IANA time zone: evidence only.
    pub zone: String,
    /// What happened.
    pub payload: Payload,
}

/// Why a body could not be read. It is kept all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Unreadable {
    /// The envelope is not ours; not even its class can be told.
    #[error("the envelope cannot be read")]
    Envelope,
    /// The envelope was read, what it carries was not.
    #[error("the data of this kind cannot be read")]
    Data {
        /// Its identity.
        id: OperationId,
        /// Fact or request, as it says.
        class: Class,
    },
}

impl Unreadable {
    /// The operation's identity, where it could be read.
    pub fn id(&self) -> Option<OperationId> {
        match self {
            Unreadable::Envelope => None,
            Unreadable::Data { id, .. } => Some(*id),
        }
    }
}

/// 16 random bytes, so that the hash of a redacted body gives nothing to guess at.
#[derive(Clone, Copy)]
pub struct Salt(pub [u8; 16]);

/// The envelope. **Frozen.** Field order is the order of writing; readers ignore fields they do not know.
#[derive(Serialize, Deserialize)]
struct Envelope<'a> {
    id: OperationId,
    stream: StreamId,
    class: Class,
    schema: u32,
    #[serde(borrow)]
    kind: std::borrow::Cow<'a, str>,
    captured_at: Timestamp,
    #[serde(borrow)]
    zone: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    salt: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    data: &'a RawValue,
}

impl Operation {
    /// Writes the body: the exact bytes that are hashed, sealed, sent, stored and forwarded from here on.
    pub fn write(&self, salt: Salt) -> Body {
        let (kind, data) = self.payload.encode();
        let envelope = Envelope {
            id: self.id,
            stream: self.stream,
            class: self.class,
            schema: SCHEMA,
            kind: kind.into(),
            captured_at: self.captured_at,
            zone: self.zone.as_str().into(),
            salt: hex(&salt.0).into(),
            data: &data,
        };
        Body::new(serde_json::to_string(&envelope).expect("an envelope of plain fields serialises"))
    }

    /// Reads a body.
    ///
    /// # Errors
    /// [`Unreadable`] when the envelope, or the data of a kind this version knows, does not decode, or when they
    /// are of a schema this version does not know. An unknown kind is not an error: it reads as [`Payload::Unknown`].
    pub fn read(body: &str) -> Result<Operation, Unreadable> {
        let envelope: Envelope<'_> = serde_json::from_str(body).map_err(|_| Unreadable::Envelope)?;
        let Envelope { id, class, .. } = envelope;
        if envelope.schema != SCHEMA {
            return Err(Unreadable::Data { id, class });
        }
        let unreadable = |_| Unreadable::Data { id, class };
        let payload = Payload::decode(&envelope.kind, envelope.data).map_err(unreadable)?;
        Ok(Operation {
            id,
            stream: envelope.stream,
            class,
            captured_at: envelope.captured_at,
            zone: envelope.zone.into_owned(),
            payload,
        })
    }
}

/// A written operation: its exact text and their hash, never taken apart and put together again.
#[derive(Clone, PartialEq, Eq)]
pub struct Body {
    text: String,
    sha256: Hash,
}

impl Body {
    /// Takes text as it is, and hashes it.
    pub fn new(text: String) -> Self {
        let sha256 = Hash::of(text.as_bytes());
        Body { text, sha256 }
    }

    /// The exact text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The hash of the exact text.
    pub fn sha256(&self) -> Hash {
        self.sha256
    }

    /// The exact text, by value.
    pub fn into_text(self) -> String {
        self.text
    }
}

/// Words of a child never reach a log by accident: only the hash is shown.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({} bytes, {})", self.text.len(), self.sha256)
    }
}
