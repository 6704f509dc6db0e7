//! A stream folded for screens.
//!
//! [`Record::fold`] takes the next entry; [`Record::fold_unsent`] lays what this tablet has not sent yet on top.
//! Folding never judges: the verdict came with the entry. Folding a prefix, then the rest, equals folding all.

pub mod audit;
pub mod capture;
pub mod contact;
mod field;
pub mod harm;
pub mod item;
pub mod kept;
pub mod library;
pub mod made;
pub mod missed;
pub mod observation;
pub mod plan;
pub mod promises;
mod reading;
pub mod recorded;
pub mod redaction;
pub mod repeated;
pub mod said;
pub mod summary;
pub mod team;
mod view;
pub mod visit;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::class::Class;
use crate::code::Code;
use crate::entry::{Entry, Verdict, Was};
use crate::hash::Hash;
use crate::id::{
    CaptureId, ContactId, ObservationId, OperationId, PersonId, QuestionId, StaffId, StreamId, VisitId, VoiceId,
};
use crate::operation::{Operation, Unreadable};
use crate::payload::Payload;
use crate::payload::child::{ChildRegistered, PersonRecorded, StaffAssigned};
use crate::payload::council::SettingsSet;
use crate::payload::family::{AddressRecorded, FamilyRegistered};
use crate::payload::plan::Field;
use crate::payload::profile::CommunicationProfile;
use crate::payload::visit::VoiceAdded;
use crate::standing::{Place, Standing, stand};
use audit::Audit;
use capture::Capture;
use contact::Contact;
use item::{Item, ItemState};
use library::OwnQuestion;
use observation::Observation;
use plan::Plan;
use redaction::Redaction;
use team::CoverStep;
use visit::Visit;

pub use field::{FieldRecord, FieldValue};
pub use item::Unsent;

/// Who recorded something, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attributed<T> {
    /// What.
    pub what: T,
    /// By whom, when.
    pub source: Source,
}

/// One step of a stream, as it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Step {
    seq: Option<u64>,
    /// In which order it was given its place.
    epoch: Option<u64>,
    was: Option<Was>,
    id: Option<OperationId>,
    sha256: Hash,
    actor: StaffId,
    received_at: Option<Timestamp>,
    verdict: Verdict,
    state: ItemState,
    /// What people should look at in something that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    flag: Option<Code>,
    /// None once redacted: identity and hash are all that is left.
    read: Option<Result<Operation, Unreadable>>,
}

/// A stream folded for screens.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Record {
    /// What decisions depend on: the same value the server keeps.
    pub standing: Standing,
    /// The child, as last registered.
    pub child: Option<Attributed<ChildRegistered>>,
    /// How the record began.
    pub began: Option<Source>,
    /// The child's family, where its record is known.
    pub family: Option<StreamId>,
    /// In a family's record: the family.
    pub registered_family: Option<Attributed<FamilyRegistered>>,
    /// In a family's record: its children.
    pub children: BTreeSet<StreamId>,
    /// In a family's record: where it lives.
    pub address: Option<Attributed<AddressRecorded>>,
    /// In a team's record: everything arranged or ended about who stands in, in order.
    pub covers: Vec<Attributed<CoverStep>>,
    /// Questions beside the built-in ones.
    pub questions: BTreeMap<QuestionId, OwnQuestion>,
    /// In the council's record: its settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<Attributed<SettingsSet>>,
    /// Proposals to destroy words, and what became of them: the register of what was destroyed.
    pub redactions: Vec<Redaction>,
    /// Every allocation, the one in force last.
    pub allocations: Vec<Attributed<StaffAssigned>>,
    /// The people around the child.
    pub people: BTreeMap<PersonId, Attributed<PersonRecorded>>,
    /// How the child communicates: every profile, the one in force last.
    pub profiles: Vec<Attributed<CommunicationProfile>>,
    /// Visits, planned and made.
    pub visits: BTreeMap<VisitId, Visit>,
    /// Activities.
    #[serde(serialize_with = "kept::in_front")]
    pub captures: BTreeMap<CaptureId, Capture>,
    /// Occasions on which the child was watched.
    pub observations: BTreeMap<ObservationId, Observation>,
    /// In an audit: what was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<Audit>,
    /// What reached the council out of hours.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub contacts: BTreeMap<ContactId, Contact>,
    /// Voices beside the child's.
    pub voices: BTreeMap<VoiceId, Attributed<VoiceAdded>>,
    /// Fields.
    pub fields: BTreeMap<Field, FieldRecord>,
    /// The plan.
    pub plan: Plan,
    /// What was recorded, with its state, in order: all but the taps of an activity that has ended and counts. The activity
    /// itself tells those.
    #[serde(skip)]
    pub items: Vec<Item>,
    /// The last `seq` folded.
    pub head: u64,
    #[serde(skip)]
    early: capture::Early,
    #[serde(skip)]
    seen: BTreeMap<OperationId, Hash>,
    #[serde(skip)]
    steps: Vec<Step>,
    /// How much of it is here.
    #[serde(skip)]
    extent: kept::Extent,
}

