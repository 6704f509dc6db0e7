//! Parts that several screens use.

pub mod asking_preview;
pub mod body;
pub mod date_input;
pub mod draft;
pub mod drawing;
mod form;
pub mod in_address;
pub mod last_time;
pub mod long_list;
pub mod no_pages;
pub mod no_voice;
pub mod observed;
pub mod opening;
pub mod page;
pub mod paper;
pub mod picture;
pub mod saving;
pub mod try_it;
pub mod typed;
pub mod view_card;

pub use asking_preview::AskingPreview;
pub use body::{BodyOutline, BodySaid, BodySide, body_area};
pub use date_input::{DateBoxes, DateInput, DateProblem};
pub use drawing::{Drawings, Lines, ink_colour, ink_name, path};
pub use form::{Check, Choice, ErrorSummary, Field, Passcode, Problems, TextArea};
pub use in_address::in_address;
pub use long_list::{AskedFor, LongList, ShowMore};
pub use no_pages::{NoPages, has_pages};
pub use no_voice::{NoVoice, voices};
pub use opening::Opening;
pub use page::Page;
pub use picture::Picture;
pub use saving::{Parts, go, saving, saving_all};
pub use try_it::TryIt;
pub use view_card::{NewerWay, ViewCard, ViewScreen};
