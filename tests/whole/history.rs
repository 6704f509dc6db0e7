//! What can happen, in any order.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use domain::id::OperationId;
use domain::payload::Payload;
use domain::payload::keeping::{Admit, Redacted};
use domain::payload::plan::Field;
use jiff::SignedDuration;
use pollster::block_on;
use replica::engine::model::turns::{Order, interleave};
use replica::storage::Storage;

use crate::people::{Who, amira, answered, assigned, joe, proposed, registered, titled, voice, words};
use crate::server::Server;
use crate::support::store::Backup;
use crate::tablet::Tablet;
use crate::wire::Fault;

/// With copies there are never more tablets than this.
pub(crate) const MOST_TABLETS: usize = 6;
/// Where Helen's is among them.
const HELENS: usize = 3;

/// One thing that happens. Tablets are counted round.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// So many voices are saved, in one call.
    Save {
        tablet: usize,
        joe: bool,
        count: usize,
    },
    /// The plan's title is set by somebody who sees what is on this tablet.
    SetField {
        tablet: usize,
    },
    /// The child taps, the store fails after so many transactions, and the tab dies.
    TapAndCrash {
        tablet: usize,
        fails_after: u32,
    },
    /// An exchange, with these faults on its first requests.
    Sync {
        tablet: usize,
        faults: Vec<Fault>,
    },
    /// Two tabs of one tablet exchange at once.
    TwoTabs {
        tablet: usize,
        order: Order,
        faults: Vec<Fault>,
    },
    /// An exchange during which the tablet's store fails.
    FailingStore {
        tablet: usize,
        fails_after: u32,
    },
    /// The tab dies.
    Crash {
        tablet: usize,
    },
    /// The battery is empty: the tab dies, and with it what the tablet had not waited for to be on its disk.
    PowerFails {
        tablet: usize,
    },
    /// A second tablet with the same content.
    Copy {
        tablet: usize,
    },
    /// A bit of a saved operation is another.
    Damage {
        tablet: usize,
        at: usize,
    },
    /// Helen allocates Amira, to Sade alone or to both.
    Allocate {
        both: bool,
    },
    /// Helen admits all that waits.
    Admit,
    /// Sade proposes to have something redacted, and Helen agrees.
    Redact {
        at: usize,
    },
    /// A tablet is revoked, and every copy of it.
    Revoke {
        tablet: usize,
    },
    /// A request of long ago arrives, for the first time or once more.
    Arrives {
        nth: usize,
    },
    BackUp,
    Restore,
}

/// Everything there is, and everything that was saved.
pub(crate) struct World {
    pub(crate) server: Rc<Server>,
    pub(crate) tablets: Vec<Tablet>,
    pub(crate) saved: BTreeMap<OperationId, Who>,
    /// Words that are in one operation and nowhere else.
    pub(crate) words: BTreeMap<OperationId, String>,
    /// A bit of it was altered where it was stored.
    pub(crate) damaged: BTreeSet<OperationId>,
    /// Helen asked for its words to be destroyed.
    pub(crate) redacted: BTreeSet<OperationId>,
    /// Only the server had it and was set back, or a tablet whose battery was empty then.
    pub(crate) gone: BTreeSet<OperationId>,
    backup: Option<Backup>,
}

impl World {
    /// Sade, Priya, Sade's second tablet and Helen; both children are allocated to both workers.
    pub(crate) fn new() -> World {
        let server = Rc::new(Server::start());
        let whose = [Who::Sade, Who::Priya, Who::Sade, Who::Helen];
        let tablets: Vec<_> = whose.map(|who| Tablet::enrolled(&server, who)).into();
        let mut world = World {
            server,
            tablets,
            saved: BTreeMap::new(),
            words: BTreeMap::new(),
            damaged: BTreeSet::new(),
            redacted: BTreeSet::new(),
            gone: BTreeSet::new(),
            backup: None,
        };
        world.save(0, amira(), vec![registered("Amira")]);
        world.save(0, joe(), vec![registered("Joe")]);
        world.sync_well(0);
        world.sync_well(HELENS);
        for stream in [amira(), joe()] {
            world.save(HELENS, stream, vec![assigned(&[Who::Sade, Who::Priya])]);
        }
        world.sync_well(HELENS);
        world.backup = Some(world.server.back_up());
        world
    }

