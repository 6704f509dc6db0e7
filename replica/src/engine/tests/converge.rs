//! Whatever was dropped, doubled, crashed, copied or forked: once quiet, everybody sees the same, each operation once.

use std::collections::{BTreeMap, BTreeSet};

use domain::Record;
use domain::id::{OperationId, StreamId};
use domain::payload::Payload;
use domain::payload::child::StaffAssigned;
use domain::payload::keeping::{Admit, Redacted};
use domain::payload::plan::{Field, SetField};
use pollster::block_on;
use proptest::prelude::*;

use super::tablet::*;
use crate::engine::model::turns::{Order, interleave};
use crate::engine::model::{Backup, Fault, HELEN, SADE, Server, TOM, Wire};
use crate::exchange::Failure;
use crate::storage::Storage;

const MOST_TABLETS: usize = 6;
/// Where Helen's is among them.
const HELENS: usize = 3;

#[derive(Clone, Debug)]
enum Step {
    Save { tablet: usize, joe: bool, count: usize },
    SetField { tablet: usize },
    TapAndCrash { tablet: usize, fails_after: u32 },
    Sync { tablet: usize, faults: Vec<u8> },
    TwoTabs { tablet: usize, order: Order, faults: Vec<u8> },
    FailingStore { tablet: usize, fails_after: u32 },
    Crash { tablet: usize },
    Copy { tablet: usize },
    Damage { tablet: usize, at: usize },
    Allocate { both: bool },
    Admit,
    Redact { at: usize },
    BackUp,
    Restore,
}

fn step() -> impl Strategy<Value = Step> {
    let tablet = 0..MOST_TABLETS;
    let faults = || proptest::collection::vec(0_u8..4, 0..6);
    prop_oneof![
        4 => (tablet.clone(), any::<bool>(), 1..5_usize).prop_map(|(tablet, joe, count)| Step::Save { tablet, joe, count }),
        2 => tablet.clone().prop_map(|tablet| Step::SetField { tablet }),
        1 => (tablet.clone(), 0..3_u32).prop_map(|(tablet, fails_after)| Step::TapAndCrash { tablet, fails_after }),
        5 => (tablet.clone(), faults()).prop_map(|(tablet, faults)| Step::Sync { tablet, faults }),
        3 => (tablet.clone(), order(), faults())
            .prop_map(|(tablet, order, faults)| Step::TwoTabs { tablet, order, faults }),
        1 => (tablet.clone(), 0..20_u32).prop_map(|(tablet, fails_after)| Step::FailingStore { tablet, fails_after }),
        1 => tablet.clone().prop_map(|tablet| Step::Crash { tablet }),
        1 => tablet.clone().prop_map(|tablet| Step::Copy { tablet }),
        1 => (tablet, 0..60_usize).prop_map(|(tablet, at)| Step::Damage { tablet, at }),
        1 => any::<bool>().prop_map(|both| Step::Allocate { both }),
        1 => Just(Step::Admit),
        1 => (0..60_usize).prop_map(|at| Step::Redact { at }),
        1 => Just(Step::BackUp),
        1 => Just(Step::Restore),
    ]
}

fn order() -> impl Strategy<Value = Order> {
    let window = (0..60_u32, 1..60_u32).prop_map(|(from, steps)| Order::Window(from, steps));
    prop_oneof![any::<u64>().prop_map(Order::Drawn), window]
}

fn faults(drawn: &[u8]) -> Vec<Fault> {
    let fault = |drawn: &u8| match drawn {
        0 => Fault::None,
        1 => Fault::Lost,
        2 => Fault::ReplyLost,
        _ => Fault::Refused(|| Failure::Busy { retry_after_ms: None }),
    };
    drawn.iter().map(fault).collect()
}

/// Everything that was saved, and what of it need not be there in the end.
#[derive(Default)]
struct Saved {
    all: BTreeSet<OperationId>,
    damaged: BTreeSet<OperationId>,
    /// Somebody asked for its words to be destroyed.
    redacted: BTreeSet<OperationId>,
    /// Only the server had it, and was set back.
    gone: BTreeSet<OperationId>,
    backup: Option<Backup>,
}

impl Saved {
    fn may_be_missing(&self, id: &OperationId) -> bool {
        self.damaged.contains(id) || self.redacted.contains(id) || self.gone.contains(id)
    }
}

