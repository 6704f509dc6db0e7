//! Sealed values that were altered, swapped or lost: noticed, set apart, the rest goes on.

use domain::id::OperationId;
use pollster::block_on;

use super::tablet::*;
use crate::engine::model::Server;
use crate::storage::{OutboxRow, Pulled, Segment, Storage};
use crate::vault::{Place, Sealed};

fn row(tablet: &Tablet<'_>, id: OperationId) -> OutboxRow {
    let rows = block_on(tablet.storage.outbox()).unwrap();
    rows.into_iter().find(|row| row.operation.id == id).unwrap()
}

/// Flips a bit of what is sealed.
fn bend(tablet: &Tablet<'_>, id: OperationId, at: usize) {
    let mut sealed = row(tablet, id).operation.sealed;
    sealed.0[at] ^= 1;
    block_on(tablet.storage.reseal(&[(id, sealed)])).unwrap();
}

#[test]
fn fault_33_a_damaged_operation_is_set_aside_and_the_rest_is_sent() {
    // A bit of the key's id, of the nonce, of the text.
    for at in [1, 20, 60] {
        let server = Server::default();
        let sade = sade_with_amira(&server);
        let ids = sade.save_many(amira(), 4);
        let before = row(&sade, ids[1]);
        bend(&sade, ids[1], at);
        let damaged = row(&sade, ids[1]);
        assert_ne!(before, damaged);
        let synced = sade.sync();
        assert_eq!((synced.sent, synced.unreadable, synced.forked), (3, vec![ids[1]], false), "at {at}");
        assert_eq!(block_on(sade.tab.unreadable()), Ok(vec![ids[1]]));
        // It is kept just as it was found.
        let name = format!("damaged/{}", ids[1]);
        let kept = block_on(sade.tab.kept(&name)).unwrap().unwrap();
        assert_eq!(serde_json::from_slice::<OutboxRow>(&kept).unwrap(), damaged);
        sade.agrees();
        sade.save(amira(), voice("later"));
        sade.sync();
        sade.agrees();
        assert_eq!(server.entries(amira()).len(), 1 + 3 + 1);
    }
}

#[test]
fn fault_33_two_operations_whose_texts_were_swapped_are_both_set_aside() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let ids = sade.save_many(amira(), 3);
    let (first, second) = (row(&sade, ids[0]).operation.sealed, row(&sade, ids[1]).operation.sealed);
    block_on(sade.storage.reseal(&[(ids[0], second), (ids[1], first)])).unwrap();
    let synced = sade.sync();
    assert_eq!((synced.sent, synced.unreadable), (1, ids[..2].to_vec()));
    sade.agrees();
}

#[test]
fn an_operation_the_server_has_is_not_set_aside_for_being_damaged_here() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let ids = sade.save_many(amira(), 2);
    let _ = sade.try_sync(&crate::engine::model::Wire::with(
        &server,
        sade.actor,
        &[crate::engine::model::Fault::None, crate::engine::model::Fault::Lost],
    ));
    bend(&sade, ids[0], 60);
    sade.save(amira(), voice("later"));
    let synced = sade.sync();
    assert!(synced.unreadable.is_empty());
    sade.agrees();
}

#[test]
fn fault_24_what_a_newer_version_sealed_waits_for_it() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let ids = sade.save_many(amira(), 2);
    let mut sealed = row(&sade, ids[0]).operation.sealed;
    let as_it_was = sealed.clone();
    sealed.0[0] = 2;
    block_on(sade.storage.reseal(&[(ids[0], sealed)])).unwrap();
    let synced = sade.sync();
    assert_eq!((synced.sent, synced.unreadable.len()), (0, 0));
    block_on(sade.storage.reseal(&[(ids[0], as_it_was)])).unwrap();
    assert_eq!(sade.sync().sent, 2);
}

#[test]
fn fault_33_a_damaged_log_is_fetched_again_and_the_other_records_stay_in_view() {
    let server = Server::default();
    let mut sade = sade_with_amira(&server);
    sade.save(joe(), registered("Joe"));
    sade.save_many(amira(), 3);
    sade.sync();
    let log = block_on(sade.storage.log(amira(), 0)).unwrap();
    let last = log.last().unwrap().clone();
    // The store has no way to alter a segment but a new epoch, so the whole log is stored again with one bent.
    let mut sealed = last.sealed.clone();
    sealed.0[50] ^= 1;
    let segment = Segment { first: 1, sealed, ..last };
    let again = Pulled { restart: true, segment, came_back: Vec::new(), mine: Vec::new() };
    block_on(sade.storage.store_pulled(&[again])).unwrap();
    sade.restart();
    let seen: Vec<_> = block_on(sade.tab.records()).unwrap().into_iter().map(|(stream, _)| stream).collect();
    assert_eq!(seen, [joe()]);
    let synced = sade.sync();
    assert_eq!((synced.changed, synced.requests), ([amira()].into(), 1));
    assert_eq!(block_on(sade.tab.records()).unwrap().len(), 2);
    sade.agrees();
}

#[test]
fn fault_33_a_sealed_value_opens_in_its_own_place_only() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    block_on(sade.tab.keep("draft/a", b"one")).unwrap();
    let sealed: Sealed = block_on(sade.storage.kept("draft/a")).unwrap().unwrap();
    block_on(sade.storage.keep("draft/b", &sealed)).unwrap();
    assert_eq!(block_on(sade.tab.kept("draft/a")), Ok(Some(b"one".to_vec())));
    assert!(block_on(sade.tab.kept("draft/b")).is_err());
    assert!(sade.key.open(Place { store: "kept", key: "draft/a" }, &sealed).is_ok());
}
