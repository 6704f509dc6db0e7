//! The administrator's pages: who works here, and each of them.

mod form;
mod member;
mod staff;

pub use member::StaffMemberPage;
pub use staff::StaffPage;
