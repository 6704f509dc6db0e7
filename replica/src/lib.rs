//! The offline engine of one member of staff on one device.
//!
//! Start at [`engine`]: it records operations, keeps them sealed, exchanges them with the server and folds records.
//! Beneath it: [`vault`] (sealing and keys), [`storage`] (the trait every store implements, and its contract),
//! [`exchange`] (what to send and what a reply means, without I/O) and [`journal`] (the last resort for a tap).
//!
//! This crate does no I/O of its own and knows no browser: storage and transport come in as traits.

#![warn(missing_docs)]

pub mod create;
pub mod engine;
pub mod exchange;
pub mod journal;
pub mod storage;
pub mod vault;

pub use engine::Engine;

#[cfg(test)]
mod forms;
