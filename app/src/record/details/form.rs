//! What the form of a child's details asks, and what it writes down.

use domain::Payload;
use domain::dates::{Breaking, DateName, Dated, Days, Of, problems_of};
use domain::doubles::Looked;
use domain::id::StreamId;
use domain::payload::child::{Birth, ChildRegistered, Name};
use domain::permission::Role;
use domain::standing::Standing;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;
use serde::{Deserialize, Serialize};

use crate::components::draft::Draft;
use crate::components::typed::{name, some};
use crate::components::{DateBoxes, Problems};
use crate::state::{Calendar, Directory, Records};
use crate::words;

/// Whether the child is born.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Begun {
    Born,
    Expected,
}

/// The form as it stands, for its draft.
#[derive(Serialize, Deserialize)]
struct DetailsWords {
    given: String,
    family: String,
    known_as: String,
    pronouns: String,
    begun: Option<Begun>,
    birth: DateBoxes,
    languages: String,
    interpreter: String,
    case_number: String,
}

/// The form. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct DetailsForm {
    pub(super) given: RwSignal<String>,
    pub(super) family: RwSignal<String>,
    pub(super) known_as: RwSignal<String>,
    pub(super) pronouns: RwSignal<String>,
    pub(super) begun: RwSignal<Option<Begun>>,
    pub(super) birth: RwSignal<DateBoxes>,
    pub(super) languages: RwSignal<String>,
    pub(super) interpreter: RwSignal<String>,
    pub(super) case_number: RwSignal<String>,
    /// The worker has looked: none of the children who are alike is this one.
    pub(super) is_another: RwSignal<bool>,
    /// How many children are alike.
    pub(super) alike: RwSignal<usize>,
    pub(super) problems: Problems,
    pub(super) draft: Draft,
    known: StoredValue<Option<ChildRegistered>>,
    standing: StoredValue<Standing>,
}

impl DetailsForm {
    /// Begins with what is known. What was typed before comes back.
    pub(super) fn begin(stream: StreamId, known: Option<&ChildRegistered>) -> DetailsForm {
        let of = |field: fn(&ChildRegistered) -> String| RwSignal::new(known.map(field).unwrap_or_default());
        let (begun, birth) = match known.map(|known| known.birth) {
            None => (None, DateBoxes::default()),
            Some(Birth::Born(day)) => (Some(Begun::Born), DateBoxes::of(day)),
            Some(Birth::Expected(day)) => (Some(Begun::Expected), DateBoxes::of(day)),
        };
        let record = Records::get().now(stream);
        let draft = if known.is_some() { format!("draft/{stream}/details") } else { "draft/register".to_owned() };
        let form = DetailsForm {
            given: of(|known| known.name.given.clone()),
            family: of(|known| known.name.family.clone()),
            known_as: of(|known| known.name.known_as.clone().unwrap_or_default()),
            pronouns: of(|known| known.pronouns.clone().unwrap_or_default()),
            begun: RwSignal::new(begun),
            birth: RwSignal::new(birth),
            languages: of(|known| known.languages.join(", ")),
            interpreter: of(|known| known.interpreter.clone().unwrap_or_default()),
            case_number: of(|known| known.case_number.clone().unwrap_or_default()),
            is_another: RwSignal::new(false),
            alike: RwSignal::new(0),
            problems: RwSignal::new(Vec::new()),
            draft: Draft::named(draft),
            known: StoredValue::new(known.cloned()),
            standing: StoredValue::new(record.map(|record| record.standing.clone()).unwrap_or_default()),
        };
        form.draft.restore(move |words| form.restore(words));
        form
    }

    pub(super) fn keep(self) {
        self.draft.keep(|| DetailsWords {
            given: self.given.get_untracked(),
            family: self.family.get_untracked(),
            known_as: self.known_as.get_untracked(),
            pronouns: self.pronouns.get_untracked(),
            begun: self.begun.get_untracked(),
            birth: self.birth.get_untracked(),
            languages: self.languages.get_untracked(),
            interpreter: self.interpreter.get_untracked(),
            case_number: self.case_number.get_untracked(),
        });
    }

