//! Time, as a value that is handed in: only the binaries ask a real clock.

use std::sync::Arc;

use jiff::Timestamp;

/// Where the server's time comes from.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// A clock that asks `now` each time.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Clock {
        Clock(Arc::new(now))
    }

    /// The present moment, in whole milliseconds: what every store can keep exactly.
    pub fn now(&self) -> Timestamp {
        whole_milliseconds((self.0)())
    }
}

/// The same moment without what is finer than a millisecond.
pub fn whole_milliseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_finer_than_a_millisecond_is_left_out() {
        let clock = Clock::new(|| "2026-11-23T09:00:00.123456789Z".parse().unwrap());
        assert_eq!(clock.now().to_string(), "2026-11-23T09:00:00.123Z");
    }
}
