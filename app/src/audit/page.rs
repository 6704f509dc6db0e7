//! One audit: what was found, what is to be done, and what came of it.

use std::sync::Arc;

use domain::id::{AuditActionId, StreamId};
use domain::payload::audit::{AuditAction, AuditActionDone, AuditQuestion, AuditSeen};
use domain::record::audit::Audit;
use domain::record::{Attributed, Source};
use domain::{Payload, Record};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::list::child_name;
use super::words;
use crate::components::typed::trimmed;
use crate::components::{Opening, Page, Problems, TextArea, in_address, kept_words};
use crate::state::{Calendar, Directory, Records, Urgency};
use crate::words::{near_date, near_time, not_saved};

/// The ids of the answers of as many actions as the template has.
const DONE: [&str; 4] = ["done", "done-2", "done-3", "done-4"];

/// The audit in the address.
#[component]
pub fn AuditPage() -> impl IntoView {
    let records = Records::get();
    let stream = in_address::<StreamId>("audit");
    let record = Memo::new(move |_| stream.get().map(|stream| records.record_of(stream)));
    move || match (stream.get(), record.get().and_then(|record| record.get())) {
        (Some(stream), Some(record)) if record.audit.is_some() => view! { <OneAudit stream record/> }.into_any(),
        (Some(stream), None) if records.has(stream) => view! {
            <Page title=tr!("audits-title") class="heard-page heard-narrow"><Opening stream/></Page>
        }
        .into_any(),
        _ => view! {
            <Page title=tr!("audits-title") class="heard-page heard-narrow">
                <a class="govuk-back-link" href="/audits">{tr!("audits-title")}</a>
                <h1 class="heard-title">{tr!("audit-not-here")}</h1>
                <p class="govuk-body">{tr!("record-not-here-do")}</p>
            </Page>
        }
        .into_any(),
    }
}

#[component]
fn OneAudit(stream: StreamId, record: Arc<Record>) -> impl IntoView {
    let (records, directory, today) = (Records::get(), Directory::get(), Calendar::get().today());
    let Audit { written, seen, done } = record.audit.clone()?;
    let relations = records.relations;
    let answers = relations.may(&record.standing.access, domain::Action::AnswerAudit);
    let acts = relations.may(&record.standing.access, domain::Action::ActOnAudit);
    let by = move |source: &Source| {
        let at = near_time(source.received_at.unwrap_or(source.captured_at), today);
        tr!("contact-by", {"name" => directory.name_of(source.by), "at" => at})
    };
    let Attributed { what: written, source } = written;
    let has_child = records.has(written.child);
    let child = written.child;
    let audits = directory.me.get_untracked().is_some_and(|me| me.role.audits());
    let answers_by = written.findings.clone();
    let findings = AuditQuestion::ALL.into_iter().filter_map(move |question| {
        let finding = answers_by.get(&question)?.clone();
        Some(view! {
            <div class="audit-finding">
                <h3 class="heard-capture__title">{words::question(question)}</h3>
                <p><strong class=words::tag(finding.found)>{words::found(finding.found)}</strong></p>
                {(!finding.words.is_empty()).then(|| view! { <p class="heard-list__words">{finding.words}</p> })}
            </div>
        })
    });
    let actions = written.actions.clone();
    let is_seen = !seen.is_empty();
    Some(view! {
        <Page title=tr!("audits-title") class="heard-page heard-narrow">
            <a class="govuk-back-link" href="/audits">{tr!("audits-title")}</a>
            <h1 class="heard-title">{tr!("audit-of", {"child" => child_name(child)})}</h1>
            <p class="heard-title__second">{by(&source)}</p>
            {audits.then(|| view! { <p class="govuk-body"><a class="govuk-link" href=format!("/read/{child}")>{tr!("ask-title")}</a></p> })}
            {has_child.then(|| view! { <p class="govuk-body"><a class="govuk-link" href=format!("/children/{child}")>{tr!("visit-not-yours-record")}</a></p> })}
            <div class="heard-stack">
                <section class="heard-panel" aria-labelledby="findings">
                    <h2 class="heard-panel__title" id="findings">{tr!("audit-findings")}</h2>
                    {findings.collect_view()}
                    {(!written.praise.is_empty()).then(|| view! { <h3 class="heard-capture__title">{tr!("audit-praise")}</h3><p class="heard-list__words">{written.praise.clone()}</p> })}
                </section>
                <section class="heard-panel" aria-labelledby="actions">
                    <h2 class="heard-panel__title" id="actions">{tr!("audit-actions")}</h2>
                    {actions.is_empty().then(|| view! { <p class="heard-quiet">{tr!("audit-no-actions")}</p> })}
                    {actions.into_iter().enumerate().map(|(place, action)| {
                        let done = done.get(&action.action).map(|done| (done.what.words.clone(), by(&done.source)));
                        view! { <OneAction stream place action done acts today/> }
                    }).collect_view()}
                </section>
                <section class="heard-panel" aria-labelledby="seen">
                    <h2 class="heard-panel__title" id="seen">{tr!("audit-manager")}</h2>
                    {(!is_seen).then(|| view! { <p class="heard-quiet">{tr!("audit-not-seen")}</p> })}
                    {seen.iter().map(|seen| view! {
                        <p>{tr!("contact-read-by", {"by" => by(&seen.source)})}</p>
                        {(!seen.what.words.is_empty()).then(|| view! { <p class="heard-list__words">"“"{seen.what.words.clone()}"”"</p> })}
                    }).collect_view()}
                    {(answers && !is_seen).then(|| view! { <Seen stream/> })}
                </section>
            </div>
        </Page>
    })
}

