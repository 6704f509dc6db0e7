//! What a worker sees before submitting and a manager before deciding: things to look at, never things that block.
//!
//! Each prompt is a fact about the record, not a judgement on the child or the worker.

use crate::id::{ActionId, CaptureId, PersonId, ViewId, VisitId};
use crate::payload::child::{ParentalResponsibility, PersonRecorded};
use crate::payload::plan::{Field, Outcome, Step};
use crate::record::Record;
use crate::record::capture::Capture;
use crate::record::harm::HarmState;
use crate::trust::{Lean, lean};

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Prompt {
    /// The child chose what may be a sign of harm.
    HarmSign {
        /// In which activity.
        capture: CaptureId,
    },
    /// The child asked for somebody to speak for it, and no action of the plan that stands says what becomes of it.
    AdvocateAsked {
        /// In which activity, the last time.
        capture: CaptureId,
    },
    /// Views that the child wants to change, and was not asked about again.
    ChangeWanted(Vec<ViewId>),
    /// Answers of activities that are not here: their beginning waits for a manager, or never came.
    AnswersWithoutActivity {
        /// How many.
        count: usize,
    },
    /// An action that is still open answers what is not among the child's views, or not any more.
    ActionWithoutView {
        /// Which action.
        action: ActionId,
    },
    /// Views that no action of the plan answers.
    ViewsWithoutAction(Vec<ViewId>),
    /// Somebody with parental responsibility was not heard at the last visit, and the plan does not say what was tried.
    VoiceMissing {
        /// Who.
        person: PersonId,
        /// Their name.
        name: String,
        /// What they are to the child.
        relationship: String,
    },
    /// What was done with the views says nothing of what else could explain them.
    NoOtherExplanation,
    /// Nothing on what would be done differently if ethnicity, language, faith or disability were not as they are.
    DifferenceEmpty,
    /// Nothing on what it means for the child.
    AnalysisEmpty,
    /// Nearly all answers are alike: check. Never "invalid".
    Lean {
        /// In which activity.
        capture: CaptureId,
        /// In what.
        lean: Lean,
    },
    /// Given hand over hand: the adult's account, never the child's view (ASHA 2018).
    HandOverHand {
        /// In which activity.
        capture: CaptureId,
    },
    /// Two values of a field wait for a person to choose.
    FieldConflict(Field),
}

/// Says what is worth a look, most important first. A record in which nothing has begun has nothing to look at.
pub fn prompts(record: &Record) -> Vec<Prompt> {
    let has_begun = record.visits.values().any(|visit| visit.started.is_some())
        || !record.plan.actions.is_empty()
        || record.answers_without_activity() > 0
        || !record.fields.is_empty();
    if !has_begun {
        return Vec::new();
    }
    let mut prompts = Vec::new();
    let unanswered: Vec<ViewId> = record.views_without_action().iter().map(|view| view.id()).collect();
    if !unanswered.is_empty() {
        prompts.push(Prompt::ViewsWithoutAction(unanswered));
    }
    let count = record.answers_without_activity();
    if count > 0 {
        prompts.push(Prompt::AnswersWithoutActivity { count });
    }
    prompts.extend(record.actions_without_view().map(|action| Prompt::ActionWithoutView { action }));
    let changes: Vec<ViewId> = record.changes_wanted().iter().map(|view| view.id()).collect();
    if !changes.is_empty() {
        prompts.insert(0, Prompt::ChangeWanted(changes));
    }
    if let Some(capture) = advocate_asked(record) {
        prompts.insert(0, Prompt::AdvocateAsked { capture });
    }
    // Before all else.
    let is_open = |capture: &&Capture| capture.harm().and_then(HarmState::open_since).is_some();
    let harmed = record.captures.values().filter(is_open);
    prompts.splice(0..0, harmed.map(|capture| Prompt::HarmSign { capture: capture.id }));
    prompts.extend(missing_voices(record).map(|person| Prompt::VoiceMissing {
        person: person.person,
        name: person.name.clone(),
        relationship: person.relationship.clone(),
    }));
    if is_empty(record, &Field::PlanAnalysis) {
        prompts.push(Prompt::AnalysisEmpty);
    }
    if is_empty(record, &Field::PlanConsidered) && !explained_otherwise(record) {
        prompts.push(Prompt::NoOtherExplanation);
    }
    if is_empty(record, &Field::PlanDifference) {
        prompts.push(Prompt::DifferenceEmpty);
    }
    for capture in record.captures.values() {
        let capture_id = capture.id;
        if let Some(lean) = lean(capture) {
            prompts.push(Prompt::Lean { capture: capture_id, lean });
        }
        if capture.is_hand_over_hand() {
            prompts.push(Prompt::HandOverHand { capture: capture_id });
        }
    }
    let conflicts = record.fields.iter().filter(|(_, held)| held.values.len() > 1);
    prompts.extend(conflicts.map(|(field, _)| Prompt::FieldConflict(field.clone())));
    prompts
}

