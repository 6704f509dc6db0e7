//! Whose activity one may see: the way to each colleague's.

use domain::permission::{Role, sees_what_was_done_by};
use domain::wire::Staff;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::KeysGivenBack;
use crate::components::Page;
use crate::state::{Directory, Records};
use crate::words;

/// Who looked at what?
#[component]
pub fn WhoLookedPage() -> impl IntoView {
    let (directory, records) = (Directory::get(), Records::get());
    let people = move || {
        let Some(me) = directory.me.get() else { return Vec::new() };
        let stands_in = records.relations.stands_in.get();
        let mut people: Vec<Staff> = directory.colleagues.with(|all| {
            let seen = all.iter().filter(|one| sees_what_was_done_by(me.actor(), one.actor(), &stands_in));
            seen.cloned().collect()
        });
        people.sort_by(|a, b| (&a.team_name, &a.name).cmp(&(&b.team_name, &b.name)));
        people
    };
    let row = |one: Staff| {
        let about = [words::role(one.role), one.team_name].into_iter().filter(|it| !it.is_empty());
        view! {
            <li class="heard-list__row">
                <a class="govuk-link" href=format!("/access/{}", one.id)><bdi>{one.name}</bdi></a>
                <span class="heard-quiet">{about.collect::<Vec<_>>().join(", ")}</span>
            </li>
        }
    };
    let is_manager = move || directory.me.with(|me| me.as_ref().is_some_and(|me| me.role == Role::Manager));
    view! {
        <Page title=tr!("access-title") class="heard-page heard-narrow">
            <h1 class="heard-title">{tr!("access-title")}</h1>
            <p class="govuk-body">{tr!("access-people-how")}</p>
            <Show when=is_manager><p class="govuk-body">{tr!("access-people-child")}</p></Show>
            <div class="heard-stack">
                <Show when=is_manager><KeysGivenBack whole=true/></Show>
                <section class="heard-panel" aria-labelledby="people">
                    <h2 class="heard-panel__title" id="people">{tr!("access-people")}</h2>
                    <ul class="heard-list">{move || people().into_iter().map(row).collect_view()}</ul>
                </section>
            </div>
        </Page>
    }
}
