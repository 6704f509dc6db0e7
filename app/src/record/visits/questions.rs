//! Which questions are to be asked, and in which order.

use std::sync::Arc;

use domain::asking::Kind;
use domain::id::StreamId;
use domain::library::{Library, Listed, Whose};
use domain::payload::capture::Card;
use domain::vocabulary::{Question, Vocabulary};
use leptos::prelude::*;
use leptos_fluent::tr;

use super::form::PlanForm;
use crate::library::whose_in_words;
use crate::state::{Records, library_of};
use crate::visit::way_in_words;

/// In which way one of them is asked: the first there is, unless the worker says otherwise.
#[component]
fn HowAsked(form: PlanForm, question: Arc<Question>, words: String) -> impl IntoView {
    let id = StoredValue::new(question.id.clone());
    let ways = || Vocabulary::built_in().ways(&question);
    let options = ways().map(|way| view! { <option value=way.name()>{way_in_words(way)}</option> }).collect_view();
    let first = ways().next().map_or("", Kind::name);
    let chosen =
        move || form.ways.with(|ways| id.with_value(|id| ways.get(id).cloned()).unwrap_or_else(|| first.into()));
    let change = move |event| {
        form.ways.update(|ways| drop(ways.insert(id.get_value(), event_target_value(&event))));
        form.keep();
    };
    view! {
        <select class="govuk-select heard-order__way" aria-label=tr!("questions-way", {"question" => words}) prop:value=chosen on:change=change>
            {options}
        </select>
    }
}

/// Which of its cards are asked about: all of them, unless the worker says otherwise. The last one stays.
#[component]
fn WhichCards(form: PlanForm, question: Arc<Question>, words: String) -> impl IntoView {
    let id = StoredValue::new(question.id.clone());
    let is_out = move |card: &str| {
        form.left_out.with(|out| id.with_value(|id| out.get(id).is_some_and(|out| out.contains(card))))
    };
    let count = question.cards.len();
    let cards = StoredValue::new(question.cards.clone());
    // What a newer version of the question does not have any more counts for nothing.
    let left_out = move || cards.with_value(|cards| cards.iter().filter(|card| is_out(&card.id)).count());
    let check = |card: &Card| {
        let (card, in_box) = (StoredValue::new(card.id.clone()), card.words.clone());
        let checked = move || !card.with_value(|card| is_out(card));
        let change = move |event| {
            let is_asked = event_target_checked(&event);
            form.left_out.update(|out| {
                let out = out.entry(id.get_value()).or_default();
                match is_asked {
                    true => drop(out.remove(&card.get_value())),
                    false => drop(out.insert(card.get_value())),
                }
            });
            form.keep();
        };
        let box_id = format!("ask-{}-{}", id.get_value(), card.get_value());
        view! {
            <div class="govuk-checkboxes__item">
                <input class="govuk-checkboxes__input" type="checkbox" id=box_id.clone() prop:checked=checked on:change=change
                    disabled=move || checked() && left_out() + 1 == count/>
                <label class="govuk-label govuk-checkboxes__label" for=box_id>{in_box}</label>
            </div>
        }
    };
    let checks = question.cards.iter().map(check).collect_view();
    view! {
        <details class="govuk-details heard-order__cards">
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">
                    {move || tr!("questions-cards", {"asked" => count - left_out(), "count" => count})}
                    <span class="govuk-visually-hidden">{words.clone()}</span>
                </span>
            </summary>
            <div class="govuk-details__text">
                <div class="govuk-checkboxes govuk-checkboxes--small heard-columns" role="group" aria-label=tr!("visit-way-cards")>{checks}</div>
            </div>
        </details>
    }
}

/// The chosen questions, to be put in order, and those that can be added.
#[component]
pub(super) fn Questions(form: PlanForm, records: Records, stream: StreamId) -> impl IntoView {
    let chosen = form.questions;
    let library = library_of(records, stream);
    let known = move || library.get().unwrap_or_else(|| Arc::new(Library::of([])));
    let words_of =
        move |id: &str| known().question(id).map_or_else(|| id.to_owned(), |question| question.words.clone());
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
                {known().question(&id).map(|question| view! { <HowAsked form question=question.clone() words=words.clone()/> })}
                <span class="heard-order__moves">
                    <button class="heard-plain-button" type="button" disabled={place == 0} aria-label=tr!("questions-up", {"question" => up})
                        on:click=move |_| change(&|questions| questions.swap(place, place - 1))>"↑"</button>
                    <button class="heard-plain-button" type="button" disabled={place + 1 == count} aria-label=tr!("questions-down", {"question" => down})
                        on:click=move |_| change(&|questions| questions.swap(place, place + 1))>"↓"</button>
                    <button class="heard-plain-button" type="button" aria-label=tr!("questions-out", {"question" => out})
                        on:click=move |_| change(&|questions| drop(questions.remove(place)))>"✕"</button>
                </span>
                {known().question(&id).filter(|question| question.cards.len() > 1).map(|question| view! { <WhichCards form question=question.clone() words=words.clone()/> })}
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
        let library = known();
        let all = library.all().iter().filter(|listed| !taken.contains(&listed.question.id));
        all.map(|Listed { whose, question }| {
            let words = match whose {
                Whose::BuiltIn => question.words.clone(),
                own => format!("{} ({})", question.words, whose_in_words(*own)),
            };
            view! { <option value=question.id.clone()>{words}</option> }
        })
        .collect_view()
    };
    view! {
        <fieldset class="govuk-fieldset govuk-form-group">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{tr!("questions-title")}</legend>
            <div class="govuk-hint">{tr!("questions-hint")}</div>
            <ol class="heard-list">{rows}</ol>
            <label class="govuk-label" for="question">{tr!("questions-add")}</label>
            <select class="govuk-select" id="question" prop:value=move || { chosen.track(); "" } on:change=move |event| {
                let id = event_target_value(&event);
                if untrack(known).question(&id).is_some() {
                    change(&|questions| questions.push(id.clone()));
                }
            }>
                <option value="">{tr!("questions-choose")}</option>
                {others}
            </select>
            <p class="govuk-body heard-panel__after"><a class="govuk-link" href=format!("/children/{stream}/questions")>{tr!("questions-own")}</a></p>
        </fieldset>
    }
}
