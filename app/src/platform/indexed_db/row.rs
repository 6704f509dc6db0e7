//! How rows are written. **Frozen.**
//!
//! A row is one plain object. Ids and names are strings, numbers are numbers, hashes, chains and sealed values are
//! `Uint8Array`s: the browser stores bytes as they are, with nothing to encode.
//!
//! | store | row |
//! | --- | --- |
//! | `profile` | `{name: "profile", json}`: the one small row, as its JSON text |
//! | `streams` | `{stream, next, high, chain, epoch, after}` |
//! | `outbox` | `{stream, rseq, id, sha256, sealed}` |
//! | `log` | `{stream, first, last, epoch, sealed}` |
//! | `kept` | `{name, sealed}` |
//! | `derived` | `{kind, stream, epoch, after, sealed}` |

use std::str::FromStr;

use domain::hash::{Chain, Hash};
use domain::id::StreamId;
use indexed_db_futures::KeyRange;
use js_sys::{Array, Object, Reflect, Uint8Array};
use replica::storage::{Derived, DerivedKind, OutboxRow, Profile, Segment, StorageError, StreamRow, Unsaved};
use replica::vault::Sealed;
use wasm_bindgen::{JsCast, JsValue};

type Read<T> = Result<T, StorageError>;

/// The key of the one row of `profile`.
pub(super) const PROFILE_KEY: &str = "profile";

/// The largest whole number that a JavaScript number holds exactly.
const LARGEST: f64 = 9_007_199_254_740_991.0;

pub(super) fn write_profile(profile: &Profile) -> Read<JsValue> {
    let json = serde_json::to_string(profile).map_err(|_| StorageError::Damaged)?;
    let row = Row::new();
    row.text("name", PROFILE_KEY);
    row.text("json", &json);
    Ok(row.done())
}

pub(super) fn read_profile(row: &JsValue) -> Read<Profile> {
    let json = text(row, "json")?;
    serde_json::from_str(&json).map_err(|_| StorageError::Damaged)
}

pub(super) fn write_stream(stream: &StreamRow) -> JsValue {
    let row = Row::new();
    row.text("stream", &stream.stream.to_string());
    row.number("next", stream.next);
    row.number("high", stream.high);
    row.bytes("chain", &stream.chain.0);
    row.number("epoch", stream.epoch);
    row.number("after", stream.after);
    row.done()
}

pub(super) fn read_stream(row: &JsValue) -> Read<StreamRow> {
    Ok(StreamRow {
        stream: parsed(row, "stream")?,
        next: number(row, "next")?,
        high: number(row, "high")?,
        chain: Chain(bytes_32(row, "chain")?),
        epoch: number(row, "epoch")?,
        after: number(row, "after")?,
    })
}

pub(super) fn write_outbox(rseq: u64, operation: &Unsaved) -> JsValue {
    let row = Row::new();
    row.text("stream", &operation.stream.to_string());
    row.number("rseq", rseq);
    row.text("id", &operation.id.to_string());
    row.bytes("sha256", &operation.sha256.0);
    row.bytes("sealed", &operation.sealed.0);
    row.done()
}

pub(super) fn read_outbox(row: &JsValue) -> Read<OutboxRow> {
    Ok(OutboxRow {
        rseq: number(row, "rseq")?,
        operation: Unsaved {
            stream: parsed(row, "stream")?,
            id: parsed(row, "id")?,
            sha256: Hash(bytes_32(row, "sha256")?),
            sealed: Sealed(bytes(row, "sealed")?),
        },
    })
}

pub(super) fn write_segment(segment: &Segment) -> JsValue {
    let row = Row::new();
    row.text("stream", &segment.stream.to_string());
    row.number("first", segment.first);
    row.number("last", segment.last);
    row.number("epoch", segment.epoch);
    row.bytes("sealed", &segment.sealed.0);
    row.done()
}

pub(super) fn read_segment(row: &JsValue) -> Read<Segment> {
    Ok(Segment {
        stream: parsed(row, "stream")?,
        epoch: number(row, "epoch")?,
        first: number(row, "first")?,
        last: number(row, "last")?,
        sealed: Sealed(bytes(row, "sealed")?),
    })
}

pub(super) fn write_kept(name: &str, value: &Sealed) -> JsValue {
    let row = Row::new();
    row.text("name", name);
    row.bytes("sealed", &value.0);
    row.done()
}

pub(super) fn read_kept(row: &JsValue) -> Read<Sealed> {
    bytes(row, "sealed").map(Sealed)
}

