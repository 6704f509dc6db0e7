//! A server in memory, made of the same rules as the real one: what the engine is tried against, and what the real one is
//! held against.

pub mod turns;
mod wire;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use domain::entry::{Entry, Verdict, Was};
use domain::hash::{Chain, Hash};
use domain::id::{OperationId, ReplicaId, StaffId, StreamId, TeamId, VaultId};
use domain::permission::{Access, Action, Actor, Permission, Relation, Role, may};
use domain::standing::Place;
use domain::wire::{
    Cursor, EnrolRequest, EnrolResponse, IndexRow, Item, PROTOCOL, PullRequest, PullResponse, PushOutcome, PushRequest,
    PushResponse, PushResult, PushStream, PushedStream,
};
use domain::{Code, Context, Operation, Payload, Record, Standing, judge, stand};
use jiff::Timestamp;
use jiff::civil::date;
use uuid::Uuid;

use crate::exchange::Failure;

pub use wire::{Fault, Wire};

const NORTH: TeamId = TeamId(Uuid::from_u128(0x11));
/// A worker.
pub const SADE: Actor = actor(1, Role::Worker);
/// A worker of the same team.
pub const TOM: Actor = actor(2, Role::Worker);
/// Their manager.
pub const HELEN: Actor = actor(3, Role::Manager);

const fn actor(id: u128, role: Role) -> Actor {
    Actor { staff: StaffId(Uuid::from_u128(id)), role, team: NORTH }
}

/// What time it is, always.
pub(super) fn now() -> Timestamp {
    "2026-11-26T10:10:00Z".parse().expect("a timestamp")
}

/// One stream as the server has it.
#[derive(Clone)]
struct Stream {
    secret: &'static str,
    epoch: u64,
    standing: Standing,
    entries: Vec<Entry>,
    known: BTreeMap<ReplicaId, (u64, Chain)>,
}

impl Stream {
    fn new(secret: &'static str) -> Stream {
        Stream { secret, epoch: 1, standing: Standing::default(), entries: Vec::new(), known: BTreeMap::new() }
    }

    /// The first entry under an identity.
    fn first(&self, id: Option<OperationId>) -> Option<&Entry> {
        self.entries.iter().find(|entry| id.is_some() && entry.id == id)
    }

    fn high(&self, replica: ReplicaId) -> u64 {
        self.known.get(&replica).map_or(0, |known| known.0)
    }

    fn count(&mut self, replica: ReplicaId, rseq: u64, sha256: Hash) {
        let (high, chain) = self.known.get(&replica).copied().unwrap_or((0, Chain::START));
        if rseq == high + 1 {
            self.known.insert(replica, (rseq, chain.then(sha256)));
        }
    }

    fn put(&mut self, stream: StreamId, mut entry: Entry, counts: bool) -> u64 {
        (entry.seq, entry.epoch) = (self.entries.len() as u64 + 1, self.epoch);
        if let Some(was) = entry.was {
            self.standing.moved.note(was, entry.seq);
        }
        if let Some(read) = entry.operation().filter(|_| counts) {
            let place = Place { seq: entry.seq, was: entry.was, received_at: Some(entry.received_at) };
            stand(&mut self.standing, place, entry.verdict, entry.actor, &read);
        }
        entry.mac = mac(self.secret, stream, &entry);
        self.entries.push(entry);
        self.entries.len() as u64
    }

    /// The present place of what stood at `seq` in an earlier epoch, where that can be proven.
    fn proven(&self, was: Was, seq: u64) -> Option<u64> {
        let remembers = |entry: &&Entry| entry.was.is_some_and(|of| (of.epoch, of.seq) == (was.epoch, seq));
        let kept = |entry: &&Entry| entry.seq == seq && entry.epoch <= was.epoch;
        self.entries.iter().find(remembers).or_else(|| self.entries.iter().find(kept)).map(|entry| entry.seq)
    }

