//! Passcodes, lockout, recovery. Each passcode takes its time to derive, so that these tests are few.

use std::collections::BTreeMap;

use domain::id::{ReplicaId, VaultId};
use pollster::block_on;
use uuid::Uuid;

use super::tablet::*;
use crate::Engine;
use crate::engine::model::SADE;
use crate::engine::{SaveError, UnlockError, enrol};
use crate::journal::NoJournal;
use crate::storage::memory::MemoryStorage;
use crate::storage::{Derived, DerivedKind, Pulled, Segment, Storage, StorageError};
use crate::vault::passcode::{Cost, MAX_ATTEMPTS};
use crate::vault::{Key, Sealed};

const PASSCODE: &str = "tea4two8";

fn vault(escrow: &Key) -> (MemoryStorage, Engine<MemoryStorage, NoJournal>) {
    let storage = MemoryStorage::default();
    let who = (SADE.staff, VaultId(Uuid::from_u128(0x91)), ReplicaId(Uuid::from_u128(0x81)));
    block_on(enrol(&storage, who, PASSCODE, Cost::LEAST, escrow)).unwrap();
    let engine = Engine::new(storage.clone(), NoJournal, "test");
    (storage, engine)
}

#[test]
fn a_wrong_passcode_is_counted_before_it_is_tried_and_a_right_one_clears_the_count() {
    let (storage, engine) = vault(&Key::random());
    assert_eq!(block_on(engine.unlock("wrong1234")), Err(UnlockError::Wrong { left: MAX_ATTEMPTS - 1 }));
    // The count is made, then the store fails: the attempt counts all the same.
    storage.fail_after(1);
    assert!(matches!(block_on(engine.unlock(PASSCODE)), Err(UnlockError::Storage(StorageError::Denied))));
    storage.mend();
    assert_eq!(block_on(engine.profile()).unwrap().attempts, 2);
    assert!(!engine.is_unlocked());
    // Without a count there is no attempt.
    storage.fail_after(0);
    assert!(block_on(engine.unlock(PASSCODE)).is_err());
    storage.mend();
    block_on(engine.unlock(PASSCODE)).unwrap();
    assert!(engine.is_unlocked());
    assert_eq!(block_on(engine.profile()).unwrap().attempts, 0);
}

#[test]
fn a_full_tablet_is_unlocked_in_the_room_of_what_can_be_made_again() {
    let (storage, engine) = vault(&Key::random());
    storage.fill();
    assert!(matches!(block_on(engine.unlock(PASSCODE)), Err(UnlockError::Storage(StorageError::Full))));
    storage.mend();
    let (stream, sealed) = (amira(), Sealed(vec![7; 64]));
    let segment = Segment { stream, epoch: 1, first: 1, last: 2, sealed: sealed.clone() };
    let pulled = Pulled { restart: false, segment, came_back: Vec::new(), mine: Vec::new() };
    let summary = Derived { stream, kind: DerivedKind::Summary, epoch: 1, after: 2, sealed };
    block_on(storage.store_pulled(&[pulled])).unwrap();
    block_on(storage.keep_derived(&[summary])).unwrap();
    storage.fill();
    block_on(engine.unlock(PASSCODE)).unwrap();
    assert!(engine.is_unlocked());
    assert_eq!(block_on(storage.all_derived(DerivedKind::Summary)), Ok(Vec::new()));
    assert_eq!(block_on(engine.profile()).unwrap().attempts, 0);
}

#[test]
fn at_the_limit_the_passcode_is_forgotten_and_a_fresh_sign_in_opens_everything() {
    let escrow = Key::random();
    let (storage, engine) = vault(&escrow);
    block_on(engine.unlock(PASSCODE)).unwrap();
    let said = written(amira(), voice("kept"));
    block_on(engine.save(std::slice::from_ref(&said))).unwrap();
    engine.lock();
    assert_eq!(block_on(engine.save(std::slice::from_ref(&said))), Err(SaveError::Locked));
    block_on(storage.change_profile(|profile| profile.attempts = MAX_ATTEMPTS - 1)).unwrap();
    assert_eq!(block_on(engine.unlock("wrong1234")), Err(UnlockError::LockedOut));
    assert_eq!(block_on(engine.profile()).unwrap().passcode, None);
    assert_eq!(block_on(engine.unlock(PASSCODE)), Err(UnlockError::LockedOut), "even the right one");

    assert_eq!(block_on(engine.recover(&Key::random(), "new4code", Cost::LEAST)), Err(UnlockError::NotThisVault));
    block_on(engine.recover(&escrow, "new4code", Cost::LEAST)).unwrap();
    let records = block_on(engine.records()).unwrap();
    assert_eq!(records[0].1.items[0].id, Some(said.id));
    engine.lock();
    block_on(engine.unlock("new4code")).unwrap();
}

#[test]
fn a_tab_killed_at_the_limit_gives_no_further_try() {
    let (storage, engine) = vault(&Key::random());
    block_on(storage.change_profile(|profile| profile.attempts = MAX_ATTEMPTS)).unwrap();
    assert_eq!(block_on(engine.unlock(PASSCODE)), Err(UnlockError::LockedOut));
    assert_eq!(block_on(engine.profile()).unwrap().passcode, None);
}

#[test]
fn an_unlock_in_one_tab_does_not_undo_a_handover_in_another() {
    let (storage, engine) = vault(&Key::random());
    block_on(engine.unlock(PASSCODE)).unwrap();
    block_on(engine.hand_over(CAPTURE, amira())).unwrap();
    let other = Engine::new(storage, NoJournal, "test");
    block_on(other.unlock(PASSCODE)).unwrap();
    let handovers: BTreeMap<_, _> = block_on(engine.profile()).unwrap().handovers;
    assert!(handovers.contains_key(&CAPTURE));
}

#[test]
fn before_enrolment_there_is_nothing_to_unlock() {
    let engine = Engine::new(MemoryStorage::default(), NoJournal, "test");
    assert_eq!(block_on(engine.unlock(PASSCODE)), Err(UnlockError::Storage(StorageError::Damaged)));
}

#[test]
fn a_vault_that_is_out_of_use_opens_by_no_passcode_and_keeps_what_is_in_it() {
    let escrow = Key::random();
    let (_, engine) = vault(&escrow);
    block_on(engine.unlock(PASSCODE)).unwrap();
    block_on(engine.shut_out()).unwrap();
    assert!(!engine.is_unlocked());
    assert_eq!(block_on(engine.unlock(PASSCODE)), Err(UnlockError::LockedOut));
    block_on(engine.recover(&escrow, "new4code", Cost::LEAST)).unwrap();
    assert!(engine.is_unlocked());
}
