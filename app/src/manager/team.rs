//! The manager's team: who has nobody, who has whom, who has how much.

mod allocate;
mod cover;
mod load;

use std::sync::Arc;

use domain::calendar::{ASSESSMENT_WORKING_DAYS, working_days};
use domain::id::StreamId;
use domain::payload::child::Birth;
use domain::permission::{Action, Role};
use domain::record::summary::Summary;
use jiff::civil::{Date, Time};
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::account::KeysGivenBack;
use crate::components::Page;
use crate::state::{Calendar, Directory, Records, Session};
use crate::words;
use crate::worker::BeingOpened;
use load::WhoHasHowMuch;

pub use allocate::AllocatePage;
pub use cover::{CoverFormPage, CoverPage};

/// From so many working days without a worker on it is late†.
const LATE_UNALLOCATED: u32 = 1;

type Child = (StreamId, Arc<Summary>);

/// The team's children and workers.
#[component]
pub fn TeamPage() -> impl IntoView {
    let directory = Directory::get();
    move || match directory.me.get().map(|me| (me.role, me.team_name)) {
        Some((Role::Manager, team)) => view! { <Team team/> }.into_any(),
        _ => view! {
            <Page title=tr!("nav-team") class="heard-page heard-narrow">
                <h1 class="heard-title">{tr!("nav-team")}</h1>
                <p class="govuk-body">{tr!("team-managers-only")}</p>
            </Page>
        }
        .into_any(),
    }
}

/// The children whom the manager at work allocates, by name.
fn children() -> Memo<Vec<Child>> {
    let records = Records::get();
    Memo::new(move |_| {
        let mut children: Vec<Child> = records.summaries.with(|summaries| {
            let mine = summaries
                .iter()
                .filter(|(_, of)| of.name.is_some() && records.relations.may(&of.access, Action::Allocate));
            mine.map(|(stream, of)| (*stream, of.clone())).collect()
        });
        children.sort_by_key(|(_, of)| of.short_name());
        children
    })
}

#[component]
fn Team(team: String) -> impl IntoView {
    let (records, calendar, directory) = (Records::get(), Calendar::get(), Directory::get());
    let today = calendar.today();
    // Who works here may have changed since this tablet was opened.
    Session::get().hear_of_colleagues();
    let children = children();
    let nobody = Memo::new(move |_| {
        let mut nobody: Vec<Child> =
            children.with(|all| all.iter().filter(|(_, of)| is_with_nobody(directory, of)).cloned().collect());
        // Whoever is expected to be visited first, then whoever waits longest.
        nobody.sort_by_key(|(_, of)| (ahead(of).is_none(), ahead(of), of.waits_since()));
        nobody
    });
    let counts = move || tr!("team-counts", {"count" => children.with(Vec::len), "nobody" => nobody.with(Vec::len)});
    view! {
        <Page title=tr!("nav-team")>
            <div class="heard-title-row">
                <div>
                    <h1 class="heard-title">{tr!("team-heading", {"team" => team})}</h1>
                    <p class="heard-title__second">{counts}" "{words::long_date(today)}</p>
                </div>
                <div class="heard-title-row__do">
                    <a class="govuk-button govuk-button--secondary" href="/access" draggable="false">{tr!("access-title")}</a>
                    <a class="govuk-button govuk-button--secondary" href="/team/cover" draggable="false">{tr!("team-cover")}</a>
                    <a class="govuk-button govuk-button--secondary" href="/children/new" draggable="false">{tr!("register-title")}</a>
                </div>
            </div>
            <BeingOpened/>
            <KeysGivenBack/>
            <Show when=move || records.are_listed()>
                <div class="heard-split">
                    <div class="heard-stack">
                        <WithNobody nobody today/>
                        <AllChildren children today/>
                    </div>
                    <aside class="heard-stack" aria-label=tr!("team-beside")>
                        <WhoHasHowMuch children today/>
                        <NotGatheredLately children today/>
                    </aside>
                </div>
            </Show>
        </Page>
    }
}

