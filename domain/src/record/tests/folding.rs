//! Folding: order, repetition, redaction, and what is not sent yet. The laws over drawn streams are in `laws`.

use crate::cast::*;
use crate::code::Code;
use crate::entry::{Entry, Verdict, Was};
use crate::payload::Payload;
use crate::payload::capture::InterpretationAdded;
use crate::payload::keeping::{Admit, Declined, Redacted};
use crate::payload::plan::{DecisionOutcome, Field};
use crate::payload::profile::{Cells, CommunicationProfile, Input, ProfileSet};
use crate::payload::visit::VisitStarted;
use crate::record::Unsent;
use crate::record::item::ItemState;
use crate::script::Script;

fn of_kind(kind: &str) -> Payload {
    one_of_each().into_iter().find(|payload| payload.kind() == kind).expect("a kind of the catalogue")
}

pub(super) fn meaning(words: &str) -> Payload {
    Payload::InterpretationAdded(InterpretationAdded {
        capture: CAPTURE,
        words: words.into(),
        other_explanations: String::new(),
    })
}

pub(super) fn admit(seqs: &[u64]) -> Payload {
    Payload::Admit(Admit { seqs: seqs.to_vec() })
}

pub(super) fn redact(seq: u64) -> Payload {
    Payload::Redacted(Redacted { seq })
}

/// The same entry, sent again after a fork: another seq, the same identity and text.
pub(super) fn again(entry: &Entry, seq: u64) -> Entry {
    Entry { seq, rseq: seq, ..entry.clone() }
}

fn tombstone(entry: &Entry) -> Entry {
    Entry { body: None, ..entry.clone() }
}

#[test]
fn a_repeated_operation_takes_effect_once() {
    let mut script = Script::registered();
    script.sade([Payload::CaptureStarted(mat()), meaning("the noise")]);
    let once = script.record();
    script.entries.push(again(&script.entries[2].clone(), 4));
    let twice = script.record();
    assert_eq!(twice.captures[&CAPTURE].interpretations.len(), 1);
    assert_eq!(twice.items, once.items);
    assert_eq!(twice.standing, once.standing);
    assert_eq!(twice.head, 4);
}

#[test]
fn an_entry_that_is_here_already_changes_nothing() {
    let mut script = Script::registered();
    script.body(SADE, "not even an envelope".into());
    script.sade([Payload::CaptureStarted(mat())]);
    let mut record = script.record();
    let once = record.clone();
    record.fold(&script.entries[1]);
    record.fold(&script.entries[0]);
    assert_eq!(record, once);
}

#[test]
fn a_repeated_body_that_cannot_be_read_is_listed_once() {
    let mut script = Script::registered();
    let broken = script.next(meaning("the noise")).write(salt()).into_text().replace("\"words\":", "\"w\":");
    script.body(SADE, broken);
    assert_eq!(script.entries[1].verdict, Verdict::Held);
    script.entries.push(again(&script.entries[1].clone(), 3));
    let record = script.record();
    assert_eq!(record.items.len(), 2);
    assert_eq!(record.standing.held.seqs().count(), 1);
}

#[test]
fn another_text_under_a_used_identity_is_held_and_a_manager_can_let_it_in() {
    let mut script = Script::registered();
    script.sade([Payload::CaptureStarted(mat()), meaning("the noise")]);
    let forged = operation(3, meaning("the smell")).write(salt()).into_text();
    script.body(SADE, forged);
    let record = script.record();
    let item = record.items.last().unwrap();
    assert_eq!(item.state, ItemState::Held(Some(Code::Unreadable)));
    assert_eq!(record.captures[&CAPTURE].interpretations.len(), 1);
    assert!(record.standing.held.contains(4), "or nobody could admit it");

    let mut record = record;
    let mut letting_in = script;
    letting_in.standing = record.standing.clone();
    letting_in.helen(admit(&[4]));
    record.fold(letting_in.entries.last().unwrap());
    assert_eq!(record.captures[&CAPTURE].interpretations.len(), 2);
    assert!(record.standing.held.is_empty());
}

