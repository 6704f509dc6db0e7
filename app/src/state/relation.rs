//! How the person at work stands to a record, with those in mind for whom they stand in today.

use domain::access::{Access, Action, Permission, Relation, StandsIn, may};
use domain::id::{CoverId, StaffId, TeamId};
use domain::standing::Cover;
use jiff::civil::Date;
use leptos::prelude::*;

use super::calendar::Calendar;
use super::directory::Directory;
use super::records::{Records, Summaries};

/// For whom the person at work stands in today.
pub(super) fn stands_in(summaries: Summaries, directory: Directory, calendar: Calendar) -> Memo<Vec<StandsIn>> {
    Memo::new(move |_| {
        let (Some(me), today) = (directory.me.get(), calendar.day.get()) else { return Vec::new() };
        let covers = covers(summaries);
        covers.into_iter().filter_map(|(team, _, cover)| cover.stands_in(team, me.actor(), today)).collect()
    })
}

/// Every cover that is on this tablet, with the team that it is recorded in.
fn covers(summaries: Summaries) -> Vec<(TeamId, CoverId, Cover)> {
    summaries.with(|summaries| {
        let teams = summaries.iter().filter_map(|(stream, of)| Some((stream.of_team()?, &of.covers)));
        teams.flat_map(|(team, covers)| covers.iter().map(move |(id, cover)| (team, *id, *cover))).collect()
    })
}

impl Records {
    /// How the person at work stands to a record; follows it.
    pub fn relation(self, access: &Access) -> Option<Relation> {
        let me = self.directory.me.get()?;
        Some(self.stands_in.with(|stands_in| Relation::of(me.actor(), access, stands_in)))
    }

    /// For whom the person at work stands in today; follows it.
    pub fn stands_in(self) -> Vec<StandsIn> {
        self.stands_in.get()
    }

    /// Whose visits the person at work makes today: their own, and those of whom they stand in for; follows it.
    pub fn visit_for(self) -> Vec<StaffId> {
        let me = self.directory.me.get().map(|me| me.id);
        me.into_iter().chain(self.stands_in.get().into_iter().map(|cover| cover.away)).collect()
    }

    /// Whether no child is on this tablet; follows it.
    pub fn has_no_child(self) -> bool {
        self.summaries.with(|summaries| summaries.values().all(|of| of.name.is_none()))
    }

    /// Whether the person at work may do this at once; follows it.
    pub fn may(self, access: &Access, action: Action) -> bool {
        self.relation(access).is_some_and(|relation| may(relation, action) == Permission::Yes)
    }

    /// Covers of the teams of which this tablet knows, that are not over, the earliest first; follows them.
    pub fn covers_from(self, day: Date) -> Vec<(TeamId, CoverId, Cover)> {
        let mut covers = covers(self.summaries);
        covers.retain(|(.., cover)| cover.until >= day);
        covers.sort_by_key(|(.., cover)| (cover.from, cover.until, cover.away));
        covers
    }

    /// Until when the person at work stands in for one of these; follows it.
    pub fn stands_in_until(self, assigned: impl Fn(StaffId) -> bool, today: Date) -> Option<Date> {
        let me = self.directory.me.get()?.id;
        let covers = self.covers_from(today).into_iter().map(|(.., cover)| cover);
        covers
            .filter(|cover| cover.by == me && cover.is_on(today) && assigned(cover.away))
            .map(|cover| cover.until)
            .max()
    }
}
