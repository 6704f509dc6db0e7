//! Words that must go: proposed by one person with a reason, destroyed when another agrees, who sees before what will go.

use domain::id::StaffId;
use domain::payload::keeping::{Redacted, RedactionDeclined, RedactionProposed};
use domain::permission::{self, Permission, may};
use domain::record::Record;
use domain::record::item::Item;
use domain::record::redaction::{Redaction, RedactionOutcome};
use domain::{Payload, text};
use leptos::prelude::*;
use leptos_fluent::tr;

use super::{Place, at_record};
use crate::components::draft::Draft;
use crate::components::typed::trimmed;
use crate::components::{Choice, ErrorSummary, Field, Page, Problems, TextArea, saving};
use crate::state::Urgency;
use crate::words;
use crate::worker::kind_in_words;

/// So many entries are listed at a time; whoever looks for an older one types a word of it.
const LISTED: usize = 20;

/// What was proposed, what became of it, and the form that proposes.
#[component]
pub fn RedactPage() -> impl IntoView {
    at_record(permission::Action::Read, |place| view! { <Redact place/> }.into_any())
}

/// Whether the person at work may do this with an entry by `author`.
fn may_with(place: Place, action: permission::Action, author: Option<StaffId>) -> bool {
    let record = place.record();
    let me = place.directory.me.get().map(|me| me.id);
    match place.records.relations.to(&record.standing.access).map(|relation| may(relation, action)) {
        Some(Permission::Yes) => true,
        Some(Permission::NeverOwnWork) => author.is_none() || author != me,
        _ => false,
    }
}

/// One entry in words: who wrote it when, and all that it says.
fn in_words(place: Place, item: &Item) -> (String, Vec<String>) {
    let today = place.calendar.today();
    let when = item.captured_at.or(item.received_at).map(|at| words::near_time(at, today)).unwrap_or_default();
    let what = item.payload.as_ref().map(|payload| kind_in_words(payload.kind())).unwrap_or_default();
    let who = place.directory.name_of(item.by);
    (
        tr!("redact-entry", {"what" => what, "who" => who, "when" => when}),
        item.payload.as_ref().map(text::all_words).unwrap_or_default(),
    )
}

/// Entries that can be named in a proposal, the newest first.
fn entries(place: Place, record: &Record) -> Vec<(u64, StaffId, String)> {
    let is_open = |seq| record.standing.redactions.contains_key(&seq);
    let is_redaction = |item: &Item| matches!(item.payload, Some(Payload::Redacted(_)));
    let items = record.items.iter().rev().filter(|item| item.payload.is_some() && !is_redaction(item));
    items
        .filter_map(|item| {
            let seq = item.seq.filter(|seq| !is_open(*seq))?;
            let (entry, says) = in_words(place, item);
            Some((seq, item.by, format!("{entry}: {}", says.join(" · "))))
        })
        .collect()
}

#[component]
fn Redact(place: Place) -> impl IntoView {
    let name = place.name();
    let waiting = move || {
        let all = place.record().redactions.clone();
        all.into_iter().filter(|redaction| redaction.outcome.is_none()).collect::<Vec<_>>()
    };
    let decided = move || {
        let all = place.record().redactions.clone();
        all.into_iter().rev().filter(|redaction| redaction.outcome.is_some()).collect::<Vec<_>>()
    };
    let proposes = may_with(place, permission::Action::ProposeRedaction, None);
    view! {
        <Page title=tr!("redact-title") class="heard-page heard-narrow">
            <a class="govuk-back-link" href=place.address()>{tr!("visit-not-yours-record")}</a>
            <h1 class="heard-title">{tr!("redact-heading", {"name" => name})}</h1>
            <p class="govuk-body">{tr!("redact-lead")}</p>
            {move || waiting().into_iter().map(|redaction| view! { <Proposal place redaction/> }).collect_view()}
            {proposes.then(|| view! { <Propose place/> })}
            {move || {
                let decided = decided();
                (!decided.is_empty()).then(|| view! {
                    <section class="heard-panel" aria-labelledby="register">
                        <h2 class="heard-panel__title" id="register">{tr!("redact-register")}</h2>
                        <ul class="heard-list">{decided.into_iter().map(|redaction| view! { <Decided place redaction/> }).collect_view()}</ul>
                    </section>
                })
            }}
        </Page>
    }
}

