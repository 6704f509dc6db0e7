//! Working days in England, and the limits that count in them.
//!
//! A working day is Monday to Friday less England's bank holidays (GOV.UK "UK bank holidays"). The list is data
//! with an end: past [`KNOWN_UNTIL`] screens warn that the count may be a day out.

use jiff::civil::{Date, DateTime, Weekday, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The bank holidays below are complete up to this day.
pub const KNOWN_UNTIL: Date = date(2028, 12, 31);

/// An assessment is concluded at most this many working days after the referral, or a reason is given
/// (Working Together; children in need census rule 8670Q).
pub const ASSESSMENT_WORKING_DAYS: u32 = 45;

#[rustfmt::skip]
const BANK_HOLIDAYS: [Date; 32] = [
    date(2025, 1, 1), date(2025, 4, 18), date(2025, 4, 21), date(2025, 5, 5), date(2025, 5, 26), date(2025, 8, 25), date(2025, 12, 25), date(2025, 12, 26),
    date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25), date(2026, 8, 31), date(2026, 12, 25), date(2026, 12, 28),
    date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 3), date(2027, 5, 31), date(2027, 8, 30), date(2027, 12, 27), date(2027, 12, 28),
    date(2028, 1, 3), date(2028, 4, 14), date(2028, 4, 17), date(2028, 5, 1), date(2028, 5, 29), date(2028, 8, 28), date(2028, 12, 25), date(2028, 12, 26),
];

/// Civil time in England at a moment. The rule is written out (last Sundays of March and October, 01:00 UTC), so that a
/// tablet need not carry a time zone database.
pub fn in_england(moment: Timestamp) -> DateTime {
    // The name is POSIX's: GMT in winter, BST in summer.
    let zone = TimeZone::posix("GMT0BST,M3.5.0/1,M10.5.0").expect("the rule is a valid POSIX time zone");
    zone.to_datetime(moment)
}

/// Monday to Friday, and not a bank holiday.
pub fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !BANK_HOLIDAYS.contains(&day)
}

/// How many working days lie after `from`, up to and including `to`. The day `from` is day 0.
pub fn working_days(from: Date, to: Date) -> u32 {
    let mut count = 0;
    let mut day = from;
    while day < to {
        day = day.saturating_add(1.day());
        count += u32::from(is_working_day(day));
    }
    count
}

/// The day that is `days` working days after `from`.
pub fn after_working_days(from: Date, days: u32) -> Date {
    let mut left = days;
    let mut day = from;
    while left > 0 && day < Date::MAX {
        day = day.saturating_add(1.day());
        left -= u32::from(is_working_day(day));
    }
    day
}

/// Whole years from birth to a day; none before birth.
pub fn age_in_years(born: Date, on: Date) -> Option<u16> {
    if on < born {
        return None;
    }
    let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
    u16::try_from(on.year() - born.year() - i16::from(!had_birthday)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekends_and_bank_holidays_are_not_working_days() {
        assert!(is_working_day(date(2026, 11, 23)));
        assert!(!is_working_day(date(2026, 11, 22)), "a Sunday");
        assert!(!is_working_day(date(2026, 12, 25)), "Christmas");
        assert!(!is_working_day(date(2026, 12, 28)), "the day given for Boxing Day");
        assert!(is_working_day(date(2026, 12, 29)));
    }

    #[test]
    fn counting_over_christmas_skips_the_holidays() {
        assert_eq!(working_days(date(2026, 12, 23), date(2026, 12, 29)), 2, "the 24th and the 29th");
        assert_eq!(after_working_days(date(2026, 12, 23), 2), date(2026, 12, 29));
        assert_eq!(working_days(date(2026, 12, 23), date(2026, 12, 23)), 0, "the referral day is day 0");
    }

    #[test]
    fn every_listed_holiday_is_a_weekday_within_the_list() {
        for day in BANK_HOLIDAYS {
            assert!(day <= KNOWN_UNTIL);
            assert!(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday), "{day}");
        }
    }

    #[test]
    fn england_is_an_hour_ahead_in_summer() {
        let at = |text: &str| in_england(text.parse().unwrap()).to_string();
        assert_eq!(at("2026-01-15T12:00:00Z"), "2026-01-15T12:00:00");
        assert_eq!(at("2026-03-29T00:59:59Z"), "2026-03-29T00:59:59");
        assert_eq!(at("2026-03-29T01:00:00Z"), "2026-03-29T02:00:00");
        assert_eq!(at("2026-10-25T00:59:59Z"), "2026-10-25T01:59:59");
        assert_eq!(at("2026-10-25T01:00:00Z"), "2026-10-25T01:00:00");
        assert_eq!(at("2026-07-31T23:30:00Z"), "2026-08-01T00:30:00", "the day in England, not in UTC");
    }

    #[test]
    fn age_changes_on_the_birthday() {
        assert_eq!(age_in_years(date(2018, 3, 9), date(2026, 3, 8)), Some(7));
        assert_eq!(age_in_years(date(2018, 3, 9), date(2026, 3, 9)), Some(8));
        assert_eq!(age_in_years(date(2027, 1, 1), date(2026, 3, 9)), None);
    }
}
