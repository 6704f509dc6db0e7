//! Whether two registrations may be of one child: by sound, spelling and date of birth.
//!
//! It only warns: twins have a birthday and a family name in common, so nothing is joined by itself. Names of every script are
//! compared by how they are spelled in Latin letters.

use std::collections::BTreeSet;

use jiff::Unit;
use jiff::civil::Date;
use rphonetic::{DoubleMetaphone, Encoder};
use serde::{Deserialize, Serialize};

use crate::payload::child::{Birth, Name};

/// From this likeness of two spellings on (Jaro and Winkler, 0 to 1)†, one may be a slip of the other.
const ALIKE: f64 = 0.88;
/// An expected day is seldom the day: so many days apart it may be one child†.
const EXPECTED_WITHIN_DAYS: i32 = 42;

/// What two registrations have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// Names that sound or look alike, and another or no date of birth.
    Name,
    /// Family names that look alike, and the same date of birth: a twin, or one child under two given names.
    BirthAndFamily,
    /// Names that look alike in one part, and the same date of birth.
    BirthAndPart,
    /// Names that sound or look alike, and dates of birth that differ by a slip.
    NameAndNearBirth,
    /// Names that sound or look alike, and the same date of birth.
    NameAndBirth,
    /// The council's own case number.
    CaseNumber,
}

/// What is compared.
#[derive(Clone, Copy, Debug)]
pub struct Looked<'a> {
    /// The name.
    pub name: &'a Name,
    /// Born or expected.
    pub birth: Birth,
    /// The council's own case number.
    pub case_number: Option<&'a str>,
}

/// How these two are alike; none where they are not.
pub fn likeness(one: Looked<'_>, other: Looked<'_>) -> Option<Likeness> {
    let number = number(one);
    if number.is_some() && number == self::number(other) {
        return Some(Likeness::CaseNumber);
    }
    let (first, second) = (Spelled::of(one.name), Spelled::of(other.name));
    let is_named_alike = first.is_like(&second);
    match (is_named_alike, births(one.birth, other.birth)) {
        (true, Births::Same) => Some(Likeness::NameAndBirth),
        (true, Births::Near) => Some(Likeness::NameAndNearBirth),
        (true, Births::Other) => Some(Likeness::Name),
        (false, Births::Same) if first.shares_given(&second) => Some(Likeness::BirthAndPart),
        (false, Births::Same) => first.shares_family(&second).then_some(Likeness::BirthAndFamily),
        (false, _) => None,
    }
}

/// By what a registration is found when another like it is made: its case number, its day of birth, the sound of given and
/// family name together. Two that are alike have one of these in common, but for a name that is spelled *and* sounds
/// otherwise on another day. Who asks holds what is found against [`likeness`].
pub fn doubles_found_by(of: Looked<'_>) -> BTreeSet<String> {
    let (Birth::Born(day) | Birth::Expected(day)) = of.birth;
    let spelled = Spelled::of(of.name);
    let whole = spelled.given.iter().map(|given| {
        let mut sounds: Vec<String> = words_of(given).chain(words_of(&spelled.family)).map(sound).collect();
        sounds.sort_unstable();
        format!("sound {}", sounds.join(" "))
    });
    whole.chain(number(of).map(number_key)).chain([day_key(day)]).collect()
}

/// By what any search in the whole council finds a registration: what [`doubles_found_by`] says, and of each word of the name
/// its sound and its first letters.
pub fn found_by(of: Looked<'_>) -> BTreeSet<String> {
    let words: Vec<String> = words_of_name(of.name);
    let keys = words.iter().flat_map(|word| [word_key(word), start_key(word)]);
    keys.chain(doubles_found_by(of)).collect()
}

/// What somebody looks for who knows some of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sought {
    /// Words of the name, in any order.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Born or expected on this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth: Option<Date>,
    /// The council's own case number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub case_number: String,
}

impl Sought {
    /// By what such a registration is found: by one of each of these sets. None where too little is said. What is found is
    /// held against [`fits`](Sought::fits).
    pub fn found_by(&self) -> Vec<BTreeSet<String>> {
        let name = plain(&self.name);
        // One letter is found by what else is said.
        let words = words_of(&name).filter(|word| word.chars().count() >= START_LETTERS);
        let words = words.map(|word| BTreeSet::from([word_key(word), start_key(word)]));
        let number = Some(plain_number(&self.case_number)).filter(|number| !number.is_empty());
        let number = number.map(|number| BTreeSet::from([number_key(number)]));
        let day = self.birth.map(|day| BTreeSet::from([day_key(day)]));
        words.chain(number).chain(day).collect()
    }

