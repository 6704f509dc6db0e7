//! How much each worker of the team carries.

use domain::id::{StaffId, TeamId};
use domain::permission::Role;
use domain::wire::Staff;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use leptos::prelude::*;
use leptos_fluent::tr;

use super::Child;
use super::cover::managed;
use crate::state::{Directory, Records};

/// What one worker carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Load {
    pub(super) children: usize,
    /// Visits planned or made from Monday to Sunday.
    visits: usize,
    /// Visits whose day has passed and that have not begun.
    overdue: usize,
}

pub(super) fn load_of(worker: StaffId, children: &[Child], today: Date) -> Load {
    let monday = today.saturating_sub(i64::from(today.weekday().since(Weekday::Monday)).days());
    let week = monday..=monday.saturating_add(6.days());
    let mut load = Load::default();
    for (_, of) in children {
        load.children += usize::from(of.access.assigned.contains(&worker));
        for visit in of.visits.values().filter(|visit| !visit.is_cancelled) {
            let planned = visit.planned.as_ref().filter(|planned| planned.by == worker).map(|planned| planned.on);
            let begun = visit.started.filter(|(_, by)| *by == worker).map(|(on, _)| on);
            load.visits += usize::from(begun.or(planned).is_some_and(|on| week.contains(&on)));
            load.overdue += usize::from(visit.is_ahead() && planned.is_some_and(|on| on < today));
        }
    }
    load
}

/// The workers of these teams, by name.
pub(super) fn workers(directory: Directory, teams: &[TeamId]) -> Vec<Staff> {
    directory.colleagues.with(|all| {
        all.iter()
            .filter(|one| one.role == Role::Worker && !one.employment.has_left() && teams.contains(&one.team))
            .cloned()
            .collect()
    })
}

/// Each worker's children, visits of this week, and what is overdue.
#[component]
pub(super) fn WhoHasHowMuch(children: Memo<Vec<Child>>, today: Date) -> impl IntoView {
    let (records, directory) = (Records::get(), Directory::get());
    let rows = move || {
        let loads = children.with(|children| {
            let all = workers(directory, &managed(records, directory)).into_iter();
            all.map(|worker| (load_of(worker.id, children, today), worker)).collect::<Vec<_>>()
        });
        let most = loads.iter().map(|(load, _)| load.children).max().unwrap_or_default().max(1);
        loads
            .into_iter()
            .map(|(load, worker)| {
                let overdue = (load.overdue > 0).then(|| tr!("load-overdue", {"count" => load.overdue}));
                view! {
                    <li class="heard-list__row heard-list__row--stacked load">
                        <p class="load__head"><strong>{worker.name}</strong><span>{tr!("load-children", {"count" => load.children})}</span></p>
                        <meter class="load__bar" min="0" max=most value=load.children aria-hidden="true"></meter>
                        <p class="heard-list__words">{tr!("load-visits", {"count" => load.visits})}{overdue.map(|overdue| view! { ", "<strong class="load__overdue">{overdue}</strong> })}</p>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <section class="heard-panel" aria-labelledby="load">
            <h2 class="heard-panel__title" id="load">{tr!("team-load")}</h2>
            <ul class="heard-list">{rows}</ul>
        </section>
    }
}
