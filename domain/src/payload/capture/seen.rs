//! Whether a child was seen alone, and who was in the room.

use serde::{Deserialize, Serialize};

/// Whether the child was seen alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Seen {
    /// Alone.
    Alone,
    /// With a supporter who is not family.
    WithSupporter {
        /// Who.
        who: String,
    },
    /// With somebody of the family there who is no parent.
    FamilyPresent {
        /// Who.
        who: String,
    },
    /// With a parent there.
    ParentPresent {
        /// Why.
        why: String,
    },
}

/// What families call each other, in words that are not also names†: whoever is called so is no supporter from outside.
const KIN: &[&str] = &[
    "abba",
    "abbu",
    "ammi",
    "amma",
    "aunt",
    "aunti",
    "auntie",
    "aunty",
    "baba",
    "babcia",
    "brother",
    "cousin",
    "da",
    "dad",
    "dada",
    "daddy",
    "dadi",
    "daddi",
    "father",
    "gran",
    "grandad",
    "grandfather",
    "grandma",
    "grandmother",
    "grandpa",
    "granny",
    "mam",
    "mama",
    "mammy",
    "mother",
    "mum",
    "mummy",
    "nan",
    "nana",
    "nani",
    "nonna",
    "oma",
    "opa",
    "papa",
    "sister",
    "stepdad",
    "stepfather",
    "stepmother",
    "stepmum",
    "uncle",
];

fn is_kin(who: &str) -> bool {
    let lower = who.to_lowercase();
    lower.split(|letter: char| !letter.is_alphabetic()).any(|word| KIN.contains(&word))
}

impl Seen {
    /// Whether it can be true of a room with these people in it, beside child and worker: alone is alone.
    pub fn is_possible_with(&self, present: &[String]) -> bool {
        match self {
            Seen::Alone => present.is_empty(),
            Seen::WithSupporter { who } => !is_kin(who),
            Seen::FamilyPresent { .. } | Seen::ParentPresent { .. } => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alone_is_alone_and_a_supporter_or_parent_may_have_others_beside_them() {
        let mum = ["Mum".to_owned()];
        assert!(Seen::Alone.is_possible_with(&[]));
        assert!(!Seen::Alone.is_possible_with(&mum));
        assert!(Seen::WithSupporter { who: "K. Doyle".into() }.is_possible_with(&mum));
        assert!(Seen::ParentPresent { why: "Amira asked".into() }.is_possible_with(&mum));
    }

    #[test]
    fn whoever_is_called_as_family_is_no_supporter_from_outside() {
        for who in ["Nani", "his mum", "Aunty Bev", "Grandad's friend"] {
            assert!(!Seen::WithSupporter { who: who.into() }.is_possible_with(&[]), "{who}");
            assert!(Seen::FamilyPresent { who: who.into() }.is_possible_with(&[]), "{who}");
        }
        for who in ["R. Gill, advocate", "K. Doyle", "Miss Price", "Manan"] {
            assert!(Seen::WithSupporter { who: who.into() }.is_possible_with(&[]), "{who}");
        }
    }
}