    /// Whether somebody can propose to destroy the words of an entry.
    fn propose(&self, actor: Actor, seq: u64) -> Result<(), Code> {
        let target = self.entries.iter().find(|entry| entry.seq == seq).ok_or(Code::UnknownEntry)?;
        let never_own =
            may(Relation::of(actor, &self.standing.access, &[]), Action::ProposeRedaction) == Permission::NeverOwnWork;
        match target.operation() {
            None | Some(Ok(Operation { payload: Payload::Redacted(_), .. })) => Err(Code::WrongState),
            Some(_) if never_own && target.actor == actor.staff => Err(Code::OwnWork),
            Some(_) => Ok(()),
        }
    }

    /// Destroys the words of one entry, and makes the standing anew, or says why not: nobody makes words of their own go.
    fn redact_by(&mut self, actor: Actor, seq: u64) -> Result<(), Code> {
        let is_redaction =
            |entry: &Entry| matches!(entry.operation(), Some(Ok(Operation { payload: Payload::Redacted(_), .. })));
        let is_own = |entry: &Entry| entry.seq == seq && entry.actor == actor.staff && !is_redaction(entry);
        let is_own = self.entries.iter().any(is_own);
        if is_own { Err(Code::OwnWork) } else { self.redact(seq) }
    }

    fn redact(&mut self, seq: u64) -> Result<(), Code> {
        let mut left = self.entries.clone();
        let target = left.iter_mut().find(|entry| entry.seq == seq).ok_or(Code::UnknownEntry)?;
        if matches!(target.operation(), Some(Ok(Operation { payload: Payload::Redacted(_), .. }))) {
            return Err(Code::WrongState);
        }
        target.body = None;
        let mut record = Record::default();
        left.iter().for_each(|entry| record.fold(entry));
        if record.standing.access.team.is_none() {
            return Err(Code::WrongState);
        }
        (self.entries, self.standing) = (left, record.standing);
        Ok(())
    }
}

/// Proof that this server made the entry; the body is covered by its hash.
fn mac(secret: &str, stream: StreamId, entry: &Entry) -> String {
    let bare = Entry { body: None, mac: secret.to_owned(), ..entry.clone() };
    Hash::of(serde_json::to_string(&(stream, bare)).expect("an entry").as_bytes()).to_string()
}

/// A copy of everything at one moment.
#[derive(Clone)]
pub(super) struct Backup(BTreeMap<StreamId, Stream>);

/// The server.
#[derive(Default)]
pub struct Server {
    streams: RefCell<BTreeMap<StreamId, Stream>>,
    replicas: RefCell<BTreeMap<ReplicaId, StaffId>>,
    /// Who works for the council.
    colleagues: RefCell<Vec<Actor>>,
    pub(super) enrolled: RefCell<Vec<EnrolRequest>>,
    made: Cell<u128>,
    epochs: Cell<u64>,
    /// What entries are sealed with.
    pub(super) secret: Cell<&'static str>,
    /// Operations that it will not take, whatever they are.
    pub(super) bad: RefCell<BTreeSet<Hash>>,
}

impl Server {
    /// Somebody works for the council.
    pub fn employ(&self, actor: Actor) {
        let mut colleagues = self.colleagues.borrow_mut();
        if !colleagues.contains(&actor) {
            colleagues.push(actor);
        }
    }

    /// A replica's first enrolment.
    pub(super) fn admit(&self, actor: Actor) -> (VaultId, ReplicaId) {
        let (vault, replica) = (VaultId(self.new_uuid()), ReplicaId(self.new_uuid()));
        self.know(replica, actor);
        (vault, replica)
    }

    /// A replica that was enrolled elsewhere.
    pub fn know(&self, replica: ReplicaId, actor: Actor) {
        self.employ(actor);
        self.replicas.borrow_mut().insert(replica, actor.staff);
    }

