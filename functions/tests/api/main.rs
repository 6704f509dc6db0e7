//! The server as a browser meets it: the whole router in one process, a fresh store per test.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod access;
mod allocating;
mod conflicts;
mod converge;
mod corpus;
mod covering;
mod dates;
mod declining;
mod devices;
mod doubles;
mod enrolment;
mod families;
mod faults;
mod files;
mod leaving;
mod library;
mod limits;
mod pulling;
mod pushing;
mod reading;
mod redacting;
mod refusals;
mod repeats;
mod restoring;
mod sessions;
mod signing_in;
mod staffing;
mod support;
mod visit;
mod waiting;
mod watching;
mod words;
