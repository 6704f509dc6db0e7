//! The council's settings: what it is called, and whom to ring. They are kept in the council's record, so that every tablet has
//! them without signal.

use domain::Payload;
use domain::id::StreamId;
use domain::payload::council::{SettingsSet, Telephone};
use leptos::prelude::*;
use leptos_fluent::tr;
use serde::{Deserialize, Serialize};

use crate::components::draft::Draft;
use crate::components::{ErrorSummary, Field, Page, Problems, saving, typed};
use crate::state::{Calendar, Directory, Records, opened};
use crate::words;

/// So many telephones are offered.
const TELEPHONES: usize = 4;
const WHO: [&str; TELEPHONES] = ["who-1", "who-2", "who-3", "who-4"];
const NUMBER: [&str; TELEPHONES] = ["number-1", "number-2", "number-3", "number-4"];

/// The form as it stands, for its draft.
#[derive(Serialize, Deserialize)]
struct SettingsWords {
    council: String,
    telephones: Vec<Telephone>,
}

/// What the council says of itself.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let records = Records::get();
    let council = StreamId::council();
    let known = Memo::new(move |_| match opened(records, council) {
        // The record is there and is being opened.
        Some(record) => record.get().map(|record| record.settings.clone()),
        None => Some(None),
    });
    move || known.get().map(|known| view! { <Form known=known.map(|known| (known.what, known.source))/> })
}

#[component]
fn Form(known: Option<(SettingsSet, domain::record::Source)>) -> impl IntoView {
    let directory = Directory::get();
    let today = Calendar::get().today();
    let source = known.as_ref().map(|(_, source)| *source);
    let version = known.as_ref().map_or(0, |(known, _)| known.version) + 1;
    let before = known.map(|(known, _)| known);
    let council = RwSignal::new(before.as_ref().map(|known| known.council.clone()).unwrap_or_default());
    let telephones = before.map(|known| known.telephones).unwrap_or_default();
    let rows: [(RwSignal<String>, RwSignal<String>); TELEPHONES] = std::array::from_fn(|nth| {
        let known = telephones.get(nth).cloned();
        let (who, number) = known.map(|of| (of.who, of.number)).unwrap_or_default();
        (RwSignal::new(who), RwSignal::new(number))
    });
    let problems: Problems = RwSignal::new(Vec::new());
    let draft = Draft::named("draft/council/settings".to_owned());
    draft.restore(move |words: SettingsWords| {
        council.set(words.council);
        for ((who, number), telephone) in rows.iter().zip(words.telephones) {
            who.set(telephone.who);
            number.set(telephone.number);
        }
    });
    let typed_in = move || {
        let row = |(who, number): &(RwSignal<String>, RwSignal<String>)| Telephone {
            who: typed::name(*who),
            number: typed::name(*number),
        };
        SettingsWords { council: typed::name(council), telephones: rows.iter().map(row).collect() }
    };
    let keep = move || draft.keep(typed_in);
    let save = saving(StreamId::council(), draft, problems, keep, || "/settings".to_owned());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let SettingsWords { council, telephones } = typed_in();
        let mut wrong = Vec::new();
        if council.is_empty() {
            wrong.push(("council", tr!("settings-council-missing")));
        }
        for (nth, telephone) in telephones.iter().enumerate() {
            match (telephone.who.is_empty(), telephone.number.is_empty()) {
                (true, false) => wrong.push((WHO[nth], tr!("settings-who-missing"))),
                (false, true) => wrong.push((NUMBER[nth], tr!("settings-number-missing"))),
                _ => {}
            }
        }
        if wrong.is_empty() {
            let telephones = telephones.into_iter().filter(|of| !of.who.is_empty()).collect();
            save.dispatch_local(vec![Payload::SettingsSet(SettingsSet { version, council, telephones })]);
        }
        problems.set(wrong);
    };
    let last = source.map(|source| {
        tr!("settings-last", {"by" => directory.name_of(source.by), "on" => words::near_time(source.captured_at, today)})
    });
    let telephone = move |nth: usize| {
        let (who, number) = rows[nth];
        view! {
            <div class="heard-two">
                <Field id=WHO[nth] label=tr!("settings-who") value=who problems/>
                <Field id=NUMBER[nth] label=tr!("settings-number") value=number problems kind="tel"/>
            </div>
        }
    };
    view! {
        <Page title=tr!("settings-title") class="heard-page heard-narrow" in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("settings-title")}</h1>
            <p class="govuk-body">{tr!("settings-how")}</p>
            {last.map(|words| view! { <p class="govuk-body heard-quiet">{words}</p> })}
            <form class="heard-panel heard-form" novalidate on:input=move |_| keep() on:submit=submit>
                <Field id="council" label=tr!("settings-council") value=council problems/>
                <h2 class="heard-panel__title">{tr!("settings-telephones")}</h2>
                <p class="govuk-hint">{tr!("settings-telephones-how")}</p>
                {(0..TELEPHONES).map(telephone).collect_view()}
                <button class="govuk-button" id="save" type="submit" disabled=save.pending()>{tr!("settings-save")}</button>
            </form>
        </Page>
    }
}
