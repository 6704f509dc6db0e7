//! Keeping the record in order: declining, linking, redacting.

use super::*;

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

#[test]
fn there_is_no_entry_before_the_first_and_none_goes_without_a_reason() {
    let script = under_way();
    let redact = |seq| Payload::Redacted(Redacted { seq, reason: "It is about another child.".into() });
    assert_refused(&script, HELEN, redact(0), Code::UnknownEntry);
    assert_accepted(&script, HELEN, redact(1));
    let silent = Payload::Redacted(Redacted { seq: 1, reason: "\u{200B}".into() });
    assert_refused(&script, HELEN, silent, Code::ReasonRequired);
}
