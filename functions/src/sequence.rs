//! Gives operations their place and their verdict: from arrivals and a head to entries and the next head. Pure.

mod returned;
mod writer;

use std::collections::{BTreeMap, BTreeSet};

use domain::calendar::{ASSESSMENT_WORKING_DAYS, after_working_days};
use domain::doubles;
use domain::id::{OperationId, ReplicaId, StreamId, StreamKind, TeamId};
use domain::operation::Unreadable;
use domain::payload::plan::Field;
use domain::permission::StandsIn;
use domain::standing::FieldStanding;
use domain::standing::plan::PlanState;
use domain::wire::{Due, DueKind, Staff};
use domain::{Actor, Entry, Hash, Operation, Payload, Standing};
use jiff::Timestamp;

use crate::held;
use crate::seal::Seal;
use crate::store::{Append, Budget, FoundBy, Head, Known, Listed, ReplicaHigh, Store, StoreError};
use writer::Writer;

pub use returned::{GivenBack, HandedBack, MOST_REPLICAS, give_back};

/// Whether those who send may redact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redactions {
    /// They may propose or agree to them, so that the whole log is needed.
    Allowed,
    /// They may not: whatever they ask for is refused without a look at the log.
    Refused,
}

/// Who sends, on which stream.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    /// Which stream.
    pub stream: StreamId,
    /// From which replica.
    pub replica: ReplicaId,
    /// The member of staff it is bound to, as they are now.
    pub actor: Actor,
    /// How far the device is trusted.
    pub trust: Trust,
    /// For whom they stand in now.
    pub stands_in: &'a [StandsIn],
}

/// How far a device is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// It speaks for whoever it is bound to.
    Full,
    /// It was revoked: what it still sends waits for a manager.
    Revoked,
}

/// One operation that arrived whole.
#[derive(Clone, Debug)]
pub struct Arrival<'a> {
    /// The exact body.
    pub body: &'a str,
    /// Its hash, verified.
    pub sha256: Hash,
    /// When it arrived.
    pub received_at: Timestamp,
    /// What it says.
    pub read: Result<Operation, Unreadable>,
}

impl<'a> Arrival<'a> {
    /// Reads a body that arrived.
    pub fn new(body: &'a str, sha256: Hash, received_at: Timestamp) -> Arrival<'a> {
        Arrival { body, sha256, received_at, read: Operation::read(body) }
    }
}

/// What is read of a stream, beside its head, before anything is added to it.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// Of the operations that are coming, those it has already.
    pub known: BTreeMap<OperationId, Known>,
    /// Every entry, where one is to be redacted: its standing is then made anew.
    pub log: Vec<Entry>,
    /// Everybody who works for the council, where somebody is to be allocated, to stand in, or to do what an audit asks for.
    pub colleagues: Vec<Actor>,
    /// The record that an audit is about, with its team, where one is written.
    pub audited: Option<(StreamId, TeamId)>,
}

impl Before {
    /// Reads what is needed for these operations. A head that was read earlier is what an append is held against.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn read<'a>(
        store: &dyn Store,
        stream: StreamId,
        coming: impl Iterator<Item = &'a Result<Operation, Unreadable>>,
        redactions: Redactions,
    ) -> Result<Before, StoreError> {
        let (mut ids, mut redacts, mut allocates, mut audits) = (Vec::new(), false, false, None);
        for read in coming {
            ids.extend(identity(read));
            allocates |= matches!(
                read,
                Ok(Operation {
                    payload: Payload::StaffAssigned(_) | Payload::CoverArranged(_) | Payload::AuditWritten(_),
                    ..
                })
            );
            if let Ok(Operation { payload: Payload::AuditWritten(audit), .. }) = read {
                audits = Some(audit.child);
            }
            redacts |= redactions == Redactions::Allowed
                && matches!(read, Ok(Operation { payload: Payload::Redacted(_) | Payload::RedactionProposed(_), .. }));
        }
        let known = if ids.is_empty() { BTreeMap::new() } else { store.known(stream, &ids).await? };
        let log = if redacts { Before::whole(store, stream).await? } else { Vec::new() };
        let everybody = if allocates { store.everybody().await? } else { Vec::new() };
        // Whoever is on leave keeps what they have; nothing is given to whoever has left.
        let here = everybody.iter().filter(|staff| !staff.employment.has_left());
        let colleagues = here.map(Staff::actor).collect();
        let audited = match audits.filter(|child| child.kind == StreamKind::Child) {
            Some(child) => store.head(child).await?.and_then(|head| Some((child, head.standing.access.team?))),
            None => None,
        };
        Ok(Before { known, log, colleagues, audited })
    }

    /// Reads every entry of a stream.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn whole(store: &dyn Store, stream: StreamId) -> Result<Vec<Entry>, StoreError> {
        let mut log: Vec<Entry> = Vec::new();
        loop {
            let budget = Budget { entries: 5_000, bytes: 16 * 1024 * 1024 };
            let page = store.entries(stream, log.len() as u64, budget).await?;
            if page.is_empty() {
                return Ok(log);
            }
            log.extend(page);
        }
    }

    /// Looks up entries by the identities that were read when they had their bodies.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn look_up(&mut self, store: &dyn Store, stream: StreamId, entries: &[Entry]) -> Result<(), StoreError> {
        let redacted: Vec<_> =
            entries.iter().filter(|entry| entry.body.is_none()).filter_map(|entry| entry.id).collect();
        if !redacted.is_empty() {
            self.known.extend(store.known(stream, &redacted).await?);
        }
        Ok(())
    }
}

