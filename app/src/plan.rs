//! The plan: its words, its actions linked to views, submission.

mod page;

pub use page::PlanPage;
