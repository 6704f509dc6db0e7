use domain::Record;
use domain::asking::Asking;
use domain::asking::mat::{Mat, Scale};
use domain::class::Class;
use domain::id::{CaptureId, OperationId, PresentationId, StaffId, StreamId, VisitId};
use domain::operation::{Operation, Salt};
use domain::payload::Payload;
use domain::payload::capture::{
    Answered, Asked, CaptureEnded, CaptureStarted, Escaped, Layout, Moved, Paused, Presented,
};
use domain::payload::profile::{Cells, Input, Order, Side, Theme};
use domain::record::Unsent;
use jiff::Timestamp;
use uuid::Uuid;

use super::*;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn card(words: &str) -> Card {
    Card { id: words.into(), symbol: words.into(), words: words.into() }
}

/// An activity told as (second, what happened).
fn told(steps: Vec<(i64, Payload)>) -> Capture {
    let (stream, capture) = (StreamId::child(id(1)), CaptureId(id(2)));
    let started = CaptureStarted {
        visit: VisitId(id(3)),
        capture,
        question: Asked {
            id: "q".into(),
            version: 1,
            topic: card("school"),
            words: "How?".into(),
            language: "en".into(),
        },
        asking: Asking::Mat(Mat {
            options: vec![card("bus"), card("car")],
            scale: Scale { id: "s".into(), cells: vec![card("like"), card("dont")] },
            ends: Vec::new(),
            check: None,
        }),
        layout: Layout {
            cells: Cells::Two,
            theme: Theme::Colour,
            order: Order::Fixed,
            input: Input::Touch,
            access: Default::default(),
            alone: None,
            side: Side::Below,
            keyguard: false,
            another_way: None,
            last_time: None,
            options: None,
            switch_keys: Vec::new(),
            voice: None,
        },
    };
    let mut record = Record::default();
    let all = std::iter::once((0, Payload::CaptureStarted(started))).chain(steps);
    for ((second, payload), number) in all.zip(10_u128..) {
        let captured_at = Timestamp::from_second(1_000 + second).unwrap();
        let class = payload.class().unwrap_or(Class::Fact);
        let operation =
            Operation { id: OperationId(id(number)), stream, class, captured_at, zone: "UTC".into(), payload };
        record.fold_unsent(operation.write(Salt([0; 16])).text(), StaffId(id(4)), Unsent::Saved);
    }
    record.captures.remove(&capture).unwrap()
}

fn shown(number: u128, option: &str) -> Payload {
    Payload::Presented(Presented {
        capture: CaptureId(id(2)),
        presentation: PresentationId(id(number)),
        option: card(option),
        order: vec!["like".into(), "dont".into()],
        input: Input::Touch,
    })
}

fn placed(number: u128, option: &str, cell: &str) -> Payload {
    Payload::Answered(Answered {
        capture: CaptureId(id(2)),
        presentation: PresentationId(id(number)),
        option: option.into(),
        cell: cell.into(),
        read_by: None,
        clarity: None,
        latency_ms: 4_000,
        reached: None,
    })
}

fn moved(option: &str, from: &str, to: &str) -> Payload {
    Payload::Moved(Moved {
        capture: CaptureId(id(2)),
        option: option.into(),
        from: from.into(),
        to: to.into(),
        reached: None,
    })
}

fn paused(why: PauseReason) -> Payload {
    Payload::Paused(Paused { capture: CaptureId(id(2)), presentation: None, why })
}

fn a_visit() -> Capture {
    told(vec![
        (5, shown(1, "bus")),
        (15, placed(1, "bus", "like")),
        (17, paused(PauseReason::Tired)),
        (77, paused(PauseReason::Resumed)),
        (80, shown(2, "car")),
        (
            90,
            Payload::Escaped(Escaped {
                capture: CaptureId(id(2)),
                presentation: Some(PresentationId(id(2))),
                which: Escape::Skip,
                chose: None,
                reached: None,
            }),
        ),
        (95, moved("bus", "like", "dont")),
        (100, Payload::CaptureEnded(CaptureEnded { capture: CaptureId(id(2)), by: EndedBy::Finished })),
    ])
}

