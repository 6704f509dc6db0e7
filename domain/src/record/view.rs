//! One view of a child, with the activity that it came from.

use super::capture::{Capture, Placed};
use crate::asking::Kind;
use crate::id::ViewId;
use crate::payload::capture::{Audience, Card};

/// One view: what the child conveyed about one option, with the activity it came from.
#[derive(Clone, Copy, Debug)]
pub struct CaptureView<'a> {
    /// The activity.
    pub capture: &'a Capture,
    /// The option and where it lies.
    pub placed: &'a Placed,
}

impl<'a> CaptureView<'a> {
    /// The view's identity.
    pub fn id(&self) -> ViewId {
        ViewId { capture: self.capture.id, option: self.placed.option.id.clone() }
    }

    /// The place in which the option lies.
    pub fn place(&self) -> Option<Card> {
        self.capture.lies(self.placed)
    }

    /// What it is about, in a few words. Where several pictures are shown, the option is only a turn: first, then, next.
    pub fn about(&self) -> String {
        let option = self.placed.option.words.clone();
        let is_turn = self.capture.asking.kind() == Some(Kind::Several);
        if is_turn { self.place().map_or(option, |place| place.words) } else { option }
    }

    /// Whether the child asked that these people should not see it.
    pub fn is_kept_from(&self, audience: Audience) -> bool {
        self.capture.is_kept_from(audience) && !self.capture.is_told_of(audience, &self.placed.option.id)
    }

    /// Whether the child said that these people may be told of it: of all of the activity, or of this.
    pub fn may_be_told(&self, audience: Audience) -> bool {
        self.capture.may_be_told(audience) || self.capture.is_told_of(audience, &self.placed.option.id)
    }
}
