//! What is waiting.

use leptos::prelude::*;

use crate::components::Page;

/// What is waiting.
#[component]
pub fn WaitingPage() -> impl IntoView {
    view! { <Page title="WaitingPage"><h1 class="heard-title">"WaitingPage"</h1></Page> }
}
