//! A stream folded for screens.
//!
//! [`Record::fold`] takes the next entry; [`Record::fold_unsent`] lays what this tablet has not sent yet on top.
//! Folding never judges: the verdict came with the entry. Folding a prefix, then the rest, equals folding all.

pub mod capture;
pub mod item;
pub mod plan;
pub mod visit;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::code::Code;
use crate::entry::{Entry, Verdict};
use crate::hash::Hash;
use crate::id::{CaptureId, OperationId, PersonId, StaffId, ViewId, VisitId, VoiceId};
use crate::operation::{Operation, Unreadable};
use crate::payload::Payload;
use crate::payload::child::{Birth, ChildRegistered, CommunicationProfile, PersonRecorded};
use crate::payload::plan::{Field, SetField};
use crate::payload::visit::VoiceAdded;
use crate::standing::{Standing, stand};
use capture::{Capture, CaptureView};
use item::{Item, ItemState};
use plan::Plan;
use visit::Visit;

/// Who recorded something, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Which operation.
    pub id: OperationId,
    /// Who.
    pub by: StaffId,
    /// The device's clock.
    pub captured_at: Timestamp,
    /// The server's clock; none while it has not arrived.
    pub received_at: Option<Timestamp>,
}

/// Something with its source.
#[derive(Clone, Debug, PartialEq)]
pub struct Told<T> {
    /// What.
    pub what: T,
    /// By whom, when.
    pub source: Source,
}

/// One value of a field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldValue {
    /// The value.
    pub value: String,
    /// By whom, when.
    pub source: Source,
}

/// A field with all it holds: usually one value; more are a conflict that waits for a person. What was replaced is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldRecord {
    /// In force.
    pub values: Vec<FieldValue>,
    /// Replaced.
    pub earlier: Vec<FieldValue>,
}

/// One step of a stream, as it was read.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    seq: Option<u64>,
    sha256: Hash,
    actor: StaffId,
    received_at: Option<Timestamp>,
    verdict: Verdict,
    state: ItemState,
    read: Result<Operation, Unreadable>,
}

/// A stream folded for screens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// What decisions depend on: the same value the server keeps.
    pub standing: Standing,
    /// The child, as last registered.
    pub child: Option<Told<ChildRegistered>>,
    /// The people around the child.
    pub people: BTreeMap<PersonId, Told<PersonRecorded>>,
    /// How the child communicates.
    pub profile: Option<CommunicationProfile>,
    /// Visits, planned and made.
    pub visits: BTreeMap<VisitId, Visit>,
    /// Activities.
    pub captures: BTreeMap<CaptureId, Capture>,
    /// Voices beside the child's.
    pub voices: BTreeMap<VoiceId, Told<VoiceAdded>>,
    /// Fields.
    pub fields: BTreeMap<Field, FieldRecord>,
    /// The plan.
    pub plan: Plan,
    /// Everything that was recorded, with its state, in order.
    pub items: Vec<Item>,
    /// The last `seq` folded.
    pub head: u64,
    seen: BTreeMap<OperationId, Hash>,
    steps: Vec<Step>,
    redacted: BTreeSet<u64>,
}

impl Record {
    /// Folds the next entry of the stream.
    pub fn fold(&mut self, entry: &Entry) {
        self.head = entry.seq;
        let Some(read) = entry.operation() else {
            self.redacted.insert(entry.seq);
            return;
        };
        let state = match entry.verdict {
            Verdict::Accepted => ItemState::Accepted,
            Verdict::Held => ItemState::Held(entry.code.clone()),
            Verdict::Refused => ItemState::Refused(entry.code.clone()),
        };
        self.take(Step {
            seq: Some(entry.seq),
            sha256: entry.sha256,
            actor: entry.actor,
            received_at: Some(entry.received_at),
            verdict: entry.verdict,
            state,
            read,
        });
    }

    /// Lays an operation of this tablet on top, before its entry has come back.
    pub fn fold_unsent(&mut self, body: &str, actor: StaffId, unsent: Unsent) {
        let state = match unsent {
            Unsent::Saved => ItemState::Saved,
            Unsent::Sent => ItemState::Sent,
        };
        let sha256 = Hash::of(body.as_bytes());
        self.take(Step {
            seq: None,
            sha256,
            actor,
            received_at: None,
            verdict: Verdict::Accepted,
            state,
            read: Operation::read(body),
        });
    }

