//! What was recorded, in lines a person would write: the taps of one mat are one line, not forty.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::code::Code;
use domain::entry::Verdict;
use domain::id::{StreamId, StreamKind};
use domain::record::item::ItemState;
use domain::record::recorded::{Recorded, Subject};
use domain::record::summary::Summary;
use domain::wire::OwnHeld;
use jiff::Timestamp;
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::engine::PushOutcome;

use crate::state::{Calendar, Exchange, Records};
use crate::words;

/// Where a line is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
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
    pub section: Section,
    /// Why it was held or refused.
    pub why: Option<Code>,
    /// When the last of it was recorded.
    pub at: Option<Timestamp>,
}

/// What these lines of a record say.
pub fn lines(stream: StreamId, name: &str, recorded: &[Recorded]) -> Vec<Line> {
    let line = |of: &Recorded| {
        let (section, why) = section(&of.state);
        Line { stream, name: name.to_owned(), what: in_words(&of.subject), section, why, at: of.at }
    };
    recorded.iter().map(line).collect()
}

fn section(state: &ItemState) -> (Section, Option<Code>) {
    match state {
        ItemState::Saved => (Section::Saved, None),
        ItemState::Sent | ItemState::Accepted => (Section::Sent, None),
        ItemState::Held(why) => (Section::Held, why.clone()),
        ItemState::Refused(why) => (Section::Refused, why.clone()),
    }
}

fn in_words(subject: &Subject) -> String {
    let kind = match subject {
        Subject::Activity { topic: Some(topic), .. } => return tr!("item-mat", {"topic" => topic.clone()}),
        Subject::Activity { topic: None, .. } => return tr!("item-mat-unknown"),
        Subject::PlanWords => return tr!("item-plan-words"),
        Subject::Dates => return tr!("item-dates"),
        Subject::Unreadable => return tr!("item-unreadable"),
        Subject::Kind(kind) => kind,
    };
    kind_in_words(kind)
}

/// What a kind of operation is called.
pub fn kind_in_words(kind: &str) -> String {
    match kind {
        "HowGiven" => tr!("item-how-given"),
        "InterpretationAdded" => tr!("item-interpretation"),
        "ChildRegistered" => tr!("item-registration"),
        "PersonRecorded" => tr!("item-people"),
        "FamilyRegistered" | "ChildInFamily" | "FamilyOf" => tr!("item-family"),
        "AddressRecorded" => tr!("item-address"),
        "ProfileSet" => tr!("item-profile"),
        "StaffAssigned" => tr!("item-allocation"),
        "VisitPlanned" => tr!("item-visit-planned"),
        "VisitCancelled" => tr!("item-visit-cancelled"),
        "VisitStarted" => tr!("item-visit"),
        "VoiceAdded" => tr!("item-voice"),
        "NotGathered" => tr!("item-not-gathered"),
        "ObservationStarted" => tr!("item-observation"),
        "HarmLookedAt" | "HarmSeen" => tr!("item-looked-at"),
        "ChangeWanted" => tr!("item-change-wanted"),
        "CaseNoteCopied" => tr!("item-note-copied"),
        "PaperMade" => tr!("item-paper"),
        "ContactWritten" => tr!("contact-a-contact"),
        "ConcernWritten" => tr!("contact-a-concern"),
        "AuditWritten" => tr!("audit-write-item"),
        "AuditSeen" | "AuditActionDone" => tr!("audit-answer-item"),
        "ContactSeen" | "ConcernSeen" => tr!("item-contact-read"),
        "SetField" => tr!("item-field"),
        "ActionAdded" => tr!("item-actions"),
        "PlanSubmitted" => tr!("item-submission"),
        "PlanDecided" => tr!("item-decision"),
        "Admit" => tr!("item-admitted"),
        "Declined" => tr!("item-declined"),
        "Redacted" | "RedactionProposed" | "RedactionDeclined" => tr!("item-redaction"),
        "CoverArranged" | "CoverEnded" => tr!("item-cover"),
        "QuestionWritten" | "QuestionDecided" | "QuestionPutAway" => tr!("item-question"),
        "SettingsSet" => tr!("item-settings"),
        "CaptureStarted" | "SharingChosen" | "CaptureEnded" => tr!("item-mat-unknown"),
        "DuplicateOf" | "NotDuplicateOf" => tr!("item-duplicate"),
        _ => tr!("item-unknown"),
    }
}

