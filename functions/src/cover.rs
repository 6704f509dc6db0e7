//! Who stands in for whom: what the streams of teams say of somebody, on one day.

use std::collections::BTreeMap;

use domain::access::{Access, Actor, Relation, Role, StandsIn};
use domain::calendar::in_england;
use domain::id::{StreamId, StreamKind};
use domain::wire::IndexRow;
use futures_util::future::{try_join, try_join_all};
use jiff::Timestamp;

use crate::store::{Head, Scope, Store, StoreError};

/// Where somebody's streams are found on one day.
#[derive(Debug, Default)]
pub struct Found {
    /// Streams that they may read without giving a reason, by name.
    pub index: Vec<IndexRow>,
    /// For whom they stand in.
    pub stands_in: Vec<StandsIn>,
}

/// Finds every stream that somebody may read now without giving a reason: allocated to them, of the team they manage, of
/// those for whom they stand in, and the streams of their teams.
///
/// A quiet day costs two reads side by side, as many as there are rows in one list; each cover costs one more.
///
/// # Errors
/// [`StoreError`].
pub async fn find(store: &dyn Store, actor: Actor, now: Timestamp) -> Result<Found, StoreError> {
    let own_team = StreamId::team(actor.team);
    let own = store.index(Scope::Assigned(actor.staff));
    let mut found: BTreeMap<StreamId, IndexRow> = BTreeMap::new();
    let (own, heads) = match actor.role {
        Role::Worker => {
            let (own, head) = try_join(own, store.head(own_team)).await?;
            found.extend(head.as_ref().map(|head| (own_team, row(own_team, head))));
            (own, head.map(|head| (own_team, head)))
        }
        Role::Manager => {
            let (own, team) = try_join(own, store.index(Scope::Team(actor.team))).await?;
            found.extend(team.into_iter().map(|row| (row.stream, row)));
            (own, None)
        }
        Role::Duty | Role::Auditor | Role::Administrator => return Ok(Found::default()),
    };
    let stands_in = by_teams(store, actor, &own, heads, now).await?;
    found.extend(own.into_iter().map(|row| (row.stream, row)));
    for rows in try_join_all(scopes(&stands_in).map(|scope| store.index(scope))).await? {
        // What somebody who is away reads of teams is no work that is left undone.
        found.extend(rows.into_iter().filter(|row| row.stream.kind != StreamKind::Team).map(|row| (row.stream, row)));
    }
    Ok(Found { index: found.into_values().collect(), stands_in })
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
    by_teams(store, actor, &own, None, now).await
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
    known: Option<(StreamId, Head)>,
    now: Timestamp,
) -> Result<Vec<StandsIn>, StoreError> {
    let today = in_england(now).date();
    let mut stands_in = Vec::new();
    for stream in own.iter().map(|row| row.stream).filter(|stream| stream.kind == StreamKind::Team) {
        let head = match &known {
            Some((known, head)) if *known == stream => Some(head.clone()),
            _ => store.head(stream).await?,
        };
        let (Some(team), Some(head)) = (stream.of_team(), head) else { continue };
        stands_in.extend(head.standing.covers.values().filter_map(|cover| cover.stands_in(team, actor.staff, today)));
    }
    Ok(stands_in)
}

fn row(stream: StreamId, head: &Head) -> IndexRow {
    IndexRow { stream, epoch: head.epoch, head: head.seq }
}
