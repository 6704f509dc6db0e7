//! The two-minute write-up.

use leptos::prelude::*;

use crate::components::Page;

/// The two-minute write-up.
#[component]
pub fn WriteUpPage() -> impl IntoView {
    view! { <Page title="WriteUpPage"><h1 class="heard-title">"WriteUpPage"</h1></Page> }
}
