//! What is saved here, sent, held, refused.

use leptos::prelude::*;

use crate::components::Page;

/// What is saved here, sent, held, refused.
#[component]
pub fn SavedPage() -> impl IntoView {
    view! { <Page title="SavedPage"><h1 class="heard-title">"SavedPage"</h1></Page> }
}
