//! Which questions are to be asked, and in which order.

use domain::vocabulary::Vocabulary;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::form::PlanForm;

/// The chosen questions, to be put in order, and those that can be added.
#[component]
pub(super) fn Questions(form: PlanForm) -> impl IntoView {
    let chosen = form.questions;
    let change = move |act: &dyn Fn(&mut Vec<String>)| {
        chosen.update(|questions| act(questions));
        form.keep();
    };
    let row = move |(place, id): (usize, String), count: usize| {
        let words = words_of(&id);
        let (up, down, out) = (words.clone(), words.clone(), words.clone());
        view! {
            <li class="heard-list__row heard-order">
                <span>{format!("{}. {words}", place + 1)}</span>
                <span class="heard-order__moves">
                    <button class="heard-plain-button" type="button" disabled={place == 0} aria-label=tr!("questions-up", {"question" => up})
                        on:click=move |_| change(&|questions| questions.swap(place, place - 1))>"↑"</button>
                    <button class="heard-plain-button" type="button" disabled={place + 1 == count} aria-label=tr!("questions-down", {"question" => down})
                        on:click=move |_| change(&|questions| questions.swap(place, place + 1))>"↓"</button>
                    <button class="heard-plain-button" type="button" aria-label=tr!("questions-out", {"question" => out})
                        on:click=move |_| change(&|questions| drop(questions.remove(place)))>"✕"</button>
                </span>
            </li>
        }
    };
    let rows = move || {
        let questions = chosen.get();
        let count = questions.len();
        questions.into_iter().enumerate().map(|question| row(question, count)).collect_view()
    };
    let others = move || {
        let taken = chosen.get();
        let all = Vocabulary::built_in().questions.iter().filter(|question| !taken.contains(&question.id));
        all.map(|question| view! { <option value=question.id.clone()>{question.words.clone()}</option> }).collect_view()
    };
    view! {
        <fieldset class="govuk-fieldset govuk-form-group">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{tr!("questions-title")}</legend>
            <div class="govuk-hint">{tr!("questions-hint")}</div>
            <ol class="heard-list">{rows}</ol>
            <label class="govuk-label" for="question">{tr!("questions-add")}</label>
            <select class="govuk-select" id="question" prop:value=move || { chosen.track(); "" } on:change=move |event| {
                let id = event_target_value(&event);
                if Vocabulary::built_in().question(&id).is_some() {
                    change(&|questions| questions.push(id.clone()));
                }
            }>
                <option value="">{tr!("questions-choose")}</option>
                {others}
            </select>
        </fieldset>
    }
}

fn words_of(id: &str) -> String {
    Vocabulary::built_in().question(id).map_or_else(|| id.to_owned(), |question| question.words.clone())
}
