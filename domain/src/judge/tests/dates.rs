//! Dates that are wrong, in facts.

use super::*;

#[test]
fn facts_with_wrong_dates_are_taken_and_flagged() {
    let script = Script::registered();
    let started = |on| {
        let Payload::VisitStarted(started) = of_kind("VisitStarted") else {
            unreachable!("found by its kind");
        };
        Payload::VisitStarted(VisitStarted { on, ..started })
    };
    let not = |next| {
        let Payload::NotGathered(not) = of_kind("NotGathered") else {
            unreachable!("found by its kind");
        };
        Payload::NotGathered(NotGathered { next, ..not })
    };
    let (yesterday, tomorrow) = (TODAY.saturating_sub(1.day()), TODAY.saturating_add(1.day()));
    assert_accepted(&script, SADE, started(yesterday));
    assert_accepted(&script, SADE, started(TODAY));
    assert_eq!(script.try_by(SADE, started(tomorrow)), Judgement::flagged(Code::DateInFuture));
    assert_accepted(&script, SADE, not(TODAY));
    assert_eq!(script.try_by(SADE, not(yesterday)), Judgement::flagged(Code::DateInPast));
}
