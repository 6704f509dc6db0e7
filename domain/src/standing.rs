//! The small, bounded part of a record that decisions depend on.
//!
//! Everything here is either about the present (access, the plan's version) or open (planned visits, open actions,
//! held facts): what is closed leaves, so that a judgement costs the same on day one and in year five.

pub mod held;
pub mod moved;
pub mod plan;
pub mod practice;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::in_england;
use crate::dates::standing::Dates;
use crate::dates::written_on;
use crate::doubles::Looked;
use crate::entry::{Verdict, Was};
use crate::id::{ActionId, AuditActionId, CoverId, OperationId, QuestionId, StaffId, StreamId, TeamId, VisitId};
use crate::operation::{Operation, Unreadable};
use crate::payload::child::{Birth, ChildRegistered, Name};
use crate::payload::family::FamilyRegistered;
use crate::payload::plan::{DecisionOutcome, Field, FieldKind, Outcome, SetField, Step};
use crate::payload::team::CoverArranged;
use crate::payload::visit::Lane;
use crate::payload::{Payload, contact, keeping};
use crate::permission::{Access, Actor, Role, StandsIn};
use crate::text;
use held::{Held, HeldFact};
use moved::Moved;
use plan::PlanStanding;
use practice::Aspect;

/// The version of the rules by which a standing follows from a log. It rises with every change after which some log has
/// another standing than before: what is stored under another version is then made anew from the log.
pub const FOLD: u32 = 6;

/// What decisions about one stream depend on. Stored beside its head.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Who is responsible.
    pub access: Access,
    /// The child, once registered.
    pub child: Option<ChildStanding>,
    /// The family's name, in a family's stream.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// The other record of the same child, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<StreamId>,
    /// Visits planned and not begun.
    pub planned: BTreeMap<VisitId, Date>,
    /// Where the plan stands.
    pub plan: PlanStanding,
    /// Actions that are still open, and whether they were agreed.
    pub actions: BTreeMap<ActionId, ActionState>,
    /// Fields in force.
    pub fields: BTreeMap<Field, FieldStanding>,
    /// Facts that wait for a manager.
    pub held: Held,
    /// Entries whose words somebody proposed to destroy, and who did.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub redactions: BTreeMap<u64, StaffId>,
    /// Dates in force that rules need.
    #[serde(default, skip_serializing_if = "Dates::nothing")]
    pub dates: Dates,
    /// In a team's stream: who stands in for whom, now and later.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub covers: BTreeMap<CoverId, Cover>,
    /// Questions that are asked or proposed here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub questions: BTreeMap<QuestionId, QuestionStanding>,
    /// In the council's stream: which version of its settings is in force.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub settings: u32,
    /// What of good practice the record has.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub has: BTreeSet<Aspect>,
    /// In an audit: what is still to be done.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub audit_open: BTreeSet<AuditActionId>,
    /// Where entries went that a restore gave another place.
    #[serde(default, skip_serializing_if = "Moved::is_empty")]
    pub moved: Moved,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_nothing(version: &u32) -> bool {
    *version == 0
}

/// What lists and rules need of the child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildStanding {
    /// The name.
    pub name: Name,
    /// Born or expected.
    pub birth: Birth,
    /// The council's own case number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_number: Option<String>,
    /// The day on which the child was expected, where it was registered before its birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Date>,
}

impl ChildStanding {
    /// What a search for doubles compares.
    pub fn looked(&self) -> Looked<'_> {
        Looked { name: &self.name, birth: self.birth, case_number: self.case_number.as_deref() }
    }
}

/// How far an open action has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionState {
    /// "We will ask".
    Asked,
    /// Agreed, and so promised.
    Agreed,
    /// Nothing is to be done, for a reason.
    NoAction,
}

/// The operations whose value a field has: more than one is a conflict that waits for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldStanding {
    /// In order; the last one is the one to replace.
    pub set_by: Vec<OperationId>,
    /// The dates in force, for a date field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<Date>,
}

impl FieldStanding {
    /// Two values wait for a person to choose.
    pub fn in_conflict(&self) -> bool {
        self.set_by.len() > 1
    }

