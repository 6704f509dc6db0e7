//! What is known of a child, written once: who they are, how they communicate, when they are visited.

mod at_record;
mod details;
mod duplicate;
mod passport;
mod people;
mod profile;
mod redact;
mod said;
mod visits;

pub use at_record::{Place, at_record};
pub use details::{DetailsPage, RegisterPage};
pub use duplicate::{DuplicatePage, LinkedRecord};
pub use passport::PassportPage;
pub use people::{AddressPage, FamilyPage, People, PersonPage};
pub use profile::ProfilePage;
pub use redact::RedactPage;
pub use said::SaidPage;
pub use visits::{MoveVisitPage, NewVisitPage};
