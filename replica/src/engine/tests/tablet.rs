//! A tablet in somebody's hands.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use domain::id::{CaptureId, OperationId, PresentationId, StaffId, StreamId, VoiceId};
use domain::payload::Payload;
use domain::payload::capture::Answered;
use domain::payload::child::{Birth, ChildRegistered, Name, StaffAssigned};
use domain::payload::keeping::{Redacted, RedactionProposed};
use domain::payload::visit::{Lane, VoiceAdded};
use domain::permission::Actor;
use domain::record::Record;
use jiff::civil::date;
use pollster::block_on;
use uuid::Uuid;

use crate::Engine;
use crate::create::{self, Moment, Written, random};
use crate::engine::model::{HELEN, SADE, Server, TOM, Wire, now};
use crate::engine::{SyncError, Synced};
use crate::journal::{Journal, MemoryJournal};
use crate::storage::memory::MemoryStorage;
use crate::storage::{Profile, Storage};
use crate::vault::Key;
use crate::vault::passcode::escrow_wrap;

/// A word that must never lie on a disk in the clear.
pub(super) const MARKER: &str = "windowseat";

pub(super) const CAPTURE: CaptureId = CaptureId(Uuid::from_u128(0x41));

/// What the server keeps of every vault here.
pub(super) fn escrow() -> Key {
    Key::from_bytes([7; 32])
}

pub(super) fn amira() -> StreamId {
    StreamId::child(Uuid::from_u128(0xc1))
}

pub(super) fn joe() -> StreamId {
    StreamId::child(Uuid::from_u128(0xc2))
}

pub(super) type Tab = Engine<MemoryStorage, MemoryJournal>;

/// A tablet: its disk, its journal and one tab.
pub(super) struct Tablet<'a> {
    pub(super) server: &'a Server,
    pub(super) actor: Actor,
    pub(super) key: Key,
    pub(super) storage: MemoryStorage,
    pub(super) journal: MemoryJournal,
    pub(super) tab: Tab,
}

impl<'a> Tablet<'a> {
    /// A fresh vault, unlocked. It has no passcode: deriving one takes its time, and other tests do.
    pub(super) fn enrolled(server: &'a Server, actor: Actor) -> Tablet<'a> {
        let (storage, key) = (MemoryStorage::default(), Key::random());
        let (vault, replica) = server.admit(actor);
        let profile = Profile {
            vault,
            replica,
            former: Vec::new(),
            staff: actor.staff,
            passcode: None,
            escrow: escrow_wrap(&escrow(), &key),
            attempts: 0,
            handovers: BTreeMap::new(),
        };
        block_on(storage.put_profile(&profile)).unwrap();
        Tablet::over(server, actor, key, storage, MemoryJournal::default())
    }

    fn over(server: &'a Server, actor: Actor, key: Key, storage: MemoryStorage, journal: MemoryJournal) -> Tablet<'a> {
        let tab = Engine::new(storage.clone(), journal.clone(), "test");
        let tablet = Tablet { server, actor, key, storage, journal, tab };
        block_on(tablet.tab.take_back(tablet.key.clone())).unwrap();
        tablet
    }

    /// Another tablet with the same content.
    pub(super) fn copy(&self) -> Tablet<'a> {
        let journal = MemoryJournal(Rc::new(RefCell::new(self.journal.lines())));
        Tablet::over(self.server, self.actor, self.key.clone(), self.storage.copy(), journal)
    }

    /// Another tablet with the same content, that meets another server.
    pub(super) fn copy_to<'b>(&self, server: &'b Server) -> Tablet<'b> {
        server.know(self.profile().replica, self.actor);
        let journal = MemoryJournal(Rc::new(RefCell::new(self.journal.lines())));
        Tablet::over(server, self.actor, self.key.clone(), self.storage.copy(), journal)
    }

    /// Another tab, unlocked.
    pub(super) fn other_tab(&self) -> Tab {
        let tab = Engine::new(self.storage.clone(), self.journal.clone(), "test");
        block_on(tab.take_back(self.key.clone())).unwrap();
        tab
    }

    /// The tab dies; a new one is opened and unlocked.
    pub(super) fn restart(&mut self) {
        self.tab = self.other_tab();
    }

    pub(super) fn wire(&self) -> Wire<'a> {
        Wire::new(self.server, self.actor)
    }

    pub(super) fn sync(&self) -> Synced {
        block_on(self.tab.sync(&self.wire())).unwrap()
    }

    pub(super) fn try_sync(&self, wire: &Wire<'_>) -> Result<Synced, SyncError> {
        block_on(self.tab.sync(wire))
    }

    /// Saves one operation and gives its identity.
    pub(super) fn save(&self, stream: StreamId, payload: Payload) -> OperationId {
        let written = written(stream, payload);
        block_on(self.tab.save(std::slice::from_ref(&written))).unwrap();
        written.id
    }

    /// Saves so many voices, in one call.
    pub(super) fn save_many(&self, stream: StreamId, count: usize) -> Vec<OperationId> {
        let written: Vec<_> = (0..count).map(|n| written(stream, voice(&format!("{MARKER} {n}")))).collect();
        block_on(self.tab.save(&written)).unwrap();
        written.into_iter().map(|written| written.id).collect()
    }

    pub(super) fn record(&self, stream: StreamId) -> Record {
        let records = block_on(self.tab.records()).unwrap();
        records.into_iter().find(|(of, _)| *of == stream).map(|(_, record)| (*record).clone()).unwrap_or_default()
    }

    pub(super) fn outbox(&self) -> usize {
        block_on(self.storage.outbox()).unwrap().len()
    }

    pub(super) fn profile(&self) -> Profile {
        block_on(self.storage.profile()).unwrap().unwrap()
    }

    /// Everything on this tablet agrees with the server, and nothing waits.
    pub(super) fn agrees(&self) {
        assert_eq!(self.outbox(), 0);
        assert_eq!(block_on(self.tab.unsent()).unwrap(), 0);
        super::opening::lists_say_what_the_records_say(self);
        for (stream, record) in block_on(self.tab.records()).unwrap() {
            assert_eq!(*record, self.server.record(stream), "{stream}");
        }
    }
}

