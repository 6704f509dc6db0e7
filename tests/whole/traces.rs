//! The server in memory, which the engine's own tests are made against, and the real one: the same requests get the same
//! answers, so that what holds against the one holds against the other.

use std::rc::Rc;

use domain::entry::Entry;
use domain::id::StreamId;
use domain::payload::Payload;
use domain::payload::keeping::{Admit, Redacted};
use domain::payload::plan::{DecisionOutcome, Field, PlanDecided, PlanSubmitted};
use pollster::block_on;
use proptest::prelude::*;
use replica::Engine;
use replica::engine::model;
use replica::exchange::Failure;
use replica::journal::MemoryJournal;

use crate::people::{Who, amira, assigned, joe, proposed, registered, titled, voice};
use crate::server::Server;
use crate::tablet::{Tab, Tablet};
use crate::wire::Fault;

/// One tablet twice: what happens on it happens on both, and each has a server of its own.
struct Twins {
    real: Tablet,
    modelled: Tab,
}

/// What somebody asks for or records; whether they may is for the servers to say.
#[derive(Clone, Debug)]
enum Said {
    Registered,
    Voice,
    Title,
    Submitted(u32),
    Authorised(u32),
    Assigned(bool),
    Admitted(u64),
    Proposed(u64),
    Redacted(u64),
}

#[derive(Clone, Debug)]
enum Step {
    Say { who: usize, joe: bool, said: Said },
    Sync { who: usize, faults: Vec<Fault> },
}

fn step() -> impl Strategy<Value = Step> {
    let said = prop_oneof![
        1 => Just(Said::Registered),
        3 => Just(Said::Voice),
        2 => Just(Said::Title),
        1 => (1..3_u32).prop_map(Said::Submitted),
        1 => (1..3_u32).prop_map(Said::Authorised),
        1 => any::<bool>().prop_map(Said::Assigned),
        1 => (1..12_u64).prop_map(Said::Admitted),
        2 => (1..12_u64).prop_map(Said::Proposed),
        2 => (1..12_u64).prop_map(Said::Redacted),
    ];
    let fault = prop_oneof![
        3 => Just(Fault::None),
        1 => Just(Fault::Lost),
        1 => Just(Fault::ReplyLost),
        1 => Just(Fault::Busy(503)),
    ];
    let faults = proptest::collection::vec(fault, 0..4);
    prop_oneof![
        3 => (0..3_usize, any::<bool>(), said).prop_map(|(who, joe, said)| Step::Say { who, joe, said }),
        2 => (0..3_usize, faults).prop_map(|(who, faults)| Step::Sync { who, faults }),
    ]
}

impl Twins {
    fn enrolled(server: &Rc<Server>, other: &model::Server, who: Who) -> Twins {
        let real = Tablet::enrolled(server, who);
        other.know(real.profile().replica, who.actor());
        let modelled = Engine::new(real.storage.copy(), MemoryJournal::default(), "test");
        block_on(modelled.open_with(real.key.clone())).unwrap();
        Twins { real, modelled }
    }

    fn say(&self, stream: StreamId, said: &Said) {
        let payload = match said {
            Said::Registered => registered("Amira"),
            Said::Voice => voice(),
            Said::Title => titled(self.real.record(stream).replaces(&Field::PlanTitle)),
            Said::Submitted(version) => Payload::PlanSubmitted(PlanSubmitted { version: *version }),
            Said::Authorised(version) => Payload::PlanDecided(PlanDecided {
                version: *version,
                outcome: DecisionOutcome::Authorised,
                comment: "I agree: the bus matters to her.".to_owned(),
            }),
            Said::Assigned(both) => assigned(if *both { &[Who::Sade, Who::Priya] } else { &[Who::Sade] }),
            Said::Admitted(seq) => Payload::Admit(Admit { seqs: vec![*seq] }),
            Said::Proposed(seq) => proposed(*seq),
            Said::Redacted(seq) => Payload::Redacted(Redacted { seq: *seq }),
        };
        let written = [self.real.written(stream, payload)];
        block_on(self.real.tab.save(&written)).unwrap();
        block_on(self.modelled.save(&written)).unwrap();
    }

    fn sync(&self, other: &model::Server, faults: &[Fault]) {
        let theirs: Vec<_> = faults.iter().map(as_modelled).collect();
        let wire = model::Wire::with(other, self.real.who.actor(), &theirs);
        let (one, two) = (self.real.sync(faults), block_on(self.modelled.sync(&wire)));
        match (one, two) {
            (Ok(one), Ok(two)) => assert_eq!(
                (one.sent, one.changed, one.purged, one.forked, one.requests),
                (two.sent, two.changed, two.purged, two.forked, two.requests)
            ),
            (one, two) => assert_eq!(one.is_ok(), two.is_ok(), "{one:?} {two:?}"),
        }
    }
}

fn as_modelled(fault: &Fault) -> model::Fault {
    match fault {
        Fault::Lost => model::Fault::Lost,
        Fault::ReplyLost => model::Fault::ReplyLost,
        Fault::Busy(_) => model::Fault::Refused(|| Failure::Busy { retry_after_ms: Some(7_000) }),
        _ => model::Fault::None,
    }
}

/// All but when it arrived, and the seal, which each server has of its own.
fn comparable(entry: Entry) -> Entry {
    Entry { received_at: jiff::Timestamp::UNIX_EPOCH, mac: String::new(), ..entry }
}

fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    let few = if crate::support::store::on_dynamodb() { 4 } else { 10 };
    ProptestConfig { cases: if usual.cases == 256 { few } else { usual.cases }, failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn the_model_and_the_server_give_every_operation_the_same_place_and_verdict(
        steps in proptest::collection::vec(step(), 1..30),
    ) {
        let (server, other) = (Rc::new(Server::start()), model::Server::default());
        let twins: Vec<_> = Who::ALL.iter().map(|who| Twins::enrolled(&server, &other, *who)).collect();
        twins[0].say(amira(), &Said::Registered);
        for step in &steps {
            match step {
                Step::Say { who, joe: to_joe, said } => twins[*who].say(if *to_joe { joe() } else { amira() }, said),
                Step::Sync { who, faults } => twins[*who].sync(&other, faults),
            }
        }
        twins.iter().for_each(|twins| twins.sync(&other, &[]));
        for stream in [amira(), joe()] {
            let of_one: Vec<_> = server.entries(stream).into_iter().map(comparable).collect();
            let of_other: Vec<_> = other.entries(stream).into_iter().map(comparable).collect();
            prop_assert_eq!(of_one, of_other);
            let standing = server.head(stream).map(|head| head.standing).unwrap_or_default();
            prop_assert_eq!(standing, other.standing(stream));
        }
    }
}
