//! What to make of an operation: the same answer on the tablet, before it is saved, and on the server, for good.
//!
//! Facts are accepted or held, never refused: a child's words cannot be turned away. Requests are accepted or refused.
//! Only [`Standing`] is looked at, never the record, so the cost does not grow.

mod library;

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::class::Class;
use crate::code::Code;
use crate::dates::{Breaking, DateProblem, Days, problems, written_on};
use crate::entry::Verdict;
use crate::id::{CoverId, StreamId, StreamKind, TeamId};
use crate::operation::{Operation, Unreadable};
use crate::payload::Payload;
use crate::payload::audit::{AuditQuestion, AuditWritten};
use crate::payload::child::StaffAssigned;
use crate::payload::plan::{ActionAdded, ActionOutcome, FieldKind, Outcome, PlanDecided, SetField, Step};
use crate::payload::team::CoverArranged;
use crate::permission::{Access, Action, Actor, Permission, Relation, Role, StandsIn, may};
use crate::standing::{ActionState, Cover, Standing};
use crate::text;

/// So many people are allocated to one child at most: all whom a change concerns are told of it in one transaction of the
/// store, which holds a hundred changes. Nobody's team comes near it.
const MOST_ASSIGNED: usize = 40;

/// So many proposals to destroy words wait at most: a standing stays small.
const MOST_PROPOSED: usize = 40;

/// What is known around the operation. There is no clock in here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context<'a> {
    /// Who does it.
    pub actor: Actor,
    /// When it arrived, by the server's clock; on the tablet, by its best knowledge of that clock.
    pub received_at: Timestamp,
    /// The same moment's day in England.
    pub today: Date,
    /// Everybody who works for the council; needed where somebody is allocated, stands in, or is to do what an audit asks for,
    /// and empty elsewhere.
    pub colleagues: &'a [Actor],
    /// For whom the actor stands in today.
    pub stands_in: &'a [StandsIn],
    /// The record that an audit is about, with its team; needed where one is written, and none elsewhere.
    pub audited: Option<(StreamId, TeamId)>,
}

impl Context<'_> {
    fn relation(&self, access: &Access) -> Relation {
        Relation::of(self.actor, access, self.stands_in)
    }
}

/// What was made of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Accepted, held or refused.
    pub verdict: Verdict,
    /// Why; on an accepted fact, a flag for people to look at.
    pub code: Option<Code>,
}

impl Judgement {
    #[cfg(test)]
    const ACCEPTED: Judgement = Judgement { verdict: Verdict::Accepted, code: None };

    #[cfg(test)]
    fn flagged(code: Code) -> Judgement {
        Judgement { verdict: Verdict::Accepted, code: Some(code) }
    }

    /// A fact is held for a reason for which a request is refused.
    fn against(class: Class, code: Code) -> Judgement {
        let verdict = match class {
            Class::Fact => Verdict::Held,
            Class::Request => Verdict::Refused,
        };
        Judgement { verdict, code: Some(code) }
    }
}

/// Judges one operation that arrived for `stream`.
pub fn judge(
    standing: &Standing,
    stream: StreamId,
    read: &Result<Operation, Unreadable>,
    context: &Context<'_>,
) -> Judgement {
    let operation = match read {
        Ok(operation) => operation,
        Err(Unreadable::Envelope) => return Judgement::against(Class::Fact, Code::Unreadable),
        Err(Unreadable::Data { class, .. }) => return Judgement::against(*class, Code::Unreadable),
    };
    let mislabelled =
        operation.stream != stream || operation.payload.class().is_some_and(|class| class != operation.class);
    if mislabelled {
        return Judgement::against(operation.class, Code::Mislabelled);
    }
    if !operation.payload.belongs_in(stream.kind) {
        return Judgement::against(operation.class, Code::WrongRecord);
    }
    match operation.class {
        Class::Fact => judge_fact(standing, operation, context),
        Class::Request => match judge_request(standing, operation, context) {
            Ok(flag) => Judgement { verdict: Verdict::Accepted, code: flag },
            Err(code) => Judgement::against(Class::Request, code),
        },
    }
}

