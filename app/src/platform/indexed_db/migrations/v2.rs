//! Version 2: what is derived from streams. **Frozen.**
//!
//! | store | key | holds |
//! | --- | --- | --- |
//! | `derived` | `[kind, stream]` | sealed summaries and folded records; all of it can be made anew |

use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;

pub(in super::super) const DERIVED: &str = "derived";

pub(super) fn apply(database: &Database) -> indexed_db_futures::Result<()> {
    database.create_object_store(DERIVED).with_key_path(["kind", "stream"].into()).build()?;
    Ok(())
}
