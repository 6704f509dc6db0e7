//! What somebody sees for whose role there are no pages yet.

use domain::permission::Role;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::Page;
use crate::state::Directory;

/// Whether there are pages for whoever is at work: duty workers, auditors and administrators have none yet.
pub fn has_pages(directory: Directory) -> bool {
    directory.me.get().is_none_or(|me| matches!(me.role, Role::Worker | Role::Manager))
}

/// That there is nothing to do here, and that nothing is wrong.
#[component]
pub fn NoPages() -> impl IntoView {
    view! {
        <Page title=tr!("role-no-pages-title")>
            <h1 class="heard-title">{tr!("role-no-pages-title")}</h1>
            <p class="govuk-body">{tr!("role-no-pages")}</p>
        </Page>
    }
}
