//! Takes operations from a replica: verifies them, gives them their place, and says what the server now has.
//!
//! ```text
//! request ─ bound replica? ─ every hash, number and length right? ─┐        (else: nothing of the request is stored)
//!                                                                  ▼
//! per stream:  take back what is handed back, if anything is
//!                  ▼
//!              read heads ─ overlap ─┬─ need    (a gap)      ──────▶ reply
//!                  ▲                 ├─ forked  (chains differ) ───▶ reply
//!                  │ conflict        └─ taken ─ judge what is new ─ append ─▶ reply
//!                  └──────────── full jitter, bounded ────────────────┘
//! ```
//! Each stream is taken by itself, a few at a time: what was appended when another fails stays, and a resend is answered by
//! `high`. What is too wide for one append of the store is taken in parts, each in its turn.
//!
//! **From a revoked device** everything is taken and nothing counts: a child's words that were on it wait for a manager,
//! requests are refused, and it hears no more than somebody who may not read. So does what an administrator sends from a
//! tablet that is out of use.
//!
//! **What a reply tells.** Someone who may not read a stream may still send to it: facts are held, requests refused.
//! They hear what became of their own operations (`high`, `chain`, verdicts); epoch, head and seqs are 0, because
//! these would tell how much others recorded. The code of a verdict does tell whether the child is registered: it is
//! the only way for an author to learn why their words wait.

mod overlap;
mod returned;

use std::collections::BTreeSet;
use std::time::Duration;

use domain::id::{ReplicaId, StreamId};
use domain::operation::MAX_BODY_BYTES;
use domain::permission::{Action, Actor, Permission, Relation, may};
use domain::wire::{Item, PROTOCOL, PushOutcome, PushRequest, PushResponse, PushResult, PushStream, PushedStream};
use domain::{Entry, Hash, Operation, Standing};
use futures_util::{StreamExt, stream};
use jiff::Timestamp;

use crate::cover;
use crate::enrol::{self, NotBound};
use crate::seal::Seal;
use crate::sequence::{Arrival, Before, Redactions, Sender, Trust, sequence};
use crate::store::{AppendError, Head, ReplicaHigh, Store, StoreError};
use overlap::{Overlap, overlap};
use returned::Returned;

/// So often a stream is tried before the sender is asked to come again.
const ATTEMPTS: u32 = 8;
/// The first wait after a conflict is up to this long; each further one up to twice as long.
const FIRST_WAIT_MS: u64 = 10;

