//! Reading a record with a reason, and who is notified of it: whoever works with the child, and its team's managers.

use std::collections::BTreeSet;

use domain::calendar::in_england;
use domain::id::{StaffId, StreamId};
use domain::permission::{Actor, Role};
use domain::wire::EntriesResponse;
use jiff::{SignedDuration, Timestamp};

use crate::limits::window;
use crate::pull::{self, ReadError};
use crate::store::{Access, AccessOf, Store, StoreError};

/// The pages of one reading are noted once in each window of this length.
const ONE_READING: SignedDuration = SignedDuration::from_mins(10);
/// So many of somebody's last requests are looked at for an earlier page.
const LAST_REQUESTS: usize = 50;

/// One page of a record.
#[derive(Debug)]
pub struct Reading {
    /// The entries.
    pub page: EntriesResponse,
    /// Who is notified; nobody of a further page.
    pub notified: BTreeSet<StaffId>,
}

/// Reads one page for those who read with a reason. Nobody reads what nobody could be notified of.
///
/// # Errors
/// [`ReadError`] says why not.
pub async fn read(
    store: &dyn Store,
    actor: Actor,
    now: Timestamp,
    stream: StreamId,
    after: u64,
    reason: &str,
) -> Result<Reading, ReadError> {
    if !actor.role.reads_with_a_reason() {
        return Err(ReadError::NotAllowed);
    }
    let page = pull::read(store, actor, now, stream, after, Some(reason)).await?;
    let goes_on = after > 0 && was_read(store, actor.staff, stream, now).await?;
    let notified = if goes_on { BTreeSet::new() } else { notified(store, stream, now).await? };
    Ok(Reading { page, notified })
}

async fn notified(store: &dyn Store, stream: StreamId, now: Timestamp) -> Result<BTreeSet<StaffId>, StoreError> {
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

/// Whether somebody has read this record in the same window: its team was notified then. The window is fixed, or one page every
/// nine minutes would be one reading for days.
async fn was_read(store: &dyn Store, staff: StaffId, stream: StreamId, now: Timestamp) -> Result<bool, StoreError> {
    let last = store.accesses(AccessOf::Staff(Some(staff)), None, LAST_REQUESTS).await?;
    let since = window(ONE_READING, now).starts;
    let is_it = |access: &Access| {
        let is_reading = access.action == "reading" && access.outcome == "done" && access.streams.contains(&stream);
        is_reading && access.at >= since
    };
    Ok(last.iter().any(is_it))
}
