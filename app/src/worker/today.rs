//! The worker's day: visits with how each child communicates, what is saved and not sent, what came back.

use std::sync::Arc;

use domain::calendar::ASSESSMENT_WORKING_DAYS;
use domain::id::{StreamId, VisitId};
use domain::payload::visit::VisitPlanned;
use domain::record::summary::{Summary, VisitSummary};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::back::Back;
use super::children::BeingOpened;
use super::items::NotSentYet;
use super::ready::Ready;
use super::standing_in::StandingIn;
use crate::account::ReadByOthers;
use crate::audit::AuditsToDo;
use crate::components::{NoPages, Page, has_pages};
use crate::contact::ToRead;
use crate::frame::HowItWorks;
use crate::state::{Calendar, Directory, Records};
use crate::words;

/// One visit of the day.
#[derive(Clone, PartialEq)]
struct DayVisit {
    stream: StreamId,
    id: VisitId,
    planned: VisitPlanned,
    visit: VisitSummary,
    of: Arc<Summary>,
}

/// The worker's day. It is made anew when the day turns, or the server says that it is another.
#[component]
pub fn TodayPage() -> impl IntoView {
    let (directory, calendar) = (Directory::get(), Calendar::get());
    move || {
        if has_pages(directory) {
            view! { <Day today=calendar.day.get()/> }.into_any()
        } else {
            view! { <NoPages/> }.into_any()
        }
    }
}

#[component]
fn Day(today: Date) -> impl IntoView {
    let records = Records::get();
    let visits = Memo::new(move |_| visits_on(records, today));
    let ready = Ready::provide(Signal::derive(move || {
        // The usual look too: for a child who is registered on the way.
        visits.with(|visits| std::iter::once(None).chain(visits.iter().map(|visit| visit.of.profile.clone())).collect())
    }));
    let next = Memo::new(move |_| visits.with(|visits| visits.iter().find(|visit| !visit.visit.is_ended).cloned()));
    view! {
        <Page title=tr!("nav-today")>
            <div class="heard-split">
                <div class="heard-stack">
                    <div>
                        <h1 class="heard-title">{tr!("nav-today")}</h1>
                        <p class="heard-title__second">{words::long_date(today)}</p>
                    </div>
                    <BeingOpened/>
                    <ToRead/>
                    <Show when=move || records.are_listed()>
                    <Show when=move || visits.with(|visits| !visits.is_empty()) fallback=move || view! { <NoVisits today/> }>
                        <div class="heard-panel heard-panel--rows">
                            {move || visits.get().into_iter().map(|visit| {
                                let first = next.with(|next| next.as_ref().is_some_and(|next| next.id == visit.id));
                                view! { <Row visit first today ready/> }
                            }).collect_view()}
                        </div>
                    </Show>
                    </Show>
                    {move || next.get().map(|visit| view! { <BeforeYouRing visit today/> })}
                    <ToFinish today/>
                </div>
                <aside class="heard-stack" aria-label=tr!("today-beside")>
                    <StandingIn today/>
                    <NotSentYet/>
                    <Back/>
                    <AuditsToDo/>
                    <ReadByOthers/>
                </aside>
            </div>
        </Page>
    }
}

fn visits_on(records: Records, day: Date) -> Vec<DayVisit> {
    let mine = records.relations.visits_of();
    let mut visits: Vec<DayVisit> = records.summaries.with(|summaries| {
        let all = summaries
            .iter()
            .flat_map(|(stream, of)| of.visits.iter().map(move |(id, visit)| (*stream, *id, visit, of)));
        all.filter_map(|(stream, id, visit, of)| {
            let planned = visit.planned.clone().filter(|planned| planned.on == day && mine.contains(&planned.by))?;
            if visit.is_cancelled && visit.started.is_none() {
                return None;
            }
            Some(DayVisit { stream, id, planned, visit: visit.clone(), of: of.clone() })
        })
        .collect()
    });
    visits.sort_by_key(|visit| visit.planned.at);
    visits
}

