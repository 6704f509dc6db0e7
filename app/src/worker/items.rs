//! What was recorded, in lines a person would write: the taps of one mat are one line, not forty.

use std::collections::BTreeMap;

use domain::Record;
use domain::code::Code;
use domain::entry::Verdict;
use domain::id::{CaptureId, StreamId};
use domain::payload::Payload;
use domain::payload::plan::{Field, FieldKind};
use domain::record::item::{Item, ItemState};
use jiff::Timestamp;
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::engine::PushOutcome;

use crate::state::Heard;
use crate::words;

/// Where a line is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shelf {
    /// Saved on this tablet, not sent.
    Saved,
    /// Turned down.
    Refused,
    /// Waits for a manager.
    Held,
    /// The server has it.
    Sent,
}

/// One line: things of one kind about one child that have come equally far.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Whose record.
    pub stream: StreamId,
    /// The child's name.
    pub name: String,
    /// What it is, in words.
    pub what: String,
    /// Where it is listed.
    pub shelf: Shelf,
    /// Why it was held or refused.
    pub why: Option<Code>,
    /// When the last of it was recorded.
    pub at: Option<Timestamp>,
    /// How many operations.
    pub count: usize,
}

/// What belongs on one line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Mat(CaptureId),
    Words(String),
}

/// The lines of one record that its reader wrote.
pub fn lines(stream: StreamId, record: &Record, mine: impl Fn(&Item) -> bool) -> Vec<Line> {
    let name = record.child.as_ref().map(|child| child.what.name.short()).unwrap_or_else(|| tr!("new-child"));
    let mut lines: BTreeMap<(Subject, Shelf, Option<Code>), Line> = BTreeMap::new();
    for item in record.items.iter().filter(|item| mine(item)) {
        let (shelf, why) = shelf(&item.state);
        let subject = item.payload.as_ref().map_or_else(|| Subject::Words(tr!("item-unreadable")), subject);
        let line = lines.entry((subject.clone(), shelf, why.clone())).or_insert_with(|| Line {
            stream,
            name: name.clone(),
            what: in_words(&subject, record),
            shelf,
            why,
            at: None,
            count: 0,
        });
        line.at = line.at.max(item.captured_at);
        line.count += 1;
    }
    lines.into_values().collect()
}

fn shelf(state: &ItemState) -> (Shelf, Option<Code>) {
    match state {
        ItemState::Saved => (Shelf::Saved, None),
        ItemState::Sent | ItemState::Accepted => (Shelf::Sent, None),
        ItemState::Held(why) => (Shelf::Held, why.clone()),
        ItemState::Refused(why) => (Shelf::Refused, why.clone()),
    }
}

fn subject(payload: &Payload) -> Subject {
    match payload {
        Payload::CaptureStarted(of) => Subject::Mat(of.capture),
        Payload::Presented(of) => Subject::Mat(of.capture),
        Payload::Answered(of) => Subject::Mat(of.capture),
        Payload::Moved(of) => Subject::Mat(of.capture),
        Payload::Escaped(of) => Subject::Mat(of.capture),
        Payload::Paused(of) => Subject::Mat(of.capture),
        Payload::Reviewed(of) => Subject::Mat(of.capture),
        Payload::SharingChosen(of) => Subject::Mat(of.capture),
        Payload::CaptureEnded(of) => Subject::Mat(of.capture),
        Payload::HowGiven(_) => Subject::Words(tr!("item-how-given")),
        Payload::InterpretationAdded(_) => Subject::Words(tr!("item-interpretation")),
        Payload::ChildRegistered(_) => Subject::Words(tr!("item-registration")),
        Payload::PersonRecorded(_) => Subject::Words(tr!("item-people")),
        Payload::ProfileSet(_) => Subject::Words(tr!("item-profile")),
        Payload::StaffAssigned(_) => Subject::Words(tr!("item-allocation")),
        Payload::VisitPlanned(_) => Subject::Words(tr!("item-visit-planned")),
        Payload::VisitStarted(_) | Payload::Assented(_) | Payload::VisitEnded(_) => Subject::Words(tr!("item-visit")),
        Payload::VoiceAdded(_) => Subject::Words(tr!("item-voice")),
        Payload::NotGathered(_) => Subject::Words(tr!("item-not-gathered")),
        Payload::CaseNoteCopied(_) => Subject::Words(tr!("item-note-copied")),
        Payload::SetField(set) if set.field.kind() == FieldKind::PlanWords => Subject::Words(tr!("item-plan-words")),
        Payload::SetField(set) if matches!(set.field, Field::ReferralReceived | Field::AssessmentStarted) => {
            Subject::Words(tr!("item-dates"))
        }
        Payload::SetField(_) => Subject::Words(tr!("item-field")),
        Payload::ActionAdded(_) | Payload::ActionOutcome(_) => Subject::Words(tr!("item-actions")),
        Payload::PlanSubmitted(_) => Subject::Words(tr!("item-submission")),
        Payload::PlanDecided(_) => Subject::Words(tr!("item-decision")),
        Payload::Admit(_) => Subject::Words(tr!("item-admitted")),
        Payload::Redacted(_) => Subject::Words(tr!("item-redaction")),
        Payload::DuplicateOf(_) => Subject::Words(tr!("item-duplicate")),
        Payload::Unknown { .. } => Subject::Words(tr!("item-unknown")),
    }
}

