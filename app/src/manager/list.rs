//! The list of what is waiting, signs of harm first, then oldest first; below it, what was decided lately.

use domain::id::StreamId;
use domain::payload::plan::DecisionOutcome;
use domain::record::summary::Summary;
use domain::standing::plan::PlanState;
use jiff::Timestamp;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::contact::{contacts_of, unknown_child};
use crate::state::{Calendar, CouncilSettings, Records};
use crate::words;

/// Decisions are listed for so many days†.
const LATELY_DAYS: i32 = 14;

/// What waits, or waited.
#[derive(Clone, Debug, PartialEq)]
pub enum Matter {
    /// A version to decide on.
    Plan(u32),
    /// What may be a sign of harm, in so many activities.
    Harm(usize),
    /// Concerns of the night that no manager has seen, so many.
    Concern(usize),
    /// Contacts of the night that nobody has read.
    Contact(usize),
    /// Held facts to look at.
    Held(usize),
    /// The same, where one is a concern of the night.
    HeldConcern(usize),
    /// Proposals to destroy words.
    Redactions(usize),
    /// A version that was decided on.
    Decided(u32, DecisionOutcome),
    /// A version that was decided on here; the server has not said so yet.
    NotSent(u32),
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// Whose record.
    pub stream: StreamId,
    /// The child's name.
    pub name: String,
    /// What waits.
    pub matter: Matter,
    /// Since when.
    pub since: Timestamp,
}

/// What waits in one record, for its team's manager.
fn matters(stream: StreamId, of: &Summary) -> Vec<Waiting> {
    let name = unknown_child(stream, of.short_name());
    let line = |matter, since| Waiting { stream, name: name.clone(), matter, since };
    let mut lines = Vec::new();
    match (of.plan, &of.submitted, &of.decided) {
        (PlanState::Submitted, Some((version, source)), _) => {
            lines.push(line(Matter::Plan(*version), source.received_at.unwrap_or(source.captured_at)));
        }
        (PlanState::Authorised | PlanState::Returned, _, Some((decided, source))) => {
            let matter = match source.received_at {
                Some(_) => Matter::Decided(decided.version, decided.outcome),
                None => Matter::NotSent(decided.version),
            };
            lines.push(line(matter, source.received_at.unwrap_or(source.captured_at)));
        }
        _ => {}
    }
    lines.extend(of.harm.map(|(count, since)| line(Matter::Harm(count), since)));
    for is_concern in [true, false] {
        let waiting = of.to_read.iter().filter(|one| one.by_manager && one.is_concern == is_concern);
        let matter = if is_concern { Matter::Concern } else { Matter::Contact };
        let since = waiting.clone().map(|one| one.since).min();
        lines.extend(since.map(|since| line(matter(waiting.count()), since)));
    }
    let held = if of.holds_concern { Matter::HeldConcern } else { Matter::Held };
    lines.extend(of.held.map(|(count, since)| line(held(count), since)));
    lines.extend(of.redactions.map(|(count, since)| line(Matter::Redactions(count), since)));
    lines
}

/// Everything that waits for the person at work, oldest first, and what they decided lately, newest first.
pub fn waiting() -> Memo<(Vec<Waiting>, Vec<Waiting>)> {
    let (records, calendar) = (Records::get(), Calendar::get());
    Memo::new(move |_| {
        let today = calendar.today();
        let all = records.summaries.with(|summaries| {
            let mine = summaries.iter().filter(|(_, of)| records.relations.decides(&of.access));
            mine.flat_map(|(stream, of)| matters(*stream, of)).collect::<Vec<_>>()
        });
        let (mut decided, mut waits): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|line| matches!(line.matter, Matter::Decided(..) | Matter::NotSent(_)));
        decided.retain(|line| words::days_between(words::day_of(line.since), today) <= LATELY_DAYS);
        decided.sort_by_key(|line| std::cmp::Reverse(line.since));
        // A child who may not be safe comes before all else.
        let is_urgent = |of: &Matter| matches!(of, Matter::Harm(_) | Matter::Concern(_) | Matter::HeldConcern(_));
        waits.sort_by_key(|line| (!is_urgent(&line.matter), line.since));
        (waits, decided)
    })
}

