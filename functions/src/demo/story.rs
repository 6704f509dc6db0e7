//! The verbs in which a child's story is told, each one operation or a few.
//!
//! A story keeps the same [`Standing`] as the server, so that versions and replaced values are never typed by hand.

mod audit;
mod making;
mod mat;
pub(super) mod night;
pub(super) mod plan;
mod question;
pub(super) mod visit;
mod ways;

use std::collections::{BTreeMap, BTreeSet};

use domain::calendar::{after_working_days, is_working_day};
use domain::id::{OperationId, PersonId, StaffId, StreamId, TeamId};
use domain::payload::child::{Birth, ChildRegistered, Name, ParentalResponsibility, PersonRecorded, StaffAssigned};
use domain::payload::council::{Hours, Reminders, SettingsSet, Telephone};
use domain::payload::keeping::Admit;
use domain::payload::profile::{CommunicationProfile, ProfileSet};
use domain::{Hash, Operation, Payload, Standing, Verdict, stand};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use uuid::Uuid;

use super::Scripted;

pub(super) use mat::{Mat, Turn};

/// England's rule for summer time (Summer Time Act 1972, as amended), so that no zone database is needed.
pub(super) const ENGLAND: &str = "GMT0BST,M3.5.0/1,M10.5.0/2";
/// How long writing one thing down takes.
const WRITING_S: i64 = 50;

/// The days around the morning of the seeding.
#[derive(Clone)]
pub(super) struct Days {
    /// The day in England.
    pub(super) today: Date,
    now: Timestamp,
    england: TimeZone,
}

impl Days {
    pub(super) fn new(today: Date, now: Timestamp) -> Days {
        let england = TimeZone::posix(ENGLAND).expect("the rule is written as POSIX has it");
        Days { today, now, england }
    }

    /// The last working day from which `count` working days have passed; day 0 is today or the last one before.
    pub(super) fn back(&self, count: u32) -> Date {
        let mut left = count;
        let mut day = self.today;
        loop {
            if is_working_day(day) {
                if left == 0 {
                    return day;
                }
                left -= 1;
            }
            day = day.saturating_sub(1.day());
        }
    }

    /// The day that is `count` working days ahead.
    pub(super) fn ahead(&self, count: u32) -> Date {
        after_working_days(self.today, count)
    }

    /// Born so many years and days ago.
    pub(super) fn born(&self, years: i64, days: i64) -> Birth {
        Birth::Born(self.today.saturating_sub(years.years()).saturating_sub(days.days()))
    }

    fn moment(&self, day: Date, at: Time) -> Timestamp {
        self.england
            .to_ambiguous_timestamp(day.to_datetime(at))
            .compatible()
            .expect("the demonstration's days are within a calendar's bounds")
    }
}

/// A day as people say it: "20 November".
pub(super) fn spoken(day: Date) -> String {
    day.strftime("%-d %B").to_string()
}

/// An identity that is the same each time.
fn id(label: &str) -> Uuid {
    let Hash(bytes) = Hash::of(label.as_bytes());
    let first = std::array::from_fn(|place| bytes[place]);
    uuid::Builder::from_random_bytes(first).into_uuid()
}

/// The stream of the child with this key.
pub(super) fn stream(key: &str) -> StreamId {
    StreamId::child(id(&format!("child/{key}")))
}

/// How a member of staff is named in a record.
fn initialled(staff: StaffId) -> String {
    let name = super::cast().into_iter().find(|member| member.id == staff).expect("only the cast acts").name;
    match name.split_once(' ') {
        Some((given, family)) => format!("{}. {family}", given.chars().next().unwrap_or('?')),
        None => name,
    }
}

/// The story of one child or one team, as far as it has been told.
pub(super) struct Story {
    key: &'static str,
    stream: StreamId,
    team: TeamId,
    days: Days,
    by: StaffId,
    at: Timestamp,
    expects: Verdict,
    people: BTreeMap<String, PersonId>,
    profile: Option<CommunicationProfile>,
    standing: Standing,
    script: Vec<Scripted>,
}

impl Story {
    /// A story that begins with the child's registration.
    pub(super) fn of(key: &'static str, team: TeamId, days: &Days) -> Story {
        Story {
            key,
            stream: stream(key),
            team,
            days: days.clone(),
            by: super::SADE,
            at: days.now,
            expects: Verdict::Accepted,
            people: BTreeMap::new(),
            profile: None,
            standing: Standing::default(),
            script: Vec::new(),
        }
    }

    /// A team's story.
    pub(super) fn of_team(key: &'static str, team: TeamId, days: &Days) -> Story {
        Story { stream: StreamId::team(team), ..Story::of(key, team, days) }
    }

    /// The council's story, told by somebody of this team.
    pub(super) fn of_council(team: TeamId, days: &Days) -> Story {
        Story { stream: StreamId::council(), ..Story::of("council", team, days) }
    }

