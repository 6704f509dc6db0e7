//! Who is told that a record was read with a reason: whoever works with the child, and its team's managers.

use std::collections::BTreeSet;

use domain::calendar::in_england;
use domain::id::{StaffId, StreamId};
use domain::permission::Role;
use jiff::Timestamp;

use crate::store::{Store, StoreError};

/// Finds them, with whoever stands in for one of them now.
///
/// # Errors
/// [`StoreError`].
pub(crate) async fn told_of_reading(
    store: &dyn Store,
    stream: StreamId,
    now: Timestamp,
) -> Result<BTreeSet<StaffId>, StoreError> {
    let access = store.head(stream).await?.map(|head| head.standing.access).unwrap_or_default();
    let mut told = access.assigned;
    let Some(team) = access.team else { return Ok(told) };
    let everybody = store.everybody().await?;
    let manages =
        everybody.iter().filter(|one| one.role == Role::Manager && one.team == team && one.employment.works());
    told.extend(manages.map(|one| one.id));
    let covers = store.head(StreamId::team(team)).await?.map(|head| head.standing.covers).unwrap_or_default();
    let today = in_england(now).date();
    let stands_in: Vec<StaffId> = covers
        .values()
        .filter(|cover| cover.is_on(today) && (cover.role == Role::Manager || told.contains(&cover.away)))
        .map(|cover| cover.by)
        .collect();
    told.extend(stands_in);
    Ok(told)
}
