//! What is said of an attribute that is not as it was written.

use crate::store::StoreError;

/// An attribute that is missing, or not what it should be.
#[derive(Debug, thiserror::Error)]
#[error("the attribute {0} is missing or of another type")]
pub(super) struct Unreadable(pub(super) &'static str);

impl From<Unreadable> for StoreError {
    fn from(unreadable: Unreadable) -> StoreError {
        StoreError::Corrupt(Box::new(unreadable))
    }
}
