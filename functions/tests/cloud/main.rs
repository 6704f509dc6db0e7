//! The server as the cloud runs it: events of an HTTP API in, replies of an HTTP API out, over DynamoDB Local.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod corpus;
mod cost;
mod events;
mod process;
mod support;
mod visit;
