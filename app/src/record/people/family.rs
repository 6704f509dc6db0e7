//! In which family's record something is written: the child's own, one that is known here already, or a new one.

use domain::Payload;
use domain::id::StreamId;
use domain::payload::family::{ChildInFamily, FamilyOf, FamilyRegistered};
use domain::permission::{Action, Role};
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::create;
use serde::{Deserialize, Serialize};

use crate::components::typed::name;
use crate::components::{Choice, Field, Parts, Problems};
use crate::platform::clock;
use crate::record::Place;

/// Which family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Which {
    New,
    Known(StreamId),
}

/// The part of a form that asks for the family, while the child has none. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct FamilyForm {
    which: RwSignal<Option<Which>>,
    name: RwSignal<String>,
    problems: Problems,
    /// The stream of a family that begins with this form.
    new: StreamId,
}

impl FamilyForm {
    pub(super) fn begin(place: Place, problems: Problems) -> FamilyForm {
        let family = place.record_now().child.as_ref().map(|child| child.what.name.family.clone()).unwrap_or_default();
        let suggested = if family.is_empty() { String::new() } else { tr!("family-of", {"name" => family}) };
        let is_only = known(place).is_empty();
        FamilyForm {
            which: RwSignal::new(is_only.then_some(Which::New)),
            name: RwSignal::new(suggested),
            problems,
            new: StreamId::family(create::uuid(clock::now())),
        }
    }

    /// What is missing.
    pub(super) fn problem(self, place: Place) -> Option<(&'static str, String)> {
        match (place.record_now().family, self.which.get_untracked()) {
            (Some(_), _) | (None, Some(Which::Known(_))) => None,
            (None, None) => Some(("family", tr!("family-missing"))),
            (None, Some(Which::New)) => name(self.name).is_empty().then(|| ("family-name", tr!("family-name-missing"))),
        }
    }

    /// What is written into the family's record, with what joins child and family where nothing does yet.
    pub(super) fn parts(self, place: Place, payloads: Vec<Payload>) -> Parts {
        let record = place.record_now();
        if let Some(family) = record.family {
            return vec![(family, payloads)];
        }
        let child_in_family = Payload::ChildInFamily(ChildInFamily { child: place.stream });
        let (family, begins) = match self.which.get_untracked() {
            Some(Which::Known(family)) => (family, vec![child_in_family]),
            Some(Which::New) | None => {
                let me = place.directory.me.get_untracked();
                let mine = me.as_ref().filter(|me| me.role == Role::Worker).map(|me| me.id);
                let registered = record.standing.access.team.map(|team| {
                    let staff = record.standing.access.assigned.iter().copied().chain(mine).collect();
                    Payload::FamilyRegistered(FamilyRegistered { name: name(self.name), team, staff })
                });
                (self.new, registered.into_iter().chain([child_in_family]).collect())
            }
        };
        let of_family = begins.into_iter().chain(payloads).collect();
        vec![(family, of_family), (place.stream, vec![Payload::FamilyOf(FamilyOf { family })])]
    }
}

/// Families whose records are here and may be written in, with their names.
fn known(place: Place) -> Vec<(StreamId, String)> {
    let mut all: Vec<(StreamId, String)> = place.records.summaries.with_untracked(|summaries| {
        let mine =
            summaries.iter().filter(|(_, of)| untrack(|| place.records.relations.may(&of.access, Action::WriteFacts)));
        mine.filter_map(|(stream, of)| Some((*stream, of.family_name.clone()?))).collect()
    });
    all.sort_by(|one, other| one.1.cmp(&other.1));
    all
}

/// Asks which family it is, where the child has none yet.
#[component]
pub(super) fn WhichFamily(form: FamilyForm, place: Place) -> impl IntoView {
    if place.record_now().family.is_some() {
        return ().into_any();
    }
    let known = known(place);
    let options: Vec<(Which, String)> = std::iter::once((Which::New, tr!("family-new")))
        .chain(known.iter().map(|(stream, name)| (Which::Known(*stream), name.clone())))
        .collect();
    view! {
        {(!known.is_empty()).then(|| view! {
            <Choice id="family" legend=tr!("family-which") hint=tr!("family-which-hint") value=form.which options problems=form.problems/>
        })}
        <Show when=move || form.which.get() == Some(Which::New)>
            <Field id="family-name" label=tr!("family-name") hint=tr!("family-name-hint") value=form.name problems=form.problems/>
        </Show>
    }
    .into_any()
}
