//! The laws of folding, over streams that are drawn: prefixes, redactions, what is unsent, what is kept.

use proptest::prelude::*;

use super::folding::{admit, again, meaning};
use crate::cast::*;
use crate::code::Code;
use crate::entry::{Entry, Verdict};
use crate::operation::Operation;
use crate::payload::Payload;
use crate::payload::capture::Escape;
use crate::payload::plan::Field;
use crate::permission::Actor;
use crate::record::summary::Summary;
use crate::record::{Record, Unsent};
use crate::script::{Script, fold};
use crate::standing::{Standing, stand};

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
        1..=3 => presented(shown, &laid().options[n - 1]),
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
                script.redact(*seq);
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
