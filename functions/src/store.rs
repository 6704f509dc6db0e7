//! Where everything is kept: one trait, so that handlers know no database.
//!
//! It is cut for the append of a key-value store: the head of a stream and what is known of one replica are read
//! together; then either the whole segment goes in with everything that changes beside it, or nothing does.
//! [`contract`] holds what every implementation must do.

mod access;
#[cfg(test)]
pub mod contract;
#[cfg(feature = "dynamodb")]
pub mod dynamodb;
mod error;
pub mod sqlite;

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use domain::id::{OperationId, ReplicaId, StaffId, StreamId, TeamId, VaultId};
use domain::wire::{Due, IndexRow, Staff};
use domain::{Chain, Code, Entry, Hash, Record, Standing, Verdict};
use jiff::Timestamp;

pub use access::{Access, AccessOf, AccessPlace, Window};
pub use error::{AppendError, BindError, EnrolError, StoreError};

/// What an append must know of a stream: its place in the order, and its standing.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// Rises when a restore is noticed.
    pub epoch: u64,
    /// The last `seq`.
    pub seq: u64,
    /// Rises by one with every append: what a concurrent append is noticed by.
    pub version: u64,
    /// What decisions depend on.
    pub standing: Standing,
}

/// What the server has from one replica on one stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplicaHigh {
    /// The last `rseq`.
    pub high: u64,
    /// The chain at `high`.
    pub chain: Chain,
}

impl ReplicaHigh {
    /// Nothing yet.
    pub const NOTHING: ReplicaHigh = ReplicaHigh { high: 0, chain: Chain::START };
}

/// One segment and everything that changes with it.
#[derive(Clone, Debug)]
pub struct Append {
    /// Which stream.
    pub stream: StreamId,
    /// Whose operations.
    pub replica: ReplicaId,
    /// The version that was read; none if there was no head.
    pub expected_version: Option<u64>,
    /// The `high` that was read.
    pub expected_high: u64,
    /// The head from now on.
    pub head: Head,
    /// What the server has from the replica from now on.
    pub high: ReplicaHigh,
    /// The new entries: dense, from the earlier `seq` + 1 to `head.seq`.
    pub segment: Vec<Entry>,
    /// What lists show from now on.
    pub listed: Listed,
    /// Other replicas whose operations are in the segment or count from now on: entries handed back after a restore.
    /// At most [`MOST_REPLICAS`](crate::sequence::MOST_REPLICAS), none of them `replica`. The segment may be empty then.
    pub others: Vec<ReplicaStep>,
    /// By what a search finds the stream from now on: instead of what it was found by before.
    pub found_by: BTreeSet<FoundBy>,
    /// Entries before this segment, by `seq`, whose stored bodies are destroyed: everything else of them stays as it
    /// is, also their MAC. Almost always none, and seldom more than one.
    pub redact: Vec<u64>,
}

/// What the server has from one replica before and after an append.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplicaStep {
    /// Which replica.
    pub replica: ReplicaId,
    /// The `high` that was read.
    pub expected: u64,
    /// What the server has from it from now on.
    pub high: ReplicaHigh,
}

impl ReplicaStep {
    /// Whether anything changes.
    pub fn moves(&self) -> bool {
        self.high.high != self.expected
    }
}

/// What a stream has under one identity: the first entry that came with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The hash of its exact body.
    pub sha256: Hash,
    /// What was made of it.
    pub verdict: Verdict,
    /// Why, or with what warning.
    pub code: Option<Code>,
    /// Whether its body is still there.
    pub words: Words,
}

/// Whether what somebody recorded is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// It is.
    Kept,
    /// It was redacted.
    Destroyed,
}

impl Known {
    /// What is known by an entry.
    pub fn of(entry: &Entry) -> Known {
        Known {
            sha256: entry.sha256,
            verdict: entry.verdict,
            code: entry.code.clone(),
            words: if entry.body.is_some() { Words::Kept } else { Words::Destroyed },
        }
    }
}

