//! The names of teams, as the council calls them.

use domain::id::TeamId;
use domain::wire::{Employed, RenameTeamRequest};
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::typed;
use crate::platform::http::Server;
use crate::words;

/// The teams of those who work here, each once, in the order of the list.
pub(super) fn teams(staff: &[Employed]) -> Vec<(TeamId, String)> {
    let mut teams: Vec<(TeamId, String)> = Vec::new();
    for one in staff.iter().map(|one| &one.staff).filter(|one| !one.team_name.is_empty()) {
        if teams.iter().all(|(team, _)| *team != one.team) {
            teams.push((one.team, one.team_name.clone()));
        }
    }
    teams
}

/// Each team with its name, to be changed for everybody who is in it.
#[component]
pub(super) fn Teams(staff: Vec<Employed>, again: RwSignal<u32>) -> impl IntoView {
    let rows = teams(&staff).into_iter().map(|(team, before)| view! { <TeamName team before again/> });
    view! {
        <section class="heard-panel" aria-labelledby="teams">
            <h2 class="heard-panel__title" id="teams">{tr!("staff-teams")}</h2>
            <p class="govuk-hint">{tr!("staff-teams-how")}</p>
            <ul class="heard-list">{rows.collect_view()}</ul>
        </section>
    }
}

#[component]
fn TeamName(team: TeamId, before: String, again: RwSignal<u32>) -> impl IntoView {
    let name = RwSignal::new(before.clone());
    let label = tr!("staff-team-rename", {"name" => before.clone()});
    let rename = Action::new_local(move |name: &String| {
        let name = name.clone();
        async move {
            let renamed = Server.rename_team(team, &RenameTeamRequest { name }).await;
            if renamed.is_ok() {
                again.update(|again| *again += 1);
            }
            renamed
        }
    });
    let is_new = Memo::new(move |_| {
        let name = name.get();
        !name.trim().is_empty() && name.trim() != before
    });
    view! {
        <li>
            <form class="heard-list__row" novalidate on:submit=move |event| { event.prevent_default(); if is_new.get_untracked() { rename.dispatch_local(typed::name(name)); } }>
            <input class="govuk-input" type="text" autocomplete="off" aria-label=label prop:value=move || name.get() on:input=move |event| name.set(event_target_value(&event))/>
            <Show when=move || is_new.get()>
                <button class="govuk-button govuk-button--secondary" type="submit" disabled=rename.pending()>{tr!("staff-team-rename-do")}</button>
            </Show>
            {move || rename.value().get().and_then(Result::err).map(|failure| view! { <span role="alert">{words::failure(&failure)}</span> })}
            </form>
        </li>
    }
}
