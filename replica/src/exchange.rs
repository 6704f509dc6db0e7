//! What to send, and what a reply means. No I/O: the engine fetches and stores.
//!
//! ```text
//!            rows after `high`                    ┌ Taken, chains agree ─▶ acknowledge
//! outbox ──▶ plan_push ──▶ POST push ──▶ read_push┤ Need ───────────────▶ rewind, or fork if rows have gone
//!                                                 └ Forked, or chains disagree ─▶ fork
//! cursors ─▶ plan_pull ──▶ POST pull ──▶ read_pull ─▶ segments, withdrawn streams
//! ```

mod suspects;

use std::collections::{BTreeMap, BTreeSet};

use domain::entry::Entry;
use domain::hash::{Chain, Hash};
use domain::id::{ReplicaId, StreamId};
use domain::wire::{
    Cursor, Item, PROTOCOL, Problem, PullRequest, PullResponse, PushOutcome, PushRequest, PushStream, PushedStream,
};

use crate::storage::{OutboxRow, StreamRow};

pub use suspects::Suspects;

/// A push carries at most this many bytes of items: the server's limit less room for the envelope.
const MAX_PUSH_BYTES: usize = 440 * 1024;
/// Entries asked for in one pull.
const PULL_LIMIT: u32 = 2_000;
/// Retry waits at most this long, in milliseconds.
const LONGEST_WAIT_MS: u64 = 5 * 60 * 1000;
/// The first retry waits at most this long, in milliseconds.
const FIRST_WAIT_MS: u64 = 1_000;

/// Why a request did not do what it should.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// No connection, or an answer that is not ours (a captive portal).
    #[error("no connection to the server")]
    Network,
    /// Nobody is signed in: capture goes on, sending waits.
    #[error("signed out")]
    SignedOut,
    /// The request is too large.
    #[error("the request is too large")]
    TooLarge,
    /// The server is busy or down.
    #[error("the server is busy")]
    Busy {
        /// When it may be tried again, if it said so.
        retry_after_ms: Option<u64>,
    },
    /// The server would not take this request.
    #[error("the server refused the request: {code}")]
    Refused {
        /// The problem's code.
        code: String,
    },
}

impl Failure {
    /// What a reply that is no success means. `problem` is its body, if that was one; `retry_after` its header of that name.
    pub fn of_reply(status: u16, retry_after: Option<&str>, problem: Option<&Problem>) -> Failure {
        let seconds = retry_after.and_then(|seconds| seconds.parse::<u64>().ok());
        let retry_after_ms = seconds.map(|seconds| seconds.saturating_mul(1000));
        match (status, problem) {
            (429 | 503, _) => Failure::Busy { retry_after_ms },
            // A gateway on the way says this in words of its own; whatever else is not ours is no answer.
            (413, None) => Failure::TooLarge,
            (_, None) => Failure::Network,
            (401, Some(_)) => Failure::SignedOut,
            // Half of it may pass; one operation that is too long never will.
            (413, Some(problem)) if problem.code == "too_large" => Failure::TooLarge,
            (500.., Some(_)) => Failure::Busy { retry_after_ms },
            (_, Some(problem)) => Failure::Refused { code: problem.code.clone() },
        }
    }

    /// Whether one operation of a push is at fault, so that the rest would be taken without it. Every other refusal is
    /// about the sender or the request as a whole: taking it apart would set everything aside.
    pub fn is_about_an_operation(&self) -> bool {
        const CODES: [&str; 3] = ["hash_mismatch", "operation_too_long", "not_contiguous"];
        matches!(self, Failure::Refused { code } if CODES.contains(&code.as_str()))
    }

    /// Whether the server does not know this replica. One that was set back has lost its newest enrolments.
    pub fn is_about_enrolment(&self) -> bool {
        matches!(self, Failure::Refused { code } if code == "not_your_replica")
    }
}

