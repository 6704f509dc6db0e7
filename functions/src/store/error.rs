//! Why a store did not do what it was asked.

/// The store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It was written by a newer version of this program.
    #[error("the store has format {found}; this version reads up to {supported}")]
    TooNew {
        /// What it says it is.
        found: i64,
        /// What this version reads.
        supported: i64,
    },
    /// It cannot be reached, is full, or failed.
    #[error("the store is unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Others touch the same items at the same time, again and again.
    #[error("the store is busy")]
    Busy,
    /// It is asked for more in a second than it gives.
    #[error("the store asks for fewer requests")]
    Throttled(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It has not been set up.
    #[error("the store is not there")]
    Missing(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// This program may not use it.
    #[error("the store is not open to this program")]
    Denied(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It will not do what it was asked, however often it is asked: a fault of this program.
    #[error("the store refused what it was asked")]
    Refused(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// An append changes more than one transaction may. Fewer entries fit, and a single one always does.
    #[error("one transaction cannot hold {actions} changes")]
    TooWide {
        /// How many it would take.
        actions: usize,
    },
    /// It holds something this version cannot read.
    #[error("the store holds something unreadable")]
    Corrupt(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Why an append did not happen.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Head or replica have moved since they were read: read again.
    #[error("the stream has moved on")]
    Conflict,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a replica was not enrolled.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// The replica is bound to somebody else, or to another vault.
    #[error("the replica is bound already")]
    ReplicaTaken,
    /// The vault belongs to somebody else.
    #[error("the vault belongs to somebody else")]
    VaultTaken,
    /// The vault, and with it this device, was revoked.
    #[error("the vault is revoked")]
    Revoked,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why an account was not bound.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// There is no such invitation, or it was used.
    #[error("the invitation is used up")]
    InvitationUsed,
    /// The account is somebody else's.
    #[error("the account is somebody else's")]
    IdentityTaken,
    /// There was no invitation, and they have an account already.
    #[error("they have an account already")]
    Bound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
