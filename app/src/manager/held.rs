//! Facts that arrived from someone who does not work with this child: kept, shown, let in by a manager.

use std::collections::BTreeMap;

use domain::Record;
use domain::code::Code;
use domain::id::StaffId;
use domain::payload::Payload;
use domain::payload::keeping::{Admit, Declined};
use domain::record::item::ItemState;
use domain::record::recorded::recorded;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::reading::Reading;
use crate::components::typed::trimmed;
use crate::components::{Problems, TextArea};
use crate::state::Urgency;
use crate::words;
use crate::worker::lines;

/// What one person recorded and the server holds, for one reason.
#[derive(Clone, Debug, PartialEq)]
struct HeldScreen {
    by: StaffId,
    why: Option<Code>,
    seqs: Vec<u64>,
    what: Vec<String>,
    says: Vec<String>,
    on: Option<jiff::Timestamp>,
}

fn held(record: &Record, stream: domain::id::StreamId) -> Vec<HeldScreen> {
    let mut groups: BTreeMap<(StaffId, Option<Code>), HeldScreen> = BTreeMap::new();
    for item in &record.items {
        let (ItemState::Held(why), Some(seq)) = (&item.state, item.seq) else { continue };
        // What only looks held from here (a used identity) cannot be admitted, and would keep the rest from it.
        if !record.standing.held.contains(seq) {
            continue;
        }
        let group = groups.entry((item.by, why.clone())).or_insert_with(|| HeldScreen {
            by: item.by,
            why: why.clone(),
            seqs: Vec::new(),
            what: Vec::new(),
            says: Vec::new(),
            on: item.received_at,
        });
        group.seqs.push(seq);
        if let Some(Payload::VoiceAdded(voice)) = &item.payload {
            group.says.push(tr!("held-voice", {"who" => voice.who.clone(), "words" => voice.words.clone()}));
        }
    }
    let mut groups: Vec<HeldScreen> = groups.into_values().collect();
    for group in &mut groups {
        let of_it = |item: &domain::record::item::Item| item.seq.is_some_and(|seq| group.seqs.contains(&seq));
        group.what = lines(stream, "", &recorded(record, of_it)).into_iter().map(|line| line.what).collect();
    }
    groups
}

/// The facts that are held in this record, if any.
#[component]
pub fn HeldFacts() -> impl IntoView {
    let reading = Reading::get();
    let stream = reading.stream;
    let groups = reading.now(move |record| held(record, stream));
    view! {
        <Show when=move || !groups.with(Vec::is_empty)>
            <section class="held" id="held" aria-labelledby="held-title">
                <h2 class="held__title" id="held-title">{tr!("held-title")}</h2>
                {move || groups.get().into_iter().map(|group| view! { <Group group/> }).collect_view()}
            </section>
        </Show>
    }
}

/// Why it is held, for the manager; the codes' own words speak to the author.
fn reason(code: &Code) -> String {
    match code {
        Code::NotAssigned | Code::NotAllowed => tr!("held-not-assigned"),
        Code::NotRegistered => tr!("held-not-registered"),
        Code::AlreadyRegistered => tr!("held-already-registered"),
        Code::NotYourTeam => tr!("held-other-team"),
        Code::Mislabelled => tr!("held-other-record"),
        other => words::code(other),
    }
}

#[component]
fn Group(group: HeldScreen) -> impl IntoView {
    let reading = Reading::get();
    let Reading { records, directory, calendar, .. } = reading;
    let today = calendar.today();
    let on = group.on.map(|at| words::near_time(at, today)).unwrap_or_default();
    let (name, what) = (directory.name_of(group.by), group.what.join(", "));
    let why = group.why.as_ref().map(reason);
    let count = group.seqs.len();
    let admit = Action::new_local(move |seqs: &Vec<u64>| {
        records.record(reading.stream, vec![Payload::Admit(Admit { seqs: seqs.clone() })], Urgency::Now)
    });
    let reason_typed = RwSignal::new(String::new());
    let problems: Problems = RwSignal::new(Vec::new());
    let decline = Action::new_local(move |seqs: &Vec<u64>| {
        let declined = Declined { seqs: seqs.clone(), reason: trimmed(reason_typed) };
        records.record(reading.stream, vec![Payload::Declined(declined)], Urgency::Now)
    });
    let own = directory.me.with_untracked(|me| me.as_ref().is_some_and(|me| me.id == group.by));
    let seqs = group.seqs;
    let declined_seqs = seqs.clone();
    let turn_away = move |_| {
        if trimmed(reason_typed).is_empty() {
            problems.set(vec![("decline-reason", tr!("held-decline-missing"))]);
        } else {
            problems.set(Vec::new());
            decline.dispatch_local(declined_seqs.clone());
        }
    };
    view! {
        <div class="held__group">
            <p><strong>{tr!("held-what", {"name" => name, "what" => what, "on" => on})}</strong></p>
            {group.says.into_iter().map(|says| view! { <p>{says}</p> }).collect_view()}
            {why.map(|why| view! { <p class="heard-quiet heard-small">{tr!("held-why", {"why" => why})}</p> })}
            {if own {
                view! { <p class="heard-quiet heard-small">{tr!("held-own")}</p> }.into_any()
            } else {
                view! {
                    <button
                        class="govuk-button govuk-button--secondary plan-small-button" type="button" disabled=move || admit.pending().get()
                        on:click=move |_| { admit.dispatch_local(seqs.clone()); }
                    >{tr!("held-admit", {"count" => count})}</button>
                    <details class="govuk-details">
                        <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{tr!("held-decline-open")}</span></summary>
                        <div class="govuk-details__text">
                            <TextArea id="decline-reason" label=tr!("held-decline-reason") hint=tr!("held-decline-hint") rows=2 value=reason_typed problems/>
                            <button class="govuk-button govuk-button--secondary plan-small-button" type="button" disabled=move || decline.pending().get() on:click=turn_away>{tr!("held-decline")}</button>
                        </div>
                    </details>
                }.into_any()
            }}
            {move || match admit.value().get() {
                Some(Ok(())) => view! { <p class="item-state item-state--saved" role="status">{tr!("held-admitted-saved")}</p> }.into_any(),
                Some(Err(problem)) => view! { <p class="govuk-error-message" role="alert">{words::not_saved(&problem)}</p> }.into_any(),
                None => ().into_any(),
            }}
            {move || match decline.value().get() {
                Some(Ok(())) => view! { <p class="item-state item-state--saved" role="status">{tr!("held-declined-saved")}</p> }.into_any(),
                Some(Err(problem)) => view! { <p class="govuk-error-message" role="alert">{words::not_saved(&problem)}</p> }.into_any(),
                None => ().into_any(),
            }}
        </div>
    }
}
