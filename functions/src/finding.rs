//! Finds children in the whole council, for those who read with a reason: duty workers and auditors.
//!
//! Nothing of a record is told but what says which child it is and whom to ask. Who was found is in the access log, by
//! record.

use std::collections::BTreeSet;

use domain::doubles::Sought;
use domain::id::StreamId;
use domain::permission::Actor;
use domain::wire::{FoundChild, SearchRequest};
use futures_util::future::try_join_all;
use futures_util::{StreamExt, TryStreamExt, stream};

use crate::seal::Seal;
use crate::store::{Head, Store, StoreError};

/// So many are told at most: whoever finds more says more.
const MOST_FOUND: usize = 20;
/// So many records are looked at: one common word finds many.
const MOST_LOOKED_AT: usize = 200;

/// Why nobody was looked for.
#[derive(Debug, thiserror::Error)]
pub enum FindingError {
    /// Whoever asks does not read with a reason.
    #[error("not allowed")]
    NotAllowed,
    /// Too little was said to look for.
    #[error("nothing to look for")]
    Nothing,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who was found.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// By name.
    pub children: Vec<FoundChild>,
    /// There are more.
    pub more: bool,
}

/// Finds the children of whom all is true that is said.
///
/// # Errors
/// [`FindingError`] says why not.
pub async fn find(
    store: &dyn Store,
    seal: &Seal,
    actor: Actor,
    request: &SearchRequest,
) -> Result<Found, FindingError> {
    if !actor.role.reads_with_a_reason() {
        return Err(FindingError::NotAllowed);
    }
    let sought = &request.sought;
    let keys = sought.found_by();
    if keys.is_empty() {
        return Err(FindingError::Nothing);
    }
    let of_one = |either: BTreeSet<String>| async move {
        let found = try_join_all(either.iter().map(|words| store.found_by(seal.found_by(words)))).await?;
        Ok::<BTreeSet<StreamId>, StoreError>(found.into_iter().flatten().collect())
    };
    let by_each = try_join_all(keys.into_iter().map(of_one)).await?;
    let streams = by_each.into_iter().reduce(|one, other| &one & &other).unwrap_or_default();
    let many = streams.len() > MOST_LOOKED_AT;
    let read = |stream| async move { store.head(stream).await.map(|head| (stream, head)) };
    let reads = stream::iter(streams.into_iter().take(MOST_LOOKED_AT).map(read)).buffered(store.at_once());
    let heads: Vec<(StreamId, Option<Head>)> = reads.try_collect().await?;
    let mut children: Vec<FoundChild> =
        heads.into_iter().filter_map(|(stream, head)| child(stream, head.filter(|head| fits(sought, head))?)).collect();
    children.sort_by(|one, other| (&one.name.given, &one.name.family).cmp(&(&other.name.given, &other.name.family)));
    let more = many || children.len() > MOST_FOUND;
    children.truncate(MOST_FOUND);
    Ok(Found { children, more })
}

fn fits(sought: &Sought, head: &Head) -> bool {
    head.standing.child.as_ref().is_some_and(|child| sought.fits(child.looked()))
}

/// A record that is a double of another is found all the same: what is in it may not be in the other.
pub(crate) fn child(stream: StreamId, head: Head) -> Option<FoundChild> {
    let child = head.standing.child?;
    let access = head.standing.access;
    let (name, birth, case_number) = (child.name, child.birth, child.case_number);
    let is_double = head.standing.duplicate_of.is_some();
    Some(FoundChild {
        is_double,
        stream,
        name,
        birth,
        case_number,
        team: access.team?,
        assigned: access.assigned.into_iter().collect(),
    })
}
