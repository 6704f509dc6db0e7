//! Every stored form, as it lies on the disk: a change here is a change to what tablets in the field already hold.

use std::collections::BTreeMap;

use domain::hash::{Chain, Hash};
use domain::id::{CaptureId, OperationId, ReplicaId, StaffId, StreamId, VaultId};
use insta::assert_snapshot;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::journal::Line;
use crate::storage::{OutboxRow, Profile, Segment, StreamRow, Unsaved};
use crate::vault::Sealed;
use crate::vault::passcode::PasscodeWrap;

/// Writes a value, and makes sure that it survives.
fn form<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) -> String {
    let text = serde_json::to_string_pretty(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value);
    text
}

fn sealed() -> Sealed {
    Sealed((0..44).collect())
}

fn unsaved() -> Unsaved {
    Unsaved {
        stream: StreamId::child(Uuid::from_u128(0xc1)),
        id: OperationId(Uuid::from_u128(0x019a_c0de_0000_7000_8000_0000_0000_0001)),
        sha256: Hash::of(b"a body"),
        sealed: sealed(),
    }
}

fn wrap() -> PasscodeWrap {
    let text = format!(
        r#"{{"cost":{{"memory_kib":65536,"rounds":3}},"salt":"000102030405060708090a0b0c0d0e0f","sealed":"{}"}}"#,
        domain::hash::hex(&sealed().0)
    );
    serde_json::from_str(&text).unwrap()
}

fn profile() -> Profile {
    Profile {
        vault: VaultId(Uuid::from_u128(0x91)),
        replica: ReplicaId(Uuid::from_u128(0x82)),
        former: vec![ReplicaId(Uuid::from_u128(0x81))],
        staff: StaffId(Uuid::from_u128(1)),
        passcode: Some(wrap()),
        escrow: sealed(),
        attempts: 2,
        handovers: BTreeMap::from([(CaptureId(Uuid::from_u128(0x41)), sealed())]),
    }
}

#[test]
fn a_profile() {
    assert_snapshot!(form(&profile()));
}

#[test]
fn a_profile_that_is_locked_out_and_never_forked() {
    let plain = Profile { former: Vec::new(), passcode: None, handovers: BTreeMap::new(), ..profile() };
    assert_snapshot!(form(&plain));
}

#[test]
fn a_passcode_wrap() {
    assert_snapshot!(form(&wrap()));
}

#[test]
fn a_row_of_the_outbox() {
    assert_snapshot!(form(&OutboxRow { rseq: 3, operation: unsaved() }));
}

#[test]
fn a_row_of_the_streams() {
    let row = StreamRow {
        next: 4,
        high: 2,
        chain: Chain::START.then(Hash::of(b"a body")),
        epoch: 1,
        after: 9,
        ..StreamRow::new(unsaved().stream)
    };
    assert_snapshot!(form(&row));
}

#[test]
fn a_segment() {
    assert_snapshot!(form(&Segment { stream: unsaved().stream, epoch: 1, first: 10, last: 12, sealed: sealed() }));
}

#[test]
fn a_line_of_the_journal() {
    assert_snapshot!(form(&Line { replica: ReplicaId(Uuid::from_u128(0x81)), operation: unsaved() }));
}

#[test]
fn a_field_of_a_newer_version_is_no_obstacle() {
    let mut text = serde_json::to_value(profile()).unwrap();
    text["from_the_future"] = true.into();
    assert_eq!(serde_json::from_value::<Profile>(text).unwrap(), profile());
}

#[test]
fn a_passcode_wrap_of_the_first_version_still_opens() {
    let text = include_str!("forms/passcode_wrap_v1.json");
    let wrap: PasscodeWrap = serde_json::from_str(text).unwrap();
    assert_eq!(wrap.open("tea4two8").unwrap().to_bytes(), [7; 32]);
}

#[test]
fn a_sealed_value_of_the_first_version_still_opens() {
    use crate::vault::{Key, Place};
    let sealed: Sealed = serde_json::from_str(include_str!("forms/sealed_v1.json")).unwrap();
    let place = Place { store: "outbox", key: "019ac0de-0000-7000-8000-000000000001" };
    assert_eq!(Key::from_bytes([7; 32]).open(place, &sealed).unwrap(), b"the bus");
}
