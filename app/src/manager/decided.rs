//! What became of the last decision: saved here, on its way, judged by the server.

use domain::code::Code;
use domain::payload::Payload;
use domain::payload::plan::DecisionOutcome;
use domain::record::item::ItemState;
use jiff::Timestamp;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::reading::Reading;
use crate::words;

/// How far a decision has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// Saved on this device.
    Saved,
    /// The server has it; what it made of it has not come back yet.
    Sent,
    /// It counts.
    Accepted,
    /// The server turned it down.
    Refused(Option<Code>),
}

/// The last decision, whoever made it.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// On which version.
    pub version: u32,
    /// What.
    pub outcome: DecisionOutcome,
    /// With what words.
    pub comment: String,
    /// By whom.
    pub by: String,
    /// The person at work made it.
    pub mine: bool,
    /// When.
    pub at: Option<Timestamp>,
    /// How far it has come.
    pub progress: Progress,
}

/// The last decision of the record as it is. One that was refused is there until the next one.
pub fn last_decision(reading: Reading) -> Memo<Option<Decided>> {
    let directory = reading.directory;
    reading.now(move |record| {
        record.items.iter().rev().find_map(|item| {
            let Some(Payload::PlanDecided(decided)) = &item.payload else { return None };
            let progress = match &item.state {
                ItemState::Saved => Progress::Saved,
                ItemState::Sent => Progress::Sent,
                ItemState::Accepted => Progress::Accepted,
                ItemState::Refused(code) | ItemState::Held(code) => Progress::Refused(code.clone()),
            };
            let mine = directory.me.get().is_some_and(|me| me.id == item.by);
            // What others tried in vain is theirs to see.
            if !mine && matches!(progress, Progress::Refused(_)) {
                return None;
            }
            Some(Decided {
                version: decided.version,
                outcome: decided.outcome,
                comment: decided.comment.clone(),
                by: directory.name_of(item.by),
                mine,
                at: item.received_at.or(item.captured_at),
                progress,
            })
        })
    })
}

/// What is known of it. True at every moment: never "authorised" before the server has said so.
#[component]
pub fn LastDecision(last: Memo<Option<Decided>>) -> impl IntoView {
    let reading = Reading::get();
    let version = reading.version();
    // An earlier version's decision is history while another is read, unless it was turned down.
    let shown = move || {
        last.get().filter(|last| {
            last.version == version.get()
                || matches!(last.progress, Progress::Refused(_) | Progress::Saved | Progress::Sent)
        })
    };
    view! {
        <div role="status">
            {move || shown().map(|last| view! { <Outcome last/> })}
        </div>
    }
}

#[component]
fn Outcome(last: Decided) -> impl IntoView {
    let calendar = Reading::get().calendar;
    let today = calendar.today();
    let when = last
        .at
        .map(|at| format!("{}, {}", words::near_date(words::day_of(at), today), words::clock_time(at)))
        .unwrap_or_default();
    let name = last.by.clone();
    let (version, authorised) = (last.version, last.outcome == DecisionOutcome::Authorised);
    let (class, says, then) = match &last.progress {
        Progress::Accepted if authorised => (
            "decision__outcome decision__outcome--authorised",
            tr!("decided-authorised", {"version" => version}),
            tr!("decided-recorded", {"name" => name, "when" => when}),
        ),
        Progress::Accepted => (
            "decision__outcome",
            tr!("decided-returned", {"version" => version}),
            tr!("decided-recorded", {"name" => name, "when" => when}),
        ),
        Progress::Sent => ("decision__outcome", tr!("decided-sent", {"version" => version}), tr!("decided-sent-then")),
        Progress::Saved => {
            ("decision__outcome", tr!("decided-saved", {"version" => version}), tr!("decided-saved-then"))
        }
        Progress::Refused(code) => {
            let why = code.as_ref().map(words::code).unwrap_or_else(|| words::code(&Code::Other(String::new())));
            ("decision__outcome decision__outcome--refused", tr!("decided-refused", {"version" => version}), why)
        }
    };
    let given = match last.outcome {
        DecisionOutcome::Authorised => tr!("decided-was-authorise"),
        DecisionOutcome::Returned => tr!("decided-was-return"),
    };
    let settled = last.progress == Progress::Accepted;
    view! {
        <div class=class>
            <p><strong>{says}</strong></p>
            <p>{then}</p>
            {(!settled).then(|| view! { <p class="heard-quiet heard-small">{given}</p> })}
            <p class="decision__comment">{format!("“{}”", last.comment)}</p>
        </div>
    }
}
