//! Parts that several screens use.

pub mod date_input;
pub mod draft;
pub mod form;
pub mod page;
pub mod picture;
pub mod view_card;

pub use date_input::{DateBoxes, DateInput, DateProblem};
pub use form::{Check, Choice, ErrorSummary, Field, Passcode, Problems, TextArea};
pub use page::Page;
pub use picture::Picture;
pub use view_card::{ViewCard, ViewScreen};
