//! Copied and restored tablets.

use domain::wire::PushOutcome;
use pollster::block_on;

use super::tablet::*;
use crate::engine::SyncError;
use crate::engine::model::{Fault, SADE, Server, Wire};
use crate::exchange::Failure;
use crate::mint::Written;

#[test]
fn fault_39_two_copies_of_a_tablet_become_two_replicas_and_lose_nothing() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.save(amira(), voice("before the copy"));
    let copy = sade.copy();
    sade.save_many(amira(), 3);
    copy.save_many(amira(), 5);
    assert!(!sade.sync().forked);
    let synced = copy.sync();
    assert!(synced.forked);
    assert_ne!(copy.profile().replica, sade.profile().replica);
    assert_eq!(copy.profile().former, [sade.profile().replica]);
    let enrolled = server.enrolled.borrow();
    assert_eq!(enrolled.iter().map(|request| request.replaces).collect::<Vec<_>>(), [Some(sade.profile().replica)]);
    sade.sync();
    sade.agrees();
    copy.agrees();
    assert_eq!(server.entries(amira()).len(), 2 + 3 + 5, "each once");
}

#[test]
fn a_copy_that_is_shorter_than_what_the_server_has_notices_too() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let copy = sade.copy();
    sade.save_many(amira(), 5);
    sade.sync();
    copy.save_many(amira(), 2);
    assert!(copy.sync().forked);
    sade.sync();
    sade.agrees();
    copy.agrees();
    assert_eq!(server.entries(amira()).len(), 1 + 5 + 2);
}

#[test]
fn a_copy_that_first_reads_what_the_other_wrote_keeps_its_own() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let copy = sade.copy();
    sade.save_many(amira(), 2);
    sade.sync();
    copy.sync();
    copy.save_many(amira(), 2);
    let kept = copy.record(amira()).items.len();
    assert!(copy.sync().forked);
    copy.agrees();
    assert_eq!(copy.record(amira()).items.len(), kept);
}

#[test]
fn a_fork_interrupted_anywhere_is_finished_later() {
    for interrupted in 0..5 {
        let server = Server::default();
        let sade = sade_with_amira(&server);
        let mut copy = sade.copy();
        sade.save_many(amira(), 2);
        sade.sync();
        copy.save_many(amira(), 3);
        let mut faults = vec![Fault::None; interrupted];
        faults.push(Fault::ReplyLost);
        let _ = copy.try_sync(&Wire::with(&server, SADE, &faults));
        copy.restart();
        copy.sync();
        copy.sync();
        copy.agrees();
        assert_eq!(server.record(amira()).items.len(), 1 + 2 + 3, "interrupted at request {interrupted}");
    }
}

#[test]
fn a_store_that_fails_in_the_middle_of_a_fork_loses_nothing() {
    for transactions in 0..24 {
        let server = Server::default();
        let sade = sade_with_amira(&server);
        let mut copy = sade.copy();
        sade.save_many(amira(), 2);
        sade.sync();
        copy.save_many(amira(), 3);
        copy.storage.fail_after(transactions);
        let _ = copy.try_sync(&copy.wire());
        copy.storage.mend();
        copy.restart();
        copy.sync();
        copy.agrees();
        assert_eq!(server.record(amira()).items.len(), 1 + 2 + 3, "after {transactions} transactions");
    }
}

#[test]
fn a_tap_in_the_journal_of_the_former_replica_is_replayed() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let mut copy = sade.copy();
    sade.save_many(amira(), 1);
    sade.sync();
    copy.save_many(amira(), 1);
    copy.storage.fail_after(0);
    let tap: Written = written(amira(), answered("bus"));
    assert!(block_on(copy.tab.save_tap(std::slice::from_ref(&tap))).is_err());
    copy.storage.mend();
    assert!(copy.sync().forked);
    copy.restart();
    copy.sync();
    assert!(server.entries(amira()).iter().any(|entry| entry.id == Some(tap.id)));
    assert!(copy.journal.0.borrow().is_empty());
}

#[test]
fn a_server_that_always_says_forked_is_obeyed_once() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.save_many(amira(), 2);
    let forked = Fault::BentPush(|reply| reply.streams[0].outcome = PushOutcome::Forked);
    // Push, enrol, pull, push.
    let wire = Wire::with(&server, SADE, &[forked, Fault::None, Fault::None, forked]);
    assert_eq!(sade.try_sync(&wire), Err(SyncError::Failure(Failure::Network)));
    assert_eq!((wire.requests(), server.enrolled.borrow().len()), (4, 1));
    sade.sync();
    assert_eq!(server.record(amira()).items.len(), 3);
}
