//! What somebody sees who comes to a page that is not of their role.

use domain::permission::Role;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::Page;
use crate::state::Directory;

/// Whether whoever is at work works with children, or manages who does.
pub fn has_pages(directory: Directory) -> bool {
    directory.me.get().is_none_or(|me| matches!(me.role, Role::Worker | Role::Manager))
}

/// That there is nothing to do here, that nothing is wrong, and where to go.
#[component]
pub fn NoPages() -> impl IntoView {
    view! {
        <Page title=tr!("role-no-pages-title")>
            <h1 class="heard-title">{tr!("role-no-pages-title")}</h1>
            <p class="govuk-body">{tr!("role-no-pages")}</p>
            <p class="govuk-body"><a class="govuk-link" href="/">{tr!("not-found-home")}</a></p>
        </Page>
    }
}
