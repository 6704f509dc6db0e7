//! What tablet and server say to each other, as JSON. **Frozen.** Unknown fields are ignored by readers.

mod reading;
mod staffing;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::doubles::Likeness;
use crate::entry::{Entry, Verdict};
use crate::hash::{Chain, Hash};
use crate::id::{OperationId, ReplicaId, StaffId, StreamId, TeamId, VaultId};
use crate::payload::child::{Birth, Name};
use crate::permission::{Actor, Employment, Role};

pub use reading::*;
pub use staffing::*;

/// The protocol this code speaks.
pub const PROTOCOL: u32 = 1;
/// A request body may be this long, in bytes.
pub const MAX_REQUEST_BYTES: usize = 512 * 1024;
/// A reply is at most this long before compression, in bytes.
pub const MAX_REPLY_BYTES: usize = 3 * 1024 * 1024;

/// One operation on its way: its exact text in a JSON string, so that nothing on the way can reshape it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Dense from 1 per replica and stream.
    pub rseq: u64,
    /// SHA-256 of `body`.
    pub sha256: Hash,
    /// The exact text first written.
    pub body: String,
}

/// `POST push`: operations from one replica.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushRequest {
    /// [`PROTOCOL`].
    pub protocol: u32,
    /// The sender's build, for support.
    pub build: String,
    /// Who sends.
    pub replica: ReplicaId,
    /// Per stream, contiguous operations.
    pub streams: Vec<PushStream>,
}

/// The operations of one stream after `after`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushStream {
    /// Which stream.
    pub stream: StreamId,
    /// The `rseq` before the first operation here.
    pub after: u64,
    /// The sender's chain at `after`.
    pub chain: Chain,
    /// What happened, `after + 1` onwards, without a gap.
    pub operations: Vec<Item>,
    /// Entries from beyond the server's head, handed back after a restore.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returned: Vec<Entry>,
}

/// The reply to a push.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushResponse {
    /// [`PROTOCOL`].
    pub protocol: u32,
    /// The server's clock.
    pub time: Timestamp,
    /// One reply per stream, in the order asked.
    pub streams: Vec<PushedStream>,
}

/// What became of one stream of a push.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushedStream {
    /// Which stream.
    pub stream: StreamId,
    /// Whether the operations were taken.
    pub outcome: PushOutcome,
    /// The stream's present epoch.
    pub epoch: u64,
    /// The last `seq` of the stream.
    pub head: u64,
    /// The last `rseq` the server has from this replica on this stream.
    pub high: u64,
    /// The server's chain at `high`.
    pub chain: Chain,
    /// Verdicts of what was new in this push.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<PushResult>,
}

/// Whether the operations of a stream were taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PushOutcome {
    /// Everything up to `high` is kept by the server.
    Taken,
    /// There is a gap: send again from `high + 1`.
    Need,
    /// The chains disagree: this replica was copied or set back. Make a new one.
    Forked,
}

/// The verdict on one operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushResult {
    /// The sender's number.
    pub rseq: u64,
    /// Its place in the stream.
    pub seq: u64,
    /// What the server made of it.
    pub verdict: Verdict,
    /// Why, or with what warning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
}

/// `POST pull`: what has this replica not seen?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullRequest {
    /// [`PROTOCOL`].
    pub protocol: u32,
    /// Who asks.
    pub replica: ReplicaId,
    /// Where it stands on each stream it holds; streams it does not name start at 0.
    pub streams: Vec<Cursor>,
    /// At most this many entries, please.
    pub limit: u32,
    /// The sender's build, for whoever looks after devices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub build: Option<String>,
    /// How many operations are saved there and not sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsent: Option<u32>,
}

/// Where a replica stands on a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Which stream.
    pub stream: StreamId,
    /// The epoch of `after`; a cursor of an older epoch starts again at 0.
    pub epoch: u64,
    /// The last `seq` it has stored.
    pub after: u64,
}

/// The reply to a pull.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullResponse {
    /// [`PROTOCOL`].
    pub protocol: u32,
    /// The server's clock.
    pub time: Timestamp,
    /// Every stream this member of staff may read, and where it stands.
    pub index: Vec<IndexRow>,
    /// Contiguous entries after each cursor.
    pub entries: BTreeMap<StreamId, Vec<Entry>>,
    /// There is more: ask again.
    pub more: bool,
}

/// One stream in the index of a pull.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexRow {
    /// Which stream.
    pub stream: StreamId,
    /// Its present epoch.
    pub epoch: u64,
    /// Its last `seq`.
    pub head: u64,
}

/// A member of staff, as colleagues see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// Who.
    pub id: StaffId,
    /// Their name.
    pub name: String,
    /// What they do.
    pub role: Role,
    /// Their team.
    pub team: TeamId,
    /// Their team's name.
    pub team_name: String,
    /// Whether they work here at present.
    #[serde(default, skip_serializing_if = "Employment::works")]
    pub employment: Employment,
}

