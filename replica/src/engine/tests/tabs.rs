//! Two tabs over one store, at once. Correctness never depends on being the only one.

use super::tablet::*;
use crate::engine::model::turns::{Order, interleave};
use crate::engine::model::{Fault, SADE, Server, Wire};
use pollster::block_on;

/// Orders worth trying: turn by turn, one in the middle of the other at every place, and some without a pattern.
pub(super) fn orders() -> impl Iterator<Item = Order> {
    let drawn = (1_u64..20).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17) ^ n);
    let regular = [0x5555_5555_5555_5555, 0x3333_3333_3333_3333, 0xff00_ff00_ff00_ff00];
    let windows = (0..48).flat_map(|from| [5, 13, 500].map(|steps| Order::Window(from, steps)));
    regular.into_iter().chain(drawn).map(Order::Drawn).chain(windows)
}

#[test]
fn two_tabs_that_exchange_at_once_lose_and_double_nothing() {
    for order in orders() {
        let server = Server::default();
        let sade = sade_with_amira(&server);
        let other = sade.other_tab();
        sade.save_many(amira(), 3);
        sade.save(joe(), registered("Joe"));
        sade.storage.wait_at_each();
        let (mine, theirs) = (sade.wire(), sade.wire());
        let (first, second) = interleave(order, sade.tab.sync(&mine), other.sync(&theirs));
        assert!(!first.unwrap().forked && !second.unwrap().forked, "{order:?}");
        assert_eq!(server.entries(amira()).len(), 4, "{order:?}");
        sade.sync();
        sade.agrees();
    }
}

#[test]
fn what_one_tab_saves_while_another_exchanges_is_kept_and_sent_next() {
    for order in orders() {
        let server = Server::default();
        let sade = sade_with_amira(&server);
        let other = sade.other_tab();
        sade.save_many(amira(), 2);
        sade.storage.wait_at_each();
        let wire = sade.wire();
        let new = [written(amira(), voice("meanwhile")), written(joe(), registered("Joe"))];
        let (synced, saved) = interleave(order, sade.tab.sync(&wire), other.save(&new));
        assert!(saved.is_ok() && !synced.unwrap().forked, "{order:?}");
        sade.sync();
        sade.agrees();
        assert_eq!(server.entries(amira()).len(), 4, "{order:?}");
    }
}

#[test]
fn two_tabs_of_a_copied_tablet_become_one_new_replica() {
    for order in orders() {
        let server = Server::default();
        let sade = sade_with_amira(&server);
        let copy = sade.copy();
        let other = copy.other_tab();
        sade.save_many(amira(), 2);
        sade.sync();
        copy.save_many(amira(), 3);
        copy.storage.wait_at_each();
        let (mine, theirs) = (copy.wire(), copy.wire());
        let (first, second) = interleave(order, copy.tab.sync(&mine), other.sync(&theirs));
        first.unwrap();
        second.unwrap();
        copy.sync();
        copy.agrees();
        assert_eq!(copy.profile().former.len(), 1, "{order:?}");
        assert_eq!(server.record(amira()).items.len(), 1 + 2 + 3, "{order:?}");
    }
}

#[test]
fn a_reply_lost_in_one_tab_is_made_good_by_another() {
    for order in orders() {
        let server = Server::default();
        let sade = sade_with_amira(&server);
        let other = sade.other_tab();
        sade.save_many(amira(), 2);
        sade.storage.wait_at_each();
        let (lost, theirs) = (Wire::with(&server, SADE, &[Fault::ReplyLost]), sade.wire());
        let (_, second) = interleave(order, sade.tab.sync(&lost), other.sync(&theirs));
        assert!(!second.unwrap().forked, "{order:?}");
        block_on(sade.tab.save(&[written(amira(), voice("after"))])).unwrap();
        assert!(!sade.sync().forked, "{order:?}");
        sade.agrees();
        assert_eq!(server.entries(amira()).len(), 4, "{order:?}");
    }
}

#[test]
fn two_tabs_that_save_and_exchange_again_and_again_stay_one_replica() {
    async fn work(tab: &Tab, wire: &Wire<'_>) -> Result<bool, crate::engine::SyncError> {
        let mut forked = false;
        for count in [1, 2] {
            let new: Vec<_> = (0..count).map(|_| written(amira(), voice("at once"))).collect();
            tab.save(&new).await.expect("saved");
            forked |= tab.sync(wire).await?.forked;
        }
        Ok(forked)
    }
    for order in orders() {
        let server = Server::default();
        let sade = sade_with_amira(&server);
        let other = sade.other_tab();
        sade.storage.wait_at_each();
        let (mine, theirs) = (sade.wire(), sade.wire());
        let forked = interleave(order, work(&sade.tab, &mine), work(&other, &theirs));
        assert_eq!(forked, (Ok(false), Ok(false)), "{order:?}");
        sade.sync();
        sade.agrees();
        assert_eq!(server.entries(amira()).len(), 1 + 6, "{order:?}");
    }
}

#[test]
fn a_tab_that_dies_after_its_push_leaves_no_gap_whoever_pulled_meanwhile() {
    for order in orders() {
        let server = Server::default();
        let sade = sade_with_amira(&server);
        let other = sade.other_tab();
        sade.storage.wait_at_each();
        let (lost, theirs) = (Wire::with(&server, SADE, &[Fault::ReplyLost]), sade.wire());
        let dies = async {
            sade.tab.save(&[written(amira(), voice("and gone"))]).await.expect("saved");
            let _ = sade.tab.sync(&lost).await;
        };
        let (_, synced) = interleave(order, dies, other.sync(&theirs));
        assert!(!synced.unwrap().forked, "{order:?}");
        sade.save(amira(), voice("after"));
        assert!(!sade.sync().forked, "{order:?}");
        sade.agrees();
        assert_eq!(server.entries(amira()).len(), 3, "{order:?}");
    }
}
