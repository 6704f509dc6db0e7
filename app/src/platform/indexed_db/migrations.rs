//! The schema, one step a version. A step that has shipped never changes.

mod v1;
mod v2;

use indexed_db_futures::database::{Database, VersionChangeEvent};

pub(super) use v1::{BY_ID, KEPT, LOG, OUTBOX, PROFILE, STREAMS};
pub(super) use v2::DERIVED;

/// The version this code writes. A database of a higher one is refused as too new.
pub(super) const VERSION: u32 = 2;

/// Brings a database up to [`VERSION`], inside the browser's upgrade transaction: all steps happen, or none.
pub(super) fn apply(event: &VersionChangeEvent, database: &Database) -> indexed_db_futures::Result<()> {
    if event.old_version() < 1.0 {
        v1::apply(database)?;
    }
    if event.old_version() < 2.0 {
        v2::apply(database)?;
    }
    Ok(())
}
