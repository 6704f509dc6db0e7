//! The administrator's side: who works here.

mod staff;

pub use staff::StaffPage;
