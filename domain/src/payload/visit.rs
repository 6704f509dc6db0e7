//! The visit around the asking: who was there, whether the child agreed, whose other voices were heard.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::asking::Kind;
use crate::id::{CaptureId, PersonId, StaffId, VisitId, VoiceId};
use crate::payload::capture::Card;
use crate::vocabulary::Question;

/// A visit is planned. Planned again under the same id, it is moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitPlanned {
    /// Which visit.
    pub visit: VisitId,
    /// The day, in England.
    pub on: Date,
    /// The time, in England.
    pub at: Time,
    /// Who goes.
    pub by: StaffId,
    /// The door, who is home, the interpreter.
    #[serde(default)]
    pub before_you_ring: String,
    /// What to take.
    #[serde(default)]
    pub bring: String,
    /// Where, when it is not at home: "school", "Nani's".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The questions chosen beforehand, by id, in the order in which they are to be asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
    /// In which way some of them are to be asked, by the question's id: the way as it is written, also one that only a newer version
    /// knows. The others are asked in the first way there is.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ways: BTreeMap<String, String>,
    /// Which cards of some of them are not asked about, by the question's id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub left_out: BTreeMap<String, BTreeSet<String>>,
}

impl VisitPlanned {
    /// A plan that says the least: at home, with nothing noted.
    pub fn new(visit: VisitId, on: Date, at: Time, by: StaffId) -> VisitPlanned {
        let (before_you_ring, bring, place) = (String::new(), String::new(), String::new());
        let (questions, ways, left_out) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        VisitPlanned { visit, on, at, by, before_you_ring, bring, place, questions, ways, left_out }
    }

    /// The way in which a question is to be asked, where one was chosen that this version knows.
    pub fn way(&self, question: &str) -> Option<Kind> {
        self.ways.get(question).and_then(|way| Kind::named(way))
    }

    /// Which cards of a question are asked about: all of them, where a newer version of it has none of the others.
    pub fn cards(&self, question: &Question) -> Vec<Card> {
        let left_out = self.left_out.get(&question.id);
        let is_asked = |card: &&Card| left_out.is_none_or(|left_out| !left_out.contains(&card.id));
        let asked: Vec<Card> = question.cards.iter().filter(is_asked).cloned().collect();
        if asked.is_empty() { question.cards.clone() } else { asked }
    }
}

/// A planned visit will not be made. Planned again under the same id, it will.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitCancelled {
    /// Which visit.
    pub visit: VisitId,
    /// Why.
    pub reason: String,
}

/// Somebody in the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Present {
    /// The person, where they are in the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// As they are called: "Mum", "R. Gill, interpreter".
    pub who: String,
}

/// A visit begins. Where it has begun already (another person, another device) this is a second sitting of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitStarted {
    /// Which visit; one that was not planned has an id of its own.
    pub visit: VisitId,
    /// The day, in England, as the tablet knows it.
    pub on: Date,
    /// Who is here, beside the child and the worker.
    pub present: Vec<Present>,
    /// Glasses, hearing aids, own device, position, pain: what was checked.
    #[serde(default)]
    pub checks: Vec<String>,
    /// Last time's promise was told to the child.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise_told: Option<String>,
}

/// What the child showed when told what would happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assent {
    /// Yes.
    Agreed,
    /// No: nothing is asked.
    Declined,
    /// It could not be told.
    Unclear,
}

/// Whether the child agreed to being asked. Opens each capture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assented {
    /// During which visit.
    pub visit: VisitId,
    /// What the child showed.
    pub assent: Assent,
    /// How it was explained.
    pub how: String,
    /// The child's signal.
    pub signal: String,
}

/// A visit ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitEnded {
    /// Which visit.
    pub visit: VisitId,
}

/// Whose voice: side by side, never blended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// The child's own words, outside a capture.
    Child,
    /// A parent or carer, by name.
    Parent,
    /// Extended family.
    Family,
    /// Another professional.
    Professional,
    /// What was seen.
    Observation,
}

/// A voice beside the child's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoiceAdded {
    /// Which voice; written again under the same id, it is a correction.
    pub voice: VoiceId,
    /// During which visit, if one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<VisitId>,
    /// Whose lane.
    pub lane: Lane,
    /// The person, where they are in the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// As they are called.
    pub who: String,
    /// Their words.
    pub words: String,
    /// Language and interpreter, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<String>,
}

/// Why views could not be gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotGatheredReason {
    /// Asleep.
    Asleep,
    /// Unwell or in pain.
    Unwell,
    /// Did not want to.
    Declined,
    /// Not there.
    NotThere,
    /// The method did not suit.
    MethodDidNotSuit,
    /// Somebody else answered, or would not leave.
    NotFree,
    /// Another reason, in words.
    Other,
}

/// Views could not be gathered: never left blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotGathered {
    /// During which visit.
    pub visit: VisitId,
    /// During which activity, if one was begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capture: Option<CaptureId>,
    /// Why.
    pub reason: NotGatheredReason,
    /// In words.
    #[serde(default)]
    pub words: String,
    /// What was tried.
    pub tried: String,
    /// When it will be tried next.
    pub next: Date,
}

/// The case note was copied for the council's main case system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseNoteCopied {
    /// Of which visit.
    pub visit: VisitId,
}

/// A paper or a file was made of the record: it has left the tablet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperMade {
    /// Which.
    pub paper: Paper,
}

/// What can be printed or saved of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// The note of a visit.
    CaseNote,
    /// How the child communicates, for its bag.
    Passport,
    /// What the child said, beside what follows from it.
    WhatTheySaid,
    /// The same as a picture file.
    Picture,
    /// Everything that is held, for a request to see it.
    Everything,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_that_only_a_newer_version_knows_is_kept_and_not_taken() {
        let plan =
            VisitPlanned::new(VisitId(uuid::Uuid::nil()), Date::MIN, Time::midnight(), StaffId(uuid::Uuid::nil()));
        let ways = [("school-journey", "yes_no"), ("food", "by smell")];
        let ways = ways.map(|(question, way)| (question.to_owned(), way.to_owned())).into();
        let written = serde_json::to_string(&VisitPlanned { ways, ..plan }).expect("it can be written");
        let read: VisitPlanned = serde_json::from_str(&written).expect("just written");
        assert_eq!(read.way("school-journey"), Some(Kind::YesNo));
        assert_eq!(read.way("food"), None);
        assert_eq!(read.ways["food"], "by smell");
    }

    #[test]
    fn cards_that_are_left_out_are_not_asked_about_and_one_is_always_left() {
        let question = &crate::vocabulary::Vocabulary::built_in().questions[0];
        let plan =
            VisitPlanned::new(VisitId(uuid::Uuid::nil()), Date::MIN, Time::midnight(), StaffId(uuid::Uuid::nil()));
        let left_out = |ids: &[&str]| VisitPlanned {
            left_out: [(question.id.clone(), ids.iter().map(|id| (*id).to_owned()).collect())].into(),
            ..plan.clone()
        };
        let all: Vec<&str> = question.cards.iter().map(|card| card.id.as_str()).collect();
        assert_eq!(left_out(&["bus", "gone"]).cards(question).len(), all.len() - 1);
        assert_eq!(left_out(&all).cards(question).len(), all.len());
        assert_eq!(plan.cards(question).len(), all.len());
    }
}
