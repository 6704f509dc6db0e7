use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::cast::*;
use crate::entry::Verdict;
use crate::id::ActionId;
use crate::payload::child::ChildRegistered;
use crate::payload::contact::ContactWritten;
use crate::payload::plan::{ActionAdded, ActionOutcome, Outcome, SetField};
use crate::payload::team::CoverArranged;
use crate::payload::visit::{NotGathered, VisitPlanned, VisitStarted};
use crate::script::Script;

const NAMES: [DateName; 13] = [
    DateName::Birth,
    DateName::ExpectedBirth,
    DateName::VisitPlanned,
    DateName::VisitStarted,
    DateName::NextAttempt,
    DateName::ReferralReceived,
    DateName::AssessmentStarted,
    DateName::ActionDue,
    DateName::ActionOutcome,
    DateName::CoverFrom,
    DateName::CoverUntil,
    DateName::AuditActionDue,
    DateName::Contact,
];

fn sample(kind: &str) -> Payload {
    one_of_each().into_iter().find(|payload| payload.kind() == kind).expect("a kind of the catalogue")
}

/// What enters this date.
fn entering(date: DateName, on: Date) -> Payload {
    let field =
        |field: Field| Payload::SetField(SetField { field, value: on.to_string(), replaces: None, reason: None });
    match (date, sample(kind_of(date))) {
        (DateName::Birth, Payload::ChildRegistered(of)) => {
            Payload::ChildRegistered(ChildRegistered { birth: Birth::Born(on), ..of })
        }
        (DateName::ExpectedBirth, Payload::ChildRegistered(of)) => {
            Payload::ChildRegistered(ChildRegistered { birth: Birth::Expected(on), ..of })
        }
        (_, Payload::VisitPlanned(of)) => Payload::VisitPlanned(VisitPlanned { on, ..of }),
        (_, Payload::VisitStarted(of)) => Payload::VisitStarted(VisitStarted { on, ..of }),
        (_, Payload::NotGathered(of)) => Payload::NotGathered(NotGathered { next: on, ..of }),
        (DateName::ReferralReceived, _) => field(Field::ReferralReceived),
        (DateName::AssessmentStarted, _) => field(Field::AssessmentStarted),
        (_, Payload::ActionAdded(_)) => Payload::ActionAdded(ActionAdded {
            action: ActionId(Uuid::from_u128(0x79)),
            step: Step::WeWillAsk { words: "a seat".into(), who: "Sade".into(), due: on },
            ..asks("", &[view("bus")])
        }),
        (_, Payload::ActionOutcome(of)) => Payload::ActionOutcome(ActionOutcome { on, outcome: Outcome::Agreed, ..of }),
        (DateName::CoverFrom, Payload::CoverArranged(of)) => {
            Payload::CoverArranged(CoverArranged { from: on, until: on, ..of })
        }
        (_, Payload::CoverArranged(of)) => Payload::CoverArranged(CoverArranged { from: TODAY, until: on, ..of }),
        (_, Payload::AuditWritten(mut of)) => {
            of.actions.iter_mut().for_each(|action| action.due = on);
            Payload::AuditWritten(of)
        }
        (_, Payload::ContactWritten(of)) => Payload::ContactWritten(ContactWritten { on, ..of }),
        (date, _) => panic!("{date:?} is in no sample"),
    }
}

fn kind_of(date: DateName) -> &'static str {
    match date {
        DateName::Birth | DateName::ExpectedBirth => "ChildRegistered",
        DateName::VisitPlanned => "VisitPlanned",
        DateName::VisitStarted => "VisitStarted",
        DateName::NextAttempt => "NotGathered",
        DateName::ReferralReceived | DateName::AssessmentStarted => "SetField",
        DateName::ActionDue => "ActionAdded",
        DateName::ActionOutcome => "ActionOutcome",
        DateName::CoverFrom | DateName::CoverUntil => "CoverArranged",
        DateName::Contact => "ContactWritten",
        DateName::AuditActionDue => "AuditWritten",
    }
}

/// A record without dates but the child's birth, with an action that was asked for today.
fn plain() -> Script {
    let mut script = Script::registered();
    script.sade([Payload::ActionAdded(asks("a front seat", &[view("bus")]))]);
    script
}

fn accepted(script: &mut Script, payload: Payload) {
    script.sade([payload]);
    let entry = script.entries.last().expect("just written");
    assert_eq!((entry.verdict, &entry.code), (Verdict::Accepted, &None), "the scene itself is in order");
}

