//! One child's record.

use leptos::prelude::*;

use crate::components::Page;

/// One child's record.
#[component]
pub fn ChildPage() -> impl IntoView {
    view! { <Page title="ChildPage"><h1 class="heard-title">"ChildPage"</h1></Page> }
}
