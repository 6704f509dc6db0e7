//! A visit begins.

use leptos::prelude::*;

use crate::components::Page;

/// A visit begins.
#[component]
pub fn VisitPage() -> impl IntoView {
    view! { <Page title="VisitPage"><h1 class="heard-title">"VisitPage"</h1></Page> }
}
