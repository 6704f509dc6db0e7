//! Who looked at what, and what came how often.

use domain::Hash;
use domain::id::StreamId;
use uuid::Uuid;

use super::{at, replica, staff, stream, team};
use crate::store::{Access, AccessOf, Store, Window};

/// A request of one person about these records.
fn access(id: u128, minute: i64, of: u128, about: &[u128]) -> Access {
    Access {
        id: Uuid::from_u128(id),
        at: at(minute),
        staff: Some(staff(of)),
        replica: Some(replica(1)),
        streams: about.iter().map(|id| stream(*id)).collect(),
        about: None,
        notified: [].into(),
        action: "entries".into(),
        outcome: "done".into(),
        reason: Some("out of hours call".into()),
    }
}

pub(in crate::store) async fn the_access_log_is_read_by_record_and_by_person(store: &dyn Store) {
    let quiet = Access { replica: None, reason: None, about: Some(staff(3)), ..access(2, 1, 1, &[]) };
    let refused = Access { staff: None, outcome: "not_invited".into(), ..access(3, 2, 1, &[]) };
    let many = access(4, 3, 2, &[1, 2, 3]);
    for one in [access(1, 0, 1, &[1]), quiet.clone(), refused.clone(), many.clone()] {
        store.log(one).await.unwrap();
    }
    let read = async |of| store.accesses(of, None, 10).await.unwrap();
    assert_eq!(read(AccessOf::Staff(Some(staff(1)))).await, [quiet, access(1, 0, 1, &[1])]);
    assert_eq!(read(AccessOf::Staff(Some(staff(2)))).await, [many]);
    assert_eq!(read(AccessOf::Staff(None)).await, [refused]);
    assert_eq!(read(AccessOf::Stream(stream(1))).await, [access(4, 3, 2, &[1]), access(1, 0, 1, &[1])]);
    assert_eq!(read(AccessOf::Stream(stream(3))).await, [access(4, 3, 2, &[3])]);
    assert!(read(AccessOf::Stream(stream(4))).await.is_empty());
    assert!(read(AccessOf::Stream(StreamId::team(team(1)))).await.is_empty());
    assert!(read(AccessOf::Staff(Some(staff(9)))).await.is_empty());
}

pub(in crate::store) async fn whoever_is_notified_of_a_reading_finds_it(store: &dyn Store) {
    let told = Access { notified: [staff(5), staff(6)].into(), ..access(1, 0, 1, &[1, 2]) };
    let later = Access { notified: [staff(6)].into(), ..access(2, 5, 1, &[3]) };
    for one in [told.clone(), later.clone(), access(3, 6, 1, &[1])] {
        store.log(one).await.unwrap();
    }
    let read = async |of| store.accesses(of, None, 10).await.unwrap();
    let to_one = |of: u128, access: &Access| Access { notified: [staff(of)].into(), ..access.clone() };
    assert_eq!(read(AccessOf::Notified(staff(5))).await, [to_one(5, &told)]);
    assert_eq!(read(AccessOf::Notified(staff(6))).await, [later.clone(), to_one(6, &told)]);
    assert!(read(AccessOf::Notified(staff(1))).await.is_empty(), "whoever read it is not told");
    // By record and by reader it is told like every other.
    assert_eq!(read(AccessOf::Stream(stream(3))).await, [Access { notified: [].into(), ..later }]);
    let page = store.accesses(AccessOf::Notified(staff(6)), Some(to_one(6, &told).place()), 10).await.unwrap();
    assert!(page.is_empty());
}

pub(in crate::store) async fn the_access_log_is_read_page_by_page(store: &dyn Store) {
    // Two of one moment, and one of a later day.
    let all = [access(1, 0, 1, &[1]), access(3, 1, 1, &[1]), access(2, 1, 1, &[1]), access(4, 60 * 30, 1, &[1])];
    for one in &all {
        store.log(one.clone()).await.unwrap();
    }
    for of in [AccessOf::Staff(Some(staff(1))), AccessOf::Stream(stream(1))] {
        let mut found = Vec::new();
        loop {
            let before = found.last().map(Access::place);
            let page = store.accesses(of, before, 3).await.unwrap();
            assert!(page.len() <= 3);
            if page.is_empty() {
                break;
            }
            found.extend(page);
        }
        let ids: Vec<u128> = found.iter().map(|access| access.id.as_u128()).collect();
        assert_eq!(ids, [4, 3, 2, 1], "{of:?}");
    }
}

pub(in crate::store) async fn what_comes_is_counted_in_its_window(store: &dyn Store) {
    let window = |minute| Window { starts: at(minute), ends: at(minute + 1) };
    let (a, b) = (Hash::of(b"a"), Hash::of(b"b"));
    assert_eq!(store.count(a, window(0)).await.unwrap(), 1);
    assert_eq!(store.count(a, window(0)).await.unwrap(), 2);
    assert_eq!(store.count(b, window(0)).await.unwrap(), 1);
    assert_eq!(store.count(a, window(1)).await.unwrap(), 1);
    assert_eq!(store.count(a, window(1)).await.unwrap(), 2);
}
