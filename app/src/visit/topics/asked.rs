//! How far a question has come in this visit.

use domain::Record;
use domain::id::VisitId;
use domain::payload::capture::EndedBy;
use domain::record::capture::Capture;
use leptos_fluent::tr;

/// How far an activity has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Everything was asked.
    Done,
    /// The child stopped it after so many cards.
    Stopped(usize),
    /// The worker ended it after so many cards.
    Ended(usize),
    /// It was left without an end.
    LeftOpen,
}

impl Asked {
    /// How far this one has come.
    pub fn of(capture: &Capture) -> Asked {
        let cards = capture.counted().settled();
        match &capture.ended {
            None => Asked::LeftOpen,
            // To stop is part of a warm-up.
            Some(_) if capture.asking.is_practice() => Asked::Done,
            Some(_) if capture.stopped() => Asked::Stopped(cards),
            Some(told) => match told.what {
                EndedBy::Finished => Asked::Done,
                EndedBy::Child => Asked::Stopped(cards),
                EndedBy::Worker => Asked::Ended(cards),
            },
        }
    }
}

/// How far a question has come in a visit; none where it was not asked. The last asking counts.
pub fn asked(record: &Record, visit: VisitId, question: &str) -> Option<Asked> {
    let mine = record.captures.values().filter(|capture| capture.visit == visit && capture.question.id == question);
    last_asked(mine)
}

/// How far the last of these has come.
pub fn last_asked<'a>(captures: impl Iterator<Item = &'a Capture>) -> Option<Asked> {
    captures.max_by_key(|capture| (capture.started.captured_at, capture.id)).map(Asked::of)
}

/// The same in words.
pub fn asked_tag(asked: Asked) -> String {
    match asked {
        Asked::Done => tr!("visit-asked-done"),
        Asked::Stopped(cards) => tr!("visit-asked-stopped", {"cards" => cards}),
        Asked::Ended(cards) => tr!("visit-asked-ended", {"cards" => cards}),
        Asked::LeftOpen => tr!("visit-asked-open"),
    }
}