impl Record {
    /// Lays the people of the child's family in, who are written down there once for all its children. For showing only:
    /// what is kept of a record has its own.
    pub fn lay_in(&mut self, family: &Record) {
        self.people.extend(family.people.iter().map(|(person, told)| (*person, told.clone())));
    }

    /// How the child communicates, as last written down.
    pub fn profile(&self) -> Option<&CommunicationProfile> {
        self.profiles.last().map(|profile| &profile.what)
    }

    /// Folds the next entry of the stream; one that is here already changes nothing.
    ///
    /// What was laid on top with [`fold_unsent`](Record::fold_unsent) is taken off, and what of it has not come back
    /// is laid on again. That costs a whole fold: fold a page of entries first, then lay on what is unsent.
    pub fn fold(&mut self, entry: &Entry) {
        if entry.seq <= self.head {
            return;
        }
        let unsent = self.lift_unsent();
        self.head = entry.seq;
        let state = match entry.verdict {
            Verdict::Accepted => ItemState::Accepted,
            Verdict::Held => ItemState::Held(entry.code.clone()),
            Verdict::Refused => ItemState::Refused(entry.code.clone()),
        };
        let read = entry.operation();
        let id = match &read {
            Some(read) => identity(read),
            None => entry.id,
        };
        self.take(Step {
            seq: Some(entry.seq),
            epoch: Some(entry.epoch),
            was: entry.was,
            id,
            sha256: entry.sha256,
            actor: entry.actor,
            received_at: Some(entry.received_at),
            verdict: entry.verdict,
            state,
            flag: entry.code.clone().filter(|_| entry.verdict == Verdict::Accepted),
            read,
        });
        for step in unsent {
            self.take(step);
        }
    }

    /// Lays an operation of this tablet on top, before its entry has come back.
    pub fn fold_unsent(&mut self, body: &str, actor: StaffId, unsent: Unsent) {
        let (verdict, state) = match unsent {
            Unsent::Saved => (Verdict::Accepted, ItemState::Saved),
            Unsent::Sent => (Verdict::Accepted, ItemState::Sent),
            Unsent::Held(why) => (Verdict::Held, ItemState::Held(why)),
            Unsent::Refused(why) => (Verdict::Refused, ItemState::Refused(why)),
        };
        let read = Operation::read(body);
        self.take(Step {
            seq: None,
            epoch: None,
            was: None,
            id: identity(&read),
            sha256: Hash::of(body.as_bytes()),
            actor,
            received_at: None,
            verdict,
            state,
            flag: None,
            read: Some(read),
        });
    }

    fn take(&mut self, mut step: Step) {
        if let (Some(was), Some(seq)) = (step.was, step.seq) {
            self.standing.moved.note(was, seq);
        }
        let seen = step.id.and_then(|id| self.seen.get(&id));
        match seen {
            // The same thing arrived twice: it takes effect once.
            Some(hash) if *hash == step.sha256 || step.read.is_none() => return,
            // It has come back, though it cannot be told by its identity.
            _ if step.seq.is_none() && self.has_come_back(&step, seen) => return,
            // Another thing under a used identity: kept for a person to look at.
            Some(_) if step.verdict == Verdict::Accepted => {
                step.verdict = Verdict::Held;
                step.state = ItemState::Held(Some(Code::Unreadable));
            }
            Some(_) => {}
            None => {
                self.seen.extend(step.id.map(|id| (id, step.sha256)));
            }
        }
        let Some(read) = &step.read else {
            // What is left of it keeps a late repetition from bringing the words back.
            if step.id.is_some() {
                self.steps.push(step);
            }
            return;
        };
        let redacts = match read {
            Ok(Operation { payload: Payload::Redacted(redacted), .. })
                if step.verdict == Verdict::Accepted && step.seq.is_some() =>
            {
                self.proven(step.was, redacted.seq)
            }
            _ => None,
        };
        self.apply(&step, read);
        self.items.extend(step.item());
        self.forget_taps(&step);
        self.steps.push(step);
        if let Some(seq) = redacts {
            self.redact(seq);
        }
    }

