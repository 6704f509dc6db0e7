//! Two people wrote the same field without seeing each other: both are kept, and a person says which stands.

use domain::payload::Payload;
use domain::payload::plan::{Field, SetField};
use domain::record::FieldValue;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::desk::Desk;
use crate::components::{Problems, TextArea};
use crate::state::Urgency;
use crate::words;

/// Shows each value with its author and time, and asks which stands.
#[component]
pub fn Conflict(field: Field, id: &'static str, label: String) -> impl IntoView {
    let desk = Desk::get();
    let of = field.clone();
    let values = desk.read(move |record| record.fields.get(&of).map(|held| held.values.clone()).unwrap_or_default());
    let together = RwSignal::new(
        values.with_untracked(|values| values.iter().map(|value| value.value.clone()).collect::<Vec<_>>().join("\n\n")),
    );
    let problems: Problems = RwSignal::new(Vec::new());
    let settle = Action::new_local(move |words: &String| {
        let replaces = values.with_untracked(|values| values.last().map(|value| value.source.id));
        let set =
            SetField { field: field.clone(), value: domain::text::trimmed(words).to_owned(), replaces, reason: None };
        desk.save(Payload::SetField(set), Urgency::WithTheRest)
    });
    let choose = Callback::new(move |words: String| {
        settle.dispatch_local(words);
    });
    let mine = desk.is_mine();
    view! {
        <section class="plan-conflict" aria-labelledby=format!("{id}-conflict")>
            <h3 class="plan-field__label" id=format!("{id}-conflict")>{label}</h3>
            <p class="heard-alert">{tr!("plan-conflict")}</p>
            {move || values.get().into_iter().map(|value| view! { <OneValue value choose mine/> }).collect_view()}
            <Show when=move || mine.get()>
                <TextArea id label=tr!("plan-conflict-together") value=together problems rows=4/>
                <button
                    class="govuk-button govuk-button--secondary" type="button" disabled=move || settle.pending().get()
                    on:click=move |_| choose.run(together.get_untracked())
                >{tr!("plan-conflict-together-save")}</button>
            </Show>
            {move || settle.value().get().and_then(Result::err).map(|problem| view! {
                <p class="govuk-error-message" role="alert">{words::not_saved(&problem)}</p>
            })}
        </section>
    }
}

#[component]
fn OneValue(value: FieldValue, choose: Callback<String>, mine: Memo<bool>) -> impl IntoView {
    let Desk { directory, calendar, .. } = Desk::get();
    let today = calendar.today();
    let who = move || {
        let name = directory.name_of(value.source.by);
        let when = words::near_time(value.source.received_at.unwrap_or(value.source.captured_at), today);
        tr!("plan-conflict-by", {"name" => name, "when" => when})
    };
    let chosen = value.value.clone();
    view! {
        <div class="plan-conflict__value">
            <p class="plan-field__words">{value.value.clone()}</p>
            <p class="heard-quiet heard-small">{who}</p>
            <Show when=move || mine.get()>
                <button
                    class="govuk-button govuk-button--secondary plan-small-button" type="button"
                    on:click={ let chosen = chosen.clone(); move |_| choose.run(chosen.clone()) }
                >{tr!("plan-conflict-keep")}</button>
            </Show>
        </div>
    }
}
