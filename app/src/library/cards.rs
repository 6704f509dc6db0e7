//! The cards of a question, and the pictures from which they are taken.

use domain::payload::capture::Card;
use domain::vocabulary::{Symbol, Vocabulary};
use leptos::prelude::*;
use leptos_fluent::tr;

use super::form::{EditedCard, QuestionForm};
use crate::components::Picture;

/// The cards, to be named and put in order.
#[component]
pub(super) fn Cards(form: QuestionForm) -> impl IntoView {
    let row = move |(place, card): (usize, EditedCard), count: usize| {
        let EditedCard { symbol, words, .. } = card;
        let [up, down, out] = [words.clone(), words.clone(), words.clone()];
        let (shown, typed) = (words.clone(), words);
        let label = tr!("question-card-words", {"place" => place + 1});
        view! {
            <li class="heard-list__row heard-order">
                <Picture symbol class="heard-order__picture"/>
                <input class="govuk-input" type="text" autocomplete="off" spellcheck="true" aria-label=label prop:value=move || shown.get()
                    on:input=move |event| typed.set(event_target_value(&event))/>
                <span class="heard-order__moves">
                    <button class="heard-plain-button" type="button" disabled={place == 0} aria-label=move || tr!("questions-up", {"question" => up.get()})
                        on:click=move |_| form.change(|cards| cards.swap(place, place - 1))>"↑"</button>
                    <button class="heard-plain-button" type="button" disabled={place + 1 == count} aria-label=move || tr!("questions-down", {"question" => down.get()})
                        on:click=move |_| form.change(|cards| cards.swap(place, place + 1))>"↓"</button>
                    <button class="heard-plain-button" type="button" aria-label=move || tr!("questions-out", {"question" => out.get()})
                        on:click=move |_| form.change(|cards| drop(cards.remove(place)))>"✕"</button>
                </span>
            </li>
        }
    };
    let rows = move || {
        let cards = form.cards.get();
        let count = cards.len();
        cards.into_iter().enumerate().map(|card| row(card, count)).collect_view()
    };
    let count = move || form.cards.with(Vec::len);
    view! {
        <fieldset class="govuk-fieldset govuk-form-group">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{tr!("question-cards")}</legend>
            <div class="govuk-hint">{tr!("question-cards-hint")}</div>
            <ol class="heard-list">{rows}</ol>
            <p class="heard-quiet" role="status">{move || tr!("question-cards-count", {"count" => count()})}</p>
            <Pictures id="add-topic" label=tr!("question-cards-add") topic=form.topic.get_untracked() on_pick=Callback::new(move |card| form.add(card))/>
        </fieldset>
    }
}

/// The built-in pictures, topic by topic.
#[component]
pub(super) fn Pictures(
    /// The id of the box in which a topic is chosen.
    id: &'static str,
    #[prop(into)] label: String,
    /// The topic that is open first.
    topic: String,
    on_pick: Callback<Card>,
) -> impl IntoView {
    let topics = &Vocabulary::built_in().topics;
    let open = RwSignal::new(topic);
    let pictures = move || {
        let open = open.get();
        let symbols = topics.iter().find(|topic| topic.id == open).map(|topic| topic.symbols.as_slice());
        let picture = |symbol: &'static Symbol| {
            view! {
                <li><button class="picture-button" type="button" on:click=move |_| on_pick.run(symbol.card())>
                    <Picture symbol=symbol.id.clone()/><span>{symbol.words.as_str()}</span>
                </button></li>
            }
        };
        symbols.unwrap_or_default().iter().map(picture).collect_view()
    };
    view! {
        <div class="govuk-form-group">
            <label class="govuk-label" for=id>{label}</label>
            <select class="govuk-select" id=id prop:value=move || open.get() on:change=move |event| open.set(event_target_value(&event))>
                {topics.iter().map(|topic| view! { <option value=topic.id.clone() selected=topic.id == open.get_untracked()>{topic.words.clone()}</option> }).collect_view()}
            </select>
            <ul class="picture-buttons">{pictures}</ul>
        </div>
    }
}
