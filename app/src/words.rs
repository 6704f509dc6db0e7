//! Words that screens share: dates as people say them, and what codes mean.

use domain::code::Code;
use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan};
use leptos::prelude::*;
use leptos_fluent::I18n;
use replica::storage::StorageError;

use crate::state::{NotSaved, Trouble};
use replica::exchange::Failure;

/// The words under a key that is not known until now.
pub fn say(key: &str) -> String {
    expect_context::<I18n>().tr(key)
}

/// "Thursday 26 November".
pub fn long_date(day: Date) -> String {
    day.strftime("%A %-d %B").to_string()
}

/// "26 November", with the year when it is not this one.
pub fn short_date(day: Date, today: Date) -> String {
    if day.year() == today.year() { day.strftime("%-d %B").to_string() } else { day.strftime("%-d %B %Y").to_string() }
}

/// "today", "yesterday", "tomorrow", or the date.
pub fn near_date(day: Date, today: Date) -> String {
    if day == today {
        return say("day-today");
    }
    if today.yesterday().is_ok_and(|yesterday| yesterday == day) {
        return say("day-yesterday");
    }
    if today.tomorrow().is_ok_and(|tomorrow| tomorrow == day) {
        return say("day-tomorrow");
    }
    short_date(day, today)
}

/// A moment as people say it: the time if it is today, else the day.
pub fn near_time(moment: Timestamp, today: Date) -> String {
    let there: DateTime = domain::calendar::in_england(moment);
    if there.date() == today { clock_time(moment) } else { near_date(there.date(), today) }
}

/// "9:14", in England.
pub fn clock_time(moment: Timestamp) -> String {
    domain::calendar::in_england(moment).strftime("%-H:%M").to_string()
}

/// The day of a moment, in England.
pub fn day_of(moment: Timestamp) -> Date {
    domain::calendar::in_england(moment).date()
}

/// How many days lie between two days.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until((jiff::Unit::Day, to)).map_or(0, |span| span.get_days())
}

/// The day so many days later.
pub fn days_later(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}

/// What a code means, and what to do.
pub fn code(code: &Code) -> String {
    let known = Code::ALL.contains(code);
    if known { say(&format!("code-{}", code.as_str().replace('_', "-"))) } else { say("code-other") }
}

/// Why something was not saved: what happened, that nothing else was lost, what to do.
pub fn not_saved(problem: &NotSaved) -> String {
    match problem {
        NotSaved::Refused(why) => code(why),
        NotSaved::TooLong => say("not-saved-too-long"),
        NotSaved::Locked => say("not-saved-locked"),
        NotSaved::Storage(error) => storage(error),
    }
}

/// What is wrong with this browser's storage.
pub fn storage(error: &StorageError) -> String {
    say(match error {
        StorageError::Full => "storage-full",
        StorageError::Denied => "storage-denied",
        StorageError::TooNew => "storage-too-new",
        StorageError::Damaged => "storage-damaged",
        StorageError::Failed(_) => "storage-failed",
    })
}

/// Why the server could not do it.
pub fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Network => say("server-network"),
        Failure::SignedOut => say("server-signed-out"),
        Failure::TooLarge => say("server-too-large"),
        Failure::Busy { .. } => say("server-busy"),
        Failure::Refused { code } => refusal(code),
    }
}

/// Why the server refused a whole request.
pub fn refusal(code: &str) -> String {
    let key = match code {
        "replica_revoked" => "refused-replica-revoked",
        "not_your_replica" => "refused-not-your-replica",
        "sign_in_again" => "refused-sign-in-again",
        "unsupported_protocol" => "refused-unsupported-protocol",
        "storage" => "refused-storage",
        _ => "refused-other",
    };
    say(key)
}

/// Server or browser trouble.
pub fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Server(error) => failure(error),
        Trouble::Storage(error) => storage(error),
    }
}
