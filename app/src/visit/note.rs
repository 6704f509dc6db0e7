//! The case note.

use leptos::prelude::*;

use crate::components::Page;

/// The case note.
#[component]
pub fn NotePage() -> impl IntoView {
    view! { <Page title="NotePage"><h1 class="heard-title">"NotePage"</h1></Page> }
}
