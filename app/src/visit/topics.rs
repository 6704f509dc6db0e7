//! Topics, and the hand-over.

use leptos::prelude::*;

use crate::components::Page;

/// Topics, and the hand-over.
#[component]
pub fn TopicsPage() -> impl IntoView {
    view! { <Page title="TopicsPage"><h1 class="heard-title">"TopicsPage"</h1></Page> }
}