#[test]
fn each_step_shows_the_mat_as_it_then_was() {
    let frames = frames(&a_visit());
    let seen: Vec<(String, Option<String>, Vec<String>)> = frames
        .iter()
        .map(|frame| {
            let lies = frame.placed.iter().map(|(card, cell)| format!("{} in {cell}", card.words)).collect();
            (clock(frame.at_ms), frame.showing.as_ref().map(|card| card.words.clone()), lies)
        })
        .collect();
    let bus = |cell: &str| vec![format!("bus in {cell}")];
    assert_eq!(
        seen,
        [
            ("0:00".into(), Some("bus".into()), vec![]),
            ("0:10".into(), None, bus("like")),
            ("0:12".into(), None, bus("like")),
            ("1:12".into(), None, bus("like")),
            ("1:15".into(), Some("car".into()), bus("like")),
            ("1:25".into(), None, bus("like")),
            ("1:30".into(), None, bus("dont")),
            ("1:35".into(), None, bus("dont")),
        ]
    );
}

#[test]
fn an_escape_names_what_was_on_the_screen() {
    let frames = frames(&a_visit());
    assert_eq!(frames[5].moment, Moment::Escaped { card: Some(card("car")), which: Escape::Skip, chose: None });
}

#[test]
fn the_bar_is_as_long_as_the_activity_and_pauses_are_apart() {
    let frames = frames(&a_visit());
    let parts = parts(&frames);
    assert_eq!(parts.iter().map(|part| part.lasts_ms).collect::<Vec<_>>(), [12_000, 60_000, 3_000, 20_000]);
    assert_eq!(parts.iter().map(|part| part.is_pause).collect::<Vec<_>>(), [false, true, false, false]);
    assert_eq!(parts.iter().map(|part| part.frames.len()).sum::<usize>(), frames.len(), "every step is in one part");
}

#[test]
fn an_activity_without_steps_has_nothing_to_show() {
    let frames = frames(&told(Vec::new()));
    assert!(frames.is_empty() && parts(&frames).is_empty());
    let replay = Replay::new(0);
    for press in [Press::Play, Press::Next, Press::Back, Press::Last, Press::GoTo(7), Press::Tick] {
        assert_eq!(replay.after(press), replay, "{press:?}");
    }
}

#[test]
fn it_stands_still_until_someone_presses_play() {
    let replay = Replay::new(4);
    assert!(!replay.playing);
    assert_eq!(replay.after(Press::Tick), replay, "a late timer changes nothing");
}

#[test]
fn it_goes_on_to_the_last_step_and_stops_there() {
    let mut replay = Replay::new(3).after(Press::Play);
    replay = replay.after(Press::Tick);
    assert_eq!((replay.frame, replay.playing), (1, true));
    replay = replay.after(Press::Tick);
    assert_eq!((replay.frame, replay.playing), (2, false));
    assert_eq!(replay.after(Press::Play).frame, 0, "played again, it begins again");
}

#[test]
fn stepping_stays_inside_and_stops_the_playing() {
    let playing = Replay::new(3).after(Press::Play);
    for (press, frame) in [
        (Press::Pause, 0),
        (Press::Next, 1),
        (Press::Back, 0),
        (Press::Last, 2),
        (Press::GoTo(9), 2),
        (Press::First, 0),
    ] {
        let after = playing.after(press);
        assert_eq!((after.frame, after.playing), (frame, false), "{press:?}");
    }
}

#[test]
fn a_long_wait_is_told_and_not_sat_through() {
    let frames = frames(&a_visit());
    assert_eq!(stays_ms(&frames, 2), 2_600, "the pause of a minute");
    assert_eq!(stays_ms(&frames, 1), 2_000, "as long as it took");
    assert_eq!(stays_ms(&frames, 7), 900, "the last step");
}
