//! Sealing: what lies on the tablet is unreadable without the worker's passcode. **Envelope frozen.**
//!
//! ```text
//! passcode ──Argon2id──▶ ┐
//!                        ├─ each wraps ─▶ data key ──wraps──▶ handover key (one capture)
//! escrow key (server) ──▶ ┘                  │                      │
//!                                      seals everything      seals that capture
//! ```
//! Sealed value: `version (1) ‖ key id (16) ‖ nonce (24) ‖ ciphertext ‖ tag (16)`, XChaCha20-Poly1305. Associated data:
//! version, key id, and the place (store and key) the value belongs to, so that values cannot be swapped.

pub mod passcode;

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use domain::id::CaptureId;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;

use crate::create::random;

const VERSION: u8 = 1;
const NONCE: usize = 24;
const HEADER: usize = 1 + 16 + NONCE;

/// Which key sealed a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyId {
    /// The vault's data key, or a key that wraps it.
    Data,
    /// The handover key of one capture.
    Handover(CaptureId),
}

impl KeyId {
    fn bytes(self) -> [u8; 16] {
        match self {
            KeyId::Data => [0; 16],
            KeyId::Handover(capture) => capture.0.into_bytes(),
        }
    }

    fn from_bytes(bytes: [u8; 16]) -> KeyId {
        if bytes == [0; 16] { KeyId::Data } else { KeyId::Handover(CaptureId(Uuid::from_bytes(bytes))) }
    }
}

/// Where a sealed value belongs: it opens nowhere else.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The store.
    pub store: &'static str,
    /// The key within the store.
    pub key: &'a str,
}

/// 32 secret bytes. Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    /// A fresh key.
    pub fn random() -> Key {
        Key(random())
    }

    /// A key from bytes kept elsewhere: the escrow key, a handover key.
    pub fn from_bytes(bytes: [u8; 32]) -> Key {
        Key(bytes)
    }

    /// The bytes, for keeping the handover key across a reload.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0
    }

    /// Seals a value for one place.
    pub fn seal(&self, id: KeyId, place: Place<'_>, plain: &[u8]) -> Sealed {
        let nonce: [u8; NONCE] = random();
        let associated = associated(VERSION, id.bytes(), place);
        let cipher = XChaCha20Poly1305::new((&self.0).into());
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &associated })
            .expect("a value is far below the cipher's limit");
        let mut bytes = Vec::with_capacity(HEADER + sealed.len());
        bytes.push(VERSION);
        bytes.extend_from_slice(&id.bytes());
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(&sealed);
        Sealed(bytes)
    }

    /// Opens a value that was sealed for this place.
    ///
    /// # Errors
    /// [`OpenError`] tells a value of a newer version from one that was damaged, swapped, or sealed by another key.
    pub fn open(&self, place: Place<'_>, sealed: &Sealed) -> Result<Vec<u8>, OpenError> {
        let bytes = &sealed.0;
        if sealed.is_too_new() {
            return Err(OpenError::TooNew);
        }
        let (Some(header), Some(body)) = (bytes.get(..HEADER), bytes.get(HEADER..)) else {
            return Err(OpenError::Damaged);
        };
        let id = sealed.key_id().ok_or(OpenError::Damaged)?;
        let nonce: [u8; NONCE] = header[17..].try_into().map_err(|_| OpenError::Damaged)?;
        let associated = associated(VERSION, id.bytes(), place);
        let cipher = XChaCha20Poly1305::new((&self.0).into());
        cipher.decrypt(&XNonce::from(nonce), Payload { msg: body, aad: &associated }).map_err(|_| OpenError::Damaged)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        // Best effort in safe Rust: the compiler may have copied the bytes, the process ends with the tab.
        self.0 = std::hint::black_box([0; 32]);
    }
}

fn associated(version: u8, key: [u8; 16], place: Place<'_>) -> Vec<u8> {
    let mut bytes = vec![version];
    bytes.extend_from_slice(&key);
    bytes.extend_from_slice(place.store.as_bytes());
    bytes.push(0);
    bytes.extend_from_slice(place.key.as_bytes());
    bytes
}

/// A sealed value. In JSON: lowercase hex.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);

impl Sealed {
    /// Whether a newer version of Heard sealed it.
    pub fn is_too_new(&self) -> bool {
        self.0.first().is_some_and(|version| *version != VERSION)
    }

    /// Which key opens it; none if it is too short to be ours.
    pub fn key_id(&self) -> Option<KeyId> {
        let id: [u8; 16] = self.0.get(1..17)?.try_into().ok()?;
        Some(KeyId::from_bytes(id))
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

impl Serialize for Sealed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&domain::hash::hex(&self.0))
    }
}

