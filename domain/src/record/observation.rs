//! A series of observations, as screens show it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Attributed, Record, Source};
use crate::id::{ObservationId, VisitId};
use crate::payload::Payload;
use crate::payload::observation::{Mark, ObservationRead, ObservationStarted};

/// A series has so many occasions at least†.
pub const OCCASIONS: usize = 3;
/// So many people who know the child watched, at least†.
pub const WATCHERS: usize = 2;

/// One occasion.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// How it began; none while only later parts of it are here.
    pub started: Option<Attributed<ObservationStarted>>,
    /// Every mark, with the device's clock.
    pub marks: Vec<(Timestamp, Mark)>,
    /// What was read in it, by whom.
    pub readings: Vec<Attributed<ObservationRead>>,
}

/// How far a series has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series {
    /// So many occasions.
    pub occasions: usize,
    /// So many people.
    pub watchers: usize,
}

impl Series {
    /// Whether it is more than a note.
    pub fn is_enough(self) -> bool {
        self.occasions >= OCCASIONS && self.watchers >= WATCHERS
    }
}

impl Observation {
    /// During which visit.
    pub fn visit(&self) -> Option<VisitId> {
        self.started.as_ref().map(|started| started.what.visit)
    }

    /// How often each mark was made, in the order of the screen; none that was not.
    pub fn counts(&self) -> Vec<(Mark, usize)> {
        let count = |mark: Mark| self.marks.iter().filter(|(_, made)| *made == mark).count();
        let all = Mark::OF_CHILD.into_iter().chain(Mark::AROUND).map(|mark| (mark, count(mark)));
        all.filter(|(_, count)| *count > 0).collect()
    }

    /// How often a mark was made while what was done went on, and how often otherwise. None where nothing begins.
    pub fn while_it_went_on(&self, mark: Mark) -> Option<(usize, usize)> {
        let mut goes_on = false;
        let (mut begun, mut during, mut otherwise) = (false, 0, 0);
        for (_, made) in &self.marks {
            match made {
                Mark::Begins => (goes_on, begun) = (true, true),
                Mark::Ends => goes_on = false,
                made if *made == mark && goes_on => during += 1,
                made if *made == mark => otherwise += 1,
                _ => {}
            }
        }
        begun.then_some((during, otherwise))
    }
}

impl Record {
    /// The occasions, oldest first.
    pub fn observed(&self) -> Vec<(ObservationId, &Observation)> {
        let mut all: Vec<_> = self.observations.iter().map(|(id, observation)| (*id, observation)).collect();
        all.sort_by_key(|(id, of)| (of.started.as_ref().map(|started| started.source.captured_at), *id));
        all
    }

    /// How far the series has come; none while nobody has watched. A person counts once, however their name is spaced.
    pub fn series(&self) -> Option<Series> {
        let started = self.observations.values().filter_map(|observation| observation.started.as_ref());
        let watchers: BTreeSet<String> = started
            .clone()
            .map(|started| started.what.who.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
            .collect();
        let occasions = started.count();
        (occasions > 0).then_some(Series { occasions, watchers: watchers.len() })
    }
}

pub(super) fn show(observations: &mut BTreeMap<ObservationId, Observation>, payload: &Payload, source: Source) {
    match payload {
        Payload::ObservationStarted(started) => {
            observations.entry(started.observation).or_default().started =
                Some(Attributed { what: started.clone(), source });
        }
        Payload::ObservationMarked(marked) => {
            observations.entry(marked.observation).or_default().marks.push((source.captured_at, marked.mark));
        }
        Payload::MarkTakenBack(taken) => {
            observations.entry(taken.observation).or_default().marks.pop();
        }
        Payload::ObservationRead(read) => {
            observations.entry(read.observation).or_default().readings.push(Attributed { what: read.clone(), source });
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cast::*;
    use crate::payload::observation::{MarkTakenBack, ObservationMarked, Pain};
    use crate::script::Script;

    fn id(n: u128) -> ObservationId {
        ObservationId(uuid::Uuid::from_u128(n))
    }

    fn started(n: u128, who: &str) -> Payload {
        Payload::ObservationStarted(ObservationStarted {
            observation: id(n),
            visit: VISIT,
            what: "music: the drum".into(),
            who: who.into(),
            alertness: 7,
            posture: String::new(),
            health: String::new(),
            pain: Pain::None,
        })
    }

    fn marked(mark: Mark) -> Payload {
        Payload::ObservationMarked(ObservationMarked { observation: id(1), mark })
    }

    #[test]
    fn what_was_done_while_it_went_on_is_told_from_what_was_done_otherwise_and_a_slip_is_taken_back() {
        let mut script = Script::registered();
        script.sade([
            started(1, "Sade Okafor"),
            marked(Mark::Smiles),
            marked(Mark::Begins),
            marked(Mark::Smiles),
            marked(Mark::Smiles),
            marked(Mark::PushesAway),
            Payload::MarkTakenBack(MarkTakenBack { observation: id(1) }),
            marked(Mark::Ends),
            marked(Mark::Frowns),
        ]);
        let record = script.record();
        let observation = &record.observations[&id(1)];
        assert_eq!(observation.while_it_went_on(Mark::Smiles), Some((2, 1)));
        assert_eq!(observation.while_it_went_on(Mark::Frowns), Some((0, 1)));
        assert_eq!(observation.counts(), [(Mark::Smiles, 3), (Mark::Frowns, 1), (Mark::Begins, 1), (Mark::Ends, 1)]);
    }

    #[test]
    fn a_series_needs_three_occasions_and_two_people() {
        let mut script = Script::registered();
        assert_eq!(script.record().series(), None);
        script.sade([started(1, "Sade Okafor"), started(2, "sade  okafor"), started(3, "Sade Okafor")]);
        let series = script.record().series().expect("somebody watched");
        assert_eq!((series.occasions, series.watchers, series.is_enough()), (3, 1, false));
        script.sade([started(3, "Mum")]);
        assert!(script.record().series().is_some_and(Series::is_enough));
    }
}
