//! A folded record, kept: opening it costs less than folding its log, and it is gone on with.
//!
//! It is kept in two parts. The **front** is what a person sees first: the child, people, visits, the newest activities with what
//! lies where, voices, fields, the plan. The **rest** is the older activities, and what is needed to replay one and to go on
//! folding: taps, items, the identities that were seen. What is kept has nothing unsent in it.
//!
//! Steps that count and are plain are left out: only a redaction would need them. A record that was kept and then meets one
//! says so ([`Record::is_outdated`]); it is folded again from its log, from which the words are gone.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize, Serializer};

use super::capture::{Capture, CaptureStep, Early};
use super::item::{Item, ItemState};
use super::{Record, Step};
use crate::entry::Verdict;
use crate::hash::Hash;
use crate::id::{CaptureId, OperationId};

/// The version of the form. Raised by every change after which an older form, or what it was folded by, does not do.
pub const VERSION: u32 = 19;

/// So many activities are in the front, the newest: more than a page shows at first.
const NEWEST: usize = 12;

/// How much of a record is here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Extent {
    /// Folded from its log.
    #[default]
    Folded,
    /// Only the front: of the activities, the newest.
    Front,
    /// Front and rest.
    Whole,
    /// It must be folded again from its log.
    Outdated,
}

/// A record as it is kept: two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What a person sees first.
    pub front: Vec<u8>,
    /// What is needed to replay and to go on.
    pub rest: Vec<u8>,
}

#[derive(Deserialize)]
struct Rest {
    older: Vec<Capture>,
    items: Vec<Item>,
    early: Early,
    seen: Vec<(OperationId, Hash)>,
    steps: Vec<Step>,
    taps: Vec<(CaptureId, Vec<CaptureStep>)>,
}

/// The same, borrowed from the record that is written.
#[derive(Serialize)]
struct RestOf<'a> {
    older: Vec<&'a Capture>,
    items: &'a [Item],
    early: &'a Early,
    seen: Vec<(OperationId, Hash)>,
    steps: Vec<&'a Step>,
    taps: Vec<(CaptureId, &'a [CaptureStep])>,
}

/// Writes the activities of the front.
pub(super) fn in_front<S: Serializer>(captures: &BTreeMap<CaptureId, Capture>, to: S) -> Result<S::Ok, S::Error> {
    let newest = newest(captures);
    to.collect_map(captures.iter().filter(|(id, _)| newest.contains(id)))
}

fn newest(captures: &BTreeMap<CaptureId, Capture>) -> BTreeSet<CaptureId> {
    let mut all: Vec<_> = captures.values().map(|capture| (capture.started.captured_at, capture.id)).collect();
    all.sort_unstable();
    all.into_iter().rev().take(NEWEST).map(|(_, id)| id).collect()
}

/// Equal is what shows the same and goes on the same, however it came to be here.
impl PartialEq for Record {
    fn eq(&self, other: &Record) -> bool {
        let Record {
            standing,
            child,
            began,
            allocations,
            people,
            profiles,
            visits,
            captures,
            voices,
            fields,
            plan,
            ..
        } = self;
        let Record { items, head, early, seen, steps: _, extent: _, .. } = self;
        *standing == other.standing
            && *child == other.child
            && *began == other.began
            && *allocations == other.allocations
            && self.family == other.family
            && self.registered_family == other.registered_family
            && self.children == other.children
            && self.address == other.address
            && *people == other.people
            && *profiles == other.profiles
            && *visits == other.visits
            && *captures == other.captures
            && *voices == other.voices
            && *fields == other.fields
            && *plan == other.plan
            && *items == other.items
            && *head == other.head
            && *early == other.early
            && *seen == other.seen
            && self.needed().eq(other.needed())
            && self.is_whole() == other.is_whole()
    }
}

