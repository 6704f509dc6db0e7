//! Who is notified that a record was read with a reason: whoever works with the child, and its team's managers.

use std::collections::BTreeSet;

use domain::calendar::in_england;
use domain::id::{StaffId, StreamId};
use domain::permission::Role;
use jiff::{SignedDuration, Timestamp};

use crate::store::{Access, AccessOf, Store, StoreError};

/// The pages of one reading come within this.
const ONE_READING: SignedDuration = SignedDuration::from_mins(10);
/// So many of somebody's last requests are looked at for an earlier page.
const LAST_REQUESTS: usize = 50;

/// Finds them, with whoever stands in for one of them now.
///
/// # Errors
/// [`StoreError`].
pub(crate) async fn of_reading(
    store: &dyn Store,
    stream: StreamId,
    now: Timestamp,
) -> Result<BTreeSet<StaffId>, StoreError> {
    let access = store.head(stream).await?.map(|head| head.standing.access).unwrap_or_default();
    let mut notified = access.assigned;
    let Some(team) = access.team else { return Ok(notified) };
    let everybody = store.everybody().await?;
    let manages =
        everybody.iter().filter(|one| one.role == Role::Manager && one.team == team && one.employment.works());
    notified.extend(manages.map(|one| one.id));
    let covers = store.head(StreamId::team(team)).await?.map(|head| head.standing.covers).unwrap_or_default();
    let today = in_england(now).date();
    let stands_in: Vec<StaffId> = covers
        .values()
        .filter(|cover| cover.is_on(today) && (cover.role == Role::Manager || notified.contains(&cover.away)))
        .map(|cover| cover.by)
        .collect();
    notified.extend(stands_in);
    Ok(notified)
}

/// Whether somebody has read this record with a reason just before: its team was notified then.
///
/// # Errors
/// [`StoreError`].
pub(crate) async fn was_read(
    store: &dyn Store,
    staff: StaffId,
    stream: StreamId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let last = store.accesses(AccessOf::Staff(Some(staff)), None, LAST_REQUESTS).await?;
    let is_it = |access: &Access| {
        let is_reading = access.action == "reading" && access.outcome == "done" && access.streams.contains(&stream);
        is_reading && now.duration_since(access.at) < ONE_READING
    };
    Ok(last.iter().any(is_it))
}
