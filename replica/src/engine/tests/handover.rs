//! Child mode: one capture, one key.

use pollster::block_on;

use super::tablet::*;
use crate::Engine;
use crate::create::Written;
use crate::engine::model::{SADE, Server, Wire};
use crate::engine::{SaveError, SyncError};
use crate::storage::{Storage, StorageError};
use crate::vault::{KeyId, Keyring};

fn tap(option: &str) -> Vec<Written> {
    vec![written(amira(), answered(option))]
}

#[test]
fn the_child_s_key_sends_this_capture_and_pulls_nothing() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    block_on(sade.tab.hand_over(CAPTURE, amira())).unwrap();
    assert_eq!((sade.tab.is_unlocked(), sade.tab.handed_over()), (false, Some(CAPTURE)));
    block_on(sade.tab.save_tap(&tap("bus"))).unwrap();
    let wire = sade.wire();
    let synced = sade.try_sync(&wire).unwrap();
    assert_eq!((synced.sent, wire.requests()), (1, 1));
    assert_eq!(sade.outbox(), 1, "its entry is pulled by the worker");
    assert_eq!(block_on(sade.tab.records()), Err(StorageError::Denied));
}

#[test]
fn what_the_worker_wrote_is_neither_opened_nor_sent_by_the_child_s_key() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.save(amira(), voice("private"));
    sade.save(joe(), registered("Joe"));
    block_on(sade.tab.hand_over(CAPTURE, amira())).unwrap();
    block_on(sade.tab.save_tap(&tap("bus"))).unwrap();
    let wire = sade.wire();
    assert_eq!(sade.try_sync(&wire).unwrap().sent, 0);
    assert!(wire.pushed.borrow().is_empty());
    let keyring = sade.tab.keyring.borrow();
    let Some(child @ Keyring::Child(..)) = keyring.as_ref() else { panic!("the child's key") };
    let opened =
        block_on(sade.storage.outbox()).unwrap().into_iter().filter(|row| super::super::open(child, row).is_some());
    assert_eq!(opened.count(), 1);
}

#[test]
fn a_draft_of_the_worker_is_shut_to_the_child() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    block_on(sade.tab.keep("draft", b"not yet")).unwrap();
    block_on(sade.tab.hand_over(CAPTURE, amira())).unwrap();
    assert_eq!(block_on(sade.tab.kept("draft")), Ok(None));
    block_on(sade.tab.take_back(sade.key.clone())).unwrap();
    assert_eq!(block_on(sade.tab.kept("draft")), Ok(Some(b"not yet".to_vec())));
}

#[test]
fn child_mode_goes_on_after_a_reload_with_what_was_answered() {
    let server = Server::default();
    let mut sade = sade_with_amira(&server);
    let token = block_on(sade.tab.hand_over(CAPTURE, amira())).unwrap();
    block_on(sade.tab.save_tap(&tap("bus"))).unwrap();
    sade.tab = Engine::new(sade.storage.clone(), sade.journal.clone(), "test");
    assert_eq!(block_on(sade.tab.save_tap(&tap("taxi"))), Err(SaveError::Locked));
    assert_eq!(sade.try_sync(&sade.wire()), Err(SyncError::Locked));
    assert_eq!(sade.tab.resume(&token.text), Some(token));
    block_on(sade.tab.save_tap(&tap("taxi"))).unwrap();
    let keyring = sade.tab.keyring.borrow().clone();
    let opened = block_on(sade.storage.outbox())
        .unwrap()
        .iter()
        .filter(|row| super::super::open(keyring.as_ref().unwrap(), row).flatten().is_some())
        .count();
    assert_eq!(opened, 2);
}

#[test]
fn a_token_that_is_not_one_resumes_nothing() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let tab = Engine::new(sade.storage.clone(), sade.journal.clone(), "test");
    for text in ["", "a b c", "00000000-0000-0000-0000-000000000041 child-x 00"] {
        assert_eq!(tab.resume(text), None);
    }
    assert_eq!(tab.handed_over(), None);
}

#[test]
fn the_worker_gets_everything_back_though_the_tab_died() {
    let server = Server::default();
    let mut sade = sade_with_amira(&server);
    block_on(sade.tab.hand_over(CAPTURE, amira())).unwrap();
    block_on(sade.tab.save_tap(&tap("bus"))).unwrap();
    // The store fails at the last tap: only the journal has it.
    sade.storage.fail_after(0);
    assert_eq!(block_on(sade.tab.save_tap(&tap("taxi"))), Err(SaveError::Storage(StorageError::Denied)));
    sade.storage.mend();
    sade.restart();
    let rows = block_on(sade.storage.outbox()).unwrap();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row.operation.sealed.key_id() == Some(KeyId::Data)), "sealed again");
    assert!(sade.journal.0.borrow().is_empty());
    sade.sync();
    sade.agrees();
    assert_eq!(server.entries(amira()).len(), 3);
}

#[test]
fn what_a_child_saves_in_one_tab_while_another_is_unlocked_is_not_lost() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    block_on(sade.tab.hand_over(CAPTURE, amira())).unwrap();
    block_on(sade.tab.save_tap(&tap("bus"))).unwrap();
    let other = sade.other_tab();
    block_on(sade.tab.save_tap(&tap("taxi"))).unwrap();
    let synced = block_on(other.sync(&sade.wire())).unwrap();
    assert_eq!((synced.sent, synced.unreadable.len()), (2, 0));
    assert_eq!(server.entries(amira()).len(), 3);
}

#[test]
fn a_handover_that_could_not_be_stored_leaves_the_vault_unlocked() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.storage.fail_after(0);
    assert_eq!(block_on(sade.tab.hand_over(CAPTURE, amira())).err(), Some(StorageError::Denied));
    assert!(sade.tab.is_unlocked());
    sade.storage.mend();
    sade.tab.lock();
    assert_eq!(block_on(sade.tab.hand_over(CAPTURE, amira())).err(), Some(StorageError::Denied));
}

#[test]
fn fault_39_a_fork_found_by_the_child_s_key_waits_for_the_worker_while_the_child_goes_on() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let copy = sade.copy();
    sade.save_many(amira(), 1);
    sade.sync();
    block_on(copy.tab.hand_over(CAPTURE, amira())).unwrap();
    block_on(copy.tab.save_tap(&tap("bus"))).unwrap();
    for option in ["taxi", "train"] {
        assert_eq!(copy.try_sync(&Wire::new(&server, SADE)), Err(SyncError::Locked));
        block_on(copy.tab.save_tap(&tap(option))).unwrap();
    }
    assert_eq!((server.entries(amira()).len(), copy.outbox()), (2, 3), "nothing was sent, and nothing is lost");
    block_on(copy.tab.take_back(copy.key.clone())).unwrap();
    assert!(copy.sync().forked);
    copy.agrees();
    assert_eq!(server.entries(amira()).len(), 2 + 3);
}
