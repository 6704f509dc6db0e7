//! A version to decide on.

use leptos::prelude::*;

use crate::components::Page;

/// A version to decide on.
#[component]
pub fn ReviewPage() -> impl IntoView {
    view! { <Page title="ReviewPage"><h1 class="heard-title">"ReviewPage"</h1></Page> }
}
