//! Finding a child in the whole council and reading the record with a reason: for duty workers and auditors, who have no
//! children of their own.

mod ask;
mod find;
mod page;
mod search;

pub use find::FindPage;
pub use page::{ContactPage, ReadPage, UnknownChildPage, with_reason};
pub use search::Search;