    fn new_uuid(&self) -> Uuid {
        self.made.set(self.made.get() + 1);
        Uuid::from_u128(0x8000 + self.made.get())
    }

    /// Everything it has of a stream, in order.
    pub fn entries(&self, stream: StreamId) -> Vec<Entry> {
        self.streams.borrow().get(&stream).map(|stream| stream.entries.clone()).unwrap_or_default()
    }

    pub(super) fn streams(&self) -> Vec<StreamId> {
        self.streams.borrow().keys().copied().collect()
    }

    /// What everybody should see.
    pub(super) fn record(&self, stream: StreamId) -> Record {
        let mut record = Record::default();
        self.entries(stream).iter().for_each(|entry| record.fold(entry));
        record
    }

    /// What it decides by.
    pub fn standing(&self, stream: StreamId) -> Standing {
        self.streams.borrow().get(&stream).map(|stream| stream.standing.clone()).unwrap_or_default()
    }

    pub(super) fn epoch(&self, stream: StreamId) -> u64 {
        self.streams.borrow().get(&stream).map_or(0, |stream| stream.epoch)
    }

    /// Forgets the last operations of a stream, as a restore from an earlier backup does.
    pub(super) fn set_back(&self, stream: StreamId, to: usize) {
        let mut streams = self.streams.borrow_mut();
        let epoch = streams.get(&stream).expect("a stream").epoch;
        let kept: Vec<Entry> = streams.get_mut(&stream).expect("a stream").entries.drain(..).take(to).collect();
        let mut before = Stream { epoch, ..Stream::new(self.secret.get()) };
        for entry in kept {
            before.count(entry.replica, entry.rseq, entry.sha256);
            before.put(stream, entry, true);
        }
        streams.insert(stream, before);
    }

    pub(super) fn back_up(&self) -> Backup {
        Backup(self.streams.borrow().clone())
    }

    pub(super) fn restore(&self, backup: &Backup) {
        self.streams.replace(backup.0.clone());
    }

    /// Forgets a replica and its vault, as a restore to before its enrolment does.
    pub(super) fn forget(&self, replica: ReplicaId) {
        self.replicas.borrow_mut().remove(&replica);
    }

    /// What whoever restores does: no tablet's cursor is of this order any more.
    pub(super) fn raise_epochs(&self) {
        self.epochs.set(self.epochs.get() + 1);
        for stream in self.streams.borrow_mut().values_mut() {
            stream.epoch = (stream.epoch + 1).max(self.epochs.get() + 1);
        }
    }

    fn push(&self, actor: Actor, request: &PushRequest) -> Result<PushResponse, Failure> {
        self.bound(actor, request.replica)?;
        let refused = |code: &str| Failure::Refused { code: code.to_owned() };
        for push in &request.streams {
            let dense = push.operations.iter().zip(push.after + 1..).all(|(item, rseq)| item.rseq == rseq);
            if !dense {
                return Err(refused("not_contiguous"));
            }
            let bad = |item: &Item| self.bad.borrow().contains(&item.sha256);
            if push.operations.iter().any(|item| bad(item) || Hash::of(item.body.as_bytes()) != item.sha256) {
                return Err(refused("hash_mismatch"));
            }
        }
        let streams = request.streams.iter().map(|push| self.take(actor, request.replica, push)).collect();
        Ok(PushResponse { protocol: PROTOCOL, time: now(), streams })
    }

