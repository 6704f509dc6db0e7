//! The server is set back to an earlier state, and the tablets bring back what it lost.

use domain::entry::Entry;
use domain::wire::MAX_REQUEST_BYTES;
use pollster::block_on;

use super::tablet::*;
use crate::engine::SyncError;
use crate::engine::model::{Fault, HELEN, SADE, Server, TOM, Wire};
use crate::storage::Storage;

/// What a restore keeps of an entry.
fn kept(entry: &Entry) -> Entry {
    Entry { seq: 0, epoch: 0, mac: String::new(), was: None, ..entry.clone() }
}

fn all(server: &Server) -> Vec<Entry> {
    server.entries(amira()).iter().map(kept).collect()
}

/// Everybody is quiet, sees what the server has, and it decides by what they see.
fn quiet(tablets: &[&Tablet<'_>]) {
    for _ in 0..3 {
        tablets.iter().for_each(|tablet| drop(tablet.sync()));
    }
    for tablet in tablets {
        tablet.agrees();
        assert_eq!(tablet.sync().requests, 1, "quiet");
    }
    let server = tablets[0].server;
    for stream in server.streams() {
        assert!(server.entries(stream).iter().zip(1..).all(|(entry, seq)| entry.seq == seq));
        assert_eq!(server.record(stream).standing, server.standing(stream));
    }
}

#[test]
fn fault_25_one_tablet_brings_back_what_everybody_had() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let backup = server.back_up();
    allocated_to_both(&server);
    let tom = Tablet::enrolled(&server, TOM);
    tom.sync();
    tom.save_many(amira(), 3);
    tom.sync();
    sade.save_many(amira(), 2);
    sade.sync();
    let before = all(&server);
    server.restore(&backup);
    let synced = sade.sync();
    assert!(!synced.forked && synced.purged.is_empty());
    assert_eq!(all(&server), before, "verdicts, authors and times, the allocation too");
    assert!(server.epoch(amira()) > 1);
    assert_eq!(tom.sync().sent, 0, "nothing of Tom's is sent again");
    quiet(&[&sade, &tom]);
    tom.save(amira(), voice("later"));
    sade.save(amira(), voice("later too"));
    quiet(&[&sade, &tom]);
    assert_eq!(server.entries(amira()).len(), before.len() + 2);
}

#[test]
fn fault_25_a_tablet_that_is_no_longer_allocated_by_the_backup_brings_back_its_allocation() {
    let server = Server::default();
    sade_with_amira(&server);
    let backup = server.back_up();
    allocated_to_both(&server);
    let tom = Tablet::enrolled(&server, TOM);
    tom.sync();
    tom.save_many(amira(), 2);
    tom.sync();
    let before = all(&server);
    server.restore(&backup);
    let synced = tom.sync();
    assert!(synced.purged.is_empty(), "nothing left the tablet");
    assert_eq!(all(&server), before);
    quiet(&[&tom]);
}

#[test]
fn fault_25_a_child_that_the_backup_does_not_know_is_brought_back() {
    let server = Server::default();
    let backup = server.back_up();
    let sade = sade_with_amira(&server);
    sade.save_many(amira(), 2);
    sade.sync();
    let before = all(&server);
    server.restore(&backup);
    sade.sync();
    assert_eq!(all(&server), before);
    quiet(&[&sade]);
}

#[test]
fn fault_25_what_was_sent_since_keeps_its_place_and_the_lost_goes_behind() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    allocated_to_both(&server);
    let tom = Tablet::enrolled(&server, TOM);
    tom.sync();
    let backup = server.back_up();
    sade.save_many(amira(), 3);
    sade.sync();
    server.restore(&backup);
    // Tom has seen nothing of it, and writes more than was lost: the head is beyond Sade's cursor again.
    let since = tom.save_many(amira(), 5);
    tom.sync();
    sade.save(amira(), voice("later"));
    sade.sync();
    quiet(&[&sade, &tom]);
    let entries = server.entries(amira());
    assert_eq!(entries.len(), 2 + 5 + 3 + 1);
    let ids: Vec<_> = entries[2..7].iter().filter_map(|entry| entry.id).collect();
    assert_eq!(ids, since);
}

