//! Tablets and the server together, without a browser: several real engines over stores in memory, the real router over a
//! real store, and a wire between them that loses, doubles, delays, cuts and refuses what goes over it.
//!
//! [`history`] has what can happen, [`holds`] what must be true after each step and in the end, [`converge`] draws
//! histories and keeps those that once failed. [`traces`] holds the server in memory, which the engine's own tests use,
//! against the real one.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod converge;
mod corpus;
mod history;
mod holds;
mod people;
mod server;
mod tablet;
mod traces;
mod turns;
mod wire;

/// The store under test, as the tests of the API have it: it fails when it is told to, and can be copied.
#[path = "../../functions/tests/api/support"]
mod support {
    pub(crate) mod store;
    pub(crate) mod table;
    #[expect(dead_code, reason = "the tests of the API use all of it")]
    pub(crate) mod watched;
}
