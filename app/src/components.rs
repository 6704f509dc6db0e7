//! Parts that several screens use.

pub mod form;
pub mod page;
pub mod picture;

pub use form::{Check, Choice, ErrorSummary, Field, Passcode, Problems, TextArea};
pub use page::Page;
pub use picture::Picture;
