//! How one choice was reached, as it is stored with the answer: late, early and missed presses, and a lean to a place or to an
//! order of offering, can be told from it.

use serde::{Deserialize, Serialize};

use crate::{Ms, Offer};

/// So many offers are kept of one choice, the last ones: a scan that went round for minutes tells no more by its beginning.
const OFFERS_KEPT: usize = 60;
/// So many presses that were not taken are kept, the last ones.
const NOT_TAKEN_KEPT: usize = 40;

/// How one choice was reached. Times count from when the screen came or the last choice was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// What was offered one after the other, the choice last; empty where nothing is offered in turn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offered: Vec<Offered>,
    /// In which round the choice was made, the first being 1; 0 where there are none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub round: u32,
    /// How often its rounds were over before and nothing was chosen: scanning rested until a press began it anew.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rests: u32,
    /// From the highlight, or from going down, to the press that counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub press_ms: Option<Ms>,
    /// A press that counted for the place before, having come just after the highlight had gone on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub was_late: bool,
    /// It was no choice of a place: a switch was kept down so long that everything stopped.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub was_kept: bool,
    /// Presses that did not count, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_taken: Vec<NotTaken>,
}

impl Reached {
    /// Whether there is more to tell than how long a press lasted.
    pub fn tells_more_than_a_press(&self) -> bool {
        !self.offered.is_empty() || self.was_kept || !self.not_taken.is_empty()
    }
}

/// One offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// The targets offered: one, or a group.
    pub targets: Vec<String>,
    /// When.
    pub after_ms: Ms,
}

/// A press that did not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotTaken {
    /// When it went down.
    pub after_ms: Ms,
    /// Why not.
    pub why: Why,
}

/// Why a press did not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It came as the switch or finger was still bouncing.
    Bounce,
    /// It did not last.
    TooShort,
    /// It came too soon after the choice before.
    TooSoon,
    /// Another switch or finger was down.
    TwoAtOnce,
    /// Nothing was offered.
    NothingOffered,
    /// It left the place that it went down on.
    SlidOff,
    /// It stayed: a palm or an arm that rests.
    Rests,
}

/// Writes down how the next choice is reached.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trace {
    since: Ms,
    reached: Reached,
}

impl Trace {
    pub(crate) fn begin(now: Ms) -> Trace {
        Trace { since: now, reached: Reached::default() }
    }

    pub(crate) fn offered(&mut self, offer: &Offer, now: Ms) {
        let targets = match offer {
            Offer::Nothing => return,
            Offer::Target(id) => vec![id.clone()],
            Offer::Group(ids) | Offer::Back(ids) => ids.clone(),
        };
        let after_ms = now.saturating_sub(self.since);
        push(&mut self.reached.offered, Offered { targets, after_ms }, OFFERS_KEPT);
    }

    /// The rounds were over.
    pub(crate) fn rested(&mut self) {
        self.reached.rests += 1;
    }

    pub(crate) fn not_taken(&mut self, why: Why, at: Ms) {
        push(&mut self.reached.not_taken, NotTaken { after_ms: at.saturating_sub(self.since), why }, NOT_TAKEN_KEPT);
    }

    /// What led to a choice, and a new beginning.
    pub(crate) fn chosen(&mut self, round: u32, press_ms: Ms, was_late: bool, now: Ms) -> Reached {
        let reached = std::mem::take(self).reached;
        self.since = now;
        Reached { round, press_ms: Some(press_ms), was_late, ..reached }
    }
}

fn push<T>(kept: &mut Vec<T>, one: T, most: usize) {
    if kept.len() == most {
        kept.remove(0);
    }
    kept.push(one);
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}
