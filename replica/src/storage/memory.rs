//! The store in memory: the model that the contract is written against, and a bench for faults.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::task::Poll;

use domain::hash::Chain;
use domain::id::{OperationId, ReplicaId, StreamId};

use super::{
    Acknowledged, Derived, DerivedKind, Mine, OutboxRow, Profile, Pulled, Segment, Storage, StorageError, StreamRow,
    Unsaved,
};
use crate::vault::Sealed;

/// What is "on disk".
#[derive(Clone, Debug, Default, PartialEq)]
struct Disk {
    profile: Option<Profile>,
    outbox: BTreeMap<(StreamId, u64), Unsaved>,
    streams: BTreeMap<StreamId, StreamRow>,
    log: BTreeMap<(StreamId, u64), Segment>,
    derived: BTreeMap<(DerivedKind, StreamId), Derived>,
    kept: BTreeMap<String, Sealed>,
}

/// A store in memory. Clones share one disk, as two tabs do.
#[derive(Clone, Debug, Default)]
pub struct MemoryStorage {
    disk: Rc<RefCell<Disk>>,
    /// What of it a power failure leaves.
    safe: Rc<RefCell<Disk>>,
    fails: Rc<Cell<Option<u32>>>,
    waits: Rc<Cell<bool>>,
    full: Rc<Cell<bool>>,
}

impl MemoryStorage {
    /// Another disk with the same content: a copied profile.
    #[must_use]
    pub fn copy(&self) -> MemoryStorage {
        let of = |disk: &Rc<RefCell<Disk>>| Rc::new(RefCell::new(disk.borrow().clone()));
        MemoryStorage { disk: of(&self.disk), safe: of(&self.disk), ..MemoryStorage::default() }
    }

    /// All that lies on the disk, to search for what must not.
    pub fn bytes(&self) -> Vec<u8> {
        let disk = self.disk.borrow();
        let mut bytes = Vec::new();
        let mut add = |value: serde_json::Result<Vec<u8>>, sealed: &[u8]| {
            bytes.extend(value.unwrap_or_default());
            bytes.extend_from_slice(sealed);
        };
        add(serde_json::to_vec(&disk.profile), &[]);
        disk.streams.values().for_each(|row| add(serde_json::to_vec(row), &[]));
        disk.outbox.values().for_each(|row| add(serde_json::to_vec(row), &row.sealed.0));
        disk.log.values().for_each(|segment| add(serde_json::to_vec(segment), &segment.sealed.0));
        disk.derived.values().for_each(|value| add(serde_json::to_vec(value), &value.sealed.0));
        disk.kept.iter().for_each(|(name, sealed)| add(serde_json::to_vec(name), &sealed.0));
        bytes
    }

    /// What was not waited for is undone.
    pub fn power_fails(&self) {
        *self.disk.borrow_mut() = self.safe.borrow().clone();
    }

    /// Lets others run before and after each transaction, as a store on disk does.
    pub fn wait_at_each(&self) {
        self.waits.set(true);
    }

    /// Lets this many transactions pass, then fails every one as denied.
    pub fn fail_after(&self, transactions: u32) {
        self.fails.set(Some(transactions));
    }

    /// From now on nothing more can be written, until what is derived makes room.
    pub fn fill(&self) {
        self.full.set(true);
    }

    /// Works again.
    pub fn mend(&self) {
        self.full.set(false);
        self.fails.set(None);
    }

    async fn read<T>(&self, work: impl FnOnce(&Disk) -> T) -> Result<T, StorageError> {
        self.transact(|disk| Ok(work(disk))).await
    }

    /// Writes, and waits for the disk: whatever was written before is safe then too.
    async fn write<T>(&self, work: impl FnOnce(&mut Disk) -> Result<T, StorageError>) -> Result<T, StorageError> {
        if self.full.get() {
            return Err(StorageError::Full);
        }
        let flushed = |disk: &mut Disk| {
            let result = work(disk)?;
            *self.safe.borrow_mut() = disk.clone();
            Ok(result)
        };
        self.transact(flushed).await
    }

    async fn transact<T>(&self, work: impl FnOnce(&mut Disk) -> Result<T, StorageError>) -> Result<T, StorageError> {
        self.wait().await;
        match self.fails.get() {
            Some(0) => return Err(StorageError::Denied),
            Some(left) => self.fails.set(Some(left - 1)),
            None => {}
        }
        let mut after = self.disk.borrow().clone();
        let result = work(&mut after)?;
        *self.disk.borrow_mut() = after;
        self.wait().await;
        Ok(result)
    }

