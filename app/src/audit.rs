//! What audits found, for its readers: the team's manager, whoever has something to do, the auditor.

mod list;
mod page;
mod sampled;
mod to_do;
mod words;

pub use list::{Audits, Rows, audits};
pub use page::AuditPage;
pub use sampled::Sampled;
pub use to_do::AuditsToDo;
pub use words::{found, missing, question};
