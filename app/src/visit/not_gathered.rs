//! Views that could not be gathered.

use leptos::prelude::*;

use crate::components::Page;

/// Views that could not be gathered.
#[component]
pub fn NotGatheredPage() -> impl IntoView {
    view! { <Page title="NotGatheredPage"><h1 class="heard-title">"NotGatheredPage"</h1></Page> }
}