fn in_words(subject: &Subject, record: &Record) -> String {
    match subject {
        Subject::Mat(id) => match record.captures.get(id) {
            Some(capture) => tr!("item-mat", {"topic" => capture.question.topic.words.clone()}),
            None => tr!("item-mat-unknown"),
        },
        Subject::Words(words) => words.clone(),
    }
}

/// Every line of every record that the person at work wrote.
pub fn my_lines(heard: Heard) -> Vec<Line> {
    let me = heard.me.get().map(|me| me.id);
    let mut all: Vec<Line> = heard.records.with(|records| {
        records.iter().flat_map(|(stream, record)| lines(*stream, record, |item| Some(item.by) == me)).collect()
    });
    all.extend(heard.records.with(|records| {
        heard
            .outcomes
            .with(|outcomes| outcome_lines(outcomes.iter().filter(|outcome| !records.contains_key(&outcome.stream))))
    }));
    all.sort_by_key(|line| std::cmp::Reverse(line.at));
    all
}

/// What was recorded about children whose records are not here: that it was, and what became of it.
fn outcome_lines<'a>(outcomes: impl Iterator<Item = &'a PushOutcome>) -> Vec<Line> {
    let mut lines: BTreeMap<(StreamId, String, Shelf, Option<Code>), Line> = BTreeMap::new();
    for outcome in outcomes {
        let (shelf, why) = match outcome.verdict {
            Some(Verdict::Held) => (Shelf::Held, outcome.code.clone()),
            Some(Verdict::Refused) => (Shelf::Refused, outcome.code.clone()),
            Some(Verdict::Accepted) | None => (Shelf::Sent, None),
        };
        let what = match outcome.kind.as_str() {
            "CaptureStarted" | "Presented" | "Answered" | "Moved" | "Escaped" | "Paused" | "Reviewed"
            | "SharingChosen" | "CaptureEnded" => tr!("item-mat-unknown"),
            "HowGiven" => tr!("item-how-given"),
            "InterpretationAdded" => tr!("item-interpretation"),
            "VoiceAdded" => tr!("item-voice"),
            "NotGathered" => tr!("item-not-gathered"),
            "VisitStarted" | "Assented" | "VisitEnded" => tr!("item-visit"),
            "VisitPlanned" => tr!("item-visit-planned"),
            "CaseNoteCopied" => tr!("item-note-copied"),
            "PersonRecorded" => tr!("item-people"),
            "ProfileSet" => tr!("item-profile"),
            "StaffAssigned" => tr!("item-allocation"),
            "ChildRegistered" => tr!("item-registration"),
            "SetField" => tr!("item-field"),
            "ActionAdded" | "ActionOutcome" => tr!("item-actions"),
            "PlanSubmitted" => tr!("item-submission"),
            "PlanDecided" => tr!("item-decision"),
            "Admit" => tr!("item-admitted"),
            "Redacted" => tr!("item-redaction"),
            "DuplicateOf" => tr!("item-duplicate"),
            _ => tr!("item-unknown"),
        };
        let line = lines.entry((outcome.stream, what.clone(), shelf, why.clone())).or_insert_with(|| Line {
            stream: outcome.stream,
            name: tr!("child-not-here"),
            what,
            shelf,
            why,
            at: None,
            count: 0,
        });
        line.at = line.at.max(Some(outcome.captured_at));
        line.count += 1;
    }
    lines.into_values().collect()
}

/// "Saved here, not sent yet".
#[component]
pub fn NotSentYet() -> impl IntoView {
    let heard = Heard::get();
    let saved =
        Memo::new(move |_| my_lines(heard).into_iter().filter(|line| line.shelf == Shelf::Saved).collect::<Vec<_>>());
    let today = heard.today();
    view! {
        <section class="heard-panel" aria-labelledby="not-sent">
            <h2 class="heard-panel__title" id="not-sent">{tr!("not-sent-title")}</h2>
            {move || {
                let saved = saved.get();
                if saved.is_empty() {
                    view! { <p class="heard-quiet">{tr!("not-sent-nothing")}</p> }.into_any()
                } else {
                    view! {
                        <ul class="heard-list">
                            {saved.into_iter().map(|line| view! {
                                <li class="heard-list__row">
                                    <span>{format!("{}, {}", line.name, line.what)}</span>
                                    <span class="heard-quiet">{line.at.map(|at| words::near_time(at, today))}</span>
                                </li>
                            }).collect_view()}
                        </ul>
                        <p class="heard-quiet heard-small">{tr!("not-sent-by-itself")}</p>
                    }.into_any()
                }
            }}
        </section>
    }
}
