use std::collections::BTreeSet;

use super::*;
use crate::cast::*;
use crate::payload::capture::CaptureStarted;
use crate::script::Script;

const NEWER: &str = r#"{"visit":"00000000-0000-0000-0000-000000000031","capture":"00000000-0000-0000-0000-000000000041",
    "kind":"body_map","sides":["front","back"],"question":{"id":"body","version":1,"topic":{"id":"body","symbol":"body",
    "words":"My body"},"words":"Where does it hurt?","language":"en-GB"},"layout":{"cells":"two","theme":"colour",
    "order":"fixed","input":"touch"}}"#;

#[test]
fn a_way_that_is_not_known_is_kept_whole_and_its_question_can_still_be_read() {
    let started: CaptureStarted = serde_json::from_str(NEWER).unwrap();
    assert!(!started.asking.is_known());
    assert_eq!(started.question.topic.words, "My body");
    let (read, written) = (serde_json::from_str::<Value>(NEWER).unwrap(), serde_json::to_value(&started).unwrap());
    assert_eq!(written, read);
}

#[test]
fn a_known_way_that_cannot_be_read_is_no_newer_one() {
    let broken = NEWER.replace("body_map", "mat");
    assert!(serde_json::from_str::<CaptureStarted>(&broken).is_err());
    let without_kind = NEWER.replace(r#""kind":"body_map","#, "");
    assert!(serde_json::from_str::<CaptureStarted>(&without_kind).is_err());
}

#[test]
fn nothing_is_shown_and_nothing_made_of_answers_to_a_way_that_is_not_known() {
    let mut script = Script::registered();
    let newer: CaptureStarted = serde_json::from_str(NEWER).unwrap();
    script.sade([
        Payload::CaptureStarted(CaptureStarted { asking: newer.asking, ..mat() }),
        presented(1, &card("arm", "my arm")),
        answered(1, "arm", "hurts"),
    ]);
    let capture = &script.record().captures[&CAPTURE];
    assert_eq!(next(capture), Step::Unknown);
    assert_eq!(capture.views().count(), 0);
    assert_eq!(capture.steps.len(), 2, "they are kept for a version that knows it");
}

#[test]
fn every_order_can_be_drawn() {
    let cards = vec![card("a", "a"), card("b", "b"), card("c", "c")];
    let mut orders = BTreeSet::new();
    for last in 0..3 {
        for middle in 0..2 {
            let mut lots = [last, middle].into_iter();
            let order = shuffled(cards.clone(), |_| lots.next().unwrap_or_default());
            orders.insert(order.into_iter().map(|card| card.id).collect::<Vec<_>>());
        }
    }
    assert_eq!(orders.len(), 6);
}