/// Why a push was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    /// The replica may not send.
    #[error(transparent)]
    NotBound(#[from] NotBound),
    /// A body has another hash than it says.
    #[error("a body does not have its hash")]
    HashMismatch,
    /// A body is longer than an operation may be.
    #[error("an operation is too long")]
    OperationTooLong,
    /// The numbers within a stream are not dense.
    #[error("the operations of a stream are not contiguous")]
    NotContiguous,
    /// A stream is named twice.
    #[error("a stream is named twice")]
    DuplicateStream,
    /// Others write to the stream at the same time, again and again.
    #[error("the stream is busy")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes a push of the signed-in member of staff.
///
/// # Errors
/// [`PushError`]; for all but `Busy` and `Store` nothing of the request was stored.
pub async fn push(
    store: &dyn Store,
    seal: &Seal,
    actor: Actor,
    now: Timestamp,
    request: &PushRequest,
) -> Result<PushResponse, PushError> {
    let (actor, trust) = author(store, actor, request.replica).await?;
    verify(request)?;
    let mut each = Vec::with_capacity(request.streams.len());
    for pushed in &request.streams {
        let (stream, replica) = (pushed.stream, request.replica);
        let sender = Sender { stream, replica, actor, trust, stands_in: &[] };
        each.push(take(store, seal, sender, now, pushed));
    }
    // Each to its end, whatever becomes of another: nothing is written after the reply.
    let taken: Vec<Result<PushedStream, PushError>> = stream::iter(each).buffered(store.at_once()).collect().await;
    let streams = taken.into_iter().collect::<Result<_, _>>()?;
    Ok(PushResponse { protocol: PROTOCOL, time: now, streams })
}

/// Who recorded what comes, and how far it is trusted. What was left on a tablet that is out of use comes by an administrator's
/// hand, and is its author's.
async fn author(store: &dyn Store, actor: Actor, replica: ReplicaId) -> Result<(Actor, Trust), PushError> {
    match enrol::bound(store, replica, actor.staff).await {
        Ok(_) => Ok((actor, Trust::Full)),
        Err(NotBound::Revoked) => Ok((actor, Trust::Revoked)),
        Err(NotBound::Unknown) if actor.role.employs() => match enrol::left_behind(store, replica).await? {
            Some(owner) => Ok((owner.actor(), Trust::Revoked)),
            None => Err(NotBound::Unknown.into()),
        },
        Err(error) => Err(error.into()),
    }
}

/// What can be told without the store: a request that fails here leaves no trace.
fn verify(request: &PushRequest) -> Result<(), PushError> {
    let mut named = BTreeSet::new();
    for pushed in &request.streams {
        if !named.insert(pushed.stream) {
            return Err(PushError::DuplicateStream);
        }
        let mut expected = pushed.after;
        for item in &pushed.operations {
            expected = expected.checked_add(1).ok_or(PushError::NotContiguous)?;
            if item.rseq != expected {
                return Err(PushError::NotContiguous);
            }
            if item.body.len() > MAX_BODY_BYTES {
                return Err(PushError::OperationTooLong);
            }
            if Hash::of(item.body.as_bytes()) != item.sha256 {
                return Err(PushError::HashMismatch);
            }
        }
    }
    Ok(())
}

async fn take(
    store: &dyn Store,
    seal: &Seal,
    sender: Sender<'_>,
    now: Timestamp,
    pushed: &PushStream,
) -> Result<PushedStream, PushError> {
    let returned = returned::take_back(store, seal, sender, now, &pushed.returned).await?;
    let has_read = returned != Returned::Nothing && sender.trust == Trust::Full;
    let mut taken_before = Vec::new();
    let (mut attempt, mut most) = (0, usize::MAX);
    loop {
        let (head, known) = store.heads(sender.stream, sender.replica).await?;
        let stands_in = match &head {
            Some(head) => cover::stands_in_with(store, sender.actor, &head.standing.access, now).await?,
            None => Vec::new(),
        };
        let sender = Sender { stands_in: &stands_in, ..sender };
        let answer = |outcome, head: Option<&Head>, known| PushedStream {
            epoch: head.filter(|head| has_read || may_read(sender, &head.standing)).map_or(0, |head| head.epoch),
            ..reply(sender, outcome, head, known)
        };
        let fresh = match overlap(known, pushed) {
            _ if returned == Returned::Gap => return Ok(answer(PushOutcome::Need, head.as_ref(), known)),
            Overlap::Need => return Ok(answer(PushOutcome::Need, head.as_ref(), known)),
            Overlap::Forked => return Ok(answer(PushOutcome::Forked, head.as_ref(), known)),
            Overlap::Taken { fresh: [] } => {
                let taken = answer(PushOutcome::Taken, head.as_ref(), known);
                return Ok(PushedStream { results: taken_before, ..taken });
            }
            Overlap::Taken { fresh } => fresh,
        };
        let (now_taken, later) = fresh.split_at(fresh.len().min(most));
        let arrivals: Vec<_> = now_taken.iter().map(|item| Arrival::new(&item.body, item.sha256, now)).collect();
        let redactions = redactions(sender, head.as_ref());
        let reads = arrivals.iter().map(|arrival| &arrival.read);
        let before = Before::read(store, sender.stream, reads, redactions).await?;
        let append = sequence(sender, (head, known), before, &arrivals, seal);
        let taken = answer(PushOutcome::Taken, Some(&append.head), append.high);
        let new = results(&append.segment, taken.head);
        match settle(store.append(append).await, attempt, now_taken.len()).await? {
            Settled::Appended => {
                taken_before.extend(new);
                if later.is_empty() {
                    return Ok(PushedStream { results: taken_before, ..taken });
                }
                attempt = 0;
            }
            Settled::Moved => attempt += 1,
            Settled::TooWide { fewer } => most = fewer,
        }
    }
}

/// Whether this sender may redact at all. In a stream that nobody has registered yet, whoever does may with the next breath.
fn redactions(sender: Sender<'_>, head: Option<&Head>) -> Redactions {
    let allowed = head.is_some_and(|head| {
        let relation = relation(sender, &head.standing);
        let may = |action| may(relation, action) != Permission::No;
        head.standing.access.team.is_none() || [Action::ProposeRedaction, Action::Redact].into_iter().any(may)
    });
    if allowed && sender.trust == Trust::Full { Redactions::Allowed } else { Redactions::Refused }
}

/// What became of new entries; their places are told to whoever may hear the head.
fn results(segment: &[Entry], head: u64) -> Vec<PushResult> {
    let result = |entry: &Entry| PushResult {
        rseq: entry.rseq,
        seq: if head == 0 { 0 } else { entry.seq },
        verdict: entry.verdict,
        code: entry.code.clone(),
    };
    segment.iter().map(result).collect()
}

/// How an append went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Settled {
    Appended,
    /// Somebody else was quicker: read again.
    Moved,
    /// The store takes so many at most, or fewer: the rest comes after.
    TooWide {
        fewer: usize,
    },
}

