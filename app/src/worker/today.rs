//! The worker's day.

use leptos::prelude::*;

use crate::components::Page;

/// The worker's day.
#[component]
pub fn TodayPage() -> impl IntoView {
    view! { <Page title="TodayPage"><h1 class="heard-title">"TodayPage"</h1></Page> }
}
