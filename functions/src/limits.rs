//! What comes too often is turned away for a while. No work of anybody reaches these numbers, and a tablet that is told to wait
//! keeps what it has and sends it later.
//!
//! It is counted in the store, because the server may be many: in windows of fixed length, each counter a keyed hash, so that
//! no address and no name lies in a key.

use jiff::{SignedDuration, Timestamp};

use crate::seal::Seal;
use crate::store::{Store, StoreError, Window};

/// What is limited, and by what it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Sign-ins from one address. Behind one address may be a whole council that starts its day.
    SignIn,
    /// Escrow keys of one member of staff: each is told to their manager.
    Escrow,
    /// Devices and forked replicas of one member of staff.
    Enrol,
    /// Searches of the whole council by one member of staff.
    Search,
    /// Pages that one member of staff reads with a reason.
    Reading,
    /// Invitations and changes of staff by one administrator.
    Staffing,
    /// Pushes of one member of staff: a first day without signal is sent in a few dozen.
    Push,
    /// Exchanges from one address by tablets on which nobody is signed in.
    SignedOut,
}

impl Limit {
    /// Every limit.
    pub const ALL: [Limit; 8] = [
        Limit::SignIn,
        Limit::Escrow,
        Limit::Enrol,
        Limit::Search,
        Limit::Reading,
        Limit::Staffing,
        Limit::Push,
        Limit::SignedOut,
    ];

    /// Its name in the counter, how often, and within how long.
    pub fn rule(self) -> (&'static str, u64, SignedDuration) {
        match self {
            // Each is begun and ended: two of these.
            Limit::SignIn => ("sign-in", 400, SignedDuration::from_mins(1)),
            Limit::Escrow => ("escrow", 5, SignedDuration::from_mins(10)),
            Limit::Enrol => ("enrol", 40, SignedDuration::from_mins(10)),
            // Two of each child, more of a long record.
            Limit::Reading => ("reading", 240, SignedDuration::from_mins(10)),
            Limit::Search => ("search", 60, SignedDuration::from_mins(10)),
            Limit::Staffing => ("staffing", 120, SignedDuration::from_mins(10)),
            Limit::Push => ("push", 600, SignedDuration::from_mins(1)),
            Limit::SignedOut => ("signed-out", 600, SignedDuration::from_mins(1)),
        }
    }

    fn window(self, now: Timestamp) -> Window {
        let (_, _, within) = self.rule();
        window(within, now)
    }
}

/// The window of this length in which a moment lies.
pub(crate) fn window(length: SignedDuration, now: Timestamp) -> Window {
    let length = length.as_secs();
    let starts = now.as_second().div_euclid(length) * length;
    let moment = |second| Timestamp::from_second(second).unwrap_or(now);
    Window { starts: moment(starts), ends: moment(starts + length) }
}

/// Why it is turned away.
#[derive(Debug, thiserror::Error)]
pub enum LimitError {
    /// It came too often.
    #[error("too many")]
    TooMany {
        /// Whether this is the first in its window: the only one that the access log is told of, or a flood would fill it.
        first: bool,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Counts one more, and says whether it may go on.
///
/// # Errors
/// [`LimitError::TooMany`] until the window has ended.
pub async fn admit(
    store: &dyn Store,
    seal: &Seal,
    limit: Limit,
    whose: &str,
    now: Timestamp,
) -> Result<(), LimitError> {
    let (name, times, _) = limit.rule();
    let count = store.count(seal.counter(name, whose), limit.window(now)).await?;
    match count.checked_sub(times) {
        None | Some(0) => Ok(()),
        Some(over) => Err(LimitError::TooMany { first: over == 1 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_holds_its_moment_and_begins_where_the_last_one_ended() {
        let now: Timestamp = "2026-11-30T09:59:59.999Z".parse().unwrap();
        for limit in Limit::ALL {
            let Window { starts, ends } = limit.window(now);
            assert!(starts <= now && now < ends, "{limit:?}");
            assert_eq!(ends.duration_since(starts), limit.rule().2);
            assert_eq!(limit.window(ends).starts, ends);
        }
    }
}
