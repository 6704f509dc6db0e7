//! Two tabs over one store, at once. Correctness never depends on being the only one.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::tablet::*;
use crate::engine::model::{Fault, SADE, Server, Wire};
use pollster::block_on;

/// Polls two futures in an order drawn from `order`, a bit a step, until both are done.
pub(super) fn interleave<A, B>(order: u64, a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut first, mut second) = (None, None);
    let mut context = Context::from_waker(Waker::noop());
    for step in 0_u32.. {
        let turn = order.rotate_right(step % 64) & 1 == 0;
        if first.is_none() && (turn || second.is_some()) {
            if let Poll::Ready(done) = a.as_mut().poll(&mut context) {
                first = Some(done);
            }
        } else if second.is_none()
            && let Poll::Ready(done) = b.as_mut().poll(&mut context)
        {
            second = Some(done);
        }
        if first.is_some() && second.is_some() {
            break;
        }
        assert!(step < 1_000_000, "it goes on for ever");
    }
    (first.expect("done"), second.expect("done"))
}

/// Orders worth trying: turn by turn, blocks, and some without a pattern.
pub(super) fn orders() -> impl Iterator<Item = u64> {
    let drawn = (1_u64..200).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17) ^ n);
    [0x5555_5555_5555_5555, 0x3333_3333_3333_3333, 0xff00_ff00_ff00_ff00].into_iter().chain(drawn)
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
        assert!(!first.unwrap().forked && !second.unwrap().forked, "{order:x}");
        assert_eq!(server.entries(amira()).len(), 4, "{order:x}");
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
        assert!(saved.is_ok() && !synced.unwrap().forked, "{order:x}");
        sade.sync();
        sade.agrees();
        assert_eq!(server.entries(amira()).len(), 4, "{order:x}");
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
        assert_eq!(copy.profile().former.len(), 1, "{order:x}");
        assert_eq!(server.record(amira()).items.len(), 1 + 2 + 3, "{order:x}");
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
        assert!(!second.unwrap().forked, "{order:x}");
        block_on(sade.tab.save(&[written(amira(), voice("after"))])).unwrap();
        assert!(!sade.sync().forked, "{order:x}");
        sade.agrees();
        assert_eq!(server.entries(amira()).len(), 4, "{order:x}");
    }
}
