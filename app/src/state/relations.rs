//! How the person at work stands to each record, with those in mind for whom they stand in today.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::id::{CoverId, StaffId, StreamId, TeamId};
use domain::permission::{Access, Action, Permission, Relation, StandsIn, may};
use domain::record::summary::Summary;
use domain::standing::Cover;
use jiff::civil::Date;
use leptos::prelude::*;

use super::calendar::Calendar;
use super::directory::Directory;

/// What lists show, by stream.
pub type Summaries = RwSignal<BTreeMap<StreamId, Arc<Summary>>>;

/// How the person at work stands to records. Cheap to copy; found in [`Records`](super::Records).
#[derive(Clone, Copy)]
pub struct Relations {
    summaries: Summaries,
    directory: Directory,
    /// For whom the person at work stands in today.
    pub stands_in: Memo<Vec<StandsIn>>,
}

impl Relations {
    pub(super) fn new(summaries: Summaries, directory: Directory, calendar: Calendar) -> Relations {
        let stands_in = Memo::new(move |_| {
            let (Some(me), today) = (directory.me.get(), calendar.day.get()) else { return Vec::new() };
            let covers = covers(summaries);
            covers.into_iter().filter_map(|(team, _, cover)| cover.stands_in(team, me.actor(), today)).collect()
        });
        Relations { summaries, directory, stands_in }
    }

    /// How they stand to a record; follows it.
    pub fn to(self, access: &Access) -> Option<Relation> {
        let me = self.directory.me.get()?;
        Some(self.stands_in.with(|stands_in| Relation::of(me.actor(), access, stands_in)))
    }

    /// Whether they may do this at once; follows it.
    pub fn may(self, access: &Access, action: Action) -> bool {
        self.to(access).is_some_and(|relation| may(relation, action) == Permission::Yes)
    }

    /// Whether they decide here, on what is not their own work; follows it.
    pub fn decides(self, access: &Access) -> bool {
        let permission = self.to(access).map(|relation| may(relation, Action::Decide));
        matches!(permission, Some(Permission::Yes | Permission::NeverOwnWork))
    }

    /// Whose visits they make today: their own, and those of whom they stand in for; follows it.
    pub fn visits_of(self) -> Vec<StaffId> {
        let me = self.directory.me.get().map(|me| me.id);
        me.into_iter().chain(self.stands_in.get().into_iter().map(|cover| cover.away)).collect()
    }

    /// Covers of the teams of which this tablet knows, that are not over, the earliest first; follows them.
    pub fn covers_from(self, day: Date) -> Vec<(TeamId, CoverId, Cover)> {
        let mut covers = covers(self.summaries);
        covers.retain(|(.., cover)| cover.until >= day);
        covers.sort_by_key(|(.., cover)| (cover.from, cover.until, cover.away));
        covers
    }

    /// Until when they stand in for somebody who works with this record; follows it.
    pub fn stands_in_until(self, access: &Access, today: Date) -> Option<Date> {
        let me = self.directory.me.get()?.actor();
        let covers = covers(self.summaries).into_iter().filter(|(team, _, cover)| {
            cover.stands_in(*team, me, today).is_some() && access.assigned.contains(&cover.away)
        });
        covers.map(|(.., cover)| cover.until).max()
    }
}

/// Every cover that is on this tablet, with the team that it is recorded in.
fn covers(summaries: Summaries) -> Vec<(TeamId, CoverId, Cover)> {
    summaries.with(|summaries| {
        let teams = summaries.iter().filter_map(|(stream, of)| Some((stream.of_team()?, &of.covers)));
        teams.flat_map(|(team, covers)| covers.iter().map(move |(id, cover)| (team, *id, *cover))).collect()
    })
}