/// A record in which only this rule can be broken about its day, what enters the date there, and that day.
fn scene(date: DateName, rule: &Rule) -> (Script, Date, Box<dyn Fn(Date) -> Payload>) {
    let other = rule.bound.other();
    let mut script = if date == DateName::AuditActionDue { Script::default() } else { plain() };
    let mut enter: Box<dyn Fn(Date) -> Payload> = Box::new(move |on| entering(date, on));
    let born = TODAY.saturating_sub(100.days());
    let day = match other {
        Other::Today | Other::Written | Other::ActionWritten | Other::CoverBegins => TODAY,
        Other::DaysAhead(count) => TODAY.saturating_add(count.days()),
        Other::DaysBack(count) => TODAY.saturating_sub(count.days()),
        Other::YearsBack(count) => TODAY.saturating_sub(count.years()),
        Other::Day(day) => {
            // A child of that time, so that its birth is in nobody's way.
            script = Script::default();
            script.sade([entering(DateName::Birth, date_of(1980))]);
            day
        }
        Other::ActionAgreed => {
            accepted(&mut script, outcome(Outcome::Agreed));
            enter = Box::new(move |on| {
                Payload::ActionOutcome(ActionOutcome { action: ACTION, outcome: Outcome::Done, on })
            });
            TODAY
        }
        Other::Entered(of, later) => {
            let on = match (of, later) {
                (DateName::ExpectedBirth, _) => TODAY.saturating_add(100.days()),
                (DateName::Birth, _) => born,
                (DateName::ReferralReceived | DateName::AssessmentStarted, 0)
                    if matches!(date, DateName::ReferralReceived | DateName::AssessmentStarted) =>
                {
                    TODAY.saturating_sub(10.days())
                }
                (_, 0) => TODAY.saturating_sub(200.days()),
                _ if date == DateName::Birth => TODAY.saturating_sub(300.days()),
                _ => TODAY.saturating_sub(250.days()),
            };
            script = Script::default();
            let is_birth = matches!(of, DateName::Birth | DateName::ExpectedBirth);
            if rule.holds == Holds::Always && matches!(of, DateName::Birth) && later != 0 {
                // Registered before its birth: only the forty weeks are asked about.
                script.sade([entering(DateName::ExpectedBirth, TODAY.saturating_sub(20.days()))]);
            }
            if rule.holds == Holds::Always && date == DateName::Birth {
                script.sade([entering(DateName::ExpectedBirth, TODAY.saturating_sub(20.days()))]);
            }
            if rule.holds == Holds::UnlessExpected && !is_birth {
                script.sade([entering(DateName::Birth, on)]);
            }
            if script.entries.is_empty() && !is_birth {
                let first = if date == DateName::ExpectedBirth { DateName::ExpectedBirth } else { DateName::Birth };
                let day = if first == DateName::ExpectedBirth { TODAY } else { date_of(2018) };
                script.sade([entering(first, day)]);
            }
            script.sade([entering(of, on)]);
            let entry = script.entries.last().expect("just written");
            assert_eq!(entry.verdict, Verdict::Accepted, "{date:?} {rule:?}: {:?}", entry.code);
            on.saturating_add(later.days())
        }
    };
    (script, day, enter)
}

fn date_of(year: i16) -> Date {
    date(year, 3, 9)
}

fn cells() -> impl Iterator<Item = (DateName, &'static Rule)> {
    ROWS.iter().flat_map(|row| row.rules.iter().map(|rule| (row.date, rule)))
}

#[test]
fn every_cell_lets_its_day_pass_and_catches_the_day_beyond() {
    for (date, rule) in cells() {
        let (script, day, enter) = scene(date, rule);
        let beyond = match rule.bound {
            Bound::NotBefore(_) => day.yesterday().unwrap(),
            Bound::NotAfter(_) => day.tomorrow().unwrap(),
        };
        let name = format!("{date:?} {:?} {}", rule.bound, rule.code.as_str());
        let codes = |on: Date| -> Vec<Code> {
            let found = problems(&script.standing, &enter(on), Days::now(TODAY));
            found.into_iter().map(|problem| problem.rule.code.clone()).collect()
        };
        assert!(!codes(day).contains(&rule.code), "{name}: {:?}", codes(day));
        assert!(codes(beyond).contains(&rule.code), "{name}: {:?}", codes(beyond));

        let author = match kind_of(date) {
            "CoverArranged" => HELEN,
            "AuditWritten" => AUDITOR,
            _ => SADE,
        };
        let judged = script.try_by(author, enter(beyond));
        let is_fact = enter(beyond).class() == Some(crate::class::Class::Fact);
        let expected = if is_fact { Verdict::Accepted } else { Verdict::Refused };
        assert_eq!(judged.verdict, expected, "{name}: facts are flagged, requests refused");
        assert!(judged.code.is_some_and(|code| codes(beyond).contains(&code)), "{name}");
    }
}

