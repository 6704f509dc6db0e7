//! The children whose records are here.

use domain::access::Role;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::no_pages::{NoPages, has_pages};
use crate::components::Page;
use crate::state::Heard;
use crate::words;

/// "My children"; for a manager, the team's.
#[component]
pub fn ChildrenPage() -> impl IntoView {
    let heard = Heard::get();
    move || if has_pages(heard) { view! { <Children/> }.into_any() } else { view! { <NoPages/> }.into_any() }
}

#[component]
fn Children() -> impl IntoView {
    let heard = Heard::get();
    let manager = move || heard.me.get().is_some_and(|me| me.role == Role::Manager);
    let today = heard.today();
    let rows = move || {
        let mut rows: Vec<_> = heard.records.with(|records| {
            records
                .iter()
                .filter_map(|(stream, record)| {
                    let name = record.child.as_ref()?.what.name.clone();
                    Some((name, *stream, record.clone()))
                })
                .collect()
        });
        rows.sort_by(|(one, ..), (other, ..)| (&one.given, &one.family).cmp(&(&other.given, &other.family)));
        rows
    };
    let title = if manager() { tr!("nav-team") } else { tr!("nav-children") };
    view! {
        <Page title=title.clone()>
            <h1 class="heard-title">{title}</h1>
            <Show when=move || heard.records.with(|records| !records.is_empty()) fallback=|| view! { <p class="govuk-body">{tr!("children-none")}</p> }>
                <div class="heard-panel heard-panel--rows">
                    {move || rows().into_iter().map(|(name, stream, record)| {
                        let age = record.age(today).map(|age| tr!("years-old", {"age" => age}));
                        let how = record.profile.as_ref().map_or_else(|| tr!("no-profile"), |profile| profile.summary.clone());
                        let next = record.visits.values().filter(|visit| visit.is_ahead()).filter_map(|visit| visit.planned.as_ref()).filter(|planned| planned.on >= today).map(|planned| planned.on).min();
                        let with = record.standing.access.assigned.iter().map(|staff| heard.name_of(*staff)).collect::<Vec<_>>().join(", ");
                        view! {
                            <article class="visit-row visit-row--child">
                                <div class="visit-row__who">
                                    <h2 class="visit-row__name"><a class="govuk-link" href=format!("/children/{stream}")>{name.short()}</a>" "<span class="visit-row__age">{age}</span></h2>
                                    <p class="visit-row__how">{how}</p>
                                </div>
                                <p class="heard-quiet">
                                    {if manager() { view! { {tr!("allocated-to", {"names" => with})}<br/> }.into_any() } else { ().into_any() }}
                                    {match next { Some(on) => tr!("next-visit", {"on" => words::near_date(on, today)}), None => tr!("no-next-visit") }}
                                </p>
                            </article>
                        }
                    }).collect_view()}
                </div>
            </Show>
        </Page>
    }
}
