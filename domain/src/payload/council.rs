//! What a council says of itself, for all its tablets.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The council's own settings, all of them: each time they are written anew as the next version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsSet {
    /// 1 at first, then one more each time.
    pub version: u32,
    /// What the council is called.
    pub council: String,
    /// Whom to ring when a child may not be safe, in the order in which they are to be rung.
    pub telephones: Vec<Telephone>,
    /// When somebody is reminded.
    #[serde(default)]
    pub reminders: Reminders,
    /// When people are usually at work.
    #[serde(default)]
    pub hours: Hours,
}

impl SettingsSet {
    /// Whether every number is one that a council may choose.
    pub fn is_sound(&self) -> bool {
        let Reminders { decide_within_days, look_again_months } = self.reminders;
        let are_reminders =
            Reminders::DAYS.contains(&decide_within_days) && Reminders::MONTHS.contains(&look_again_months);
        are_reminders && self.hours.are_sound()
    }
}

/// After how long somebody is reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminders {
    /// A decision that a plan waits for is late from so many days on.
    pub decide_within_days: u8,
    /// How a child communicates is looked at again after so many months: children learn.
    pub look_again_months: u8,
}

impl Reminders {
    /// Between these a council may choose, in days.
    pub const DAYS: std::ops::RangeInclusive<u8> = 1..=30;
    /// Between these a council may choose, in months.
    pub const MONTHS: std::ops::RangeInclusive<u8> = 3..=24;
}

impl Reminders {
    /// The last day on which a profile of that day counts as looked at.
    pub fn look_again_by(self, looked: Date) -> Date {
        looked.saturating_add(i32::from(self.look_again_months).months())
    }
}

impl Default for Reminders {
    /// Until a council says otherwise†.
    fn default() -> Reminders {
        Reminders { decide_within_days: 5, look_again_months: 12 }
    }
}

/// From the beginning of one hour to the beginning of another, in England. What is done outside stands out in the access log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The first hour.
    pub from: u8,
    /// The hour at whose beginning they end.
    pub until: u8,
}

impl Hours {
    /// Whether they begin before they end, within one day.
    pub fn are_sound(self) -> bool {
        self.from < self.until && self.until <= 24
    }

    /// Whether this hour of the day is among them.
    pub fn contain(self, hour: i8) -> bool {
        u8::try_from(hour).is_ok_and(|hour| (self.from..self.until).contains(&hour))
    }
}

impl Default for Hours {
    /// Until a council says otherwise†.
    fn default() -> Hours {
        Hours { from: 6, until: 22 }
    }
}

/// A telephone that somebody answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telephone {
    /// Who answers, and when: "Duty line, day and night".
    pub who: String,
    /// Its number, as it is dialled.
    pub number: String,
}

impl Telephone {
    /// Whether the number can be dialled: at least three digits, and only what people write between them.
    pub fn can_be_dialled(&self) -> bool {
        let (first, rest) = self.number.split_at(usize::from(self.number.starts_with('+')));
        let digits = rest.chars().filter(char::is_ascii_digit).count();
        first.len() <= 1 && digits >= 3 && rest.chars().all(|letter| letter.is_ascii_digit() || " -()".contains(letter))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_digits_as_people_write_them() {
        let of = |number: &str| Telephone { who: "Duty".into(), number: number.into() }.can_be_dialled();
        for number in ["999", "0191 498 0142", "+44 (0)191 498-0142"] {
            assert!(of(number), "{number}");
        }
        for number in ["", "+", "01", "abc", "0191 ext", "00+1", "()-"] {
            assert!(!of(number), "{number}");
        }
    }
}
