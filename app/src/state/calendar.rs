//! What day it is, by the best guess at the server's clock.

use domain::calendar::in_england;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;

use crate::platform::clock;
use crate::platform::settings::Settings;

/// The day and the clock. Cheap to copy; found in the context.
#[derive(Clone, Copy)]
pub struct Calendar {
    /// Today, for a page that must change with it.
    pub day: RwSignal<Date>,
    /// How far the server's clock is ahead of this device's, in milliseconds, when last heard.
    pub clock_ahead_ms: RwSignal<i64>,
}

impl Calendar {
    pub(super) fn provide() -> Calendar {
        let clock_ahead_ms = RwSignal::new(Settings::read().clock_ahead_ms);
        let calendar = Calendar { day: RwSignal::new(today()), clock_ahead_ms };
        provide_context(calendar);
        calendar
    }

    /// The application's calendar.
    pub fn get() -> Calendar {
        expect_context()
    }

    /// The best guess at the server's clock: what it last said, and what has passed since.
    pub fn now(self) -> Timestamp {
        now()
    }

    /// Today, in England, by the best guess at the server's clock.
    pub fn today(self) -> Date {
        today()
    }

    /// The server has said what time it is.
    pub(super) fn hear(self, time: Timestamp) {
        let ahead = time.as_millisecond() - clock::now().as_millisecond();
        Settings::change(|settings| settings.clock_ahead_ms = ahead);
        self.clock_ahead_ms.set(ahead);
        self.turn_the_day();
    }

    /// Midnight may have passed, or the server may have said what day it is.
    pub(super) fn turn_the_day(self) {
        if self.day.get_untracked() != today() {
            self.day.set(today());
        }
    }
}

fn now() -> Timestamp {
    let ahead = SignedDuration::from_millis(Settings::read().clock_ahead_ms);
    clock::now().saturating_add(ahead).unwrap_or_else(|_| clock::now())
}

fn today() -> Date {
    in_england(now()).date()
}
