//! Writing what was found in the record that is being read.

use std::sync::Arc;

use domain::id::{StaffId, StreamId, TeamId};
use domain::payload::audit::Found;
use domain::permission::Role;
use domain::{Payload, Record};
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::create;

use super::form::{Asked, AuditForm, ToDo};
use crate::audit::{found, question};
use crate::components::{Choice, DateInput, ErrorSummary, NoPages, Page, TextArea, saving_all};
use crate::finding::with_reason;
use crate::state::{Calendar, Directory};
use crate::words::example_date;

/// The template, for the record in the address.
#[component]
pub fn FindingsPage() -> impl IntoView {
    with_reason(|stream, record, _| {
        let audits = Directory::get().me.get_untracked().is_some_and(|me| me.role.audits());
        let record = record.get_untracked().unwrap_or_default();
        match record.standing.access.team.filter(|_| audits) {
            Some(team) => view! { <Findings child=stream team record/> }.into_any(),
            None => view! { <NoPages/> }.into_any(),
        }
    })
}

#[component]
fn Findings(child: StreamId, team: TeamId, record: Arc<Record>) -> impl IntoView {
    let calendar = Calendar::get();
    let form = AuditForm::begin(child);
    let problems = form.problems;
    let audit = StreamId::audit(create::uuid(calendar.now()));
    let save = saving_all(form.draft, problems, move || form.keep(), move || format!("/audits/{audit}"));
    let busy = save.pending();
    let name = record.child.as_ref().map(|child| child.what.name.full()).unwrap_or_default();
    let owners = StoredValue::new(owners(team));
    view! {
        <Page title=tr!("audit-write") class="heard-page heard-narrow" in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=format!("/read/{child}")>{tr!("visit-not-yours-record")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("audit-write")}</h1>
            <p class="heard-title__second"><bdi>{name}</bdi></p>
            <form class="heard-panel heard-form heard-form--short" novalidate on:input=move |_| form.keep() on:change=move |_| form.keep() on:submit=move |event| {
                event.prevent_default();
                match form.written(child, team, calendar) {
                    Ok(written) => { problems.set(Vec::new()); save.dispatch_local(vec![(audit, vec![Payload::AuditWritten(written)])]); }
                    Err(wrong) => problems.set(wrong),
                }
            }>
                {form.asked.get_value().into_iter().map(|asked| view! { <Question asked form/> }).collect_view()}
                <TextArea id="praise" label=tr!("audit-praise") hint=tr!("audit-praise-hint") rows=3 value=form.praise problems/>
                <h2 class="heard-panel__title">{tr!("audit-actions")}</h2>
                <p class="govuk-hint">{tr!("audit-actions-hint")}</p>
                <For each=move || form.actions.get_value().into_iter().take(form.shown.get()).enumerate() key=|(place, _)| *place let((_, action))>
                    <OneToDo action form owners/>
                </For>
                <Show when=move || form.has_room()>
                    <p><button class="govuk-button govuk-button--secondary plan-small-button" type="button" on:click=move |_| form.shown.update(|shown| *shown += 1)>{tr!("audit-action-add")}</button></p>
                </Show>
                <button class="govuk-button" id="save" type="submit" disabled=busy>
                    {move || if busy.get() { tr!("visit-saving") } else { tr!("audit-save") }}
                </button>
                <p class="heard-quiet">{tr!("audit-who-reads")}</p>
            </form>
        </Page>
    }
}

/// Who can be given something to do: the team's workers and managers.
fn owners(team: TeamId) -> Vec<(StaffId, String)> {
    Directory::get().colleagues.with_untracked(|all| {
        let of_team = all.iter().filter(|one| {
            one.team == team && one.employment.works() && matches!(one.role, Role::Worker | Role::Manager)
        });
        of_team.map(|one| (one.id, one.name.clone())).collect()
    })
}

#[component]
fn Question(asked: Asked, form: AuditForm) -> impl IntoView {
    let answers = [Found::Met, Found::Partly, Found::NotMet, Found::NotYet].map(|of| (of, found(of))).to_vec();
    let answered = move || asked.found.with(Option::is_some);
    view! {
        <Choice id=asked.id legend=question(asked.question) value=asked.found options=answers problems=form.problems inline=true/>
        <Show when=answered>
            <div class="heard-conditional"><TextArea id=asked.words_id label=tr!("audit-words") rows=2 value=asked.words problems=form.problems/></div>
        </Show>
    }
}

#[component]
fn OneToDo(action: ToDo, form: AuditForm, owners: StoredValue<Vec<(StaffId, String)>>) -> impl IntoView {
    let (words_id, owner_id, due_id) = action.ids;
    let today = Calendar::get().today();
    view! {
        <TextArea id=words_id label=tr!("audit-action") rows=2 value=action.words problems=form.problems/>
        <Choice id=owner_id legend=tr!("audit-owner") value=action.owner options=owners.get_value() problems=form.problems/>
        <DateInput id=due_id legend=tr!("audit-by") hint=tr!("plan-form-due-hint", {"date" => example_date(today)}) value=action.due problems=form.problems/>
    }
}
