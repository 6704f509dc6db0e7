//! The people around a child, as its page lists them.

use std::sync::Arc;

use domain::Record;
use domain::id::StreamId;
use domain::payload::child::ParentalResponsibility;
use domain::payload::family::Address;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::state::Records;

/// The people, with where the family lives.
#[component]
pub fn People(stream: StreamId, record: Arc<Record>, may_change: bool) -> impl IntoView {
    let records = Records::get();
    let family = record.family.map(|family| records.front_of(family));
    let none = record.people.is_empty();
    let rows = record
        .people
        .values()
        .map(|person| {
            let person = person.what.clone();
            let responsibility = match person.responsibility {
                ParentalResponsibility::Held => tr!("responsibility-held"),
                ParentalResponsibility::NotHeld => tr!("responsibility-not-held"),
                ParentalResponsibility::NotKnown => tr!("responsibility-not-known"),
            };
            let more = [person.language, person.agency, person.contact, person.orders];
            let more: String = more.into_iter().flatten().map(|words| format!(". {words}")).collect();
            let name = person.name.clone();
            view! {
                <li class="heard-list__row heard-list__row--stacked">
                    <bdi>{person.relationship}</bdi>", "<bdi>{person.name}</bdi>" "
                    {may_change.then(|| view! { <a class="govuk-link" href=format!("/children/{stream}/people/{}", person.person)>{tr!("person-change")}<span class="govuk-visually-hidden">" "{name}</span></a> })}
                    <p class="heard-list__words">{responsibility}{more}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="heard-panel" aria-labelledby="people">
            <h2 class="heard-panel__title" id="people">{tr!("record-people")}</h2>
            {none.then(|| view! { <p class="heard-quiet">{tr!("record-no-people")}</p> })}
            <ul class="heard-list">{rows}</ul>
            {family.map(|family| view! { <Family stream family/> })}
            {may_change.then(|| view! { <p class="govuk-body heard-links">
                <a class="govuk-link" href=format!("/children/{stream}/people/new")>{tr!("person-new")}</a>
                {record.family.is_none().then(|| view! { <a class="govuk-link" href=format!("/children/{stream}/family")>{tr!("family-which")}</a> })}
                <a class="govuk-link" href=format!("/children/{stream}/address")>{tr!("record-address")}</a>
            </p> })}
        </section>
    }
}

/// Where the family lives, and its other children whose records the reader has.
#[component]
fn Family(stream: StreamId, family: Memo<Option<Arc<Record>>>) -> impl IntoView {
    let records = Records::get();
    let siblings = move || {
        let children = family.with(|family| family.as_ref().map(|family| family.children.clone()).unwrap_or_default());
        records.summaries.with(|summaries| {
            let others = children.into_iter().filter(|child| *child != stream);
            others.filter_map(|child| Some((child, summaries.get(&child)?.short_name()))).collect::<Vec<_>>()
        })
    };
    let address = move || {
        let address = family.with(|family| family.as_ref()?.address.as_ref().map(|told| told.what.address.clone()))?;
        Some(match address {
            Address::Known(words) => words,
            Address::Withheld { ask } => tr!("record-address-withheld", {"ask" => ask}),
        })
    };
    view! {
        {move || address().map(|words| view! { <p class="heard-list__words">{tr!("record-address")}": "{words}</p> })}
        {move || {
            let siblings = siblings();
            (!siblings.is_empty()).then(|| view! {
                <p class="heard-list__words">{tr!("record-siblings")}": "
                    {siblings.into_iter().map(|(child, name)| view! { <a class="govuk-link" href=format!("/children/{child}")><bdi>{name}</bdi></a>" " }).collect_view()}
                </p>
            })
        }}
    }
}
