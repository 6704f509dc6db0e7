//! What Heard is about: the nouns, the operations that happen to them, and the rules both ends share.
//!
//! Start at [`payload`] (everything that can happen), then [`record`] (what a person sees), [`standing`]
//! (the small part decisions depend on), [`judge()`] and [`may()`]. The wire and disk shapes are in [`operation`],
//! [`entry`] and [`wire`].
//!
//! This crate has no I/O, no async, no clock and no randomness: time and ids come in as values. It knows
//! nothing of browsers, HTTP, databases or AWS, so that tablet and server cannot disagree about a rule.

#![warn(missing_docs)]

pub mod asking;
pub mod calendar;
pub mod casenote;
pub mod class;
pub mod code;
pub mod dates;
pub mod doubles;
pub mod entry;
pub mod hash;
pub mod id;
pub mod judge;
pub mod library;
pub mod looking;
pub mod operation;
pub mod payload;
pub mod permission;
pub mod prompts;
pub mod record;
pub mod standing;
pub mod text;
pub mod trust;
pub mod vocabulary;
pub mod wire;
pub mod wording;

// The samples of `tests/` are shared with unit tests, and name this crate as outsiders do.
#[cfg(test)]
extern crate self as domain;
#[cfg(test)]
#[path = "../tests/sample/cast.rs"]
mod cast;
#[cfg(test)]
mod script;

pub use class::Class;
pub use code::Code;
pub use entry::{Entry, Verdict};
pub use hash::{Chain, Hash};
pub use judge::{Context, Judgement, judge};
pub use operation::{Operation, Unreadable};
pub use payload::Payload;
pub use permission::{Action, Actor, Permission, Relation, Role, may};
pub use record::Record;
pub use standing::{Standing, stand};
