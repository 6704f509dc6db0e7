//! The header: where one can go, and what is safe where.

use domain::permission::Role;
use leptos::prelude::*;
use leptos_fluent::tr;
use leptos_router::hooks::use_location;

use crate::library::has_library;
use crate::platform::page;
use crate::state::{Directory, Exchange, Link, Session};
use crate::words;

/// The header of every signed-in page.
#[component]
pub fn Header() -> impl IntoView {
    let (session, directory) = (Session::get(), Directory::get());
    let links = move || match directory.me.get().map(|me| me.role) {
        Some(Role::Manager) => {
            vec![
                ("/waiting", tr!("nav-waiting")),
                ("/team", tr!("nav-team")),
                ("/children", tr!("nav-all-children")),
                ("/audits", tr!("audits-title")),
            ]
        }
        Some(Role::Auditor) => {
            vec![("/audits", tr!("audits-title")), ("/find", tr!("find-title")), ("/access", tr!("access-title"))]
        }
        Some(Role::Duty) => vec![("/find", tr!("find-title"))],
        Some(Role::Administrator) => {
            vec![
                ("/staff", tr!("staff-title")),
                ("/settings", tr!("settings-title")),
                ("/questions", tr!("library-title")),
            ]
        }
        _ => vec![("/today", tr!("nav-today")), ("/week", tr!("nav-week")), ("/children", tr!("nav-children"))],
    };
    let path = use_location().pathname;
    let with_child = Memo::new(move |_| path.with(|path| is_with_child(path)));
    view! {
        <header class="heard-header">
            <a class="heard-header__name" href="/">{tr!("app-name")}</a>
            <Show when=move || !with_child.get()>
                <nav class="heard-nav" aria-label=tr!("nav-label")>
                    {move || links().into_iter().map(|(to, words)| view! { <NavLink to words/> }).collect_view()}
                </nav>
            </Show>
            <Status with_child/>
            <Account/>
        </header>
        <Show when=move || session.update_ready.get()>
            <div class="heard-update" role="region" aria-label=tr!("update-label")>
                <p>{tr!("update-ready")}</p>
                <button class="govuk-button govuk-button--secondary" type="button" on:click=|_| page::send_to_window("heard-take-update")>{tr!("update-take")}</button>
            </div>
        </Show>
    }
}

/// Whether the page is used in the child's living room: there no stray tap may lead to other families' names.
fn is_with_child(path: &str) -> bool {
    let at_desk = ["/write-up", "/note", "/visits/new", "/plan"];
    path.contains("/visits/") && !at_desk.iter().any(|end| path.ends_with(end))
}

#[component]
fn NavLink(to: &'static str, words: String) -> impl IntoView {
    let path = use_location().pathname;
    let here = move || path.with(|path| path == to || path.starts_with(&format!("{to}/")));
    view! { <a class="heard-nav__link" href=to aria-current=move || here().then_some("page")>{words}</a> }
}

/// What is safe where, in one line.
#[component]
fn Status(with_child: Memo<bool>) -> impl IntoView {
    let exchange = Exchange::get();
    let class = move || match exchange.link.get() {
        Link::UpToDate(_) if exchange.unsent.get() == 0 => "heard-status heard-status--ok",
        Link::UpToDate(_) | Link::Sending | Link::Unknown => "heard-status heard-status--busy",
        Link::NoSignal | Link::Busy => "heard-status heard-status--offline",
        Link::SignedOut | Link::Problem(_) => "heard-status heard-status--problem",
    };
    let words = move || {
        let unsent = exchange.unsent.get();
        match exchange.link.get() {
            Link::Unknown => tr!("status-saved", {"count" => unsent}),
            Link::Sending if unsent > 0 => tr!("status-sending", {"count" => unsent}),
            Link::Sending => tr!("status-checking"),
            Link::UpToDate(at) if unsent == 0 => tr!("status-up-to-date", {"time" => words::clock_time(at)}),
            Link::UpToDate(_) => tr!("status-to-send", {"count" => unsent}),
            Link::NoSignal => tr!("status-no-signal", {"count" => unsent}),
            Link::Busy => tr!("status-busy", {"count" => unsent}),
            Link::SignedOut => tr!("status-signed-out", {"count" => unsent}),
            Link::Problem(_) => tr!("status-problem", {"count" => unsent}),
        }
    };
    // With the child it is no link: the list of what is saved names other children.
    move || {
        if with_child.get() {
            view! { <p class=class role="status">{words}</p> }.into_any()
        } else {
            view! { <a class=class href="/saved"><span role="status">{words}</span></a> }.into_any()
        }
    }
}

/// Who is at work, and the ways out.
#[component]
fn Account() -> impl IntoView {
    let session = Session::get();
    let exchange = Exchange::get();
    let directory = Directory::get();
    let path = use_location().pathname;
    let menu = NodeRef::<leptos::html::Details>::new();
    // Whoever has followed a link of it is done with it.
    Effect::new(move |_| {
        path.track();
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    });
    view! {
        <details class="heard-account" node_ref=menu>
            <summary>{move || directory.me.get().map_or_else(|| tr!("account"), |me| me.name)}</summary>
            <div class="heard-account__menu">
                <button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| session.lock()>{tr!("account-lock")}</button>
                <p class="heard-quiet">
                    {move || tr!("account-sign-out-warning", {"count" => exchange.unsent.get()})}
                </p>
                <button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| session.sign_out()>{tr!("account-sign-out")}</button>
                <Show when=move || directory.me.with(|me| me.as_ref().is_some_and(|me| has_library(me.role)))>
                    <p><a class="govuk-link" href="/questions">{tr!("library-title")}</a></p>
                </Show>
                {move || directory.me.with(|me| me.as_ref().map(|me| me.id)).map(|me| view! {
                    <p><a class="govuk-link" href=format!("/access/{me}")>{tr!("access-own-link")}</a></p>
                })}
                <p><a class="govuk-link" href="/account/devices">{tr!("devices-title")}</a></p>
                <p><a class="govuk-link" href="/help">{tr!("help-title")}</a></p>
                <p><a class="govuk-link" href="/accessibility">{tr!("statement-title")}</a></p>
            </div>
        </details>
    }
}
