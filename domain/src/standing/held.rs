//! Facts that wait for a manager, at a cost that does not grow with them.
//!
//! A tablet that lost its child sends hundreds of facts at once, and somebody who may only send could go on for ever. So
//! what waits is kept as runs of neighbouring entries by one author, and what admitting it changes here is kept for the
//! few kinds that change anything.
//!
//! Up to [`MOST_RUNS`] runs everything is exact. Beyond, the two that lie closest become one with both as its authors:
//! it may then cover entries that do not wait, of which an admission lets nothing in, and "nobody admits their own" is
//! kept by turning away each of its authors.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::Effect;
use crate::id::StaffId;

/// So many runs are kept apart.
pub const MOST_RUNS: usize = 32;
/// So many effects are kept, the oldest. What waits beyond them shows once it is admitted, and changes nothing here.
pub const MOST_EFFECTS: usize = 32;

/// The facts of one stream that wait for a manager.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Held {
    /// In order, none touching another by the same authors.
    runs: Vec<Run>,
    /// In order of their entries.
    effects: Vec<HeldEffect>,
}

/// Neighbouring entries that wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    first: u64,
    last: u64,
    by: BTreeSet<StaffId>,
}

/// What admitting one entry changes here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct HeldEffect {
    seq: u64,
    #[serde(flatten)]
    fact: HeldFact,
}

/// A held fact: who recorded it, and what admitting it will change here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldFact {
    /// Its author.
    pub by: StaffId,
    /// What it does to the standing once admitted.
    pub effect: Effect,
}

impl Held {
    /// Nothing waits.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Every entry that waits, in order.
    pub fn seqs(&self) -> impl Iterator<Item = u64> + '_ {
        self.runs.iter().flat_map(|run| run.first..=run.last)
    }

    /// Whether an entry waits.
    pub fn contains(&self, seq: u64) -> bool {
        self.authors(seq).is_some()
    }

    /// The author of an entry that waits; in a crowded stream, everybody who might be. None of them may admit it.
    pub fn authors(&self, seq: u64) -> Option<&BTreeSet<StaffId>> {
        let run = self.runs.iter().find(|run| (run.first..=run.last).contains(&seq))?;
        Some(&run.by)
    }

    /// By whom something waits; in a crowded stream, by whom it may.
    pub fn everybody(&self) -> BTreeSet<StaffId> {
        self.runs.iter().flat_map(|run| run.by.iter().copied()).collect()
    }

    /// Where something by this author waits, in order; in a crowded stream, where it may.
    pub fn runs_by(&self, author: StaffId) -> impl Iterator<Item = RangeInclusive<u64>> + '_ {
        self.runs.iter().filter(move |run| run.by.contains(&author)).map(|run| run.first..=run.last)
    }

    /// The next entry of the stream waits.
    pub(super) fn add(&mut self, seq: u64, by: StaffId, effect: Effect) {
        let by_one = BTreeSet::from([by]);
        match self.runs.last_mut() {
            Some(run) if run.last + 1 == seq && run.by == by_one => run.last = seq,
            _ => self.runs.push(Run { first: seq, last: seq, by: by_one }),
        }
        if effect != Effect::None && self.effects.len() < MOST_EFFECTS {
            self.effects.push(HeldEffect { seq, fact: HeldFact { by, effect } });
        }
        self.join();
    }

    /// An entry waits no more; says what that changes.
    pub(super) fn remove(&mut self, seq: u64) -> Option<HeldFact> {
        if let Some(place) = self.runs.iter().position(|run| (run.first..=run.last).contains(&seq)) {
            let run = self.runs.remove(place);
            let after = Run { first: seq + 1, ..run.clone() };
            let before = Run { last: seq - 1, ..run };
            let left = [before, after].into_iter().filter(|run| run.first <= run.last);
            self.runs.splice(place..place, left);
            self.join();
        }
        let effect = self.effects.iter().position(|held| held.seq == seq)?;
        Some(self.effects.remove(effect).fact)
    }

    /// Makes one of the two runs that lie closest, until there are no more than may be.
    fn join(&mut self) {
        while self.runs.len() > MOST_RUNS {
            let gap = |place: &usize| self.runs[place + 1].first - self.runs[*place].last;
            let Some(place) = (0..self.runs.len() - 1).min_by_key(gap) else { return };
            let Run { last, mut by, .. } = self.runs.remove(place + 1);
            self.runs[place].last = last;
            self.runs[place].by.append(&mut by);
        }
    }
}

