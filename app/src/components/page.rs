//! A page: its title, its heading, and focus on arrival.

use leptos::prelude::*;
use leptos_fluent::tr;

use crate::platform::page;

/// A page of the signed-in part. Sets the document's title (never a child's name) and moves focus to the heading.
#[component]
pub fn Page(
    /// The document's title; it never names a child.
    #[prop(into)]
    title: String,
    /// The class of the main element.
    #[prop(default = "heard-page")]
    class: &'static str,
    /// Whether a form on the page has problems.
    #[prop(optional, into)]
    in_error: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let name = tr!("app-name");
    let error = tr!("title-error");
    Effect::new(move |_| {
        let prefix = if in_error.get() { format!("{error}: ") } else { String::new() };
        page::set_title(&format!("{prefix}{title} – {name}"));
    });
    Effect::new(|_| page::focus("main h1"));
    view! {
        <main class=class id="main">
            {children()}
        </main>
    }
}