#[component]
fn Row(visit: DayVisit, first: bool, today: Date, ready: Ready) -> impl IntoView {
    let DayVisit { stream, id, planned, visit, of } = visit;
    let name = of.short_name();
    let age = of.age(today).map(|age| tr!("years-old", {"age" => age}));
    let how = of.profile.as_ref().map_or_else(|| tr!("no-profile"), |profile| profile.summary.clone());
    let profile = of.profile.clone();
    let not_gathered = visit.not_gathered.map(super::words::reason);
    let directory = Directory::get();
    let instead =
        move || directory.me.get().is_some_and(|me| me.id != planned.by).then(|| directory.name_of(planned.by));
    view! {
        <article class="visit-row">
            <p class="visit-row__time">{planned.at.strftime("%-H:%M").to_string()}</p>
            <div class="visit-row__who">
                <h2 class="visit-row__name"><a class="heard-plain-link" href=format!("/children/{stream}")>{name.clone()}</a>" "<span class="visit-row__age">{age}</span></h2>
                <p class="visit-row__how">{how}</p>
                <div class="heard-tags visit-row__tags">
                    {move || instead().map(|away| view! { <strong class="govuk-tag govuk-tag--grey">{tr!("today-instead", {"away" => away})}</strong> })}
                    {move || match &not_gathered {
                        Some(why) => view! { <strong class="govuk-tag govuk-tag--grey">{tr!("not-gathered-today", {"why" => why.clone()})}</strong> }.into_any(),
                        None => ready.tag(profile.as_ref()),
                    }}
                    <AssessmentTag of=of.clone() today/>
                    <LastTimeTag of=of.clone() visit=id/>
                </div>
            </div>
            <div class="visit-row__action"><VisitAction stream id visit name first/></div>
        </article>
    }
}

#[component]
fn VisitAction(stream: StreamId, id: VisitId, visit: VisitSummary, name: String, first: bool) -> impl IntoView {
    let class = if first { "govuk-button" } else { "govuk-button govuk-button--secondary" };
    let base = format!("/children/{stream}/visits/{id}");
    let (to, words) = match (visit.started, visit.is_ended) {
        (None, _) => (base, tr!("today-start")),
        (Some(_), false) => (format!("{base}/topics"), tr!("today-go-on")),
        (Some(_), true) => (format!("{base}/write-up"), tr!("today-write-up")),
    };
    view! { <a class=class href=to draggable="false">{words}<span class="govuk-visually-hidden">" "{name}</span></a> }
}

/// "Assessment: day 31 of 45", from the referral on, until a manager has authorised it.
#[component]
fn AssessmentTag(of: Arc<Summary>, today: Date) -> impl IntoView {
    of.assessment_day(today).map(|day| {
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
fn LastTimeTag(of: Arc<Summary>, visit: VisitId) -> impl IntoView {
    of.visit_before(visit).and_then(|last| last.not_gathered).map(|why| {
        let why = super::words::reason(why);
        view! { <strong class="govuk-tag govuk-tag--red">{tr!("not-gathered-last-time", {"why" => why})}</strong> }
    })
}

/// What to know at the door, what to take, what was promised.
#[component]
fn BeforeYouRing(visit: DayVisit, today: Date) -> impl IntoView {
    let promises: Vec<String> =
        visit.of.promises(visit.id).iter().map(|promise| super::words::promise(promise, today)).collect();
    let name = visit.of.name.as_ref().map(|name| name.called().to_owned()).unwrap_or_default();
    let empty = |words: String, none: String| if domain::text::is_visible(&words) { words } else { none };
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
    let records = Records::get();
    let next = move || {
        records.summaries.with(|summaries| {
            let ahead = summaries.iter().flat_map(|(stream, of)| {
                of.visits.values().filter(|visit| visit.is_ahead()).filter_map(move |visit| {
                    let planned = visit.planned.as_ref().filter(|planned| planned.on > today)?;
                    Some((planned.on, *stream, of.name.as_ref()?.short()))
                })
            });
            ahead.min()
        })
    };
    view! {
        <div class="heard-panel">
            {move || records.has_no_child().then(|| view! {
                <h2 class="heard-panel__title">{tr!("help-first-day")}</h2>
                <HowItWorks/>
            })}
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
    let (records, directory) = (Records::get(), Directory::get());
    let open = move || {
        let me = directory.me.get().map(|me| me.id);
        records.summaries.with(|summaries| {
            let all = summaries
                .iter()
                .flat_map(|(stream, of)| of.visits.iter().map(move |(id, visit)| (*stream, *id, visit, of)));
            all.filter_map(|(stream, id, visit, of)| {
                let (on, by) = visit.started?;
                let mine = Some(by) == me && (on < today || visit.is_ended);
                (mine && (!visit.is_ended || visit.is_to_write_up)).then(|| (on, stream, id, of.short_name()))
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
