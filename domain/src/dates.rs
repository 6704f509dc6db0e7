//! Every date of the catalogue, in one table: what it may not be before, what it may not be after, and why.
//!
//! A rule between two entered dates stands in the row of each, so that whichever is entered or corrected last is checked
//! against the other; a field in conflict is checked against each of its values. [`problems`] is asked by
//! [`judge`](crate::judge()) and by forms: both ends say the same, and a form can tell which rule it is and what the other
//! date is.
//!
//! A broken rule refuses a request, or asks for a reason that goes with it. A fact is taken whatever its date: the code is
//! stored with its entry, as a flag.
//!
//! † marks a bound without published source.

pub mod standing;
mod table;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::calendar::in_england;
use crate::code::Code;
use crate::id::{ActionId, CoverId, VisitId};
use crate::payload::Payload;
use crate::payload::child::Birth;
use crate::payload::plan::{Field, Step};
use crate::standing::Standing;

pub use table::{ROWS, Row};

/// The furthest ahead that a visit, an attempt or an action may be planned, in days†: catches a wrong year.
pub const FURTHEST_PLANNED_DAYS: i32 = 366;
/// A visit that began longer ago than this, in days†, is flagged: what is entered late is entered within the year.
pub const FURTHEST_BACK_DAYS: i32 = 366;
/// So long before its birth a child can be referred, in days (children in need census rule 8606: 40 weeks).
pub const PREGNANCY_DAYS: i32 = 280;
/// So long after the expected day a child may still be unborn in the record, in days (census rule 8530Q).
pub const OVERDUE_DAYS: i32 = 30;
/// Nobody older is a child in need: an EHC plan ends by 25 (Children and Families Act 2014, section 46), and a year†.
pub const OLDEST_CHILD_YEARS: i16 = 26;
/// Section 17 of the Children Act 1989 came into force on this day (SI 1991/828): there are no earlier referrals under it.
pub const CHILDREN_ACT: Date = jiff::civil::date(1991, 10, 14);
/// So long an operation may wait on a tablet without signal, in days†: what lay ahead when it was written is not past when
/// it arrives.
pub const UNSENT_DAYS: i32 = 14;

/// A date of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateName {
    /// The child's date of birth.
    Birth,
    /// The day on which an unborn child is expected.
    ExpectedBirth,
    /// The day of a planned visit.
    VisitPlanned,
    /// The day on which a visit began.
    VisitStarted,
    /// The day on which views will be asked for again.
    NextAttempt,
    /// The day on which the referral was received.
    ReferralReceived,
    /// The day on which the assessment started.
    AssessmentStarted,
    /// The day by which an action is due.
    ActionDue,
    /// The day on which an action was agreed, done, or not.
    ActionOutcome,
    /// The first day on which somebody stands in.
    CoverFrom,
    /// The last day on which somebody stands in.
    CoverUntil,
    /// The day on which somebody was in touch.
    Contact,
    /// The day by which something that an audit asks for is due.
    AuditActionDue,
}

/// What a date is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    /// Today, in England.
    Today,
    /// The day on which the operation was written: today, or earlier where it waited on a tablet. See [`written_on`].
    Written,
    /// So many days from today on.
    DaysAhead(i32),
    /// So many days before today.
    DaysBack(i32),
    /// So many years before today.
    YearsBack(i16),
    /// A day of the calendar.
    Day(Date),
    /// Every value in force of another entered date, so many days later.
    Entered(DateName, i32),
    /// The day on which the action was first written.
    ActionWritten,
    /// The day on which the action was agreed.
    ActionAgreed,
    /// The first day of the same cover.
    CoverBegins,
}

/// On which side of the other a date may not lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// It may not be earlier.
    NotBefore(Other),
    /// It may not be later.
    NotAfter(Other),
}

impl Bound {
    /// What the date is held against.
    pub fn other(self) -> Other {
        match self {
            Bound::NotBefore(other) | Bound::NotAfter(other) => other,
        }
    }

    fn is_broken(self, on: Date, other: Date) -> bool {
        match self {
            Bound::NotBefore(_) => on < other,
            Bound::NotAfter(_) => on > other,
        }
    }
}

/// What breaking a rule leads to, in a request. A fact is flagged by either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breaking {
    /// It is refused.
    Refuses,
    /// It is refused unless a reason goes with it.
    AsksReason,
}

