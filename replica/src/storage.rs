//! What an engine needs of a store. One instance is one vault.
//!
//! Every method is one transaction: when it returns `Ok`, all of it is durable; when it returns `Err`, none of it
//! happened. Values are sealed before they come here; what is not sealed (ids, numbers, hashes) is permitted plaintext.

pub mod memory;

#[cfg(any(test, feature = "contract"))]
pub mod contract;

use std::collections::BTreeMap;

use domain::hash::{Chain, Hash};
use domain::id::{CaptureId, OperationId, ReplicaId, StaffId, StreamId, VaultId};
use serde::{Deserialize, Serialize};

use crate::vault::Sealed;
use crate::vault::passcode::PasscodeWrap;

/// A store did not do what it was asked. Nothing of the call happened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The device has no room left.
    #[error("the device has no room left")]
    Full,
    /// The platform denies storage, or took it away.
    #[error("storage is not available")]
    Denied,
    /// The platform, or somebody, deleted what was kept while it was in use.
    #[error("the store was deleted")]
    Gone,
    /// A newer version of Heard wrote this store.
    #[error("the store is of a newer version")]
    TooNew,
    /// What is stored cannot be read.
    #[error("a stored value cannot be read")]
    Damaged,
    /// The platform failed.
    #[error("the store failed: {0}")]
    Failed(String),
}

/// Who this vault belongs to, and its wrapped keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The vault.
    pub vault: VaultId,
    /// The replica it writes as; a fork changes it.
    pub replica: ReplicaId,
    /// The replicas it wrote as before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<ReplicaId>,
    /// Whose it is.
    pub staff: StaffId,
    /// The data key, wrapped by the passcode; none once locked out.
    pub passcode: Option<PasscodeWrap>,
    /// The data key, wrapped by the server's escrow key.
    pub escrow: Sealed,
    /// Passcodes tried since the last right one.
    pub attempts: u32,
    /// Handover keys that are still needed, each wrapped by the data key.
    #[serde(default)]
    pub handovers: BTreeMap<CaptureId, Sealed>,
}

impl Profile {
    /// Whether this vault writes, or wrote, as a replica.
    pub fn has_been(&self, replica: ReplicaId) -> bool {
        self.replica == replica || self.former.contains(&replica)
    }

    /// Goes on as another replica.
    pub fn become_replica(&mut self, replica: ReplicaId) {
        self.former.push(std::mem::replace(&mut self.replica, replica));
    }
}

/// A sealed operation that has no number yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsaved {
    /// Its stream.
    pub stream: StreamId,
    /// Its identity.
    pub id: OperationId,
    /// The hash of its exact text.
    pub sha256: Hash,
    /// Its exact text, sealed for the place `outbox/<id>`.
    pub sealed: Sealed,
}

/// A saved operation. It stays until its entry has come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxRow {
    /// Dense from 1 in its stream.
    pub rseq: u64,
    /// What was saved.
    #[serde(flatten)]
    pub operation: Unsaved,
}

/// Where this replica stands on one stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamRow {
    /// Which stream.
    pub stream: StreamId,
    /// The next `rseq` to give out.
    pub next: u64,
    /// The last `rseq` the server has acknowledged.
    pub high: u64,
    /// The chain at `high`.
    pub chain: Chain,
    /// The epoch of `after`.
    pub epoch: u64,
    /// The last `seq` stored here.
    pub after: u64,
}

impl StreamRow {
    /// A stream of which nothing is known yet.
    pub fn new(stream: StreamId) -> StreamRow {
        StreamRow { stream, next: 1, high: 0, chain: Chain::START, epoch: 0, after: 0 }
    }
}

/// Entries of one stream, sealed together for the place `log/<stream>/<epoch>/<first>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Which stream.
    pub stream: StreamId,
    /// The epoch.
    pub epoch: u64,
    /// The first `seq`.
    pub first: u64,
    /// The last `seq`.
    pub last: u64,
    /// The entries, sealed.
    pub sealed: Sealed,
}

