//! The lists: names and due dates, and who may read on.

use domain::id::StreamKind;
use domain::permission::{Access, Action, Actor, Permission, Relation, Role, StandsIn, may};
use domain::wire::Listing;
use jiff::Timestamp;

use crate::cover;
use crate::store::{ListedStream, Scope, Store, StoreError};

/// Lists the children of the team, those allocated to this member of staff in other teams, and those of whomever they stand
/// in for, by name.
///
/// Duty and auditor find a child by other means, with a reason; the administrator does not see children.
///
/// # Errors
/// [`StoreError`] when the store failed.
pub async fn list(store: &dyn Store, actor: Actor, now: Timestamp) -> Result<Vec<Listing>, StoreError> {
    let mut scopes = match actor.role {
        Role::Worker => vec![Scope::Team(actor.team), Scope::Assigned(actor.staff)],
        Role::Manager => vec![Scope::Team(actor.team)],
        Role::Duty | Role::Auditor | Role::Administrator => return Ok(Vec::new()),
    };
    let stands_in = cover::stands_in(store, actor, now).await?;
    scopes.extend(cover::scopes(&stands_in));
    let mut rows = Vec::new();
    for scope in scopes {
        rows.extend(store.listed(scope).await?);
    }
    rows.retain(|row| matches!(row.stream.kind, StreamKind::Child | StreamKind::Family));
    rows.sort_by(|a, b| (&a.listed.name, a.stream).cmp(&(&b.listed.name, b.stream)));
    rows.dedup_by_key(|row| row.stream);
    Ok(rows.into_iter().filter_map(|row| listing(actor, &stands_in, row)).collect())
}

fn listing(actor: Actor, stands_in: &[StandsIn], row: ListedStream) -> Option<Listing> {
    let access = Access { team: row.team, assigned: row.assigned.iter().copied().collect() };
    let readable = match may(Relation::of(actor, &access, stands_in), Action::Read) {
        Permission::Yes => true,
        Permission::NameAndDueDates => false,
        _ => return None,
    };
    Some(Listing {
        stream: row.stream,
        name: row.listed.name,
        readable,
        assigned: if readable { row.assigned } else { Vec::new() },
        due: row.listed.due,
    })
}
