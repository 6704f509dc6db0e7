//! What has changed since the last decision, so that a version is read for what is new in it.

use std::collections::BTreeSet;

use domain::Record;
use domain::payload::Payload;
use domain::payload::plan::{FieldKind, Outcome, Step};
use domain::record::item::ItemState;
use domain::record::plan::PlanEvent;
use jiff::civil::Date;
use leptos_fluent::tr;

use crate::plan::field_name;
use crate::words;

/// The version that was decided on before the present one; none if this is the first.
pub fn decided_version(record: &Record) -> Option<u32> {
    Some(last_decision(record)?.0)
}

fn last_decision(record: &Record) -> Option<(u32, domain::id::OperationId)> {
    record.plan.history.iter().rev().find_map(|event| match event {
        PlanEvent::Decided { decided, source } if decided.version < record.standing.plan.version => {
            Some((decided.version, source.id))
        }
        _ => None,
    })
}

/// Each change once, in the order in which it was first made.
pub fn changes(record: &Record, today: Date) -> Vec<String> {
    let Some((_, decision)) = last_decision(record) else { return Vec::new() };
    let since = record.items.iter().position(|item| item.id == Some(decision)).map_or(0, |place| place + 1);
    let mut seen = BTreeSet::new();
    let counts = |state: &ItemState| matches!(state, ItemState::Saved | ItemState::Sent | ItemState::Accepted);
    record
        .items
        .iter()
        .skip(since)
        .filter(|item| counts(&item.state))
        .filter_map(|item| Some((item, in_words(item.payload.as_ref()?, record)?)))
        .filter(|(_, words)| seen.insert(words.clone()))
        .map(|(item, words)| match item.captured_at {
            Some(at) => format!("{words}, {}", words::near_date(words::day_of(at), today)),
            None => words,
        })
        .collect()
}

fn in_words(payload: &Payload, record: &Record) -> Option<String> {
    Some(match payload {
        Payload::SetField(set) if set.field.kind() == FieldKind::PlanWords => {
            tr!("change-field", {"field" => field_name(&set.field)})
        }
        Payload::ActionAdded(added) => match &added.step {
            Step::WeWillAsk { words, .. } => tr!("change-action", {"words" => words.clone()}),
            Step::NoAction => tr!("change-no-action"),
        },
        Payload::ActionOutcome(outcome) => {
            let action = record.plan.actions.get(&outcome.action)?;
            let words = match &action.added.step {
                Step::WeWillAsk { words, .. } => words.clone(),
                Step::NoAction => return None,
            };
            match outcome.outcome {
                Outcome::Agreed => tr!("change-agreed", {"words" => words}),
                Outcome::NotAgreed { .. } => tr!("change-not-agreed", {"words" => words}),
                Outcome::Done => tr!("change-done", {"words" => words}),
                Outcome::NotDone { .. } => tr!("change-not-done", {"words" => words}),
            }
        }
        Payload::VoiceAdded(voice) => tr!("change-voice", {"who" => voice.who.clone()}),
        Payload::CaptureStarted(started) => tr!("change-capture", {"topic" => started.question.topic.words.clone()}),
        Payload::NotGathered(_) => tr!("change-not-gathered"),
        _ => return None,
    })
}
