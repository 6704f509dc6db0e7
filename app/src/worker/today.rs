//! The worker's day: visits with how each child communicates, what is saved and not sent, what came back.

use std::sync::Arc;

use domain::Record;
use domain::calendar::ASSESSMENT_WORKING_DAYS;
use domain::id::{StreamId, VisitId};
use domain::payload::visit::VisitPlanned;
use domain::record::promises::promises;
use domain::record::visit::Visit;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::back::Back;
use super::items::NotSentYet;
use super::no_pages::{NoPages, has_pages};
use super::ready::Ready;
use crate::components::Page;
use crate::state::Heard;
use crate::words;

/// One visit of the day.
#[derive(Clone, PartialEq)]
struct DayVisit {
    stream: StreamId,
    id: VisitId,
    planned: VisitPlanned,
    visit: Visit,
    record: Arc<Record>,
}

/// The worker's day. It is made anew when the day turns, or the server says that it is another.
#[component]
pub fn TodayPage() -> impl IntoView {
    let heard = Heard::get();
    move || {
        if has_pages(heard) {
            view! { <Day today=heard.day.get()/> }.into_any()
        } else {
            view! { <NoPages/> }.into_any()
        }
    }
}

#[component]
fn Day(today: Date) -> impl IntoView {
    let heard = Heard::get();
    let visits = Memo::new(move |_| visits_on(heard, today));
    let ready = Ready::provide(Signal::derive(move || {
        visits.with(|visits| visits.iter().map(|visit| visit.record.clone()).collect())
    }));
    let next =
        Memo::new(move |_| visits.with(|visits| visits.iter().find(|visit| visit.visit.ended.is_none()).cloned()));
    view! {
        <Page title=tr!("nav-today")>
            <div class="heard-split">
                <div class="heard-stack">
                    <div>
                        <h1 class="heard-title">{tr!("nav-today")}</h1>
                        <p class="heard-title__second">{words::long_date(today)}</p>
                    </div>
                    <Show when=move || visits.with(|visits| !visits.is_empty()) fallback=move || view! { <NoVisits today/> }>
                        <div class="heard-panel heard-panel--rows">
                            {move || visits.get().into_iter().map(|visit| {
                                let first = next.with(|next| next.as_ref().is_some_and(|next| next.id == visit.id));
                                view! { <Row visit first today ready/> }
                            }).collect_view()}
                        </div>
                    </Show>
                    {move || next.get().map(|visit| view! { <BeforeYouRing visit today/> })}
                    <ToFinish today/>
                </div>
                <aside class="heard-stack" aria-label=tr!("today-beside")>
                    <NotSentYet/>
                    <Back/>
                </aside>
            </div>
        </Page>
    }
}

fn visits_on(heard: Heard, day: Date) -> Vec<DayVisit> {
    let me = heard.me.get().map(|me| me.id);
    let mut visits: Vec<DayVisit> = heard.records.with(|records| {
        let all = records
            .iter()
            .flat_map(|(stream, record)| record.visits.iter().map(move |(id, visit)| (*stream, *id, visit, record)));
        all.filter_map(|(stream, id, visit, record)| {
            let planned = visit.planned.clone().filter(|planned| planned.on == day && Some(planned.by) == me)?;
            Some(DayVisit { stream, id, planned, visit: visit.clone(), record: record.clone() })
        })
        .collect()
    });
    visits.sort_by_key(|visit| visit.planned.at);
    visits
}

#[component]
fn Row(visit: DayVisit, first: bool, today: Date, ready: Ready) -> impl IntoView {
    let DayVisit { stream, id, planned, visit, record } = visit;
    let name = record.child.as_ref().map(|child| child.what.name.short()).unwrap_or_default();
    let age = record.age(today).map(|age| tr!("years-old", {"age" => age}));
    let how = record.profile.as_ref().map_or_else(|| tr!("no-profile"), |profile| profile.summary.clone());
    let tags = record.clone();
    let not_gathered = visit.not_gathered.last().map(|not| super::words::reason(not.what.reason));
    view! {
        <article class="visit-row">
            <p class="visit-row__time">{planned.at.strftime("%-H:%M").to_string()}</p>
            <div class="visit-row__who">
                <h2 class="visit-row__name"><a class="heard-plain-link" href=format!("/children/{stream}")>{name.clone()}</a>" "<span class="visit-row__age">{age}</span></h2>
                <p class="visit-row__how">{how}</p>
                <div class="heard-tags visit-row__tags">
                    {move || match &not_gathered {
                        Some(why) => view! { <strong class="govuk-tag govuk-tag--grey">{tr!("not-gathered-today", {"why" => why.clone()})}</strong> }.into_any(),
                        None => ready.tag(&tags),
                    }}
                    {Ready::adult_tag(&record)}
                    <AssessmentTag record=record.clone() today/>
                    <LastTimeTag record=record.clone() visit=id/>
                </div>
            </div>
            <div class="visit-row__action"><VisitAction stream id visit name first/></div>
        </article>
    }
}

#[component]
fn VisitAction(stream: StreamId, id: VisitId, visit: Visit, name: String, first: bool) -> impl IntoView {
    let class = if first { "govuk-button" } else { "govuk-button govuk-button--secondary" };
    let base = format!("/children/{stream}/visits/{id}");
    let (to, words) = match (&visit.started, &visit.ended) {
        (None, _) => (base, tr!("today-start")),
        (Some(_), None) => (format!("{base}/topics"), tr!("today-go-on")),
        (Some(_), Some(_)) => (format!("{base}/write-up"), tr!("today-write-up")),
    };
    view! { <a class=class href=to draggable="false">{words}<span class="govuk-visually-hidden">" "{name}</span></a> }
}