impl<'de> Deserialize<'de> for Sealed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let pairs = text
            .as_bytes()
            .chunks(2)
            .map(|pair| std::str::from_utf8(pair).ok().and_then(|pair| domain::hash::unhex::<1>(pair).ok()));
        let bytes: Option<Vec<u8>> = pairs.map(|byte| byte.map(|[byte]| byte)).collect();
        bytes.map(Sealed).ok_or_else(|| de::Error::custom("not lowercase hex"))
    }
}

/// A sealed value did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It was damaged, belongs elsewhere, or another key sealed it.
    #[error("the sealed value does not open here")]
    Damaged,
    /// A newer version of Heard sealed it.
    #[error("the sealed value is of a newer version")]
    TooNew,
}

/// The keys a tablet holds at this moment.
#[derive(Clone, Debug)]
pub enum Keyring {
    /// Unlocked: the worker's.
    Worker(Key),
    /// Handed over: this capture only.
    Child(CaptureId, Key),
}

impl Keyring {
    /// Seals with the key in hand.
    pub fn seal(&self, place: Place<'_>, plain: &[u8]) -> Sealed {
        match self {
            Keyring::Worker(key) => key.seal(KeyId::Data, place, plain),
            Keyring::Child(capture, key) => key.seal(KeyId::Handover(*capture), place, plain),
        }
    }

    /// Opens with the key in hand; `None` when another key is needed.
    pub fn open(&self, place: Place<'_>, sealed: &Sealed) -> Option<Result<Vec<u8>, OpenError>> {
        let key = match (self, sealed.key_id()) {
            (Keyring::Worker(key), Some(KeyId::Data) | None) => key,
            (Keyring::Child(mine, key), Some(KeyId::Handover(capture))) if *mine == capture => key,
            _ => return None,
        };
        Some(key.open(place, sealed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HERE: Place<'static> = Place { store: "outbox", key: "a" };

    #[test]
    fn fault_33_a_sealed_value_opens_in_its_place_only() {
        let key = Key::random();
        let sealed = key.seal(KeyId::Data, HERE, b"the bus");
        assert_eq!(key.open(HERE, &sealed).unwrap(), b"the bus");
        assert_eq!(key.open(Place { key: "b", ..HERE }, &sealed), Err(OpenError::Damaged));
        assert_eq!(key.open(Place { store: "log", ..HERE }, &sealed), Err(OpenError::Damaged));
        assert_eq!(Key::random().open(HERE, &sealed), Err(OpenError::Damaged));
    }

    #[test]
    fn a_newer_version_is_told_from_damage() {
        let key = Key::random();
        let mut sealed = key.seal(KeyId::Data, HERE, b"x");
        sealed.0[0] = 2;
        assert_eq!(key.open(HERE, &sealed), Err(OpenError::TooNew));
        assert_eq!(key.open(HERE, &Sealed(vec![1, 2, 3])), Err(OpenError::Damaged));
        assert_eq!(key.open(HERE, &Sealed(Vec::new())), Err(OpenError::Damaged));
    }

    #[test]
    fn the_same_words_never_look_the_same_twice() {
        let key = Key::random();
        assert_ne!(key.seal(KeyId::Data, HERE, b"x"), key.seal(KeyId::Data, HERE, b"x"));
    }

    #[test]
    fn a_child_s_keyring_opens_this_capture_and_nothing_of_the_worker_s() {
        let (data, hand) = (Key::random(), Key::random());
        let capture = CaptureId(Uuid::from_u128(5));
        let child = Keyring::Child(capture, hand.clone());
        let other = Keyring::Child(CaptureId(Uuid::from_u128(6)), hand);
        let mine = child.seal(HERE, b"like");
        let worker = Keyring::Worker(data).seal(HERE, b"address");
        assert_eq!(child.open(HERE, &mine).unwrap().unwrap(), b"like");
        assert!(child.open(HERE, &worker).is_none());
        assert!(other.open(HERE, &mine).is_none());
    }

    proptest! {
        #[test]
        fn fault_33_any_flipped_bit_is_noticed(at in 0_usize..64, bit in 0_u8..8) {
            let key = Key::random();
            let sealed = key.seal(KeyId::Data, HERE, b"a little over twenty bytes");
            let mut damaged = sealed.clone();
            let at = at % damaged.0.len();
            damaged.0[at] ^= 1 << bit;
            prop_assert!(key.open(HERE, &damaged).is_err());
        }

        #[test]
        fn any_value_survives_its_text_form(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let sealed = Sealed(bytes);
            let text = serde_json::to_string(&sealed).unwrap();
            prop_assert_eq!(serde_json::from_str::<Sealed>(&text).unwrap(), sealed);
        }
    }
}
