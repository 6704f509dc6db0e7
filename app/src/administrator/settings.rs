//! The council's settings: what it is called, and whom to ring. They are kept in the council's record, so that every tablet has
//! them without signal.

use domain::Payload;
use domain::code::Code;
use domain::id::StreamId;
use domain::payload::council::{Hours, Reminders, SettingsSet, Telephone};
use domain::record::Attributed;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::{ErrorSummary, Field, Page, Problems, typed};
use crate::state::{Calendar, Directory, NotSaved, Records, Urgency, opened};
use crate::words;

/// So many telephones are offered.
const TELEPHONES: usize = 4;
const WHO: [&str; TELEPHONES] = ["who-1", "who-2", "who-3", "who-4"];
const NUMBER: [&str; TELEPHONES] = ["number-1", "number-2", "number-3", "number-4"];

type Known = Option<Attributed<SettingsSet>>;

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
    // Whether the record is here, and whether it has settings: they may come while an empty form is shown.
    let is_set = Memo::new(move |_| known.with(|known| known.as_ref().map(Option::is_some)));
    let saved = RwSignal::new(0_u32);
    view! {
        <Page title=tr!("settings-title") class="heard-page heard-narrow">
            <h1 class="heard-title">{tr!("settings-title")}</h1>
            <p class="govuk-body">{tr!("settings-how")}</p>
            <Show when=move || { saved.get() > 0 }><p class="govuk-body" role="status">{tr!("settings-saved")}</p></Show>
            // A form stays as it is while somebody types: what comes meanwhile is told when it is saved.
            {move || is_set.get().map(|_| { saved.track(); view! { <Form known=known.get_untracked().flatten() saved/> } })}
        </Page>
    }
}

#[component]
fn Form(known: Known, saved: RwSignal<u32>) -> impl IntoView {
    let (records, directory) = (Records::get(), Directory::get());
    let today = Calendar::get().today();
    let last = known.as_ref().map(|known| {
        let by = directory.name_of(known.source.by);
        tr!("settings-last", {"by" => by, "on" => words::near_time(known.source.captured_at, today)})
    });
    let before = known.map(|known| known.what);
    let version = before.as_ref().map_or(0, |before| before.version) + 1;
    let council = RwSignal::new(before.as_ref().map(|before| before.council.clone()).unwrap_or_default());
    let reminders = before.as_ref().map(|before| before.reminders).unwrap_or_default();
    let hours = before.as_ref().map(|before| before.hours).unwrap_or_default();
    let number = |number: u8| RwSignal::new(number.to_string());
    let (decide, look_again) = (number(reminders.decide_within_days), number(reminders.look_again_months));
    let (from, until) = (number(hours.from), number(hours.until));
    let telephones = before.map(|before| before.telephones).unwrap_or_default();
    let rows: [(RwSignal<String>, RwSignal<String>); TELEPHONES] = std::array::from_fn(|nth| {
        let (who, number) = telephones.get(nth).map(|of| (of.who.clone(), of.number.clone())).unwrap_or_default();
        (RwSignal::new(who), RwSignal::new(number))
    });
    let problems: Problems = RwSignal::new(Vec::new());
    let save = Action::new_local(move |set: &SettingsSet| {
        let set = set.clone();
        async move {
            match records.record(StreamId::council(), vec![Payload::SettingsSet(set)], Urgency::Now).await {
                Ok(()) => saved.update(|saved| *saved += 1),
                Err(problem) => {
                    let words = match &problem {
                        NotSaved::Refused(Code::StaleVersion) => tr!("settings-overtaken"),
                        problem => words::not_saved(problem),
                    };
                    problems.set(vec![("save", words)]);
                }
            }
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let council = typed::name(council);
        let mut wrong = Vec::new();
        if council.is_empty() {
            wrong.push(("council", tr!("settings-council-missing")));
        }
        let mut telephones = Vec::new();
        for (nth, (who, number)) in rows.iter().enumerate() {
            let telephone = Telephone { who: typed::name(*who), number: typed::name(*number) };
            match (telephone.who.is_empty(), telephone.number.is_empty()) {
                (true, true) => continue,
                (true, false) => wrong.push((WHO[nth], tr!("settings-who-missing"))),
                (false, true) => wrong.push((NUMBER[nth], tr!("settings-number-missing"))),
                (false, false) if !telephone.can_be_dialled() => {
                    wrong.push((NUMBER[nth], tr!("settings-number-wrong")))
                }
                (false, false) => {}
            }
            telephones.push(telephone);
        }
        let read = |of: RwSignal<String>| typed::name(of).parse::<u8>().ok();
        let decide_within_days = read(decide).filter(|days| Reminders::DAYS.contains(days));
        let look_again_months = read(look_again).filter(|months| Reminders::MONTHS.contains(months));
        let hours = read(from).zip(read(until)).map(|(from, until)| Hours { from, until }).filter(|of| of.are_sound());
        for (is_wrong, id, words) in [
            (decide_within_days.is_none(), "decide", tr!("settings-decide-wrong")),
            (look_again_months.is_none(), "look-again", tr!("settings-look-again-wrong")),
            (hours.is_none(), "from", tr!("settings-hours-wrong")),
        ] {
            if is_wrong {
                wrong.push((id, words));
            }
        }
        if let (Some(decide_within_days), Some(look_again_months), Some(hours), true) =
            (decide_within_days, look_again_months, hours, wrong.is_empty())
        {
            let reminders = Reminders { decide_within_days, look_again_months };
            save.dispatch_local(SettingsSet { version, council, telephones, reminders, hours });
        }
        problems.set(wrong);
    };
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
        {last.map(|words| view! { <p class="govuk-body heard-quiet">{words}</p> })}
        <ErrorSummary problems/>
        <form class="heard-panel heard-form" novalidate on:submit=submit>
            <Field id="council" label=tr!("settings-council") value=council problems/>
            <h2 class="heard-panel__title">{tr!("settings-telephones")}</h2>
            <p class="govuk-hint">{tr!("settings-telephones-how")}</p>
            {(0..TELEPHONES).map(telephone).collect_view()}
            <h2 class="heard-panel__title">{tr!("settings-reminders")}</h2>
            <div class="heard-two">
                <Field id="decide" label=tr!("settings-decide") hint=tr!("settings-decide-hint") value=decide problems class="govuk-input govuk-input--width-5"/>
                <Field id="look-again" label=tr!("settings-look-again") hint=tr!("settings-look-again-hint") value=look_again problems class="govuk-input govuk-input--width-5"/>
            </div>
            <h2 class="heard-panel__title">{tr!("settings-hours")}</h2>
            <p class="govuk-hint">{tr!("settings-hours-how")}</p>
            <div class="heard-two">
                <Field id="from" label=tr!("settings-from") value=from problems class="govuk-input govuk-input--width-5"/>
                <Field id="until" label=tr!("settings-until") value=until problems class="govuk-input govuk-input--width-5"/>
            </div>
            <button class="govuk-button" id="save" type="submit" disabled=save.pending()>{tr!("settings-save")}</button>
        </form>
    }
}
