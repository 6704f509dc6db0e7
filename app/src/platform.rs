//! Everything that touches the browser: nothing outside this folder does.

pub mod arrows;
pub mod awake;
pub mod clock;
pub mod council_sign_in;
pub mod door;
pub mod gamepad;
pub mod http;
pub mod indexed_db;
pub mod journal;
pub mod page;
pub mod picture_file;
pub mod pictures;
pub mod settings;
pub mod speech;
pub mod tabs;
pub mod targets;
#[cfg(feature = "contract")]
pub mod trial;
pub mod typing;