/// What a pull changes on one stream, all at once.
#[derive(Clone, Debug)]
pub struct Pulled {
    /// Drops the stored log of this stream first: its epoch rose.
    pub restart: bool,
    /// The new entries; they begin right after the cursor.
    pub segment: Segment,
    /// Operations of this tablet whose entries are among them.
    pub came_back: Vec<OperationId>,
    /// Which of the entries this replica sent, in order.
    pub mine: Vec<Mine>,
}

/// An entry that a replica sent: proof that the server has everything up to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mine {
    /// The replica that sent it.
    pub replica: ReplicaId,
    /// Its number.
    pub rseq: u64,
    /// Its hash.
    pub sha256: Hash,
}

/// The server's word on what it has of one stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acknowledged {
    /// The replica that asked.
    pub replica: ReplicaId,
    /// Which stream.
    pub stream: StreamId,
    /// What was taken as acknowledged when it was asked.
    pub after: u64,
    /// The last number the server has. Lower than `after` where the server was set back.
    pub high: u64,
    /// The chain there.
    pub chain: Chain,
}

impl Acknowledged {
    /// Whether the server has less than it once said: what goes again may have to be numbered anew.
    pub fn is_set_back(&self) -> bool {
        self.high < self.after
    }
}

impl Pulled {
    /// Whether it changes what waits in the outbox.
    pub fn is_of_this_tablet(&self) -> bool {
        !self.came_back.is_empty() || !self.mine.is_empty()
    }
}

impl StreamRow {
    /// Counts an entry of this replica as acknowledged, if it goes on from what is. The caller has made sure that the
    /// outbox has the same operation under that number: a copied tablet sends others under it.
    pub fn count_as_acknowledged(&mut self, mine: &Mine) {
        if mine.rseq == self.high + 1 {
            (self.high, self.chain) = (mine.rseq, self.chain.then(mine.sha256));
        }
    }
}

/// What is made from a stream and kept, so that opening a record or a list makes nothing anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DerivedKind {
    /// What lists need of the record.
    Summary,
    /// The front of the folded record.
    Front,
    /// The rest of it.
    Rest,
}

impl DerivedKind {
    /// Every kind.
    pub const ALL: [DerivedKind; 3] = [DerivedKind::Summary, DerivedKind::Front, DerivedKind::Rest];

    /// The name it is stored under.
    pub fn name(self) -> &'static str {
        match self {
            DerivedKind::Summary => "summary",
            DerivedKind::Front => "front",
            DerivedKind::Rest => "rest",
        }
    }
}

/// A value made from a stream as far as its cursor, sealed for the place `derived/<stream>/<kind>/<epoch>/<after>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derived {
    /// Which stream.
    pub stream: StreamId,
    /// Which value.
    pub kind: DerivedKind,
    /// The epoch of `after`.
    pub epoch: u64,
    /// The last `seq` it was made from.
    pub after: u64,
    /// The value.
    pub sealed: Sealed,
}

/// One vault's store.
///
/// What a method wrote has reached the disk when it returns, with everything that was written before it. There are three
/// exceptions, for what the server tells again: an acknowledgement that only moves on, entries that nobody here wrote, and
/// what is derived. A
/// power failure may undo them. Waiting for the disk at each would cost more than the exchange itself. Whatever changes a row of
/// the outbox is waited for.
///
/// At every moment the rows of a stream that the server has not acknowledged are numbered `high + 1` to `next - 1` without a
/// gap: whatever takes one out moves up those after it.
#[expect(async_fn_in_trait, reason = "used with static dispatch on one thread")]
pub trait Storage {
    /// The profile; none before enrolment is complete.
    async fn profile(&self) -> Result<Option<Profile>, StorageError>;

    /// Replaces the profile.
    async fn put_profile(&self, profile: &Profile) -> Result<(), StorageError>;

    /// Reads, changes and writes the profile **in one transaction**, so that two tabs never undo each other. Returns it as
    /// it is afterwards. `change` may be called again if the store has to try again. Fails with [`StorageError::Damaged`]
    /// before enrolment.
    async fn change_profile(&self, change: impl Fn(&mut Profile)) -> Result<Profile, StorageError>;

