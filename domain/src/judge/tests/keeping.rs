//! Keeping the record in order: declining, linking, redacting.

use super::*;
use crate::payload::child::PersonRecorded;
use crate::payload::keeping::{Redacted, RedactionDeclined, RedactionProposed};
use crate::record::redaction::RedactionOutcome;

#[test]
fn nobody_declines_a_fact_of_their_own_or_without_a_reason() {
    let script = under_way();
    let decline =
        |seqs: &[u64], reason: &str| Payload::Declined(Declined { seqs: seqs.to_vec(), reason: reason.into() });
    assert_accepted(&script, HELEN, decline(&[2], "Of another child."));
    assert_refused(&script, HELEN, decline(&[2], " \u{2060}"), Code::ReasonRequired);
    assert_refused(&script, HELEN, decline(&[1], "Of another child."), Code::NotHeld);
    assert_refused(&script, IMRAN, decline(&[2], "Of another child."), Code::NotAllowed);
    let mut own = Script::registered();
    own.by(TOM, Payload::PersonRecorded(mum()));
    let promoted = Actor { role: Role::Manager, ..TOM };
    assert_refused(&own, promoted, decline(&[2], "Of another child."), Code::OwnWork);
}

#[test]
fn a_record_is_linked_to_another_childs_and_the_link_can_be_undone() {
    let mut script = Script::registered();
    let link = |stream| Payload::DuplicateOf(DuplicateOf { stream });
    let undo = |stream| Payload::NotDuplicateOf(NotDuplicateOf { stream });
    assert_refused(&script, SADE, link(amira()), Code::WrongRecord);
    assert_refused(&script, SADE, link(haddads()), Code::WrongRecord);
    assert_refused(&script, SADE, undo(other_child()), Code::NotADuplicate);
    assert_accepted(&script, HELEN, link(other_child()));
    script.sade([link(other_child())]);
    assert_eq!(script.standing.duplicate_of, Some(other_child()));
    assert_refused(&script, SADE, undo(amira()), Code::NotADuplicate);
    script.helen(undo(other_child()));
    assert_eq!(script.standing.duplicate_of, None);
}

fn redact(seq: u64) -> Payload {
    Payload::Redacted(Redacted { seq })
}

fn declined(seq: u64, reason: &str) -> Payload {
    Payload::RedactionDeclined(RedactionDeclined { seq, reason: reason.into() })
}

#[test]
fn words_are_destroyed_by_two_people_or_not_at_all() {
    let mut script = under_way();
    assert_refused(&script, HELEN, redact(2), Code::NotProposed);
    assert_refused(&script, HELEN, declined(2, "They are hers."), Code::NotProposed);
    script.sade([proposed(2)]);
    for second in [HELEN, IMRAN, ADMINISTRATOR] {
        assert_accepted(&script, second, redact(2));
        assert_accepted(&script, second, declined(2, "They are hers."));
    }
    for nobody in [TOM, RUTH, DUTY, AUDITOR] {
        assert_refused(&script, nobody, redact(2), Code::NotAllowed);
        assert_refused(&script, nobody, declined(2, "They are hers."), Code::NotAllowed);
    }
    // Sade, since made the team's manager, is still the first person.
    let promoted = Actor { role: Role::Manager, ..SADE };
    assert_refused(&script, promoted, redact(2), Code::OwnWork);
    assert_accepted(&script, SADE, declined(2, "I was wrong: they are hers."));
    script.helen(redact(2));
    assert!(script.standing.redactions.is_empty());
    assert_refused(&script, HELEN, redact(2), Code::NotProposed);
}

#[test]
fn a_managers_proposal_waits_for_another_manager_or_the_administrator() {
    let mut script = under_way();
    script.helen(proposed(1));
    assert_refused(&script, HELEN, redact(1), Code::OwnWork);
    assert_refused(&script, SADE, redact(1), Code::NotAllowed);
    assert_accepted(&script, IMRAN, redact(1));
    assert_accepted(&script, ADMINISTRATOR, redact(1));
}

#[test]
fn a_proposal_names_an_entry_and_a_reason_once_and_only_so_many_wait() {
    let mut script = under_way();
    assert_refused(&script, SADE, proposed(0), Code::UnknownEntry);
    let silent = RedactionProposed { seq: 2, kind: "VoiceAdded".into(), reason: "\u{200B}".into() };
    assert_refused(&script, SADE, Payload::RedactionProposed(silent), Code::ReasonRequired);
    script.sade([proposed(2)]);
    assert_refused(&script, HELEN, proposed(2), Code::AlreadyProposed);
    assert_refused(&script, HELEN, declined(2, " "), Code::ReasonRequired);
    script.helen(declined(2, "They are hers."));
    assert_accepted(&script, HELEN, proposed(2));
    script.sade((1..=u64::try_from(MOST_PROPOSED).unwrap()).map(proposed));
    assert_refused(&script, SADE, proposed(99), Code::TooManyProposed);
}

#[test]
fn the_register_names_what_was_destroyed_without_its_words() {
    let mut script = under_way();
    script.sade([Payload::PersonRecorded(PersonRecorded::new(DAD, "Omar Haddad", "Dad"))]);
    let seq = script.entries.last().unwrap().seq;
    script.sade([proposed(seq)]);
    script.helen(redact(seq));
    let record = script.record();
    let [redaction] = record.redactions.as_slice() else { panic!("one: {:?}", record.redactions) };
    assert_eq!((redaction.seq, redaction.proposed.source.by), (seq, SADE.staff));
    let outcome = redaction.outcome.as_ref().unwrap();
    assert_eq!((&outcome.what, outcome.source.by), (&RedactionOutcome::Destroyed, HELEN.staff));
    assert!(!format!("{record:?}").contains("Omar"));
}
