//! What to know at a glance: the child, how lately they were seen, the clock, what has changed.

use domain::Record;
use domain::calendar::ASSESSMENT_WORKING_DAYS;
use domain::payload::capture::Seen;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::changes::{changes, decided_version};
use super::reading::Reading;
use crate::words;

/// From this working day the clock is shown in amber†.
const SOON_FROM_DAY: u32 = 30;

/// The tags, and what changed since the last decision.
#[component]
pub fn Tags() -> impl IntoView {
    let reading = Reading::get();
    let today = reading.calendar.today();
    let tags = reading.read(move |record| {
        [about_the_child(record, today), seen(record, today), clock(record, today)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
    });
    let changed = reading.read(move |record| decided_version(record).map(|version| (version, changes(record, today))));
    view! {
        <div class="heard-tags">
            {move || tags.get().into_iter().map(|(class, words)| view! { <span class=class>{words}</span> }).collect_view()}
            {move || changed.get().map(|(version, changes)| view! {
                <details class="review__changes">
                    <summary><span class="govuk-tag">{tr!("manager-changes", {"count" => changes.len(), "version" => version})}</span></summary>
                    <ul>{changes.into_iter().map(|change| view! { <li>{change}</li> }).collect_view()}</ul>
                </details>
            })}
        </div>
    }
}

type Tag = (&'static str, String);

/// "8, points with her eyes".
fn about_the_child(record: &Record, today: Date) -> Option<Tag> {
    let age = record.age(today).map(|age| age.to_string());
    let how = record.profile().and_then(|profile| profile.summary.split([',', ';']).next().map(str::to_owned));
    let parts: Vec<String> = [age, how].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| ("govuk-tag", parts.join(", ")))
}

/// How the child was seen at the last visit at which views were given; if none was, that a visit was made.
fn seen(record: &Record, today: Date) -> Option<Tag> {
    let last = record
        .captures
        .values()
        .filter_map(|capture| {
            let on = record.visits.get(&capture.visit)?.started.as_ref()?.what.on;
            Some((on, capture.how_given.as_ref()?))
        })
        .max_by_key(|(on, how)| (*on, how.source.captured_at));
    let visited = record.visits.values().filter_map(|visit| Some(visit.started.as_ref()?.what.on)).max();
    match (last, visited) {
        (Some((on, how)), _) => {
            let on = words::short_date(on, today);
            Some(match &how.what.seen {
                Seen::Alone => ("govuk-tag", tr!("tag-seen-alone", {"on" => on})),
                Seen::WithSupporter { .. } => ("govuk-tag", tr!("tag-seen-supporter", {"on" => on})),
                Seen::FamilyPresent { .. } => ("govuk-tag govuk-tag--yellow", tr!("tag-seen-family", {"on" => on})),
                Seen::ParentPresent { .. } => ("govuk-tag govuk-tag--yellow", tr!("tag-seen-parent", {"on" => on})),
            })
        }
        (None, Some(on)) => Some(("govuk-tag", tr!("tag-visited", {"on" => words::short_date(on, today)}))),
        (None, None) => Some(("govuk-tag govuk-tag--yellow", tr!("tag-not-seen"))),
    }
}

/// "Day 31 of 45".
fn clock(record: &Record, today: Date) -> Option<Tag> {
    let day = record.assessment_day(today)?;
    let class = match day {
        day if day > ASSESSMENT_WORKING_DAYS => "govuk-tag govuk-tag--red",
        day if day >= SOON_FROM_DAY => "govuk-tag govuk-tag--yellow",
        _ => "govuk-tag",
    };
    Some((class, tr!("tag-day", {"day" => day, "of" => ASSESSMENT_WORKING_DAYS})))
}