/// What lists show of one stream, without reading it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The name as staff use it; empty until the child is registered.
    pub name: String,
    /// Dates that are due, the earliest first.
    pub due: Vec<Due>,
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedStream {
    /// Which stream.
    pub stream: StreamId,
    /// The team that holds the case.
    pub team: Option<TeamId>,
    /// The staff allocated to it.
    pub assigned: Vec<StaffId>,
    /// What is shown.
    pub listed: Listed,
}

/// A key under which streams are indexed. Lists are scoped by key: there is no way to ask for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Streams allocated to one member of staff.
    Assigned(StaffId),
    /// Streams of one team.
    Team(TeamId),
}

/// By what a search finds a stream: the keyed hash of one of [`domain::doubles::found_by`] or of [`crate::held::found_by`],
/// so that no name lies in a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FoundBy(pub Hash);

/// How much of a stream one read may bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// At most so many entries.
    pub entries: usize,
    /// At most so many bytes of entries as JSON; the first entry always fits.
    pub bytes: usize,
}

/// What a device last told of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// When, within a few minutes.
    pub at: Timestamp,
    /// The build that runs there.
    pub build: String,
    /// How many operations were saved there and not sent; none if it does not say.
    pub unsent: Option<u32>,
}

/// A replica bound to a member of staff and a vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// Which replica.
    pub replica: ReplicaId,
    /// Whose.
    pub staff: StaffId,
    /// In which vault.
    pub vault: VaultId,
    /// The replica it replaces after a fork.
    pub replaces: Option<ReplicaId>,
    /// When.
    pub enrolled_at: Timestamp,
    /// When it was revoked, if it was.
    pub revoked_at: Option<Timestamp>,
    /// What it last told of itself; none if it never exchanged anything.
    pub seen: Option<Seen>,
}

/// A vault's escrow key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct EscrowKey(pub [u8; 32]);

impl std::fmt::Debug for EscrowKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EscrowKey(…)")
    }
}

/// A sealed vault, as the server knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vault {
    /// Whose.
    pub staff: StaffId,
    /// What unwraps its data key when the passcode is lost.
    pub escrow: EscrowKey,
    /// When it was revoked, if it was.
    pub revoked_at: Option<Timestamp>,
}

/// SHA-256 of a session's token. The token itself is never kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenHash(pub [u8; 32]);

/// Somebody signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub staff: StaffId,
    /// When.
    pub created_at: Timestamp,
    /// When they last proved who they are, as the provider says; none if it does not say.
    pub authenticated_at: Option<Timestamp>,
    /// The hash of the session at the provider that this one came from: a provider that ends it names it.
    pub provider_session: Option<Hash>,
    /// When it was last used, within a few minutes.
    pub last_seen: Timestamp,
    /// When it ends whatever happens.
    pub ends_at: Timestamp,
}

/// A sign-in that is under way at the provider. It is found by the SHA-256 of its state, and taken once.
#[derive(Clone, PartialEq, Eq)]
pub struct BegunSignIn {
    /// The SHA-256 of what the browser that began holds in a cookie.
    pub browser: TokenHash,
    /// What the ID token must repeat.
    pub nonce: String,
    /// What proves to the provider that whoever began is who ends (PKCE).
    pub verifier: String,
    /// The page to go on to: a path of the app.
    pub to: String,
    /// When it began, if whoever it is must prove it anew.
    pub fresh_from: Option<Timestamp>,
    /// The invitation it began with, by its hash.
    pub invitation: Option<TokenHash>,
    /// Until when it may come back.
    pub ends_at: Timestamp,
}

impl std::fmt::Debug for BegunSignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BegunSignIn").field("to", &self.to).field("ends_at", &self.ends_at).finish_non_exhaustive()
    }
}

/// The keyed hash of an account at a provider: its issuer and its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity(pub Hash);

/// Leave to sign in as one member of staff, once. It is found by the SHA-256 of its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// As whom.
    pub staff: StaffId,
    /// The account that is expected, as its owner types it to sign in; nothing if any will do.
    pub account: Option<String>,
    /// Since when. One that was made before its owner last got an account opens nothing any more.
    pub made_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// When it was used, if it was.
    pub used_at: Option<Timestamp>,
}

/// Binds an account to a member of staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Which account.
    pub identity: Identity,
    /// Whose from now on. An account they had before is theirs no more.
    pub staff: StaffId,
    /// The invitation that is used up by it. Without one, only somebody who never had an account can get one.
    pub invitation: Option<TokenHash>,
    /// When.
    pub at: Timestamp,
}

