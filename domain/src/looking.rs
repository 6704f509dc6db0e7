//! What stands out in the access log: for whoever reads it to look at first. It is marked, never judged: each has a good
//! reason more often than not.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::calendar::in_england;
use crate::id::{StaffId, StreamId};
use crate::payload::child::Name;
use crate::payload::council::Hours;
use crate::permission::{Access, Action, Actor, Permission, Relation, may};
use crate::wire::AccessRecord;

/// So many records that one person opened one by one within [`SOON`] are many in a row†.
const MANY: usize = 10;
const SOON: SignedDuration = SignedDuration::from_mins(10);

/// Why something stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StandsOut {
    /// It was refused.
    Refused,
    /// It was done when people are not usually at work.
    AtNight,
    /// Whoever looked has the child's family name.
    SameName,
    /// Whoever looked neither works with the child nor manages its team.
    NotAllocated,
    /// One of many records that were opened one by one.
    ManyInARow,
}

/// What is known of the child whose record was looked at.
#[derive(Clone, Copy, Debug)]
pub struct LookedAt<'a> {
    /// The name.
    pub name: &'a Name,
    /// Who is responsible.
    pub access: &'a Access,
}

/// What stands out of one request by itself. `who` made it, under this name; what is not known is not marked.
pub fn stands_out(
    record: &AccessRecord,
    who: Option<(Actor, &str)>,
    child: Option<LookedAt<'_>>,
    hours: Hours,
) -> BTreeSet<StandsOut> {
    let mut marks = BTreeSet::new();
    if record.outcome != "done" {
        marks.insert(StandsOut::Refused);
    }
    let hour = in_england(record.at).hour();
    if !hours.contain(hour) {
        marks.insert(StandsOut::AtNight);
    }
    if let (Some((actor, name)), Some(child)) = (who, child) {
        if is_family_name_of(&child.name.family, name) {
            marks.insert(StandsOut::SameName);
        }
        let relation = Relation::of(actor, child.access, &[]);
        if is_opened_alone(record) && may(relation, Action::Read) != Permission::Yes {
            marks.insert(StandsOut::NotAllocated);
        }
    }
    marks
}

/// Which requests are some of many records that one person opened one by one. The list is in order of time, either way.
pub fn many_in_a_row(records: &[AccessRecord]) -> Vec<bool> {
    let mut marked = vec![false; records.len()];
    let alone: Vec<(usize, StaffId, Timestamp, StreamId)> = records
        .iter()
        .enumerate()
        .filter(|(_, record)| is_opened_alone(record))
        .filter_map(|(place, record)| Some((place, record.staff?, record.at, *record.streams.first()?)))
        .collect();
    for (start, &(_, staff, at, _)) in alone.iter().enumerate() {
        let near = |other: Timestamp| at.duration_since(other).abs() <= SOON;
        let run: Vec<_> =
            alone[start..].iter().take_while(|(_, _, other, _)| near(*other)).filter(|it| it.1 == staff).collect();
        let children: BTreeSet<StreamId> = run.iter().map(|(_, _, _, stream)| *stream).collect();
        if children.len() >= MANY {
            run.iter().for_each(|(place, ..)| marked[*place] = true);
        }
    }
    marked
}

/// Opened at a desk by somebody who chose it, unlike what a tablet fetches by itself.
fn is_opened_alone(record: &AccessRecord) -> bool {
    matches!(record.action.as_str(), "entries" | "reading")
}

