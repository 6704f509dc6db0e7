//! The plan.

use leptos::prelude::*;

use crate::components::Page;

/// The plan.
#[component]
pub fn PlanPage() -> impl IntoView {
    view! { <Page title="PlanPage"><h1 class="heard-title">"PlanPage"</h1></Page> }
}
