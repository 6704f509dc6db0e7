//! What a mat shows next: a pure function of what has happened so far, so that a reload, a crash or a second tablet
//! shows the same thing.
//!
//! One option at a time, in the stored order; a card the child brought with *something else* comes next. Then the
//! review, then "Who can see this?", then the end. Nothing here praises, hurries or preselects.

use crate::id::PresentationId;
use crate::payload::Payload;
use crate::payload::capture::{Card, Placement};
use crate::record::capture::Capture;

/// What the mat shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatStep {
    /// This option is to be shown: nothing has been shown yet, or the last one is settled.
    Show(Card),
    /// This option is on the screen and waits for the child.
    Waiting {
        /// Which showing.
        presentation: PresentationId,
        /// What is shown.
        option: Card,
    },
    /// Everything has been asked: the child looks at the whole mat.
    Review,
    /// The child says who may see it.
    Sharing,
    /// The child is content and has said who may see it; the end is still to be written down.
    Finish,
    /// It has ended.
    Ended,
}

/// Says what a mat shows next.
pub fn next(capture: &Capture) -> MatStep {
    if capture.ended.is_some() || capture.stopped() {
        return MatStep::Ended;
    }
    if let Some((presentation, option)) = &capture.open_presentation {
        return MatStep::Waiting { presentation: *presentation, option: option.clone() };
    }
    if let Some(card) = just_brought(capture) {
        return MatStep::Show(card.clone());
    }
    let unsettled = |card: &&Card| !capture.is_settled(&card.id);
    if let Some(card) = capture.brought.iter().find(unsettled).or_else(|| capture.options.iter().find(unsettled)) {
        return MatStep::Show(card.clone());
    }
    match (&capture.reviewed, &capture.sharing) {
        (None, _) if !capture.placements.is_empty() => MatStep::Review,
        (_, None) if !capture.placements.is_empty() => MatStep::Sharing,
        _ => MatStep::Finish,
    }
}

/// The card the child has this moment brought. One that lies somewhere already is asked again: the child changes their mind.
fn just_brought(capture: &Capture) -> Option<&Card> {
    let mut steps = capture.steps.iter().rev().map(|step| &step.payload);
    match steps.find(|payload| !matches!(payload, Payload::Paused(_)))? {
        Payload::Escaped(escaped) => escaped.chose.as_ref(),
        _ => None,
    }
}

/// Where every option lies, in the order in which they were placed.
pub fn placements(capture: &Capture) -> Vec<Placement> {
    capture
        .placements
        .iter()
        .map(|placed| Placement { option: placed.option.id.clone(), cell: placed.cell.clone() })
        .collect()
}
