//! The audits that are here, and whether practice has changed.

use domain::id::StreamId;
use domain::payload::audit::{AuditQuestion, Found};
use domain::record::audit::AuditSummary;
use jiff::ToSpan;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::sampled::Sampled;
use super::words;
use crate::components::Page;
use crate::state::{Calendar, Directory, Records};
use crate::words::near_date;

/// Practice is compared over so many days: what was found lately with what was found before.
const LATELY_DAYS: i32 = 91;

/// Audits of the team, or with something to do.
#[component]
pub fn Audits() -> impl IntoView {
    view! {
        <Page title=tr!("audits-title")>
            <h1 class="heard-title">{tr!("audits-title")}</h1>
            <div class="heard-stack">
                <section class="heard-panel" aria-labelledby="written">
                    <h2 class="heard-panel__title" id="written">{tr!("audits-all")}</h2>
                    <Rows/>
                </section>
                <Effect/>
            </div>
        </Page>
    }
}

/// Every audit that is here, the latest first; follows them.
pub fn audits(records: Records) -> Vec<(StreamId, AuditSummary)> {
    let mut all: Vec<_> = records
        .summaries
        .with(|summaries| summaries.iter().filter_map(|(stream, of)| Some((*stream, of.audit.clone()?))).collect());
    all.sort_by_key(|(_, audit): &(StreamId, AuditSummary)| std::cmp::Reverse(audit.source.captured_at));
    all
}

/// Whose record it was, as far as that is known here.
pub(super) fn child_name(child: StreamId) -> String {
    let known = Records::get().summaries.with(|all| all.get(&child).map(|of| of.short_name()));
    let sampled = || use_context::<Sampled>().and_then(|sampled| sampled.child(child)).map(|child| child.name.short());
    known.filter(|name| !name.is_empty()).or_else(sampled).unwrap_or_else(|| tr!("told-a-record"))
}

/// A line of each.
#[component]
pub fn Rows() -> impl IntoView {
    let (records, directory, calendar) = (Records::get(), Directory::get(), Calendar::get());
    let row = move |(stream, audit): (StreamId, AuditSummary)| {
        let today = calendar.today();
        let count = |of| audit.found.values().filter(|found| **found == of).count();
        let (not, partly) = (count(Found::NotMet), count(Found::Partly));
        let late = audit.open.iter().filter(|(_, due)| *due < today).count();
        view! {
            <li class="heard-list__row heard-list__row--stacked">
                <a class="govuk-link" href=format!("/audits/{stream}")>{tr!("audit-of", {"child" => child_name(audit.child)})}</a>" "
                <span class="heard-quiet">{near_date(audit.on, today)}", "{directory.name_of(audit.source.by)}</span>
                <p class="heard-list__words">{tr!("audit-counts", {"not" => not, "partly" => partly, "open" => audit.open.len()})}</p>
                <span class="heard-tags">
                    {(!audit.is_seen).then(|| view! { <strong class="govuk-tag govuk-tag--yellow">{tr!("audit-not-seen")}</strong> })}
                    {(late > 0).then(|| view! { <strong class="govuk-tag govuk-tag--red">{tr!("audit-late", {"count" => late})}</strong> })}
                </span>
            </li>
        }
    };
    move || {
        let all = audits(records);
        if all.is_empty() {
            view! { <p class="heard-quiet">{tr!("audits-none")}</p> }.into_any()
        } else {
            view! { <ul class="heard-list">{all.into_iter().map(row).collect_view()}</ul> }.into_any()
        }
    }
}

/// How often each question was met, lately and before. What cannot be yet does not count.
fn met(all: &[(StreamId, AuditSummary)], question: AuditQuestion, since: Date, until: Date) -> (usize, usize) {
    let when = all.iter().filter(|(_, audit)| audit.on >= since && audit.on < until);
    let found: Vec<Found> = when.filter_map(|(_, audit)| audit.found.get(&question).copied()).collect();
    let counted = found.iter().filter(|found| **found != Found::NotYet).count();
    (found.iter().filter(|found| **found == Found::Met).count(), counted)
}

/// What is different since: whether an audit has an effect.
#[component]
fn Effect() -> impl IntoView {
    let (records, calendar) = (Records::get(), Calendar::get());
    let cell = |(met, of): (usize, usize)| match of {
        0 => tr!("effect-none"),
        of => tr!("effect-met", {"met" => met, "of" => of}),
    };
    move || {
        let all = audits(records);
        let tomorrow = calendar.today().saturating_add(1.day());
        let lately = tomorrow.saturating_sub(LATELY_DAYS.days());
        let before = lately.saturating_sub(LATELY_DAYS.days());
        (!all.is_empty()).then(|| {
            view! {
                <section class="heard-panel" aria-labelledby="effect">
                    <h2 class="heard-panel__title" id="effect">{tr!("effect-title")}</h2>
                    <table class="govuk-table team-table">
                        <caption class="govuk-visually-hidden">{tr!("effect-title")}</caption>
                        <thead class="govuk-table__head"><tr class="govuk-table__row">
                            <th class="govuk-table__header" scope="col">{tr!("effect-question")}</th>
                            <th class="govuk-table__header" scope="col">{tr!("effect-before")}</th>
                            <th class="govuk-table__header" scope="col">{tr!("effect-lately")}</th>
                        </tr></thead>
                        <tbody class="govuk-table__body">
                            {AuditQuestion::ALL.into_iter().map(|question| view! {
                                <tr class="govuk-table__row">
                                    <th class="govuk-table__header" scope="row">{words::question(question)}</th>
                                    <td class="govuk-table__cell" data-label=tr!("effect-before")>{cell(met(&all, question, before, lately))}</td>
                                    <td class="govuk-table__cell" data-label=tr!("effect-lately")>{cell(met(&all, question, lately, tomorrow))}</td>
                                </tr>
                            }).collect_view()}
                        </tbody>
                    </table>
                </section>
            }
        })
    }
}
