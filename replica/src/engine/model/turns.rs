//! Two tabs at once, in an order that a test chose.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Whose turn it is at each step.
#[derive(Clone, Copy, Debug)]
pub enum Order {
    /// A bit a step, again and again.
    Drawn(u64),
    /// The first, but for a stretch of steps.
    Window(u32, u32),
}

impl Order {
    fn is_first(self, step: u32) -> bool {
        match self {
            Order::Drawn(bits) => bits.rotate_right(step % 64) & 1 == 0,
            Order::Window(from, steps) => !(from..from + steps).contains(&step),
        }
    }
}

/// Polls two futures in some order, a step each time, until both are done.
///
/// # Panics
/// If that never comes.
pub fn interleave<A, B>(order: Order, a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut first, mut second) = (None, None);
    let mut context = Context::from_waker(Waker::noop());
    for step in 0..1_000_000 {
        if first.is_none() && (order.is_first(step) || second.is_some()) {
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
    }
    (first.expect("it comes to an end"), second.expect("it comes to an end"))
}
