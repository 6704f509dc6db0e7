//! The laws of folding: order, repetition, redaction, and what is not sent yet.

use proptest::prelude::*;

use crate::access::Actor;
use crate::cast::*;
use crate::code::Code;
use crate::entry::{Entry, Verdict, Was};
use crate::operation::Operation;
use crate::payload::Payload;
use crate::payload::capture::{Escape, InterpretationAdded};
use crate::payload::keeping::{Admit, Redacted};
use crate::payload::plan::{DecisionOutcome, Field};
use crate::record::item::ItemState;
use crate::record::summary::Summary;
use crate::record::{Record, Unsent};
use crate::script::{Script, fold};
use crate::standing::{Standing, stand};

fn of_kind(kind: &str) -> Payload {
    one_of_each().into_iter().find(|payload| payload.kind() == kind).expect("a kind of the catalogue")
}

fn meaning(words: &str) -> Payload {
    Payload::InterpretationAdded(InterpretationAdded {
        capture: CAPTURE,
        words: words.into(),
        other_explanations: String::new(),
    })
}

fn admit(seqs: &[u64]) -> Payload {
    Payload::Admit(Admit { seqs: seqs.to_vec() })
}

fn redact(seq: u64) -> Payload {
    Payload::Redacted(Redacted { seq })
}

/// The same entry, sent again after a fork: another seq, the same identity and text.
fn again(entry: &Entry, seq: u64) -> Entry {
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
    script.sade([submitted(1)]);
    let mut disguised = script.next(decided(1, DecisionOutcome::Authorised));
    disguised.class = crate::Class::Fact;
    script.body(TOM, disguised.write(salt()).into_text());
    assert_eq!(script.entries[2].code, Some(Code::Mislabelled));
    script.helen(admit(&[3]));
    let record = script.record();
    assert_eq!(record.plan.last_decision(), None);
    assert_eq!(record.standing.plan.state, crate::standing::plan::PlanState::Submitted);
}

#[test]
fn redacted_words_are_gone_from_everywhere() {
    let mut script = Script::registered();
    script.sade([Payload::CaptureStarted(mat()), meaning("what should not be here"), meaning("the noise")]);
    script.helen(redact(3));
    let record = script.record();
    assert!(!format!("{record:?}").contains("should not be here"));
    assert_eq!(record.captures[&CAPTURE].interpretations.len(), 1);
}

#[test]
fn a_late_repetition_does_not_bring_redacted_words_back() {
    let mut script = Script::registered();
    script.sade([Payload::CaptureStarted(mat()), meaning("private")]);
    let late = script.entries[2].clone();
    script.helen(redact(3));
    script.entries.push(again(&late, 5));

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
    script.helen(redact(3));
    script.sade([Payload::CaptureStarted(mat()), meaning("kept")]);
    script.helen(redact(4));
    let record = script.record();
    assert!(record.captures.contains_key(&CAPTURE));
    assert!(record.captures[&CAPTURE].interpretations.is_empty());
}

#[test]
fn a_redaction_of_an_earlier_order_hides_what_is_proven_to_be_what_it_named_and_nothing_else() {
    let mut script = Script::registered();
    script.sade([Payload::CaptureStarted(mat()), meaning("what it named"), meaning("something else")]);
    script.helen(redact(3));
    let hidden = |script: &Script| -> Vec<bool> {
        let record = format!("{:?}", script.record());
        ["what it named", "something else"].map(|words| !record.contains(words)).into()
    };
    // It was written as the ninth of epoch 2, and brought back in epoch 3.
    (script.entries[4].epoch, script.entries[4].was) = (3, Some(Was { epoch: 2, seq: 9 }));
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
    script.helen(redact(3));
    script.helen(redact(4));
    let record = script.record();
    assert_eq!(record.items.iter().filter_map(|item| item.seq).collect::<Vec<_>>(), [1, 2, 4, 5]);
}

