//! Who is at work, and whose names may appear.

use std::collections::BTreeSet;

use domain::id::{StaffId, TeamId};
use domain::permission::Role;
use domain::wire::{SessionResponse, Staff};
use leptos::prelude::*;

/// The people. Cheap to copy; found in the context.
#[derive(Clone, Copy)]
pub struct Directory {
    /// Who is at work.
    pub me: RwSignal<Option<Staff>>,
    /// Whose names may appear.
    pub colleagues: RwSignal<Vec<Staff>>,
}

impl Directory {
    pub(super) fn provide() -> Directory {
        let directory = Directory { me: RwSignal::new(None), colleagues: RwSignal::new(Vec::new()) };
        provide_context(directory);
        directory
    }

    /// The application's directory.
    pub fn get() -> Directory {
        expect_context()
    }

    /// A member of staff's name.
    pub fn name_of(self, staff: StaffId) -> String {
        let me = self.me.get().filter(|me| me.id == staff).map(|me| me.name);
        me.or_else(|| self.colleagues.with(|all| all.iter().find(|one| one.id == staff).map(|one| one.name.clone())))
            .unwrap_or_else(|| "a colleague".to_owned())
    }

    /// A member of staff, as far as they are known here.
    pub fn colleague(self, staff: StaffId) -> Option<Staff> {
        let me = self.me.with(|me| me.clone().filter(|me| me.id == staff));
        me.or_else(|| self.colleagues.with(|all| all.iter().find(|one| one.id == staff).cloned()))
    }

    /// Those of several who have not left: what is allocated to the others is with nobody.
    pub fn still_here(self, staff: &BTreeSet<StaffId>) -> BTreeSet<StaffId> {
        let has_left = |id| self.colleague(id).is_some_and(|one| one.employment.has_left());
        staff.iter().copied().filter(|id| !has_left(*id)).collect()
    }

    /// The names of several, in one line; none if it is nobody.
    pub fn names_of<'a>(self, staff: impl IntoIterator<Item = &'a StaffId>) -> Option<String> {
        let names: Vec<String> = staff.into_iter().map(|one| self.name_of(*one)).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// The teams that work with children, by name.
    pub fn teams_with_children(self) -> Vec<(TeamId, String)> {
        let works = |one: &&Staff| matches!(one.role, Role::Worker | Role::Manager);
        let mut teams: Vec<(String, TeamId)> = self
            .colleagues
            .with_untracked(|all| all.iter().filter(works).map(|one| (one.team_name.clone(), one.team)).collect());
        teams.sort();
        teams.dedup_by_key(|(_, team)| *team);
        teams.into_iter().map(|(name, team)| (team, name)).collect()
    }

    /// A team's name, and the names of its managers.
    pub fn team(self, team: TeamId) -> (String, String) {
        self.colleagues.with(|all| {
            let of_team = || all.iter().filter(|one| one.team == team);
            let managers = of_team()
                .filter(|one| one.role == Role::Manager && one.employment.works())
                .map(|one| one.name.as_str());
            let name = of_team().next().map(|one| one.team_name.clone()).unwrap_or_default();
            (name, managers.collect::<Vec<_>>().join(", "))
        })
    }

    /// Whether these are the people that are known.
    pub(super) fn is(self, session: &SessionResponse) -> bool {
        let is_me = self.me.with_untracked(|me| me.as_ref() == Some(&session.staff));
        is_me && self.colleagues.with_untracked(|all| *all == session.colleagues)
    }

    pub(super) fn set(self, session: SessionResponse) {
        self.me.set(Some(session.staff));
        self.colleagues.set(session.colleagues);
    }

    pub(super) fn forget(self) {
        self.me.set(None);
        self.colleagues.set(Vec::new());
    }
}
