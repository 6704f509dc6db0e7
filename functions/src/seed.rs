//! Fills an empty store with the demo cast, through the same judging and sequencing as everything else.

#[cfg(feature = "dynamodb")]
pub mod table;

use std::collections::HashMap;

use domain::calendar::in_england;
use domain::id::{ReplicaId, StaffId, StreamId};
use domain::operation::{Body, Salt};
use domain::permission::Actor;
use domain::wire::Staff;
use domain::{Code, Verdict};
use jiff::{SignedDuration, Timestamp};

use crate::clock::whole_milliseconds;
use crate::demo::{self, Scripted};
use crate::seal::Seal;
use crate::sequence::{Arrival, Before, Redactions, Sender, Trust, sequence};
use crate::store::{AppendError, BindError, Binding, Invitation, Meta, Store, StoreError, TokenHash};

/// Why a demonstration could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The script names somebody who is not in the cast.
    #[error("the script's author is not in the cast")]
    NotInTheCast(StaffId),
    /// The rules say something else than the script: one of the two is wrong.
    #[error("{kind} was expected to be {expected:?} and is {verdict:?} ({code:?})")]
    Unexpected {
        /// The kind of operation.
        kind: String,
        /// What the script says.
        expected: Verdict,
        /// What the rules say.
        verdict: Verdict,
        /// Why.
        code: Option<Code>,
    },
    /// Something else writes to the store.
    #[error("the store is in use")]
    InUse,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes cast and script, and marks the store as a demonstration.
///
/// # Errors
/// [`SeedError`] when the rules and the script disagree; the store is not marked then.
pub async fn seed(store: &dyn Store, now: Timestamp) -> Result<(), SeedError> {
    let seal = Seal::of(store).await?;
    let cast = demo::cast();
    for staff in &cast {
        store.put_staff(staff).await?;
    }
    let today = in_england(now).date();
    append_all(store, &seal, &cast, &demo::script(today, now)).await?;
    store.put_meta(Meta::DemoDay, today.to_string()).await?;
    store.put_meta(Meta::Demo, "yes".into()).await.map_err(SeedError::from)
}

/// Writes the cast without any child, for a demonstration that begins from nothing. Only ever into a new store: whoever
/// can reach it may sign in as anybody.
///
/// # Errors
/// [`SeedError::Store`].
pub async fn employ(store: &dyn Store) -> Result<(), SeedError> {
    for staff in &demo::cast() {
        store.put_staff(staff).await?;
    }
    store.put_meta(Meta::Demo, STAFF_ONLY.into()).await.map_err(SeedError::from)
}

/// What [`Meta::Demo`] says of a demonstration without children.
const STAFF_ONLY: &str = "staff";

/// Gives each of the cast the account of their name at a provider, `sade.okafor`, unless they have one; nothing in a store
/// that is no demonstration.
///
/// # Errors
/// [`SeedError::Store`].
pub async fn give_accounts(store: &dyn Store, seal: &Seal, issuer: &str, at: Timestamp) -> Result<(), SeedError> {
    if store.meta(Meta::Demo).await?.is_none() {
        return Ok(());
    }
    for staff in demo::cast() {
        let identity = seal.identity(issuer, &staff.name.to_lowercase().replace(' ', "."));
        if store.staff_of(identity).await?.is_some() {
            continue;
        }
        // Invited as everybody is, so that another provider than the last time does.
        let token = TokenHash(crate::random::bytes()?);
        let ends_at = at.saturating_add(SignedDuration::from_hours(1)).unwrap_or(Timestamp::MAX);
        let invitation = Invitation { staff: staff.id, account: None, made_at: at, ends_at, used_at: None };
        store.put_invitation(token, invitation).await?;
        let bound = store.bind(Binding { identity, staff: staff.id, invitation: Some(token), at }).await;
        bound.map_err(|error| match error {
            BindError::Store(error) => SeedError::Store(error),
            _ => SeedError::InUse,
        })?;
    }
    Ok(())
}

/// Plans the visits of a new day in a demonstration; nothing in any other store, or on a day that has them.
///
/// # Errors
/// [`SeedError`] when the store failed.
pub async fn top_up(store: &dyn Store, now: Timestamp) -> Result<(), SeedError> {
    let today = in_england(now).date();
    let known = store.meta(Meta::DemoDay).await?;
    let has_children = store.meta(Meta::Demo).await?.is_some_and(|demo| demo != STAFF_ONLY);
    if !has_children || known.is_some_and(|day| day == today.to_string()) {
        return Ok(());
    }
    let seal = Seal::of(store).await?;
    for visit in demo::todays_visits(today, now) {
        match append_all(store, &seal, &demo::cast(), &[visit]).await {
            // Whoever tries the demonstration may have changed who works with a child: the rules have the last word.
            Ok(()) | Err(SeedError::Unexpected { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(store.put_meta(Meta::DemoDay, today.to_string()).await?)
}

async fn append_all(store: &dyn Store, seal: &Seal, cast: &[Staff], script: &[Scripted]) -> Result<(), SeedError> {
    let actors: HashMap<StaffId, Actor> = cast.iter().map(|staff| (staff.id, staff.actor())).collect();
    let same = |a: &Scripted, b: &Scripted| (a.by, stream(a)) == (b.by, stream(b));
    for run in script.chunk_by(same) {
        let first = &run[0];
        let actor = *actors.get(&first.by).ok_or(SeedError::NotInTheCast(first.by))?;
        let sender =
            Sender { stream: stream(first), replica: ReplicaId(first.by.0), actor, trust: Trust::Full, stands_in: &[] };
        append_run(store, seal, sender, run).await?;
    }
    Ok(())
}

/// Appends what one author did on one stream, as one segment.
async fn append_run(store: &dyn Store, seal: &Seal, sender: Sender<'_>, run: &[Scripted]) -> Result<(), SeedError> {
    let bodies = run
        .iter()
        .map(|scripted| Ok(scripted.operation.write(Salt(crate::random::bytes()?))))
        .collect::<Result<Vec<Body>, StoreError>>()?;
    let arrivals: Vec<Arrival<'_>> = run
        .iter()
        .zip(&bodies)
        .map(|(scripted, body)| Arrival::new(body.text(), body.sha256(), whole_milliseconds(scripted.at)))
        .collect();
    let heads = store.heads(sender.stream, sender.replica).await?;
    let reads = arrivals.iter().map(|arrival| &arrival.read);
    let before = Before::read(store, sender.stream, reads, Redactions::Allowed).await?;
    let append = sequence(sender, heads, before, &arrivals, seal);
    for (scripted, entry) in run.iter().zip(&append.segment) {
        if entry.verdict != scripted.expects {
            return Err(SeedError::Unexpected {
                kind: scripted.operation.payload.kind().to_owned(),
                expected: scripted.expects,
                verdict: entry.verdict,
                code: entry.code.clone(),
            });
        }
    }
    store.append(append).await.map_err(|error| match error {
        AppendError::Conflict => SeedError::InUse,
        AppendError::Store(error) => error.into(),
    })
}

fn stream(scripted: &Scripted) -> StreamId {
    scripted.operation.stream
}

#[cfg(test)]
mod tests;
