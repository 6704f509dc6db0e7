use super::*;
use domain::id::{ReplicaId, StaffId};
use domain::operation::MAX_BODY_BYTES;
use domain::{Hash, Verdict};
use uuid::Uuid;

const WHOLE: Budget = Budget { entries: usize::MAX, bytes: usize::MAX };

fn entry(seq: u64, body: String) -> Entry {
    Entry {
        seq,
        epoch: 1,
        id: None,
        replica: ReplicaId(Uuid::nil()),
        rseq: seq,
        sha256: Hash::of(body.as_bytes()),
        actor: StaffId(Uuid::nil()),
        received_at: "2026-11-24T09:00:00Z".parse().unwrap(),
        verdict: Verdict::Accepted,
        code: None,
        body: Some(body),
        mac: "00".into(),
        was: None,
    }
}

fn short(seqs: std::ops::RangeInclusive<u64>) -> Vec<Entry> {
    seqs.map(|seq| entry(seq, format!("operation {seq}"))).collect()
}

/// Text that no packer makes much smaller: hashes of a counter, in characters of two bytes.
fn noise(seed: u64, bytes: usize) -> String {
    let hashes = (0_u64..).map(|nth| Hash::of(format!("{seed} {nth}").as_bytes()).to_string());
    let mut text = String::new();
    for hash in hashes {
        for pair in hash.as_bytes().chunks(2) {
            let byte = u32::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
            if text.len() + 2 > bytes {
                return text;
            }
            text.push(char::from_u32(0x100 + byte).unwrap());
        }
    }
    text
}

fn unpacked(segments: &[Segment]) -> Vec<Entry> {
    let mut run = Run::from(segments[0].first, WHOLE);
    for segment in segments {
        assert_eq!(run.take(&segment.packed).unwrap(), Reading::GoesOn);
    }
    run.into_entries()
}

#[test]
fn a_push_is_one_segment() {
    let entries = short(3..=45);
    let segments = pack(&entries).unwrap();
    assert_eq!(segments.len(), 1);
    assert_eq!((segments[0].first, segments[0].last), (3, 45));
    assert_eq!(unpacked(&segments), entries);
    assert!(pack(&[]).unwrap().is_empty());
}

#[test]
fn what_does_not_fit_into_one_item_is_a_few() {
    let entries: Vec<Entry> = (1..=8).map(|seq| entry(seq, noise(seq, MAX_BODY_BYTES))).collect();
    let segments = pack(&entries).unwrap();
    assert!(segments.len() > 1);
    assert!(segments.iter().all(|segment| segment.packed.len() <= MAX_BYTES));
    let ends: Vec<_> = segments.windows(2).map(|pair| (pair[0].last + 1, pair[1].first)).collect();
    assert!(ends.iter().all(|(next, first)| next == first), "{ends:?}");
    assert_eq!(unpacked(&segments), entries);
}

#[test]
fn the_longest_operation_fits_into_an_item_by_itself() {
    let escaped = "\u{1}".repeat(MAX_BODY_BYTES);
    for body in [noise(1, MAX_BODY_BYTES), escaped] {
        let segments = pack(&[entry(1, body)]).unwrap();
        assert!(segments[0].packed.len() <= MAX_BYTES, "{}", segments[0].packed.len());
    }
}

fn seqs(run: Run) -> Vec<u64> {
    run.into_entries().iter().map(|entry| entry.seq).collect()
}

#[test]
fn a_reading_begins_within_a_segment_and_ends_with_the_budget() {
    let segment = &pack(&short(1..=9)).unwrap()[0];
    let mut run = Run::from(4, Budget { entries: 3, ..WHOLE });
    assert_eq!(run.take(&segment.packed).unwrap(), Reading::Ends);
    assert_eq!(seqs(run), [4, 5, 6]);
    let mut run = Run::from(4, Budget { bytes: 0, ..WHOLE });
    assert_eq!(run.take(&segment.packed).unwrap(), Reading::Ends);
    assert_eq!(seqs(run), [4], "one always fits");
}

#[test]
fn a_reading_ends_before_a_gap() {
    let mut run = Run::from(1, WHOLE);
    assert_eq!(run.take(&pack(&short(1..=2)).unwrap()[0].packed).unwrap(), Reading::GoesOn);
    assert_eq!(run.take(&pack(&short(4..=5)).unwrap()[0].packed).unwrap(), Reading::Ends);
    assert_eq!(seqs(run), [1, 2]);
}

#[test]
fn a_redacted_entry_keeps_its_hash_and_the_others_get_theirs_back() {
    let mut entries = short(1..=3);
    entries[1].body = None;
    let segment = &pack(&entries).unwrap()[0];
    assert_eq!(unpacked(std::slice::from_ref(segment)), entries);
    let kept = unzip(&segment.packed).unwrap();
    assert_eq!(kept.matches("sha256").count(), 1);
    assert_eq!(kept.lines().nth(1).unwrap(), serde_json::to_string(&entries[1]).unwrap());
    insta::assert_snapshot!(kept.lines().next().unwrap());
}

#[test]
fn what_is_no_segment_is_corrupt() {
    assert!(matches!(Run::from(1, WHOLE).take(b"plain"), Err(StoreError::Corrupt(_))));
    let other = zip(b"{}\n").unwrap();
    assert!(matches!(Run::from(1, WHOLE).take(&other), Err(StoreError::Corrupt(_))));
}