/// Facts about the store itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meta {
    /// The key under which entries are sealed, in hex.
    EntryKey,
    /// Present only in a store that the seeder filled with the demo cast.
    Demo,
    /// The last day for which demo visits were planned.
    DemoDay,
    /// Who the first administrator is.
    FirstAdministrator,
}

/// The standing of a log. What was stored by other rules than these ([`domain::standing::FOLD`]) counts for nothing.
pub(crate) fn folded<'a>(log: impl IntoIterator<Item = &'a Entry>) -> Standing {
    let mut record = Record::default();
    log.into_iter().for_each(|entry| record.fold(entry));
    record.standing
}

/// Where everything is kept.
///
/// Every read sees every write that returned before it. Every method either takes effect whole or not at all.
#[async_trait]
pub trait Store: Send + Sync {
    /// So many streams of one push may be taken at a time: each waits for the store two or three times.
    fn at_once(&self) -> usize {
        8
    }

    /// Cheaply says whether the store answers.
    async fn ping(&self) -> Result<(), StoreError>;

    /// Reads a stream's head alone; none if nothing was ever appended.
    async fn head(&self, stream: StreamId) -> Result<Option<Head>, StoreError>;

    /// Reads head and replica of a stream at one moment: what [`Store::append`] is then held against.
    /// An unknown replica has [`ReplicaHigh::NOTHING`].
    async fn heads(&self, stream: StreamId, replica: ReplicaId) -> Result<(Option<Head>, ReplicaHigh), StoreError>;

    /// Reads which of these operations the stream has, by their identities: of each, the first entry that came with it.
    /// It sees at least what the last append before it wrote; one that comes after is noticed by the head's version.
    ///
    /// The cost must not grow with the stream. SQLite has an index. A key-value store keeps rows `OPS#<hour>` beside the
    /// log, in the transaction of the append: an identity is a UUIDv7, whose first 48 bits are the millisecond in which
    /// it was made, so that what was recorded together is found together, in one row or two for a whole visit. It is
    /// the identity that is looked up, so that a wrong clock costs a row and never an answer.
    async fn known(&self, stream: StreamId, ids: &[OperationId]) -> Result<BTreeMap<OperationId, Known>, StoreError>;

    /// Appends one segment, in one transaction: head, replicas, entries, index and list rows, and destroys the bodies
    /// that are to be redacted.
    ///
    /// # Errors
    /// [`AppendError::Conflict`] when the head's version or a replica's high is not the expected one; nothing is
    /// written then.
    async fn append(&self, append: Append) -> Result<(), AppendError>;

    /// Begins a new epoch on every stream, at least `at_least`. Whoever sets a store back to a backup calls this before it
    /// serves anybody: no cursor of a replica is of this order any more, so that each brings back what is missing, though
    /// newer entries have taken the places of those that were lost. Every version rises with it.
    ///
    /// A key-value store does it stream by stream: where this fails, it is called again before anybody is served. A stream
    /// that is raised twice is none the worse.
    async fn raise_epochs(&self, at_least: u64) -> Result<(), StoreError>;

    /// Reads entries after `after`, contiguous and in order, within the budget. Empty at the end.
    async fn entries(&self, stream: StreamId, after: u64, budget: Budget) -> Result<Vec<Entry>, StoreError>;

    /// Reads where the streams of a scope stand, by one query, ordered by stream.
    async fn index(&self, scope: Scope) -> Result<Vec<IndexRow>, StoreError>;

    /// Reads what lists show of the streams of a scope, ordered by stream.
    async fn listed(&self, scope: Scope) -> Result<Vec<ListedStream>, StoreError>;

    /// Reads which streams are found by this, in their order.
    async fn found_by(&self, found_by: FoundBy) -> Result<Vec<StreamId>, StoreError>;

    /// Reads one member of staff.
    async fn staff(&self, id: StaffId) -> Result<Option<Staff>, StoreError>;

    /// Reads everybody, ordered by name.
    async fn everybody(&self) -> Result<Vec<Staff>, StoreError>;

