//! The server as the cloud runs it: events of an HTTP API in, replies of an HTTP API out, over DynamoDB Local.

mod events;
mod process;
mod support;
