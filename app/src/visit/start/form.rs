//! What the first page of a visit asks, and what it writes down.

use domain::id::PersonId;
use domain::payload::Payload;
use domain::payload::child::ParentalResponsibility;
use domain::payload::visit::{Assent, Assented, Present, VisitStarted};
use domain::record::visit::Visit;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::Problems;
use crate::visit::Place;
use crate::visit::drafts::{Draft, Drafts};
use crate::visit::promises::promises;

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
pub(super) struct Told {
    /// What is told.
    pub(super) promise: crate::visit::promises::Promise,
    /// The child was told.
    pub(super) told: RwSignal<bool>,
}

/// The form. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct StartForm {
    pub(super) people: StoredValue<Vec<Known>>,
    pub(super) others: Draft,
    pub(super) checks: StoredValue<Vec<(String, RwSignal<bool>)>>,
    pub(super) noticed: Draft,
    pub(super) promises: StoredValue<Vec<Told>>,
    pub(super) how: Draft,
    pub(super) signal: Draft,
    pub(super) assent: RwSignal<Option<Assent>>,
    pub(super) problems: Problems,
    pub(super) drafts: Drafts,
}

impl StartForm {
    /// Begins with who was here last time; nothing else is preselected.
    pub(super) fn begin(place: Place) -> StartForm {
        let before = last_present(place);
        let drafts = Drafts::of(place, "start");
        let (people, others) = room(place, &before);
        let checks = [
            tr!("visit-check-glasses"),
            tr!("visit-check-hearing"),
            tr!("visit-check-device"),
            tr!("visit-check-position"),
            tr!("visit-check-pain"),
            tr!("visit-check-medication"),
        ];
        let promises = promises(&place.record_now(), place.visit);
        let promises: Vec<Told> =
            promises.into_iter().map(|promise| Told { promise, told: RwSignal::new(false) }).collect();
        StartForm {
            people: StoredValue::new(people),
            others: drafts.field("others", others),
            checks: StoredValue::new(checks.map(|words| (words, RwSignal::new(false))).to_vec()),
            noticed: drafts.field("noticed", ""),
            promises: StoredValue::new(promises),
            how: drafts.field("how", ""),
            signal: drafts.field("signal", ""),
            assent: RwSignal::new(None),
            problems: RwSignal::new(Vec::new()),
            drafts,
        }
    }

    /// What is missing, in the order of the page.
    pub(super) fn problems_now(self, place: Place) -> Vec<(&'static str, String)> {
        let name = place.name();
        let mut problems = Vec::new();
        if self.how.text().is_empty() {
            problems.push(("how", tr!("visit-how-missing", {"name" => name.clone()})));
        }
        if self.signal.text().is_empty() {
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
        let others = self.others.text();
        let others = others.lines().map(str::trim).filter(|who| !who.is_empty());
        let others = others.map(|who| Present { person: None, who: who.to_owned() });
        let checks = self.checks.with_value(|checks| {
            let done = checks.iter().filter(|(_, done)| done.get_untracked());
            done.map(|(words, _)| words.clone()).chain(self.noticed.some()).collect::<Vec<_>>()
        });
        let told = self.promises.with_value(|promises| {
            let told = promises.iter().filter(|told| told.told.get_untracked());
            told.map(|told| super::promise::in_words(&told.promise, place)).collect::<Vec<_>>()
        });
        let visit = place.visit;
        let assented = self.assent.get_untracked().map(|assent| {
            Payload::Assented(Assented { visit, assent, how: self.how.text(), signal: self.signal.text() })
        });
        let started = Payload::VisitStarted(VisitStarted {
            visit,
            on: place.heard.today(),
            present: known.into_iter().chain(others).collect(),
            checks,
            promise_told: (!told.is_empty()).then(|| told.join(" ")),
        });
        std::iter::once(started).chain(assented).collect()
    }
}

/// The people of the record, those with parental responsibility first, and the others who were here last time.
fn room(place: Place, before: &[Present]) -> (Vec<Known>, String) {
    let record = place.record_now();
    let mut people: Vec<_> = record.people.values().map(|told| &told.what).collect();
    people.sort_by_key(|person| (person.responsibility != ParentalResponsibility::Held, person.relationship.clone()));
    let was_here = |person: PersonId| before.iter().any(|there| there.person == Some(person));
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