/// A proposal that waits, with what would go.
#[component]
fn Proposal(place: Place, redaction: Redaction) -> impl IntoView {
    let record = place.record_now();
    let item = record.items.iter().find(|item| item.seq == Some(redaction.seq)).cloned();
    let author = item.as_ref().map(|item| item.by);
    let (entry, says) = item.as_ref().map(|item| in_words(place, item)).unwrap_or_default();
    let proposed = redaction.proposed;
    let me = place.directory.me.get_untracked().map(|me| me.id);
    let is_own = me == Some(proposed.source.by);
    let agrees = !is_own && untrack(|| may_with(place, permission::Action::Redact, author));
    let is_manager = untrack(|| may_with(place, permission::Action::Redact, None));
    let why_not = match (is_own, is_manager) {
        (true, true) => tr!("redact-other-manager"),
        (true, false) => tr!("redact-own-proposal"),
        (false, true) => tr!("redact-own-words"),
        (false, false) => tr!("redact-needs-second"),
    };
    let seq = redaction.seq;
    let (reason, sure) = (RwSignal::new(String::new()), RwSignal::new(false));
    let problems: Problems = RwSignal::new(Vec::new());
    let decide = Action::new_local(move |payload: &Payload| {
        let payload = payload.clone();
        async move {
            let saved = place.records.record(place.stream, vec![payload], Urgency::Now).await;
            problems.set(saved.err().map(|problem| vec![("decide", words::not_saved(&problem))]).unwrap_or_default());
        }
    });
    let busy = decide.pending();
    let decline = move |_| match trimmed(reason) {
        reason if reason.is_empty() => problems.set(vec![("stays", tr!("redact-stays-missing"))]),
        reason => drop(decide.dispatch_local(Payload::RedactionDeclined(RedactionDeclined { seq, reason }))),
    };
    let by = place.directory.name_of(proposed.source.by);
    let when = words::near_time(proposed.source.captured_at, place.calendar.today());
    view! {
        <section class="heard-panel heard-panel--urgent" aria-label=tr!("redact-waits")>
            <h2 class="heard-panel__title">{tr!("redact-waits")}</h2>
            <p class="govuk-body">{tr!("redact-by", {"by" => by, "when" => when})}" “"{proposed.what.reason}"”"</p>
            <p class="govuk-body"><strong>{tr!("redact-will-go")}</strong>" "{entry}</p>
            <blockquote class="heard-quote">{says.into_iter().map(|words| view! { <p><bdi>{words}</bdi></p> }).collect_view()}</blockquote>
            {move || problems.with(|all| all.iter().find(|(id, _)| *id == "decide").map(|(_, words)| view! { <p class="heard-alert" role="alert">{words.clone()}</p> }))}
            {agrees.then(|| view! {
                <Show when=move || !sure.get() fallback=move || view! {
                    <p class="govuk-body" role="alert"><strong>{tr!("redact-sure")}</strong></p>
                    <div class="heard-title-row__do">
                        <button class="govuk-button govuk-button--warning" type="button" disabled=busy on:click=move |_| { decide.dispatch_local(Payload::Redacted(Redacted { seq })); }>
                            {tr!("redact-destroy")}
                        </button>
                        <button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| sure.set(false)>{tr!("redact-not-yet")}</button>
                    </div>
                }>
                    <button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| sure.set(true)>{tr!("redact-agree")}</button>
                </Show>
            })}
            {(!agrees).then(|| view! { <p class="heard-quiet">{why_not}</p> })}
            {(agrees || is_own).then(|| view! {
                <TextArea id="stays" label=tr!("redact-stays") rows=2 value=reason problems/>
                <button class="govuk-button govuk-button--secondary" type="button" disabled=busy on:click=decline>
                    {if is_own { tr!("redact-take-back") } else { tr!("redact-decline") }}
                </button>
            })}
        </section>
    }
}