    fn save(&mut self, tablet: usize, stream: domain::id::StreamId, payloads: Vec<Payload>) {
        let said: Vec<_> = payloads.iter().map(words).collect();
        let who = self.tablets[tablet].who;
        let ids = self.tablets[tablet].save(stream, payloads);
        self.words.extend(ids.iter().zip(said).filter_map(|(id, said)| Some((*id, said?))));
        self.saved.extend(ids.into_iter().map(|id| (id, who)));
    }

    fn sync_well(&self, tablet: usize) {
        self.sync_and_watch(tablet, &[]).unwrap();
    }

    pub(crate) fn take(&mut self, step: &Step) {
        self.server.wait(SignedDuration::from_secs(1));
        let count = self.tablets.len();
        match step {
            Step::Save { tablet, joe: to_joe, count: operations } => {
                let stream = if *to_joe { joe() } else { amira() };
                self.save(tablet % count, stream, (0..*operations).map(|_| voice()).collect());
            }
            Step::SetField { tablet } => {
                let replaces = self.tablets[tablet % count].record(amira()).replaces(&Field::PlanTitle);
                self.save(tablet % count, amira(), vec![titled(replaces)]);
            }
            Step::TapAndCrash { tablet, fails_after } => self.tap_and_crash(tablet % count, *fails_after),
            Step::Sync { tablet, faults } => {
                let _ = self.sync_and_watch(tablet % count, faults);
            }
            Step::TwoTabs { tablet, order, faults } => {
                let tablet = &self.tablets[tablet % count];
                let other = tablet.other_tab();
                tablet.storage.wait_at_each();
                let (mine, theirs) = (tablet.wire(faults), tablet.wire(&[]));
                let _ = interleave(*order, tablet.tab.sync(&mine), other.sync(&theirs));
            }
            Step::FailingStore { tablet, fails_after } => {
                let tablet = &self.tablets[tablet % count];
                tablet.storage.fail_after(*fails_after);
                let _ = tablet.sync(&[]);
                tablet.storage.mend();
            }
            Step::Crash { tablet } => self.tablets[tablet % count].restart(),
            Step::PowerFails { tablet } => self.power_fails(tablet % count),
            Step::Copy { tablet } if count < MOST_TABLETS => self.tablets.push(self.tablets[tablet % count].copy()),
            Step::Copy { .. } => {}
            Step::Damage { tablet, at } => self.damage(tablet % count, *at),
            Step::Allocate { .. } | Step::Admit | Step::Redact { .. } => self.decide(step),
            Step::Revoke { tablet } => {
                let tablet = &self.tablets[tablet % count];
                if tablet.who != Who::Helen {
                    self.server.revoke(tablet.profile().replica);
                }
            }
            Step::Arrives { nth } => {
                let late = self.server.late.borrow_mut().pop();
                let made = || self.server.made.borrow().iter().rev().nth(nth % 40).cloned();
                if let Some(made) = late.or_else(made) {
                    self.server.answer(&made);
                }
            }
            Step::BackUp => self.backup = Some(self.server.back_up()),
            Step::Restore => self.restore(),
        }
    }

    fn tap_and_crash(&mut self, tablet: usize, fails_after: u32) {
        let tablet = &mut self.tablets[tablet];
        let tap = tablet.written(amira(), answered());
        tablet.storage.fail_after(fails_after);
        // Saved, or in the journal: either way it is not lost.
        let _ = block_on(tablet.tab.save_tap(std::slice::from_ref(&tap)));
        tablet.storage.mend();
        tablet.restart();
        self.saved.insert(tap.id, tablet.who);
    }