/// The card with which a child asks for an advocate.
const ADVOCATE: &str = "speak-for-me";

/// Where the child last asked for an advocate, while no action that stands answers it: by that view, or by name and later.
fn advocate_asked(record: &Record) -> Option<CaptureId> {
    let asked = record.captures.values().filter(|capture| asks_for_advocate(capture));
    let last = asked.max_by_key(|capture| (capture.started.captured_at, capture.id))?;
    let is_answered = record.plan.actions.values().any(|action| {
        let by_view = action.added.answers.iter().any(|view| view.option == ADVOCATE);
        let by_name = match &action.added.step {
            Step::WeWillAsk { words, who, .. } => format!("{words} {who}").to_lowercase().contains("advocate"),
            Step::NoAction => false,
        };
        let is_later = action.source.captured_at >= last.started.captured_at;
        let last_outcome = action.outcomes.last().map(|outcome| &outcome.what.outcome);
        let fell = matches!(last_outcome, Some(Outcome::NotAgreed { .. } | Outcome::NotDone { .. }));
        is_later && (by_view || by_name) && !fell
    });
    (!is_answered).then_some(last.id)
}

/// It was brought, chosen, or put in the first place of its scale: "like", "yes", "good".
fn asks_for_advocate(capture: &Capture) -> bool {
    let is_first = |cell: &str| capture.asking.shown(ADVOCATE).first().is_some_and(|place| place.id == cell);
    let is_wanted = capture
        .placements
        .iter()
        .any(|placed| placed.cell == ADVOCATE || (placed.option.id == ADVOCATE && is_first(&placed.cell)));
    !capture.asking.is_practice() && (is_wanted || capture.brought.iter().any(|card| card.id == ADVOCATE))
}

fn is_empty(record: &Record, field: &Field) -> bool {
    record.fields.get(field).is_none_or(|held| held.values.iter().all(|value| !crate::text::is_visible(&value.value)))
}

fn explained_otherwise(record: &Record) -> bool {
    record
        .captures
        .values()
        .flat_map(|capture| &capture.interpretations)
        .any(|meaning| crate::text::is_visible(&meaning.what.other_explanations))
}

fn missing_voices(record: &Record) -> impl Iterator<Item = &PersonRecorded> {
    let last = last_visit(record);
    record.people.values().map(|told| &told.what).filter(move |person| {
        person.responsibility == ParentalResponsibility::Held
            && last.is_some_and(|visit| !was_heard(record, person.person, visit))
            && !is_accounted_for(record, person)
    })
}

fn last_visit(record: &Record) -> Option<VisitId> {
    record
        .visits
        .iter()
        .filter_map(|(id, visit)| Some((visit.started.as_ref()?, id)))
        .max_by_key(|(started, id)| (started.what.on, started.source.captured_at, **id))
        .map(|(_, id)| *id)
}

/// At that visit, or outside any: a telephone call counts.
fn was_heard(record: &Record, person: PersonId, visit: VisitId) -> bool {
    record
        .voices
        .values()
        .map(|voice| &voice.what)
        .any(|voice| voice.person == Some(person) && voice.visit.is_none_or(|during| during == visit))
}

/// The plan names them where it says whose voice is missing, what was tried and when it is tried next.
fn is_accounted_for(record: &Record, person: &PersonRecorded) -> bool {
    let Some(missing) = record.fields.get(&Field::PlanMissingVoices) else {
        return false;
    };
    let names = [&person.name, &person.relationship].map(|name| name.trim().to_lowercase());
    missing.values.iter().any(|value| {
        let words = value.value.to_lowercase();
        names.iter().any(|name| !name.is_empty() && words.contains(name.as_str()))
    })
}

#[cfg(test)]
mod tests;
