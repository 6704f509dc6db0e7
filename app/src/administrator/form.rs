//! What somebody is and does: the fields of an invitation and of a change.

use domain::id::{StaffId, TeamId};
use domain::permission::{Employment, Role};
use domain::wire::Staff;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::{Choice, Field, Problems, typed};
use crate::platform::clock;
use crate::words;

/// Roles in the order in which they are offered.
const ROLES: [Role; 5] = [Role::Worker, Role::Manager, Role::Duty, Role::Auditor, Role::Administrator];

/// The fields as they stand.
#[derive(Clone, Copy)]
pub(super) struct Described {
    name: RwSignal<String>,
    role: RwSignal<Option<Role>>,
    /// None in it is a new team.
    team: RwSignal<Option<Option<TeamId>>>,
    team_name: RwSignal<String>,
    teams: StoredValue<Vec<(TeamId, String)>>,
}

impl Described {
    /// Of somebody new.
    pub(super) fn new(teams: Vec<(TeamId, String)>) -> Described {
        Described {
            name: RwSignal::new(String::new()),
            role: RwSignal::new(None),
            team: RwSignal::new(if teams.is_empty() { Some(None) } else { None }),
            team_name: RwSignal::new(String::new()),
            teams: StoredValue::new(teams),
        }
    }

    /// Of somebody who works here.
    pub(super) fn of(staff: &Staff, teams: Vec<(TeamId, String)>) -> Described {
        let is_in_a_team = !staff.team_name.is_empty();
        let described = Described::new(teams);
        described.name.set(staff.name.clone());
        described.role.set(Some(staff.role));
        described.team.set(Some(is_in_a_team.then_some(staff.team)));
        described.team_name.set(staff.team_name.clone());
        described
    }

    /// Who is described; else what is wrong, by field.
    pub(super) fn read(self, id: StaffId) -> Result<Staff, Vec<(&'static str, String)>> {
        let mut wrong = Vec::new();
        let name = typed::name(self.name);
        if name.is_empty() {
            wrong.push(("staff-name", tr!("staff-name-missing")));
        }
        if self.role.get_untracked().is_none() {
            wrong.push(("staff-role", tr!("staff-role-missing")));
        }
        let new_name = typed::name(self.team_name);
        let team = self.team.get_untracked();
        match team {
            None => wrong.push(("staff-team", tr!("staff-team-missing"))),
            Some(None) if new_name.is_empty() => wrong.push(("staff-team-name", tr!("staff-team-name-missing"))),
            Some(_) => {}
        }
        let (Some(role), Some(team), true) = (self.role.get_untracked(), team, wrong.is_empty()) else {
            return Err(wrong);
        };
        let known = self.teams.with_value(|teams| teams.iter().find(|(known, _)| Some(*known) == team).cloned());
        let (team, team_name) = known.unwrap_or_else(|| (TeamId(replica::create::uuid(clock::now())), new_name));
        Ok(Staff { id, name, role, team, team_name, employment: Employment::Working })
    }
}

/// The fields.
#[component]
pub(super) fn StaffFields(described: Described, problems: Problems) -> impl IntoView {
    let Described { name, role, team, team_name, teams } = described;
    let roles = ROLES.map(|role| (role, words::role(role))).to_vec();
    let known = teams.get_value().into_iter().map(|(team, name)| (Some(team), name));
    let teams: Vec<(Option<TeamId>, String)> = known.chain([(None, tr!("staff-team-new"))]).collect();
    view! {
        <Field id="staff-name" label=tr!("staff-name") value=name problems/>
        <Choice id="staff-role" legend=tr!("staff-role") value=role options=roles problems/>
        <Choice id="staff-team" legend=tr!("staff-team") value=team options=teams problems/>
        <Show when=move || team.get() == Some(None)>
            <Field id="staff-team-name" label=tr!("staff-team-name") value=team_name problems/>
        </Show>
    }
}