    /// The date; none while it is in conflict.
    pub fn date(&self) -> Option<Date> {
        match self.dates.as_slice() {
            [one] if !self.in_conflict() => Some(*one),
            _ => None,
        }
    }

    /// Whether a new value that replaces `replaces` settles all that is here. Having seen the last value means
    /// having seen those before it, for the log has one order.
    pub fn is_settled_by(&self, replaces: Option<OperationId>) -> bool {
        self.set_by.last().copied() == replaces
    }
}

/// Somebody stands in for somebody of the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// Who is away.
    pub away: StaffId,
    /// Who stands in.
    pub by: StaffId,
    /// What both are.
    pub role: Role,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

impl Cover {
    /// Whether it counts on this day.
    pub fn is_on(&self, day: Date) -> bool {
        (self.from..=self.until).contains(&day)
    }

    /// For whom this member of staff stands in on this day, by this cover of a team. Whoever has another role by now
    /// stands in for nobody.
    pub fn stands_in(&self, team: TeamId, by: Actor, day: Date) -> Option<StandsIn> {
        let counts = self.by == by.staff && self.role == by.role && self.is_on(day);
        counts.then_some(StandsIn { team, away: self.away, role: self.role })
    }
}

/// How far a question has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionStanding {
    /// Its last version.
    pub version: u32,
    /// Who wrote that.
    pub by: StaffId,
    /// Whether somebody decided on it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_decided: bool,
}

/// What a fact does to the standing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Nothing: it concerns the record only.
    None,
    /// The child becomes known.
    Registered(ChildRegistered),
    /// A family becomes known.
    FamilyRegistered(FamilyRegistered),
    /// A visit has begun, on this day.
    Begun(VisitId, Date),
    /// The child was heard, or it is said why not.
    Heard,
    /// The child's view is there, or what was seen in its place.
    Viewed,
    /// A parent's voice is there.
    ParentHeard,
    /// Somebody was in touch about a child of whom there is no record: this team looks into it.
    Unknown(TeamId),
}

impl Effect {
    fn of(payload: &Payload) -> Effect {
        match payload {
            Payload::ChildRegistered(registration) => Effect::Registered(registration.clone()),
            Payload::FamilyRegistered(registration) => Effect::FamilyRegistered(registration.clone()),
            Payload::VisitStarted(started) => Effect::Begun(started.visit, started.on),
            Payload::Answered(_) | Payload::ObservationRead(_) => Effect::Viewed,
            Payload::NotGathered(_) => Effect::Heard,
            Payload::ContactWritten(contact::ContactWritten { about: Some(about), .. })
            | Payload::ConcernWritten(contact::ConcernWritten {
                contact: contact::ContactWritten { about: Some(about), .. },
                ..
            }) => Effect::Unknown(about.team),
            Payload::VoiceAdded(voice) if voice.lane == Lane::Parent => Effect::ParentHeard,
            _ => Effect::None,
        }
    }
}

/// An entry's place in its stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its number.
    pub seq: u64,
    /// Where it stood before a restore.
    pub was: Option<Was>,
    /// The server's clock when it arrived; none while it has not.
    pub received_at: Option<Timestamp>,
}

impl From<u64> for Place {
    fn from(seq: u64) -> Self {
        Place { seq, was: None, received_at: None }
    }
}

