//! What the first page of a visit asks, and what it writes down.

use std::collections::BTreeSet;

use domain::id::PersonId;
use domain::payload::Payload;
use domain::payload::child::ParentalResponsibility;
use domain::payload::visit::{Assent, Assented, Present, VisitStarted};
use domain::record::promises::{Promise, promises};
use domain::record::visit::Visit;
use leptos::prelude::*;
use leptos_fluent::tr;
use serde::{Deserialize, Serialize};

use crate::components::Problems;
use crate::components::draft::Draft;
use crate::components::typed::{names, some, trimmed};
use crate::visit::Place;

/// A person of the record, and whether they are here.
#[derive(Clone)]
pub(super) struct Known {
    person: PersonId,
    who: String,
    /// "Mum (Harpreet Kaur)".
    pub(super) label: String,
    /// Is here.
    pub(super) here: RwSignal<bool>,
}

/// One promise, and whether the child was told.
#[derive(Clone)]
pub(super) struct PromiseTold {
    /// What is told.
    pub(super) promise: Promise,
    /// The child was told.
    pub(super) told: RwSignal<bool>,
}

/// The form as it stands, for its draft: typing and choices outlive a lock, a reload, a crash.
#[derive(Serialize, Deserialize)]
struct StartWords {
    here: BTreeSet<PersonId>,
    others: String,
    checks: BTreeSet<usize>,
    noticed: String,
    told: BTreeSet<usize>,
    how: String,
    signal: String,
    assent: Option<Assent>,
}

/// The form. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct StartForm {
    pub(super) people: StoredValue<Vec<Known>>,
    pub(super) others: RwSignal<String>,
    pub(super) checks: StoredValue<Vec<(String, RwSignal<bool>)>>,
    pub(super) noticed: RwSignal<String>,
    pub(super) promises: StoredValue<Vec<PromiseTold>>,
    pub(super) how: RwSignal<String>,
    pub(super) signal: RwSignal<String>,
    pub(super) assent: RwSignal<Option<Assent>>,
    pub(super) problems: Problems,
    pub(super) draft: Draft,
}

impl StartForm {
    /// Begins with who was here last time; nothing else is preselected. What was typed before comes back.
    pub(super) fn begin(place: Place) -> StartForm {
        let (people, others) = room(place, &last_present(place));
        let checks = [
            tr!("visit-check-glasses"),
            tr!("visit-check-hearing"),
            tr!("visit-check-device"),
            tr!("visit-check-position"),
            tr!("visit-check-pain"),
            tr!("visit-check-medication"),
        ];
        let promises = promises(&place.record_now(), place.visit);
        let promises: Vec<PromiseTold> =
            promises.into_iter().map(|promise| PromiseTold { promise, told: RwSignal::new(false) }).collect();
        let form = StartForm {
            people: StoredValue::new(people),
            others: RwSignal::new(others),
            checks: StoredValue::new(checks.map(|words| (words, RwSignal::new(false))).to_vec()),
            noticed: RwSignal::new(String::new()),
            promises: StoredValue::new(promises),
            how: RwSignal::new(String::new()),
            signal: RwSignal::new(String::new()),
            assent: RwSignal::new(None),
            problems: RwSignal::new(Vec::new()),
            draft: Draft::named(format!("draft/visit/{}/start", place.visit)),
        };
        form.draft.restore(move |words| form.restore(words));
        form
    }

    /// Keeps the form as it stands.
    pub(super) fn keep(self) {
        let chosen =
            |all: Vec<bool>| all.into_iter().enumerate().filter(|(_, on)| *on).map(|(place, _)| place).collect();
        self.draft.keep(|| StartWords {
            here: self.people.with_value(|people| {
                people.iter().filter(|person| person.here.get_untracked()).map(|person| person.person).collect()
            }),
            others: self.others.get_untracked(),
            checks: chosen(
                self.checks.with_value(|checks| checks.iter().map(|check| check.1.get_untracked()).collect()),
            ),
            noticed: self.noticed.get_untracked(),
            told: chosen(self.promises.with_value(|told| told.iter().map(|told| told.told.get_untracked()).collect())),
            how: self.how.get_untracked(),
            signal: self.signal.get_untracked(),
            assent: self.assent.get_untracked(),
        });
    }