fn judge_fact(standing: &Standing, operation: &Operation, context: &Context<'_>) -> Judgement {
    let held = |code| Judgement::against(Class::Fact, code);
    if let Payload::ChildRegistered(registration) = &operation.payload {
        return match judge_registration(standing, registration.team, context) {
            Ok(()) => flagged(standing, operation, context),
            Err(code) => held(code),
        };
    }
    if let Payload::FamilyRegistered(registration) = &operation.payload {
        return match judge_registration(standing, registration.team, context) {
            Ok(()) if registration.staff.len() > MOST_ASSIGNED => held(Code::TooManyAssigned),
            Ok(()) => flagged(standing, operation, context),
            Err(code) => held(code),
        };
    }
    let contact = operation.payload.contact();
    let is_about_unknown = contact.is_some_and(|contact| contact.about.is_some());
    // A contact is in the child's record, or is a record of its own where there is none.
    if is_about_unknown != (operation.stream.kind == StreamKind::Contact) {
        return held(Code::WrongRecord);
    }
    if !standing.is_registered() && !is_about_unknown {
        return held(Code::NotRegistered);
    }
    match may(context.relation(&standing.access), Action::WriteFacts) {
        Permission::Yes => {}
        Permission::ContactsAndConcernsElseHeld if contact.is_some() => {}
        _ => return held(Code::NotAssigned),
    }
    flagged(standing, operation, context)
}

/// A fact counts, with what people should look at.
fn flagged(standing: &Standing, operation: &Operation, context: &Context<'_>) -> Judgement {
    let date = problems(standing, &operation.payload, days(operation, context)).into_iter().next();
    let code = date.map(|problem| problem.rule.code.clone()).or_else(|| text::problem(&operation.payload));
    Judgement { verdict: Verdict::Accepted, code }
}

fn days(operation: &Operation, context: &Context<'_>) -> Days {
    Days { written: written_on(operation.captured_at, context.today), today: context.today }
}

/// A child or a family may be registered offline: by a worker or a manager, to their own team.
fn judge_registration(standing: &Standing, to: TeamId, context: &Context<'_>) -> Result<(), Code> {
    let may_write = may(context.relation(&standing.access), Action::WriteFacts);
    let corrects = match (standing.is_registered(), may_write) {
        (true, Permission::Yes) => true,
        (true, _) => return Err(Code::AlreadyRegistered),
        (false, _) => false,
    };
    if !context.actor.role.registers() {
        return Err(Code::NotAllowed);
    }
    let team = if corrects { standing.access.team } else { Some(context.actor.team) };
    if team == Some(to) { Ok(()) } else { Err(Code::NotYourTeam) }
}

/// A request counts, perhaps with a flag, or is refused.
fn judge_request(standing: &Standing, operation: &Operation, context: &Context<'_>) -> Result<Option<Code>, Code> {
    let payload = &operation.payload;
    if let Payload::Unknown { .. } = payload {
        return Err(Code::UnknownKind);
    }
    let action = match payload {
        Payload::StaffAssigned(_) | Payload::CoverArranged(_) | Payload::CoverEnded(_) => Action::Allocate,
        Payload::PlanSubmitted(_) => Action::Submit,
        Payload::PlanDecided(_)
        | Payload::HarmSeen(_)
        | Payload::ConcernSeen(_)
        | Payload::Admit(_)
        | Payload::Declined(_) => Action::Decide,
        Payload::RedactionProposed(_) => Action::ProposeRedaction,
        Payload::RedactionDeclined(of) if standing.redactions.get(&of.seq) == Some(&context.actor.staff) => {
            Action::ProposeRedaction
        }
        Payload::RedactionDeclined(_) | Payload::Redacted(_) => Action::Redact,
        Payload::QuestionWritten(_) | Payload::QuestionDecided(_) | Payload::QuestionPutAway(_) => {
            library::action(payload, operation.stream.kind)
        }
        Payload::SettingsSet(_) => Action::Configure,
        Payload::AuditWritten(_) => Action::Audit,
        Payload::AuditSeen(_) => Action::AnswerAudit,
        Payload::AuditActionDone(_) => Action::ActOnAudit,
        // Whoever may write in the record may say whose it is, and reads what came in the night.
        Payload::DuplicateOf(_) | Payload::NotDuplicateOf(_) | Payload::ContactSeen(_) => Action::WriteFacts,
        _ => Action::Edit,
    };
    let access = standing.access.to_stream(operation.stream, context.actor);
    match may(context.relation(&access), action) {
        Permission::Yes | Permission::NeverOwnWork => {}
        Permission::Propose if matches!(payload, Payload::QuestionWritten(_)) => {}
        _ => return Err(Code::NotAllowed),
    }
    match payload {
        Payload::StaffAssigned(assigned) if assigned.staff.is_empty() => Err(Code::NobodyAssigned),
        Payload::StaffAssigned(assigned) if assigned.staff.len() > MOST_ASSIGNED => Err(Code::TooManyAssigned),
        Payload::StaffAssigned(assigned) => judge_allocation(standing, assigned, context),
        Payload::CoverArranged(arranged) => judge_cover(standing, operation.stream, arranged, context),
        Payload::CoverEnded(ended) if !standing.covers.contains_key(&ended.cover) => Err(Code::UnknownCover),
        Payload::VisitCancelled(cancelled) if !standing.planned.contains_key(&cancelled.visit) => {
            Err(Code::UnknownVisit)
        }
        Payload::DuplicateOf(of) if of.stream == operation.stream || of.stream.kind != StreamKind::Child => {
            Err(Code::WrongRecord)
        }
        Payload::NotDuplicateOf(of) if standing.duplicate_of != Some(of.stream) => Err(Code::NotADuplicate),
        Payload::QuestionWritten(written) => library::written(standing, written),
        Payload::QuestionDecided(decided) => library::decided(standing, decided, context.actor),
        Payload::QuestionPutAway(away) if !standing.questions.contains_key(&away.question) => {
            Err(Code::UnknownQuestion)
        }
        Payload::SettingsSet(set) if standing.settings.checked_add(1) != Some(set.version) => Err(Code::StaleVersion),
        Payload::SettingsSet(set) if !set.is_sound() => Err(Code::SettingOutOfRange),
        Payload::AuditWritten(written) => judge_audit(standing, written, context),
        Payload::AuditActionDone(done) if !standing.audit_open.contains(&done.action) => Err(Code::UnknownAction),
        Payload::SetField(set) => judge_field(set),
        Payload::ActionAdded(added) => judge_action(added),
        Payload::ActionOutcome(outcome) => judge_outcome(standing, outcome),
        Payload::PlanSubmitted(submitted) => judge_submission(standing, submitted.version),
        Payload::PlanDecided(decided) => judge_decision(standing, decided, context),
        Payload::Admit(admit) => judge_held(standing, &admit.seqs, context),
        Payload::Declined(declined) => judge_held(standing, &declined.seqs, context),
        Payload::RedactionProposed(proposed) => judge_proposal(standing, proposed.seq),
        Payload::RedactionDeclined(of) if !standing.redactions.contains_key(&of.seq) => Err(Code::NotProposed),
        Payload::Redacted(redacted) => judge_redaction(standing, redacted.seq, context),
        _ => Ok(()),
    }?;
    if let Some(code) = text::problem(payload) {
        return Err(code);
    }
    judge_dates(standing, operation, context)
}

