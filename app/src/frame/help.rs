//! How Heard works, to be read in a minute: on a page of its own, and on an empty first day.

use domain::permission::Role;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::Page;
use crate::state::Directory;

/// How Heard works.
#[component]
pub fn HelpPage() -> impl IntoView {
    view! {
        <Page title=tr!("help-title") class="heard-page heard-narrow">
            <h1 class="heard-title">{tr!("help-title")}</h1>
            <HowItWorks/>
        </Page>
    }
}

/// The steps, for the role of whoever is at work.
#[component]
pub fn HowItWorks() -> impl IntoView {
    let directory = Directory::get();
    let steps = move || match directory.me.get().map(|me| me.role) {
        Some(Role::Manager) => vec![
            tr!("help-manager-register"),
            tr!("help-manager-allocate"),
            tr!("help-manager-waiting"),
            tr!("help-manager-decide"),
            tr!("help-saved"),
        ],
        Some(Role::Duty) => vec![
            tr!("help-duty-find"),
            tr!("help-duty-reason"),
            tr!("help-duty-hand-over"),
            tr!("help-duty-unknown"),
            tr!("help-saved"),
        ],
        Some(Role::Auditor) => {
            vec![
                tr!("help-auditor-draw"),
                tr!("help-duty-reason"),
                tr!("help-auditor-write"),
                tr!("help-auditor-answer"),
            ]
        }
        Some(Role::Administrator) => {
            vec![tr!("help-administrator-staff"), tr!("help-administrator-settings"), tr!("help-administrator-child")]
        }
        Some(Role::Worker) | None => vec![
            tr!("help-register"),
            tr!("help-profile"),
            tr!("help-visit"),
            tr!("help-hand-over"),
            tr!("help-write-up"),
            tr!("help-saved"),
        ],
    };
    view! {
        <ol class="govuk-list govuk-list--number govuk-list--spaced">
            {move || steps().into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}
        </ol>
        <Show when=move || directory.me.with(|me| me.as_ref().is_some_and(|me| me.role.registers()))>
            <a class="govuk-button" href="/children/new" draggable="false">{tr!("register-title")}</a>
        </Show>
    }
}
