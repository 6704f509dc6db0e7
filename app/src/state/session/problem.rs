//! Why signing in, setting up or opening did not go on, for screens.

use replica::engine::UnlockError;
use replica::exchange::Failure;
use replica::storage::StorageError;
use replica::vault::passcode::WeakPasscode;

use crate::lazy;

/// Why a vault could not be set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetUpProblem {
    /// The passcode will not do.
    Weak(WeakPasscode),
    /// The two passcodes differ.
    Differ,
    /// The lazy part could not be fetched; nothing was set up.
    ChunkUnavailable,
    /// Server or browser.
    SignIn(SignInError),
}

impl SetUpProblem {
    /// Whether it helps to prove anew who one is.
    pub fn wants_fresh_proof(&self) -> bool {
        matches!(self, SetUpProblem::SignIn(SignInError::Server(Failure::Refused { code })) if code == "sign_in_again")
    }
}

impl From<lazy::ChunkUnavailable> for SetUpProblem {
    fn from(_: lazy::ChunkUnavailable) -> Self {
        SetUpProblem::ChunkUnavailable
    }
}

impl From<lazy::ChunkUnavailable> for PasscodeProblem {
    fn from(_: lazy::ChunkUnavailable) -> Self {
        PasscodeProblem::ChunkUnavailable
    }
}

/// Why a vault did not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasscodeProblem {
    /// Wrong; this many tries are left.
    Wrong(u32),
    /// The lazy part could not be fetched; the passcode was not tried.
    ChunkUnavailable,
    /// Too many tries.
    LockedOut,
    /// The browser failed.
    Storage(StorageError),
}

impl From<UnlockError> for PasscodeProblem {
    fn from(error: UnlockError) -> Self {
        match error {
            UnlockError::Wrong { left } => PasscodeProblem::Wrong(left),
            UnlockError::LockedOut | UnlockError::NotThisVault => PasscodeProblem::LockedOut,
            UnlockError::Storage(error) => PasscodeProblem::Storage(error),
        }
    }
}

/// Why signing in did not go on, for a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInError {
    /// The server could not be reached, or would not.
    Server(Failure),
    /// The browser could not keep something.
    Storage(StorageError),
    /// The council's sign-in, or what it said; the code of `functions/src/auth.rs`.
    Provider(String),
}
