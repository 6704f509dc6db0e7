//! Pulling, and what can be wrong with a reply.

use domain::wire::PullResponse;
use pollster::block_on;

use super::tablet::*;
use crate::engine::SyncError;
use crate::engine::model::{Fault, SADE, Server, TOM, Wire};
use crate::exchange::Failure;
use crate::storage::Storage;

#[test]
fn a_newly_assigned_stream_appears_whole_and_a_withdrawn_one_goes() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let tom = Tablet::enrolled(&server, TOM);
    tom.sync();
    assert_eq!(block_on(tom.tab.stream_ids()), Ok(Vec::new()));
    allocated_to_both(&server);
    assert_eq!(tom.sync().changed, [amira()].into());
    tom.agrees();
    assign(&server, amira(), &[SADE.staff]);
    assert_eq!(tom.sync().purged, [amira()]);
    assert_eq!(block_on(tom.tab.stream_ids()), Ok(Vec::new()));
    assert!(block_on(tom.storage.log(amira(), 0)).unwrap().is_empty());
    sade.sync();
    sade.agrees();
}

#[test]
fn what_is_unsent_of_a_withdrawn_stream_goes_first() {
    let server = Server::default();
    sade_with_amira(&server);
    allocated_to_both(&server);
    let tom = Tablet::enrolled(&server, TOM);
    tom.sync();
    tom.save_many(amira(), 2);
    assign(&server, amira(), &[SADE.staff]);
    // The push is lost: nothing may be purged.
    let _ = tom.try_sync(&Wire::with(&server, TOM, &[Fault::Lost]));
    assert_eq!(tom.outbox(), 2);
    let synced = tom.sync();
    assert_eq!((synced.sent, synced.purged), (2, vec![amira()]));
    assert_eq!(tom.outbox(), 0);
    assert_eq!(server.record(amira()).standing.held.seqs().count(), 2);
}

#[test]
fn a_stream_that_comes_back_is_written_to_where_it_was_left() {
    let server = Server::default();
    sade_with_amira(&server);
    allocated_to_both(&server);
    let tom = Tablet::enrolled(&server, TOM);
    tom.save(amira(), voice("one"));
    tom.sync();
    assign(&server, amira(), &[SADE.staff]);
    tom.sync();
    allocated_to_both(&server);
    tom.save(amira(), voice("two"));
    assert!(!tom.sync().forked);
    tom.agrees();
}

#[test]
fn fault_03_a_damaged_reply_leaves_the_cursor_and_is_asked_for_again() {
    let bends: [fn(&mut PullResponse); 6] = [
        |reply| reply.entries.values_mut().for_each(|new| new[0].body = Some("{}".to_owned())),
        |reply| reply.entries.values_mut().for_each(|new| new.swap(0, 1)),
        |reply| reply.entries.values_mut().for_each(|new| drop(new.remove(0))),
        |reply| reply.entries.values_mut().for_each(|new| new[1].seq += 1),
        |reply| reply.index.clear(),
        |reply| {
            reply.more = {
                reply.entries.clear();
                true
            }
        },
    ];
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.save_many(amira(), 3);
    allocated_to_both(&server);
    let tom = Tablet::enrolled(&server, TOM);
    sade.sync();
    for bend in bends {
        let wire = Wire::with(&server, TOM, &[Fault::Bent(bend)]);
        let outcome = tom.try_sync(&wire);
        assert_eq!(outcome, Err(SyncError::Failure(Failure::Network)));
        assert!(block_on(tom.storage.streams()).unwrap().is_empty());
    }
    tom.sync();
    tom.agrees();
}

#[test]
fn a_long_history_comes_page_by_page() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    for _ in 0..5 {
        sade.save_many(amira(), 1_000);
        sade.sync();
    }
    let other = Tablet::enrolled(&server, SADE);
    let synced = other.sync();
    assert_eq!(synced.requests, 3);
    other.agrees();
}

#[test]
fn a_pull_that_is_interrupted_goes_on_where_it_was() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    for _ in 0..3 {
        sade.save_many(amira(), 1_000);
        sade.sync();
    }
    let other = Tablet::enrolled(&server, SADE);
    assert!(other.try_sync(&Wire::with(&server, SADE, &[Fault::None, Fault::Lost])).is_err());
    assert_eq!(block_on(other.storage.streams()).unwrap()[0].after, 2_000);
    assert_eq!(other.sync().requests, 1);
    other.agrees();
}
