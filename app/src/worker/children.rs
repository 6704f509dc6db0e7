//! The children one may see.

use leptos::prelude::*;

use crate::components::Page;

/// The children one may see.
#[component]
pub fn ChildrenPage() -> impl IntoView {
    view! { <Page title="ChildrenPage"><h1 class="heard-title">"ChildrenPage"</h1></Page> }
}