    fn take(&self, actor: Actor, replica: ReplicaId, push: &PushStream) -> PushedStream {
        let (has_read, gap) = self.take_back(push);
        let (high, chain) = self.known(push.stream, replica);
        let resent: Vec<_> = push.operations.iter().take_while(|item| item.rseq <= high).collect();
        let reached = resent.last().map_or(push.after, |item| item.rseq);
        let theirs = resent.iter().fold(push.chain, |chain, item| chain.then(item.sha256));
        let outcome = match () {
            () if gap || push.after > high => PushOutcome::Need,
            () if push.after == 0 && push.chain != Chain::START => PushOutcome::Forked,
            () if reached == high && theirs != chain => PushOutcome::Forked,
            () => PushOutcome::Taken,
        };
        let fresh = if outcome == PushOutcome::Taken && reached == high { resent.len() } else { push.operations.len() };
        let fresh = push.operations.iter().skip(fresh);
        let mut results: Vec<PushResult> =
            fresh.map(|item| self.place(actor, replica, push.stream, item.rseq, item)).collect();
        let (high, chain) = self.known(push.stream, replica);
        let may_read =
            may(Relation::of(actor, &self.access(push.stream, actor), &[]), Action::reading(push.stream.kind))
                == Permission::Yes;
        let head = if may_read { self.entries(push.stream).len() as u64 } else { 0 };
        if !may_read {
            results.iter_mut().for_each(|result| result.seq = 0);
        }
        let epoch = if may_read || has_read { self.epoch(push.stream) } else { 0 };
        PushedStream { stream: push.stream, outcome, epoch, head, high, chain, results }
    }

    fn access(&self, stream: StreamId, actor: Actor) -> Access {
        self.standing(stream).access.to_stream(stream, actor).into_owned()
    }

    /// Takes entries handed back. Says whether any was ours, and whether what came before them is missing.
    fn take_back(&self, push: &PushStream) -> (bool, bool) {
        let mut ours: Vec<&Entry> =
            push.returned.iter().filter(|entry| mac(self.secret.get(), push.stream, entry) == entry.mac).collect();
        ours.sort_by_key(|entry| (entry.epoch, entry.seq));
        let mut streams = self.streams.borrow_mut();
        let state = streams.get(&push.stream).cloned().unwrap_or(Stream::new(self.secret.get()));
        let mut after = state.clone();
        let mut missing: Vec<&Entry> = Vec::new();
        for entry in &ours {
            let there = match state.first(entry.id) {
                Some(first) if first.sha256 == entry.sha256 => true,
                None if entry.id.is_some() => missing.iter().any(|other| other.sha256 == entry.sha256),
                _ => entry.rseq <= after.high(entry.replica),
            };
            after.count(entry.replica, entry.rseq, entry.sha256);
            if !there {
                missing.push(entry);
            }
        }
        if missing.first().is_some_and(|first| first.seq > 1 && ours.first().is_some_and(|one| one.mac == first.mac)) {
            return (true, true);
        }
        if let Some(latest) = missing.iter().map(|entry| entry.epoch).max().filter(|latest| *latest >= after.epoch) {
            self.epochs.set(self.epochs.get() + 1);
            after.epoch = (latest + 1).max(self.epochs.get() + 1);
        }
        for entry in missing {
            let was = entry.was.unwrap_or(Was { epoch: entry.epoch, seq: entry.seq });
            after.put(push.stream, Entry { was: Some(was), ..entry.clone() }, true);
            if let (Some(Ok(Operation { payload: Payload::Redacted(of), .. })), Verdict::Accepted) =
                (entry.operation(), entry.verdict)
            {
                // What it named may be gone, or nobody can tell any more: it stays on record all the same.
                let _ = after.proven(was, of.seq).map(|seq| after.redact(seq));
            }
        }
        if !ours.is_empty() && !after.entries.is_empty() {
            streams.insert(push.stream, after);
        }
        (!ours.is_empty(), false)
    }

    fn known(&self, stream: StreamId, replica: ReplicaId) -> (u64, Chain) {
        let streams = self.streams.borrow();
        streams.get(&stream).and_then(|stream| stream.known.get(&replica)).copied().unwrap_or((0, Chain::START))
    }

