//! Who stands in for whom: what the streams of teams say of somebody, on one day.

use domain::calendar::in_england;
use domain::id::{StreamId, StreamKind};
use domain::permission::{Access, Actor, Relation, Role, StandsIn};
use domain::wire::IndexRow;
use futures_util::future::{try_join_all, try_join3};
use jiff::Timestamp;

use crate::store::{Scope, Store, StoreError};

/// Finds every stream that somebody may read now without giving a reason: allocated to them, of the team they manage, of
/// those for whom they stand in, the streams of their teams, and the council's.
///
/// A quiet day costs three reads side by side; each team in which somebody stands in, and each of whom they stand in for, one
/// more.
///
/// # Errors
/// [`StoreError`].
pub async fn find(store: &dyn Store, actor: Actor, now: Timestamp) -> Result<Vec<IndexRow>, StoreError> {
    let is_team = |row: &IndexRow| row.stream.kind == StreamKind::Team;
    let own = store.index(Scope::Assigned(actor.staff));
    let council = headed(store, StreamId::council());
    let (mut own, of_team, council) = match actor.role {
        Role::Worker => try_join3(own, headed(store, StreamId::team(actor.team)), council).await?,
        Role::Manager => try_join3(own, store.index(Scope::Team(actor.team)), council).await?,
        Role::Administrator => return council.await,
        // What they wrote themselves.
        Role::Auditor => {
            let mut own = own.await?;
            own.retain(|row| row.stream.kind == StreamKind::Audit);
            return Ok(own);
        }
        Role::Duty => return Ok(Vec::new()),
    };
    // To whoever was a worker before, children may still be allocated.
    own.retain(|row| actor.role == Role::Worker || is_team(row));
    let stands_in = by_teams(store, actor, &own, now).await?;
    let mut found: Vec<IndexRow> = own.into_iter().chain(of_team).chain(council).collect();
    for rows in try_join_all(scopes(&stands_in).map(|scope| store.index(scope))).await? {
        // What somebody who is away reads of teams is no work that is left undone.
        found.extend(rows.into_iter().filter(|row| !is_team(row)));
    }
    found.sort_by_key(|row| row.stream);
    found.dedup_by_key(|row| row.stream);
    Ok(found)
}

/// The row of a stream whose name is known, once there is something in it.
async fn headed(store: &dyn Store, stream: StreamId) -> Result<Vec<IndexRow>, StoreError> {
    let head = store.head(stream).await?;
    Ok(head.map(|head| IndexRow { stream, epoch: head.epoch, head: head.seq }).into_iter().collect())
}

/// Under which keys the streams of those are found for whom somebody stands in.
pub fn scopes(stands_in: &[StandsIn]) -> impl Iterator<Item = Scope> + '_ {
    stands_in.iter().map(|cover| match cover.role {
        Role::Manager => Scope::Team(cover.team),
        _ => Scope::Assigned(cover.away),
    })
}

/// For whom somebody stands in now.
///
/// # Errors
/// [`StoreError`].
pub async fn stands_in(store: &dyn Store, actor: Actor, now: Timestamp) -> Result<Vec<StandsIn>, StoreError> {
    if !matches!(actor.role, Role::Worker | Role::Manager) {
        return Ok(Vec::new());
    }
    let own = store.index(Scope::Assigned(actor.staff)).await?;
    by_teams(store, actor, &own, now).await
}

/// The same, where it can make a difference: not to whoever works with the child, or manages its team, anyway.
///
/// # Errors
/// [`StoreError`].
pub async fn stands_in_with(
    store: &dyn Store,
    actor: Actor,
    access: &Access,
    now: Timestamp,
) -> Result<Vec<StandsIn>, StoreError> {
    match Relation::of(actor, access, &[]) {
        Relation::AssignedWorker | Relation::TeamManager => Ok(Vec::new()),
        _ => stands_in(store, actor, now).await,
    }
}

/// Reads the streams of the teams in which somebody stands in: those are allocated to them.
async fn by_teams(
    store: &dyn Store,
    actor: Actor,
    own: &[IndexRow],
    now: Timestamp,
) -> Result<Vec<StandsIn>, StoreError> {
    let today = in_england(now).date();
    let mut stands_in = Vec::new();
    for stream in own.iter().map(|row| row.stream).filter(|stream| stream.kind == StreamKind::Team) {
        let (Some(team), Some(head)) = (stream.of_team(), store.head(stream).await?) else { continue };
        stands_in.extend(head.standing.covers.values().filter_map(|cover| cover.stands_in(team, actor, today)));
    }
    Ok(stands_in)
}
