//! The plan: its words, its actions linked to views, submission.
//!
//! Start at [`PlanPage`]. Every part finds the record it works on in the [`desk::Desk`] of the page.

mod action_form;
mod actions;
mod conflict;
mod desk;
mod field;
mod outcome;
mod page;
mod prompts;
mod status;
mod submit;
mod views;

pub use actions::{ActionScreen, screens as action_screens};
pub use page::PlanPage;
pub use prompts::{action_words, field_name, names};
pub use views::audience;
