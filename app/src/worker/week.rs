//! The worker's week: seven days with their visits.

use std::sync::Arc;

use domain::id::{StreamId, VisitId};
use domain::record::summary::{Summary, VisitSummary};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use leptos::prelude::*;
use leptos_fluent::tr;
use leptos_router::hooks::use_query_map;

use crate::components::{NoPages, Page, has_pages};
use crate::state::{Calendar, Directory, Records};
use crate::words;

/// One visit of the week.
#[derive(Clone, PartialEq)]
struct WeekVisit {
    on: Date,
    stream: StreamId,
    id: VisitId,
    visit: VisitSummary,
    of: Arc<Summary>,
}

/// Seven days from Monday on; `?from=` is a day of another week.
#[component]
pub fn WeekPage() -> impl IntoView {
    let (directory, calendar) = (Directory::get(), Calendar::get());
    let query = use_query_map();
    let monday = Memo::new(move |_| {
        let asked = query.with(|query| query.get("from")).and_then(|text| text.parse::<Date>().ok());
        monday_of(asked.unwrap_or_else(|| calendar.day.get()))
    });
    move || {
        if has_pages(directory) {
            view! { <Week monday=monday.get() today=calendar.day.get()/> }.into_any()
        } else {
            view! { <NoPages/> }.into_any()
        }
    }
}

fn monday_of(day: Date) -> Date {
    let since = i64::from(day.weekday().since(Weekday::Monday));
    day.saturating_sub(since.days())
}

#[component]
fn Week(monday: Date, today: Date) -> impl IntoView {
    let records = Records::get();
    let visits = Memo::new(move |_| visits_of(records, monday));
    let days = (0..7).map(move |day: i64| monday.saturating_add(day.days()));
    let to = move |days: i64| format!("/week?from={}", monday.saturating_add(days.days()));
    let sunday = monday.saturating_add(6.days());
    view! {
        <Page title=tr!("nav-week")>
            <h1 class="heard-title">{tr!("nav-week")}</h1>
            <p class="heard-title__second">{format!("{} – {}", words::short_date(monday, today), words::short_date(sunday, today))}</p>
            <nav class="heard-links govuk-body" aria-label=tr!("week-label")>
                <a class="govuk-link" href=to(-7)>{tr!("week-before")}</a>
                <a class="govuk-link" href="/week">{tr!("week-this")}</a>
                <a class="govuk-link" href=to(7)>{tr!("week-after")}</a>
            </nav>
            <div class="heard-week">
                {days.map(|day| {
                    let of_day = move || visits.with(|visits| visits.iter().filter(|visit| visit.on == day).cloned().collect::<Vec<_>>());
                    let class = if day == today { "heard-panel heard-week__day heard-week__day--today" } else { "heard-panel heard-week__day" };
                    view! {
                        <section class=class aria-label=words::long_date(day)>
                            <h2 class="heard-panel__title">{words::long_date(day)}</h2>
                            {move || {
                                let visits = of_day();
                                if visits.is_empty() {
                                    view! { <p class="heard-quiet">{tr!("week-no-visits")}</p> }.into_any()
                                } else {
                                    view! { <ul class="heard-list">{visits.into_iter().map(|visit| view! { <DayVisit visit/> }).collect_view()}</ul> }.into_any()
                                }
                            }}
                        </section>
                    }
                }).collect_view()}
            </div>
        </Page>
    }
}

#[component]
fn DayVisit(visit: WeekVisit) -> impl IntoView {
    let WeekVisit { stream, id, visit, of, .. } = visit;
    let at = visit.planned.as_ref().map(|planned| planned.at.strftime("%-H:%M").to_string());
    let place = visit.planned.as_ref().map(|planned| planned.place.clone()).filter(|place| !place.is_empty());
    let base = format!("/children/{stream}/visits/{id}");
    let (to, words) = match (visit.started, visit.is_ended) {
        (None, _) if visit.is_cancelled => (format!("{base}/plan"), tr!("week-called-off")),
        (None, _) => (format!("{base}/plan"), tr!("week-move")),
        (Some(_), false) => (format!("{base}/topics"), tr!("today-go-on")),
        (Some(_), true) => (format!("{base}/write-up"), tr!("visit-made")),
    };
    let name = of.short_name();
    view! {
        <li class="heard-list__row">
            <span>{at}" "<a class="govuk-link" href=format!("/children/{stream}")><bdi>{name.clone()}</bdi></a>{place.map(|place| format!(", {place}"))}</span>
            <a class="govuk-link" href=to>{words}<span class="govuk-visually-hidden">" "{name}</span></a>
        </li>
    }
}

fn visits_of(records: Records, monday: Date) -> Vec<WeekVisit> {
    let mine = records.relations.visits_of();
    let sunday = monday.saturating_add(6.days());
    let mut visits: Vec<WeekVisit> = records.summaries.with(|summaries| {
        let all = summaries
            .iter()
            .flat_map(|(stream, of)| of.visits.iter().map(move |(id, visit)| (*stream, *id, visit, of)));
        all.filter_map(|(stream, id, visit, of)| {
            let planned = visit.planned.as_ref().map(|planned| (planned.on, planned.by));
            let (on, by) = visit.started.or(planned)?;
            let is_mine = mine.contains(&by) && (monday..=sunday).contains(&on);
            is_mine.then(|| WeekVisit { on, stream, id, visit: visit.clone(), of: of.clone() })
        })
        .collect()
    });
    visits.sort_by_key(|visit| (visit.on, visit.visit.planned.as_ref().map(|planned| planned.at)));
    visits
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_week_begins_on_monday() {
        assert_eq!(monday_of(date(2026, 11, 26)), date(2026, 11, 23));
        assert_eq!(monday_of(date(2026, 11, 23)), date(2026, 11, 23));
        assert_eq!(monday_of(date(2026, 11, 29)), date(2026, 11, 23));
    }
}
