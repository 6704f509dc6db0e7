//! What lists need of a record: small, and kept beside it, so that a list opens no record.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::audit::AuditSummary;
use super::capture::Capture;
use super::contact::ToRead;
use super::item::ItemState;
use super::promises::{self, Promise};
use super::recorded::{Recorded, recorded};
use super::visit::Visit;
use super::{Record, Source};
use crate::calendar;
use crate::id::{CoverId, StaffId, StreamId, VisitId};
use crate::payload::Payload;
use crate::payload::child::{Birth, Name};
use crate::payload::plan::{Field, PlanDecided};
use crate::payload::profile::CommunicationProfile;
use crate::payload::visit::{NotGatheredReason, VisitPlanned};
use crate::permission::Access;
use crate::standing::Cover;
use crate::standing::plan::PlanState;

/// The version of the form, and of what is put into it.
pub const VERSION: u32 = 9;
/// So many visits that were made and are finished are in a summary, the last ones†.
const VISITS_MADE: usize = 6;
/// So many lines of what counts are in a summary, the last ones†.
const LINES: usize = 30;

/// A record in short.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Who is responsible.
    pub access: Access,
    /// The child's name; none before registration.
    pub name: Option<Name>,
    /// Born or expected.
    pub birth: Option<Birth>,
    /// The other record of the same child, where there is one.
    pub duplicate_of: Option<StreamId>,
    /// The child's family.
    pub family: Option<StreamId>,
    /// The family's name, in a family's record.
    pub family_name: Option<String>,
    /// In a team's record: who stands in for whom, now and later.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub covers: BTreeMap<CoverId, Cover>,
    /// The day on which the record began.
    pub began_on: Option<Date>,
    /// The council's own case number.
    pub case_number: Option<String>,
    /// How the child communicates.
    pub profile: Option<CommunicationProfile>,
    /// The day on which that was last looked at.
    pub profile_on: Option<Date>,
    /// Visits ahead, visits to finish, and the last that were made.
    pub visits: BTreeMap<VisitId, VisitSummary>,
    /// What was promised or closed since the visit before the last.
    promises: Vec<Promise>,
    /// The referral whose assessment goes on.
    referred: Option<Date>,
    /// Where the plan stands.
    pub plan: PlanState,
    /// The last version that was submitted.
    pub submitted: Option<(u32, Source)>,
    /// The last decision.
    pub decided: Option<(PlanDecided, Source)>,
    /// In how many activities something may be a sign of harm and is open, and since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub harm: Option<(usize, Timestamp)>,
    /// In an audit: what was found, in short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<AuditSummary>,
    /// What came out of hours and somebody still has to read, concerns first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_read: Vec<ToRead>,
    /// How many facts wait for a manager, and since when.
    pub held: Option<(usize, Timestamp)>,
    /// One of them is a concern: whoever wrote it was not on duty any more, or their device was out of use.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub holds_concern: bool,
    /// How many proposals of others to destroy words wait for a second person, and since when.
    pub redactions: Option<(usize, Timestamp)>,
    /// What the reader recorded: all that does not count, and the last of what does.
    pub recorded: Vec<Recorded>,
}

/// A visit in short.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VisitSummary {
    /// As planned.
    pub planned: Option<VisitPlanned>,
    /// It was cancelled.
    pub is_cancelled: bool,
    /// The day on which it began, and who began it.
    pub started: Option<(Date, StaffId)>,
    /// It has ended.
    pub is_ended: bool,
    /// Why views were not gathered, the last time they were not.
    pub not_gathered: Option<NotGatheredReason>,
    /// Something was asked, and how it was given is not written yet.
    pub is_to_write_up: bool,
}

impl Summary {
    /// The summary of a record, for this reader.
    pub fn of(record: &Record, reader: StaffId) -> Summary {
        let held = record.items.iter().filter(|item| matches!(item.state, ItemState::Held(_)));
        let since = held.clone().filter_map(|item| item.received_at).min();
        let visits = visits(record);
        let day = record.field(&Field::ReferralReceived).and_then(|field| field.value.parse::<Date>().ok());
        Summary {
            access: record.standing.access.clone(),
            name: record.child.as_ref().map(|child| child.what.name.clone()),
            birth: record.child.as_ref().map(|child| child.what.birth),
            duplicate_of: record.standing.duplicate_of,
            family: record.family,
            family_name: record.registered_family.as_ref().map(|family| family.what.name.clone()),
            covers: record.standing.covers.clone(),
            began_on: record.began.map(|began| calendar::in_england(began.captured_at).date()),
            case_number: record.child.as_ref().and_then(|child| child.what.case_number.clone()),
            profile: record.profile().cloned(),
            profile_on: record.profiles.last().map(|profile| calendar::in_england(profile.source.captured_at).date()),
            promises: untold(record, &visits),
            visits,
            referred: day.filter(|day| !record.plan.was_authorised_since(*day)),
            plan: record.standing.plan.state,
            submitted: record.plan.last_submission(),
            decided: record.plan.last_decision().map(|(decided, source)| (decided.clone(), source)),
            harm: harm(record),
            audit: AuditSummary::of(record),
            to_read: record.to_read(),
            holds_concern: held.clone().any(|item| matches!(item.payload, Some(Payload::ConcernWritten(_)))),
            held: since.map(|since| (held.count(), since)),
            redactions: redactions(record, reader),
            recorded: lines(record, reader),
        }
    }

