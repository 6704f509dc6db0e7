//! The lists: names and due dates, and who may read on.

use domain::access::{Access, Action, Actor, Permission, Relation, Role, may};
use domain::wire::Listing;

use crate::store::{ListedStream, Scope, Store, StoreError};

/// Lists the children of the team, and those allocated to this member of staff in other teams, by name.
///
/// Duty and auditor find a child by other means, with a reason; the administrator does not see children.
///
/// # Errors
/// [`StoreError`] when the store failed.
pub async fn list(store: &dyn Store, actor: Actor) -> Result<Vec<Listing>, StoreError> {
    let scopes: &[Scope] = match actor.role {
        Role::Worker => &[Scope::Team(actor.team), Scope::Assigned(actor.staff)],
        Role::Manager => &[Scope::Team(actor.team)],
        Role::Duty | Role::Auditor | Role::Administrator => &[],
    };
    let mut rows = Vec::new();
    for scope in scopes {
        rows.extend(store.listed(*scope).await?);
    }
    rows.sort_by(|a, b| (&a.listed.name, a.stream).cmp(&(&b.listed.name, b.stream)));
    rows.dedup_by_key(|row| row.stream);
    Ok(rows.into_iter().filter_map(|row| listing(actor, row)).collect())
}

fn listing(actor: Actor, row: ListedStream) -> Option<Listing> {
    let access = Access { team: row.team, assigned: row.assigned.iter().copied().collect() };
    let readable = match may(Relation::of(actor, &access), Action::Read) {
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