/// A date that breaks a rule refuses what it stands in; where the rule asks for a reason and one is given, it is a flag.
fn judge_dates(standing: &Standing, operation: &Operation, context: &Context<'_>) -> Result<Option<Code>, Code> {
    let problems = problems(standing, &operation.payload, days(operation, context));
    let has_reason = matches!(
        &operation.payload,
        Payload::SetField(set) if set.reason.as_deref().is_some_and(text::is_visible)
    );
    let refuses = |problem: &&DateProblem| problem.rule.breaking == Breaking::Refuses || !has_reason;
    if let Some(problem) = problems.iter().find(refuses) {
        return Err(problem.rule.code.clone());
    }
    Ok(problems.into_iter().next().map(|problem| problem.rule.code.clone()))
}

/// Workers who are there are allocated; of another team, only where that is said.
fn judge_allocation(standing: &Standing, assigned: &StaffAssigned, context: &Context<'_>) -> Result<(), Code> {
    assigned.staff.iter().try_for_each(|staff| {
        let colleague = context.colleagues.iter().find(|colleague| colleague.staff == *staff);
        match colleague {
            Some(colleague) if colleague.role != Role::Worker => Err(Code::UnknownStaff),
            Some(colleague) if Some(colleague.team) == standing.access.team => Ok(()),
            Some(_) if assigned.joint.contains(staff) => Ok(()),
            Some(_) => Err(Code::JointWorkNotSaid),
            None => Err(Code::UnknownStaff),
        }
    })
}

/// Somebody of the team is away, and somebody else with the same work stands in.
fn judge_cover(
    standing: &Standing,
    stream: StreamId,
    arranged: &CoverArranged,
    context: &Context<'_>,
) -> Result<(), Code> {
    let colleague = |staff| context.colleagues.iter().find(|colleague| colleague.staff == staff);
    let (Some(away), Some(by)) = (colleague(arranged.away), colleague(arranged.by)) else {
        return Err(Code::UnknownStaff);
    };
    let of_the_same_work = away.role == arranged.role && by.role == arranged.role;
    let is_other = |(id, cover): &(&CoverId, &Cover)| **id != arranged.cover && cover.until >= context.today;
    let others = standing.covers.iter().filter(is_other).count();
    match arranged.role {
        Role::Worker | Role::Manager if !of_the_same_work || stream.of_team() != Some(away.team) => {
            Err(Code::UnknownStaff)
        }
        Role::Worker | Role::Manager if away.staff == by.staff => Err(Code::CoverOfSelf),
        Role::Worker | Role::Manager if others >= MOST_ASSIGNED => Err(Code::TooManyAssigned),
        Role::Worker | Role::Manager => Ok(()),
        Role::Duty | Role::Auditor | Role::Administrator => Err(Code::UnknownStaff),
    }
}

