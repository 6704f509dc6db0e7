//! What must hold: after each step, and once everybody is quiet.

use std::collections::{BTreeMap, BTreeSet};

use domain::class::Class;
use domain::entry::{Entry, Verdict};
use domain::id::{OperationId, StreamId};
use domain::operation::Operation;
use domain::payload::Payload;
use domain::payload::plan::SetField;
use domain::permission::{Action, Permission, Relation, may};
use domain::record::Record;
use replica::engine::{SyncError, Synced};

use crate::history::World;
use crate::people::{amira, joe};
use crate::tablet::Tablet;
use crate::wire::Fault;

/// What a tablet shows, by stream.
fn shown(tablet: &Tablet) -> BTreeMap<StreamId, BTreeSet<OperationId>> {
    let ids = |record: &Record| record.ids().collect();
    tablet.records().iter().map(|(stream, record)| (*stream, ids(record))).collect()
}

impl World {
    /// An exchange never shows less of a stream that it leaves on the tablet, but for what was redacted.
    pub(crate) fn sync_and_watch(&self, tablet: usize, faults: &[Fault]) -> Result<Synced, SyncError> {
        let tablet = &self.tablets[tablet];
        let before = shown(tablet);
        let outcome = tablet.sync(faults);
        let after = shown(tablet);
        let purged = outcome.as_ref().map(|synced| synced.purged.clone()).unwrap_or_default();
        for (stream, ids) in before.iter().filter(|(stream, _)| !purged.contains(stream)) {
            let Some(there) = after.get(stream) else { continue };
            let missing = |id: &&OperationId| !self.redacted.contains(*id) && !self.may_be_missing(id);
            let missing: Vec<_> = ids.difference(there).filter(missing).collect();
            assert!(missing.is_empty(), "{stream} shows less: {missing:?}");
        }
        outcome
    }

    /// Saved ⊆ outbox ∪ server, always; after a restore also what a tablet has to hand back.
    pub(crate) fn loses_nothing(&self) {
        let mut somewhere = self.on_the_server();
        self.tablets.iter().for_each(|tablet| somewhere.extend(tablet.waiting()));
        let missing = |id: &&OperationId| !somewhere.contains(*id) && !self.may_be_missing(id);
        let missing: Vec<_> = self.saved.keys().filter(missing).collect();
        if missing.is_empty() {
            return;
        }
        let held: BTreeSet<_> = self.tablets.iter().flat_map(Tablet::holds).collect();
        assert!(missing.iter().all(|id| held.contains(*id)), "lost: {missing:?}");
    }

    fn may_be_missing(&self, id: &OperationId) -> bool {
        self.damaged.contains(id) || self.gone.contains(id)
    }

    /// Once quiet.
    pub(crate) fn agrees(&self) {
        self.loses_nothing();
        let on_revoked: BTreeSet<_> =
            self.tablets.iter().filter(|tablet| tablet.is_revoked()).flat_map(Tablet::holds).collect();
        let there = self.on_the_server();
        for id in self.saved.keys().filter(|id| !self.may_be_missing(id)) {
            assert!(there.contains(id) || on_revoked.contains(id), "never arrived: {id}");
        }
        for stream in [amira(), joe()] {
            self.stream_holds(stream);
        }
        for tablet in self.tablets.iter().filter(|tablet| !tablet.is_revoked()) {
            self.tablet_agrees(tablet);
        }
    }