#[test]
fn fault_25_several_tablets_bring_back_different_parts() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    allocated_to_both(&server);
    let tom = Tablet::enrolled(&server, TOM);
    let backup = server.back_up();
    sade.save_many(amira(), 2);
    sade.sync();
    tom.sync();
    sade.save_many(amira(), 3);
    sade.sync();
    let before = all(&server);
    server.restore(&backup);
    tom.sync();
    assert_eq!(server.entries(amira()).len(), 4, "Tom has seen so much");
    let epoch = server.epoch(amira());
    sade.sync();
    assert_eq!((all(&server), server.epoch(amira())), (before, epoch), "once is enough");
    quiet(&[&sade, &tom]);
}

#[test]
fn fault_25_a_lost_request_or_reply_at_any_step_loses_nothing_and_never_shows_less() {
    for (fault, place) in (0..10).flat_map(|place| [(Fault::Lost, place), (Fault::ReplyLost, place)]) {
        let server = Server::default();
        let sade = sade_with_amira(&server);
        let backup = server.back_up();
        allocated_to_both(&server);
        let mut tom = Tablet::enrolled(&server, TOM);
        tom.sync();
        tom.save_many(amira(), 3);
        sade.save_many(amira(), 2);
        sade.sync();
        tom.sync();
        let before = all(&server);
        let shown = tom.record(amira()).items.len();
        server.restore(&backup);
        tom.save(amira(), voice("later"));
        let mut faults = vec![Fault::None; place];
        faults.push(fault);
        let _ = tom.try_sync(&Wire::with(&server, TOM, &faults));
        assert!(tom.record(amira()).items.len() > shown, "request {place}");
        tom.restart();
        assert!(tom.record(amira()).items.len() > shown, "request {place}");
        quiet(&[&tom, &sade]);
        assert_eq!(all(&server)[..before.len()], before, "request {place}");
        assert_eq!(server.entries(amira()).len(), before.len() + 1);
    }
}

#[test]
fn fault_25_a_store_that_fails_at_any_step_loses_nothing_and_never_shows_less() {
    for transactions in 0..60 {
        let server = Server::default();
        let sade = sade_with_amira(&server);
        allocated_to_both(&server);
        let mut tom = Tablet::enrolled(&server, TOM);
        tom.sync();
        let backup = server.back_up();
        tom.save_many(amira(), 3);
        tom.sync();
        let shown = tom.record(amira()).items.len();
        server.restore(&backup);
        sade.save_many(amira(), 5);
        sade.sync();
        tom.save(amira(), voice("later"));
        tom.storage.fail_after(transactions);
        let _ = tom.try_sync(&tom.wire());
        tom.storage.mend();
        tom.restart();
        assert!(tom.record(amira()).items.len() > shown, "after {transactions} transactions");
        quiet(&[&tom, &sade]);
        assert_eq!(server.entries(amira()).len(), 2 + 3 + 5 + 1, "after {transactions} transactions");
    }
}

#[test]
fn fault_25_a_long_history_is_handed_back_page_by_page_within_the_limit() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let backup = server.back_up();
    for _ in 0..60 {
        sade.save(amira(), voice(&"\"windowseat\" ".repeat(1_500)));
    }
    sade.sync();
    let before = all(&server);
    server.restore(&backup);
    let wire = sade.wire();
    sade.try_sync(&wire).unwrap();
    assert!(wire.sizes.borrow().iter().all(|size| *size <= MAX_REQUEST_BYTES));
    assert_eq!(all(&server), before);
    quiet(&[&sade]);
    // A server that takes less still gets all of it.
    server.restore(&backup);
    let wire = sade.wire();
    wire.passes.set(100_000);
    sade.try_sync(&wire).unwrap();
    assert_eq!(all(&server), before);
    quiet(&[&sade]);
}