    /// Writes one member of staff, new or changed.
    async fn put_staff(&self, staff: &Staff) -> Result<(), StoreError>;

    /// Binds a replica to a member of staff and a vault, and returns the vault's escrow key: `escrow` if the vault
    /// is new, else the one it has. The same enrolment twice is the same as once, keeping the first time.
    async fn enrol(&self, enrolment: Enrolment, escrow: EscrowKey) -> Result<EscrowKey, EnrolError>;

    /// Reads an enrolment.
    async fn enrolment(&self, replica: ReplicaId) -> Result<Option<Enrolment>, StoreError>;

    /// Reads everything that is enrolled for one member of staff, ordered by replica.
    async fn enrolments_of(&self, staff: StaffId) -> Result<Vec<Enrolment>, StoreError>;

    /// Notes what a device told of itself. An unknown one stays unknown.
    async fn note_seen(&self, replica: ReplicaId, seen: Seen) -> Result<(), StoreError>;

    /// Reads a vault.
    async fn vault(&self, vault: VaultId) -> Result<Option<Vault>, StoreError>;

    /// Revokes a replica, its vault and every other replica of that vault. Unknown and revoked ones stay as they are.
    async fn revoke(&self, replica: ReplicaId, at: Timestamp) -> Result<(), StoreError>;

    /// Writes a new session.
    async fn put_session(&self, token: TokenHash, session: Session) -> Result<(), StoreError>;

    /// Reads a session, ended or not.
    async fn session(&self, token: TokenHash) -> Result<Option<Session>, StoreError>;

    /// Notes that a session was used. An unknown one stays unknown.
    async fn touch_session(&self, token: TokenHash, at: Timestamp) -> Result<(), StoreError>;

    /// Forgets a session.
    async fn delete_session(&self, token: TokenHash) -> Result<(), StoreError>;

    /// Reads the sessions of one member of staff, ended ones too while they are there, ordered by token.
    async fn sessions_of(&self, staff: StaffId) -> Result<Vec<(TokenHash, Session)>, StoreError>;

    /// Writes down a sign-in that begins.
    async fn put_sign_in(&self, state: TokenHash, begun: BegunSignIn) -> Result<(), StoreError>;

    /// Reads a sign-in that was begun and forgets it, in one step: it is given out once, ended or not.
    async fn take_sign_in(&self, state: TokenHash) -> Result<Option<BegunSignIn>, StoreError>;

    /// Writes an invitation, new or changed.
    async fn put_invitation(&self, token: TokenHash, invitation: Invitation) -> Result<(), StoreError>;

    /// Reads an invitation, used and ended ones too.
    async fn invitation(&self, token: TokenHash) -> Result<Option<Invitation>, StoreError>;

    /// Binds an account to a member of staff, and uses up the invitation, in one transaction.
    async fn bind(&self, binding: Binding) -> Result<(), BindError>;

    /// Reads since when somebody has an account to sign in with.
    async fn account_since(&self, staff: StaffId) -> Result<Option<Timestamp>, StoreError>;

    /// Reads whose account this is.
    async fn staff_of(&self, identity: Identity) -> Result<Option<StaffId>, StoreError>;

    /// Adds to the access log. Nothing is ever taken from it. A part of it may be there though this failed.
    async fn log(&self, access: Access) -> Result<(), StoreError>;

    /// Reads the access log before a place, or from its end, the latest first: at most `limit` requests.
    async fn accesses(
        &self,
        of: AccessOf,
        before: Option<AccessPlace>,
        limit: usize,
    ) -> Result<Vec<Access>, StoreError>;

    /// Counts one more of something within a window, and returns how many were counted in it by now. What was counted in a
    /// window that has ended is forgotten some time.
    async fn count(&self, counter: Hash, window: Window) -> Result<u64, StoreError>;

    /// Reads a fact about the store.
    async fn meta(&self, meta: Meta) -> Result<Option<String>, StoreError>;

    /// Writes a fact about the store.
    async fn put_meta(&self, meta: Meta, value: String) -> Result<(), StoreError>;

    /// Writes a fact about the store unless there is one, and returns the one that stands.
    async fn meta_or(&self, meta: Meta, value: String) -> Result<String, StoreError>;
}