impl Record {
    /// Writes a record that has nothing unsent laid on top.
    ///
    /// None for one that is not all here, or has something unsent.
    pub fn keep(&self) -> Option<Kept> {
        let is_all_here = matches!(self.extent, Extent::Folded | Extent::Whole);
        let has_unsent = self.steps.last().is_some_and(|step| step.seq.is_none());
        if !is_all_here || has_unsent {
            return None;
        }
        let newest = newest(&self.captures);
        let rest = RestOf {
            older: self.captures.values().filter(|capture| !newest.contains(&capture.id)).collect(),
            items: &self.items,
            early: &self.early,
            seen: self.seen.iter().map(|(id, hash)| (*id, *hash)).collect(),
            steps: self.needed().collect(),
            taps: self.captures.iter().map(|(id, capture)| (*id, capture.steps.as_slice())).collect(),
        };
        let (front, rest) = (serde_json::to_vec(self).ok()?, serde_json::to_vec(&rest).ok()?);
        Some(Kept { front, rest })
    }

    /// Reads the front of a kept record; none when it is not of this form.
    pub fn front(text: &[u8]) -> Option<Record> {
        let mut record: Record = serde_json::from_slice(text).ok()?;
        record.extent = Extent::Front;
        Some(record)
    }

    /// Completes the front of a kept record with its rest; none when it is not of this form.
    #[must_use]
    pub fn with_rest(mut self, text: &[u8]) -> Option<Record> {
        let Rest { older, items, early, seen, steps, taps } = serde_json::from_slice(text).ok()?;
        self.captures.extend(older.into_iter().map(|capture| (capture.id, capture)));
        for (id, taps) in taps {
            self.captures.get_mut(&id)?.take_steps(taps);
        }
        (self.items, self.early, self.steps) = (items, early, steps);
        self.seen = seen.into_iter().collect();
        self.extent = Extent::Whole;
        Some(self)
    }

    /// Whether all of it is here: taps, items, what is needed to go on folding.
    pub fn is_whole(&self) -> bool {
        matches!(self.extent, Extent::Folded | Extent::Whole)
    }

    /// Whether it must be folded again from its log.
    pub fn is_outdated(&self) -> bool {
        self.extent == Extent::Outdated
    }

    /// Whether this operation is in it, whatever became of it.
    pub fn has(&self, id: OperationId) -> bool {
        self.seen.contains_key(&id)
    }

    /// The identities of everything in it.
    pub fn ids(&self) -> impl Iterator<Item = OperationId> + '_ {
        self.seen.keys().copied()
    }

    /// The identities of what the server gave a place.
    pub fn sequenced(&self) -> impl Iterator<Item = OperationId> + '_ {
        let unsent = self.items.iter().filter(|item| item.seq.is_none()).filter_map(|item| item.id);
        let unsent: BTreeSet<OperationId> = unsent.collect();
        self.ids().filter(move |id| !unsent.contains(id))
    }

    /// How far something has come that is in this record: what is no item any more counts.
    pub fn state_of(&self, id: OperationId) -> Option<ItemState> {
        let item = self.items.iter().rev().find(|item| item.id == Some(id));
        item.map(|item| item.state.clone()).or_else(|| self.has(id).then_some(ItemState::Accepted))
    }

    fn needed(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| self.is_needed(step))
    }

    /// Whether a step is needed to go on: it waits for a manager, or cannot be told by its identity.
    fn is_needed(&self, step: &Step) -> bool {
        let is_plain = step.id.is_some_and(|id| self.seen.get(&id) == Some(&step.sha256));
        let waits = step.verdict == Verdict::Held && step.seq.is_some_and(|seq| self.standing.held.contains(seq));
        waits || !is_plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cast::*;
    use crate::payload::Payload;
    use crate::payload::capture::CaptureStarted;
    use crate::script::Script;
    use uuid::Uuid;

    #[test]
    fn the_front_has_the_newest_activities_and_the_rest_has_the_others() {
        let activity = |number| CaptureId(Uuid::from_u128(number));
        let mut script = Script::registered();
        let begun = |number| Payload::CaptureStarted(CaptureStarted { capture: activity(number), ..mat() });
        script.sade((1..=30).map(begun));
        let record = script.record();
        let kept = record.keep().expect("nothing is unsent");
        let front = Record::front(&kept.front).expect("just written");
        assert_eq!(front.captures.keys().copied().collect::<Vec<_>>(), (19..=30).map(activity).collect::<Vec<_>>());
        assert_eq!(front.with_rest(&kept.rest), Some(record));
    }
}
