//! Version 1: the stores of a vault. **Frozen.**
//!
//! | store | key | holds |
//! | --- | --- | --- |
//! | `profile` | `name` | one row, `profile` |
//! | `streams` | `stream` | where this replica stands on each stream |
//! | `outbox` | `[stream, rseq]`; unique index `id` | operations until their entries have come back |
//! | `log` | `[stream, first]` | sealed segments |
//! | `kept` | `name` | sealed drafts, the directory |

use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;

pub(in super::super) const PROFILE: &str = "profile";
pub(in super::super) const STREAMS: &str = "streams";
pub(in super::super) const OUTBOX: &str = "outbox";
pub(in super::super) const LOG: &str = "log";
pub(in super::super) const KEPT: &str = "kept";

/// The outbox by operation.
pub(in super::super) const BY_ID: &str = "id";

pub(super) fn apply(database: &Database) -> indexed_db_futures::Result<()> {
    let one = |store, key: &'static str| database.create_object_store(store).with_key_path(key.into()).build();
    let two = |store, keys: [&'static str; 2]| database.create_object_store(store).with_key_path(keys.into()).build();
    one(PROFILE, "name")?;
    one(STREAMS, "stream")?;
    two(OUTBOX, ["stream", "rseq"])?.create_index(BY_ID, "id".into()).with_unique(true).build()?;
    two(LOG, ["stream", "first"])?;
    one(KEPT, "name")?;
    Ok(())
}