/// Says how an append of so many went. After a conflict it waits, so that it can be tried again.
async fn settle(done: Result<(), AppendError>, attempt: u32, count: usize) -> Result<Settled, PushError> {
    match done {
        Ok(()) => Ok(Settled::Appended),
        Err(AppendError::Conflict) if attempt + 1 == ATTEMPTS => Err(PushError::Busy),
        Err(AppendError::Conflict) => {
            wait(attempt).await?;
            Ok(Settled::Moved)
        }
        Err(AppendError::Store(StoreError::TooWide { .. })) if count > 1 => Ok(Settled::TooWide { fewer: count / 2 }),
        Err(AppendError::Store(error)) => Err(error.into()),
    }
}

fn reply(sender: Sender<'_>, outcome: PushOutcome, head: Option<&Head>, known: ReplicaHigh) -> PushedStream {
    let readable = head.filter(|head| may_read(sender, &head.standing));
    PushedStream {
        stream: sender.stream,
        outcome,
        epoch: readable.map_or(0, |head| head.epoch),
        head: readable.map_or(0, |head| head.seq),
        high: known.high,
        chain: known.chain,
        results: Vec::new(),
    }
}

fn relation(sender: Sender<'_>, standing: &Standing) -> Relation {
    let access = standing.access.to_stream(sender.stream, sender.actor);
    Relation::of(sender.actor, &access, sender.stands_in)
}

fn may_read(sender: Sender<'_>, standing: &Standing) -> bool {
    let may_read = may(relation(sender, standing), Action::reading(sender.stream.kind)) == Permission::Yes;
    may_read && sender.trust == Trust::Full
}

/// Full jitter: anything up to a bound that doubles.
async fn wait(attempt: u32) -> Result<(), StoreError> {
    let bound = FIRST_WAIT_MS << attempt;
    let drawn = u64::from_le_bytes(crate::random::bytes()?) % bound;
    tokio::time::sleep(Duration::from_millis(drawn)).await;
    Ok(())
}

/// The kinds by which something leaves the tablet other than by a push.
const PAPERS: [&str; 2] = ["PaperMade", "CaseNoteCopied"];

/// Those of whose records a paper was made, by what the push tells, for the access log.
pub fn papers(request: &PushRequest) -> Vec<StreamId> {
    // Judging has read each already: here only what may be one is read once more.
    let may_be = |item: &&Item| PAPERS.iter().any(|kind| item.body.contains(kind));
    let is_paper =
        |item: &Item| matches!(Operation::read(&item.body), Ok(read) if PAPERS.contains(&read.payload.kind()));
    let made = |pushed: &&PushStream| pushed.operations.iter().filter(may_be).any(is_paper);
    request.streams.iter().filter(made).map(|pushed| pushed.stream).collect()
}

/// The streams a push names, for the access log.
pub fn streams(request: &PushRequest) -> impl Iterator<Item = StreamId> + '_ {
    request.streams.iter().map(|pushed| pushed.stream)
}
