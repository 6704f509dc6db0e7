//! A fictional council for demonstrations: two teams, their children, and what has happened so far.
//!
//! Nobody and nowhere here is real. Start at [`script`]; each child is a story of their own, told with the verbs of
//! [`story`]. Dates are counted in working days from the day the store is seeded, so that the first morning always
//! looks the same. Nothing is stored here: the caller writes, judges and sequences.

mod amira;
mod audits;
mod beginnings;
mod coast;
mod library;
mod north;
mod older;
mod reece;
mod story;
mod twins;
mod waiting;

use domain::id::{StaffId, TeamId};
use domain::permission::Employment;
use domain::wire::Staff;
use domain::{Operation, Role, Verdict};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use story::{Days, Story};

/// The team that Sade's children belong to.
pub const NORTH: TeamId = TeamId(Uuid::from_u128(0x4e4f_0000_0000_4000_8000_0000_0000_0001));
/// The other team.
pub const COAST: TeamId = TeamId(Uuid::from_u128(0x4e4f_0000_0000_4000_8000_0000_0000_0002));
/// Those who serve both teams.
pub const WHOLE_SERVICE: TeamId = TeamId(Uuid::from_u128(0x4e4f_0000_0000_4000_8000_0000_0000_0003));

/// Worker, North.
pub const SADE: StaffId = StaffId(Uuid::from_u128(0x5afe_0000_0000_4000_8000_0000_0000_0001));
/// Worker, North.
pub const PRIYA: StaffId = StaffId(Uuid::from_u128(0x5afe_0000_0000_4000_8000_0000_0000_0002));
/// Worker, Coast.
pub const TOM: StaffId = StaffId(Uuid::from_u128(0x5afe_0000_0000_4000_8000_0000_0000_0003));
/// Manager, North.
pub const HELEN: StaffId = StaffId(Uuid::from_u128(0x5afe_0000_0000_4000_8000_0000_0000_0004));
/// Manager, Coast.
pub const IMRAN: StaffId = StaffId(Uuid::from_u128(0x5afe_0000_0000_4000_8000_0000_0000_0005));
/// Answers out of hours.
pub const DUTY: StaffId = StaffId(Uuid::from_u128(0x5afe_0000_0000_4000_8000_0000_0000_0006));
/// Reads to check practice.
pub const AUDITOR: StaffId = StaffId(Uuid::from_u128(0x5afe_0000_0000_4000_8000_0000_0000_0007));
/// Looks after staff, boards and settings.
pub const ADMINISTRATOR: StaffId = StaffId(Uuid::from_u128(0x5afe_0000_0000_4000_8000_0000_0000_0008));

/// One thing that happened, who did it, when it arrived, and what the server is to make of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Scripted {
    /// The author.
    pub by: StaffId,
    /// When it arrived, by the server's clock.
    pub at: Timestamp,
    /// What [`domain::judge()`] says to it in its place.
    pub expects: Verdict,
    /// What happened.
    pub operation: Operation,
}

/// Everyone who works here, in the order in which a demonstration offers them.
pub fn cast() -> Vec<Staff> {
    let member = |id, name: &str, role, team, team_name: &str| Staff {
        id,
        name: name.into(),
        role,
        team,
        team_name: team_name.into(),
        employment: Employment::Working,
    };
    vec![
        member(SADE, "Sade Okafor", Role::Worker, NORTH, "North"),
        member(HELEN, "Helen Marsh", Role::Manager, NORTH, "North"),
        member(PRIYA, "Priya Nair", Role::Worker, NORTH, "North"),
        member(TOM, "Tom Reid", Role::Worker, COAST, "Coast"),
        member(IMRAN, "Imran Aziz", Role::Manager, COAST, "Coast"),
        member(DUTY, "Bronwen Price", Role::Duty, WHOLE_SERVICE, "Whole service"),
        member(AUDITOR, "Marcus Bell", Role::Auditor, WHOLE_SERVICE, "Whole service"),
        member(ADMINISTRATOR, "Lin Zhang", Role::Administrator, WHOLE_SERVICE, "Whole service"),
    ]
}

/// Everything that has happened up to `now`, in the order of appending within each stream.
///
/// `today` is the day in England at `now`. Sade's three visits of that day are among it.
pub fn script(today: Date, now: Timestamp) -> Vec<Scripted> {
    let days = Days::new(today, now);
    let stories = [
        amira::stories(&days),
        north::stories(&days),
        reece::stories(&days),
        twins::stories(&days),
        waiting::stories(&days),
        older::stories(&days),
        beginnings::stories(&days),
        coast::stories(&days),
        library::stories(&days),
        audits::stories(&days),
    ];
    stories.into_iter().flatten().flat_map(Story::into_script).collect()
}

/// Sade's three visits of a later day, so that a demonstration kept for weeks still has a day's work in it.
///
/// To be appended once a day, and not on the day of the seeding, which has them already: the visits' ids come from
/// the child and the day, the operations' ids from `now` as well.
pub fn todays_visits(today: Date, now: Timestamp) -> Vec<Scripted> {
    let days = Days::new(today, now);
    ["amira", "joe", "ellie-mae"]
        .into_iter()
        .flat_map(|key| {
            let mut story = Story::resumed(key, NORTH, SADE, &days);
            story.plan_todays_visit();
            story.into_script()
        })
        .collect()
}

#[cfg(test)]
mod tests;