#[component]
fn OneAction(
    stream: StreamId,
    place: usize,
    action: AuditAction,
    done: Option<(String, String)>,
    acts: bool,
    today: Date,
) -> impl IntoView {
    let directory = Directory::get();
    let owner = directory.name_of(action.owner);
    let is_open = done.is_none();
    let class = if is_open && action.due < today { "govuk-tag govuk-tag--red" } else { "govuk-tag govuk-tag--grey" };
    let due = tr!("audit-due", {"on" => near_date(action.due, today)});
    view! {
        <article class="heard-contact">
            <h3 class="heard-capture__title">{action.words.clone()}</h3>
            <p>{owner}" "<strong class=class>{due}</strong></p>
            {done.map(|(words, by)| view! { <p class="heard-list__words"><strong>{tr!("audit-done-label")}</strong>" "{words}" "<span class="heard-quiet">{by}</span></p> })}
            {(is_open && acts).then(|| view! { <Done stream action=action.action place/> })}
        </article>
    }
}

/// What was done, and what is different now.
#[component]
fn Done(stream: StreamId, action: AuditActionId, place: usize) -> impl IntoView {
    let records = Records::get();
    let (typed, draft) = kept_words(format!("draft/{stream}/done/{action}"));
    let problems: Problems = RwSignal::new(Vec::new());
    let save = Action::new_local(move |(): &()| {
        let done = Payload::AuditActionDone(AuditActionDone { action, words: trimmed(typed) });
        async move {
            let saved = records.record(stream, vec![done], Urgency::Now).await;
            if saved.is_ok() {
                draft.forget();
            }
            saved
        }
    });
    let field = DONE.get(place).copied().unwrap_or("done");
    let press = move |_| {
        if trimmed(typed).is_empty() {
            problems.set(vec![(field, tr!("audit-done-missing"))]);
        } else {
            problems.set(Vec::new());
            save.dispatch_local(());
        }
    };
    view! {
        <TextArea id=field label=tr!("audit-done") hint=tr!("audit-done-hint") rows=2 value=typed problems/>
        <button class="govuk-button plan-small-button" type="button" disabled=move || save.pending().get() on:click=press>{tr!("audit-done-save")}</button>
        {move || save.value().get().and_then(Result::err).map(|problem| view! { <p class="govuk-error-message" role="alert">{not_saved(&problem)}</p> })}
    }
}

/// A manager has read it.
#[component]
fn Seen(stream: StreamId) -> impl IntoView {
    let records = Records::get();
    let (typed, draft) = kept_words(format!("draft/{stream}/answer"));
    let problems: Problems = RwSignal::new(Vec::new());
    let save = Action::new_local(move |(): &()| {
        let seen = Payload::AuditSeen(AuditSeen { words: trimmed(typed) });
        async move {
            let saved = records.record(stream, vec![seen], Urgency::Now).await;
            if saved.is_ok() {
                draft.forget();
            }
            saved
        }
    });
    view! {
        <TextArea id="answer" label=tr!("audit-answer") hint=tr!("audit-answer-hint") rows=2 value=typed problems/>
        <button class="govuk-button plan-small-button" type="button" disabled=move || save.pending().get() on:click=move |_| { save.dispatch_local(()); }>{tr!("contact-have-read")}</button>
        {move || save.value().get().and_then(Result::err).map(|problem| view! { <p class="govuk-error-message" role="alert">{not_saved(&problem)}</p> })}
    }
}