    fn restore(self, words: DetailsWords) {
        self.given.set(words.given);
        self.family.set(words.family);
        self.known_as.set(words.known_as);
        self.pronouns.set(words.pronouns);
        self.begun.set(words.begun);
        self.birth.set(words.birth);
        self.languages.set(words.languages);
        self.interpreter.set(words.interpreter);
        self.case_number.set(words.case_number);
    }

    /// What the form says so far, for a look at who is alike; follows it. None while there is no name.
    pub(super) fn so_far(self) -> Option<(Name, Birth, Option<String>)> {
        let plain = |words: RwSignal<String>| words.with(|words| domain::text::plain_name(words));
        let known_as = Some(plain(self.known_as)).filter(|name| !name.is_empty());
        let name = Name { known_as, ..Name::new(plain(self.given), plain(self.family)) };
        if name.called().is_empty() {
            return None;
        }
        let day = self.birth.with(DateBoxes::read).unwrap_or(Date::MIN);
        let birth = match self.begun.get() {
            Some(Begun::Expected) => Birth::Expected(day),
            _ => Birth::Born(day),
        };
        Some((name, birth, self.case_number.with(|number| (!number.is_empty()).then(|| number.clone()))))
    }

    /// The day, by the rules that the server judges it by.
    fn birth_now(self, today: Date) -> Result<Birth, (&'static str, String)> {
        let begun = self.begun.get_untracked().ok_or_else(|| ("begun", tr!("details-begun-missing")))?;
        let on = self.birth.with_untracked(DateBoxes::read).map_err(|problem| ("birth", problem.in_words()))?;
        let date = match begun {
            Begun::Born => DateName::Birth,
            Begun::Expected => DateName::ExpectedBirth,
        };
        let dated = Dated { date, on, of: Of::Child };
        let broken = self.standing.with_value(|standing| problems_of(standing, dated, Days::now(today)));
        if let Some(problem) = broken.iter().find(|problem| problem.rule.breaking == Breaking::Refuses) {
            return Err(("birth", words::date_problem(problem)));
        }
        Ok(match begun {
            Begun::Born => Birth::Born(on),
            Begun::Expected => Birth::Expected(on),
        })
    }

    /// The registration, or what is missing, in the order of the form.
    pub(super) fn registration(
        self,
        calendar: Calendar,
        directory: Directory,
    ) -> Result<Payload, Vec<(&'static str, String)>> {
        let (given, family) = (name(self.given), name(self.family));
        let birth = self.birth_now(calendar.today());
        let mut problems = Vec::new();
        if given.is_empty() && family.is_empty() {
            problems.push(("given", tr!("details-given-missing")));
        }
        if let Err(problem) = &birth {
            problems.push(problem.clone());
        }
        if self.alike.get_untracked() > 0 && !self.is_another.get_untracked() {
            problems.push(("is-another", tr!("doubles-missing")));
        }
        let known = self.known.get_value();
        let me = directory.me.get_untracked();
        let team = known.as_ref().map(|known| known.team).or(me.as_ref().map(|me| me.team));
        match (birth, team) {
            (Ok(birth), Some(team)) if problems.is_empty() => {
                let known_as = Some(name(self.known_as)).filter(|name| !name.is_empty());
                Ok(Payload::ChildRegistered(ChildRegistered {
                    case_number: some(self.case_number),
                    pronouns: some(self.pronouns),
                    languages: languages(&self.languages.get_untracked()),
                    interpreter: some(self.interpreter),
                    unallocated: match known {
                        Some(known) => known.unallocated,
                        None => me.is_some_and(|me| me.role == Role::Manager),
                    },
                    ..ChildRegistered::new(Name { known_as, ..Name::new(given, family) }, birth, team)
                }))
            }
            _ => Err(problems),
        }
    }
}

/// What is compared of a child's name and birth.
pub(super) fn looked<'a>(name: &'a Name, birth: Birth, case_number: Option<&'a str>) -> Looked<'a> {
    Looked { name, birth, case_number }
}

fn languages(typed: &str) -> Vec<String> {
    let all = typed.split([',', ';', '\n']).map(|language| domain::text::trimmed(language).to_owned());
    all.filter(|language| !language.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::languages;

    #[test]
    fn languages_are_told_apart_by_commas() {
        assert_eq!(languages("Punjabi, English ; BSL"), ["Punjabi", "English", "BSL"]);
        assert!(languages(" , ").is_empty());
    }
}
