//! The names of teams, as the council calls them.

use domain::wire::{ChangeStaffRequest, Employed, Staff};
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::typed;
use crate::platform::http::Server;
use crate::words;

/// Each team with its name, to be changed for everybody who is in it.
#[component]
pub(super) fn Teams(staff: Vec<Employed>, again: RwSignal<u32>) -> impl IntoView {
    let rows = super::staff::teams(&staff).into_iter().filter_map(|(team, _)| {
        let member = staff.iter().find(|one| one.staff.team == team)?.staff.clone();
        Some(view! { <TeamName member again/> })
    });
    view! {
        <section class="heard-panel" aria-labelledby="teams">
            <h2 class="heard-panel__title" id="teams">{tr!("staff-teams")}</h2>
            <p class="govuk-hint">{tr!("staff-teams-how")}</p>
            <ul class="heard-list">{rows.collect_view()}</ul>
        </section>
    }
}

/// A name belongs to the team: changed of one who is in it, it is changed of all.
#[component]
fn TeamName(member: Staff, again: RwSignal<u32>) -> impl IntoView {
    let name = RwSignal::new(member.team_name.clone());
    let before = member.team_name.clone();
    let label = tr!("staff-team-rename", {"name" => before.clone()});
    let rename = Action::new_local(move |team_name: &String| {
        let staff = Staff { team_name: team_name.clone(), ..member.clone() };
        async move {
            let renamed = Server.change_staff(&ChangeStaffRequest { staff }).await.map(drop);
            if renamed.is_ok() {
                again.update(|again| *again += 1);
            }
            renamed
        }
    });
    let is_new = move || {
        let name = name.get();
        !name.trim().is_empty() && name.trim() != before
    };
    view! {
        <li class="heard-list__row">
            <input class="govuk-input" type="text" autocomplete="off" aria-label=label prop:value=move || name.get() on:input=move |event| name.set(event_target_value(&event))/>
            <Show when=is_new>
                <button class="govuk-button govuk-button--secondary" type="button" disabled=rename.pending() on:click=move |_| { rename.dispatch_local(typed::name(name)); }>{tr!("staff-team-rename-do")}</button>
            </Show>
            {move || rename.value().get().and_then(Result::err).map(|failure| view! { <span role="alert">{words::failure(&failure)}</span> })}
        </li>
    }
}
