//! Questions to ask oneself before deciding: three that always stand, and what this record gives reason to ask.

use domain::Record;
use domain::payload::plan::Field;
use domain::prompts::{Prompt, prompts};
use domain::trust::Lean;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::reading::Reading;
use crate::plan::{action_words, field_name, names};

/// One question.
#[derive(Clone, Debug, PartialEq)]
struct Question {
    asks: String,
    /// What the record says to it.
    known: Option<String>,
    /// It needs an answer in the comment.
    alert: bool,
}

/// The questions.
#[component]
pub fn Questions() -> impl IntoView {
    let questions = Reading::get().read(questions);
    move || {
        questions
            .get()
            .into_iter()
            .map(|question| {
                view! {
                    <div class=if question.alert { "heard-alert" } else { "heard-prompt" }>
                        <p>{question.asks}</p>
                        {question.known.map(|known| view! { <p class="heard-quiet heard-small">{known}</p> })}
                    </div>
                }
            })
            .collect_view()
    }
}

fn questions(record: &Record) -> Vec<Question> {
    let found = prompts(record);
    let plain = |asks, known| Question { asks, known, alert: false };
    let mut questions = vec![
        plain(tr!("ask-answers"), None),
        plain(tr!("ask-voice"), missing_voices(record, &found)),
        plain(tr!("ask-considered"), found.contains(&Prompt::NoOtherExplanation).then(|| tr!("ask-considered-none"))),
    ];
    for prompt in &found {
        let question = match prompt {
            Prompt::HarmSign { capture } => {
                Question { asks: tr!("ask-harm", {"topic" => topic(record, *capture)}), known: None, alert: true }
            }
            Prompt::AdvocateAsked { .. } => Question { asks: tr!("ask-advocate"), known: None, alert: true },
            Prompt::ChangeWanted(views) => {
                let asks = tr!("ask-change-wanted", {"views" => names(record, views)});
                Question { asks, known: None, alert: true }
            }
            Prompt::AnswersWithoutActivity { count } => {
                Question { asks: tr!("ask-without-activity", {"count" => *count}), known: None, alert: true }
            }
            Prompt::ActionWithoutView { action } => {
                let asks = tr!("ask-without-view", {"action" => action_words(record, *action)});
                Question { asks, known: None, alert: true }
            }
            Prompt::ViewsWithoutAction(views) => {
                let names = record.views().filter(|view| views.contains(&view.id()));
                let names: Vec<String> = names.map(|view| format!("“{}”", view.about())).collect();
                Question {
                    asks: tr!("ask-no-action", {"count" => views.len(), "views" => names.join(", ")}),
                    known: None,
                    alert: true,
                }
            }
            Prompt::AnalysisEmpty => plain(tr!("ask-analysis"), None),
            Prompt::DifferenceEmpty => plain(tr!("ask-difference"), None),
            Prompt::Lean { capture, lean: Lean::Answer } => {
                plain(tr!("ask-same-answer", {"topic" => topic(record, *capture)}), None)
            }
            Prompt::Lean { capture, lean: Lean::Side } => {
                plain(tr!("ask-same-side", {"topic" => topic(record, *capture)}), None)
            }
            Prompt::HandOverHand { capture } => {
                Question { asks: tr!("ask-hand", {"topic" => topic(record, *capture)}), known: None, alert: true }
            }
            Prompt::FieldConflict(field) => {
                Question { asks: tr!("ask-conflict", {"field" => field_name(field)}), known: None, alert: true }
            }
            Prompt::VoiceMissing { .. } | Prompt::NoOtherExplanation => continue,
        };
        questions.push(question);
    }
    questions
}

/// Who was not heard, and what the plan says to it.
fn missing_voices(record: &Record, found: &[Prompt]) -> Option<String> {
    let not_heard: Vec<String> = found
        .iter()
        .filter_map(|prompt| match prompt {
            Prompt::VoiceMissing { relationship, name, .. } if relationship.is_empty() => Some(name.clone()),
            Prompt::VoiceMissing { relationship, .. } => Some(relationship.clone()),
            _ => None,
        })
        .collect();
    let written = record
        .field(&Field::PlanMissingVoices)
        .map(|value| domain::text::trimmed(&value.value).to_owned())
        .filter(|words| !words.is_empty());
    let not_heard = (!not_heard.is_empty()).then(|| tr!("ask-voice-not-heard", {"who" => not_heard.join(", ")}));
    let parts: Vec<String> = [not_heard, written].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn topic(record: &Record, capture: domain::id::CaptureId) -> String {
    record.captures.get(&capture).map(|capture| capture.question.topic.words.clone()).unwrap_or_default()
}