    /// Whether all that is said is true of this child: each word is a word of the name by its beginning or its sound.
    pub fn fits(&self, of: Looked<'_>) -> bool {
        let words = words_of_name(of.name);
        let is_word = |sought: &str| words.iter().any(|word| word.starts_with(sought) || sound(word) == sound(sought));
        let (Birth::Born(day) | Birth::Expected(day)) = of.birth;
        let sought_number = plain_number(&self.case_number);
        words_of(&plain(&self.name)).all(is_word)
            && self.birth.is_none_or(|birth| birth == day)
            && (sought_number.is_empty() || number(of) == Some(sought_number))
    }
}

/// By so many letters the beginning of a word is found.
const START_LETTERS: usize = 2;

/// Every word of a name, with what the child is called.
fn words_of_name(name: &Name) -> Vec<String> {
    let spelled = Spelled::of(name);
    spelled.given.iter().chain([&spelled.family]).flat_map(|words| words_of(words)).map(str::to_owned).collect()
}

fn start_key(word: &str) -> String {
    format!("start {}", word.chars().take(START_LETTERS).collect::<String>())
}

fn words_of(name: &str) -> impl Iterator<Item = &str> {
    name.split(' ').filter(|word| !word.is_empty())
}

/// How a word sounds; a word without a sound, such as a figure, as it is spelled.
fn sound(word: &str) -> String {
    let sound = DoubleMetaphone::default().encode(word);
    if sound.is_empty() { word.to_owned() } else { sound }
}

fn word_key(word: &str) -> String {
    format!("word {}", sound(word))
}

fn number_key(number: String) -> String {
    format!("number {number}")
}

fn day_key(day: Date) -> String {
    format!("day {day}")
}

/// The case number, however it is written.
fn number(of: Looked<'_>) -> Option<String> {
    of.case_number.map(plain_number).filter(|number| !number.is_empty())
}

fn plain_number(number: &str) -> String {
    plain(number).replace(' ', "")
}

/// Latin letters in small, one space between words.
fn plain(words: &str) -> String {
    let latin = deunicode::deunicode(words).to_lowercase();
    let letters: String =
        latin.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-')).collect();
    letters.replace('-', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name as it is compared.
struct Spelled {
    /// Given name, and what the child is called.
    given: Vec<String>,
    family: String,
}

impl Spelled {
    fn of(name: &Name) -> Spelled {
        let given = [Some(&name.given), name.known_as.as_ref()].into_iter().flatten().map(|name| plain(name.as_str()));
        Spelled { given: given.filter(|name| !name.is_empty()).collect(), family: plain(&name.family) }
    }

    fn is_like(&self, other: &Spelled) -> bool {
        let is_written_so = self.shares_given(other)
            && (self.family.is_empty() || other.family.is_empty() || alike(&self.family, &other.family));
        // Family name first, or one name only: the same words in another order.
        is_written_so || self.words().iter().any(|one| other.words().contains(one))
    }

    fn shares_family(&self, other: &Spelled) -> bool {
        !self.family.is_empty() && alike(&self.family, &other.family)
    }

    fn shares_given(&self, other: &Spelled) -> bool {
        self.given.iter().any(|one| other.given.iter().any(|two| alike(one, two)))
    }

    /// The words of the name in the order of the alphabet.
    fn words(&self) -> Vec<String> {
        let all = self.given.iter().map(|given| {
            let mut words: Vec<&str> = given.split(' ').chain(self.family.split(' ')).collect();
            words.retain(|word| !word.is_empty());
            words.sort_unstable();
            words.join(" ")
        });
        all.filter(|words| words.contains(' ')).collect()
    }
}

fn alike(one: &str, other: &str) -> bool {
    if one == other || strsim::jaro_winkler(one, other) >= ALIKE {
        return true;
    }
    let sounds = DoubleMetaphone::default();
    // One letter's sound says nothing.
    let (first, second) = (sounds.encode(one), sounds.encode(other));
    first.len() > 1 && first == second
}

enum Births {
    Same,
    Near,
    Other,
}

fn births(one: Birth, other: Birth) -> Births {
    let (Birth::Born(first) | Birth::Expected(first)) = one;
    let (Birth::Born(second) | Birth::Expected(second)) = other;
    let is_near = match (one, other) {
        (Birth::Born(_), Birth::Born(_)) => is_slip(first, second),
        _ => first.until((Unit::Day, second)).is_ok_and(|span| span.get_days().abs() <= EXPECTED_WITHIN_DAYS),
    };
    match (first == second, is_near) {
        (true, _) => Births::Same,
        (false, true) => Births::Near,
        (false, false) => Births::Other,
    }
}

/// Two of day, month and year are the same, or day and month are changed over.
fn is_slip(one: Date, other: Date) -> bool {
    let same = [one.day() == other.day(), one.month() == other.month(), one.year() == other.year()];
    let is_changed_over = one.year() == other.year() && one.day() == other.month() && one.month() == other.day();
    is_changed_over || same.into_iter().filter(|same| *same).count() == 2
}

#[cfg(test)]
mod tests;
