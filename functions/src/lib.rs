//! The server: who may do what, and in which order things happened.
//!
//! Start at [`server::router`]. A request goes `http` (guard, input, session) → `routes` → one of the operations
//! ([`push`], [`pull`], [`enrol`], [`auth`], [`session`], [`listing`]) → [`store::Store`]. What an operation means is decided in
//! `domain`; what a refusal looks like in [`problem`].
//!
//! This crate knows nothing of screens, and no operation knows which store or which runner it works for.

mod access_log;
mod http;
mod origins;
mod random;
mod routes;

pub mod app;
pub mod auth;
pub mod clock;
pub mod cover;
pub mod demo;
pub mod devices;
pub mod doubles;
pub mod enrol;
pub mod finding;
mod held;
#[cfg(feature = "dynamodb")]
pub mod lambda;
pub mod limits;
pub mod listing;
pub mod problem;
pub mod pull;
pub mod push;
pub mod reading;
pub mod restored;
pub mod sampling;
pub mod seal;
pub mod seed;
pub mod sequence;
pub mod server;
pub mod session;
pub mod staffing;
pub mod static_files;
pub mod store;
pub mod watching;

pub use origins::Origins;
