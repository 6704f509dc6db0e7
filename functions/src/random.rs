//! Random bytes from the operating system, for keys and tokens.

use crate::store::StoreError;

/// So many random bytes.
///
/// # Errors
/// [`StoreError::Unavailable`] when the operating system has none: nothing may go on without.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    Ok(bytes)
}
