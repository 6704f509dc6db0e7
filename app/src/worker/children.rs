//! The children whose records are here.

use domain::permission::Role;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::{NoPages, Page, has_pages};
use crate::frame::HowItWorks;
use crate::state::{Calendar, Directory, Records};
use crate::words;

/// "My children"; for a manager, the team's.
#[component]
pub fn ChildrenPage() -> impl IntoView {
    let directory = Directory::get();
    move || if has_pages(directory) { view! { <Children/> }.into_any() } else { view! { <NoPages/> }.into_any() }
}

#[component]
fn Children() -> impl IntoView {
    let records = Records::get();
    let directory = Directory::get();
    let calendar = Calendar::get();
    let manager = move || directory.me.get().is_some_and(|me| me.role == Role::Manager);
    let today = calendar.today();
    let rows = move || {
        let mut rows: Vec<_> = records.summaries.with(|summaries| {
            summaries.iter().filter_map(|(stream, of)| Some((of.name.clone()?, *stream, of.clone()))).collect()
        });
        rows.sort_by(|(one, ..), (other, ..)| (&one.given, &one.family).cmp(&(&other.given, &other.family)));
        rows
    };
    let title = if manager() { tr!("nav-all-children") } else { tr!("nav-children") };
    view! {
        <Page title=title.clone()>
            <div class="heard-title-row">
                <h1 class="heard-title">{title}</h1>
                <a class="govuk-button govuk-button--secondary" href="/children/new" draggable="false">{tr!("register-title")}</a>
            </div>
            <BeingOpened/>
            <Show when=move || records.are_listed()>
            <Show when=move || !records.has_no_child() fallback=|| view! { <p class="govuk-body">{tr!("children-none")}</p><HowItWorks/> }>
                <div class="heard-panel heard-panel--rows">
                    {move || rows().into_iter().map(|(name, stream, of)| {
                        let age = of.age(today).map(|age| tr!("years-old", {"age" => age}));
                        let how = of.profile.as_ref().map_or_else(|| tr!("no-profile"), |profile| profile.summary.clone());
                        let next = of.visits.values().filter(|visit| visit.is_ahead()).filter_map(|visit| visit.planned.as_ref()).filter(|planned| planned.on >= today).map(|planned| planned.on).min();
                        let stands_in = records.relations.stands_in_until(&of.access, today);
                        let with = directory.names_of(&of.access.assigned).unwrap_or_else(|| tr!("allocated-to-nobody"));
                        view! {
                            <article class="visit-row visit-row--child">
                                <div class="visit-row__who">
                                    <h2 class="visit-row__name"><a class="govuk-link" href=format!("/children/{stream}")>{name.short()}</a>" "<span class="visit-row__age">{age}</span></h2>
                                    <p class="visit-row__how">{how}</p>
                                </div>
                                <p class="heard-quiet">
                                    {stands_in.map(|until| view! { {tr!("children-stand-in", {"names" => with.clone(), "until" => words::near_date(until, today)})}<br/> })}
                                    {if manager() { view! { {tr!("allocated-to", {"names" => with})}<br/> }.into_any() } else { ().into_any() }}
                                    {match next { Some(on) => tr!("next-visit", {"on" => words::near_date(on, today)}), None => tr!("no-next-visit") }}
                                </p>
                            </article>
                        }
                    }).collect_view()}
                </div>
            </Show>
            </Show>
        </Page>
    }
}

/// How many records are still being opened: after a first exchange, or a new version of Heard.
#[component]
pub fn BeingOpened() -> impl IntoView {
    let to_make = Records::get().to_make;
    view! {
        <p class="heard-quiet" role="status">
            {move || match to_make.get() {
                0 => String::new(),
                count => tr!("records-being-opened", {"count" => count}),
            }}
        </p>
    }
}
