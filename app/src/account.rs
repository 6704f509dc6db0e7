//! What staff see of themselves and of each other: where they are signed in, and who looked at what.

mod accesses;
mod csv;
mod devices;
mod keys;
mod notified;
mod people;

pub use accesses::{ChildAccessPage, StaffAccessPage};
pub use devices::{Devices, DevicesPage};
pub use keys::KeysGivenBack;
pub use notified::ReadByOthers;
pub use people::WhoLookedPage;