    /// The taps of an activity that has ended, and that count, are told by the activity: they are no items any more.
    fn forget_taps(&mut self, step: &Step) {
        let Some(Ok(Operation { payload: Payload::CaptureEnded(ended), .. })) = &step.read else { return };
        if step.seq.is_none() || step.verdict != Verdict::Accepted {
            return;
        }
        self.items.retain(|item| {
            let of_it = item.payload.as_ref().and_then(capture::tapped) == Some(ended.capture);
            !(of_it && item.seq.is_some() && item.state == ItemState::Accepted)
        });
    }

    /// Whether an unsent step, unreadable or under a used identity, is among the entries: its text tells.
    fn has_come_back(&self, step: &Step, seen: Option<&Hash>) -> bool {
        let is_plain = step.id.is_some() && seen.is_none();
        !is_plain && self.steps.iter().any(|kept| kept.seq.is_some() && kept.sha256 == step.sha256)
    }

    /// The place of what a redaction names; `was` is where the redaction itself stood. Nothing is hidden on a guess: it was
    /// given that place by then and kept it, or it remembers it.
    fn proven(&self, was: Option<Was>, seq: u64) -> Option<u64> {
        let Some(was) = was.filter(|_| self.extent == kept::Extent::Folded) else {
            return Some(seq);
        };
        let remembers = |step: &&Step| step.was.is_some_and(|of| (of.epoch, of.seq) == (was.epoch, seq));
        let kept = |step: &&Step| step.seq == Some(seq) && step.epoch.is_some_and(|epoch| epoch <= was.epoch);
        self.steps.iter().find(remembers).or_else(|| self.steps.iter().find(kept))?.seq
    }

    /// Folds again without the words of one entry.
    fn redact(&mut self, seq: u64) {
        if self.extent != kept::Extent::Folded {
            // What is left out here may hold the words.
            self.extent = kept::Extent::Outdated;
            return;
        }
        let Some(place) = self.steps.iter().position(|step| step.seq == Some(seq) && step.read.is_some()) else {
            return;
        };
        // A redaction has no words to destroy, and whoever has not pulled it yet must still learn of it.
        if matches!(&self.steps[place].read, Some(Ok(Operation { payload: Payload::Redacted(_), .. }))) {
            return;
        }
        let mut steps = std::mem::take(&mut self.steps);
        let took_effect = steps[place].id.is_some_and(|id| self.seen.get(&id) == Some(&steps[place].sha256));
        if took_effect {
            steps[place].read = None;
        } else {
            steps.remove(place);
        }
        self.fold_again(steps);
    }

    /// Takes off what was laid on top.
    fn lift_unsent(&mut self) -> Vec<Step> {
        // Unsent steps are always the last ones.
        if self.steps.last().is_none_or(|step| step.seq.is_some()) {
            return Vec::new();
        }
        let (sequenced, unsent) = std::mem::take(&mut self.steps).into_iter().partition(|step| step.seq.is_some());
        self.fold_again(sequenced);
        unsent
    }

    fn fold_again(&mut self, steps: Vec<Step>) {
        let moved = std::mem::take(&mut self.standing.moved);
        *self = Record { head: self.head, standing: Standing { moved, ..Standing::default() }, ..Record::default() };
        for step in steps {
            self.take(step);
        }
    }

