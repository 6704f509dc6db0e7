//! Copied and restored tablets.

use domain::entry::Verdict;
use domain::wire::PushOutcome;
use pollster::block_on;

use super::tablet::*;
use crate::create::Written;
use crate::engine::SyncError;
use crate::engine::model::{Fault, SADE, Server, TOM, Wire};
use crate::exchange::Failure;

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

/// Sade's tablet and a copy of it. The server is set back behind what the first sent and has not seen come back, and the
/// copy gives its number to something else.
fn one_number_twice(server: &Server, lost: usize, meanwhile: impl Fn()) -> (Tablet<'_>, Tablet<'_>) {
    let sade = sade_with_amira(server);
    let copy = sade.copy();
    let backup = server.back_up();
    sade.save_many(amira(), lost);
    let _ = sade.try_sync(&Wire::with(server, SADE, &[Fault::None, Fault::Lost]));
    assert_eq!((sade.outbox(), block_on(sade.tab.unsent()).unwrap()), (lost, 0), "sent, and not come back");
    server.restore(&backup);
    server.raise_epochs();
    meanwhile();
    copy.save_many(amira(), 1);
    copy.sync();
    (sade, copy)
}

#[test]
fn fault_39_what_was_sent_before_a_restore_goes_again_though_a_copy_has_taken_its_number_since() {
    for lost in [1, 2, 3] {
        let server = Server::default();
        let (sade, copy) = one_number_twice(&server, lost, || ());
        sade.sync();
        sade.sync();
        sade.agrees();
        copy.sync();
        copy.agrees();
        assert_eq!(server.record(amira()).items.len(), 1 + lost + 1, "{lost}");
    }
}

#[test]
fn fault_39_the_same_is_not_purged_unsent_where_the_child_was_given_to_somebody_else() {
    for lost in [1, 2, 3] {
        let server = Server::default();
        let (sade, _copy) = one_number_twice(&server, lost, || assign(&server, amira(), &[TOM.staff]));
        sade.sync();
        sade.sync();
        assert_eq!((sade.outbox(), sade.record(amira()).items.len()), (0, 0), "nothing of the child stays");
        let held = server.entries(amira()).iter().filter(|entry| entry.verdict == Verdict::Held).count();
        assert_eq!(held, lost + 1, "{lost}");
    }
}