#[test]
fn a_problem_names_the_rule_and_the_other_date() {
    let mut script = plain();
    accepted(&mut script, entering(DateName::ReferralReceived, date(2026, 11, 9)));
    let early = entering(DateName::AssessmentStarted, date(2026, 11, 2));
    let found = problems(&script.standing, &early, Days::now(TODAY));
    let told: Vec<_> = found.iter().map(|problem| (problem.date, problem.on, problem.other)).collect();
    assert_eq!(told, [(DateName::AssessmentStarted, date(2026, 11, 2), date(2026, 11, 9))]);
    assert_eq!((found[0].rule.code.as_str(), found[0].rule.source), ("1103", "children in need census rule 1103"));
}

#[test]
fn a_rule_between_two_entered_dates_stands_in_the_row_of_each() {
    for (date, rule) in cells() {
        let mirrored = match rule.bound {
            Bound::NotBefore(Other::Entered(of, later)) => (of, Bound::NotAfter(Other::Entered(date, -later))),
            Bound::NotAfter(Other::Entered(of, later)) => (of, Bound::NotBefore(Other::Entered(date, -later))),
            _ => continue,
        };
        let found = cells().find(|(of, rule)| (*of, rule.bound) == mirrored);
        let found = found.unwrap_or_else(|| panic!("{date:?} {:?} has no mirror", rule.bound));
        assert_eq!((&found.1.code, found.1.holds, found.1.breaking), (&rule.code, rule.holds, rule.breaking));
    }
}

#[test]
fn every_date_has_one_row_and_every_rule_a_source() {
    let rows: Vec<_> = ROWS.iter().map(|row| row.date).collect();
    assert_eq!(rows, NAMES);
    assert!(cells().all(|(_, rule)| !rule.source.is_empty()));
    let fields: BTreeSet<_> = Field::ALL.iter().filter_map(name_of).collect();
    let dates = Field::ALL.iter().filter(|field| field.kind() == crate::payload::plan::FieldKind::Date);
    assert_eq!(fields.len(), dates.count(), "every field that holds a date");
}

/// What looks like a date in the text of a body is a date of the table: a kind with a new date cannot be forgotten.
#[test]
fn every_date_in_the_catalogue_has_a_row() {
    fn days(value: &serde_json::Value, found: &mut Vec<Date>) {
        match value {
            serde_json::Value::String(text) => found.extend(text.parse::<Date>()),
            serde_json::Value::Array(all) => all.iter().for_each(|one| days(one, found)),
            serde_json::Value::Object(all) => all.values().for_each(|one| days(one, found)),
            _ => {}
        }
    }
    for payload in one_of_each() {
        let (_, data) = payload.encode();
        let mut found = Vec::new();
        days(&serde_json::from_str(data.get()).unwrap(), &mut found);
        let told: Vec<Date> = of(&payload).iter().map(|dated| dated.on).collect();
        assert_eq!(found, told, "{}", payload.kind());
    }
}

#[test]
fn a_field_in_conflict_is_checked_against_each_of_its_values() {
    let mut script = plain();
    let refer = |day: &str| set(Field::ReferralReceived, day, None);
    script.sade([refer("2026-11-02"), refer("2026-11-16")]);
    assert!(script.standing.fields[&Field::ReferralReceived].in_conflict());
    let start = |day| entering(DateName::AssessmentStarted, day);
    let code = |day| script.try_by(SADE, start(day)).code;
    assert_eq!(code(date(2026, 11, 9)), Some(Code::AssessmentBeforeReferral));
    assert_eq!(code(date(2026, 11, 16)), None);
}

