//! What the form of a person asks, and what it writes down.

use domain::Payload;
use domain::id::PersonId;
use domain::payload::child::{ParentalResponsibility, PersonRecorded};
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::create;
use serde::{Deserialize, Serialize};

use super::family::FamilyForm;
use crate::components::draft::Draft;
use crate::components::typed::{name, some};
use crate::components::{Parts, Problems};
use crate::platform::clock;
use crate::record::Place;

/// The form as it stands, for its draft.
#[derive(Serialize, Deserialize)]
struct PersonWords {
    name: String,
    relationship: String,
    responsibility: Option<ParentalResponsibility>,
    contact: String,
    language: String,
    agency: String,
    orders: String,
}

/// The form. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct PersonForm {
    person: PersonId,
    pub(super) is_new: bool,
    pub(super) name: RwSignal<String>,
    pub(super) relationship: RwSignal<String>,
    pub(super) responsibility: RwSignal<Option<ParentalResponsibility>>,
    pub(super) contact: RwSignal<String>,
    pub(super) language: RwSignal<String>,
    pub(super) agency: RwSignal<String>,
    pub(super) orders: RwSignal<String>,
    pub(super) family: FamilyForm,
    pub(super) problems: Problems,
    pub(super) draft: Draft,
}

impl PersonForm {
    /// Begins with what is known. What was typed before comes back.
    pub(super) fn begin(place: Place, person: Option<PersonId>) -> PersonForm {
        let known = person.and_then(|person| place.record_now().people.get(&person).map(|told| told.what.clone()));
        let of = |field: fn(&PersonRecorded) -> String| RwSignal::new(known.as_ref().map(field).unwrap_or_default());
        let draft = match &known {
            Some(known) => format!("draft/{}/person/{}", place.stream, known.person),
            None => format!("draft/{}/person", place.stream),
        };
        let problems: Problems = RwSignal::new(Vec::new());
        let form = PersonForm {
            person: known.as_ref().map_or_else(|| PersonId(create::uuid(clock::now())), |known| known.person),
            is_new: known.is_none(),
            name: of(|known| known.name.clone()),
            relationship: of(|known| known.relationship.clone()),
            responsibility: RwSignal::new(known.as_ref().map(|known| known.responsibility)),
            contact: of(|known| known.contact.clone().unwrap_or_default()),
            language: of(|known| known.language.clone().unwrap_or_default()),
            agency: of(|known| known.agency.clone().unwrap_or_default()),
            orders: of(|known| known.orders.clone().unwrap_or_default()),
            family: FamilyForm::begin(place, problems),
            problems,
            draft: Draft::named(draft),
        };
        form.draft.restore(move |words: PersonWords| {
            form.name.set(words.name);
            form.relationship.set(words.relationship);
            form.responsibility.set(words.responsibility);
            form.contact.set(words.contact);
            form.language.set(words.language);
            form.agency.set(words.agency);
            form.orders.set(words.orders);
        });
        form
    }

    pub(super) fn keep(self) {
        self.draft.keep(|| PersonWords {
            name: self.name.get_untracked(),
            relationship: self.relationship.get_untracked(),
            responsibility: self.responsibility.get_untracked(),
            contact: self.contact.get_untracked(),
            language: self.language.get_untracked(),
            agency: self.agency.get_untracked(),
            orders: self.orders.get_untracked(),
        });
    }

    /// What is written, by record; or what is missing, in the order of the form.
    pub(super) fn parts(self, place: Place) -> Result<Parts, Vec<(&'static str, String)>> {
        let (called, relationship) = (name(self.name), name(self.relationship));
        let mut problems = Vec::new();
        if called.is_empty() {
            problems.push(("name", tr!("person-name-missing")));
        }
        if relationship.is_empty() {
            problems.push(("relationship", tr!("person-relationship-missing")));
        }
        let responsibility = self.responsibility.get_untracked();
        if responsibility.is_none() {
            problems.push(("responsibility", tr!("person-responsibility-missing")));
        }
        problems.extend(self.family.problem(place));
        match responsibility {
            Some(responsibility) if problems.is_empty() => {
                let person = PersonRecorded {
                    responsibility,
                    language: some(self.language),
                    contact: some(self.contact),
                    agency: some(self.agency),
                    orders: some(self.orders),
                    ..PersonRecorded::new(self.person, called, relationship)
                };
                Ok(self.family.parts(place, vec![Payload::PersonRecorded(person)]))
            }
            _ => Err(problems),
        }
    }
}