impl Staff {
    /// The same person as rules see them.
    pub fn actor(&self) -> Actor {
        Actor { staff: self.id, role: self.role, team: self.team }
    }
}

/// `GET session`: who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionResponse {
    /// The server's clock.
    pub time: Timestamp,
    /// Who is signed in.
    pub staff: Staff,
    /// The people whose names may appear in this person's work.
    pub colleagues: Vec<Staff>,
    /// When they signed in.
    pub signed_in_at: Timestamp,
}

/// `DELETE session`: nobody is signed in any more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOutResponse {
    /// The page at the council's provider that ends its own session, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
}

/// `GET session/demo`: who may sign in to a demonstration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoResponse {
    /// The demo cast.
    pub staff: Vec<Staff>,
}

/// `POST session/demo`: sign in to a demonstration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoSignInRequest {
    /// As whom.
    pub staff: StaffId,
}

/// `POST replicas`: enrol this browser for the signed-in member of staff, or replace a forked replica.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolRequest {
    /// Made on the device.
    pub replica: ReplicaId,
    /// The vault it belongs to.
    pub vault: VaultId,
    /// The replica it replaces, after a fork.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<ReplicaId>,
}

/// The reply to an enrolment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolResponse {
    /// The server's clock.
    pub time: Timestamp,
    /// A new vault's escrow key, 32 bytes in lowercase hex, held by the server. None for a vault that has one: that
    /// key is given back after a fresh sign-in only (`POST vaults/{id}/escrow`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escrow: Option<String>,
}

/// `POST vaults/{id}/escrow`: give the escrow key back after a fresh sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscrowResponse {
    /// The escrow key, 32 bytes in lowercase hex.
    pub escrow: String,
}

/// `GET index`: the streams that may be listed for this member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexResponse {
    /// The server's clock.
    pub time: Timestamp,
    /// One row a child.
    pub rows: Vec<Listing>,
}

/// One child in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Which stream.
    pub stream: StreamId,
    /// The child's name as staff use it.
    pub name: String,
    /// Whether this member of staff may read the record.
    pub readable: bool,
    /// The staff allocated to it; empty where only the name may be seen.
    pub assigned: Vec<StaffId>,
    /// Dates that are due.
    pub due: Vec<Due>,
}

/// One date that is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// What is due.
    pub what: DueKind,
    /// When.
    pub on: jiff::civil::Date,
}

/// What can be due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueKind {
    /// The next planned visit.
    Visit,
    /// The assessment must be concluded.
    Assessment,
}

/// The reply to `GET held`: what whoever asks recorded that waits for a manager, also of records that they may not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldResponse {
    /// The server's clock.
    pub time: Timestamp,
    /// By record, and in the order in which it came.
    pub held: Vec<OwnHeld>,
}

/// A fact of one's own that waits: that it does, and not a word of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnHeld {
    /// For whose record.
    pub stream: StreamId,
    /// Which operation; none where it could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<OperationId>,
    /// What kind of thing it is, as on the wire; none where it could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// When it was recorded by the device's clock; where that could not be read, when it arrived.
    pub at: Timestamp,
    /// Why it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
}

/// `POST doubles`: who in the whole council may be this child?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoublesRequest {
    /// The record that is asked about; it is not found itself.
    pub stream: StreamId,
    /// The name.
    pub name: Name,
    /// Born or expected.
    pub birth: Birth,
    /// The council's own case number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_number: Option<String>,
}

/// The reply: those who are most alike first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoublesResponse {
    /// The server's clock.
    pub time: Timestamp,
    /// One a record.
    pub alike: Vec<AlikeChild>,
}

/// A record that may be of the same child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlikeChild {
    /// How they are alike.
    pub likeness: Likeness,
    /// The team that holds the case.
    pub team: TeamId,
    /// Which record, and the child's name as staff use it; none where whoever asks may not know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child: Option<NamedChild>,
}

/// A child whom whoever asks may know of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedChild {
    /// Which record.
    pub stream: StreamId,
    /// The child's name as staff use it.
    pub name: String,
}

/// `GET streams/{id}/entries`: one page of one stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntriesResponse {
    /// Its present epoch.
    pub epoch: u64,
    /// Its last `seq`.
    pub head: u64,
    /// Contiguous entries.
    pub entries: Vec<Entry>,
    /// There is more: ask again after the last.
    pub more: bool,
}

/// An error, as `application/problem+json` (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Always `about:blank`; the code tells more.
    #[serde(rename = "type")]
    pub kind: String,
    /// A short sentence, the same for every occurrence.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// Stable, for programs.
    pub code: String,
    /// What to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}
