//! Who works with a child: allocated, moved on with a note, joined by another team.

use std::collections::BTreeSet;

use domain::Payload;
use domain::id::{StaffId, StreamId};
use domain::payload::child::StaffAssigned;
use domain::permission::{Action, Role};
use domain::wire::Staff;
use leptos::prelude::*;
use leptos_fluent::tr;
use serde::{Deserialize, Serialize};

use super::load::{load_of, workers};
use crate::components::draft::Draft;
use crate::components::typed::some;
use crate::components::{Check, ErrorSummary, Page, Problems, TextArea, saving_all};
use crate::record::{Place, at_record};

/// One worker, and whether the child is theirs.
type Chosen = (StaffId, String, RwSignal<bool>);

/// The form as it stands, for its draft.
#[derive(Serialize, Deserialize)]
struct AllocateWords {
    staff: BTreeSet<StaffId>,
    note: String,
}

/// Who works with the child in the address.
#[component]
pub fn AllocatePage() -> impl IntoView {
    at_record(Action::Allocate, |place| view! { <Allocate place/> }.into_any())
}

/// The child's family, and those who work with any of its children from now on.
fn family_with(place: Place, staff: &BTreeSet<StaffId>) -> Option<(StreamId, BTreeSet<StaffId>)> {
    let family = place.record_now().family?;
    let children = place.records.now(family)?.children.clone();
    let others = place.records.summaries.with_untracked(|summaries| {
        let others = children.iter().filter(|child| **child != place.stream).filter_map(|child| summaries.get(child));
        others.flat_map(|of| of.access.assigned.iter().copied()).collect::<BTreeSet<_>>()
    });
    Some((family, untrack(|| place.directory.still_here(&others.union(staff).copied().collect()))))
}

#[component]
fn Allocate(place: Place) -> impl IntoView {
    let directory = place.directory;
    // Whoever has left has nothing any more, and no reason is asked for that.
    let assigned = untrack(|| directory.still_here(&place.record_now().standing.access.assigned));
    let children = super::children();
    let today = place.calendar.today();
    let choose = |worker: Staff, label: String| (worker.id, label, RwSignal::new(assigned.contains(&worker.id)));
    let team = place.record_now().standing.access.team;
    let own: Vec<Chosen> = untrack(|| workers(directory, team.as_slice()))
        .into_iter()
        .map(|worker| {
            let load = children.with_untracked(|children| load_of(worker.id, children, today));
            let label = tr!("allocate-worker", {"name" => worker.name.clone(), "count" => load.children});
            choose(worker, label)
        })
        .collect();
    let others: Vec<Chosen> = directory.colleagues.with_untracked(|all| {
        let others =
            all.iter().filter(|one| one.role == Role::Worker && !one.employment.has_left() && Some(one.team) != team);
        others
            .map(|one| {
                choose(one.clone(), tr!("team-joint", {"name" => one.name.clone(), "team" => one.team_name.clone()}))
            })
            .collect()
    });
    let joint: BTreeSet<StaffId> = others.iter().map(|(staff, ..)| *staff).collect();
    let has_joint = !joint.is_disjoint(&assigned);
    let note = RwSignal::new(String::new());
    let problems: Problems = RwSignal::new(Vec::new());
    let draft = Draft::named(format!("draft/{}/allocate", place.stream));
    let everybody = StoredValue::new(own.iter().chain(&others).cloned().collect::<Vec<Chosen>>());
    let chosen = move || {
        everybody.with_value(|all| {
            all.iter().filter(|(.., value)| value.get_untracked()).map(|(staff, ..)| *staff).collect::<BTreeSet<_>>()
        })
    };
    draft.restore(move |words: AllocateWords| {
        everybody.with_value(|all| all.iter().for_each(|(staff, _, value)| value.set(words.staff.contains(staff))));
        note.set(words.note);
    });
    let keep = move || draft.keep(|| AllocateWords { staff: chosen(), note: note.get_untracked() });
    let save = saving_all(draft, problems, keep, || "/team".to_owned());
    let busy = save.pending();
    let before = StoredValue::new(assigned);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let staff = chosen();
        let leaves = before.with_value(|before| before.difference(&staff).next().is_some());
        let mut wrong = Vec::new();
        if staff.is_empty() {
            wrong.push(("worker-0", tr!("allocate-nobody")));
        }
        if leaves && some(note).is_none() {
            wrong.push(("note", tr!("allocate-note-missing")));
        }
        if wrong.is_empty() {
            let allocation = |staff: BTreeSet<StaffId>, note| {
                let joint = joint.intersection(&staff).copied().collect();
                vec![Payload::StaffAssigned(StaffAssigned { staff, joint, note })]
            };
            let family = family_with(place, &staff).map(|(family, with)| (family, allocation(with, None)));
            let child = (place.stream, allocation(staff, some(note)));
            save.dispatch_local(std::iter::once(child).chain(family).collect());
        }
        problems.set(wrong);
    };
    let check = |(number, (_, label, value)): (usize, Chosen)| {
        view! { <Check id=format!("worker-{number}") label value/> }
    };
    let count = own.len();
    let name = place.name();
    view! {
        <Page title=tr!("allocate-title") class="heard-page heard-narrow" in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href="/team">{tr!("nav-team")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("allocate-heading", {"name" => name})}</h1>
            <form class="heard-panel heard-form" novalidate on:input=move |_| keep() on:change=move |_| keep() on:submit=submit>
                <fieldset class="govuk-fieldset govuk-form-group">
                    <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{tr!("allocate-workers")}</legend>
                    <div class="govuk-checkboxes">{own.into_iter().enumerate().map(check).collect_view()}</div>
                </fieldset>
                <details class="govuk-details" open=has_joint>
                    <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{tr!("allocate-joint")}</span></summary>
                    <div class="govuk-details__text">
                        <p class="govuk-hint">{tr!("allocate-joint-hint")}</p>
                        <div class="govuk-checkboxes">{others.into_iter().enumerate().map(|(number, one)| check((number + count, one))).collect_view()}</div>
                    </div>
                </details>
                <TextArea id="note" label=tr!("allocate-note") hint=tr!("allocate-note-hint") rows=3 value=note problems/>
                <button class="govuk-button" id="save" type="submit" disabled=busy>
                    {move || if busy.get() { tr!("visit-saving") } else { tr!("visit-save") }}
                </button>
            </form>
        </Page>
    }
}