/// The pane on the left. On the page of its own its title is the page's heading.
#[component]
pub fn WaitingList(#[prop(optional_no_strip)] chosen: Option<StreamId>) -> impl IntoView {
    let lists = waiting();
    let title = move || tr!("manager-waiting", {"count" => lists.with(|(waits, _)| waits.len())});
    let heading = match chosen {
        Some(_) => view! { <h2 class="waiting-list__title">{title}</h2> }.into_any(),
        None => view! { <h1 class="waiting-list__title">{title}</h1> }.into_any(),
    };
    view! {
        <nav class="waiting-list" aria-label=tr!("manager-waiting-label")>
            {heading}
            <Show when=move || lists.with(|(waits, _)| waits.is_empty())>
                <p class="waiting-list__nothing">{tr!("manager-nothing")}</p>
            </Show>
            {move || lists.with(|(waits, _)| waits.iter().map(|line| view! { <Line line=line.clone() chosen/> }).collect_view())}
            <Show when=move || lists.with(|(_, decided)| !decided.is_empty())>
                <h2 class="waiting-list__second">{tr!("manager-decided-lately")}</h2>
                {move || lists.with(|(_, decided)| decided.iter().map(|line| view! { <Line line=line.clone() chosen/> }).collect_view())}
            </Show>
        </nav>
    }
}

#[component]
fn Line(line: Waiting, chosen: Option<StreamId>) -> impl IntoView {
    let today = Calendar::get().today();
    let day = words::day_of(line.since);
    let days = words::days_between(day, today);
    let age = || tr!("manager-days", {"days" => days.max(0)});
    let late = i32::from(CouncilSettings::of(Records::get()).reminders().decide_within_days);
    let (what, class, tag) = match line.matter {
        Matter::Plan(version) if days >= late => {
            (tr!("manager-plan", {"version" => version}), "govuk-tag govuk-tag--yellow", age())
        }
        Matter::Plan(version) => (tr!("manager-plan", {"version" => version}), "govuk-tag", age()),
        Matter::Harm(count) => (tr!("manager-harm-waits", {"count" => count}), "govuk-tag govuk-tag--red", age()),
        Matter::Concern(count) => (tr!("manager-concern", {"count" => count}), "govuk-tag govuk-tag--red", age()),
        Matter::Contact(count) => (tr!("manager-contact", {"count" => count}), "govuk-tag govuk-tag--grey", age()),
        Matter::Redactions(count) => {
            (tr!("manager-redactions", {"count" => count}), "govuk-tag govuk-tag--grey", age())
        }
        Matter::HeldConcern(count) => {
            (tr!("manager-held-concern", {"count" => count}), "govuk-tag govuk-tag--red", age())
        }
        Matter::Held(count) => (tr!("manager-held", {"count" => count}), "govuk-tag govuk-tag--grey", age()),
        Matter::Decided(version, DecisionOutcome::Authorised) => {
            (tr!("manager-plan", {"version" => version}), "govuk-tag govuk-tag--green", tr!("manager-authorised"))
        }
        Matter::Decided(version, DecisionOutcome::Returned) => {
            (tr!("manager-plan", {"version" => version}), "govuk-tag govuk-tag--grey", tr!("manager-returned"))
        }
        Matter::NotSent(version) => {
            (tr!("manager-plan", {"version" => version}), "govuk-tag govuk-tag--yellow", tr!("manager-not-sent"))
        }
    };
    let to = match line.matter {
        Matter::Harm(_) => format!("/waiting/{}", line.stream),
        Matter::Held(_) | Matter::HeldConcern(_) => format!("/waiting/{}#held", line.stream),
        Matter::Concern(_) | Matter::Contact(_) => contacts_of(line.stream),
        Matter::Redactions(_) => format!("/children/{}/words", line.stream),
        _ => format!("/waiting/{}", line.stream),
    };
    let elsewhere =
        !matches!(line.matter, Matter::Plan(_) | Matter::Harm(_) | Matter::Decided(..) | Matter::NotSent(_));
    let here = chosen == Some(line.stream) && !elsewhere;
    view! {
        <a class="waiting-list__item" href=to aria-current=here.then_some("true")>
            <span class="waiting-list__name">{line.name}</span>
            <span class="waiting-list__what">{what}</span>
            <span class=class>{tag}</span>
        </a>
    }
}