    /// The name in a list; empty before registration.
    pub fn short_name(&self) -> String {
        self.name.as_ref().map(Name::short).unwrap_or_default()
    }

    /// The child's age in whole years.
    pub fn age(&self, today: Date) -> Option<u16> {
        match self.birth? {
            Birth::Born(day) => calendar::age_in_years(day, today),
            Birth::Expected(_) => None,
        }
    }

    /// The day from which a child without a worker has waited: of the referral, or else of the registration.
    pub fn waits_since(&self) -> Option<Date> {
        self.referred.or(self.began_on)
    }

    /// The working day of the assessment; see [`Record::assessment_day`].
    pub fn assessment_day(&self, today: Date) -> Option<u32> {
        self.referred.map(|received| calendar::working_days(received, today))
    }

    /// What the child should hear of at this visit; see [`promises::promises`].
    pub fn promises(&self, visit: VisitId) -> Vec<Promise> {
        let made = self.visits.iter().filter_map(|(id, visit)| Some((*id, visit.started?.0)));
        let last = promises::last_visit(made, visit);
        self.promises.iter().filter(|promise| promise.is_news_since(last)).cloned().collect()
    }

    /// The last visit that was made, other than this one.
    pub fn visit_before(&self, visit: VisitId) -> Option<&VisitSummary> {
        let made = self.visits.iter().filter(|(id, of)| **id != visit && of.started.is_some());
        made.map(|(_, visit)| visit).max_by_key(|visit| visit.started.map(|(on, _)| on))
    }
}

impl VisitSummary {
    /// Planned, not cancelled, and not begun.
    pub fn is_ahead(&self) -> bool {
        self.planned.is_some() && !self.is_cancelled && self.started.is_none()
    }

    fn of(visit: &Visit, is_to_write_up: bool) -> VisitSummary {
        VisitSummary {
            planned: visit.planned.clone(),
            is_cancelled: visit.cancelled.is_some(),
            started: visit.started.as_ref().map(|started| (started.what.on, started.source.by)),
            is_ended: visit.ended.is_some(),
            not_gathered: visit.not_gathered.last().map(|not| not.what.reason),
            is_to_write_up,
        }
    }
}

fn visits(record: &Record) -> BTreeMap<VisitId, VisitSummary> {
    let mut all: Vec<(VisitId, VisitSummary)> = record
        .visits
        .iter()
        .map(|(id, visit)| {
            let mut captures = record.captures.values().filter(|capture| capture.visit == *id);
            (*id, VisitSummary::of(visit, captures.any(Capture::is_to_write_up)))
        })
        .collect();
    all.sort_by_key(|(_, visit)| Reverse(visit.started.map(|(on, _)| on)));
    let mut made = 0;
    all.retain(|(_, visit)| {
        made += usize::from(visit.started.is_some());
        visit.started.is_none() || !visit.is_ended || visit.is_to_write_up || made <= VISITS_MADE
    });
    all.into_iter().collect()
}

/// What a visit may have to tell: whichever of the last two it is, what was closed since the one before.
fn untold(record: &Record, visits: &BTreeMap<VisitId, VisitSummary>) -> Vec<Promise> {
    let mut made: Vec<Date> = visits.values().filter_map(|visit| Some(visit.started?.0)).collect();
    made.sort_unstable();
    let since = made.iter().rev().nth(1).copied();
    let mut all = promises::all(record);
    all.retain(|promise| promise.is_news_since(since));
    all
}

fn harm(record: &Record) -> Option<(usize, Timestamp)> {
    let open = record.captures.values().filter_map(|capture| capture.harm()?.open_since());
    Some((open.clone().count(), open.min()?))
}

fn redactions(record: &Record, reader: StaffId) -> Option<(usize, Timestamp)> {
    let waiting = record.redactions.iter().filter(|redaction| redaction.outcome.is_none());
    let sources = waiting.map(|redaction| redaction.proposed.source).filter(|source| source.by != reader);
    let since = sources.clone().map(|source| source.received_at.unwrap_or(source.captured_at)).min()?;
    Some((sources.count(), since))
}

fn lines(record: &Record, reader: StaffId) -> Vec<Recorded> {
    let mut lines = recorded(record, |item| item.by == reader);
    lines.sort_by_key(|line| Reverse(line.at));
    let mut counted = 0;
    lines.retain(|line| {
        counted += usize::from(line.state == ItemState::Accepted);
        line.state != ItemState::Accepted || counted <= LINES
    });
    lines
}
