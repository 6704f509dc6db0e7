//! Draws a sample of records for an auditor: at random, of one team or all, or of those in which something is missing.
//!
//! Nobody can choose whom it meets: the order is drawn anew each time, and records are looked at in that order.

use std::collections::BTreeSet;

use domain::Hash;
use domain::id::{StreamId, StreamKind, TeamId};
use domain::permission::Actor;
use domain::wire::{SampleRequest, SampledChild};
use futures_util::future::try_join_all;
use futures_util::{StreamExt, TryStreamExt, stream};

use crate::finding;
use crate::store::{Head, Scope, Store, StoreError};

/// So many are drawn at most.
const MOST_DRAWN: usize = 20;
/// So many records are looked at for what is missing, of a draw of them all.
const MOST_LOOKED_AT: usize = 2_000;

/// Why no sample was drawn.
#[derive(Debug, thiserror::Error)]
pub enum SamplingError {
    /// Whoever asks is no auditor.
    #[error("not allowed")]
    NotAllowed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was drawn.
#[derive(Debug)]
pub struct Sample {
    /// In the order in which they were drawn.
    pub children: Vec<SampledChild>,
    /// Out of so many records.
    pub of: usize,
}

/// Draws a sample.
///
/// # Errors
/// [`SamplingError`] says why not.
pub async fn draw(store: &dyn Store, actor: Actor, request: &SampleRequest) -> Result<Sample, SamplingError> {
    if !actor.role.audits() {
        return Err(SamplingError::NotAllowed);
    }
    let teams: BTreeSet<TeamId> = match request.team {
        Some(team) => [team].into(),
        None => store.everybody().await?.into_iter().map(|staff| staff.team).collect(),
    };
    let rows = try_join_all(teams.into_iter().map(|team| store.index(Scope::Team(team)))).await?;
    let all = rows.into_iter().flatten().map(|row| row.stream).filter(|stream| stream.kind == StreamKind::Child);
    let drawn = in_random_order(all)?;
    let (of, wanted) = (drawn.len(), request.size.clamp(1, MOST_DRAWN));
    let read = |stream| async move { store.head(stream).await.map(|head| (stream, head)) };
    let mut heads = stream::iter(drawn.into_iter().take(MOST_LOOKED_AT).map(read)).buffered(store.at_once());
    let mut children = Vec::new();
    while children.len() < wanted {
        let Some((stream, head)) = heads.try_next().await? else { break };
        children.extend(head.and_then(|head| sampled(stream, head, request)));
    }
    Ok(Sample { children, of })
}

fn in_random_order(streams: impl Iterator<Item = StreamId>) -> Result<Vec<StreamId>, StoreError> {
    let seed: [u8; 32] = crate::random::bytes()?;
    let mut drawn: Vec<(Hash, StreamId)> = streams
        .map(|stream| (Hash::of([seed.as_slice(), stream.to_string().as_bytes()].concat().as_slice()), stream))
        .collect();
    drawn.sort_unstable();
    drawn.dedup();
    Ok(drawn.into_iter().map(|(_, stream)| stream).collect())
}

/// A record that is a double of another is worked on there.
fn sampled(stream: StreamId, head: Head, request: &SampleRequest) -> Option<SampledChild> {
    let lacks = head.standing.lacks();
    let meets = request.missing.is_none_or(|missing| lacks.contains(&missing));
    let is_double = head.standing.duplicate_of.is_some();
    if !meets || is_double {
        return None;
    }
    Some(SampledChild { child: finding::child(stream, head)?, lacks })
}