#[test]
fn what_is_refused_keeps_its_content_readable() {
    let mut script = Script::registered();
    let words = set(Field::PlanAnalysis, "a neighbour's opinion", None);
    script.by(RUTH, words.clone());
    let record = script.record();
    let item = record.items.last().unwrap();
    assert_eq!(item.state, ItemState::Refused(Some(Code::NotAllowed)));
    assert_eq!(item.payload, Some(words));
    assert!(record.fields.is_empty());
}

#[test]
fn admitted_facts_fold_at_the_admission_in_their_original_order_and_once() {
    let mut script = Script::registered();
    script.by(TOM, Payload::CaptureStarted(mat()));
    script.by(TOM, presented(1, &card("bus", "the bus")));
    script.by(TOM, answered(1, "bus", "like"));
    script.by(TOM, meaning("she likes the driver"));
    let held = script.record();
    assert!(held.captures.is_empty());
    assert_eq!(held.items[3].state, ItemState::Held(Some(Code::NotAssigned)));

    script.helen(admit(&[5, 4, 3, 2, 5]));
    let record = script.record();
    let capture = &record.captures[&CAPTURE];
    assert_eq!(capture.placements.len(), 1);
    assert_eq!(capture.interpretations.len(), 1);
    assert_eq!(capture.started.by, TOM.staff);
    assert!(record.items.iter().all(|item| item.state == ItemState::Accepted));
}

#[test]
fn answers_that_came_before_their_held_beginning_was_admitted_are_not_lost() {
    let mut script = Script::registered();
    script.by(TOM, Payload::CaptureStarted(mat()));
    script.helen(of_kind("StaffAssigned"));
    script.by(TOM, presented(1, &card("bus", "the bus")));
    script.by(TOM, answered(1, "bus", "like"));
    script.by(TOM, Payload::HowGiven(how_given()));
    script.helen(admit(&[2]));
    let record = script.record();
    let capture = &record.captures[&CAPTURE];
    assert_eq!(capture.placements.len(), 1);
    assert!(capture.how_given.is_some());
    assert_eq!(capture.steps.len(), 2);
}

#[test]
fn a_request_that_calls_itself_a_fact_never_takes_effect() {
    let mut script = Script::registered();
    script.sade([of_kind("NotGathered"), submitted(1)]);
    let mut disguised = script.next(decided(1, DecisionOutcome::Authorised));
    disguised.class = crate::Class::Fact;
    script.body(TOM, disguised.write(salt()).into_text());
    assert_eq!(script.entries[3].code, Some(Code::Mislabelled));
    script.helen(admit(&[4]));
    let record = script.record();
    assert_eq!(record.plan.last_decision(), None);
    assert_eq!(record.standing.plan.state, crate::standing::plan::PlanState::Submitted);
}

#[test]
fn redacted_words_are_gone_from_everywhere() {
    let mut script = Script::registered();
    script.sade([Payload::CaptureStarted(mat()), meaning("what should not be here"), meaning("the noise")]);
    script.redact(3);
    let record = script.record();
    assert!(!format!("{record:?}").contains("should not be here"));
    assert_eq!(record.captures[&CAPTURE].interpretations.len(), 1);
}

#[test]
fn a_late_repetition_does_not_bring_redacted_words_back() {
    let mut script = Script::registered();
    script.sade([Payload::CaptureStarted(mat()), meaning("private")]);
    let late = script.entries[2].clone();
    script.redact(3);
    script.entries.push(again(&late, 6));

    let kept_up = script.record();
    script.entries[2] = tombstone(&script.entries[2]);
    let began_later = script.record();
    for record in [kept_up, began_later] {
        assert!(!format!("{record:?}").contains("private"));
    }
}