    /// The child's views that stand: every placement of every activity.
    pub fn views(&self) -> impl Iterator<Item = CaptureView<'_>> {
        self.captures.values().flat_map(Capture::views)
    }

    /// The views that no action of the plan speaks to.
    pub fn views_without_action(&self) -> Vec<CaptureView<'_>> {
        let answered: BTreeSet<&ViewId> = self
            .plan
            .actions
            .values()
            .flat_map(|action| &action.added.answers)
            .collect();
        self.views()
            .filter(|view| !answered.contains(&view.id()))
            .collect()
    }

    /// The one value of a field; none while it is empty or in conflict.
    pub fn field(&self, field: &Field) -> Option<&FieldValue> {
        match self.fields.get(field)?.values.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The operation that a new value of this field replaces, for someone who sees what is here.
    pub fn replaces(&self, field: &Field) -> Option<OperationId> {
        self.fields
            .get(field)?
            .values
            .last()
            .map(|value| value.source.id)
    }

    /// The child's age in whole years.
    pub fn age(&self, today: jiff::civil::Date) -> Option<u16> {
        match self.child.as_ref()?.what.birth {
            Birth::Born(day) => crate::calendar::age_in_years(day, today),
            Birth::Expected(_) => None,
        }
    }

    fn take(&mut self, step: Step) {
        if let Some(id) = step.read.as_ref().ok().map(|operation| operation.id) {
            match self.seen.get(&id) {
                // The same thing arrived twice: it takes effect once.
                Some(hash) if *hash == step.sha256 => return,
                // Another thing under a used identity: kept for a person to look at.
                Some(_) => {
                    let held = Step {
                        verdict: Verdict::Held,
                        state: ItemState::Held(Some(Code::Unreadable)),
                        ..step
                    };
                    self.items.push(held.item());
                    self.steps.push(held);
                    return;
                }
                None => {
                    self.seen.insert(id, step.sha256);
                }
            }
        }
        self.apply(&step);
        self.items.push(step.item());
        let redacts = match (&step.read, step.verdict) {
            (
                Ok(Operation {
                    payload: Payload::Redacted(redacted),
                    ..
                }),
                Verdict::Accepted,
            ) => Some(redacted.seq),
            _ => None,
        };
        self.steps.push(step);
        if let Some(seq) = redacts {
            self.redact(seq);
        }
    }

    /// Folds again without the words of one entry.
    fn redact(&mut self, seq: u64) {
        let mut again = Record {
            redacted: std::mem::take(&mut self.redacted),
            head: self.head,
            ..Record::default()
        };
        again.redacted.insert(seq);
        for step in std::mem::take(&mut self.steps) {
            let redacts = matches!(
                &step.read,
                Ok(Operation {
                    payload: Payload::Redacted(_),
                    ..
                })
            );
            if step.seq.is_some_and(|seq| again.redacted.contains(&seq)) {
                continue;
            }
            if redacts {
                again.items.push(step.item());
                again.steps.push(step);
            } else {
                again.take(step);
            }
        }
        *self = again;
    }

    fn apply(&mut self, step: &Step) {
        let admits = match (&step.read, step.verdict) {
            (
                Ok(Operation {
                    payload: Payload::Admit(admit),
                    ..
                }),
                Verdict::Accepted,
            ) => admit.seqs.as_slice(),
            _ => &[],
        };
        stand(
            &mut self.standing,
            step.seq.unwrap_or(u64::MAX),
            step.verdict,
            step.actor,
            &step.read,
        );
        if step.verdict == Verdict::Accepted {
            self.show(step);
        }
        let mut seqs = admits.to_vec();
        seqs.sort_unstable();
        for seq in seqs {
            self.admit(seq);
        }
    }

    fn admit(&mut self, seq: u64) {
        let Some(held) = self
            .steps
            .iter()
            .find(|step| step.seq == Some(seq) && step.verdict == Verdict::Held)
            .cloned()
        else {
            return;
        };
        if let Some(item) = self.items.iter_mut().find(|item| item.seq == Some(seq)) {
            item.state = ItemState::Accepted;
        }
        self.show(&held);
    }

    /// Brings what a person sees up to date with an accepted operation.
    fn show(&mut self, step: &Step) {
        let Ok(operation) = &step.read else { return };
        let source = Source {
            id: operation.id,
            by: step.actor,
            captured_at: operation.captured_at,
            received_at: step.received_at,
        };
        match &operation.payload {
            Payload::ChildRegistered(registration) => {
                self.child = Some(Told {
                    what: registration.clone(),
                    source,
                })
            }
            Payload::PersonRecorded(person) => {
                self.people.insert(
                    person.person,
                    Told {
                        what: person.clone(),
                        source,
                    },
                );
            }
            Payload::ProfileSet(set) => self.profile = Some(set.profile.clone()),
            Payload::VoiceAdded(voice) => {
                self.voices.insert(
                    voice.voice,
                    Told {
                        what: voice.clone(),
                        source,
                    },
                );
            }
            Payload::SetField(set) => self.set(set, source),
            payload => {
                visit::show(&mut self.visits, payload, source);
                capture::show(&mut self.captures, payload, source);
                self.plan.show(payload, source, &self.standing.plan);
            }
        }
    }

    fn set(&mut self, set: &SetField, source: Source) {
        let field = self.fields.entry(set.field.clone()).or_default();
        if field.values.last().map(|value| value.source.id) == set.replaces {
            field.earlier.append(&mut field.values);
        }
        field.values.push(FieldValue {
            value: set.value.clone(),
            source,
        });
    }
}

impl Step {
    fn item(&self) -> Item {
        let operation = self.read.as_ref().ok();
        Item {
            id: operation.map(|operation| operation.id),
            seq: self.seq,
            by: self.actor,
            captured_at: operation.map(|operation| operation.captured_at),
            received_at: self.received_at,
            payload: operation.map(|operation| operation.payload.clone()),
            state: self.state.clone(),
        }
    }
}

/// How far an operation of this tablet has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// Saved on this tablet.
    Saved,
    /// The server has it; its entry has not come back yet.
    Sent,
}

#[cfg(test)]
mod tests;
