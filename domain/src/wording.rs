//! What makes a question hard to answer, or leads to an answer: said to whoever writes one, never forbidden.

use std::collections::BTreeSet;

/// What to look at in the words of a question. The first six are known to be misunderstood, or answered at random, by people
/// with a learning disability (Finlay & Lyons 2001; PRACTICE A.14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// It asks how often.
    HowOften,
    /// It asks how many or how much.
    HowMany,
    /// It asks when.
    When,
    /// It compares.
    Compares,
    /// It says what is not.
    Negative,
    /// It asks two things at once.
    TwoInOne,
    /// It says which answer is hoped for (Andrews & Lamb 2013).
    Leads,
}

const HOW_OFTEN: &[&str] =
    &["how often", "how many times", "always", "usually", "sometimes", "every day", "every week"];
const HOW_MANY: &[&str] = &["how many", "how much", "how long"];
const WHEN: &[&str] =
    &["when do", "when did", "when does", "when is", "when was", "when will", "what time", "what day", "how long ago"];
const COMPARES: &[&str] =
    &["than", "better", "best", "worse", "worst", "more", "most", "less", "least", "rather", "prefer", "favourite"];
const NEGATIVE: &[&str] = &["not", "never", "nobody", "nothing", "no one", "without", "cannot"];
const TWO: &[&str] = &["and", "or", "but"];
const LEADS: &[&str] = &[
    "do you like",
    "do you love",
    "do you enjoy",
    "do you want",
    "would you like",
    "should",
    "must",
    "surely",
    "of course",
    "good",
    "nice",
    "lovely",
    "great",
    "fun",
    "happy",
    "bad",
    "horrible",
    "naughty",
    "sad",
    "scary",
    "brave",
];

/// What to look at in these words.
pub fn warnings(words: &str) -> BTreeSet<Warning> {
    let lower = words.to_lowercase().replace('\u{2019}', "'");
    let spoken: Vec<&str> = lower
        .split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .filter(|word| !word.is_empty())
        .collect();
    let text = format!(" {} ", spoken.join(" "));
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| text.contains(&format!(" {phrase} ")));
    let negated = spoken.iter().any(|word| word.ends_with("n't"));
    let found = [
        (Warning::HowOften, has(HOW_OFTEN)),
        (Warning::HowMany, has(HOW_MANY) && !has(&["how many times", "how long ago"])),
        (Warning::When, has(WHEN)),
        (Warning::Compares, has(COMPARES)),
        (Warning::Negative, negated || has(NEGATIVE)),
        (Warning::TwoInOne, has(TWO) || lower.matches('?').count() > 1),
        (Warning::Leads, has(LEADS)),
    ];
    found.into_iter().filter(|(_, is_there)| *is_there).map(|(warning, _)| warning).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn each_kind_of_hard_question_is_found() {
        for (words, expected) in [
            ("How often do you see your dad?", Warning::HowOften),
            ("How many friends have you got?", Warning::HowMany),
            ("When did you go to the pool?", Warning::When),
            ("Is the bus better than the taxi?", Warning::Compares),
            ("What don’t you like about school?", Warning::Negative),
            ("How is school and how is home?", Warning::TwoInOne),
            ("How is school? How is home?", Warning::TwoInOne),
            ("You had a lovely time at Nan’s", Warning::Leads),
        ] {
            assert!(warnings(words).contains(&expected), "{words}");
        }
    }

    #[test]
    fn an_open_question_is_left_alone() {
        for words in ["How do you feel about…", "How do you feel when the bus comes?", "Tell me about the band"] {
            assert_eq!(warnings(words), BTreeSet::new(), "{words}");
        }
    }

    #[test]
    fn nothing_that_is_built_in_leads_or_is_hard() {
        for question in &Vocabulary::built_in().questions {
            assert_eq!(warnings(&question.ask), BTreeSet::new(), "{}", question.id);
        }
    }
}
