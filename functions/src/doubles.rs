//! Who in the whole council may be the child that somebody registers.
//!
//! What is found is held against the rule that the tablet uses for the records that it has. Of a record that whoever asks may
//! not know of, only its team is told: whom to ask.

use std::collections::BTreeSet;

use domain::doubles::{Likeness, Looked, doubles_found_by, likeness};
use domain::id::StreamId;
use domain::permission::{Action, Actor, Permission, Relation, may};
use domain::wire::{AlikeChild, DoublesRequest, NamedChild};
use futures_util::future::try_join_all;
use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;

use crate::cover;
use crate::seal::Seal;
use crate::store::{Head, Store, StoreError};

/// So many are told at most, the most alike.
const MOST_ALIKE: usize = 10;
/// So many records are looked at: the sound of a common name finds many.
const MOST_LOOKED_AT: usize = 200;

/// Why nobody was looked for.
#[derive(Debug, thiserror::Error)]
pub enum DoublesError {
    /// Whoever asks registers nobody.
    #[error("not allowed")]
    NotAllowed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was found, and which records were looked at for it.
#[derive(Debug)]
pub struct Found {
    /// The most alike first.
    pub alike: Vec<AlikeChild>,
    /// The streams of these.
    pub streams: Vec<StreamId>,
}

/// Looks in the whole council for records that may be of the same child.
///
/// # Errors
/// [`DoublesError`] says why not.
pub async fn doubles(
    store: &dyn Store,
    seal: &Seal,
    actor: Actor,
    now: Timestamp,
    request: &DoublesRequest,
) -> Result<Found, DoublesError> {
    if !actor.role.registers() {
        return Err(DoublesError::NotAllowed);
    }
    let asked = Looked { name: &request.name, birth: request.birth, case_number: request.case_number.as_deref() };
    let keys = doubles_found_by(asked);
    let found = try_join_all(keys.iter().map(|words| store.found_by(seal.found_by(words)))).await?;
    let mut streams: BTreeSet<StreamId> = found.into_iter().flatten().collect();
    streams.remove(&request.stream);
    let stands_in = cover::stands_in(store, actor, now).await?;
    let read = |stream| async move { store.head(stream).await.map(|head| (stream, head)) };
    let reads = stream::iter(streams.into_iter().take(MOST_LOOKED_AT).map(read)).buffered(store.at_once());
    let heads: Vec<(StreamId, Option<Head>)> = reads.try_collect().await?;
    let mut alike = Vec::new();
    for (stream, head) in heads {
        let Some(head) = head else { continue };
        let (Some(child), Some(team)) = (&head.standing.child, head.standing.access.team) else { continue };
        // One name is borne by many: alone it says nothing about children of other teams.
        let Some(likeness) = likeness(asked, child.looked()).filter(|likeness| *likeness > Likeness::Name) else {
            continue;
        };
        let relation = Relation::of(actor, &head.standing.access, &stands_in);
        let may_know = matches!(may(relation, Action::Read), Permission::Yes | Permission::NameAndDueDates);
        let child = may_know.then(|| NamedChild { stream, name: child.name.short() });
        alike.push((stream, AlikeChild { likeness, team, child }));
    }
    alike.sort_by_key(|(stream, alike)| (std::cmp::Reverse(alike.likeness), *stream));
    alike.truncate(MOST_ALIKE);
    let (streams, alike) = alike.into_iter().unzip();
    Ok(Found { alike, streams })
}
