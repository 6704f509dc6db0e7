//! Rows of lists.

use std::collections::BTreeSet;

use domain::wire::Due;

use super::key;
use super::row::Row;
use crate::store::{ListedStream, StoreError};

/// Reads a row of a list.
pub(super) fn read_listed(row: &Row) -> Result<ListedStream, StoreError> {
    let assigned: BTreeSet<_> = row.set("assigned")?.into_iter().collect();
    let due: Vec<Due> = serde_json::from_str(row.text("due")?).map_err(|error| StoreError::Corrupt(Box::new(error)))?;
    Ok(ListedStream {
        stream: key::listed_stream(row.text(super::row::SK)?)?,
        team: row.perhaps("team", Row::parsed)?,
        assigned: assigned.into_iter().collect(),
        listed: crate::store::Listed { name: row.text("name")?.to_owned(), due },
    })
}
