//! A visit, step by step: start, topics, hand-over; afterwards the write-up, what was not gathered, the case note.

mod not_gathered;
mod note;
mod start;
mod topics;
mod write_up;

pub use not_gathered::NotGatheredPage;
pub use note::NotePage;
pub use start::VisitPage;
pub use topics::TopicsPage;
pub use write_up::WriteUpPage;