/// What became of a proposal; of what was destroyed, all that is left to tell.
#[component]
fn Decided(place: Place, redaction: Redaction) -> impl IntoView {
    let today = place.calendar.today();
    let what = kind_in_words(&redaction.proposed.what.kind);
    let proposer = place.directory.name_of(redaction.proposed.source.by);
    let outcome = redaction.outcome.map(|outcome| {
        let by = place.directory.name_of(outcome.source.by);
        let when = words::near_time(outcome.source.captured_at, today);
        match outcome.what {
            RedactionOutcome::Destroyed if outcome.source.received_at.is_none() => {
                tr!("redact-not-sent", {"by" => by, "when" => when})
            }
            RedactionOutcome::Destroyed => tr!("redact-destroyed", {"by" => by, "when" => when}),
            RedactionOutcome::Declined(reason) => {
                tr!("redact-stayed", {"by" => by, "when" => when, "reason" => reason})
            }
        }
    });
    view! {
        <li class="heard-list__row heard-list__row--stacked">
            <p>{tr!("redact-was", {"what" => what, "by" => proposer})}" “"{redaction.proposed.what.reason}"”"</p>
            <p class="heard-quiet">{outcome}</p>
        </li>
    }
}

/// Which words, and why.
#[component]
fn Propose(place: Place) -> impl IntoView {
    let (find, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let chosen = RwSignal::new(None::<u64>);
    let problems: Problems = RwSignal::new(Vec::new());
    let draft = Draft::named(format!("draft/{}/redact", place.stream));
    draft.restore(move |words: String| reason.set(words));
    let keep = move || draft.keep(|| reason.get_untracked());
    let address = move || format!("{}/words", place.address());
    let save = saving(place.stream, draft, problems, keep, address);
    let busy = save.pending();
    // It stays on this page: once it is saved, the form is for the next one.
    Effect::new(move |_| {
        if save.version().get() > 0 && problems.with_untracked(Vec::is_empty) {
            chosen.set(None);
            reason.set(String::new());
        }
    });
    let all = Memo::new(move |_| entries(place, &place.record()));
    let listed = move || {
        let word = find.get().to_lowercase();
        let mine = |author: StaffId| may_with(place, permission::Action::ProposeRedaction, Some(author));
        all.with(|all| {
            let found = all.iter().filter(|(_, author, words)| mine(*author) && words.to_lowercase().contains(&word));
            found.take(LISTED).map(|(seq, _, words)| (*seq, words.clone())).collect::<Vec<_>>()
        })
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let kind = chosen.get_untracked().and_then(|seq| {
            let record = place.record_now();
            let item = record.items.iter().find(|item| item.seq == Some(seq))?;
            Some((seq, item.payload.as_ref()?.kind().to_owned()))
        });
        let mut wrong = Vec::new();
        if kind.is_none() {
            wrong.push(("entry", tr!("redact-which-missing")));
        }
        if trimmed(reason).is_empty() {
            wrong.push(("why", tr!("redact-why-missing")));
        }
        if let (Some((seq, kind)), true) = (kind, wrong.is_empty()) {
            let proposed = RedactionProposed { seq, kind, reason: trimmed(reason) };
            save.dispatch_local(vec![Payload::RedactionProposed(proposed)]);
        }
        problems.set(wrong);
    };
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{tr!("redact-propose-title")}</span></summary>
            <div class="govuk-details__text">
                <ErrorSummary problems/>
                <form class="heard-form" novalidate on:input=move |_| keep() on:submit=submit>
                    <Field id="find" label=tr!("redact-find") hint=tr!("redact-find-hint") value=find problems/>
                    {move || view! { <Choice id="entry" legend=tr!("redact-which") value=chosen options=listed() problems/> }}
                    <TextArea id="why" label=tr!("redact-why") hint=tr!("redact-why-hint") rows=2 value=reason problems/>
                    <button class="govuk-button" id="save" type="submit" disabled=busy>{tr!("redact-propose")}</button>
                </form>
            </div>
        </details>
    }
}