/// For whom a rule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// For every child.
    Always,
    /// Not for a child that was registered before its birth: work with an unborn child is lawful.
    UnlessExpected,
    /// Where the date changes: what stands already may pass.
    WhereItChanges,
}

/// One cell of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What it may not be before, or after.
    pub bound: Bound,
    /// For whom.
    pub holds: Holds,
    /// What breaking it leads to.
    pub breaking: Breaking,
    /// Its stable name.
    pub code: Code,
    /// Where it comes from.
    pub source: &'static str,
}

/// A date that an operation carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// Which.
    pub date: DateName,
    /// The day.
    pub on: Date,
    /// The action or the visit that it belongs to.
    pub of: Of,
}

/// What a date belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The child.
    Child,
    /// One visit.
    Visit(VisitId),
    /// One action, of which this became.
    Action(ActionId),
    /// One cover, with its first day.
    Cover(CoverId, Date),
}

/// A rule that a date breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateProblem {
    /// Which date.
    pub date: DateName,
    /// The day it has.
    pub on: Date,
    /// Which rule.
    pub rule: &'static Rule,
    /// The day it is held against.
    pub other: Date,
}

/// When an operation was written, and when it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The day on which it was written, as far as that is believed.
    pub written: Date,
    /// Today, in England.
    pub today: Date,
}

impl Days {
    /// Something written now.
    pub fn now(today: Date) -> Days {
        Days { written: today, today }
    }
}

/// The day on which something was written. The device's clock is evidence only: it is believed as far as the operation may
/// have waited on the tablet ([`UNSENT_DAYS`]), and never beyond the server's.
pub fn written_on(captured_at: Timestamp, received_on: Date) -> Date {
    let earliest = received_on.saturating_sub(UNSENT_DAYS.days());
    in_england(captured_at).date().clamp(earliest, received_on)
}

/// Every date that an operation carries and a person enters. One that cannot be read is none: [`judge`](crate::judge())
/// turns it away.
pub fn of(payload: &Payload) -> Vec<Dated> {
    let one = |date, on, of| vec![Dated { date, on, of }];
    match payload {
        Payload::ChildRegistered(registration) => match registration.birth {
            Birth::Born(on) => one(DateName::Birth, on, Of::Child),
            Birth::Expected(on) => one(DateName::ExpectedBirth, on, Of::Child),
        },
        Payload::VisitPlanned(planned) => one(DateName::VisitPlanned, planned.on, Of::Visit(planned.visit)),
        Payload::VisitStarted(started) => one(DateName::VisitStarted, started.on, Of::Visit(started.visit)),
        Payload::NotGathered(not) => one(DateName::NextAttempt, not.next, Of::Visit(not.visit)),
        Payload::SetField(set) => match (name_of(&set.field), set.value.parse()) {
            (Some(date), Ok(on)) => one(date, on, Of::Child),
            _ => Vec::new(),
        },
        Payload::ActionAdded(added) => match &added.step {
            Step::WeWillAsk { due, .. } => one(DateName::ActionDue, *due, Of::Action(added.action)),
            Step::NoAction => Vec::new(),
        },
        Payload::ActionOutcome(outcome) => one(DateName::ActionOutcome, outcome.on, Of::Action(outcome.action)),
        Payload::CoverArranged(arranged) => {
            let of = Of::Cover(arranged.cover, arranged.from);
            let dated = |date, on| Dated { date, on, of };
            vec![dated(DateName::CoverFrom, arranged.from), dated(DateName::CoverUntil, arranged.until)]
        }
        Payload::AuditWritten(audit) => {
            let dated = |due| Dated { date: DateName::AuditActionDue, on: due, of: Of::Child };
            audit.actions.iter().map(|action| dated(action.due)).collect()
        }
        Payload::ContactWritten(contact) => one(DateName::Contact, contact.on, Of::Child),
        Payload::ConcernWritten(concern) => one(DateName::Contact, concern.contact.on, Of::Child),
        // A kind with a date is named above; its sample is held against this by a test.
        Payload::PersonRecorded(_)
        | Payload::FamilyRegistered(_)
        | Payload::ChildInFamily(_)
        | Payload::FamilyOf(_)
        | Payload::AddressRecorded(_)
        | Payload::ProfileSet(_)
        | Payload::StaffAssigned(_)
        | Payload::Assented(_)
        | Payload::VisitCancelled(_)
        | Payload::VisitEnded(_)
        | Payload::VoiceAdded(_)
        | Payload::CaseNoteCopied(_)
        | Payload::PaperMade(_)
        | Payload::CaptureStarted(_)
        | Payload::Presented(_)
        | Payload::Answered(_)
        | Payload::Moved(_)
        | Payload::TakenBack(_)
        | Payload::LineDrawn(_)
        | Payload::LineTakenBack(_)
        | Payload::WordsTyped(_)
        | Payload::Escaped(_)
        | Payload::Paused(_)
        | Payload::Reviewed(_)
        | Payload::SharingChosen(_)
        | Payload::CaptureEnded(_)
        | Payload::ChangeWanted(_)
        | Payload::HowGiven(_)
        | Payload::InterpretationAdded(_)
        | Payload::HarmLookedAt(_)
        | Payload::HarmSeen(_)
        | Payload::ContactSeen(_)
        | Payload::ConcernSeen(_)
        | Payload::AuditSeen(_)
        | Payload::AuditActionDone(_)
        | Payload::ObservationStarted(_)
        | Payload::ObservationMarked(_)
        | Payload::MarkTakenBack(_)
        | Payload::ObservationRead(_)
        | Payload::PlanSubmitted(_)
        | Payload::PlanDecided(_)
        | Payload::CoverEnded(_)
        | Payload::QuestionWritten(_)
        | Payload::QuestionDecided(_)
        | Payload::QuestionPutAway(_)
        | Payload::SettingsSet(_)
        | Payload::Admit(_)
        | Payload::Declined(_)
        | Payload::RedactionProposed(_)
        | Payload::RedactionDeclined(_)
        | Payload::Redacted(_)
        | Payload::DuplicateOf(_)
        | Payload::NotDuplicateOf(_)
        | Payload::Unknown { .. } => Vec::new(),
    }
}

