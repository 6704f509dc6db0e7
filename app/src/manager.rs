//! The manager's desk: what is waiting, the version to decide on, the replay, the decision.
//!
//! Start at [`ReviewPage`]: its parts find the record they show in the [`reading::Reading`] of the page, which keeps the
//! version that was opened even when the worker moves on.

mod actions;
mod changes;
mod child_lane;
mod decided;
mod decision;
mod everything;
mod given;
mod harm;
mod held;
mod list;
mod prompts;
mod reading;
mod replay;
mod replay_bar;
mod replay_words;
mod review;
mod tags;
mod team;
mod voices;
mod waiting;

pub use everything::EverythingPage;
pub use review::{ReadRecord, ReviewPage};
pub use team::{AllocatePage, CoverFormPage, CoverPage, TeamPage};
pub use waiting::WaitingPage;
