//! What the council has set for all its tablets.

use domain::id::StreamId;
use domain::payload::council::{Hours, Reminders, SettingsSet};
use leptos::prelude::*;

use super::library::opened;
use super::records::Records;

/// The council's settings; what they are until it says otherwise, where it has not or its record is not here.
#[derive(Clone, Copy)]
pub struct CouncilSettings {
    /// As they were set.
    pub set: Memo<Option<SettingsSet>>,
}

impl CouncilSettings {
    /// Follows them for as long as the owner of this lives.
    pub fn of(records: Records) -> CouncilSettings {
        let set = Memo::new(move |_| {
            let council = opened(records, StreamId::council())?.get()?;
            Some(council.settings.as_ref()?.what.clone())
        });
        CouncilSettings { set }
    }

    /// When somebody is reminded.
    pub fn reminders(self) -> Reminders {
        self.set.with(|set| set.as_ref().map(|set| set.reminders).unwrap_or_default())
    }

    /// When people are usually at work.
    pub fn hours(self) -> Hours {
        self.set.with(|set| set.as_ref().map(|set| set.hours).unwrap_or_default())
    }
}