/// Only what waits is let in or turned away, and never by its author.
fn judge_held(standing: &Standing, seqs: &[u64], context: &Context<'_>) -> Result<(), Code> {
    seqs.iter().try_for_each(|seq| match standing.held.authors(*seq) {
        None => Err(Code::NotHeld),
        Some(authors) if authors.contains(&context.actor.staff) => Err(Code::OwnWork),
        Some(_) => Ok(()),
    })
}

fn judge_proposal(standing: &Standing, seq: u64) -> Result<(), Code> {
    match standing.redactions.len() {
        _ if seq == 0 => Err(Code::UnknownEntry),
        _ if standing.redactions.contains_key(&seq) => Err(Code::AlreadyProposed),
        MOST_PROPOSED.. => Err(Code::TooManyProposed),
        _ => Ok(()),
    }
}

/// Two people destroy words, and neither their own: whose they are, the log tells. See `sequence` in `functions`.
fn judge_redaction(standing: &Standing, seq: u64, context: &Context<'_>) -> Result<(), Code> {
    match standing.redactions.get(&seq) {
        None => Err(Code::NotProposed),
        Some(by) if *by == context.actor.staff => Err(Code::OwnWork),
        Some(_) => Ok(()),
    }
}

/// An audit is written once, about a child's record, with every question of the template answered; what it asks for is for
/// people of the team.
fn judge_audit(standing: &Standing, written: &AuditWritten, context: &Context<'_>) -> Result<(), Code> {
    let is_of_team = |owner| {
        let of_team = |one: &&Actor| one.team == written.team && matches!(one.role, Role::Worker | Role::Manager);
        context.colleagues.iter().filter(of_team).any(|one| one.staff == owner)
    };
    match standing.access.team {
        Some(_) => Err(Code::WrongState),
        None if context.audited != Some((written.child, written.team)) => Err(Code::WrongRecord),
        None if written.actions.len() >= MOST_ASSIGNED => Err(Code::TooManyAssigned),
        None if !AuditQuestion::ALL.iter().all(|question| written.findings.contains_key(question)) => {
            Err(Code::WordsRequired)
        }
        None if !written.actions.iter().all(|action| is_of_team(action.owner)) => Err(Code::UnknownStaff),
        None if written.actions.iter().map(|action| action.action).collect::<BTreeSet<_>>().len()
            < written.actions.len() =>
        {
            Err(Code::Mislabelled)
        }
        None => Ok(()),
    }
}

fn judge_field(set: &SetField) -> Result<(), Code> {
    if set.field.kind() != FieldKind::Date {
        return Ok(());
    }
    let day: Date = set.value.parse().map_err(|_| Code::NotADate)?;
    // One spelling only: `20261126` or a date with a time would read as a date here and not on a screen.
    if day.to_string() == set.value { Ok(()) } else { Err(Code::NotADate) }
}

fn judge_action(added: &ActionAdded) -> Result<(), Code> {
    let says_why = added.differs.as_deref().is_some_and(text::is_visible);
    match &added.step {
        Step::NoAction if !says_why => Err(Code::ReasonRequired),
        _ if added.answers.is_empty() && !says_why => Err(Code::NoViewAndNoReason),
        Step::WeWillAsk { .. } | Step::NoAction => Ok(()),
    }
}

fn judge_outcome(standing: &Standing, outcome: &ActionOutcome) -> Result<(), Code> {
    let state = standing.actions.get(&outcome.action).ok_or(Code::UnknownAction)?;
    match (&outcome.outcome, state) {
        (Outcome::Agreed | Outcome::NotAgreed { .. }, ActionState::Asked) => Ok(()),
        (Outcome::Done | Outcome::NotDone { .. }, ActionState::Agreed) => Ok(()),
        _ => Err(Code::WrongState),
    }
}

fn judge_submission(standing: &Standing, version: u32) -> Result<(), Code> {
    if standing.plan_in_conflict() {
        return Err(Code::ConflictOpen);
    }
    match standing.plan.next_submission() {
        None => Err(Code::WrongState),
        Some(next) if next != version => Err(Code::StaleVersion),
        Some(_) if !standing.plan.has_content => Err(Code::NothingToDecide),
        Some(_) => Ok(()),
    }
}

fn judge_decision(standing: &Standing, decided: &PlanDecided, context: &Context<'_>) -> Result<(), Code> {
    use crate::standing::plan::PlanState;
    let plan = &standing.plan;
    if decided.version != plan.version {
        return Err(Code::StaleVersion);
    }
    if plan.state != PlanState::Submitted {
        return Err(Code::WrongState);
    }
    if plan.authors.contains(&context.actor.staff) {
        return Err(Code::OwnWork);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