/// Sade's tablet, with Amira registered and sent.
pub(super) fn sade_with_amira(server: &Server) -> Tablet<'_> {
    let sade = Tablet::enrolled(server, SADE);
    sade.save(amira(), registered("Amira"));
    sade.sync();
    sade
}

/// Amira is allocated to Sade and Tom.
pub(super) fn allocated_to_both(server: &Server) {
    assign(server, amira(), &[SADE.staff, TOM.staff]);
}

/// Helen allocates.
pub(super) fn assign(server: &Server, stream: StreamId, staff: &[StaffId]) {
    [SADE, TOM, HELEN].into_iter().for_each(|actor| server.employ(actor));
    let helen = Tablet::enrolled(server, HELEN);
    helen.save(stream, Payload::StaffAssigned(StaffAssigned::to(staff.iter().copied())));
    helen.sync();
}

pub(super) fn written(stream: StreamId, payload: Payload) -> Written {
    create::operation(stream, payload, &Moment { now: now(), zone: "Europe/London".to_owned() })
}

pub(super) fn registered(given: &str) -> Payload {
    Payload::ChildRegistered(ChildRegistered::new(Name::new(given, "Haddad"), Birth::Born(date(2018, 3, 9)), SADE.team))
}

pub(super) fn voice(words: &str) -> Payload {
    Payload::VoiceAdded(VoiceAdded {
        voice: VoiceId(Uuid::from_bytes(random())),
        visit: None,
        lane: Lane::Parent,
        person: None,
        who: "Mum".to_owned(),
        words: words.to_owned(),
        through: None,
    })
}

/// A tap of the child.
pub(super) fn answered(option: &str) -> Payload {
    Payload::Answered(Answered {
        capture: CAPTURE,
        presentation: PresentationId(Uuid::from_bytes(random())),
        option: option.to_owned(),
        cell: "like".to_owned(),
        read_by: None,
        clarity: None,
        latency_ms: 900,
        reached: None,
    })
}

/// Somebody asks that the words of this entry be destroyed.
pub(super) fn proposed(seq: u64) -> Payload {
    let reason = "It is about another child.".into();
    Payload::RedactionProposed(RedactionProposed { seq, kind: "VoiceAdded".into(), reason })
}

/// Sade proposes it on another tablet of hers, and Helen agrees.
pub(super) fn agree(helen: &Tablet<'_>, seq: u64) {
    let sade = Tablet::enrolled(helen.server, SADE);
    sade.sync();
    sade.save(amira(), proposed(seq));
    sade.sync();
    helen.save(amira(), Payload::Redacted(Redacted { seq }));
}
