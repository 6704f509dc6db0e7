//! How long a record takes to fold, and to open from what is kept of it: `cargo run --release -p domain --example fold`.

use std::time::Instant;

use domain::asking::Asking;
use domain::asking::mat::{Mat, Scale};
use domain::class::Class;
use domain::entry::{Entry, Verdict};
use domain::id::{CaptureId, OperationId, PresentationId, ReplicaId, StaffId, StreamId, TeamId, VisitId};
use domain::operation::Salt;
use domain::payload::Payload;
use domain::payload::capture::{Answered, Asked, CaptureEnded, CaptureStarted, Card, EndedBy, Layout, Presented};
use domain::payload::child::{Birth, ChildRegistered, Name};
use domain::payload::profile::{Cells, Input, Order, Side, Theme};
use domain::{Operation, Record};
use jiff::Timestamp;
use uuid::Uuid;

/// Cards in one mat: two operations each.
const CARDS: u64 = 9;
const ROUNDS: u32 = 20;

fn main() {
    for operations in [1_000, 10_000] {
        let entries: Vec<Entry> = (1..=operations).map(entry).collect();
        let folded = fold(&entries);
        let kept = folded.keep().expect("nothing is unsent");
        let front = || Record::front(&kept.front).expect("just written");
        measure(&format!("fold of {operations} operations"), || fold(&entries));
        measure(&format!("front of {operations} operations opened ({} kB)", kept.front.len() / 1000), front);
        measure(&format!("all of {operations} operations opened ({} kB)", kept.rest.len() / 1000), || {
            front().with_rest(&kept.rest).expect("just written")
        });
    }
}

fn fold(entries: &[Entry]) -> Record {
    let mut record = Record::default();
    entries.iter().for_each(|entry| record.fold(entry));
    record
}

#[expect(clippy::print_stdout, reason = "a measurement is told on standard output")]
fn measure(what: &str, act: impl Fn() -> Record) {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            let record = act();
            let took = begun.elapsed().as_secs_f64() * 1000.0;
            assert!(record.head > 0);
            took
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{what}: {:.1} ms median, {:.1} ms worst of {ROUNDS}", times[times.len() / 2], times[times.len() - 1]);
}

fn entry(seq: u64) -> Entry {
    let stream = StreamId::child(Uuid::from_u128(1));
    let payload = payload(seq);
    let operation = Operation {
        id: OperationId(Uuid::from_u128(u128::from(seq) + 1_000_000)),
        stream,
        class: payload.class().unwrap_or(Class::Fact),
        captured_at: Timestamp::UNIX_EPOCH,
        zone: "Europe/London".into(),
        payload,
    };
    let body = operation.write(Salt([0; 16]));
    Entry {
        seq,
        epoch: 1,
        id: Some(operation.id),
        replica: ReplicaId(Uuid::from_u128(2)),
        rseq: seq,
        sha256: body.sha256(),
        actor: StaffId(Uuid::from_u128(3)),
        received_at: Timestamp::UNIX_EPOCH,
        verdict: Verdict::Accepted,
        code: None,
        body: Some(body.into_text()),
        mac: String::new(),
        was: None,
    }
}

/// A registration, then mats of nine cards.
fn payload(seq: u64) -> Payload {
    if seq == 1 {
        return Payload::ChildRegistered(ChildRegistered::new(
            Name::new("Amira", "Kaur"),
            Birth::Born(jiff::civil::date(2018, 7, 16)),
            TeamId(Uuid::from_u128(4)),
        ));
    }
    let (mat, step) = ((seq - 2) / (2 + 2 * CARDS), (seq - 2) % (2 + 2 * CARDS));
    let capture = CaptureId(Uuid::from_u128(u128::from(mat) + 10));
    if step == 0 {
        return Payload::CaptureStarted(started(capture));
    }
    if step == 1 + 2 * CARDS {
        return Payload::CaptureEnded(CaptureEnded { capture, by: EndedBy::Child });
    }
    let presentation = PresentationId(Uuid::from_u128(u128::from(mat * 100 + step.div_ceil(2)) + 10_000));
    let option = card(step.div_ceil(2));
    if step % 2 == 1 {
        let order = vec!["like".into(), "dont-like".into()];
        Payload::Presented(Presented { capture, presentation, option, order, input: Input::EyePointing })
    } else {
        let cell = if step % 4 == 0 { "like" } else { "dont-like" }.into();
        Payload::Answered(Answered {
            capture,
            presentation,
            option: option.id,
            cell,
            read_by: None,
            clarity: None,
            latency_ms: 900,
            reached: None,
        })
    }
}

fn started(capture: CaptureId) -> CaptureStarted {
    CaptureStarted {
        visit: VisitId(Uuid::from_u128(5)),
        capture,
        question: Asked {
            id: "school-journey".into(),
            version: 1,
            topic: card(0),
            words: "How do you feel about…".into(),
            language: "en-GB".into(),
        },
        asking: Asking::Mat(Mat {
            options: (1..=CARDS).map(card).collect(),
            scale: Scale { id: "like".into(), cells: vec![card(100), card(101)] },
            ends: Vec::new(),
            check: None,
        }),
        layout: Layout {
            cells: Cells::Two,
            theme: Theme::Colour,
            order: Order::Random,
            input: Input::EyePointing,
            access: access::Settings::default(),
            alone: None,
            side: Side::Below,
            keyguard: false,
            another_way: None,
            last_time: None,
            options: None,
            switch_keys: Vec::new(),
            voice: None,
        },
    }
}

fn card(number: u64) -> Card {
    Card { id: format!("card-{number}"), symbol: "bus".into(), words: format!("card {number}") }
}