    async fn wait(&self) {
        let mut waits = self.waits.get();
        std::future::poll_fn(|cx| {
            if !std::mem::take(&mut waits) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }
}

impl Disk {
    fn stream(&mut self, stream: StreamId) -> &mut StreamRow {
        self.streams.entry(stream).or_insert_with(|| StreamRow::new(stream))
    }

    fn save(&mut self, operation: &Unsaved) -> OutboxRow {
        let there = self
            .outbox
            .iter()
            .find(|(_, row)| row.id == operation.id)
            .map(|((_, rseq), row)| OutboxRow { rseq: *rseq, operation: row.clone() });
        there.unwrap_or_else(|| {
            let row = self.stream(operation.stream);
            let rseq = row.next;
            row.next += 1;
            self.outbox.insert((operation.stream, rseq), operation.clone());
            OutboxRow { rseq, operation: operation.clone() }
        })
    }

    fn pulled(&mut self, pulled: &Pulled) -> Result<(), StorageError> {
        let Segment { stream, epoch, first, last, .. } = pulled.segment;
        if pulled.restart {
            self.log.retain(|(of, _), _| *of != stream);
            self.derived.retain(|(_, of), _| *of != stream);
            self.stream(stream).after = 0;
        }
        let row = self.stream(stream);
        if first != row.after + 1 || last < first {
            return Err(StorageError::Damaged);
        }
        (row.epoch, row.after) = (epoch, last);
        self.log.insert((stream, first), pulled.segment.clone());
        self.count_as_acknowledged(stream, &pulled.mine);
        let came_back: BTreeSet<_> = pulled.came_back.iter().collect();
        self.outbox.retain(|(of, _), row| *of != stream || !came_back.contains(&row.id));
        self.close_ranks(stream);
        Ok(())
    }

    fn count_as_acknowledged(&mut self, stream: StreamId, mine: &[Mine]) {
        let replica = self.profile.as_ref().map(|profile| profile.replica);
        for mine in mine.iter().filter(|mine| replica == Some(mine.replica)) {
            let sent = self.outbox.get(&(stream, mine.rseq));
            if sent.is_some_and(|sent| sent.sha256 == mine.sha256) {
                self.stream(stream).count_as_acknowledged(mine);
            }
        }
    }

    /// Numbers what is not acknowledged without a gap.
    fn close_ranks(&mut self, stream: StreamId) {
        let Some(row) = self.streams.get_mut(&stream) else {
            return;
        };
        let mut after = self.outbox.split_off(&(stream, row.high + 1));
        let mut others = after.split_off(&(stream, u64::MAX));
        row.next = row.high + 1;
        for operation in after.into_values() {
            self.outbox.insert((stream, row.next), operation);
            row.next += 1;
        }
        self.outbox.append(&mut others);
    }
}

impl Storage for MemoryStorage {
    async fn profile(&self) -> Result<Option<Profile>, StorageError> {
        self.read(|disk| disk.profile.clone()).await
    }

    async fn put_profile(&self, profile: &Profile) -> Result<(), StorageError> {
        self.write(|disk| {
            disk.profile = Some(profile.clone());
            Ok(())
        })
        .await
    }

    async fn change_profile(&self, change: impl Fn(&mut Profile)) -> Result<Profile, StorageError> {
        self.write(|disk| {
            let profile = disk.profile.as_mut().ok_or(StorageError::Damaged)?;
            change(profile);
            Ok(profile.clone())
        })
        .await
    }

    async fn save(&self, operations: &[Unsaved]) -> Result<Vec<OutboxRow>, StorageError> {
        self.write(|disk| Ok(operations.iter().map(|operation| disk.save(operation)).collect())).await
    }

    async fn outbox(&self) -> Result<Vec<OutboxRow>, StorageError> {
        self.read(|disk| {
            disk.outbox.iter().map(|((_, rseq), row)| OutboxRow { rseq: *rseq, operation: row.clone() }).collect()
        })
        .await
    }

    async fn streams(&self) -> Result<Vec<StreamRow>, StorageError> {
        self.read(|disk| disk.streams.values().copied().collect()).await
    }

    async fn acknowledge(&self, words: &[Acknowledged]) -> Result<(), StorageError> {
        let change = |disk: &mut Disk| {
            let replica = disk.profile.as_ref().map(|profile| profile.replica);
            for word in words.iter().filter(|word| replica == Some(word.replica)) {
                if let Some(row) = disk.streams.get_mut(&word.stream).filter(|row| row.high == word.after) {
                    (row.high, row.chain) = (word.high, word.chain);
                    disk.close_ranks(word.stream);
                }
            }
            Ok(())
        };
        if words.iter().any(Acknowledged::is_set_back) { self.write(change).await } else { self.transact(change).await }
    }

    async fn reseal(&self, rows: &[(OperationId, Sealed)]) -> Result<(), StorageError> {
        self.write(|disk| {
            for (id, sealed) in rows {
                if let Some(row) = disk.outbox.values_mut().find(|row| row.id == *id) {
                    row.sealed = sealed.clone();
                }
            }
            Ok(())
        })
        .await
    }

    async fn set_aside(&self, id: OperationId, name: &str, value: &Sealed) -> Result<(), StorageError> {
        self.write(|disk| {
            let place = disk.outbox.iter().find(|(_, row)| row.id == id).map(|(key, _)| *key);
            let (stream, rseq) = place.ok_or(StorageError::Damaged)?;
            if rseq <= disk.stream(stream).high {
                return Err(StorageError::Damaged);
            }
            disk.outbox.remove(&(stream, rseq));
            disk.close_ranks(stream);
            disk.kept.insert(name.to_owned(), value.clone());
            Ok(())
        })
        .await
    }

    async fn store_pulled(&self, pulled: &[Pulled]) -> Result<(), StorageError> {
        let change = |disk: &mut Disk| pulled.iter().try_for_each(|pulled| disk.pulled(pulled));
        if pulled.iter().any(Pulled::is_of_this_tablet) {
            self.write(change).await
        } else {
            self.transact(change).await
        }
    }

    async fn log(&self, stream: StreamId, after: u64) -> Result<Vec<Segment>, StorageError> {
        let range = (stream, after.saturating_add(1))..=(stream, u64::MAX);
        self.read(|disk| disk.log.range(range).map(|(_, segment)| segment.clone()).collect()).await
    }

    async fn keep_derived(&self, values: &[Derived]) -> Result<(), StorageError> {
        self.transact(|disk| {
            for value in values {
                let row = disk.streams.get(&value.stream);
                if row.is_some_and(|row| value.after > 0 && (row.epoch, row.after) == (value.epoch, value.after)) {
                    disk.derived.insert((value.kind, value.stream), value.clone());
                }
            }
            Ok(())
        })
        .await
    }

    async fn derived(&self, stream: StreamId, kind: DerivedKind) -> Result<Option<Derived>, StorageError> {
        self.read(|disk| disk.derived.get(&(kind, stream)).cloned()).await
    }

    async fn forget_derived(&self) -> Result<(), StorageError> {
        self.transact(|disk| {
            let had_some = !std::mem::take(&mut disk.derived).is_empty();
            self.full.set(self.full.get() && !had_some);
            Ok(())
        })
        .await
    }

    async fn all_derived(&self, kind: DerivedKind) -> Result<Vec<Derived>, StorageError> {
        self.read(|disk| disk.derived.values().filter(|value| value.kind == kind).cloned().collect()).await
    }

    async fn purge(&self, stream: StreamId) -> Result<(), StorageError> {
        self.write(|disk| {
            let high = disk.streams.get(&stream).map_or(0, |row| row.high);
            if disk.outbox.keys().any(|(of, rseq)| *of == stream && *rseq > high) {
                return Err(StorageError::Damaged);
            }
            disk.outbox.retain(|(of, _), _| *of != stream);
            disk.log.retain(|(of, _), _| *of != stream);
            disk.derived.retain(|(_, of), _| *of != stream);
            if let Some(row) = disk.streams.get_mut(&stream) {
                // The numbers given out stay: this replica may write here again.
                (row.epoch, row.after) = (0, 0);
            }
            Ok(())
        })
        .await
    }

    async fn fork(&self, from: ReplicaId, to: ReplicaId, sequenced: &[OperationId]) -> Result<(), StorageError> {
        self.write(|disk| {
            let profile = disk.profile.as_mut().ok_or(StorageError::Damaged)?;
            if profile.replica != from {
                return Ok(());
            }
            profile.become_replica(to);
            let sequenced: BTreeSet<_> = sequenced.iter().collect();
            for row in disk.streams.values_mut() {
                (row.next, row.high, row.chain) = (1, 0, Chain::START);
            }
            let rows = std::mem::take(&mut disk.outbox);
            for row in rows.into_values().filter(|row| !sequenced.contains(&row.id)) {
                disk.save(&row);
            }
            Ok(())
        })
        .await
    }

    async fn keep(&self, name: &str, value: &Sealed) -> Result<(), StorageError> {
        self.write(|disk| {
            disk.kept.insert(name.to_owned(), value.clone());
            Ok(())
        })
        .await
    }

    async fn kept(&self, name: &str) -> Result<Option<Sealed>, StorageError> {
        self.read(|disk| disk.kept.get(name).cloned()).await
    }

    async fn kept_names(&self) -> Result<Vec<String>, StorageError> {
        self.read(|disk| disk.kept.keys().cloned().collect()).await
    }

    async fn forget(&self, name: &str) -> Result<(), StorageError> {
        self.write(|disk| {
            disk.kept.remove(name);
            Ok(())
        })
        .await
    }
}
