//! What the browser says went wrong, as what it means for a store.

use indexed_db_futures::error::{DomException, Error, OpenDbError};
use replica::storage::StorageError;

/// Why a transaction did not happen.
#[derive(Debug)]
pub(super) enum Fault {
    /// The browser has closed the connection: opening it again may help.
    Closed,
    /// The store's answer.
    Storage(StorageError),
}

impl From<StorageError> for Fault {
    fn from(error: StorageError) -> Self {
        Fault::Storage(error)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::DomException(DomException::InvalidStateError(_)) => Fault::Closed,
            Error::DomException(exception) => {
                let exception = web_sys::DomException::from(exception);
                Fault::Storage(named(&exception.name()))
            }
            // What was stored has another shape than what is read.
            Error::Serialisation(_) => Fault::Storage(StorageError::Damaged),
            Error::MissingData(_) => Fault::Storage(StorageError::Failed("aborted".into())),
            Error::Unknown(_) => Fault::Storage(StorageError::Failed("unknown".into())),
        }
    }
}

impl From<Fault> for StorageError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Closed => StorageError::Denied,
            Fault::Storage(error) => error,
        }
    }
}

/// Why a database did not open.
pub(super) fn not_opened(error: OpenDbError) -> StorageError {
    match error {
        // `open` itself threw, which it does for a version of zero, that is never asked for, and where storage is denied.
        OpenDbError::VersionZero | OpenDbError::UnsupportedEnvironment | OpenDbError::NullFactory => {
            StorageError::Denied
        }
        OpenDbError::Base(error) => Fault::from(error).into(),
    }
}

/// The names are those of the specification; a name never holds anything of a person's.
fn named(name: &str) -> StorageError {
    match name {
        "QuotaExceededError" => StorageError::Full,
        "VersionError" => StorageError::TooNew,
        "SecurityError" | "NotAllowedError" => StorageError::Denied,
        "DataError" | "NotFoundError" | "NotReadableError" => StorageError::Damaged,
        other => StorageError::Failed(other.to_owned()),
    }
}
