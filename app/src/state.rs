//! What the application knows, in the parts that screens use, and through which they act.
//!
//! ```text
//! session (sign-in, lock) ─▶ exchange (with the server; what waits) ─▶ records (lists, open records, saving)
//!                                                                        └▶ directory · calendar · current vault
//! ```
//! State comes down as signals; intent goes up through methods. Screens never touch storage or the network. Each part is in the
//! context: a screen takes the ones that it uses.

mod calendar;
mod council;
mod current_vault;
mod directory;
mod exchange;
mod library;
mod records;
mod relations;
mod session;

pub use calendar::Calendar;
pub use council::CouncilSettings;
pub use directory::Directory;
pub use exchange::{Exchange, Link};
pub use library::{library_of, opened};
pub(crate) use records::families;
pub use records::{NotSaved, Records, Urgency};
pub use session::{PasscodeProblem, Session, SetUpProblem, SignInError, Stage};
