//! Where entries went that got another place after a restore.
//!
//! Admissions and redactions name entries by their place. One that was itself handed back after a restore names places
//! of the order in which it was written: this finds them again. Entries that kept their number need no row.

use serde::{Deserialize, Serialize};

use crate::entry::Was;

/// So many runs are kept, the newest: one for each time that entries were handed back behind newer ones.
const MOST_RUNS: usize = 64;

/// The moves of one stream.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moved(Vec<Run>);

/// Neighbouring entries that moved together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    epoch: u64,
    first: u64,
    last: u64,
    to: u64,
}

impl Moved {
    /// Nothing moved.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Notes that an entry has another place now. Twice is the same as once.
    pub fn note(&mut self, was: Was, seq: u64) {
        if self.find(was.epoch, was.seq) == seq {
            return;
        }
        match self.0.last_mut() {
            Some(run) if run.epoch == was.epoch && run.last + 1 == was.seq && run.to + (was.seq - run.first) == seq => {
                run.last = was.seq;
            }
            _ => self.0.push(Run { epoch: was.epoch, first: was.seq, last: was.seq, to: seq }),
        }
        if self.0.len() > MOST_RUNS {
            self.0.remove(0);
        }
    }

    /// The present place of what an entry names as `seq`; `was` is where that entry itself stood.
    pub fn named(&self, was: Option<Was>, seq: u64) -> u64 {
        was.map_or(seq, |was| self.find(was.epoch, seq))
    }

    fn find(&self, epoch: u64, seq: u64) -> u64 {
        let holds = |run: &&Run| run.epoch == epoch && (run.first..=run.last).contains(&seq);
        self.0.iter().rev().find(holds).map_or(seq, |run| run.to + (seq - run.first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_moved_together_are_one_run_and_are_found() {
        let mut moved = Moved::default();
        (9..=200).for_each(|seq| moved.note(Was { epoch: 1, seq }, seq + 2));
        assert_eq!(moved.0.len(), 1);
        let was = Some(Was { epoch: 1, seq: 150 });
        assert_eq!((moved.named(was, 8), moved.named(was, 9), moved.named(was, 200)), (8, 11, 202));
        assert_eq!(moved.named(None, 9), 9, "written in the present order");
        assert_eq!(moved.named(Some(Was { epoch: 2, seq: 1 }), 9), 9, "written in another order");
    }

    #[test]
    fn entries_that_kept_their_place_leave_no_trace() {
        let mut moved = Moved::default();
        (1..=5).for_each(|seq| moved.note(Was { epoch: 1, seq }, seq));
        assert!(moved.is_empty());
    }

    #[test]
    fn noting_twice_is_noting_once() {
        let mut moved = Moved::default();
        let once = [(9, 12), (10, 13), (20, 21)];
        once.iter().for_each(|(seq, to)| moved.note(Was { epoch: 1, seq: *seq }, *to));
        let noted = moved.clone();
        once.iter().rev().for_each(|(seq, to)| moved.note(Was { epoch: 1, seq: *seq }, *to));
        assert_eq!(moved, noted);
    }
}
