//! Entries that replicas hand back after the server was set back to an earlier state. Pure.
//!
//! ```text
//! server, set back     1 … 8 │ 9' 10'          (what arrived since, in the old epoch)
//! a replica's log      1 … 8 │ 9  10  11       (the old epoch)
//! afterwards           1 … 8 │ 9' 10' 11 12 13 (a new epoch; 11 was 9, 12 was 10, 13 was 11)
//! ```
//! They keep verdict, code, actor and receive time: they were judged once. What the stream has already is passed over,
//! so that several replicas may hand back the same, and whoever comes late adds only what is missing.
//!
//! What is handed back begins with an entry that the stream has, or with the first of all: what came before it is never
//! put behind it. So one single entry asks whether the server was set back, and changes nothing.

use std::collections::BTreeSet;

use domain::entry::Was;
use domain::id::ReplicaId;
use domain::{Entry, Payload, Verdict};
use jiff::Timestamp;

use super::{Before, Sender, Writer};
use crate::seal::Seal;
use crate::store::{Append, Head, ReplicaHigh};

/// The operations of so many replicas go into one append: each is a row of its transaction.
pub const MOST_REPLICAS: usize = 40;

/// What became of entries handed back.
#[derive(Debug)]
pub enum GivenBack {
    /// The stream lacks the first of them: what came before it must come first.
    Gap,
    /// The stream has all of them.
    Nothing,
    /// These go in.
    Append(Box<Append>),
}

/// Entries handed back, verified and in the order of their earlier places.
#[derive(Clone, Copy, Debug)]
pub struct HandedBack<'a> {
    /// The entries.
    pub entries: &'a [Entry],
    /// What came before the first of them was taken just now.
    pub goes_on: bool,
    /// The server's clock.
    pub now: Timestamp,
}

/// Makes sealed entries one append to what was read: the head, and of each replica in them how far it is known.
///
/// The epoch rises when they prove that the present one was set back: an entry of it, or of a later one, is missing.
pub fn give_back(
    sender: Sender<'_>,
    (head, highs): (Option<Head>, &[(ReplicaId, ReplicaHigh)]),
    before: Before,
    handed: HandedBack<'_>,
    seal: &Seal,
) -> GivenBack {
    let HandedBack { entries, goes_on, now } = handed;
    let mut writer = Writer::new(sender.stream, head, before, seal);
    highs.iter().for_each(|(replica, high)| writer.knows(*replica, *high));
    let missing = missing(&mut writer, entries);
    let begins_with = |missing: &Entry| entries.first().is_some_and(|first| std::ptr::eq(first, missing));
    if !goes_on && missing.first().is_some_and(|missing| missing.seq > 1 && begins_with(missing)) {
        return GivenBack::Gap;
    }
    if let Some(latest) = missing.iter().map(|entry| entry.epoch).max().filter(|epoch| *epoch >= writer.head.epoch) {
        // By the clock, so that no two restores ever begin the same epoch.
        let seconds = u64::try_from(now.as_second()).unwrap_or(0);
        writer.head.epoch = seconds.max(latest + 1);
    }
    for entry in missing {
        let was = entry.was.unwrap_or(Was { epoch: entry.epoch, seq: entry.seq });
        let read = entry.operation();
        let redacts = match &read {
            Some(Ok(operation)) if entry.verdict == Verdict::Accepted => match &operation.payload {
                Payload::Redacted(redacted) => Some(redacted.seq),
                _ => None,
            },
            _ => None,
        };
        writer.place(Entry { was: Some(was), ..entry.clone() }, read.as_ref());
        // What it named may be gone or destroyed already, or cannot be told any more: it stays on record all the same.
        if let Some(seq) = redacts
            && let Some(seq) = writer.proven(was.epoch, seq)
        {
            let _ = writer.redact(seq);
        }
    }
    if writer.has_news() { GivenBack::Append(Box::new(writer.finish(sender.replica))) } else { GivenBack::Nothing }
}

/// What the stream does not have. Counts all of it for the replicas that sent it, as far as that goes on from what is
/// there: a replica whose operations are back before it asks has nothing to send again.
fn missing<'a>(writer: &mut Writer<'_>, entries: &'a [Entry]) -> Vec<&'a Entry> {
    let mut taken = BTreeSet::new();
    let mut missing = Vec::new();
    for entry in entries {
        let known = entry.id.and_then(|id| writer.known.get(&id));
        // Its number tells where its identity does not.
        let counted = entry.rseq <= writer.high(entry.replica).high;
        let there = match (entry.id, known) {
            (Some(_), Some(known)) if known.sha256 == entry.sha256 => true,
            (Some(_), None) => !taken.insert(entry.sha256),
            _ => counted,
        };
        writer.count(entry.replica, entry.rseq, entry.sha256);
        if !there {
            missing.push(entry);
        }
    }
    missing
}
