//! Who stands in for whom, as a team's record tells it.

use serde::{Deserialize, Serialize};

use super::{Attributed, Source};
use crate::payload::Payload;
use crate::payload::team::{CoverArranged, CoverEnded};

/// What happened to a cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CoverStep {
    /// It was arranged, or corrected.
    Arranged(CoverArranged),
    /// It was ended early.
    Ended(CoverEnded),
}

/// Brings the history of a team's covers up to date with an accepted operation.
pub(super) fn show(covers: &mut Vec<Attributed<CoverStep>>, payload: &Payload, source: Source) {
    let what = match payload {
        Payload::CoverArranged(arranged) => CoverStep::Arranged(arranged.clone()),
        Payload::CoverEnded(ended) => CoverStep::Ended(ended.clone()),
        _ => return,
    };
    covers.push(Attributed { what, source });
}