/// How long to wait before the next try: full jitter, 1 s to 5 min; never gives up.
///
/// `jitter` is between 0 and 1.
pub fn retry_delay_ms(failures: u32, retry_after_ms: Option<u64>, jitter: f64) -> u64 {
    let ceiling = FIRST_WAIT_MS.saturating_mul(1 << failures.min(16)).min(LONGEST_WAIT_MS);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "minutes in milliseconds fit"
    )]
    let drawn = FIRST_WAIT_MS.max((ceiling as f64 * jitter.clamp(0.0, 1.0)) as u64);
    drawn.max(retry_after_ms.unwrap_or(0))
}

/// How much goes into one push; halved when the server says it is too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchLimit {
    bytes: usize,
}

impl Default for BatchLimit {
    fn default() -> Self {
        BatchLimit { bytes: MAX_PUSH_BYTES }
    }
}

impl BatchLimit {
    /// Half of what went; none when that was a single operation.
    #[must_use]
    pub fn halved(self, request: &PushRequest) -> Option<BatchLimit> {
        let items = || request.streams.iter().flat_map(|push| &push.operations);
        let bytes: usize = items().map(|item| item_len(&item.body)).sum();
        (items().count() > 1).then_some(BatchLimit { bytes: bytes.min(self.bytes) / 2 })
    }
}

/// The next push.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PushPlan {
    /// Per stream the rows after `high`, within the limit; at least one.
    pub streams: Vec<PushStream>,
    /// Streams of which a row could not be opened: what follows it has to wait.
    pub shut: BTreeSet<StreamId>,
}

/// Plans the next push. `open` gives a row's exact text; none when the key at hand does not open it.
pub fn plan_push(
    rows: &[OutboxRow],
    streams: &[StreamRow],
    limit: BatchLimit,
    open: impl Fn(&OutboxRow) -> Option<String>,
) -> PushPlan {
    let known: BTreeMap<StreamId, &StreamRow> = streams.iter().map(|row| (row.stream, row)).collect();
    let mut planned: BTreeMap<StreamId, PushStream> = BTreeMap::new();
    let mut shut = BTreeSet::new();
    let mut bytes = 0;
    for row in rows {
        let stream = row.operation.stream;
        let (high, chain) = known.get(&stream).map_or((0, Chain::START), |row| (row.high, row.chain));
        if row.rseq <= high || shut.contains(&stream) {
            continue;
        }
        let Some(body) = open(row) else {
            shut.insert(stream);
            continue;
        };
        let size = item_len(&body);
        if bytes > 0 && bytes + size > limit.bytes {
            break;
        }
        bytes += size;
        let push = planned.entry(stream).or_insert_with(|| PushStream {
            stream,
            after: high,
            chain,
            operations: Vec::new(),
            returned: Vec::new(),
        });
        push.operations.push(Item { rseq: row.rseq, sha256: row.operation.sha256, body });
    }
    PushPlan { streams: planned.into_values().collect(), shut }
}

/// A body's length as an item of a push: inside a JSON string, with its number and hash.
fn item_len(body: &str) -> usize {
    let escaped = |byte| match byte {
        b'"' | b'\\' => 2,
        0..0x20 => 6,
        _ => 1,
    };
    120 + body.bytes().map(escaped).sum::<usize>()
}

/// What a reply to a push means for one stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PushStep {
    /// The server has everything up to `high`.
    Acknowledge {
        /// The last number it has.
        high: u64,
        /// The chain there.
        chain: Chain,
    },
    /// This replica was copied or set back, or the server was: become another replica and number again.
    Fork,
}

/// Reads the reply for one stream.
///
/// `hashes` are the hashes of all outbox rows of this stream, by `rseq`.
pub fn read_push(sent: &PushStream, reply: &PushedStream, hashes: &BTreeMap<u64, Hash>) -> PushStep {
    let PushedStream { high, chain, .. } = *reply;
    match reply.outcome {
        PushOutcome::Forked => PushStep::Fork,
        // The server has less than this replica once heard it had. What is still here can go again, where it goes on from
        // what the server has: another copy of this tablet may have written there since.
        PushOutcome::Need => {
            let mine =
                (high + 1..=sent.after).try_fold(chain, |chain, rseq| hashes.get(&rseq).map(|hash| chain.then(*hash)));
            let goes_on = high >= sent.after || mine == Some(sent.chain);
            if goes_on { PushStep::Acknowledge { high, chain } } else { PushStep::Fork }
        }
        PushOutcome::Taken => {
            let mine = (sent.after + 1..=high)
                .try_fold(sent.chain, |chain, rseq| hashes.get(&rseq).map(|hash| chain.then(*hash)));
            if high >= sent.after && mine == Some(chain) {
                PushStep::Acknowledge { high, chain }
            } else {
                PushStep::Fork
            }
        }
    }
}