/// Everything that is on some tablet.
fn on_tablets(tablets: &[Tablet<'_>]) -> BTreeSet<OperationId> {
    let mut ids = BTreeSet::new();
    for tablet in tablets {
        ids.extend(block_on(tablet.storage.outbox()).unwrap().iter().map(|row| row.operation.id));
        for (stream, _) in block_on(tablet.tab.records()).unwrap() {
            ids.extend(block_on(tablet.tab.log_entries(stream)).unwrap().iter().filter_map(|entry| entry.id));
        }
    }
    ids
}

/// What a tablet shows, by stream.
fn shown(tablet: &Tablet<'_>) -> BTreeMap<StreamId, BTreeSet<OperationId>> {
    let ids = |record: &Record| record.items.iter().filter_map(|item| item.id).collect();
    block_on(tablet.tab.records()).unwrap().iter().map(|(stream, record)| (*stream, ids(record))).collect()
}

/// An exchange never shows less of a stream that it leaves on the tablet.
fn sync_and_watch(tablet: &Tablet<'_>, wire: &Wire<'_>, saved: &Saved) {
    let before = shown(tablet);
    let outcome = tablet.try_sync(wire);
    let after = shown(tablet);
    let purged = outcome.map(|synced| synced.purged).unwrap_or_default();
    for (stream, ids) in before.iter().filter(|(stream, _)| after.contains_key(stream) && !purged.contains(stream)) {
        let missing: Vec<_> = ids.difference(&after[stream]).filter(|id| !saved.may_be_missing(id)).collect();
        assert!(missing.is_empty(), "{stream} shows less: {missing:?}");
    }
}

/// Helen at her desk.
fn helen<'a>(tablets: &'a [Tablet<'_>], saved: &Saved) -> &'a Tablet<'a> {
    let helen = &tablets[HELENS];
    sync_and_watch(helen, &helen.wire(), saved);
    helen
}

fn decide(step: &Step, tablets: &[Tablet<'_>], saved: &mut Saved) {
    let helen = helen(tablets, saved);
    let record = helen.record(amira());
    if record.child.is_none() {
        return;
    }
    let payload = match step {
        Step::Allocate { both } => {
            Payload::StaffAssigned(StaffAssigned::to([SADE.staff].into_iter().chain(both.then_some(TOM.staff))))
        }
        Step::Admit => Payload::Admit(Admit { seqs: record.standing.held.seqs().collect() }),
        Step::Redact { at } => {
            let words: Vec<_> = record.voices.values().map(|voice| voice.source.id).collect();
            let Some(id) = words.get(at % words.len().max(1)) else { return };
            let item = record.items.iter().find(|item| item.id == Some(*id)).unwrap();
            let Some(seq) = item.seq else { return };
            saved.redacted.insert(*id);
            let sade = &tablets[0];
            saved.all.insert(sade.save(amira(), proposed(seq)));
            sync_and_watch(sade, &sade.wire(), saved);
            Payload::Redacted(Redacted { seq })
        }
        _ => return,
    };
    saved.all.insert(helen.save(amira(), payload));
    sync_and_watch(helen, &helen.wire(), saved);
}

/// The server goes on from a backup. Whoever does that raises the epochs.
fn restore(tablets: &[Tablet<'_>], saved: &mut Saved) {
    let Some(backup) = saved.backup.clone() else { return };
    let server = tablets[0].server;
    let here = on_tablets(tablets);
    let had = |server: &Server| -> BTreeSet<OperationId> {
        server.streams().iter().flat_map(|stream| server.entries(*stream)).filter_map(|entry| entry.id).collect()
    };
    let before = had(server);
    server.restore(&backup);
    server.raise_epochs();
    let after = had(server);
    saved.gone.extend(before.into_iter().filter(|id| !after.contains(id) && !here.contains(id)));
}

fn take(step: &Step, tablets: &mut Vec<Tablet<'_>>, saved: &mut Saved) {
    let count = tablets.len();
    match step {
        Step::Save { tablet, joe: to_joe, count: operations } => {
            let stream = if *to_joe { joe() } else { amira() };
            saved.all.extend(tablets[tablet % count].save_many(stream, *operations));
        }
        Step::SetField { tablet } => {
            let tablet = &tablets[tablet % count];
            let replaces = tablet.record(amira()).replaces(&Field::PlanTitle);
            let set =
                SetField { field: Field::PlanTitle, value: "Getting to school".to_owned(), replaces, reason: None };
            saved.all.insert(tablet.save(amira(), Payload::SetField(set)));
        }
        Step::TapAndCrash { tablet, fails_after } => {
            let tablet = &mut tablets[tablet % count];
            let tap = written(amira(), answered("bus"));
            tablet.storage.fail_after(*fails_after);
            // Saved, or in the journal: either way it is not lost.
            let _ = block_on(tablet.tab.save_tap(std::slice::from_ref(&tap)));
            tablet.storage.mend();
            tablet.restart();
            saved.all.insert(tap.id);
        }
        Step::Sync { tablet, faults: drawn } => {
            let tablet = &tablets[tablet % count];
            sync_and_watch(tablet, &Wire::with(tablet.server, tablet.actor, &faults(drawn)), saved);
        }
        Step::Allocate { .. } | Step::Admit | Step::Redact { .. } => decide(step, tablets, saved),
        Step::BackUp => saved.backup = Some(tablets[0].server.back_up()),
        Step::Restore => restore(tablets, saved),
        Step::TwoTabs { tablet, order, faults: drawn } => {
            let tablet = &tablets[tablet % count];
            let other = tablet.other_tab();
            tablet.storage.wait_at_each();
            let (mine, theirs) = (Wire::with(tablet.server, tablet.actor, &faults(drawn)), tablet.wire());
            let _ = interleave(*order, tablet.tab.sync(&mine), other.sync(&theirs));
        }
        Step::FailingStore { tablet, fails_after } => {
            let tablet = &tablets[tablet % count];
            tablet.storage.fail_after(*fails_after);
            let _ = tablet.try_sync(&tablet.wire());
            tablet.storage.mend();
        }
        Step::Crash { tablet } => tablets[tablet % count].restart(),
        Step::Copy { tablet } => {
            if count < MOST_TABLETS {
                let copy = tablets[tablet % count].copy();
                tablets.push(copy);
            }
        }
        Step::Damage { tablet, at } => {
            let tablet = &tablets[tablet % count];
            let rows = block_on(tablet.storage.outbox()).unwrap();
            if let Some(row) = rows.get(at % rows.len().max(1)) {
                let mut sealed = row.operation.sealed.clone();
                sealed.0[1 + at] ^= 1;
                block_on(tablet.storage.reseal(&[(row.operation.id, sealed)])).unwrap();
                saved.damaged.insert(row.operation.id);
            }
        }
    }
}

/// A case is a whole history: fewer of them than usual, unless asked for more.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: if usual.cases == 256 { 40 } else { usual.cases }, failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn once_quiet_everybody_sees_the_same_and_each_operation_once(steps in proptest::collection::vec(step(), 1..25)) {
        let server = Server::default();
        let sade = sade_with_amira(&server);
        sade.save(joe(), registered("Joe"));
        sade.sync();
        for stream in [amira(), joe()] {
            assign(&server, stream, &[SADE.staff, TOM.staff]);
        }
        let (tom, other) = (Tablet::enrolled(&server, TOM), Tablet::enrolled(&server, SADE));
        let mut tablets = vec![sade, tom, other, Tablet::enrolled(&server, HELEN)];
        let mut saved = Saved::default();
        for step in &steps {
            take(step, &mut tablets, &mut saved);
        }
        for _ in 0..3 {
            for tablet in &mut tablets {
                tablet.restart();
                tablet.sync();
            }
        }
        for tablet in &tablets {
            tablet.agrees();
            prop_assert_eq!(tablet.sync().requests, 1, "quiet");
        }
        let mut present = BTreeSet::new();
        for stream in server.streams() {
            let entries = server.entries(stream);
            prop_assert!(entries.iter().zip(1..).all(|(entry, seq)| entry.seq == seq));
            let record = server.record(stream);
            prop_assert_eq!(&record.standing, &server.standing(stream), "decisions depend on what everybody sees");
            for item in &record.items {
                prop_assert!(present.insert(item.id.expect("readable")), "twice");
            }
        }
        for id in saved.all.iter().filter(|id| !saved.may_be_missing(id)) {
            prop_assert!(present.contains(id), "lost");
        }
    }
}
