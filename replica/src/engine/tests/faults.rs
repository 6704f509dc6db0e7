//! Faults that need no browser, by their numbers in the catalogue.

use domain::Record;
use domain::payload::Payload;
use domain::payload::plan::{Field, SetField};
use domain::record::item::ItemState;
use pollster::block_on;

use super::tablet::*;
use crate::engine::SyncError;
use crate::engine::model::{SADE, Server};
use crate::exchange::Failure;
use crate::storage::Storage;

/// Makes the server turn one operation away, as if it did not have its hash.
fn spoil(server: &Server, tablet: &Tablet<'_>, id: domain::id::OperationId) {
    let rows = block_on(tablet.storage.outbox()).unwrap();
    let row = rows.into_iter().find(|row| row.operation.id == id).unwrap();
    server.bad.borrow_mut().insert(row.operation.sha256);
}

#[test]
fn fault_07_one_bad_operation_in_500_is_set_aside_and_the_others_are_accepted() {
    for place in [0, 1, 137, 250, 498, 499] {
        let server = Server::default();
        let mut sade = sade_with_amira(&server);
        let ids = sade.save_many(amira(), 500);
        let without_fault = 2;
        spoil(&server, &sade, ids[place]);
        let wire = sade.wire();
        let synced = sade.try_sync(&wire).unwrap();
        assert_eq!((synced.sent, synced.unreadable.clone(), synced.forked), (499, vec![ids[place]], false), "{place}");
        let extra = wire.requests() - without_fault;
        assert!(extra <= 10, "{extra} more requests, at {place}");
        assert_eq!(server.entries(amira()).len(), 500);
        // It stays in view as what it is: saved here.
        let record = sade.record(amira());
        let item = record.items.iter().find(|item| item.id == Some(ids[place])).unwrap();
        assert_eq!(item.state, ItemState::Saved);
        // The server is mended: the next unlock tries again.
        server.bad.borrow_mut().clear();
        sade.restart();
        assert_eq!(sade.sync().sent, 1);
        assert_eq!(block_on(sade.tab.unreadable()), Ok(Vec::new()));
        sade.agrees();
    }
}

#[test]
fn fault_07_bad_operations_in_several_streams_hold_nobody_up() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.save(joe(), registered("Joe"));
    let (a, j) = (sade.save_many(amira(), 20), sade.save_many(joe(), 20));
    for id in [a[3], a[19], j[0]] {
        spoil(&server, &sade, id);
    }
    let synced = sade.sync();
    assert_eq!((synced.sent, synced.unreadable), (38, vec![a[3], a[19], j[0]]));
    assert_eq!(sade.outbox(), 0);
    assert_eq!(block_on(sade.tab.unreadable()).unwrap().len(), 3);
}

#[test]
fn fault_07_a_refusal_of_the_sender_takes_nothing_apart() {
    use crate::engine::model::{Fault, Wire};
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.save_many(amira(), 8);
    let refused = || Failure::Refused { code: "replica_revoked".to_owned() };
    let wire = Wire::with(&server, SADE, &[Fault::Refused(refused)]);
    assert_eq!(sade.try_sync(&wire), Err(SyncError::Failure(refused())));
    assert_eq!((wire.requests(), sade.outbox()), (1, 8));
}

#[test]
fn fault_07_the_child_s_key_sets_nothing_aside() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    block_on(sade.tab.hand_over(CAPTURE, amira())).unwrap();
    let taps: Vec<_> = (0..4).map(|_| written(amira(), answered("bus"))).collect();
    block_on(sade.tab.save_tap(&taps)).unwrap();
    spoil(&server, &sade, taps[1].id);
    let refused = Failure::Refused { code: "hash_mismatch".to_owned() };
    assert_eq!(sade.try_sync(&sade.wire()), Err(SyncError::Failure(refused)));
    assert_eq!(block_on(sade.storage.outbox()).unwrap().len(), 4, "what was sent stays until it comes back");
    block_on(sade.tab.take_back(sade.key.clone())).unwrap();
    let synced = sade.sync();
    assert_eq!(synced.unreadable, [taps[1].id]);
    assert_eq!(server.entries(amira()).len(), 1 + 3);
}

