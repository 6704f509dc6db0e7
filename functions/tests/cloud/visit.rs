//! A visit of forty answers, as a tablet sends it: ids and salts as random as they are in earnest, because they are what a
//! packer cannot make smaller.

use domain::asking::{Asking, Mat};
use domain::id::{CaptureId, OperationId, PresentationId, ReplicaId, StreamId, TeamId, VisitId};
use domain::operation::Salt;
use domain::payload::capture::{
    Answered, CaptureEnded, CaptureStarted, EndedBy, HowGiven, Layout, OptionsChosenBy, Placement, Presented, Reviewed,
    Seen, Support,
};
use domain::payload::child::{Birth, ChildRegistered, Name};
use domain::payload::profile::{Cells, CommunicationProfile, Input, Order};
use domain::payload::visit::{Assent, Assented, Present, VisitEnded, VisitStarted};
use domain::vocabulary::Vocabulary;
use domain::wire::{Item, PROTOCOL, PushRequest, PushStream};
use domain::{Chain, Operation, Payload};
use jiff::civil::date;
use uuid::Uuid;

const MATS: usize = 4;
const ANSWERS_A_MAT: usize = 10;

/// What a child's stream begins with.
pub(crate) fn registration(team: TeamId) -> Vec<Payload> {
    let name = Name::new("Amira", "Khan");
    vec![Payload::ChildRegistered(ChildRegistered::new(name, Birth::Born(date(2018, 3, 9)), team))]
}

/// Everything that happens in the visit.
pub(crate) fn visit() -> Vec<Payload> {
    let visit = VisitId(Uuid::now_v7());
    let mut happened = vec![
        Payload::VisitStarted(VisitStarted {
            visit,
            on: date(2026, 11, 23),
            present: vec![Present { person: None, who: "Mum".into() }],
            checks: vec!["glasses".into(), "switch within reach".into()],
            promise_told: None,
        }),
        Payload::Assented(Assented {
            visit,
            assent: Assent::Agreed,
            how: "told and shown".into(),
            signal: "looked at the tablet".into(),
        }),
    ];
    for nth in 0..MATS {
        mat(&mut happened, visit, nth);
    }
    happened.push(Payload::VisitEnded(VisitEnded { visit }));
    happened
}

fn mat(happened: &mut Vec<Payload>, visit: VisitId, nth: usize) {
    let capture = CaptureId(Uuid::now_v7());
    let words = Vocabulary::built_in();
    let question = &words.questions[nth];
    let profile =
        CommunicationProfile { order: Order::Fixed, ..CommunicationProfile::new("", Input::EyePointing, Cells::Two) };
    let laid = Mat::laid(question, question.cards.clone(), &profile, |_| 0);
    let options = laid.options.clone();
    let order: Vec<String> = laid.scale.cells.iter().map(|cell| cell.id.clone()).collect();
    happened.push(Payload::CaptureStarted(CaptureStarted {
        visit,
        capture,
        question: words.asked(question),
        asking: Asking::Mat(laid),
        layout: Layout::by(&profile),
    }));
    let mut placements = Vec::new();
    for (at, option) in options.iter().cycle().take(ANSWERS_A_MAT).enumerate() {
        let presentation = PresentationId(Uuid::now_v7());
        let cell = order[at % order.len()].clone();
        placements.push(Placement { option: option.id.clone(), cell: cell.clone() });
        happened.push(Payload::Presented(Presented {
            capture,
            presentation,
            option: option.clone(),
            order: order.clone(),
            input: Input::EyePointing,
        }));
        happened.push(Payload::Answered(Answered {
            capture,
            presentation,
            option: option.id.clone(),
            cell,
            read_by: None,
            clarity: None,
            latency_ms: 1_000 + u64::from(Uuid::new_v4().as_bytes()[0]) * 37,
            reached: None,
        }));
    }
    happened.push(Payload::Reviewed(Reviewed { capture, placements }));
    happened.push(Payload::CaptureEnded(CaptureEnded { capture, by: EndedBy::Finished }));
    happened.push(Payload::HowGiven(HowGiven {
        capture,
        mode: Input::EyePointing,
        read_by: Some("S. Okafor".into()),
        clarity: None,
        support: Support::None,
        present: vec!["Mum".into()],
        options_chosen_by: OptionsChosenBy::Worker,
        seen: Seen::Alone,
    }));
}

/// A replica that numbers what it records.
pub(crate) struct Tablet {
    pub(crate) replica: ReplicaId,
    stream: StreamId,
    sent: u64,
    chain: Chain,
}

impl Tablet {
    pub(crate) fn new(replica: ReplicaId, stream: StreamId) -> Tablet {
        Tablet { replica, stream, sent: 0, chain: Chain::START }
    }

    /// The push that sends just this.
    pub(crate) fn push(&mut self, happened: Vec<Payload>) -> PushRequest {
        let (after, chain) = (self.sent, self.chain);
        let operations: Vec<Item> = happened.into_iter().map(|payload| self.item(payload)).collect();
        let stream = PushStream { stream: self.stream, after, chain, operations, returned: Vec::new() };
        PushRequest { protocol: PROTOCOL, build: "test".into(), replica: self.replica, streams: vec![stream] }
    }

    fn item(&mut self, payload: Payload) -> Item {
        let operation = Operation {
            id: OperationId(Uuid::now_v7()),
            stream: self.stream,
            class: payload.class().unwrap(),
            captured_at: "2026-11-23T08:59:00.123Z".parse().unwrap(),
            zone: "Europe/London".into(),
            payload,
        };
        let body = operation.write(Salt(*Uuid::new_v4().as_bytes()));
        self.sent += 1;
        self.chain = self.chain.then(body.sha256());
        Item { rseq: self.sent, sha256: body.sha256(), body: body.into_text() }
    }
}