#[test]
fn a_redaction_counts_for_what_was_before_it_only() {
    let mut script = Script::registered();
    script.redact(4);
    script.sade([Payload::CaptureStarted(mat()), meaning("kept")]);
    script.redact(5);
    let record = script.record();
    assert!(record.captures.contains_key(&CAPTURE));
    assert!(record.captures[&CAPTURE].interpretations.is_empty());
}

#[test]
fn a_redaction_of_an_earlier_order_hides_what_is_proven_to_be_what_it_named_and_nothing_else() {
    let mut script = Script::registered();
    script.sade([Payload::CaptureStarted(mat()), meaning("what it named"), meaning("something else")]);
    script.redact(3);
    let hidden = |script: &Script| -> Vec<bool> {
        let record = format!("{:?}", script.record());
        ["what it named", "something else"].map(|words| !record.contains(words)).into()
    };
    // It was written as the ninth of epoch 2, and brought back in epoch 3.
    (script.entries[5].epoch, script.entries[5].was) = (3, Some(Was { epoch: 2, seq: 9 }));
    assert_eq!(hidden(&script), [true, false], "the third has been in its place since epoch 1");
    script.entries[3].was = Some(Was { epoch: 2, seq: 3 });
    script.entries[2].epoch = 3;
    assert_eq!(hidden(&script), [false, true], "the fourth remembers that it was the third");
    script.entries[3].was = Some(Was { epoch: 1, seq: 3 });
    assert_eq!(hidden(&script), [false, false], "nobody can tell any more which was the third then");
}

#[test]
fn a_redaction_is_never_redacted_or_some_would_not_learn_of_it() {
    let mut script = Script::registered();
    script.sade([Payload::CaptureStarted(mat()), meaning("private")]);
    script.redact(3);
    script.redact(5);
    let record = script.record();
    assert_eq!(record.items.iter().filter_map(|item| item.seq).collect::<Vec<_>>(), [1, 2, 4, 5, 6, 7]);
}

#[test]
fn a_repeated_redaction_is_listed_once() {
    let mut script = Script::registered();
    script.sade([Payload::CaptureStarted(mat()), meaning("private")]);
    script.redact(3);
    script.entries.push(again(&script.entries[4].clone(), 6));
    assert_eq!(script.record().items.len(), 4);
}

#[test]
fn a_redaction_that_is_only_saved_here_destroys_nothing_yet() {
    let mut script = Script::registered();
    script.sade([Payload::CaptureStarted(mat()), meaning("still here")]);
    let mut record = script.record();
    let text = script.next(redact(3)).write(salt()).into_text();
    record.fold_unsent(&text, SADE.staff, Unsent::Saved);
    // Sade may not redact: the server refuses.
    script.body(SADE, text);
    record.fold(&script.entries[3]);
    assert_eq!(record, script.record());
    assert_eq!(record.captures[&CAPTURE].interpretations.len(), 1);
}

#[test]
fn what_is_saved_here_shows_at_once_with_its_true_state() {
    let mut script = Script::registered();
    script.sade([Payload::CaptureStarted(mat())]);
    let mut record = script.record();
    let text = script.next(meaning("the noise")).write(salt()).into_text();
    record.fold_unsent(&text, SADE.staff, Unsent::Saved);
    let item = record.items.last().unwrap();
    assert_eq!((item.state.clone(), item.seq), (ItemState::Saved, None));
    assert_eq!(record.captures[&CAPTURE].interpretations.len(), 1);
    assert_eq!(record.head, 2);
}

#[test]
fn an_admission_that_is_only_saved_here_is_not_shown_as_accepted() {
    let mut script = Script::registered();
    script.by(TOM, of_kind("VoiceAdded"));
    let mut record = script.record();
    let text = script.next(admit(&[2])).write(salt()).into_text();
    record.fold_unsent(&text, HELEN.staff, Unsent::Saved);
    assert_eq!(record.items[1].state, ItemState::Held(Some(Code::NotAssigned)));
    script.body(HELEN, text);
    record.fold(&script.entries[2]);
    assert_eq!(record.items[1].state, ItemState::Accepted);
}