    /// The council says what it is called and whom to ring, for the first time.
    pub(super) fn describes_the_council(&mut self, council: &str, telephones: &[(&str, &str)]) {
        let telephone = |(who, number): &(&str, &str)| Telephone { who: (*who).into(), number: (*number).into() };
        let telephones = telephones.iter().map(telephone).collect();
        self.tell(Payload::SettingsSet(SettingsSet {
            version: 1,
            council: council.into(),
            telephones,
            reminders: Reminders::default(),
            hours: Hours::default(),
        }));
    }

    /// A story that goes on: what came before is in the store.
    pub(super) fn resumed(key: &'static str, team: TeamId, by: StaffId, days: &Days) -> Story {
        let mut story = Story::of(key, team, days);
        story.by = by;
        story.at = days.now - SignedDuration::from_secs(1);
        story
    }

    pub(super) fn into_script(self) -> Vec<Scripted> {
        self.script
    }

    /// From here on this member of staff acts, `back` working days ago at this time.
    pub(super) fn on(&mut self, back: u32, hour: i8, minute: i8, by: StaffId) {
        debug_assert!(back > 0, "a story told before today is before now at any hour");
        let day = self.days.back(back);
        self.at = self.days.moment(day, jiff::civil::time(hour, minute, 0, 0));
        self.by = by;
    }

    /// The next operation comes out so.
    pub(super) fn expecting(&mut self, verdict: Verdict) -> &mut Self {
        self.expects = verdict;
        self
    }

    fn id(&self, what: &str) -> Uuid {
        id(&format!("child/{}/{what}", self.key))
    }

    fn pass(&mut self, time: SignedDuration) {
        self.at += time;
    }

    /// Writes one operation down, and lets the time go by that writing takes.
    fn tell(&mut self, payload: Payload) -> OperationId {
        let id = self.record(payload);
        self.pass(SignedDuration::from_secs(WRITING_S));
        id
    }

    /// Records one operation at this very moment.
    fn record(&mut self, payload: Payload) -> OperationId {
        let count = self.script.len() as u64 + 1;
        let Hash(noise) = Hash::of(format!("{}/{count}/{}", self.key, self.at).as_bytes());
        let milliseconds = u64::try_from(self.at.as_millisecond()).unwrap_or_default();
        let tail = std::array::from_fn(|place| noise[place]);
        let operation = Operation {
            id: OperationId(uuid::Builder::from_unix_timestamp_millis(milliseconds, &tail).into_uuid()),
            stream: self.stream,
            class: payload.class().expect("a story uses kinds of this version"),
            captured_at: self.at,
            zone: "Europe/London".into(),
            payload,
        };
        let id = operation.id;
        let expects = std::mem::replace(&mut self.expects, Verdict::Accepted);
        let read = Ok(operation);
        stand(&mut self.standing, count, expects, self.by, &read);
        if let Ok(operation) = read {
            self.script.push(Scripted { by: self.by, at: self.at, expects, operation });
        }
        id
    }

    /// The child's record begins, with whoever registers the child.
    pub(super) fn registered(&mut self, given: &str, family: &str, birth: Birth, case: &str) {
        self.registers(given, family, birth, case, false);
    }

    /// The child's record begins, and nobody works with the child yet.
    pub(super) fn registered_with_nobody(&mut self, given: &str, family: &str, birth: Birth, case: &str) {
        self.registers(given, family, birth, case, true);
    }

    fn registers(&mut self, given: &str, family: &str, birth: Birth, case: &str, unallocated: bool) {
        self.tell(Payload::ChildRegistered(ChildRegistered {
            case_number: Some(case.into()),
            unallocated,
            ..ChildRegistered::new(Name::new(given, family), birth, self.team)
        }));
    }

    /// Someone in the child's life. The same name in two stories is the same person.
    pub(super) fn person(
        &mut self,
        name: &str,
        relationship: &str,
        responsibility: ParentalResponsibility,
        language: Option<&str>,
    ) {
        let person = PersonId(id(&format!("person/{name}")));
        self.people.insert(relationship.into(), person);
        self.tell(Payload::PersonRecorded(PersonRecorded {
            responsibility,
            language: language.map(Into::into),
            ..PersonRecorded::new(person, name, relationship)
        }));
    }

    /// How the child communicates.
    pub(super) fn communicates(&mut self, profile: CommunicationProfile) {
        self.profile = Some(profile.clone());
        self.tell(Payload::ProfileSet(ProfileSet { profile }));
    }

    /// The manager lets in every fact that waits.
    pub(super) fn admits(&mut self) {
        let seqs = self.standing.held.seqs().collect();
        self.tell(Payload::Admit(Admit { seqs }));
    }

    /// The manager says who works with the child.
    pub(super) fn allocated(&mut self, staff: &[StaffId]) {
        let staff: BTreeSet<_> = staff.iter().copied().collect();
        self.tell(Payload::StaffAssigned(StaffAssigned::to(staff)));
    }
}