/// As it may lie in a store: the first version kept every fact by its number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Runs { runs: Vec<Run>, effects: Vec<HeldEffect> },
    EachFact(BTreeMap<String, HeldFact>),
}

impl From<Stored> for Held {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::Runs { runs, effects } => Held { runs, effects },
            Stored::EachFact(facts) => {
                let by_seq: BTreeMap<u64, HeldFact> =
                    facts.into_iter().filter_map(|(seq, fact)| Some((seq.parse().ok()?, fact))).collect();
                let mut held = Held::default();
                for (seq, HeldFact { by, effect }) in by_seq {
                    held.add(seq, by, effect);
                }
                held
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn staff(n: u128) -> StaffId {
        StaffId(Uuid::from_u128(n))
    }

    fn begun() -> Effect {
        Effect::Begun(crate::id::VisitId(Uuid::from_u128(5)), jiff::civil::date(2026, 11, 26))
    }

    fn size(held: &Held) -> usize {
        serde_json::to_string(held).unwrap().len()
    }

    #[test]
    fn a_tablet_s_five_hundred_facts_are_one_run() {
        let mut held = Held::default();
        (10..510).for_each(|seq| held.add(seq, staff(1), Effect::None));
        assert_eq!(held.runs.len(), 1);
        assert!(!held.contains(9) && held.contains(10) && held.contains(509) && !held.contains(510));
        (10..510).for_each(|seq| assert_eq!(held.remove(seq), None));
        assert!(held.is_empty());
    }

    #[test]
    fn what_is_admitted_out_of_the_middle_leaves_both_ends_waiting() {
        let mut held = Held::default();
        (1..=5).for_each(|seq| held.add(seq, staff(1), if seq == 3 { begun() } else { Effect::None }));
        assert_eq!(held.remove(3), Some(HeldFact { by: staff(1), effect: begun() }));
        assert_eq!(held.remove(3), None);
        assert_eq!(held.everybody(), [staff(1)].into());
        assert_eq!(held.runs_by(staff(1)).collect::<Vec<_>>(), [1..=2, 4..=5]);
        assert_eq!(held.runs_by(staff(2)).count(), 0);
        let waiting: Vec<u64> = (0..9).filter(|seq| held.contains(*seq)).collect();
        assert_eq!(waiting, [1, 2, 4, 5]);
    }

    #[test]
    fn however_much_waits_it_stays_small_and_every_author_is_known() {
        let mut held = Held::default();
        for seq in 1..=10_000 {
            // Every other entry, by one of seven people, each changing something.
            held.add(seq * 2, staff(u128::from(seq % 7)), begun());
        }
        assert!(size(&held) < 16_000, "{}", size(&held));
        let largest = size(&held);
        for seq in 1..=10_000 {
            let authors = held.authors(seq * 2).expect("it waits");
            assert!(authors.contains(&staff(u128::from(seq % 7))), "{seq}");
        }
        (1..=10_000).for_each(|seq| held.add(30_000 + seq * 2, staff(9), begun()));
        assert!(size(&held) < largest + 1_000);
    }

    #[test]
    fn what_the_first_version_stored_is_read() {
        let one = staff(1);
        let text = format!(
            r#"{{"12":{{"by":"{one}","effect":"none"}},"3":{{"by":"{one}","effect":{{"begun":["{}","2026-11-26"]}}}},"4":{{"by":"{one}","effect":"none"}}}}"#,
            Uuid::from_u128(5)
        );
        let mut read: Held = serde_json::from_str(&text).unwrap();
        assert!(read.contains(3) && read.contains(4) && read.contains(12) && !read.contains(5));
        assert_eq!(read.remove(3), Some(HeldFact { by: one, effect: begun() }));
        assert_eq!(serde_json::from_str::<Held>("{}").unwrap(), Held::default());
    }

    #[test]
    fn what_waits_survives_its_stored_form() {
        let mut held = Held::default();
        [(2, 1), (3, 1), (7, 2)].into_iter().for_each(|(seq, by)| held.add(seq, staff(by), begun()));
        let text = serde_json::to_string(&held).unwrap();
        assert_eq!(serde_json::from_str::<Held>(&text).unwrap(), held);
    }
}
