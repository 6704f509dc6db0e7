//! The accessibility statement, reachable offline.

use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::Page;

/// What works for whom, and what does not yet.
#[component]
pub fn StatementPage() -> impl IntoView {
    view! {
        <Page title=tr!("statement-title") class="heard-page heard-narrow">
            <h1 class="heard-title">{tr!("statement-title")}</h1>
            <p class="govuk-body">{tr!("statement-aim")}</p>
            <h2 class="govuk-heading-m">{tr!("statement-works-title")}</h2>
            <p class="govuk-body">{tr!("statement-works")}</p>
            <h2 class="govuk-heading-m">{tr!("statement-not-yet-title")}</h2>
            <p class="govuk-body">{tr!("statement-not-yet")}</p>
            <h2 class="govuk-heading-m">{tr!("statement-tell-title")}</h2>
            <p class="govuk-body">{tr!("statement-tell")}</p>
        </Page>
    }
}