    fn restore(self, words: StartWords) {
        self.people.with_value(|people| people.iter().for_each(|one| one.here.set(words.here.contains(&one.person))));
        self.checks.with_value(|checks| {
            checks.iter().enumerate().for_each(|(place, check)| check.1.set(words.checks.contains(&place)));
        });
        self.promises.with_value(|promises| {
            promises.iter().enumerate().for_each(|(place, one)| one.told.set(words.told.contains(&place)));
        });
        self.others.set(words.others);
        self.noticed.set(words.noticed);
        self.how.set(words.how);
        self.signal.set(words.signal);
        self.assent.set(words.assent);
    }

    /// What is missing, in the order of the page.
    pub(super) fn problems_now(self, place: Place) -> Vec<(&'static str, String)> {
        let name = place.name();
        let mut problems = Vec::new();
        if trimmed(self.how).is_empty() {
            problems.push(("how", tr!("visit-how-missing", {"name" => name.clone()})));
        }
        if trimmed(self.signal).is_empty() {
            problems.push(("signal", tr!("visit-signal-missing", {"name" => name.clone()})));
        }
        if self.assent.get_untracked().is_none() {
            problems.push(("assent", tr!("visit-assent-missing", {"name" => name})));
        }
        problems
    }

    /// The beginning of the visit, and what the child said to being asked.
    pub(super) fn payloads(self, place: Place) -> Vec<Payload> {
        let known = self.people.with_value(|people| {
            let here = people.iter().filter(|person| person.here.get_untracked());
            here.map(|person| Present { person: Some(person.person), who: person.who.clone() }).collect::<Vec<_>>()
        });
        let others = names(self.others).into_iter().map(|who| Present { person: None, who });
        let checks = self.checks.with_value(|checks| {
            let done = checks.iter().filter(|(_, done)| done.get_untracked());
            done.map(|(words, _)| words.clone()).chain(some(self.noticed)).collect::<Vec<_>>()
        });
        let told = self.promises.with_value(|promises| {
            let told = promises.iter().filter(|told| told.told.get_untracked());
            told.map(|told| super::promise_words::in_words(&told.promise, place)).collect::<Vec<_>>()
        });
        let visit = place.visit;
        let assented = self.assent.get_untracked().map(|assent| {
            Payload::Assented(Assented { visit, assent, how: trimmed(self.how), signal: trimmed(self.signal) })
        });
        let started = Payload::VisitStarted(VisitStarted {
            visit,
            on: place.calendar.today(),
            present: known.into_iter().chain(others).collect(),
            checks,
            promise_told: (!told.is_empty()).then(|| told.join(" ")),
        });
        std::iter::once(started).chain(assented).collect()
    }
}

/// The people of the record, likely ones first, and the others who were here last time.
fn room(place: Place, before: &[Present]) -> (Vec<Known>, String) {
    let record = place.record_now();
    let mut people: Vec<_> = record.people.values().map(|told| &told.what).collect();
    let was_here = |person: PersonId| before.iter().any(|there| there.person == Some(person));
    people.sort_by_key(|person| {
        let is_held = person.responsibility == ParentalResponsibility::Held;
        (!was_here(person.person), !is_held, person.relationship.clone())
    });
    let known = people.into_iter().map(|person| Known {
        person: person.person,
        who: person.relationship.clone(),
        label: tr!("visit-person", {"relationship" => person.relationship.clone(), "name" => person.name.clone()}),
        here: RwSignal::new(was_here(person.person)),
    });
    let others = before.iter().filter(|there| there.person.is_none()).map(|there| there.who.as_str());
    (known.collect(), others.collect::<Vec<_>>().join("\n"))
}

fn last_visit(place: Place) -> Option<Visit> {
    let record = place.record_now();
    let made = record.visits.values().filter(|visit| visit.started.is_some());
    made.max_by_key(|visit| visit.started.as_ref().map(|started| started.source.captured_at)).cloned()
}

fn last_present(place: Place) -> Vec<Present> {
    last_visit(place).and_then(|visit| visit.started).map(|started| started.what.present).unwrap_or_default()
}

/// What was checked last time, as a reminder.
pub(super) fn last_checks(place: Place) -> Option<String> {
    let checks = last_visit(place)?.started?.what.checks;
    (!checks.is_empty()).then(|| checks.join(" · "))
}
