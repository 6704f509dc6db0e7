//! What was recorded, in as few lines as a person would write: the taps of one activity are one line, not forty.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::item::{Item, ItemState};
use super::{Record, capture};
use crate::id::CaptureId;
use crate::payload::Payload;
use crate::payload::plan::{Field, FieldKind, SetField};

/// What a line is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// An activity with the child, with its topic where that is known.
    Activity {
        /// Which; none where only its kind is known.
        capture: Option<CaptureId>,
        /// The topic's words.
        topic: Option<String>,
    },
    /// Words of the plan.
    PlanWords,
    /// Dates of referral and assessment.
    Dates,
    /// Anything else, by its kind on the wire.
    Kind(String),
    /// It could not be read.
    Unreadable,
}

impl Subject {
    /// The subject of a kind of which nothing else is known.
    pub fn of_kind(kind: &str) -> Subject {
        match kind {
            "CaptureStarted" | "Presented" | "Answered" | "Moved" | "TakenBack" | "LineDrawn" | "LineTakenBack"
            | "WordsTyped" | "Escaped" | "Paused" | "Reviewed" | "SharingChosen" | "CaptureEnded" => {
                Subject::Activity { capture: None, topic: None }
            }
            "Assented" | "VisitEnded" => Subject::Kind("VisitStarted".to_owned()),
            "ObservationMarked" | "MarkTakenBack" | "ObservationRead" => Subject::Kind("ObservationStarted".to_owned()),
            "ActionOutcome" => Subject::Kind("ActionAdded".to_owned()),
            kind => Subject::Kind(kind.to_owned()),
        }
    }

    fn of(payload: &Payload, record: &Record) -> Subject {
        if let Some(capture) = capture_of(payload) {
            let topic = record.captures.get(&capture).map(|capture| capture.question.topic.words.clone());
            return Subject::Activity { capture: Some(capture), topic };
        }
        match payload {
            Payload::SetField(SetField { field: Field::ReferralReceived | Field::AssessmentStarted, .. }) => {
                Subject::Dates
            }
            Payload::SetField(set) if set.field.kind() == FieldKind::PlanWords => Subject::PlanWords,
            payload => Subject::of_kind(payload.kind()),
        }
    }
}

/// The activity that something belongs to, from its beginning to its end.
fn capture_of(payload: &Payload) -> Option<CaptureId> {
    match payload {
        Payload::CaptureStarted(of) => Some(of.capture),
        Payload::SharingChosen(of) => Some(of.capture),
        Payload::CaptureEnded(of) => Some(of.capture),
        payload => capture::tapped(payload),
    }
}

/// One line: things about one subject that have come equally far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// What it is about.
    pub subject: Subject,
    /// How far it has come; of what has arrived, `Accepted`.
    pub state: ItemState,
    /// When the last of it was recorded, by the device's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// The lines of those items of a record that are asked for, by subject.
pub fn recorded(record: &Record, of: impl Fn(&Item) -> bool) -> Vec<Recorded> {
    let mut lines: BTreeMap<(Subject, String), Recorded> = BTreeMap::new();
    for item in record.items.iter().filter(|item| of(item)) {
        let subject = item.payload.as_ref().map_or(Subject::Unreadable, |payload| Subject::of(payload, record));
        let state = match &item.state {
            ItemState::Sent => ItemState::Accepted,
            state => state.clone(),
        };
        let line =
            lines.entry((subject.clone(), format!("{state:?}"))).or_insert(Recorded { subject, state, at: None });
        line.at = line.at.max(item.captured_at);
    }
    lines.into_values().collect()
}