/// Plans a pull from every cursor.
pub fn plan_pull(replica: ReplicaId, streams: &[StreamRow]) -> PullRequest {
    let cursors = streams.iter().filter(|row| row.after > 0).map(|row| Cursor {
        stream: row.stream,
        epoch: row.epoch,
        after: row.after,
    });
    PullRequest {
        protocol: PROTOCOL,
        replica,
        streams: cursors.collect(),
        limit: PULL_LIMIT,
        build: None,
        unsent: None,
    }
}

/// What a reply to a pull changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PullStep {
    /// New entries, by stream.
    pub entries: Vec<NewEntries>,
    /// Streams that are here, or were written to from here, and may not be read.
    pub withdrawn: Vec<StreamId>,
    /// Streams of which more is stored here than the server has: it was set back.
    pub set_back: Vec<StreamId>,
    /// Epoch and head of every stream that may be read.
    pub heads: BTreeMap<StreamId, (u64, u64)>,
}

/// What is new on one stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntries {
    /// Which stream.
    pub stream: StreamId,
    /// Its present epoch. Entries from before a restore keep theirs.
    pub epoch: u64,
    /// The stored log is to be dropped first.
    pub restart: bool,
    /// At least one, contiguous.
    pub entries: Vec<Entry>,
}

/// A reply to a pull is not what it should be; nothing of it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the reply is damaged")]
pub struct DamagedReply;

/// Reads the reply to a pull: only contiguous entries whose text has its hash.
///
/// `written_to` are the streams of the outbox, and others that are here without a cursor.
///
/// # Errors
/// [`DamagedReply`] when any entry is out of place or altered.
pub fn read_pull(
    streams: &[StreamRow],
    written_to: &BTreeSet<StreamId>,
    reply: PullResponse,
) -> Result<PullStep, DamagedReply> {
    let here: BTreeMap<StreamId, &StreamRow> = streams.iter().map(|row| (row.stream, row)).collect();
    let heads: BTreeMap<_, _> = reply.index.iter().map(|row| (row.stream, (row.epoch, row.head))).collect();
    let held_here = here.values().filter(|row| row.after > 0).map(|row| row.stream).chain(written_to.iter().copied());
    let withdrawn: BTreeSet<_> = held_here.filter(|stream| !heads.contains_key(stream)).collect();
    let lies_beyond =
        |row: &&&StreamRow| heads.get(&row.stream).is_some_and(|at| at.0 == row.epoch && at.1 < row.after);
    let set_back = here.values().filter(lies_beyond).map(|row| row.stream).collect();
    let mut entries = Vec::new();
    for (stream, new) in reply.entries {
        let (epoch, _) = heads.get(&stream).copied().ok_or(DamagedReply)?;
        let (known, after) = here.get(&stream).map_or((epoch, 0), |row| (row.epoch, row.after));
        let restart = known != epoch && after > 0;
        let first = if restart { 1 } else { after + 1 };
        let in_place = new.iter().zip(first..).all(|(entry, seq)| entry.seq == seq && is_whole(entry));
        if !in_place {
            return Err(DamagedReply);
        }
        if !new.is_empty() {
            entries.push(NewEntries { stream, epoch, restart, entries: new });
        }
    }
    Ok(PullStep { entries, withdrawn: withdrawn.into_iter().collect(), set_back, heads })
}

fn is_whole(entry: &Entry) -> bool {
    entry.body.as_deref().is_none_or(|body| Hash::of(body.as_bytes()) == entry.sha256)
}

#[cfg(test)]
mod tests;
