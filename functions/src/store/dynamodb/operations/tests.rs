use super::*;
use domain::id::StreamId;
use uuid::Uuid;

fn made(millis: u64, rest: u128) -> OperationId {
    OperationId(Uuid::from_u128((u128::from(millis) << 80) | rest))
}

#[test]
fn an_identity_is_told_from_every_other_of_its_hour() {
    let (hour, first) = split(made(7 * HOUR_MS, 0));
    let (same, last) = split(made(8 * HOUR_MS - 1, u128::MAX >> 48));
    assert_eq!((hour, same), (7, 7));
    assert_eq!(first, [0; WITHIN_BYTES]);
    assert_eq!(last[..3], [0x36, 0xee, 0x7f], "the last millisecond of an hour");
    assert_eq!(last[3..], [0xff; 10]);
    assert_eq!(split(OperationId(Uuid::max())).0, 78_187_493, "no hour has more than eight digits");
}

#[test]
fn what_was_noted_is_read_back_and_the_first_counts() {
    let mut hour = Hour::default();
    let [a, b] = [1, 2].map(|rest| split(made(5, rest)).1);
    assert!(hour.add(a, 3).unwrap() && hour.add(b, 4).unwrap());
    assert!(!hour.add(a, 5).unwrap());
    let mut read = Hour::default();
    read.take(&hour.packed).unwrap();
    assert_eq!(read.seqs, BTreeMap::from([(a, 3), (b, 4)]));
    assert_eq!(hour.packed.len(), 2 * PLACE_BYTES);
}

#[test]
fn a_whole_visit_leaves_room_and_what_is_too_long_for_one_row_goes_into_several() {
    let mut hour = Hour::default();
    for rest in 0..40_000 {
        if rest == 99 {
            assert!(hour.packed.len() < FULL_BYTES);
        }
        hour.add(split(made(5, rest)).1, 1).unwrap();
    }
    let rows = hour.rows(StreamId::child(Uuid::nil()), 0);
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| (FULL_BYTES..=300_000).contains(&row.size())));
}

#[test]
fn what_is_no_row_of_ours_is_unreadable() {
    assert!(Hour::default().take(&[0; PLACE_BYTES + 1]).is_err());
    assert!(Hour::default().add([0; WITHIN_BYTES], u64::from(u32::MAX) + 1).is_err());
}
