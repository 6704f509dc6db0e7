//! A visit, step by step: start, topics, hand-over; afterwards the write-up, what was not gathered, the case note.
//!
//! Every page stands [`place::at_visit`]: it has one [`Place`], the child and the visit of its address, and shows no
//! other child.

mod another_way;
mod communicates;
mod end;
mod harm;
mod item_state;
mod not_gathered;
mod note;
mod paper;
mod place;
mod start;
mod topics;
mod watch;
mod write_up;

pub use another_way::AnotherWayPage;
pub use harm::LookPage;
pub use not_gathered::NotGatheredPage;
pub use note::NotePage;
pub use paper::PaperPage;
pub use place::{Place, Step};
pub use start::VisitPage;
pub use topics::{TopicsPage, plain_profile, way_in_words};
pub use watch::WatchPage;
pub use write_up::WriteUpPage;
