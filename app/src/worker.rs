//! The worker's pages: the day, the children, what is saved here.

mod back;
mod child;
mod children;
mod items;
mod ready;
mod saved;
mod standing_in;
mod today;
mod week;
mod words;

pub use child::{ChildPage, Known};
pub use children::{BeingOpened, ChildrenPage};
pub use items::{Line, Section, kind_in_words, lines};
pub use saved::SavedPage;
pub use today::TodayPage;
pub use week::WeekPage;
pub use words::{promise, reason};