    fn power_fails(&mut self, tablet: usize) {
        let before = self.tablets[tablet].holds();
        self.tablets[tablet].storage.power_fails();
        self.tablets[tablet].restart();
        // Of others' work it may have been the only one that had it still, after a restore. Its own it never forgets.
        let mut there = self.on_the_server();
        self.tablets.iter().for_each(|tablet| there.extend(tablet.holds()));
        let who = self.tablets[tablet].who;
        self.gone.extend(before.into_iter().filter(|id| !there.contains(id) && self.saved.get(id) != Some(&who)));
    }

    fn damage(&mut self, tablet: usize, at: usize) {
        let tablet = &self.tablets[tablet];
        let rows = block_on(tablet.storage.outbox()).unwrap();
        if let Some(row) = rows.get(at % rows.len().max(1)) {
            let mut sealed = row.operation.sealed.clone();
            sealed.0[1 + at] ^= 1;
            block_on(tablet.storage.reseal(&[(row.operation.id, sealed)])).unwrap();
            self.damaged.insert(row.operation.id);
        }
    }

    /// Helen decides, by what she sees after an exchange.
    fn decide(&mut self, step: &Step) {
        self.sync_well(HELENS);
        let record = self.tablets[HELENS].record(amira());
        let decision = match step {
            Step::Allocate { both: true } => assigned(&[Who::Sade, Who::Priya]),
            Step::Allocate { both: false } => assigned(&[Who::Sade]),
            Step::Admit => Payload::Admit(Admit { seqs: record.standing.held.seqs().collect() }),
            Step::Redact { at } => {
                let places: Vec<_> = record.items.iter().filter_map(|item| Some((item.id?, item.seq?))).collect();
                let Some((id, seq)) = places.get(at % places.len().max(1)) else { return };
                self.redacted.insert(*id);
                self.save(0, amira(), vec![proposed(*seq)]);
                // Where Sade's tablet was revoked, nobody proposes it, and nothing goes.
                let _ = self.sync_and_watch(0, &[]);
                Payload::Redacted(Redacted { seq: *seq })
            }
            _ => return,
        };
        self.save(HELENS, amira(), vec![decision]);
        self.sync_well(HELENS);
    }

    fn restore(&mut self) {
        let Some(backup) = self.backup.take() else { return };
        let here: BTreeSet<_> = self.tablets.iter().flat_map(Tablet::holds).collect();
        let before = self.on_the_server();
        self.server.restore(&backup);
        self.backup = Some(backup);
        let after = self.on_the_server();
        self.gone.extend(before.into_iter().filter(|id| !after.contains(id) && !here.contains(id)));
    }

    pub(crate) fn on_the_server(&self) -> BTreeSet<OperationId> {
        let entries = [amira(), joe()].into_iter().flat_map(|stream| self.server.entries(stream));
        entries.filter_map(|entry| entry.id).collect()
    }

    /// The last pushes arrive again, the newest first.
    pub(crate) fn everything_again(&self) {
        let made = self.server.made.borrow().clone();
        made.iter().rev().filter(|made| made.path == "push").take(20).for_each(|made| drop(self.server.answer(made)));
    }

    /// Everything under way arrives, and everybody exchanges until nothing changes any more.
    pub(crate) fn quiet(&mut self) {
        let late = std::mem::take(&mut *self.server.late.borrow_mut());
        for made in late.iter().rev() {
            self.server.answer(made);
        }
        for _ in 0..3 {
            for tablet in &mut self.tablets {
                tablet.restart();
                let done = tablet.sync(&[]);
                // A revoked one is heard, and hears nothing.
                assert!(done.is_ok() || tablet.is_revoked(), "{done:?}");
            }
        }
    }
}