#[test]
fn what_the_server_made_of_it_replaces_what_was_laid_on_top() {
    // Saved while Sade worked with the child; by the time it arrives she does not.
    let mut script = Script::registered();
    let first = script.next(set(Field::PlanAnalysis, "hers", None));
    let text = first.write(salt()).into_text();
    let mut record = script.record();
    record.fold_unsent(&text, SADE.staff, Unsent::Sent);
    assert!(record.field(&Field::PlanAnalysis).is_some());
    script.body(RUTH, text);
    record.fold(&script.entries[1]);
    assert!(record.field(&Field::PlanAnalysis).is_none());
    assert_eq!(record, script.record());
}

#[test]
fn a_visit_that_is_begun_twice_keeps_both_beginnings() {
    let mut script = Script::registered();
    let Payload::VisitStarted(first) = of_kind("VisitStarted") else { unreachable!("found by its kind") };
    let second = VisitStarted { present: Vec::new(), ..first.clone() };
    script.by(SADE, Payload::VisitStarted(first.clone()));
    script.by(HELEN, Payload::VisitStarted(second.clone()));
    let visit = &script.record().visits[&VISIT];
    assert_eq!(visit.started.as_ref().map(|sitting| &sitting.what), Some(&first));
    let sittings: Vec<_> = visit.sittings.iter().map(|sitting| (&sitting.what, sitting.source.by)).collect();
    assert_eq!(sittings, [(&second, HELEN.staff)]);
}

#[test]
fn a_cancelled_visit_is_not_ahead_until_it_is_planned_again() {
    let mut script = Script::registered();
    script.sade([of_kind("VisitPlanned"), of_kind("VisitCancelled")]);
    assert!(!script.record().visits[&VISIT].is_ahead());
    script.sade([of_kind("VisitPlanned")]);
    assert!(script.record().visits[&VISIT].is_ahead());
}

#[test]
fn every_profile_is_kept_and_the_last_is_in_force() {
    let mut script = Script::registered();
    let set = |summary: &str| {
        Payload::ProfileSet(ProfileSet { profile: CommunicationProfile::new(summary, Input::Touch, Cells::Three) })
    };
    script.sade([set("points"), set("points, and says no")]);
    let record = script.record();
    let summaries: Vec<_> = record.profiles.iter().map(|profile| profile.what.summary.as_str()).collect();
    assert_eq!(summaries, ["points", "points, and says no"]);
    assert_eq!(record.profile().map(|profile| profile.summary.as_str()), Some("points, and says no"));
}

#[test]
fn a_declined_fact_stays_on_record_and_never_folds_and_no_longer_waits() {
    let mut script = Script::registered();
    script.by(TOM, Payload::PersonRecorded(mum()));
    let decline = Payload::Declined(Declined { seqs: vec![2], reason: "Of another child.".into() });
    let mut here = script.record();
    here.fold_unsent(script.next(decline.clone()).write(salt()).text(), HELEN.staff, Unsent::Saved);
    assert!(matches!(here.items[1].state, ItemState::Held(_)), "only saved here, it has turned nothing away");
    script.helen(decline);
    let record = script.record();
    assert!(record.people.is_empty());
    assert_eq!(record.items[1].state, ItemState::Refused(Some(Code::Declined)));
    assert!(script.standing.held.is_empty());
    let entry = script.entries.last().unwrap();
    assert_eq!(entry.verdict, Verdict::Accepted);
    script.helen(admit(&[2]));
    assert_eq!(script.entries.last().unwrap().verdict, Verdict::Refused, "what was declined is not admitted");
    assert!(script.record().people.is_empty());
}