#[test]
fn fault_05_a_server_that_is_busy_for_half_an_hour_is_not_stormed_and_then_gets_everything() {
    use crate::engine::model::{Fault, Wire};
    use crate::exchange::retry_delay_ms;
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.save_many(amira(), 40);
    let busy = || Failure::Busy { retry_after_ms: Some(60_000) };
    let (mut clock_ms, mut tries) = (0, 0);
    while clock_ms < 30 * 60_000 {
        let wire = Wire::with(&server, SADE, &[Fault::Refused(busy)]);
        assert_eq!(sade.try_sync(&wire), Err(SyncError::Failure(busy())));
        assert_eq!(wire.requests(), 1, "one question, and then it waits");
        tries += 1;
        let delay_ms = retry_delay_ms(tries, Some(60_000), 0.5);
        assert!(delay_ms >= 60_000, "not sooner than it was told");
        clock_ms += delay_ms;
    }
    assert!(tries <= 30, "{tries}");
    assert_eq!(sade.sync().sent, 40);
    sade.agrees();
}

#[test]
fn fault_22_what_a_newer_version_recorded_is_kept_and_passed_on() {
    use domain::class::Class;
    use domain::operation::Operation;
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let mut newer = written(amira(), voice("a song"));
    let text = newer.body.text().replace("\"VoiceAdded\"", "\"SongSung\"");
    newer.body = domain::operation::Body::new(text.clone());
    assert_eq!(Operation::read(&text).map(|read| read.class), Ok(Class::Fact));
    block_on(sade.tab.save(std::slice::from_ref(&newer))).unwrap();
    sade.sync();
    let other = super::tablet::Tablet::enrolled(&server, SADE);
    other.sync();
    let record = other.record(amira());
    let item = record.items.last().unwrap();
    assert_eq!((item.id, item.state.clone()), (Some(newer.id), ItemState::Accepted));
    assert!(matches!(&item.payload, Some(Payload::Unknown { kind }) if kind == "SongSung"));
    assert_eq!(server.entries(amira()).last().unwrap().body.as_deref(), Some(text.as_str()), "byte for byte");
}

fn titled(tablet: &Tablet<'_>, value: &str) {
    let replaces = tablet.record(amira()).replaces(&Field::PlanTitle);
    tablet.save(
        amira(),
        Payload::SetField(SetField { field: Field::PlanTitle, value: value.to_owned(), replaces, reason: None }),
    );
}

/// The values of the plan's title, in force and earlier.
fn titles(record: &Record) -> (Vec<&str>, Vec<&str>) {
    let field = &record.fields[&Field::PlanTitle];
    (
        field.values.iter().map(|value| value.value.as_str()).collect(),
        field.earlier.iter().map(|value| value.value.as_str()).collect(),
    )
}

#[test]
fn fault_26_two_tablets_that_edit_one_field_offline_show_both_values_until_somebody_who_saw_both_decides() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let other = Tablet::enrolled(&server, SADE);
    other.sync();
    titled(&sade, "Swimming");
    titled(&other, "Getting to school");
    sade.sync();
    other.sync();
    sade.sync();
    for tablet in [&sade, &other] {
        assert_eq!(titles(&tablet.record(amira())).0, ["Swimming", "Getting to school"]);
        assert!(tablet.record(amira()).standing.plan_in_conflict());
    }
    titled(&sade, "Swimming, and getting to school");
    sade.sync();
    other.sync();
    let record = other.record(amira());
    let (in_force, earlier) = titles(&record);
    assert_eq!((in_force.len(), earlier), (1, vec!["Swimming", "Getting to school"]));
    assert!(!record.standing.plan_in_conflict());
}

#[test]
fn fault_27_create_edit_edit_all_offline_is_no_conflict_with_oneself() {
    let server = Server::default();
    let sade = Tablet::enrolled(&server, SADE);
    sade.save(amira(), registered("Amira"));
    for value in ["Swimming", "Getting to school", "The bus"] {
        titled(&sade, value);
        assert!(!sade.record(amira()).standing.plan_in_conflict(), "before it is sent");
    }
    sade.sync();
    sade.agrees();
    assert_eq!(titles(&sade.record(amira())), (vec!["The bus"], vec!["Swimming", "Getting to school"]));
}