/// Judges arrivals in their order and makes them one append to what was read.
///
/// Every arrival gets a `seq`, refused ones too, so that nothing ever blocks a stream.
pub fn sequence(
    sender: Sender<'_>,
    (head, high): (Option<Head>, ReplicaHigh),
    before: Before,
    arrivals: &[Arrival<'_>],
    seal: &Seal,
) -> Append {
    let mut writer = Writer::new(sender.stream, head, before, seal);
    writer.knows(sender.replica, high);
    for arrival in arrivals {
        writer.arrive(sender, arrival);
    }
    writer.finish(sender.replica)
}

/// Destroys words that a restore brought back, by the hashes of their bodies, with every copy of them: an append that adds
/// nothing, in nobody's name, and how many of the hashes it is about. The others may not go: see [`Writer::redact`].
pub fn redact_again(stream: StreamId, head: Head, log: Vec<Entry>, hashes: &[Hash], seal: &Seal) -> (Append, usize) {
    let places: Vec<Vec<u64>> = hashes
        .iter()
        .map(|hash| log.iter().filter(|entry| entry.sha256 == *hash).map(|entry| entry.seq).collect())
        .collect();
    let mut writer = Writer::new(stream, Some(head), Before { log, ..Before::default() }, seal);
    let done = places.iter().filter(|places| places.iter().all(|seq| writer.redact(*seq).is_ok())).count();
    (writer.finish(NOBODY), done)
}

/// Stands where an append has no sender.
const NOBODY: ReplicaId = ReplicaId(uuid::Uuid::nil());

/// An operation's identity, where it could be read.
fn identity(read: &Result<Operation, Unreadable>) -> Option<OperationId> {
    match read {
        Ok(operation) => Some(operation.id),
        Err(unreadable) => unreadable.id(),
    }
}

/// By what a search for doubles finds the child of a record, and those find it who have something waiting in it.
fn found_by(standing: &Standing, seal: &Seal) -> BTreeSet<FoundBy> {
    let found = standing.child.as_ref().map(|child| doubles::found_by(child.looked())).unwrap_or_default();
    let waiting = standing.held.everybody().into_iter().take(held::MOST_AUTHORS).map(held::found_by);
    found.into_iter().chain(waiting).map(|words| seal.found_by(&words)).collect()
}

/// What lists show: the name, the next planned visit, and the day by which the assessment is to be concluded
/// while no plan has been authorised.
fn listed(standing: &Standing) -> Listed {
    let child = standing.child.as_ref().map(|child| child.name.short());
    let name = child.or_else(|| standing.family.clone()).unwrap_or_default();
    let visit = standing.planned.values().min().map(|on| Due { what: DueKind::Visit, on: *on });
    let referral = standing.fields.get(&Field::ReferralReceived).and_then(FieldStanding::date);
    let assessment = referral
        .filter(|_| standing.plan.state != PlanState::Authorised)
        .map(|day| Due { what: DueKind::Assessment, on: after_working_days(day, ASSESSMENT_WORKING_DAYS) });
    let mut due: Vec<Due> = visit.into_iter().chain(assessment).collect();
    due.sort_by_key(|due| due.on);
    Listed { name, due }
}
