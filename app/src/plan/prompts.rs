//! Things to check before submitting, in words. They never block.

use domain::Record;
use domain::id::{ActionId, ViewId};
use domain::payload::plan::{Field, Step};
use domain::prompts::Prompt;
use domain::trust::Lean;
use leptos_fluent::tr;

/// One thing to look at, in words.
pub fn in_words(prompt: &Prompt, record: &Record) -> String {
    match prompt {
        Prompt::HarmSign { capture } => tr!("prompt-harm", {"topic" => topic(record, *capture)}),
        Prompt::AdvocateAsked { .. } => tr!("prompt-advocate"),
        Prompt::ChangeWanted(views) => tr!("prompt-change-wanted", {"views" => names(record, views)}),
        Prompt::AnswersWithoutActivity { count } => tr!("prompt-without-activity", {"count" => *count}),
        Prompt::ActionWithoutView { action } => {
            tr!("prompt-without-view", {"action" => action_words(record, *action)})
        }
        Prompt::ViewsWithoutAction(views) => {
            tr!("prompt-views", {"count" => views.len(), "views" => names(record, views)})
        }
        Prompt::VoiceMissing { relationship, name, .. } => {
            tr!("prompt-voice", {"who" => if relationship.is_empty() { name.clone() } else { relationship.clone() }})
        }
        Prompt::NoOtherExplanation => tr!("prompt-considered"),
        Prompt::DifferenceEmpty => tr!("prompt-difference"),
        Prompt::AnalysisEmpty => tr!("prompt-analysis"),
        Prompt::Lean { capture, lean: Lean::Answer } => tr!("prompt-same-answer", {"topic" => topic(record, *capture)}),
        Prompt::Lean { capture, lean: Lean::Side } => tr!("prompt-same-side", {"topic" => topic(record, *capture)}),
        Prompt::HandOverHand { capture } => tr!("prompt-hand-over-hand", {"topic" => topic(record, *capture)}),
        Prompt::FieldConflict(field) => tr!("prompt-conflict", {"field" => field_name(field)}),
    }
}

/// What an action says will be done, or why nothing is.
pub fn action_words(record: &Record, action: ActionId) -> String {
    let words = record.plan.actions.get(&action).and_then(|action| match &action.added.step {
        Step::WeWillAsk { words, .. } => Some(words.clone()),
        Step::NoAction => action.added.differs.clone(),
    });
    words.unwrap_or_default()
}

/// What these views are about, in words.
pub fn names(record: &Record, views: &[ViewId]) -> String {
    let found = record.views().filter(|view| views.contains(&view.id()));
    found.map(|view| view.about()).collect::<Vec<_>>().join(", ")
}

fn topic(record: &Record, capture: domain::id::CaptureId) -> String {
    record.captures.get(&capture).map(|capture| capture.question.topic.words.clone()).unwrap_or_default()
}

/// A field's name inside a sentence.
pub fn field_name(field: &Field) -> String {
    match field {
        Field::PlanTitle => tr!("field-title"),
        Field::PlanAnalysis => tr!("field-analysis"),
        Field::PlanConsidered => tr!("field-considered"),
        Field::PlanDifference => tr!("field-difference"),
        Field::PlanMissingVoices => tr!("field-missing"),
        Field::ReferralReceived => tr!("field-referral"),
        Field::AssessmentStarted => tr!("field-started"),
        Field::Other(_) => tr!("field-other"),
    }
}
