//! Redactions, as they reach a tablet.

use domain::id::OperationId;
use pollster::block_on;

use super::tablet::*;
use crate::engine::model::{HELEN, SADE, Server};
use crate::storage::Storage;
use crate::vault::{Keyring, Place};

/// Everything that the tablet's key opens.
fn opened(tablet: &Tablet<'_>) -> String {
    let keyring = Keyring::Worker(tablet.key.clone());
    let mut text = String::new();
    for segment in block_on(tablet.storage.log(amira(), 0)).unwrap() {
        let key = format!("{}/{}/{}", segment.stream, segment.epoch, segment.first);
        let plain = keyring.open(Place { store: "log", key: &key }, &segment.sealed).unwrap().unwrap();
        text.push_str(&String::from_utf8(plain).unwrap());
    }
    text.push_str(&format!("{:?}", tablet.record(amira())));
    text
}

fn redact(helen: &Tablet<'_>, id: OperationId) {
    helen.sync();
    let seq = helen.server.entries(amira()).iter().find(|entry| entry.id == Some(id)).unwrap().seq;
    agree(helen, seq);
    helen.sync();
}

#[test]
fn fault_35_the_words_are_gone_from_every_tablet_after_the_next_exchange() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let said = sade.save(amira(), voice("by mistake"));
    sade.save(amira(), voice("She likes the bus."));
    sade.sync();
    let other = Tablet::enrolled(&server, SADE);
    other.sync();
    assert!(opened(&other).contains("by mistake"));
    let helen = Tablet::enrolled(&server, HELEN);
    redact(&helen, said);
    for tablet in [&sade, &other, &helen] {
        assert_eq!(tablet.sync().requests, 1);
        let text = opened(tablet);
        assert!(!text.contains("by mistake") && text.contains("She likes the bus."));
        tablet.agrees();
    }
    // Whoever comes later never had them, and sees the same.
    let late = Tablet::enrolled(&server, SADE);
    late.sync();
    late.agrees();
    assert_eq!(late.record(amira()), sade.record(amira()));
    sade.save(amira(), voice("later"));
    sade.sync();
    sade.agrees();
}

#[test]
fn the_words_are_gone_in_the_transaction_that_stores_the_redaction() {
    for transactions in 0..8 {
        let server = Server::default();
        let mut sade = sade_with_amira(&server);
        let said = sade.save(amira(), voice("by mistake"));
        sade.sync();
        let helen = Tablet::enrolled(&server, HELEN);
        redact(&helen, said);
        sade.storage.fail_after(transactions);
        let _ = sade.try_sync(&sade.wire());
        sade.storage.mend();
        sade.restart();
        let (heads, text) = (block_on(sade.storage.streams()).unwrap(), opened(&sade));
        assert_eq!(text.contains("by mistake"), heads[0].after < 3, "after {transactions} transactions");
        sade.sync();
        assert!(!opened(&sade).contains("by mistake"));
        sade.agrees();
    }
}

#[test]
fn a_log_that_does_not_open_is_fetched_again_without_them() {
    use crate::storage::{Pulled, Segment};
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let said = sade.save(amira(), voice("by mistake"));
    sade.sync();
    let helen = Tablet::enrolled(&server, HELEN);
    redact(&helen, said);
    let last = block_on(sade.storage.log(amira(), 0)).unwrap().pop().unwrap();
    let mut sealed = last.sealed.clone();
    sealed.0[50] ^= 1;
    let segment = Segment { first: 1, sealed, ..last };
    let bent = Pulled { restart: true, segment, came_back: Vec::new(), mine: Vec::new() };
    block_on(sade.storage.store_pulled(&[bent])).unwrap();
    sade.sync();
    assert!(!opened(&sade).contains("by mistake"));
    sade.agrees();
}
