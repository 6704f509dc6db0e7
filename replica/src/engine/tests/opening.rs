//! Opening what is here: lists from summaries, a record from what is kept of it.

use std::collections::BTreeMap;

use domain::id::StreamId;
use domain::record::summary::Summary;
use pollster::block_on;

use super::tablet::*;
use crate::engine::Summaries;
use crate::engine::model::{HELEN, SADE, Server, TOM};
use crate::storage::{Derived, DerivedKind, Storage, StreamRow};

fn summaries(tablet: &Tablet<'_>) -> Summaries {
    block_on(tablet.tab.summaries()).unwrap()
}

/// Makes every summary that has to be made.
fn make(tablet: &Tablet<'_>) -> BTreeMap<StreamId, Option<Summary>> {
    let mut made = BTreeMap::new();
    let each = |stream, summary| drop(made.insert(stream, summary));
    block_on(tablet.tab.summarise(&summaries(tablet).to_make, each)).unwrap();
    made
}

/// Every summary says what its record says.
pub(super) fn lists_say_what_the_records_say(tablet: &Tablet<'_>) {
    make(tablet);
    let Summaries { current, to_make, .. } = summaries(tablet);
    let after = |stream: &StreamId| row(tablet, *stream).map_or(0, |row| row.after);
    assert!(to_make.iter().all(|stream| after(stream) == 0 || !shows(tablet, *stream)), "{to_make:?}");
    for (stream, summary) in current {
        assert_eq!(summary, Summary::of(&tablet.record(stream), tablet.actor.staff), "{stream}");
    }
}

fn shows(tablet: &Tablet<'_>, stream: StreamId) -> bool {
    block_on(tablet.tab.record(stream)).unwrap().is_some()
}

fn row(tablet: &Tablet<'_>, stream: StreamId) -> Option<StreamRow> {
    block_on(tablet.storage.streams()).unwrap().into_iter().find(|row| row.stream == stream)
}

#[test]
fn summaries_are_made_once_and_found_after_a_restart() {
    let server = Server::default();
    let mut sade = sade_with_amira(&server);
    assert_eq!(summaries(&sade), Summaries { to_make: vec![amira()], ..Summaries::default() });
    let made = make(&sade);
    sade.restart();
    let found = summaries(&sade);
    assert_eq!((found.to_make, found.current.get(&amira())), (vec![], made[&amira()].as_ref()));
}

#[test]
fn a_summary_is_made_anew_by_whatever_changes_its_record() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let made = make(&sade);
    sade.save(amira(), voice("She likes the bus."));
    assert_eq!(summaries(&sade).to_make, [amira()], "something was saved");
    assert_eq!(summaries(&sade).before.get(&amira()), made[&amira()].as_ref(), "lists go on with what there was");
    make(&sade);
    sade.sync();
    assert_eq!(summaries(&sade).to_make, [amira()], "it was sent and came back");
    lists_say_what_the_records_say(&sade);
    assert_eq!(summaries(&sade).to_make, [], "nothing has changed since");
}

#[test]
fn a_child_registered_without_signal_is_in_the_list() {
    let server = Server::default();
    let mut sade = sade_with_amira(&server);
    sade.save(joe(), registered("Joe"));
    sade.restart();
    assert_eq!(make(&sade)[&joe()].as_ref().unwrap().short_name(), "Joe H");
}

#[test]
fn a_record_is_opened_from_what_is_kept_without_reading_its_log() {
    let server = Server::default();
    let mut sade = sade_with_amira(&server);
    sade.save_many(amira(), 20);
    sade.sync();
    let before = sade.record(amira());
    make(&sade);
    sade.restart();
    // Would be missed if the log were read: it begins elsewhere.
    assert!(block_on(sade.storage.log(amira(), row(&sade, amira()).unwrap().after)).unwrap().is_empty());
    let front = block_on(sade.tab.front(amira())).unwrap().unwrap();
    assert!(!front.is_whole());
    assert_eq!((&front.voices, &front.standing), (&before.voices, &before.standing));
    let record = block_on(sade.tab.record(amira())).unwrap().unwrap();
    assert!(record.is_whole());
    assert_eq!(*record, before);
}

#[test]
fn a_kept_record_is_gone_on_with() {
    let server = Server::default();
    let mut sade = sade_with_amira(&server);
    make(&sade);
    sade.restart();
    sade.save_many(amira(), 3);
    sade.sync();
    sade.restart();
    let record = block_on(sade.tab.record(amira())).unwrap().unwrap();
    assert_eq!(*record, server.record(amira()));
}

#[test]
fn a_front_alone_is_never_shown_while_something_is_unsent() {
    let server = Server::default();
    let mut sade = sade_with_amira(&server);
    make(&sade);
    sade.restart();
    let said = sade.save(amira(), voice("not sent"));
    let record = block_on(sade.tab.front(amira())).unwrap().unwrap();
    assert!(record.is_whole() && record.has(said));
}

#[test]
fn what_is_kept_of_a_record_and_does_not_open_is_made_anew() {
    let server = Server::default();
    let mut sade = sade_with_amira(&server);
    make(&sade);
    for kind in DerivedKind::ALL {
        let mut value: Derived = block_on(sade.storage.derived(amira(), kind)).unwrap().unwrap();
        value.sealed.0[50] ^= 1;
        block_on(sade.storage.keep_derived(&[value])).unwrap();
    }
    sade.restart();
    assert_eq!(summaries(&sade).to_make, [amira()]);
    lists_say_what_the_records_say(&sade);
    sade.agrees();
}

#[test]
fn nothing_derived_outlives_a_record_that_was_withdrawn() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    make(&sade);
    assign(&server, amira(), &[TOM.staff]);
    sade.sync();
    for kind in DerivedKind::ALL {
        assert_eq!(block_on(sade.storage.derived(amira(), kind)), Ok(None));
    }
    assert_eq!(summaries(&sade), Summaries::default());
    assert_eq!(block_on(sade.tab.record(amira())), Ok(None));
}

#[test]
fn fault_35_redacted_words_are_in_nothing_that_is_kept_of_the_record() {
    let server = Server::default();
    let mut sade = sade_with_amira(&server);
    let said = sade.save(amira(), voice("by mistake"));
    sade.sync();
    make(&sade);
    sade.restart();
    let helen = Tablet::enrolled(&server, HELEN);
    helen.sync();
    let seq = server.entries(amira()).iter().find(|entry| entry.id == Some(said)).unwrap().seq;
    agree(&helen, seq);
    helen.sync();
    sade.sync();
    for kind in DerivedKind::ALL {
        assert_eq!(block_on(sade.storage.derived(amira(), kind)), Ok(None), "gone with the words");
    }
    lists_say_what_the_records_say(&sade);
    assert!(!format!("{:?}", sade.record(amira())).contains("by mistake"));
    sade.agrees();
}

#[test]
fn nobody_else_reads_what_is_kept() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    make(&sade);
    sade.tab.lock();
    assert!(block_on(sade.tab.summaries()).is_err());
    assert!(block_on(sade.tab.front(amira())).is_err());
    let other = Tablet::enrolled(&server, SADE);
    assert!(!String::from_utf8_lossy(&sade.storage.bytes()).contains("Amira"));
    assert_eq!(summaries(&other), Summaries::default());
}