#[test]
fn a_repeated_redaction_is_listed_once() {
    let mut script = Script::registered();
    script.sade([Payload::CaptureStarted(mat()), meaning("private")]);
    script.helen(redact(3));
    script.entries.push(again(&script.entries[3].clone(), 5));
    assert_eq!(script.record().items.len(), 3);
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

/// The same record as another start of the application opens it.
fn reopened(record: &Record) -> Record {
    let kept = record.keep().expect("nothing is unsent");
    Record::front(&kept.front).expect("just written").with_rest(&kept.rest).expect("just written")
}

/// All that a screen can see.
fn shown(record: &Record) -> String {
    let ids: Vec<_> = record.ids().map(|id| (id, record.state_of(id))).collect();
    let taps: Vec<_> = record.captures.values().map(|capture| &capture.steps).collect();
    format!("{:?} {ids:?} {:?} {taps:?}", serde_json::to_string(record), record.items)
}

/// What can be written in one line of a generated stream.
#[derive(Clone, Debug)]
enum Line {
    Kind(usize, usize),
    Unknown(usize),
    Garbage,
    Repeat(usize),
    Forge(usize),
    Admit(Vec<u64>),
    Redact(u64),
    Field(usize, bool),
    Mat(usize),
}

const EVERYONE: [Actor; 8] = [SADE, TOM, RUTH, HELEN, IMRAN, DUTY, AUDITOR, ADMINISTRATOR];

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let line = prop_oneof![
        6 => (0..Payload::CATALOGUE.len(), 0..4_usize).prop_map(|(kind, who)| Line::Kind(kind, who)),
        6 => (0..9_usize).prop_map(Line::Mat),
        1 => (0..8_usize).prop_map(Line::Unknown),
        1 => Just(Line::Garbage),
        2 => any::<usize>().prop_map(Line::Repeat),
        1 => any::<usize>().prop_map(Line::Forge),
        2 => proptest::collection::vec(1..20_u64, 1..6).prop_map(Line::Admit),
        1 => (0..20_u64).prop_map(Line::Redact),
        3 => (0..4_usize, any::<bool>()).prop_map(|(field, seen)| Line::Field(field, seen)),
    ];
    proptest::collection::vec(line, 0..30)
}

fn mat_line(n: usize) -> Payload {
    let shown = u128::try_from(n % 3).unwrap_or_default();
    match n {
        0 => Payload::CaptureStarted(mat()),
        1..=3 => presented(shown, &mat().options[n - 1]),
        4 | 5 => answered(shown, "bus", if n == 4 { "like" } else { "dont-like" }),
        6 => moved("bus", "like", "dont-like"),
        7 => escaped(shown, Escape::Skip),
        _ => escaped(shown, Escape::SomethingElse),
    }
}

/// A stream as a careful server keeps it: repeated identities get the verdict that folding gives them.
fn write(lines: &[Line]) -> Vec<Entry> {
    let mut script = Script::registered();
    for line in lines {
        let written = script.entries.len();
        match line {
            Line::Kind(kind, who) => {
                script.by(EVERYONE[*who], one_of_each()[*kind].clone());
            }
            Line::Mat(n) => {
                script.by(SADE, mat_line(*n));
            }
            Line::Unknown(who) => {
                let unknown = Payload::Unknown { kind: "Dreamt".into() };
                script.by(EVERYONE[*who], unknown);
            }
            Line::Garbage => {
                script.body(SADE, format!("garbage {written}"));
            }
            Line::Admit(seqs) => {
                script.helen(admit(seqs));
            }
            Line::Redact(seq) => {
                script.helen(redact(*seq));
            }
            Line::Field(field, seen) => {
                let field = Field::ALL[*field].clone();
                let replaces = seen.then(|| script.record().replaces(&field)).flatten();
                script.sade([set(field, &format!("words {written}"), replaces)]);
            }
            Line::Repeat(which) => {
                let entry = again(&script.entries[which % written], written as u64 + 1);
                script.entries.push(entry);
            }
            Line::Forge(which) => {
                let Some(id) = script.entries[which % written].id else {
                    continue;
                };
                let mut forged = script.next(meaning(&format!("forged {written}")));
                forged.id = id;
                let body = forged.write(salt()).into_text();
                let before = script.standing.clone();
                let mut entry = script.body(SADE, body).clone();
                entry.verdict = Verdict::Held;
                entry.code = Some(Code::Unreadable);
                let read = entry.operation().expect("just written");
                script.standing = before;
                let (seq, held) = (entry.seq, Verdict::Held);
                stand(&mut script.standing, seq, held, SADE.staff, &read);
                *script.entries.last_mut().expect("just written") = entry;
            }
        }
    }
    script.entries
}

/// Whether the entry only repeats an earlier one.
fn is_repeated(entries: &[Entry], entry: &Entry) -> bool {
    let first = entries.iter().find(|first| first.id.is_some() && first.id == entry.id);
    first.is_some_and(|first| first.seq < entry.seq && first.sha256 == entry.sha256)
}

/// The stream as it is stored after its redactions.
fn redacted(entries: &[Entry]) -> Vec<Entry> {
    let mut stored = entries.to_vec();
    for entry in entries.iter().filter(|entry| !is_repeated(entries, entry)) {
        if let (Verdict::Accepted, Some(Ok(operation))) = (entry.verdict, entry.operation())
            && let Payload::Redacted(redacted) = operation.payload
            && let Some(gone) = stored.iter_mut().find(|gone| gone.seq == redacted.seq && gone.seq < entry.seq)
            && !matches!(gone.operation(), Some(Ok(Operation { payload: Payload::Redacted(_), .. })))
        {
            gone.body = None;
        }
    }
    stored
}

