//! What the cases save and pull.

use std::collections::BTreeMap;

use domain::hash::{Chain, Hash};
use domain::id::{OperationId, ReplicaId, StaffId, StreamId, StreamKind, VaultId};
use uuid::Uuid;

use super::{Broken, Fresh};
use crate::storage::{Acknowledged, Mine, OutboxRow, Profile, Pulled, Segment, Storage, StreamRow, Unsaved};
use crate::vault::Sealed;

pub(super) const REPLICA: ReplicaId = ReplicaId(Uuid::from_u128(0x81));
pub(super) const OTHER: ReplicaId = ReplicaId(Uuid::from_u128(0x82));

/// Three streams. `council` comes last, though its name sorts before `family`.
pub(super) fn child() -> StreamId {
    StreamId::child(Uuid::from_u128(0xc1))
}

pub(super) fn family() -> StreamId {
    StreamId { kind: StreamKind::Family, id: Uuid::from_u128(0xf1) }
}

pub(super) fn council() -> StreamId {
    StreamId { kind: StreamKind::Council, id: Uuid::from_u128(0x01) }
}

pub(super) fn id(n: u64) -> OperationId {
    OperationId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(n)))
}

pub(super) fn hash(n: u64) -> Hash {
    Hash::of(&n.to_be_bytes())
}

/// The chain over operations, by what they are called here.
pub(super) fn chain(of: &[u64]) -> Chain {
    of.iter().fold(Chain::START, |chain, n| chain.then(hash(*n)))
}

/// Sealed bytes that hold every value a byte can have.
pub(super) fn sealed(n: u64) -> Sealed {
    Sealed((0..=255_u8).chain(n.to_be_bytes()).collect())
}

pub(super) fn operation(stream: StreamId, n: u64) -> Unsaved {
    Unsaved { stream, id: id(n), sha256: hash(n), sealed: sealed(n) }
}

pub(super) fn operations(stream: StreamId, of: &[u64]) -> Vec<Unsaved> {
    of.iter().map(|n| operation(stream, *n)).collect()
}

pub(super) fn profile() -> Profile {
    Profile {
        vault: VaultId(Uuid::from_u128(0x91)),
        replica: REPLICA,
        former: Vec::new(),
        staff: StaffId(Uuid::from_u128(1)),
        passcode: None,
        escrow: sealed(0),
        attempts: 0,
        handovers: BTreeMap::new(),
    }
}

/// A store that is enrolled.
pub(super) async fn enrolled<F: Fresh>(fresh: &F) -> Result<F::Store, Broken> {
    let store = fresh.fresh().await?;
    store.put_profile(&profile()).await?;
    Ok(store)
}

/// Entries `first` to `last` of a stream's first epoch; operations come back, numbered by this replica as given.
pub(super) fn pulled(stream: StreamId, first: u64, last: u64, back: &[(u64, u64)]) -> Pulled {
    Pulled {
        restart: false,
        segment: Segment { stream, epoch: 1, first, last, sealed: sealed(first) },
        came_back: back.iter().map(|(_, n)| id(*n)).collect(),
        mine: back.iter().map(|(rseq, n)| Mine { replica: REPLICA, rseq: *rseq, sha256: hash(*n) }).collect(),
    }
}

/// The server's word that it has these operations, the first of the stream.
pub(super) fn word(stream: StreamId, after: u64, of: &[u64]) -> Acknowledged {
    Acknowledged { replica: REPLICA, stream, after, high: of.len() as u64, chain: chain(of) }
}

/// The outbox as number and operation.
pub(super) async fn outbox(store: &impl Storage) -> Result<Vec<(StreamId, u64, u64)>, Broken> {
    Ok(store.outbox().await?.iter().map(|row| (row.operation.stream, row.rseq, called(row))).collect())
}

/// What an operation is called here.
pub(super) fn called(row: &OutboxRow) -> u64 {
    (1..10_000).find(|n| id(*n) == row.operation.id).unwrap_or(0)
}

pub(super) async fn stream(store: &impl Storage, stream: StreamId) -> Result<StreamRow, Broken> {
    let row = store.streams().await?.into_iter().find(|row| row.stream == stream);
    row.ok_or_else(|| Broken(format!("{stream} is not known")))
}

/// Everything in a store that a call might change.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Everything {
    profile: Option<Profile>,
    outbox: Vec<OutboxRow>,
    streams: Vec<StreamRow>,
    logs: Vec<Vec<Segment>>,
    kept: Vec<(String, Option<Sealed>)>,
}

pub(super) async fn all(store: &impl Storage) -> Result<Everything, Broken> {
    let mut logs = Vec::new();
    for stream in [child(), family(), council()] {
        logs.push(store.log(stream, 0).await?);
    }
    let mut kept = Vec::new();
    let mut names = store.kept_names().await?;
    names.sort();
    for name in names {
        let value = store.kept(&name).await?;
        kept.push((name, value));
    }
    let (profile, outbox, streams) = (store.profile().await?, store.outbox().await?, store.streams().await?);
    Ok(Everything { profile, outbox, streams, logs, kept })
}
