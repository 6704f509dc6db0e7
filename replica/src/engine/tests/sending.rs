//! Pushing, and what can happen to a push.

use domain::entry::Verdict;
use domain::record::item::ItemState;
use domain::wire::{PushOutcome, PushResponse};

use super::tablet::*;
use crate::engine::SyncError;
use crate::engine::model::{Fault, SADE, Server, TOM, Wire};
use crate::exchange::Failure;
use crate::storage::StorageError;
use crate::vault::Key;
use pollster::block_on;

#[test]
fn what_is_saved_offline_is_sent_and_comes_back_accepted() {
    let server = Server::default();
    let sade = Tablet::enrolled(&server, SADE);
    sade.save(amira(), registered("Amira"));
    let said = sade.save(amira(), voice("She likes the bus."));
    assert_eq!(sade.record(amira()).items.last().map(|item| item.state.clone()), Some(ItemState::Saved));
    let synced = sade.sync();
    assert_eq!((synced.sent, synced.requests), (2, 2));
    assert_eq!(synced.changed, [amira()].into());
    let record = sade.record(amira());
    assert_eq!(record.items.last().map(|item| (item.id, item.state.clone())), Some((Some(said), ItemState::Accepted)));
    sade.agrees();
}

#[test]
fn a_quiet_exchange_is_one_request() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let synced = sade.sync();
    assert_eq!((synced.requests, synced.sent), (1, 0));
    assert!(synced.changed.is_empty());
}

#[test]
fn five_hundred_operations_go_in_three_requests_at_most() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.save_many(amira(), 500);
    let wire = sade.wire();
    let synced = sade.try_sync(&wire).unwrap();
    assert_eq!(synced.sent, 500);
    assert!(synced.requests <= 4, "{} with the pull", synced.requests);
    sade.agrees();
}

#[test]
fn fault_01_a_reply_lost_after_commit_is_resent_and_acknowledged() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.save(amira(), voice("once"));
    let lost = Wire::with(&server, SADE, &[Fault::ReplyLost]);
    assert_eq!(sade.try_sync(&lost), Err(SyncError::Failure(Failure::Network)));
    assert_eq!(sade.outbox(), 1);
    assert!(!sade.sync().forked);
    assert_eq!(server.entries(amira()).len(), 2);
    sade.agrees();
}

#[test]
fn more_may_be_saved_after_a_lost_reply() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.save_many(amira(), 3);
    let _ = sade.try_sync(&Wire::with(&server, SADE, &[Fault::ReplyLost]));
    sade.save_many(amira(), 2);
    let synced = sade.sync();
    assert!(!synced.forked);
    assert_eq!(server.entries(amira()).len(), 6);
    sade.agrees();
}

#[test]
fn fault_04_a_captive_portal_or_no_network_takes_nothing_from_the_outbox() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.save_many(amira(), 2);
    for failure in [|| Failure::Network, || Failure::SignedOut, || Failure::Busy { retry_after_ms: Some(9) }] {
        let wire = Wire::with(&server, SADE, &[Fault::Refused(failure)]);
        assert_eq!(sade.try_sync(&wire), Err(SyncError::Failure(failure())));
        assert_eq!(wire.requests(), 1);
        assert_eq!(block_on(sade.tab.unsent()), Ok(2));
    }
    sade.sync();
    sade.agrees();
}

#[test]
fn fault_06_a_request_that_is_too_large_is_halved_until_it_passes() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.save_many(amira(), 64);
    let wire = sade.wire();
    wire.passes.set(8_000);
    let synced = sade.try_sync(&wire).unwrap();
    assert_eq!(synced.sent, 64);
    let refused = wire.sizes.borrow().iter().filter(|size| **size > 8_000).count();
    assert!(refused <= 4, "{refused} refused, each half of the one before");
    sade.agrees();
}

#[test]
fn one_operation_that_never_passes_is_said_to_be_too_large() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.save(amira(), voice(&"x".repeat(10_000)));
    let wire = sade.wire();
    wire.passes.set(5_000);
    assert_eq!(sade.try_sync(&wire), Err(SyncError::Failure(Failure::TooLarge)));
    assert_eq!((wire.requests(), sade.outbox()), (1, 1));
}

#[test]
fn a_server_that_was_set_back_is_sent_what_it_lacks() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.save_many(amira(), 2);
    // The push is taken and acknowledged; the pull fails, so that the rows stay.
    let _ = sade.try_sync(&Wire::with(&server, SADE, &[Fault::None, Fault::Lost]));
    assert_eq!((sade.outbox(), block_on(sade.tab.unsent())), (2, Ok(0)));
    server.set_back(amira(), 2);
    sade.save(amira(), voice("later"));
    let synced = sade.sync();
    assert!(!synced.forked);
    assert_eq!(server.entries(amira()).len(), 4);
    sade.agrees();
}

#[test]
fn a_fact_about_somebody_else_s_child_arrives_held_and_nothing_of_the_child_does() {
    let server = Server::default();
    sade_with_amira(&server);
    let tom = Tablet::enrolled(&server, TOM);
    tom.save(amira(), voice("Seen at the bus stop."));
    let synced = tom.sync();
    assert_eq!((synced.sent, synced.purged), (1, vec![amira()]));
    assert_eq!(server.entries(amira()).last().map(|entry| entry.verdict), Some(Verdict::Held));
    assert_eq!(tom.outbox(), 0);
    assert!(block_on(tom.tab.records()).unwrap().is_empty());
}

#[test]
fn an_answer_that_leads_nowhere_is_not_asked_for_again_and_again() {
    let bends: [fn(&mut PushResponse); 3] = [
        |reply| reply.streams.clear(),
        |reply| reply.streams[0].stream = joe(),
        |reply| (reply.streams[0].outcome, reply.streams[0].high) = (PushOutcome::Need, 1),
    ];
    for bend in bends {
        let server = Server::default();
        let sade = sade_with_amira(&server);
        sade.save_many(amira(), 2);
        let wire = Wire::with(&server, SADE, &[Fault::BentPush(bend); 20]);
        assert_eq!(sade.try_sync(&wire), Err(SyncError::Failure(Failure::Network)));
        assert_eq!((wire.requests(), sade.outbox()), (1, 2));
        sade.sync();
        sade.agrees();
    }
}

#[test]
fn what_was_left_on_a_tablet_is_sent_with_the_escrow_key_and_shown_to_nobody() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.save_many(amira(), 3);
    sade.tab.lock();
    let wrong = block_on(sade.tab.send_what_was_left(&Key::random(), &sade.wire()));
    assert_eq!(wrong, Err(StorageError::Damaged.into()));
    let lost = Wire::with(&server, SADE, &[Fault::ReplyLost]);
    assert!(block_on(sade.tab.send_what_was_left(&escrow(), &lost)).is_err());
    assert!(!sade.tab.is_unlocked());
    block_on(sade.tab.send_what_was_left(&escrow(), &sade.wire())).unwrap();
    assert!(!sade.tab.is_unlocked());
    assert_eq!(block_on(sade.tab.unsent()).unwrap(), 0);
    assert_eq!(server.entries(amira()).len(), 4);
}
