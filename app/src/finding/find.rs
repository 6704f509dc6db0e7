//! Find a child.

use domain::doubles::Sought;
use domain::payload::child::Birth;
use domain::permission::Role;
use domain::wire::FoundChild;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::page::for_readers;
use super::search::Search;
use crate::components::typed::trimmed;
use crate::components::{DateBoxes, DateInput, DateProblem, ErrorSummary, Field, Page, Problems};
use crate::platform::page;
use crate::state::{Calendar, Directory};
use crate::words;

/// By name, date of birth or case number, in the whole council.
#[component]
pub fn FindPage() -> impl IntoView {
    for_readers(|| view! { <Find/> }.into_any())
}

#[component]
fn Find() -> impl IntoView {
    let (search, calendar) = (Search::get(), Calendar::get());
    let problems: Problems = RwSignal::new(Vec::new());
    let today = calendar.today();
    let busy = search.ask.pending();
    let answers = Directory::get().me.get_untracked().is_some_and(|me| me.role == Role::Duty);
    let find = move || match sought(search) {
        Ok(sought) => {
            problems.set(Vec::new());
            search.ask.dispatch_local(sought);
        }
        Err(problem) => {
            search.ask.clear();
            problems.set(vec![problem]);
        }
    };
    // Whoever pressed is led to what came of it: on a phone it lies below.
    Effect::new(move |was_busy: Option<bool>| {
        let is_busy = busy.get();
        if was_busy == Some(true) && !is_busy {
            page::focus("#found-status");
        }
        is_busy
    });
    view! {
        <Page title=tr!("find-title") in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("find-title")}</h1>
            <p class="heard-title__second">{tr!("find-lead")}</p>
            <div class="heard-split">
                <form class="heard-panel heard-form" novalidate on:submit=move |event| { event.prevent_default(); find(); }>
                    <Field id="name" label=tr!("find-name") hint=tr!("find-name-hint") value=search.name problems/>
                    <DateInput id="birth" legend=tr!("find-birth") hint=tr!("find-birth-hint", {"date" => words::example_date(today)}) value=search.birth problems/>
                    <Field id="number" label=tr!("find-number") value=search.number problems/>
                    <button class="govuk-button" type="submit" disabled=busy>{tr!("find-do")}</button>
                </form>
                <div class="heard-stack" id="found-status" tabindex="-1" role="status">
                    {move || match (busy.get(), search.ask.value().get()) {
                        (true, _) => view! { <p class="govuk-body">{tr!("find-finding")}</p> }.into_any(),
                        (false, None) => view! { <p class="govuk-body heard-quiet">{tr!("find-logged")}</p> }.into_any(),
                        (false, Some(Err(failure))) => view! {
                            <div class="heard-alert"><p>{words::failure(&failure)}</p></div>
                            <p class="govuk-body">{tr!("ask-needs-signal")}</p>
                            {answers.then(|| view! { <p class="govuk-body"><a class="govuk-link" href="/find/unknown">{tr!("find-without-record")}</a></p> })}
                        }.into_any(),
                        (false, Some(Ok(reply))) if reply.found.is_empty() => view! {
                            <p class="govuk-body">{tr!("find-nobody")}</p>
                            {answers.then(|| view! { <p class="govuk-body"><a class="govuk-link" href="/find/unknown">{tr!("find-unknown")}</a></p> })}
                        }.into_any(),
                        (false, Some(Ok(reply))) => view! {
                            <section class="heard-panel" aria-labelledby="found">
                                <h2 class="heard-panel__title" id="found">{tr!("find-found", {"count" => reply.found.len()})}</h2>
                                <ul class="heard-list">
                                    {reply.found.into_iter().map(|child| view! { <Found child today/> }).collect_view()}
                                </ul>
                                {reply.more.then(|| view! { <p class="heard-prompt">{tr!("find-more")}</p> })}
                                <p class="heard-quiet">{tr!("find-logged")}</p>
                            </section>
                        }.into_any(),
                    }}
                </div>
            </div>
        </Page>
    }
}

/// What was typed, or what is wrong with it.
fn sought(search: Search) -> Result<Sought, (&'static str, String)> {
    let birth = match search.birth.with_untracked(DateBoxes::read) {
        Ok(day) => Some(day),
        Err(DateProblem::Empty) => None,
        Err(problem) => return Err(("birth", problem.in_words())),
    };
    let sought = Sought { name: trimmed(search.name), birth, case_number: trimmed(search.number) };
    if sought.found_by().is_empty() { Err(("name", tr!("find-nothing-typed"))) } else { Ok(sought) }
}

#[component]
fn Found(child: FoundChild, today: Date) -> impl IntoView {
    let directory = Directory::get();
    let (team, managers) = directory.team(child.team);
    let assigned = directory.still_here(&child.assigned.iter().copied().collect());
    let with = directory.names_of(&assigned).unwrap_or_else(|| tr!("allocated-to-nobody"));
    let born = match child.birth {
        Birth::Born(day) => format!("{} {}", tr!("known-born"), words::short_date(day, today)),
        Birth::Expected(day) => format!("{} {}", tr!("known-expected"), words::short_date(day, today)),
    };
    let number = child.case_number.map(|number| format!("{} {number}", tr!("known-case-number")));
    let known: Vec<String> = [Some(born), number].into_iter().flatten().collect();
    let name = child.name.full();
    view! {
        <li class="heard-list__row heard-list__row--stacked">
            <strong><bdi>{name.clone()}</bdi></strong>
            {child.is_double.then(|| view! { <strong class="govuk-tag govuk-tag--grey">{tr!("find-double")}</strong> })}
            <p class="heard-list__words">{known.join(". ")}</p>
            <p class="heard-list__words heard-quiet">{team}": "{tr!("find-with", {"names" => with})}", "{managers}</p>
            <a class="govuk-button govuk-button--secondary plan-small-button" href=format!("/read/{}", child.stream) draggable="false">{tr!("find-read")}<span class="govuk-visually-hidden">" "{name}</span></a>
        </li>
    }
}