    fn place(&self, actor: Actor, replica: ReplicaId, stream: StreamId, rseq: u64, item: &Item) -> PushResult {
        let mut streams = self.streams.borrow_mut();
        let state = streams.entry(stream).or_insert_with(|| Stream::new(self.secret.get()));
        let read = Operation::read(&item.body);
        let id = read.as_ref().map_or_else(domain::Unreadable::id, |operation| Some(operation.id));
        let colleagues = self.colleagues.borrow();
        let context = Context {
            actor,
            received_at: now(),
            today: date(2026, 11, 26),
            colleagues: colleagues.as_slice(),
            stands_in: &[],
            audited: None,
        };
        let mut judgement = judge(&state.standing, stream, &read, &context);
        let first = state.first(id).cloned();
        if let Some(first) = &first {
            // The same again has the verdict it had. Something else under its identity never happens here.
            judgement = domain::Judgement { verdict: first.verdict, code: first.code.clone() };
        } else if let (Ok(Operation { payload: Payload::Redacted(of), .. }), Verdict::Accepted) =
            (&read, judgement.verdict)
            && let Err(code) = state.redact_by(actor, of.seq)
        {
            judgement = domain::Judgement { verdict: Verdict::Refused, code: Some(code) };
        } else if let (Ok(Operation { payload: Payload::RedactionProposed(of), .. }), Verdict::Accepted) =
            (&read, judgement.verdict)
            && let Err(code) = state.propose(actor, of.seq)
        {
            judgement = domain::Judgement { verdict: Verdict::Refused, code: Some(code) };
        }
        state.count(replica, rseq, item.sha256);
        let entry = Entry {
            seq: 0,
            epoch: 0,
            id,
            replica,
            rseq,
            sha256: item.sha256,
            actor: actor.staff,
            received_at: now(),
            verdict: judgement.verdict,
            code: judgement.code.clone(),
            body: Some(item.body.clone()),
            mac: String::new(),
            was: None,
        };
        let seq = state.put(stream, entry, first.is_none());
        PushResult { rseq, seq, verdict: judgement.verdict, code: judgement.code }
    }

    fn pull(&self, actor: Actor, request: &PullRequest) -> Result<PullResponse, Failure> {
        self.bound(actor, request.replica)?;
        let cursors: BTreeMap<_, Cursor> = request.streams.iter().map(|cursor| (cursor.stream, *cursor)).collect();
        let (mut index, mut entries) = (Vec::new(), BTreeMap::new());
        let mut room = request.limit as usize;
        let mut more = false;
        for (stream, state) in self.streams.borrow().iter() {
            let access = state.standing.access.to_stream(*stream, actor);
            if may(Relation::of(actor, &access, &[]), Action::reading(stream.kind)) != Permission::Yes {
                continue;
            }
            index.push(IndexRow { stream: *stream, epoch: state.epoch, head: state.entries.len() as u64 });
            let after = cursors.get(stream).filter(|cursor| cursor.epoch == state.epoch);
            let after = after.map_or(0, |cursor| cursor.after);
            let new = state.entries.iter().filter(|entry| entry.seq > after);
            let page: Vec<Entry> = new.clone().take(room).cloned().collect();
            more |= new.count() > page.len();
            room -= page.len();
            if !page.is_empty() {
                entries.insert(*stream, page);
            }
        }
        Ok(PullResponse { protocol: PROTOCOL, time: now(), index, entries, more })
    }

    fn bound(&self, actor: Actor, replica: ReplicaId) -> Result<(), Failure> {
        let owner = self.replicas.borrow().get(&replica).copied();
        if owner == Some(actor.staff) { Ok(()) } else { Err(Failure::Refused { code: "not_your_replica".to_owned() }) }
    }

    fn enrol(&self, actor: Actor, request: &EnrolRequest) -> EnrolResponse {
        let owner = self.replicas.borrow_mut().insert(request.replica, actor.staff);
        self.enrolled.borrow_mut().push(request.clone());
        let escrow = owner.is_none().then(|| "07".repeat(32));
        EnrolResponse { time: now(), escrow }
    }
}