/// Whether nobody works with the child: nobody ever did, or all who did have left.
fn is_with_nobody(directory: Directory, of: &Summary) -> bool {
    directory.still_here(&of.access.assigned).is_empty()
}

/// Children whom nobody works with, the longest wait first.
#[component]
fn WithNobody(nobody: Memo<Vec<Child>>, today: Date) -> impl IntoView {
    let directory = Directory::get();
    let row = move |(stream, of): Child| {
        let name = of.short_name();
        let waited = of.waits_since().map_or(0, |since| working_days(since, today));
        let before = directory.names_of(&of.access.assigned);
        let visit = next_visit(&of, today).map(|visit| tr!("team-next-is", {"visit" => visit}));
        let (class, words) = if let Some(before) = before {
            ("govuk-tag govuk-tag--red", tr!("team-has-left", {"name" => before}))
        } else if waited > LATE_UNALLOCATED {
            ("govuk-tag govuk-tag--red", tr!("team-waited", {"days" => waited}))
        } else {
            ("govuk-tag govuk-tag--yellow", tr!("team-waited", {"days" => waited}))
        };
        view! {
            <li class="heard-list__row team-row">
                <span class="team-row__who">
                    <a class="govuk-link" href=format!("/children/{stream}")><bdi>{name.clone()}</bdi></a>" "<span class="heard-quiet">{age(&of, today)}</span>
                    <span class="heard-block heard-quiet">{of.profile.as_ref().map_or_else(|| tr!("no-profile"), |profile| profile.summary.clone())}</span>
                    {visit.map(|words| view! { <span class="heard-block"><strong>{words}</strong></span> })}
                </span>
                <strong class=class>{words}</strong>
                <a class="govuk-button" href=format!("/team/{stream}") draggable="false">{tr!("team-allocate")}<span class="govuk-visually-hidden">" "{name}</span></a>
            </li>
        }
    };
    move || {
        let nobody = nobody.get();
        (!nobody.is_empty()).then(|| {
            view! {
                <section class="heard-panel heard-panel--urgent" aria-labelledby="nobody">
                    <h2 class="heard-panel__title" id="nobody">{tr!("team-nobody")}</h2>
                    <ul class="heard-list">{nobody.into_iter().map(row).collect_view()}</ul>
                </section>
            }
        })
    }
}

/// The next planned visit.
fn ahead(of: &Summary) -> Option<(Date, Time)> {
    let visits = of.visits.values().filter(|visit| visit.is_ahead());
    visits.filter_map(|visit| visit.planned.as_ref()).map(|planned| (planned.on, planned.at)).min()
}

/// The same in words.
fn next_visit(of: &Summary, today: Date) -> Option<String> {
    let (on, at) = ahead(of)?;
    Some(format!("{} {}", words::near_date(on, today), at.strftime("%-H:%M")))
}

/// "8 years", or the day on which the child is expected.
fn age(of: &Summary, today: Date) -> String {
    match (of.age(today), of.birth) {
        (Some(age), _) => tr!("years-old", {"age" => age}),
        (None, Some(Birth::Expected(on))) => tr!("team-expected", {"on" => words::short_date(on, today)}),
        (None, _) => String::new(),
    }
}

