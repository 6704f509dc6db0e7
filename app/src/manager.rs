//! The manager's desk: what is waiting, the version to decide on, the replay, the decision.

mod review;
mod waiting;

pub use review::ReviewPage;
pub use waiting::WaitingPage;
