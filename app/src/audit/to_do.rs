//! What an audit asks of whoever is at work.

use domain::id::StreamId;
use domain::record::audit::AuditSummary;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::list::{audits, child_name};
use crate::state::{Calendar, Directory, Records};
use crate::words;

/// Findings that no manager has read, for a manager; actions of one's own. Nothing where there is nothing.
#[component]
pub fn AuditsToDo() -> impl IntoView {
    let (records, directory, calendar) = (Records::get(), Directory::get(), Calendar::get());
    let manages = move |of: StreamId| {
        let access = records.summaries.with(|all| all.get(&of).map(|of| of.access.clone()));
        access.is_some_and(|access| records.relations.may(&access, domain::Action::AnswerAudit))
    };
    let lines = Memo::new(move |_| {
        let me = directory.me.get().map(|me| me.id);
        let line = |(stream, audit): (StreamId, AuditSummary)| {
            let to_read = !audit.is_seen && manages(stream);
            let due = audit.open.iter().filter(|(owner, _)| Some(*owner) == me).map(|(_, due)| *due).min();
            (to_read || due.is_some()).then(|| (stream, child_name(audit.child), to_read, due))
        };
        audits(records).into_iter().filter_map(line).collect::<Vec<_>>()
    });
    let row = move |(stream, name, to_read, due): (StreamId, String, bool, Option<Date>)| {
        let today = calendar.today();
        let words =
            if to_read { tr!("audit-to-read", {"child" => name}) } else { tr!("audit-to-do", {"child" => name}) };
        view! {
            <li class="heard-list__row">
                <a class="govuk-link" href=format!("/audits/{stream}")>{words}</a>
                {due.map(|due| {
                    let class = if due < today { "govuk-tag govuk-tag--red" } else { "govuk-tag govuk-tag--grey" };
                    view! { <strong class=class>{tr!("audit-due", {"on" => words::near_date(due, today)})}</strong> }
                })}
            </li>
        }
    };
    move || {
        let lines = lines.get();
        (!lines.is_empty()).then(|| {
            view! {
                <section class="heard-panel" aria-labelledby="audits-to-do">
                    <h2 class="heard-panel__title" id="audits-to-do">{tr!("audits-to-do")}</h2>
                    <ul class="heard-list">{lines.into_iter().map(row).collect_view()}</ul>
                </section>
            }
        })
    }
}
