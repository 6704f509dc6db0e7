//! A list says what the record says.

use std::collections::BTreeSet;

use crate::cast::*;
use crate::payload::Payload;
use crate::record::item::ItemState;
use crate::record::promises::promises;
use crate::record::recorded::Subject;
use crate::record::summary::Summary;
use crate::record::{Record, Unsent};
use crate::script::Script;

fn story() -> Script {
    let mut script = Script::registered();
    for payload in one_of_each() {
        script.by(SADE, payload.clone());
        script.by(HELEN, payload);
    }
    script
}

fn summary(record: &Record) -> Summary {
    Summary::of(record, SADE.staff)
}

#[test]
fn a_list_says_of_a_child_what_the_record_says() {
    let record = story().record();
    let summary = summary(&record);
    assert_eq!(summary.short_name(), record.child.as_ref().unwrap().what.name.short());
    assert_eq!(summary.age(TODAY), record.age(TODAY));
    assert_eq!(summary.profile.as_ref(), record.profile());
    assert_eq!(summary.access, record.standing.access);
    assert_eq!(summary.assessment_day(TODAY), record.assessment_day(TODAY));
    assert_eq!(summary.submitted, record.plan.last_submission());
    for (id, visit) in &record.visits {
        assert_eq!(summary.visits[id].is_ahead(), visit.is_ahead());
        assert_eq!(summary.promises(*id), promises(&record, *id));
    }
}

#[test]
fn a_proposal_to_destroy_words_waits_for_others_and_not_for_whoever_made_it() {
    let mut script = Script::registered();
    script.sade([Payload::PersonRecorded(mum()), proposed(2)]);
    let waiting = |reader| Summary::of(&script.record(), reader).redactions.map(|(count, _)| count);
    assert_eq!((waiting(SADE.staff), waiting(HELEN.staff)), (None, Some(1)));
}

#[test]
fn what_came_in_the_night_waits_until_the_day_has_read_it_and_a_concern_for_the_manager() {
    let waits = |script: &Script| {
        let to_read = Summary::of(&script.record(), SADE.staff).to_read;
        to_read.into_iter().map(|one| (one.contact, one.by_worker, one.by_manager)).collect::<Vec<_>>()
    };
    let mut script = Script::registered();
    let kind = |kind: &str| one_of_each().into_iter().find(|payload| payload.kind() == kind).unwrap();
    script.by(DUTY, kind("ContactWritten"));
    script.by(DUTY, kind("ConcernWritten"));
    assert_eq!(waits(&script), [(CONCERN, true, true), (CONTACT, true, true)], "a concern first");
    script.by(SADE, kind("ContactSeen"));
    assert_eq!(waits(&script), [(CONCERN, true, true)]);
    // Whatever the manager says: whoever works with the child has to read it.
    script.helen(kind("ConcernSeen"));
    assert_eq!(waits(&script), [(CONCERN, true, false)]);
    let seen = crate::payload::contact::ContactSeen { contact: CONCERN };
    script.by(SADE, Payload::ContactSeen(seen));
    assert_eq!(waits(&script), []);
}

#[test]
fn a_concern_that_is_held_is_told_from_other_held_facts() {
    let held = |payload: Payload| {
        let mut script = Script::registered();
        script.by(RUTH, payload);
        let summary = summary(&script.record());
        (summary.held.map(|(count, _)| count), summary.holds_concern, summary.to_read.len())
    };
    let kind = |kind: &str| one_of_each().into_iter().find(|payload| payload.kind() == kind).unwrap();
    assert_eq!(held(kind("ConcernWritten")), (Some(1), true, 0));
    assert_eq!(held(kind("ContactWritten")), (Some(1), false, 0));
}

#[test]
fn a_summary_survives_being_kept() {
    let summary = summary(&story().record());
    let text = serde_json::to_vec(&summary).unwrap();
    assert_eq!(serde_json::from_slice::<Summary>(&text).unwrap(), summary);
}

#[test]
fn the_taps_of_an_activity_are_one_line_before_and_after_it_ended() {
    let mut script = Script::registered();
    script.sade([
        Payload::CaptureStarted(mat()),
        presented(1, &laid().options[0]),
        answered(1, &laid().options[0].id, "like"),
    ]);
    let mats = |record: &Record| {
        let lines = summary(record).recorded;
        lines.into_iter().filter(|line| matches!(line.subject, Subject::Activity { topic: Some(_), .. })).count()
    };
    let running = script.record();
    let ended = one_of_each().into_iter().find(|payload| payload.kind() == "CaptureEnded").unwrap();
    script.sade([ended]);
    let over = script.record();
    assert_eq!((mats(&running), mats(&over)), (1, 1));
    assert!(over.items.len() < running.items.len(), "its taps are told by the activity");
    let answered: BTreeSet<_> = running.ids().collect();
    assert!(answered.iter().all(|id| over.state_of(*id) == Some(ItemState::Accepted)));
}

#[test]
fn what_is_not_sent_is_in_the_summary_as_saved() {
    let mut record = Script::registered().record();
    let body = Script::registered().next(Payload::CaptureStarted(mat())).write(salt()).into_text();
    record.fold_unsent(&body, SADE.staff, Unsent::Saved);
    assert!(summary(&record).recorded.iter().any(|line| line.state == ItemState::Saved));
}
