//! What reached the council out of hours: written down by whoever answered, read by the day.

mod form;
mod list;
mod page;
mod to_read;
mod unknown;

pub use form::About;
pub use list::Contacts;
pub use page::WriteContact;
pub use to_read::ToRead;
pub use unknown::{UnknownContactPage, contacts_of, unknown_child};