#[test]
fn a_referral_of_an_unborn_child_is_lawful_and_one_before_a_birth_needs_a_reason() {
    let (birth, before) = (date(2026, 9, 1), date(2026, 8, 1));
    let refer = |reason: Option<&str>| {
        Payload::SetField(SetField {
            field: Field::ReferralReceived,
            value: before.to_string(),
            replaces: None,
            reason: reason.map(str::to_owned),
        })
    };
    let mut born = Script::default();
    born.sade([entering(DateName::Birth, birth)]);
    for silent in [None, Some(" ")] {
        let judged = born.try_by(SADE, refer(silent));
        assert_eq!((judged.verdict, judged.code), (Verdict::Refused, Some(Code::ReferralBeforeBirth)));
    }
    let judged = born.try_by(SADE, refer(Some("referred by the midwife before the birth")));
    assert_eq!((judged.verdict, judged.code), (Verdict::Accepted, Some(Code::ReferralBeforeBirth)));

    let mut unborn = Script::default();
    unborn.sade([entering(DateName::ExpectedBirth, TODAY), entering(DateName::Birth, birth)]);
    assert_eq!(unborn.try_by(SADE, refer(None)).code, None);
}

#[test]
fn a_birth_corrected_to_after_the_referral_is_flagged() {
    let mut script = plain();
    accepted(&mut script, entering(DateName::ReferralReceived, date(2026, 11, 2)));
    let judged = script.try_by(SADE, entering(DateName::Birth, date(2026, 11, 3)));
    assert_eq!((judged.verdict, judged.code), (Verdict::Accepted, Some(Code::ReferralBeforeBirth)));
}

#[test]
fn wrong_centuries_are_caught() {
    let script = plain();
    let wrong = [
        (DateName::VisitPlanned, 1999, Code::DateInPast),
        (DateName::ActionDue, 1999, Code::DateInPast),
        (DateName::ActionOutcome, 1990, Code::OutcomeBeforeAction),
        (DateName::ReferralReceived, 1066, Code::DateTooLongAgo),
        (DateName::VisitStarted, 1900, Code::DateTooLongAgo),
        (DateName::Birth, 1900, Code::DateTooLongAgo),
    ];
    for (date, year, code) in wrong {
        assert_eq!(script.try_by(SADE, entering(date, date_of(year))).code, Some(code), "{date:?} in {year}");
    }
}

#[test]
fn what_waited_on_a_tablet_is_held_against_the_day_on_which_it_was_written() {
    let script = plain();
    let planned = |on, written: &str| {
        let mut operation = script.next(entering(DateName::VisitPlanned, on));
        operation.captured_at = written.parse().unwrap();
        crate::judge(&script.standing, amira(), &Ok(operation), &crate::script::context(SADE)).code
    };
    let last_week = date(2026, 11, 19);
    assert_eq!(planned(last_week, "2026-11-19T09:00:00Z"), None);
    assert_eq!(planned(last_week, "2026-11-20T09:00:00Z"), Some(Code::DateInPast));
    assert_eq!(planned(date(2026, 11, 1), "2026-11-01T09:00:00Z"), Some(Code::DateInPast), "longer than it may wait");
    assert_eq!(planned(last_week, "2026-12-24T09:00:00Z"), Some(Code::DateInPast), "a clock that is ahead");
}

#[test]
fn a_due_date_that_stands_may_pass_and_is_not_set_anew_into_the_past() {
    let mut script = plain();
    script.standing.dates.act(ACTION, date(2026, 10, 1), Some(date(2026, 11, 1)));
    let due = |due| {
        let step = Step::WeWillAsk { words: "a seat by the window".into(), who: "Sade".into(), due };
        Payload::ActionAdded(ActionAdded { step, ..asks("", &[view("bus")]) })
    };
    assert_eq!(script.try_by(SADE, due(date(2026, 11, 1))).code, None);
    assert_eq!(script.try_by(SADE, due(date(2026, 11, 2))).code, Some(Code::DateInPast));
}

#[test]
fn flags_come_with_the_entry_into_the_record() {
    let mut script = plain();
    script.sade([entering(DateName::VisitStarted, date_of(1900))]);
    let record = script.record();
    let item = record.items.last().unwrap();
    assert_eq!(item.flag, Some(Code::DateTooLongAgo));
    assert!(record.visits[&VISIT].started.is_some(), "it counts all the same");
}

#[test]
fn the_dates_of_what_is_closed_leave_the_standing() {
    let mut script = plain();
    script.sade([outcome(Outcome::Agreed), outcome(Outcome::Done)]);
    assert!(script.standing.dates.actions.is_empty());
}
