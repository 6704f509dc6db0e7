//! A record that is being opened, and one that could not be.

use domain::id::StreamId;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::state::Records;
use crate::words;

/// Stands where a record will be.
#[component]
pub fn Opening(stream: StreamId) -> impl IntoView {
    let records = Records::get();
    move || {
        match records.problem_with(stream) {
        None => view! { <p class="govuk-body" role="status">{tr!("loading")}</p> }.into_any(),
        Some(problem) => view! {
            <div role="alert">
                <p class="heard-alert">{tr!("record-not-opened")}" "{words::storage(&problem)}</p>
                <button class="govuk-button" type="button" on:click=move |_| records.open_again(stream)>{tr!("try-again")}</button>
            </div>
        }
        .into_any(),
    }
    }
}