#[test]
fn fault_25_what_a_server_with_another_seal_will_not_take_is_sent_again_by_its_author() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let own = sade.save_many(amira(), 3);
    sade.sync();
    let other = Server::default();
    other.secret.set("another secret");
    let moved = sade.copy_to(&other);
    // Nothing of the child is known there. What Sade wrote is everything, and all of it goes again.
    let shown = moved.record(amira()).items.len();
    moved.sync();
    assert!(moved.record(amira()).items.len() >= shown);
    let there: Vec<_> = other.entries(amira()).iter().filter_map(|entry| entry.id).collect();
    assert!(own.iter().all(|id| there.contains(id)), "{there:?}");
    quiet(&[&moved]);
}

#[test]
fn fault_25_with_the_child_s_key_sending_waits_for_the_worker() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let backup = server.back_up();
    sade.save_many(amira(), 3);
    sade.sync();
    let before = all(&server);
    server.restore(&backup);
    block_on(sade.tab.hand_over(CAPTURE, amira())).unwrap();
    block_on(sade.tab.save_tap(&[written(amira(), answered("bus"))])).unwrap();
    for _ in 0..2 {
        let _ = sade.try_sync(&sade.wire());
        assert_eq!(server.entries(amira()).len(), 1, "nothing is put before what was lost");
        block_on(sade.tab.save_tap(&[written(amira(), answered("taxi"))])).unwrap();
    }
    block_on(sade.tab.take_back(sade.key.clone())).unwrap();
    quiet(&[&sade]);
    assert_eq!(all(&server)[..before.len()], before);
    assert_eq!(server.entries(amira()).len(), before.len() + 3);
}

#[test]
fn fault_39_a_copied_tablet_and_a_restored_server_together_lose_nothing() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let backup = server.back_up();
    sade.save_many(amira(), 2);
    sade.sync();
    let copy = sade.copy();
    sade.save_many(amira(), 3);
    copy.save_many(amira(), 4);
    sade.sync();
    server.restore(&backup);
    copy.sync();
    quiet(&[&sade, &copy]);
    assert_eq!(server.record(amira()).items.len(), 1 + 2 + 3 + 4);
}

#[test]
fn a_child_that_was_given_to_somebody_else_leaves_the_tablet_all_the_same() {
    let server = Server::default();
    sade_with_amira(&server);
    allocated_to_both(&server);
    let tom = Tablet::enrolled(&server, TOM);
    tom.sync();
    assign(&server, amira(), &[SADE.staff]);
    let synced = tom.sync();
    assert_eq!((synced.purged, synced.requests), (vec![amira()], 2), "one question more");
    assert!(block_on(tom.storage.log(amira(), 0)).unwrap().is_empty());
    assert_eq!(server.epoch(amira()), 1);
}

#[test]
fn a_server_that_plays_a_restore_again_and_again_ends_an_exchange() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.save_many(amira(), 3);
    sade.sync();
    let behind = Fault::Bent(|reply| reply.index.iter_mut().for_each(|row| row.head = row.head.min(2)));
    let wire = Wire::with(&server, SADE, &[behind; 40]);
    let outcome = sade.try_sync(&wire);
    assert!(matches!(outcome, Ok(_) | Err(SyncError::Failure(_))));
    assert!(wire.requests() < 20, "{}", wire.requests());
    quiet(&[&sade]);
    let helen = Tablet::enrolled(&server, HELEN);
    quiet(&[&helen]);
}

#[test]
fn fault_25_a_tablet_that_was_enrolled_after_the_backup_is_enrolled_again_under_the_new_escrow_key() {
    use crate::vault::Key;
    use crate::vault::passcode::escrow_open;
    let server = Server::default();
    let backup = server.back_up();
    let sade = sade_with_amira(&server);
    server.restore(&backup);
    server.forget(sade.profile().replica);
    sade.save(amira(), voice("later"));
    let synced = sade.sync();
    assert_eq!((synced.sent, synced.forked), (1, false));
    quiet(&[&sade]);
    assert_eq!(server.entries(amira()).len(), 2);
    let key = escrow_open(&Key::from_bytes([7; 32]), &sade.profile().escrow).unwrap();
    assert_eq!(key.to_bytes(), sade.key.to_bytes());
}
