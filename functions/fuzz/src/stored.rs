//! What lies on a tablet's disk, and entries as they come: read, and written the same again.

use std::fmt::Debug;

use domain::Entry;
use domain::wire::{EnrolRequest, PullRequest, PullResponse, PushRequest, PushResponse};
use replica::engine::{HandoverToken, PushOutcome};
use replica::journal::Line;
use replica::storage::{OutboxRow, Profile, Segment, StreamRow, Unsaved};
use replica::vault::{Key, Keyring, Place, Sealed};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads the input as everything that is read.
pub fn stored(bytes: &[u8]) {
    survives::<Entry>(bytes);
    survives::<Vec<Entry>>(bytes);
    survives::<PushRequest>(bytes);
    survives::<PushResponse>(bytes);
    survives::<PullRequest>(bytes);
    survives::<PullResponse>(bytes);
    survives::<EnrolRequest>(bytes);
    survives::<Line>(bytes);
    survives::<OutboxRow>(bytes);
    survives::<Profile>(bytes);
    survives::<Segment>(bytes);
    survives::<StreamRow>(bytes);
    survives::<PushOutcome>(bytes);
    survives::<Unsaved>(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = HandoverToken::read(text);
    }
    does_not_open(bytes);
}

fn survives<T: Serialize + DeserializeOwned + PartialEq + Debug>(bytes: &[u8]) {
    let Ok(value) = serde_json::from_slice::<T>(bytes) else { return };
    let text = serde_json::to_vec(&value).expect("what was read can be written");
    assert_eq!(serde_json::from_slice::<T>(&text).expect("and read again"), value);
}

/// Nobody without the key makes a value that opens.
fn does_not_open(bytes: &[u8]) {
    let key = Key::from_bytes([7; 32]);
    let here = Place { store: "outbox", key: "a" };
    let sealed = Sealed(bytes.to_vec());
    assert!(key.open(here, &sealed).is_err());
    let _ = (sealed.key_id(), sealed.is_too_new());
    assert!(Keyring::Worker(key).open(here, &sealed).is_none_or(|opened| opened.is_err()));
}
