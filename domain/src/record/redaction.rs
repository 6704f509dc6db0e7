//! Proposals to destroy words and what became of them: the register of what was destroyed.

use serde::{Deserialize, Serialize};

use super::{Attributed, Source};
use crate::payload::Payload;
use crate::payload::keeping::RedactionProposed;

/// A proposal to destroy an entry's words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Redaction {
    /// Which entry, by its place now.
    pub seq: u64,
    /// What was asked, and by whom.
    pub proposed: Attributed<RedactionProposed>,
    /// What became of it: none while it waits.
    pub outcome: Option<Attributed<RedactionOutcome>>,
}

/// What became of a proposal to destroy words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RedactionOutcome {
    /// A second person agreed: they are destroyed.
    Destroyed,
    /// They stay, for this reason.
    Declined(String),
}

/// Brings the register up to date with an accepted operation; `named` is the present place of the one that it names.
pub(super) fn show(redactions: &mut Vec<Redaction>, payload: &Payload, source: Source, named: impl Fn(u64) -> u64) {
    let (seq, what) = match payload {
        Payload::RedactionProposed(of) => {
            let proposed = Attributed { what: of.clone(), source };
            redactions.push(Redaction { seq: named(of.seq), proposed, outcome: None });
            return;
        }
        Payload::RedactionDeclined(of) => (of.seq, RedactionOutcome::Declined(of.reason.clone())),
        Payload::Redacted(of) => (of.seq, RedactionOutcome::Destroyed),
        _ => return,
    };
    let waits = |redaction: &&mut Redaction| redaction.seq == named(seq) && redaction.outcome.is_none();
    if let Some(redaction) = redactions.iter_mut().find(waits) {
        redaction.outcome = Some(Attributed { what, source });
    }
}