    fn stream_holds(&self, stream: StreamId) {
        let entries = self.server.entries(stream);
        let head = self.server.head(stream);
        let (seq, epoch) = head.as_ref().map_or((0, 0), |head| (head.seq, head.epoch));
        assert!(entries.iter().zip(1..).all(|(entry, seq)| entry.seq == seq), "seqs are 1, 2, 3 …");
        assert_eq!(entries.len() as u64, seq, "up to the head");
        assert!(entries.iter().all(|entry| entry.epoch <= epoch), "no entry is of an epoch to come");
        let seal = self.server.seal();
        assert!(entries.iter().all(|entry| seal.holds(stream, entry)), "every entry is under our seal");
        let record = self.server.record(stream);
        assert_eq!(record.standing, head.map(|head| head.standing).unwrap_or_default(), "decided by what all fold");
        let ids: Vec<_> = record.items.iter().filter_map(|item| item.id).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "each takes effect once");
        assert!(entries.iter().filter(|entry| entry.verdict == Verdict::Refused).all(is_request), "no fact is refused");
        // Two copies of a tablet may have used one, the other of which a restore brought back.
        let sent = entries.iter().filter(|entry| entry.was.is_none()).map(|entry| (entry.replica, entry.rseq));
        assert_eq!(sent.clone().count(), sent.collect::<BTreeSet<_>>().len(), "no number of a replica is used twice");
        fields_hold(&entries, &record);
        self.destroyed_words_are_nowhere(&entries);
    }

    fn tablet_agrees(&self, tablet: &Tablet) {
        assert_eq!(tablet.waiting(), BTreeSet::new(), "nothing waits");
        let records = tablet.records();
        for stream in [amira(), joe()] {
            let record = self.server.record(stream);
            let relation = Relation::of(tablet.who.actor(), &record.standing.access, &[]);
            if may(relation, Action::Read) == Permission::Yes {
                assert_eq!(
                    records.get(&stream).map(|record| &**record),
                    Some(&record),
                    "{:?} sees what everybody sees",
                    tablet.who
                );
            } else {
                assert_eq!(records.get(&stream), None, "{:?} may not read it", tablet.who);
            }
        }
        assert_eq!(tablet.sync(&[]).unwrap().requests, 1, "quiet");
    }

    fn destroyed_words_are_nowhere(&self, entries: &[Entry]) {
        let destroyed: BTreeSet<_> =
            entries.iter().filter(|entry| entry.body.is_none()).map(|entry| entry.id).collect();
        let again = entries.iter().find(|entry| entry.body.is_some() && destroyed.contains(&entry.id));
        assert_eq!(again, None, "words that were destroyed are back");
        let words = destroyed.iter().flatten().filter_map(|id| self.words.get(id));
        let stored = self.server.bytes();
        for words in words {
            let is_there = stored.windows(words.len()).any(|window| window == words.as_bytes());
            assert!(!is_there, "words that were destroyed are in the store");
        }
    }
}

fn operation(entry: &Entry) -> Option<Operation> {
    entry.operation()?.ok()
}

/// Whose words were destroyed since says nothing any more.
fn is_request(entry: &Entry) -> bool {
    entry.body.is_none() || operation(entry).is_some_and(|operation| operation.class == Class::Request)
}

/// No value disappears: what was accepted is in force or among the earlier, and it is there only because somebody who saw it
/// replaced it. What is in force is no older than the last of the earlier.
fn fields_hold(entries: &[Entry], record: &Record) {
    let accepted = entries.iter().filter(|entry| entry.verdict == Verdict::Accepted);
    let set: Vec<(OperationId, SetField)> = accepted
        .filter_map(|entry| match operation(entry)? {
            Operation { id, payload: Payload::SetField(set), .. } => Some((id, set)),
            _ => None,
        })
        .collect();
    let replaced: BTreeSet<_> = set.iter().filter_map(|(_, set)| set.replaces).collect();
    for (id, set) in &set {
        let Some(field) = record.fields.get(&set.field) else { panic!("a field disappeared") };
        let in_force = field.values.iter().any(|value| value.source.id == *id);
        let earlier = field.earlier.iter().position(|value| value.source.id == *id);
        assert!(in_force || earlier.is_some(), "a value disappeared");
        if let Some(place) = earlier {
            // Having seen the last value means having seen those before it.
            let resolved = field.earlier[place..].iter().any(|value| replaced.contains(&value.source.id));
            assert!(resolved, "a value went without a resolution");
        }
    }
}