/// Every child who has somebody.
#[component]
fn AllChildren(children: Memo<Vec<Child>>, today: Date) -> impl IntoView {
    let directory = Directory::get();
    let row = move |(stream, of): Child| {
        let name = of.short_name();
        let here = directory.still_here(&of.access.assigned);
        let with = here.iter().map(|staff| with_team(directory, *staff, &of)).collect::<Vec<_>>();
        let next = next_visit(&of, today).unwrap_or_else(|| tr!("no-next-visit"));
        let how = of.profile.as_ref().map(|profile| profile.summary.clone());
        view! {
            <tr class="govuk-table__row">
                <th class="govuk-table__header" scope="row">
                    <a class="govuk-link" href=format!("/children/{stream}")><bdi>{name.clone()}</bdi></a>
                    <span class="heard-block heard-quiet">{[Some(age(&of, today)), how].into_iter().flatten().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ")}</span>
                </th>
                <td class="govuk-table__cell" data-label=tr!("team-with")>{with.join(", ")}</td>
                <td class="govuk-table__cell" data-label=tr!("team-next-visit")>{next}</td>
                <td class="govuk-table__cell" data-label=tr!("team-clock")>{clock(&of, today)}</td>
                <td class="govuk-table__cell"><a class="govuk-link" href=format!("/team/{stream}")>{tr!("team-move")}<span class="govuk-visually-hidden">" "{name}</span></a></td>
            </tr>
        }
    };
    let rows = move || {
        let with = children.with(|all| all.iter().filter(|(_, of)| !is_with_nobody(directory, of)).cloned().collect());
        let with: Vec<Child> = with;
        if with.is_empty() {
            return view! { <p class="govuk-body">{tr!("team-no-children")}</p> }.into_any();
        }
        view! {
            <table class="govuk-table team-table">
                <caption class="govuk-visually-hidden">{tr!("team-children")}</caption>
                <thead class="govuk-table__head">
                    <tr class="govuk-table__row">
                        <th class="govuk-table__header" scope="col">{tr!("team-child")}</th>
                        <th class="govuk-table__header" scope="col">{tr!("team-with")}</th>
                        <th class="govuk-table__header" scope="col">{tr!("team-next-visit")}</th>
                        <th class="govuk-table__header" scope="col">{tr!("team-clock")}</th>
                        <th class="govuk-table__header" scope="col"><span class="govuk-visually-hidden">{tr!("team-move")}</span></th>
                    </tr>
                </thead>
                <tbody class="govuk-table__body">{with.into_iter().map(row).collect_view()}</tbody>
            </table>
        }
        .into_any()
    };
    view! { <section class="heard-panel" aria-label=tr!("team-children")>{rows}</section> }
}

/// "Tom Reid (Coast)" for joint work.
fn with_team(directory: Directory, staff: domain::id::StaffId, of: &Summary) -> String {
    let name = directory.name_of(staff);
    let other = directory.colleagues.with(|all| {
        all.iter().find(|one| one.id == staff && Some(one.team) != of.access.team).map(|one| one.team_name.clone())
    });
    match other {
        Some(team) => tr!("team-joint", {"name" => name, "team" => team}),
        None => name,
    }
}

/// Where the assessment stands in its 45 working days.
fn clock(of: &Summary, today: Date) -> Option<AnyView> {
    let day = of.assessment_day(today)?;
    let class = if day > ASSESSMENT_WORKING_DAYS {
        "govuk-tag govuk-tag--red"
    } else if day + 7 > ASSESSMENT_WORKING_DAYS {
        "govuk-tag govuk-tag--yellow"
    } else {
        "govuk-tag"
    };
    Some(
        view! { <strong class=class>{tr!("team-day", {"day" => day, "of" => ASSESSMENT_WORKING_DAYS})}</strong> }
            .into_any(),
    )
}

/// Children whose last visit brought no view.
#[component]
fn NotGatheredLately(children: Memo<Vec<Child>>, today: Date) -> impl IntoView {
    let rows = move || {
        let all = children.get().into_iter().filter_map(|(stream, of)| {
            let last = of.visits.values().filter(|visit| visit.started.is_some());
            let last = last.max_by_key(|visit| visit.started.map(|(on, _)| on))?;
            Some((stream, of.short_name(), last.not_gathered?, last.started?.0))
        });
        all.map(|(stream, name, why, on)| {
            view! {
                <li class="heard-list__row">
                    <a class="govuk-link" href=format!("/children/{stream}")><bdi>{name}</bdi></a>
                    <span class="heard-quiet">{crate::worker::reason(why)}", "{words::near_date(on, today)}</span>
                </li>
            }
        })
        .collect::<Vec<_>>()
    };
    move || {
        let rows = rows();
        (!rows.is_empty()).then(|| {
            view! {
                <section class="heard-panel" aria-labelledby="not-lately">
                    <h2 class="heard-panel__title" id="not-lately">{tr!("team-not-gathered")}</h2>
                    <ul class="heard-list">{rows}</ul>
                </section>
            }
        })
    }
}
