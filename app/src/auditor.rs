//! The auditor's pages: a sample is drawn, a record read with a reason, and what was found is written.

mod form;
mod sample;
mod write;

use domain::permission::Role;
use leptos::prelude::*;

pub use write::FindingsPage;

use crate::audit::Audits;
use crate::components::NoPages;
use crate::state::Directory;

/// Every audit that whoever is at work may read; for an auditor, where samples are drawn.
#[component]
pub fn AuditsPage() -> impl IntoView {
    let directory = Directory::get();
    let role = Memo::new(move |_| directory.me.with(|me| me.as_ref().map(|me| me.role)));
    move || match role.get()? {
        Role::Auditor => Some(view! { <sample::Sampling/> }.into_any()),
        Role::Manager | Role::Worker => Some(view! { <Audits/> }.into_any()),
        Role::Duty | Role::Administrator => Some(view! { <NoPages/> }.into_any()),
    }
}
