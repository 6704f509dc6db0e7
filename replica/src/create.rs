//! Creates what did not exist before: identities, secrets, operations.

use domain::Operation;
use domain::class::Class;
use domain::id::{OperationId, StreamId};
use domain::operation::{Body, Salt};
use domain::payload::Payload;
use jiff::Timestamp;
use uuid::Uuid;

/// Random bytes from the platform.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("a platform without randomness cannot keep anything safe");
    bytes
}

/// One of the numbers below this, each as likely as any other as long as there are few: of 64 bits the remainder's lean is beyond
/// measuring.
///
/// # Panics
/// Below nothing there is no number.
pub fn draw(below: u64) -> u64 {
    u64::from_le_bytes(random()) % below
}

/// A new time-ordered identity.
pub fn uuid(now: Timestamp) -> Uuid {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random()).into_uuid()
}

/// The device's moment: evidence, written into each operation.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The device's clock.
    pub now: Timestamp,
    /// The device's IANA time zone.
    pub zone: String,
}

/// An operation written down for the first and only time.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its identity.
    pub id: OperationId,
    /// What it is about.
    pub stream: StreamId,
    /// Its exact text.
    pub body: Body,
}

/// Creates an operation: its text is written here, once.
pub fn operation(stream: StreamId, payload: Payload, moment: &Moment) -> Written {
    let id = OperationId(uuid(moment.now));
    let class = payload.class().unwrap_or(Class::Fact);
    let operation = Operation { id, stream, class, captured_at: moment.now, zone: moment.zone.clone(), payload };
    Written { id, stream, body: operation.write(Salt(random())) }
}