/// "Assessment: day 31 of 45", from the referral on, until a manager has authorised it.
#[component]
fn AssessmentTag(record: Arc<Record>, today: Date) -> impl IntoView {
    record.assessment_day(today).map(|day| {
        let late = day > ASSESSMENT_WORKING_DAYS;
        let near = day + 7 > ASSESSMENT_WORKING_DAYS;
        let class = if late {
            "govuk-tag govuk-tag--red"
        } else if near {
            "govuk-tag govuk-tag--yellow"
        } else {
            "govuk-tag"
        };
        view! { <strong class=class>{tr!("assessment-day", {"day" => day, "of" => ASSESSMENT_WORKING_DAYS})}</strong> }
    })
}

/// What was not gathered last time, so that it is tried another way.
#[component]
fn LastTimeTag(record: Arc<Record>, visit: VisitId) -> impl IntoView {
    let last = record
        .visits
        .iter()
        .filter(|(id, visit_)| **id != visit && visit_.started.is_some())
        .max_by_key(|(_, visit)| visit.started.as_ref().map(|started| started.what.on));
    last.and_then(|(_, last)| last.not_gathered.last().cloned()).map(|not| {
        let why = super::words::reason(not.what.reason);
        view! { <strong class="govuk-tag govuk-tag--red">{tr!("not-gathered-last-time", {"why" => why})}</strong> }
    })
}

/// What to know at the door, what to take, what was promised.
#[component]
fn BeforeYouRing(visit: DayVisit, today: Date) -> impl IntoView {
    let promises: Vec<String> =
        promises(&visit.record, visit.id).iter().map(|promise| super::words::promise(promise, today)).collect();
    let name = visit.record.child.as_ref().map(|child| child.what.name.given.clone()).unwrap_or_default();
    let empty = |words: String, none: String| if words.trim().is_empty() { none } else { words };
    view! {
        <section class="heard-panel" aria-labelledby="before">
            <h2 class="heard-panel__title" id="before">{tr!("before-label", {"name" => name})}</h2>
            <div class="three-columns">
                <div><h3 class="three-columns__title">{tr!("before-you-ring")}</h3><p>{empty(visit.planned.before_you_ring, tr!("nothing-noted"))}</p></div>
                <div><h3 class="three-columns__title">{tr!("bring")}</h3><p>{empty(visit.planned.bring, tr!("nothing-noted"))}</p></div>
                <div>
                    <h3 class="three-columns__title">{tr!("last-time-promised")}</h3>
                    {if promises.is_empty() {
                        view! { <p>{tr!("nothing-promised")}</p> }.into_any()
                    } else {
                        promises.into_iter().map(|promise| view! { <p>{promise}</p> }).collect_view().into_any()
                    }}
                </div>
            </div>
        </section>
    }
}

#[component]
fn NoVisits(today: Date) -> impl IntoView {
    let heard = Heard::get();
    let next = move || {
        heard.records.with(|records| {
            let ahead = records.iter().flat_map(|(stream, record)| {
                record.visits.values().filter(|visit| visit.is_ahead()).filter_map(move |visit| {
                    let planned = visit.planned.as_ref().filter(|planned| planned.on > today)?;
                    Some((planned.on, *stream, record.child.as_ref()?.what.name.short()))
                })
            });
            ahead.min()
        })
    };
    view! {
        <div class="heard-panel">
            <p class="govuk-body">{tr!("today-no-visits")}</p>
            {move || next().map(|(on, stream, name)| view! {
                <p class="govuk-body">{tr!("today-next")}" "<a class="govuk-link" href=format!("/children/{stream}")>{name}</a>", "{words::long_date(on)}</p>
            })}
        </div>
    }
}

/// Visits of other days that were begun and not ended, or whose answers are not written up.
#[component]
fn ToFinish(today: Date) -> impl IntoView {
    let heard = Heard::get();
    let open = move || {
        let me = heard.me.get().map(|me| me.id);
        heard.records.with(|records| {
            let all = records.iter().flat_map(|(stream, record)| {
                record.visits.iter().map(move |(id, visit)| (*stream, *id, visit, record))
            });
            all.filter_map(|(stream, id, visit, record)| {
                let started = visit.started.as_ref()?;
                let mine = Some(started.source.by) == me && (started.what.on < today || visit.ended.is_some());
                let unwritten =
                    record.captures.values().any(|capture| capture.visit == id && capture.how_given.is_none());
                (mine && (visit.ended.is_none() || unwritten)).then(|| {
                    (
                        started.what.on,
                        stream,
                        id,
                        record.child.as_ref().map(|child| child.what.name.short()).unwrap_or_default(),
                    )
                })
            })
            .collect::<Vec<_>>()
        })
    };
    move || {
        let open = open();
        (!open.is_empty()).then(|| view! {
            <section class="heard-panel" aria-labelledby="to-finish">
                <h2 class="heard-panel__title" id="to-finish">{tr!("to-finish")}</h2>
                <ul class="heard-list">
                    {open.into_iter().map(|(on, stream, visit, name)| view! {
                        <li class="heard-list__row">
                            <a class="govuk-link" href=format!("/children/{stream}/visits/{visit}/write-up")>{tr!("to-finish-write-up", {"name" => name})}</a>
                            <span class="heard-quiet">{words::near_date(on, today)}</span>
                        </li>
                    }).collect_view()}
                </ul>
            </section>
        })
    }
}
