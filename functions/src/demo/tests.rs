//! The stories obey the rules they are a demonstration of.

use std::collections::{BTreeMap, BTreeSet};

use domain::calendar::{is_working_day, working_days};
use domain::id::{StreamId, StreamKind};
use domain::operation::Salt;
use domain::payload::child::Birth;
use domain::payload::plan::{Field, Step};
use domain::standing::plan::PlanState;
use domain::vocabulary::Vocabulary;
use domain::{Context, Entry, Payload, Record, Standing, judge, stand};
use jiff::SignedDuration;
use jiff::civil::date;
use jiff::tz::TimeZone;

use super::*;

/// A Thursday, a Sunday, the first working days after Christmas and Easter, the days the clocks change, and midnight.
const MORNINGS: [(Date, i64); 6] = [
    (date(2026, 11, 26), 9),
    (date(2026, 11, 22), 23),
    (date(2027, 1, 4), 0),
    (date(2027, 3, 30), 8),
    (date(2026, 10, 25), 3),
    (date(2028, 2, 29), 12),
];

fn mornings() -> impl Iterator<Item = (Date, Timestamp)> {
    MORNINGS.into_iter().map(|(today, hour)| {
        let midnight = today.to_zoned(england()).unwrap().timestamp();
        (today, midnight + SignedDuration::from_hours(hour) + SignedDuration::from_secs(5))
    })
}

fn england() -> TimeZone {
    TimeZone::posix(story::ENGLAND).unwrap()
}

fn thursday() -> (Date, Timestamp) {
    mornings().next().unwrap()
}

fn day_of(at: Timestamp) -> Date {
    at.to_zoned(england()).date()
}

/// The record that an audit is about, as its story says.
fn audited(payload: &Payload) -> Option<(StreamId, TeamId)> {
    match payload {
        Payload::AuditWritten(audit) => Some((audit.child, audit.team)),
        _ => None,
    }
}

/// Judges a script as the server would, and returns where each stream then stands.
fn judged(script: &[Scripted]) -> BTreeMap<StreamId, (u64, Standing)> {
    let cast = cast();
    let colleagues: Vec<_> = cast.iter().map(Staff::actor).collect();
    let mut streams: BTreeMap<StreamId, (u64, Standing)> = BTreeMap::new();
    for step in script {
        let member = cast.iter().find(|member| member.id == step.by).unwrap();
        let (seq, standing) = streams.entry(step.operation.stream).or_default();
        *seq += 1;
        let read = Ok(step.operation.clone());
        let context = Context {
            actor: member.actor(),
            received_at: step.at,
            today: day_of(step.at),
            colleagues: &colleagues,
            stands_in: &[],
            audited: audited(&step.operation.payload),
        };
        let judgement = judge(standing, step.operation.stream, &read, &context);
        assert_eq!(judgement.verdict, step.expects, "{:?}: {:?}", judgement.code, step.operation);
        stand(standing, *seq, judgement.verdict, step.by, &read);
    }
    streams
}

#[test]
fn every_verdict_is_the_expected_one_on_any_morning() {
    for (today, now) in mornings() {
        judged(&script(today, now));
    }
}

#[test]
fn ids_are_unique_and_the_script_is_the_same_each_time() {
    let (today, now) = thursday();
    let told = script(today, now);
    assert_eq!(told, script(today, now));
    let ids: BTreeSet<_> = told.iter().map(|step| step.operation.id).collect();
    assert_eq!(ids.len(), told.len());
    for step in &told {
        assert_eq!(step.operation.id.0.get_version_num(), 7);
    }
    let again = script(date(2027, 3, 30), now + SignedDuration::from_hours(24 * 124));
    let streams = |script: &[Scripted]| {
        let streams: BTreeSet<_> = script.iter().map(|step| step.operation.stream).collect();
        streams
    };
    assert_eq!(streams(&told), streams(&again), "a child has one id on any day");
}