/// Brings a standing up to date with the next entry of its stream.
///
/// `actor` is the author. Refused entries change nothing; held ones wait for their [`keeping::Admit`]. An operation that
/// the stream has already, under whatever number, must not come here again: whoever calls this knows.
pub fn stand(
    standing: &mut Standing,
    at: impl Into<Place>,
    verdict: Verdict,
    actor: StaffId,
    read: &Result<Operation, Unreadable>,
) {
    let Place { seq, was, received_at } = at.into();
    let payload = read.as_ref().ok().map(|operation| (operation, &operation.payload));
    match (verdict, payload) {
        (Verdict::Refused, _) | (Verdict::Accepted, None) => {}
        (Verdict::Held, payload) => {
            let effect = payload.map_or(Effect::None, |(_, payload)| Effect::of(payload));
            standing.held.add(seq, actor, effect);
        }
        (Verdict::Accepted, Some((_, Payload::Admit(keeping::Admit { seqs })))) => standing.admit(seqs, was),
        (Verdict::Accepted, Some((_, Payload::Declined(keeping::Declined { seqs, .. })))) => {
            standing.decline(seqs, was);
        }
        (Verdict::Accepted, Some((_, Payload::RedactionProposed(of)))) => {
            let named = standing.moved.named(was, of.seq);
            standing.redactions.insert(named, actor);
        }
        (Verdict::Accepted, Some((_, Payload::RedactionDeclined(keeping::RedactionDeclined { seq, .. }))))
        | (Verdict::Accepted, Some((_, Payload::Redacted(keeping::Redacted { seq })))) => {
            let named = standing.moved.named(was, *seq);
            standing.redactions.remove(&named);
        }
        (Verdict::Accepted, Some((operation, payload))) => {
            let received_on = in_england(received_at.unwrap_or(operation.captured_at)).date();
            // A team's stream is the team's from its first entry on.
            standing.access.team = operation.stream.of_team().or(standing.access.team);
            standing.accept(operation.id, actor, payload, written_on(operation.captured_at, received_on));
        }
    }
}

impl Standing {
    /// Whether whom the stream is about is known.
    pub fn is_registered(&self) -> bool {
        self.child.is_some() || self.family.is_some()
    }

    /// Whether two values of a field of the plan wait for a person.
    pub fn plan_in_conflict(&self) -> bool {
        self.fields.iter().any(|(field, standing)| field.kind() == FieldKind::PlanWords && standing.in_conflict())
    }

    fn accept(&mut self, id: OperationId, actor: StaffId, payload: &Payload, written: Date) {
        match payload {
            Payload::StaffAssigned(assigned) => self.access.assigned.clone_from(&assigned.staff),
            Payload::VisitPlanned(planned) => {
                self.planned.insert(planned.visit, planned.on);
            }
            Payload::CoverArranged(arranged) => {
                let CoverArranged { cover, away, by, role, from, until } = *arranged;
                // What is over concerns no decision any more.
                self.covers.retain(|_, before| before.until >= written);
                self.covers.insert(cover, Cover { away, by, role, from, until });
                self.tell_those_who_stand_in();
            }
            Payload::CoverEnded(ended) => {
                self.covers.remove(&ended.cover);
                self.tell_those_who_stand_in();
            }
            Payload::QuestionWritten(written) => {
                let standing = QuestionStanding { version: written.version, by: actor, is_decided: false };
                self.questions.insert(written.question, standing);
            }
            Payload::QuestionDecided(decided) => {
                if let Some(question) = self.questions.get_mut(&decided.question) {
                    question.is_decided = true;
                }
            }
            Payload::QuestionPutAway(away) => drop(self.questions.remove(&away.question)),
            Payload::SettingsSet(set) => self.settings = set.version,
            Payload::DuplicateOf(of) => self.duplicate_of = Some(of.stream),
            Payload::NotDuplicateOf(_) => self.duplicate_of = None,
            Payload::VisitCancelled(cancelled) => {
                self.planned.remove(&cancelled.visit);
            }
            Payload::SetField(set) => self.set(id, actor, set),
            Payload::ActionAdded(added) => {
                let (state, due) = match added.step {
                    Step::WeWillAsk { due, .. } => (ActionState::Asked, Some(due)),
                    Step::NoAction => (ActionState::NoAction, None),
                };
                self.actions.insert(added.action, state);
                self.dates.act(added.action, written, due);
                self.plan.has_content = true;
                self.plan.edited(actor);
            }
            Payload::ActionOutcome(outcome) => {
                self.dates.became(outcome);
                match outcome.outcome {
                    Outcome::Agreed => self.actions.insert(outcome.action, ActionState::Agreed),
                    Outcome::NotAgreed { .. } | Outcome::Done | Outcome::NotDone { .. } => {
                        self.actions.remove(&outcome.action)
                    }
                };
            }
            Payload::PlanSubmitted(submitted) => self.plan.submitted(submitted.version, actor),
            Payload::PlanDecided(decided) => {
                if decided.outcome == DecisionOutcome::Authorised {
                    self.has.insert(Aspect::Authorised);
                }
                self.plan.decided(decided);
            }
            Payload::ProfileSet(_) => drop(self.has.insert(Aspect::Profile)),
            Payload::AuditWritten(written) => {
                self.access.team = Some(written.team);
                self.access.assigned = written.actions.iter().map(|action| action.owner).chain([actor]).collect();
                self.audit_open = written.actions.iter().map(|action| action.action).collect();
            }
            Payload::AuditActionDone(done) => drop(self.audit_open.remove(&done.action)),
            fact => self.take(actor, &Effect::of(fact)),
        }
    }