    fn apply(&mut self, step: &Step, read: &Result<Operation, Unreadable>) {
        // Only what waits can be admitted, and only once.
        let admitted: BTreeSet<u64> = match (read, step.verdict) {
            (Ok(Operation { payload: Payload::Admit(admit), .. }), Verdict::Accepted) => {
                let named = admit.seqs.iter().map(|seq| self.standing.moved.named(step.was, *seq));
                named.filter(|seq| self.waits(*seq)).collect()
            }
            _ => BTreeSet::new(),
        };
        let declined: BTreeSet<u64> = match (read, step.verdict, step.seq) {
            // One that is only saved here has turned nothing away yet.
            (Ok(Operation { payload: Payload::Declined(declined), .. }), Verdict::Accepted, Some(_)) => {
                let named = declined.seqs.iter().map(|seq| self.standing.moved.named(step.was, *seq));
                named.filter(|seq| self.waits(*seq)).collect()
            }
            _ => BTreeSet::new(),
        };
        match (step.seq, step.verdict) {
            // Nothing unsent waits for a manager yet.
            (None, Verdict::Held) => {}
            (seq, verdict) => {
                let place = Place { seq: seq.unwrap_or(u64::MAX), was: step.was, received_at: step.received_at };
                stand(&mut self.standing, place, verdict, step.actor, read);
            }
        }
        if step.verdict == Verdict::Accepted {
            self.show(step);
        }
        for seq in admitted {
            self.admit(seq, step);
        }
        for item in self.items.iter_mut().filter(|item| item.seq.is_some_and(|seq| declined.contains(&seq))) {
            item.state = ItemState::Refused(Some(Code::Declined));
        }
    }

    /// Whether an entry waits to be admitted. In a crowded stream the standing alone could not tell.
    fn waits(&self, seq: u64) -> bool {
        let held = |item: &Item| item.seq == Some(seq) && matches!(item.state, ItemState::Held(_));
        self.standing.held.contains(seq) && self.items.iter().any(held)
    }

    fn admit(&mut self, seq: u64, by: &Step) {
        let Some(held) = self.steps.iter().find(|step| step.seq == Some(seq) && step.verdict == Verdict::Held).cloned()
        else {
            return;
        };
        // An admission that is only saved here has not let anything in yet.
        if by.seq.is_some()
            && let Some(item) = self.items.iter_mut().find(|item| item.seq == Some(seq))
        {
            item.state = ItemState::Accepted;
        }
        // A request that called itself a fact is kept; it never takes effect.
        let is_fact = matches!(
            &held.read,
            Some(Ok(operation)) if operation.payload.class() == Some(Class::Fact)
        );
        if is_fact {
            self.show(&held);
        }
    }

    /// Brings what a person sees up to date with an accepted operation.
    fn show(&mut self, step: &Step) {
        let Some(Ok(operation)) = &step.read else {
            return;
        };
        let source = Source {
            id: operation.id,
            by: step.actor,
            captured_at: operation.captured_at,
            received_at: step.received_at,
        };
        match &operation.payload {
            Payload::ChildRegistered(registration) => {
                self.began.get_or_insert(source);
                self.child = Some(Attributed { what: registration.clone(), source });
            }
            Payload::StaffAssigned(assigned) => {
                self.allocations.push(Attributed { what: assigned.clone(), source });
            }
            Payload::FamilyRegistered(family) => {
                self.registered_family = Some(Attributed { what: family.clone(), source });
            }
            Payload::ChildInFamily(of) => drop(self.children.insert(of.child)),
            Payload::FamilyOf(of) => self.family = Some(of.family),
            Payload::AddressRecorded(of) => self.address = Some(Attributed { what: of.clone(), source }),
            Payload::PersonRecorded(person) => {
                self.people.insert(person.person, Attributed { what: person.clone(), source });
            }
            Payload::ProfileSet(set) => self.profiles.push(Attributed { what: set.profile.clone(), source }),
            Payload::VoiceAdded(voice) => {
                self.voices.insert(voice.voice, Attributed { what: voice.clone(), source });
            }
            Payload::SetField(set) => self.fields.entry(set.field.clone()).or_default().set(set, source),
            Payload::SettingsSet(set) => self.settings = Some(Attributed { what: set.clone(), source }),
            payload => {
                visit::show(&mut self.visits, payload, source);
                observation::show(&mut self.observations, payload, source);
                contact::show(&mut self.contacts, payload, source);
                audit::show(&mut self.audit, payload, source);
                capture::show(&mut self.captures, &mut self.early, payload, source);
                self.plan.show(payload, source, &self.standing.plan);
                team::show(&mut self.covers, payload, source);
                library::show(&mut self.questions, payload, source);
                let named = |seq| self.standing.moved.named(step.was, seq);
                redaction::show(&mut self.redactions, payload, source, named);
            }
        }
    }
}

fn identity(read: &Result<Operation, Unreadable>) -> Option<OperationId> {
    match read {
        Ok(operation) => Some(operation.id),
        Err(unreadable) => unreadable.id(),
    }
}

#[cfg(test)]
mod tests;