#[test]
fn what_happened_did_so_on_working_days_in_order_and_before_now() {
    for (today, now) in mornings() {
        let mut last: BTreeMap<StreamId, Timestamp> = BTreeMap::new();
        for step in script(today, now) {
            assert!(step.at < now);
            assert!(is_working_day(day_of(step.at)), "{}", step.at);
            let hour = step.at.to_zoned(england()).hour();
            assert!((8..19).contains(&hour) || step.by == DUTY, "{}", step.at);
            let before = last.insert(step.operation.stream, step.at);
            assert!(before.is_none_or(|before| before <= step.at), "{:?}", step.operation);
            for day in days_in(&step.operation.payload) {
                assert!(day == today || is_working_day(day), "{day}: {:?}", step.operation);
            }
        }
    }
}

fn days_in(payload: &Payload) -> Vec<Date> {
    match payload {
        Payload::VisitPlanned(planned) => vec![planned.on],
        Payload::VisitStarted(started) => vec![started.on],
        Payload::NotGathered(not) => vec![not.next],
        Payload::ActionOutcome(outcome) => vec![outcome.on],
        Payload::SetField(set) => set.value.parse().into_iter().collect(),
        Payload::ActionAdded(added) => match &added.step {
            Step::WeWillAsk { due, .. } => vec![*due],
            Step::NoAction => vec![],
        },
        _ => vec![],
    }
}

/// The records as a screen gets them.
fn records(script: &[Scripted]) -> BTreeMap<StreamId, Record> {
    let mut records: BTreeMap<StreamId, Record> = BTreeMap::new();
    for step in script {
        let record = records.entry(step.operation.stream).or_default();
        let body = step.operation.write(Salt([7; 16]));
        record.fold(&Entry {
            seq: record.head + 1,
            epoch: 1,
            id: Some(step.operation.id),
            replica: domain::id::ReplicaId(Uuid::nil()),
            rseq: record.head + 1,
            sha256: body.sha256(),
            actor: step.by,
            received_at: step.at,
            verdict: step.expects,
            code: None,
            body: Some(body.into_text()),
            mac: String::new(),
            was: None,
        });
    }
    records
}

#[test]
fn amira_is_on_day_31_with_a_promise_to_tell_and_an_open_draft() {
    for (today, now) in mornings() {
        let records = records(&script(today, now));
        let amira = &records[&story::stream("amira")];
        let received = amira.field(&Field::ReferralReceived).unwrap();
        assert_eq!(working_days(received.value.parse().unwrap(), today), 31);
        assert_eq!(amira.age(today), Some(8));
        assert_eq!(amira.assessment_day(today), Some(31), "nobody has authorised it yet");
        assert_eq!(amira.standing.plan.version, 3);
        assert_eq!(amira.standing.plan.state, PlanState::Draft);
        assert!(amira.standing.actions.values().any(|state| { *state == domain::standing::ActionState::Agreed }));
        assert!(!amira.views_without_action().is_empty());
    }
}

#[test]
fn sade_has_three_visits_on_the_first_day_and_on_later_ones() {
    let visits = |script: &[Scripted], today: Date| {
        let mut at: Vec<_> = script
            .iter()
            .filter_map(|step| match &step.operation.payload {
                Payload::VisitPlanned(planned) if planned.by == SADE && planned.on == today => Some(planned.at),
                _ => None,
            })
            .collect();
        at.sort();
        at
    };
    let three = [(10, 0), (13, 30), (15, 15)].map(|(hour, minute)| jiff::civil::time(hour, minute, 0, 0));
    let (today, now) = thursday();
    let mut told = script(today, now);
    assert_eq!(visits(&told, today), three);
    let (later, then) = (date(2026, 12, 1), now + SignedDuration::from_hours(120));
    let top_up = todays_visits(later, then);
    assert_eq!(visits(&top_up, later), three);
    told.extend(top_up);
    judged(&told);
}

#[test]
fn every_action_answers_a_view_of_its_child_or_says_why_not() {
    let (today, now) = thursday();
    for record in records(&script(today, now)).values() {
        let views: BTreeSet<_> = record.views().map(|view| view.id()).collect();
        for action in record.plan.actions.values() {
            assert!(!action.added.answers.is_empty() || action.added.differs.is_some());
            for answer in &action.added.answers {
                assert!(views.contains(answer), "{answer:?}");
            }
        }
    }
}

