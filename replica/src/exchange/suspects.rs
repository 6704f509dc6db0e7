//! Finding the one operation that the server will not take, by halves.
//!
//! ```text
//! 8 refused ─▶ 4 taken ─▶ the other 4 are suspect ─▶ 2 refused ─▶ 1 taken ─▶ the other 1 is it
//! ```
//! One bad operation among `n` costs at most ⌈log₂ n⌉ + 1 requests more than none.

use std::collections::BTreeSet;

use domain::hash::Hash;
use domain::wire::PushRequest;

use super::{Failure, PushPlan};

/// The operations among which the server found a bad one, in the order in which they go; none while nothing is wrong.
#[derive(Clone, Debug, Default)]
pub struct Suspects {
    among: Vec<Hash>,
    why: Option<Failure>,
}

impl Suspects {
    /// Sends half of the suspects next, and nothing beside them.
    pub fn narrow(&self, mut plan: PushPlan) -> PushPlan {
        let first = plan.streams.first().and_then(|push| push.operations.first());
        if !first.is_some_and(|item| self.among.contains(&item.sha256)) {
            return plan;
        }
        let mut room = (self.among.len() / 2).max(1);
        for push in &mut plan.streams {
            push.operations.truncate(room);
            room -= push.operations.len();
        }
        plan.streams.retain(|push| !push.operations.is_empty());
        plan
    }

    /// One of these is bad.
    pub fn refused(&mut self, request: &PushRequest, why: &Failure) {
        self.among = hashes(request).collect();
        self.why = Some(why.clone());
    }

    /// All of these are good. Says why the others are suspect, if any are left.
    pub fn taken(&mut self, request: &PushRequest) -> Option<Failure> {
        let good: BTreeSet<Hash> = hashes(request).collect();
        self.among.retain(|hash| !good.contains(hash));
        if self.among.is_empty() { None } else { self.why.clone() }
    }

    /// The bad one, once all others are cleared.
    pub fn found(&self) -> Option<Hash> {
        match self.among.as_slice() {
            [bad] => Some(*bad),
            _ => None,
        }
    }
}

fn hashes(request: &PushRequest) -> impl Iterator<Item = Hash> + '_ {
    request.streams.iter().flat_map(|push| &push.operations).map(|item| item.sha256)
}
