//! What a council says of itself, for all its tablets.

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