/// Every line of every record that the person at work wrote; `elsewhere` is what the server says waits of what they recorded on
/// any tablet.
pub fn my_lines(records: Records, exchange: Exchange, elsewhere: &[OwnHeld]) -> Vec<Line> {
    let mut all: Vec<Line> = records.summaries.with(|summaries| {
        let of_record = |(stream, of): (&StreamId, &Arc<Summary>)| {
            let family = of.family_name.clone();
            let team = match stream.kind {
                StreamKind::Team => Some(tr!("item-team")),
                StreamKind::Council => Some(tr!("item-council")),
                StreamKind::Audit => Some(tr!("item-audit")),
                StreamKind::Contact => Some(tr!("contact-unknown-child")),
                StreamKind::Child | StreamKind::Family => None,
            };
            let name =
                of.name.as_ref().map(|name| name.short()).or(family).or(team).unwrap_or_else(|| tr!("new-child"));
            lines(*stream, &name, &of.recorded)
        };
        summaries.iter().flat_map(of_record).collect()
    });
    all.extend(exchange.outcomes.with(|outcomes| {
        let here = outcomes.iter().map(Told::by_push);
        let known = |held: &&OwnHeld| outcomes.iter().any(|outcome| Some(outcome.id) == held.id);
        let elsewhere = elsewhere.iter().filter(|held| !known(held)).map(Told::held);
        lines_of_the_absent(here.chain(elsewhere).filter(|told| !records.has(told.stream)))
    }));
    all.sort_by_key(|line| std::cmp::Reverse(line.at));
    all
}

/// What is known of something that was recorded about a child whose record is not here: that it was, and what became of it.
struct Told {
    stream: StreamId,
    what: Subject,
    section: Section,
    why: Option<Code>,
    at: Timestamp,
}

impl Told {
    /// By the reply to this tablet's own push.
    fn by_push(outcome: &PushOutcome) -> Told {
        let (section, why) = match outcome.verdict {
            Some(Verdict::Held) => (Section::Held, outcome.code.clone()),
            Some(Verdict::Refused) => (Section::Refused, outcome.code.clone()),
            Some(Verdict::Accepted) | None => (Section::Sent, None),
        };
        let what = Subject::of_kind(&outcome.kind);
        Told { stream: outcome.stream, what, section, why, at: outcome.captured_at }
    }

    /// By the server's list of what waits.
    fn held(held: &OwnHeld) -> Told {
        let what = held.kind.as_deref().map_or(Subject::Unreadable, Subject::of_kind);
        Told { stream: held.stream, what, section: Section::Held, why: held.code.clone(), at: held.at }
    }
}

fn lines_of_the_absent(told: impl Iterator<Item = Told>) -> Vec<Line> {
    let mut lines: BTreeMap<(StreamId, String, Section, Option<Code>), Line> = BTreeMap::new();
    for Told { stream, what, section, why, at } in told {
        let what = in_words(&what);
        let line = lines.entry((stream, what.clone(), section, why.clone())).or_insert_with(|| Line {
            stream,
            name: tr!("child-not-here"),
            what,
            section,
            why,
            at: None,
        });
        line.at = line.at.max(Some(at));
    }
    lines.into_values().collect()
}

/// "Saved here, not sent yet".
#[component]
pub fn NotSentYet() -> impl IntoView {
    let (records, exchange, calendar) = (Records::get(), Exchange::get(), Calendar::get());
    let saved = Memo::new(move |_| {
        my_lines(records, exchange, &[]).into_iter().filter(|line| line.section == Section::Saved).collect::<Vec<_>>()
    });
    let today = calendar.today();
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
