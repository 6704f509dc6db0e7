//! What a newer version wrote survives an older one, byte for byte.

use proptest::prelude::*;

use crate::cast::*;
use crate::entry::{Entry, Verdict};
use crate::hash::Hash;
use crate::operation::{Body, Operation, Unreadable};
use crate::payload::Payload;
use crate::record::item::ItemState;
use crate::script::Script;

/// As another implementation might write it: odd spaces, escapes, an unknown field here and there.
const ODD: &str = "  {\t\"data\" : {\"mood\":\"\u{1f642} \\u00e9\\n\", \"depth\":{\"a\":[1, 2.50,1e3]}},\n\"salt\":\"00000000000000000000000000000000\",\"kind\":\"Dreamt\", \"zone\":\"Europe\\/London\",\"captured_at\":\"2026-11-26T10:10:00.000Z\",\"schema\":1,\"class\":\"fact\",\"colour\":\"red\",\"stream\":\"child-00000000-0000-0000-0000-0000000000c1\",\"id\":\"019ac0de-0000-7000-8000-0000000000ff\"} ";

#[test]
fn an_unknown_kind_keeps_its_exact_text_through_entry_and_record() {
    let mut script = Script::registered();
    let entry = script.body(SADE, ODD.into()).clone();
    assert_eq!(entry.verdict, Verdict::Accepted);
    let sent: Entry = serde_json::from_str(&serde_json::to_string(&entry).unwrap()).unwrap();
    assert_eq!(sent.body.as_deref(), Some(ODD));
    assert_eq!(sent.sha256, Hash::of(ODD.as_bytes()));
    let record = script.record();
    let item = record.items.last().unwrap();
    assert_eq!(item.state, ItemState::Accepted);
    assert!(matches!(&item.payload, Some(Payload::Unknown { kind }) if kind == "Dreamt"));
}

#[test]
fn a_known_kind_with_an_unknown_field_reads_and_keeps_its_text() {
    let text = operation(2, Payload::HowGiven(how_given()))
        .write(salt())
        .into_text()
        .replace("\"support\":", "\"weather\":\"rain\",\"support\":");
    let read = Operation::read(&text).unwrap();
    assert_eq!(read.payload, Payload::HowGiven(how_given()));
    let mut script = Script::registered();
    let entry = script.body(SADE, text.clone());
    assert_eq!(entry.body.as_deref(), Some(text.as_str()));
}

#[test]
fn a_kind_this_version_knows_with_a_value_it_does_not_know_is_held_and_kept() {
    let text =
        operation(2, Payload::HowGiven(how_given())).write(salt()).into_text().replace("eye_pointing", "brain_waves");
    let mut script = Script::registered();
    let entry = script.body(SADE, text.clone());
    assert_eq!(entry.verdict, Verdict::Held);
    assert_eq!(entry.id, Some(operation_id(2)));
    assert_eq!(entry.body, Some(text));
}

#[test]
fn a_schema_of_another_version_is_not_read_as_this_one() {
    for payload in [Payload::HowGiven(how_given()), submitted(1)] {
        let class = payload.class().unwrap();
        let text = operation(2, payload).write(salt()).into_text().replace("\"schema\":1", "\"schema\":2");
        let id = operation_id(2);
        assert_eq!(Operation::read(&text), Err(Unreadable::Data { id, class }));
    }
}

fn of_kind(kind: &str) -> Payload {
    one_of_each().into_iter().find(|payload| payload.kind() == kind).unwrap()
}

#[test]
fn data_of_an_older_version_reads_without_the_fields_that_came_later() {
    let text = operation(2, of_kind("VisitPlanned")).write(salt()).into_text();
    let (before, after) = text.split_once(",\"before_you_ring\"").unwrap();
    let (_, end) = after.split_once("journey\"]").unwrap();
    let Payload::VisitPlanned(planned) = Operation::read(&format!("{before}{end}")).unwrap().payload else {
        panic!("a planned visit");
    };
    assert_eq!((planned.before_you_ring.as_str(), planned.bring.as_str()), ("", ""));
}

#[test]
fn every_kind_survives_its_written_form() {
    for payload in one_of_each() {
        let written = operation(1, payload);
        let body = written.write(salt());
        assert_eq!(Operation::read(body.text()), Ok(written));
        assert_eq!(body.sha256(), Hash::of(body.text().as_bytes()));
    }
}

#[test]
fn a_body_says_nothing_of_its_words_where_it_is_logged() {
    let body = operation(1, Payload::ChildRegistered(registered())).write(salt());
    assert!(!format!("{body:?}").contains("Amira"));
}

proptest! {
    #[test]
    fn whatever_arrives_keeps_its_text(text in "\\PC{0,60}|[ \t\n\u{0}-\u{1f}\"\\\\{}:,]{0,40}") {
        let mut script = Script::registered();
        let entry = script.body(SADE, text.clone()).clone();
        let sent: Entry = serde_json::from_str(&serde_json::to_string(&entry).unwrap()).unwrap();
        prop_assert_eq!(sent, entry);
        prop_assert_eq!(Body::new(text.clone()).into_text(), text);
    }

    #[test]
    fn words_of_any_kind_survive_a_body(words in any::<String>(), zone in any::<String>()) {
        let mut written = operation(1, set(crate::payload::plan::Field::Other(words.clone()), &words, None));
        written.zone = zone;
        // A field whose name this version knows is that field.
        let body = written.write(salt());
        let read = Operation::read(body.text()).unwrap();
        prop_assert_eq!(read.zone, written.zone);
        let Payload::SetField(set) = read.payload else { panic!("a field") };
        prop_assert_eq!(set.value, words);
    }
}
