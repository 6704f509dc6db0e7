//! The form of what is kept beside a log: with the versions of the rules it was made by. What other rules made is made anew.

use domain::Hash;
use domain::record::summary::Summary;
use domain::record::{kept, summary};
use domain::standing::FOLD;
use serde::{Deserialize, Serialize};

/// The rules by which a record is folded and kept.
const RULES: [u32; 2] = [FOLD, kept::VERSION];
const HEADER: usize = 8;

/// A summary with a stamp of all it was made from.
#[derive(Serialize, Deserialize)]
pub(super) struct KeptSummary {
    rules: [u32; 3],
    stamp: Hash,
    summary: Summary,
}

impl KeptSummary {
    pub(super) fn new(stamp: Hash, summary: Summary) -> KeptSummary {
        KeptSummary { rules: [FOLD, kept::VERSION, summary::VERSION], stamp, summary }
    }

    pub(super) fn write(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a summary has string keys only")
    }

    /// The summary, if it was made by these rules; and whether from what has this stamp.
    pub(super) fn read(text: &[u8], stamp: Hash) -> Option<(Summary, bool)> {
        let kept: KeptSummary = serde_json::from_slice(text).ok()?;
        let is_ours = kept.rules == [FOLD, kept::VERSION, summary::VERSION];
        is_ours.then_some((kept.summary, kept.stamp == stamp))
    }
}

/// A part of a kept record, as it is sealed: the rules, then its text.
pub(super) fn seal_kept(text: &[u8]) -> Vec<u8> {
    let rules = RULES.iter().flat_map(|rule| rule.to_le_bytes());
    rules.chain(text.iter().copied()).collect()
}

/// The text of a part that was kept by these rules.
pub(super) fn current(mut sealed: Vec<u8>) -> Option<Vec<u8>> {
    let is_current = sealed.get(..HEADER) == Some(seal_kept(&[]).as_slice());
    is_current.then(|| sealed.split_off(HEADER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_rules_kept_is_not_read() {
        let kept = seal_kept(b"{}");
        assert_eq!(current(kept.clone()), Some(b"{}".to_vec()));
        let older = [(FOLD + 1).to_le_bytes().to_vec(), kept[4..].to_vec()].concat();
        assert_eq!(current(older), None);
        assert_eq!(current(Vec::new()), None);
    }

    #[test]
    fn a_summary_of_something_else_is_told_and_one_by_other_rules_is_not_read() {
        let (stamp, other) = (Hash::of(b"one"), Hash::of(b"other"));
        let kept = KeptSummary::new(stamp, Summary::default());
        assert_eq!(KeptSummary::read(&kept.write(), stamp), Some((Summary::default(), true)));
        assert_eq!(KeptSummary::read(&kept.write(), other), Some((Summary::default(), false)));
        let older = KeptSummary { rules: [FOLD, kept::VERSION, summary::VERSION + 1], ..kept };
        assert_eq!(KeptSummary::read(&older.write(), stamp), None);
        assert_eq!(KeptSummary::read(b"{", stamp), None);
    }
}
