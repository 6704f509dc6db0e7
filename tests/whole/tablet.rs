//! A tablet in somebody's hands: its disk, its journal, one tab.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use domain::hash::unhex;
use domain::id::{OperationId, StreamId, VaultId};
use domain::payload::Payload;
use domain::record::Record;
use domain::wire::EnrolRequest;
use pollster::block_on;
use replica::Engine;
use replica::create::{self, Moment, Written, uuid};
use replica::engine::{SyncError, Synced, Transport};
use replica::journal::{Journal, MemoryJournal};
use replica::storage::memory::MemoryStorage;
use replica::storage::{Profile, Storage};
use replica::vault::Key;
use replica::vault::passcode::escrow_wrap;

use crate::people::Who;
use crate::server::Server;
use crate::wire::{Fault, Wire};

pub(crate) type Tab = Engine<MemoryStorage, MemoryJournal>;

pub(crate) struct Tablet {
    server: Rc<Server>,
    pub(crate) who: Who,
    cookie: String,
    pub(crate) key: Key,
    pub(crate) storage: MemoryStorage,
    journal: MemoryJournal,
    pub(crate) tab: Tab,
}

impl Tablet {
    /// Enrolled at the server. It has no passcode: deriving one takes its time.
    pub(crate) fn enrolled(server: &Rc<Server>, who: Who) -> Tablet {
        let (storage, key, cookie) = (MemoryStorage::default(), Key::random(), server.sign_in(who));
        let wire = Wire::new(server, &cookie, &[]);
        let (vault, replica) = (VaultId(uuid(server.now())), wire.new_replica_id());
        let reply = block_on(wire.enrol(&EnrolRequest { replica, vault, replaces: None })).unwrap();
        let escrow = Key::from_bytes(unhex(&reply.escrow.unwrap()).unwrap());
        let profile = Profile {
            vault,
            replica,
            former: Vec::new(),
            staff: who.staff().id,
            passcode: None,
            escrow: escrow_wrap(&escrow, &key),
            attempts: 0,
            handovers: BTreeMap::new(),
        };
        block_on(storage.put_profile(&profile)).unwrap();
        Tablet::over(Rc::clone(server), (who, cookie), key, storage, MemoryJournal::default())
    }

    fn over(
        server: Rc<Server>,
        (who, cookie): (Who, String),
        key: Key,
        storage: MemoryStorage,
        journal: MemoryJournal,
    ) -> Tablet {
        let tab = unlocked(&storage, &journal, &key);
        Tablet { server, who, cookie, key, storage, journal, tab }
    }

    /// Another tablet with the same content, in which the same person is signed in.
    pub(crate) fn copy(&self) -> Tablet {
        let journal = MemoryJournal(Rc::new(RefCell::new(self.journal.lines())));
        let whose = (self.who, self.cookie.clone());
        Tablet::over(Rc::clone(&self.server), whose, self.key.clone(), self.storage.copy(), journal)
    }

    pub(crate) fn other_tab(&self) -> Tab {
        unlocked(&self.storage, &self.journal, &self.key)
    }

    /// The tab dies; a new one is opened and unlocked.
    pub(crate) fn restart(&mut self) {
        self.tab = self.other_tab();
    }

    pub(crate) fn wire(&self, faults: &[Fault]) -> Wire<'_> {
        Wire::new(&self.server, &self.cookie, faults)
    }

    pub(crate) fn sync(&self, faults: &[Fault]) -> Result<Synced, SyncError> {
        block_on(self.tab.sync(&self.wire(faults)))
    }

    /// Writes something down, by the device's clock.
    pub(crate) fn written(&self, stream: StreamId, payload: Payload) -> Written {
        create::operation(stream, payload, &Moment { now: self.server.now(), zone: "Europe/London".to_owned() })
    }

    pub(crate) fn save(&self, stream: StreamId, payloads: Vec<Payload>) -> Vec<OperationId> {
        let written: Vec<_> = payloads.into_iter().map(|payload| self.written(stream, payload)).collect();
        block_on(self.tab.save(&written)).unwrap();
        written.into_iter().map(|written| written.id).collect()
    }

    pub(crate) fn records(&self) -> BTreeMap<StreamId, Arc<Record>> {
        block_on(self.tab.records()).unwrap().into_iter().collect()
    }

    pub(crate) fn record(&self, stream: StreamId) -> Arc<Record> {
        self.records().remove(&stream).unwrap_or_default()
    }

    pub(crate) fn profile(&self) -> Profile {
        block_on(self.storage.profile()).unwrap().unwrap()
    }

    pub(crate) fn is_revoked(&self) -> bool {
        self.server.enrolment(self.profile().replica).is_some_and(|enrolment| enrolment.revoked_at.is_some())
    }

    /// What waits here to be sent or to come back.
    pub(crate) fn waiting(&self) -> BTreeSet<OperationId> {
        let rows = block_on(self.storage.outbox()).unwrap();
        let rows = rows.iter().map(|row| row.operation.id);
        rows.chain(self.journal.lines().iter().map(|line| line.operation.id)).collect()
    }

    /// Everything that is here, sent or not.
    pub(crate) fn holds(&self) -> BTreeSet<OperationId> {
        let mut all = self.waiting();
        all.extend(self.records().values().flat_map(|record| record.ids().collect::<Vec<_>>()));
        all
    }
}

fn unlocked(storage: &MemoryStorage, journal: &MemoryJournal, key: &Key) -> Tab {
    let tab = Engine::new(storage.clone(), journal.clone(), "test");
    block_on(tab.open_with(key.clone())).unwrap();
    tab
}
