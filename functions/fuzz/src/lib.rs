//! What each target does with its input. The tests that replay the corpus include the same files.

pub mod bench;
pub mod operations;
pub mod stored;