    /// Whoever stands in, of whichever team, reads the team's stream.
    fn tell_those_who_stand_in(&mut self) {
        self.access.assigned = self.covers.values().map(|cover| cover.by).collect();
    }

    fn admit(&mut self, seqs: &[u64], was: Option<Was>) {
        let seqs: BTreeSet<u64> = seqs.iter().map(|seq| self.moved.named(was, *seq)).collect();
        for HeldFact { by, effect } in seqs.iter().filter_map(|seq| self.held.remove(*seq)).collect::<Vec<_>>() {
            self.take(by, &effect);
        }
    }

    fn decline(&mut self, seqs: &[u64], was: Option<Was>) {
        let seqs: BTreeSet<u64> = seqs.iter().map(|seq| self.moved.named(was, *seq)).collect();
        seqs.into_iter().for_each(|seq| drop(self.held.remove(seq)));
    }

    fn take(&mut self, actor: StaffId, effect: &Effect) {
        match effect {
            Effect::None => {}
            Effect::Heard => self.plan.has_content = true,
            Effect::Viewed => {
                self.plan.has_content = true;
                self.has.insert(Aspect::View);
            }
            Effect::Unknown(team) => drop(self.access.team.get_or_insert(*team)),
            Effect::ParentHeard => drop(self.has.insert(Aspect::ParentVoice)),
            Effect::Begun(visit, on) => {
                self.planned.remove(visit);
                self.has.insert(Aspect::Visit);
                self.dates.visited(*visit, *on);
            }
            Effect::FamilyRegistered(registration) => {
                if self.family.is_none() {
                    self.access.team = Some(registration.team);
                    self.access.assigned.clone_from(&registration.staff);
                }
                self.family = Some(registration.name.clone());
            }
            Effect::Registered(registration) => {
                if self.child.is_none() {
                    self.access.team = Some(registration.team);
                    if !registration.unallocated {
                        self.access.assigned.insert(actor);
                    }
                }
                let expected = match registration.birth {
                    Birth::Expected(day) => Some(day),
                    Birth::Born(_) => self.child.as_ref().and_then(|child| child.expected),
                };
                let (name, birth) = (registration.name.clone(), registration.birth);
                let case_number = registration.case_number.clone();
                self.child = Some(ChildStanding { name, birth, case_number, expected });
            }
        }
    }

    fn set(&mut self, id: OperationId, actor: StaffId, set: &SetField) {
        self.plan.has_content |= set.field == Field::PlanAnalysis && text::is_visible(&set.value);
        let aspect = match set.field {
            Field::PlanAnalysis => Some(Aspect::Analysis),
            Field::PlanDifference => Some(Aspect::Difference),
            _ => None,
        };
        match aspect {
            Some(aspect) if text::is_visible(&set.value) => drop(self.has.insert(aspect)),
            Some(aspect) => drop(self.has.remove(&aspect)),
            None => {}
        }
        let field =
            self.fields.entry(set.field.clone()).or_insert(FieldStanding { set_by: Vec::new(), dates: Vec::new() });
        if field.set_by.contains(&id) {
            // The same operation again, after a fork: it takes effect once.
            return;
        }
        if field.is_settled_by(set.replaces) {
            field.set_by.clear();
            field.dates.clear();
        }
        field.set_by.push(id);
        if set.field.kind() == FieldKind::Date {
            field.dates.extend(set.value.parse::<Date>());
        }
        if set.field.kind() == FieldKind::PlanWords {
            self.plan.edited(actor);
        }
    }
}

#[cfg(test)]
mod tests;
