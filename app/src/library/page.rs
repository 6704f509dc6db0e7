//! The question library of a team and of the council: what is asked, what is proposed, and who decides.

use std::sync::Arc;

use domain::Record;
use domain::id::{QuestionId, StreamId, StreamKind, TeamId};
use domain::library::decides;
use domain::permission::{Access, Permission, Relation, Role, may};
use domain::record::library::OwnQuestion;
use domain::vocabulary::Vocabulary;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::proposal::{Decided, Proposal};
use crate::components::{NoPages, Page, Picture};
use crate::state::{Directory, Records, opened};

/// The stream that an address names: the council's, or the team's.
pub(super) fn stream_named(of: &str, team: TeamId) -> StreamId {
    if of == "council" { StreamId::council() } else { StreamId::team(team) }
}

/// The team's stream of whoever is at work.
pub(super) fn own_team(directory: Directory) -> Option<StreamId> {
    directory.me.get_untracked().map(|me| StreamId::team(me.team))
}

/// How the person at work stands to a team's questions, or the council's; follows it.
fn relation(records: Records, directory: Directory, stream: StreamId) -> Option<Relation> {
    let me = directory.me.get()?.actor();
    records.relations.to(&Access::default().to_stream(stream, me))
}

/// Whether the library is for somebody in this role: duty workers and auditors ask no children, and have no pages yet.
pub fn has_library(role: Role) -> bool {
    matches!(role, Role::Worker | Role::Manager | Role::Administrator)
}

/// The library of the team and of the council, and the built-in questions.
#[component]
pub fn LibraryPage() -> impl IntoView {
    let directory = Directory::get();
    let is_for = Memo::new(move |_| directory.me.with(|me| me.as_ref().is_some_and(|me| has_library(me.role))));
    move || if is_for.get() { view! { <Questions/> }.into_any() } else { view! { <NoPages/> }.into_any() }
}

#[component]
fn Questions() -> impl IntoView {
    let (records, directory) = (Records::get(), Directory::get());
    let in_team = |role| matches!(role, Role::Worker | Role::Manager);
    let team = move || directory.me.get().filter(|me| in_team(me.role)).map(|me| StreamId::team(me.team));
    let of = if untrack(team).is_some() { "team" } else { "council" };
    let built_in = Vocabulary::built_in().questions.iter().filter(|question| !question.is_warm_up).map(|question| {
        let to = format!("/questions/edit?of={of}&from={}", question.id);
        view! {
            <li class="library-row">
                <Picture symbol=question.symbol.clone() class="library-row__picture"/>
                <span>{question.words.clone()}" "<span class="heard-quiet">{question.ask.clone()}</span></span>
                <a class="govuk-link library-row__do" href=to>{tr!("library-propose-change")}<span class="govuk-visually-hidden">" "{question.words.clone()}</span></a>
            </li>
        }
    });
    let built_in = built_in.collect_view();
    view! {
        <Page title=tr!("library-title") class="heard-page heard-narrow">
            <h1 class="heard-title">{tr!("library-title")}</h1>
            <p class="govuk-body">{tr!("library-lead")}</p>
            {move || team().map(|stream| view! { <Shared records directory stream/> })}
            <Shared records directory stream=StreamId::council()/>
            <section class="heard-panel" aria-labelledby="built-in">
                <h2 class="heard-panel__title" id="built-in">{tr!("library-built-in-title")}</h2>
                <ul class="heard-list">{built_in}</ul>
            </section>
        </Page>
    }
}

/// What one stream asks and what waits there.
#[component]
fn Shared(records: Records, directory: Directory, stream: StreamId) -> impl IntoView {
    let record = Memo::new(move |_| opened(records, stream));
    let record = Memo::new(move |_| record.get().and_then(|record| record.get()));
    let is_council = stream.kind == StreamKind::Council;
    let (id, title) =
        if is_council { ("council", tr!("library-council-title")) } else { ("team", tr!("library-team-title")) };
    let relation = Memo::new(move |_| relation(records, directory, stream));
    let may_decide = Signal::derive(move || relation.get().is_some_and(|relation| decides(relation, stream.kind)));
    let may_propose = move || {
        let may_propose = |relation| may(relation, domain::permission::Action::Configure) != Permission::No;
        relation.get().is_some_and(may_propose)
    };
    let waiting = move || of_record(record.get(), |question| question.waiting().is_some());
    let decided = move || {
        of_record(record.get(), move |question| question.asked(stream.kind).is_some() || question.declined().is_some())
    };
    view! {
        <section class="heard-panel" aria-labelledby=id>
            <div class="heard-title-row">
                <h2 class="heard-panel__title" id=id>{title}</h2>
                <Show when=may_propose>
                    <a class="govuk-button govuk-button--secondary" href=format!("/questions/edit?of={id}") draggable="false">{tr!("library-propose")}</a>
                </Show>
            </div>
            // A reason that is being typed stays, whatever arrives.
            <For each=waiting key=version_of let:question><Proposal stream question may_decide/></For>
            <Show when=move || !decided().is_empty() fallback=|| view! { <p class="heard-quiet">{tr!("library-none")}</p> }>
                <ul class="heard-list">{move || decided().into_iter().map(|question| view! { <Decided stream question may_decide/> }).collect_view()}</ul>
            </Show>
        </section>
    }
}

fn version_of(question: &OwnQuestion) -> Option<(QuestionId, u32)> {
    question.waiting().map(|waiting| (waiting.what.question, waiting.what.version))
}

fn of_record(record: Option<Arc<Record>>, is_meant: impl Fn(&OwnQuestion) -> bool) -> Vec<OwnQuestion> {
    let all = record.map(|record| record.questions.values().cloned().collect::<Vec<_>>()).unwrap_or_default();
    all.into_iter().filter(is_meant).collect()
}