/// The date that a field holds.
pub fn name_of(field: &Field) -> Option<DateName> {
    match field {
        Field::ReferralReceived => Some(DateName::ReferralReceived),
        Field::AssessmentStarted => Some(DateName::AssessmentStarted),
        _ => None,
    }
}

/// The rules that the dates of an operation break, in the order of the table.
pub fn problems(standing: &Standing, payload: &Payload, days: Days) -> Vec<DateProblem> {
    of(payload).into_iter().flat_map(|dated| problems_of(standing, dated, days)).collect()
}

/// The rules that one date breaks, in the order of the table: what a form asks before it saves.
pub fn problems_of(standing: &Standing, dated: Dated, days: Days) -> Vec<DateProblem> {
    let rules = ROWS.iter().filter(|row| row.date == dated.date).flat_map(|row| row.rules);
    let broken = rules.filter_map(|rule| {
        let holds = match rule.holds {
            Holds::Always => true,
            Holds::UnlessExpected => standing.child.as_ref().is_none_or(|child| child.expected.is_none()),
            Holds::WhereItChanges => standing.stands_already(dated) != Some(dated.on),
        };
        let others = if holds { days_of(standing, dated.of, rule.bound.other(), days) } else { Vec::new() };
        let other = others.into_iter().find(|other| rule.bound.is_broken(dated.on, *other))?;
        Some(DateProblem { date: dated.date, on: dated.on, rule, other })
    });
    broken.collect()
}

/// Every day that another stands for.
fn days_of(standing: &Standing, of: Of, other: Other, days: Days) -> Vec<Date> {
    let today = days.today;
    let action = match of {
        Of::Action(action) => standing.dates.actions.get(&action),
        Of::Child | Of::Visit(_) | Of::Cover(..) => None,
    };
    let begins = match of {
        Of::Cover(_, from) => Some(from),
        _ => None,
    };
    match other {
        Other::Today => vec![today],
        Other::Written => vec![days.written],
        Other::DaysAhead(count) => vec![today.saturating_add(count.days())],
        Other::DaysBack(count) => vec![today.saturating_sub(count.days())],
        Other::YearsBack(count) => vec![today.saturating_sub(count.years())],
        Other::Day(day) => vec![day],
        Other::Entered(date, later) => {
            standing.entered(date).into_iter().map(|day| day.saturating_add(later.days())).collect()
        }
        Other::ActionWritten => action.map(|action| action.written).into_iter().collect(),
        Other::ActionAgreed => action.and_then(|action| action.agreed).into_iter().collect(),
        Other::CoverBegins => begins.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests;
