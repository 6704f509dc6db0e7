//! What every request and reply goes through, whichever route it takes.

pub(crate) mod address;
pub(crate) mod compress;
pub(crate) mod guard;
pub(crate) mod headers;
pub(crate) mod input;
pub(crate) mod signed_in;
pub(crate) mod trace;
