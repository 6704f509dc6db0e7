//! Everything that touches the browser: nothing outside this folder does.

pub mod arrows;
pub mod awake;
pub mod clock;
pub mod http;
pub mod indexed_db;
pub mod journal;
pub mod page;
pub mod pictures;
pub mod settings;
pub mod tabs;
#[cfg(feature = "contract")]
pub mod trial;