    /// Saves operations in order, giving each the next `rseq` of its stream **in this transaction**. One whose identity
    /// is in the outbox already keeps its number (put-if-absent). Returns the rows in the order given.
    async fn save(&self, operations: &[Unsaved]) -> Result<Vec<OutboxRow>, StorageError>;

    /// Everything in the outbox, by stream and `rseq`.
    async fn outbox(&self) -> Result<Vec<OutboxRow>, StorageError>;

    /// Every stream, by id.
    async fn streams(&self) -> Result<Vec<StreamRow>, StorageError>;

    /// The server has everything up to `high`, and nothing beyond, of each of these streams. Rows stay until their entries come
    /// back. A word changes nothing when it is out of date: the profile names another replica, or `after` is no longer what was
    /// acknowledged last. Each stream is named once.
    async fn acknowledge(&self, words: &[Acknowledged]) -> Result<(), StorageError>;

    /// Replaces sealed texts of outbox rows by identity, after unlock. Rows that have gone meanwhile are passed over.
    async fn reseal(&self, rows: &[(OperationId, Sealed)]) -> Result<(), StorageError>;

    /// Takes an operation that cannot be opened out of the outbox and keeps `value` under `name` instead. Fails with
    /// [`StorageError::Damaged`], changing nothing, when there is no such operation, or the server has acknowledged it.
    async fn set_aside(&self, id: OperationId, name: &str, value: &Sealed) -> Result<(), StorageError>;

    /// Stores entries, moves cursors, counts what this replica sent as acknowledged and drops the rows that came back, for
    /// all these streams at once. Fails with [`StorageError::Damaged`], changing nothing, unless each segment begins right
    /// after its cursor.
    async fn store_pulled(&self, pulled: &[Pulled]) -> Result<(), StorageError>;

    /// The stored segments of a stream that begin after `after`, in order.
    async fn log(&self, stream: StreamId, after: u64) -> Result<Vec<Segment>, StorageError>;

    /// Keeps derived values, each in the place of the one before. One whose stream stands at another cursor by now, or has
    /// nothing of the server's, is passed over: it may hold what has left the log since. Where room is short, all are passed
    /// over. A power failure may undo it.
    async fn keep_derived(&self, values: &[Derived]) -> Result<(), StorageError>;

    /// A derived value. It goes with the log: when a stream is purged, or its log is replaced.
    async fn derived(&self, stream: StreamId, kind: DerivedKind) -> Result<Option<Derived>, StorageError>;

    /// Every derived value of a kind, by stream.
    async fn all_derived(&self, kind: DerivedKind) -> Result<Vec<Derived>, StorageError>;

    /// Forgets every derived value, to make room: all of it can be made again.
    async fn forget_derived(&self) -> Result<(), StorageError>;

    /// Forgets a stream's log, what was derived from it, and its cursor. Fails with [`StorageError::Damaged`], changing
    /// nothing, while the outbox has operations of it that the server has not acknowledged.
    async fn purge(&self, stream: StreamId) -> Result<(), StorageError>;

    /// Becomes another replica: sets it in the profile, drops outbox rows whose identities are in `sequenced`, numbers
    /// the others from 1 in their old order, and starts every chain again. Changes nothing when the profile does not name
    /// `from`: another tab did it. Fails with [`StorageError::Damaged`] before enrolment.
    async fn fork(&self, from: ReplicaId, to: ReplicaId, sequenced: &[OperationId]) -> Result<(), StorageError>;

    /// Keeps a sealed value under a name: a draft, the directory.
    async fn keep(&self, name: &str, value: &Sealed) -> Result<(), StorageError>;

    /// A kept value.
    async fn kept(&self, name: &str) -> Result<Option<Sealed>, StorageError>;

    /// The names of kept values.
    async fn kept_names(&self) -> Result<Vec<String>, StorageError>;

    /// Forgets a kept value.
    async fn forget(&self, name: &str) -> Result<(), StorageError>;
}
