//! The administrator's pages: who works here, and each of them.

mod form;
mod invited;
mod member;
mod settings;
mod staff;
mod teams;

pub use member::StaffMemberPage;
pub use settings::SettingsPage;
pub use staff::StaffPage;