pub(super) fn write_derived(value: &Derived) -> JsValue {
    let row = Row::new();
    row.text("kind", value.kind.name());
    row.text("stream", &value.stream.to_string());
    row.number("epoch", value.epoch);
    row.number("after", value.after);
    row.bytes("sealed", &value.sealed.0);
    row.done()
}

pub(super) fn read_derived(row: &JsValue) -> Read<Derived> {
    let name = text(row, "kind")?;
    let kind = DerivedKind::ALL.into_iter().find(|kind| kind.name() == name).ok_or(StorageError::Damaged)?;
    Ok(Derived {
        stream: parsed(row, "stream")?,
        kind,
        epoch: number(row, "epoch")?,
        after: number(row, "after")?,
        sealed: Sealed(bytes(row, "sealed")?),
    })
}

/// The key `[kind, stream]` of a derived value.
pub(super) fn derived_key(kind: DerivedKind, stream: StreamId) -> JsValue {
    Array::of2(&kind.name().into(), &stream.to_string().into()).into()
}

/// All derived values of a kind. In a key, an array sorts after every text.
pub(super) fn whole_kind(kind: DerivedKind) -> KeyRange<JsValue> {
    let (first, end) = (Array::of1(&kind.name().into()), Array::of2(&kind.name().into(), &Array::new()));
    KeyRange::Bound(first.into(), false, end.into(), false)
}

/// The key `[stream, number]` of the outbox and the log.
pub(super) fn key(stream: StreamId, number: u64) -> JsValue {
    Array::of2(&stream.to_string().into(), &as_js(number)).into()
}

/// All keys of a stream in the outbox or the log.
pub(super) fn whole_stream(stream: StreamId) -> KeyRange<JsValue> {
    from_number(stream, 0)
}

/// The keys of a stream from a number on. In a key, an array sorts after every number.
pub(super) fn from_number(stream: StreamId, first: u64) -> KeyRange<JsValue> {
    let end = Array::of2(&stream.to_string().into(), &Array::new());
    KeyRange::Bound(key(stream, first), false, end.into(), false)
}

/// The keys of a stream from one number to another, both included.
pub(super) fn run(stream: StreamId, first: u64, last: u64) -> KeyRange<JsValue> {
    KeyRange::Bound(key(stream, first), false, key(stream, last), false)
}

/// The number in a key.
pub(super) fn number_of(key: &JsValue) -> Read<u64> {
    number(key, "1")
}

/// A row in the making.
struct Row(Object);

impl Row {
    fn new() -> Row {
        Row(Object::new())
    }

    fn set(&self, name: &str, value: &JsValue) {
        Reflect::set(&self.0, &name.into(), value).expect("a fresh plain object takes any property");
    }

    fn text(&self, name: &str, value: &str) {
        self.set(name, &value.into());
    }

    fn number(&self, name: &str, value: u64) {
        self.set(name, &as_js(value));
    }

    fn bytes(&self, name: &str, value: &[u8]) {
        self.set(name, &Uint8Array::from(value).into());
    }

    fn done(self) -> JsValue {
        self.0.into()
    }
}

#[expect(clippy::cast_precision_loss, reason = "counted from 1, and nobody counts to 2^53")]
fn as_js(number: u64) -> JsValue {
    (number as f64).into()
}

fn property(row: &JsValue, name: &str) -> Read<JsValue> {
    Reflect::get(row, &name.into()).map_err(|_| StorageError::Damaged)
}

fn text(row: &JsValue, name: &str) -> Read<String> {
    property(row, name)?.as_string().ok_or(StorageError::Damaged)
}

fn parsed<T: FromStr>(row: &JsValue, name: &str) -> Read<T> {
    text(row, name)?.parse().map_err(|_| StorageError::Damaged)
}

fn number(row: &JsValue, name: &str) -> Read<u64> {
    let number = property(row, name)?.as_f64().ok_or(StorageError::Damaged)?;
    if !(0.0..=LARGEST).contains(&number) || number.fract() != 0.0 {
        return Err(StorageError::Damaged);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "just checked")]
    Ok(number as u64)
}

fn bytes(row: &JsValue, name: &str) -> Read<Vec<u8>> {
    property(row, name)?.dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).map_err(|_| StorageError::Damaged)
}

fn bytes_32(row: &JsValue, name: &str) -> Read<[u8; 32]> {
    bytes(row, name)?.try_into().map_err(|_| StorageError::Damaged)
}