/// What a server that ignores repeated identities keeps, having read the stream as it is stored.
fn server_standing(entries: &[Entry]) -> Standing {
    let mut standing = Standing::default();
    for entry in entries.iter().filter(|entry| !is_repeated(entries, entry)) {
        if let Some(read) = entry.operation() {
            stand(&mut standing, entry.seq, entry.verdict, entry.actor, &read);
        }
    }
    standing
}

proptest! {
    #[test]
    fn folding_a_prefix_then_the_rest_equals_folding_all(lines in lines(), cut in any::<usize>()) {
        let entries = write(&lines);
        let (prefix, rest) = entries.split_at(cut % (entries.len() + 1));
        let mut record = fold(prefix);
        // Storage hands the last page over again after a crash.
        for entry in prefix.iter().rev().take(3).rev().chain(rest) {
            record.fold(entry);
        }
        prop_assert_eq!(record, fold(&entries));
    }

    #[test]
    fn whoever_pulls_after_a_redaction_sees_what_they_see_who_pulled_before(lines in lines(), cut in any::<usize>()) {
        let entries = write(&lines);
        let stored = redacted(&entries);
        let cut = cut % (entries.len() + 1);
        let mut kept_up = fold(&entries[..cut]);
        for entry in &redacted(&entries)[cut..] {
            kept_up.fold(entry);
        }
        let late = fold(&stored);
        prop_assert_eq!(&kept_up, &late);
        prop_assert_eq!(&fold(&entries), &late);
    }

    #[test]
    fn the_record_holds_the_standing_that_the_server_keeps(lines in lines()) {
        let entries = write(&lines);
        prop_assert_eq!(fold(&entries).standing, server_standing(&redacted(&entries)));
    }

    #[test]
    fn laying_on_what_is_unsent_changes_nothing_once_its_entries_are_here(lines in lines(), from in any::<usize>(), every in 1..4_usize) {
        let entries = write(&lines);
        let from = from % (entries.len() + 1);
        let mut record = fold(&entries[..from]);
        for entry in entries[from..].iter().step_by(every) {
            record.fold_unsent(entry.body.as_deref().expect("not redacted"), entry.actor, Unsent::Saved);
        }
        for entry in &entries[from..] {
            record.fold(entry);
        }
        prop_assert_eq!(record, fold(&entries));
    }

    #[test]
    fn going_on_from_a_kept_record_equals_folding_all(lines in lines(), cut in any::<usize>()) {
        let entries = write(&lines);
        let (prefix, rest) = entries.split_at(cut % (entries.len() + 1));
        let whole = fold(&entries);
        let mut record = reopened(&fold(prefix));
        rest.iter().for_each(|entry| record.fold(entry));
        let redacts = rest.iter().any(|entry| matches!(entry.operation(), Some(Ok(Operation { payload: Payload::Redacted(_), .. }))));
        prop_assert!(!record.is_outdated() || redacts);
        if !record.is_outdated() {
            prop_assert_eq!(record.keep(), whole.keep());
            prop_assert_eq!(shown(&record), shown(&whole));
        }
    }

    #[test]
    fn a_kept_record_shows_what_the_record_shows(lines in lines(), from in any::<usize>()) {
        let entries = write(&lines);
        let (here, unsent) = entries.split_at(from % (entries.len() + 1));
        let mut record = fold(here);
        let mut again = reopened(&record);
        prop_assert_eq!(shown(&again), shown(&record));
        for entry in unsent {
            let body = entry.body.as_deref().expect("not redacted");
            record.fold_unsent(body, entry.actor, Unsent::Saved);
            again.fold_unsent(body, entry.actor, Unsent::Saved);
        }
        prop_assert_eq!(shown(&again), shown(&record));
        prop_assert_eq!(Summary::of(&again, SADE.staff), Summary::of(&record, SADE.staff));
    }

    #[test]
    fn every_readable_operation_is_listed_with_its_verdict(lines in lines()) {
        let entries = write(&lines);
        let record: Record = fold(&entries);
        let tombstones = redacted(&entries).iter().filter(|entry| entry.body.is_none()).count();
        prop_assert!(record.items.len() + tombstones <= entries.len());
        let seqs: Vec<_> = record.items.iter().filter_map(|item| item.seq).collect();
        prop_assert!(seqs.is_sorted());
    }
}
