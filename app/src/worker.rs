//! The worker's pages: the day, the children, what is saved here.

mod child;
mod children;
mod saved;
mod today;

pub use child::ChildPage;
pub use children::ChildrenPage;
pub use saved::SavedPage;
pub use today::TodayPage;