#[test]
fn every_card_shown_is_in_the_vocabulary_and_lies_in_a_cell_of_its_scale() {
    let (today, now) = thursday();
    let words = Vocabulary::built_in();
    for record in records(&script(today, now)).values() {
        for capture in record.captures.values() {
            let cards = capture.cards().chain(capture.asking.places());
            for card in cards.chain([&capture.question.topic]) {
                assert!(words.symbol(&card.symbol).is_some(), "{}", card.symbol);
            }
            assert!(capture.ended.is_some() && capture.how_given.is_some());
            for view in capture.views() {
                assert!(view.place().is_some(), "{:?}", view.placed);
                assert!(capture.cards().any(|card| card.id == view.placed.option.id));
            }
        }
    }
}

#[test]
fn nobody_is_born_after_today_and_only_one_is_expected() {
    let (today, now) = thursday();
    let mut expected = 0;
    let records = records(&script(today, now));
    for child in records.values().filter_map(|record| record.child.as_ref()) {
        match child.what.birth {
            Birth::Born(day) => assert!(day <= today),
            Birth::Expected(day) => {
                assert!(day > today);
                expected += 1;
            }
        }
    }
    assert!(expected <= 1);
}

#[test]
fn there_is_something_to_see_on_every_screen() {
    let (today, now) = thursday();
    let records = records(&script(today, now));
    let of_a_kind = |kind| records.keys().filter(move |stream| stream.kind == kind).count();
    assert_eq!((of_a_kind(StreamKind::Child), of_a_kind(StreamKind::Team)), (24, 2));
    let north = |record: &&Record| record.standing.access.team == Some(NORTH);
    let waiting: Vec<_> =
        records.values().filter(north).filter(|record| record.standing.plan.state == PlanState::Submitted).collect();
    assert_eq!(waiting.len(), 5);
    for record in waiting {
        assert!(!record.views_without_action().is_empty());
        assert!(record.voices.len() >= 2 && record.plan.actions.len() >= 2);
        assert!(Field::ALL.iter().filter(|field| record.field(field).is_some()).count() >= 6);
    }
    let count = |is: &dyn Fn(&Record) -> bool| records.values().filter(|record| is(record)).count();
    assert_eq!(count(&|record| record.standing.plan_in_conflict()), 1, "a field in conflict");
    assert_eq!(count(&|record| !record.standing.held.is_empty()), 2, "held facts");
    let not_gathered = |record: &Record| record.visits.values().any(|visit| !visit.not_gathered.is_empty());
    assert!(count(&not_gathered) >= 4, "views not gathered");
    assert!(count(&|record| record.profile().is_none()) >= 3, "thin records");
    assert!(count(&|record| record.standing.plan.state == PlanState::Returned) >= 1);
    assert!(records.values().filter(north).any(|record| !record.standing.access.assigned.contains(&SADE)));
    let reece = &records[&story::stream("reece")];
    let (decided, _) = reece.plan.last_decision().unwrap();
    assert_eq!(decided.comment, "Say why the short break differs from what Reece chose.");
    assert_eq!(records[&story::stream("joe")].age(today), Some(14));
    assert_eq!(records[&story::stream("ellie-mae")].age(today), Some(5));
}

#[test]
fn the_refused_request_is_one_a_worker_makes_by_mistake() {
    let (today, now) = thursday();
    let refused: Vec<_> = script(today, now).into_iter().filter(|step| step.expects == Verdict::Refused).collect();
    assert!(matches!(
        refused.as_slice(),
        [Scripted { by: SADE, operation: Operation { payload: Payload::SetField(_), .. }, .. }]
    ));
}

#[test]
fn the_cast_is_eight_people_with_ids_of_their_own() {
    let ids: BTreeSet<_> = cast().into_iter().map(|member| member.id).collect();
    assert_eq!(ids.len(), 8);
}

#[test]
fn a_placements_latency_is_the_time_between_showing_and_placing() {
    let (today, now) = thursday();
    let mut shown = BTreeMap::new();
    let mut placed = 0;
    for step in script(today, now) {
        match &step.operation.payload {
            Payload::Presented(presented) => {
                shown.insert(presented.presentation, step.operation.captured_at);
            }
            Payload::Answered(answered) => {
                let took = step.operation.captured_at.duration_since(shown[&answered.presentation]);
                assert_eq!(took, SignedDuration::from_millis(answered.latency_ms.try_into().unwrap()));
                assert!((1..=40).contains(&took.as_secs()));
                placed += 1;
            }
            _ => {}
        }
    }
    assert!(placed > 60);
}