/// Whether a full name ends with these words, however they are written, and has another before them.
fn is_family_name_of(family: &str, name: &str) -> bool {
    let words = |text: &str| text.to_lowercase().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (family, name) = (words(family), words(name));
    !family.is_empty() && name.len() > family.len() && name.ends_with(&family)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cast::{DUTY, HELEN, NORTH, SADE, amira};
    use uuid::Uuid;

    fn opened(at: &str, by: Actor, stream: StreamId) -> AccessRecord {
        AccessRecord {
            at: at.parse().unwrap(),
            staff: Some(by.staff),
            replica: None,
            streams: vec![stream],
            about: None,
            action: "entries".into(),
            outcome: "done".into(),
            reason: None,
        }
    }

    fn marks(record: &AccessRecord, who: Actor, name: &str) -> Vec<StandsOut> {
        let access = Access { team: Some(NORTH), assigned: [SADE.staff].into() };
        let child = Name::new("Amira", "Khan");
        stands_out(record, Some((who, name)), Some(LookedAt { name: &child, access: &access }), Hours::default())
            .into_iter()
            .collect()
    }

    #[test]
    fn what_is_done_by_day_by_whoever_works_with_the_child_does_not_stand_out() {
        let at = "2026-11-30T09:00:00Z";
        assert!(marks(&opened(at, SADE, amira()), SADE, "Sade Okafor").is_empty());
        assert!(marks(&opened(at, HELEN, amira()), HELEN, "Helen Marsh").is_empty());
        let anyone = stands_out(&opened(at, DUTY, amira()), None, None, Hours::default());
        assert!(anyone.is_empty(), "what is not known is not marked");
    }

    #[test]
    fn night_a_shared_name_a_refusal_and_who_is_not_allocated_stand_out() {
        let by_night = ["2026-11-30T05:59:00Z", "2026-11-30T22:00:00Z", "2026-07-01T04:59:00Z"];
        for at in by_night {
            assert_eq!(marks(&opened(at, SADE, amira()), SADE, "Sade Okafor"), [StandsOut::AtNight], "{at}");
        }
        for at in ["2026-11-30T06:00:00Z", "2026-11-30T21:59:00Z", "2026-07-01T05:00:00Z"] {
            assert!(marks(&opened(at, SADE, amira()), SADE, "Sade Okafor").is_empty(), "{at}");
        }
        let day = "2026-11-30T09:00:00Z";
        assert_eq!(marks(&opened(day, SADE, amira()), SADE, "Sade KHAN"), [StandsOut::SameName]);
        for other in ["Khan", "Sade Mirkhan", "Khan Sade"] {
            assert!(marks(&opened(day, SADE, amira()), SADE, other).is_empty(), "{other}");
        }
        assert_eq!(marks(&opened(day, DUTY, amira()), DUTY, "Bronwen Price"), [StandsOut::NotAllocated]);
        let refused = AccessRecord { outcome: "not_allowed".into(), ..opened(day, SADE, amira()) };
        assert_eq!(marks(&refused, SADE, "Sade Okafor"), [StandsOut::Refused]);
        let fetched = AccessRecord { action: "pull".into(), ..opened(day, DUTY, amira()) };
        assert!(marks(&fetched, DUTY, "Bronwen Price").is_empty());
    }

    #[test]
    fn many_records_opened_one_by_one_stand_out_and_few_or_slow_ones_do_not() {
        let child = |id| StreamId::child(Uuid::from_u128(id));
        let each = |count: u128, seconds: i64, of: &dyn Fn(u128) -> StreamId| -> Vec<AccessRecord> {
            let begin: Timestamp = "2026-11-30T09:00:00Z".parse().unwrap();
            let at = |nth: u128| begin + SignedDuration::from_secs(i64::try_from(nth).unwrap() * seconds);
            (0..count).map(|nth| opened(&at(nth).to_string(), DUTY, of(nth))).collect()
        };
        let many = each(10, 60, &child);
        assert_eq!(many_in_a_row(&many), [true; 10]);
        let latest_first: Vec<_> = many.iter().rev().cloned().collect();
        assert_eq!(many_in_a_row(&latest_first), [true; 10]);
        assert_eq!(many_in_a_row(&each(9, 60, &child)), [false; 9]);
        assert_eq!(many_in_a_row(&each(10, 120, &child)), [false; 10]);
        assert_eq!(many_in_a_row(&each(20, 10, &|_| child(1))), [false; 20], "one record page by page");
        let mut two = each(10, 60, &child);
        two[4].staff = Some(SADE.staff);
        assert_eq!(many_in_a_row(&two), [false; 10]);
        let fetched: Vec<_> = many.into_iter().map(|one| AccessRecord { action: "pull".into(), ..one }).collect();
        assert_eq!(many_in_a_row(&fetched), [false; 10]);
    }
}
