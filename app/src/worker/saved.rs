//! What is saved on this tablet, what was sent, held or refused, and why.

use leptos::prelude::*;
use leptos_fluent::tr;

use super::items::{Line, Section, my_lines};
use crate::components::Page;
use crate::platform::page;
use crate::state::{Calendar, Exchange, Link, Records, Session};
use crate::words;

/// At most so many sent lines are listed; the rest is in the records.
const SENT_LINES: usize = 30;

/// From so many minutes a device's clock is said to be wrong†.
const CLOCK_WRONG_MINUTES: i64 = 2;

/// What is safe where.
#[component]
pub fn SavedPage() -> impl IntoView {
    let exchange = Exchange::get();
    let records = Records::get();
    // A tablet that was set up anew knows of nothing that waits in records which are not here: the server does.
    let last_exchange = Memo::new(move |_| match exchange.link.get() {
        Link::UpToDate(at) => Some(at),
        _ => None,
    });
    let held = LocalResource::new(move || {
        last_exchange.get();
        exchange.held()
    });
    let known_here_only = move || matches!(held.get(), Some(Err(_)));
    let lines = Memo::new(move |_| my_lines(records, exchange, &held.get().and_then(Result::ok).unwrap_or_default()));
    let on = move |section: Section| {
        let lines =
            lines.with(|lines| lines.iter().filter(|line| line.section == section).cloned().collect::<Vec<_>>());
        if section == Section::Sent { lines.into_iter().take(SENT_LINES).collect() } else { lines }
    };
    view! {
        <Page title=tr!("saved-title")>
            <h1 class="heard-title">{tr!("saved-title")}</h1>
            <ClockWords/>
            <Show when=move || exchange.unreadable.get() != 0>
                <p class="heard-alert" role="alert">{move || tr!("saved-unreadable", {"count" => exchange.unreadable.get()})}</p>
            </Show>
            <div class="heard-stack">
                <LinkWords/>
                <SectionPanel id="section-saved" title=tr!("section-saved") none=tr!("not-sent-nothing") lines=Signal::derive(move || on(Section::Saved))/>
                <SectionPanel id="section-refused" title=tr!("section-refused") none=tr!("section-refused-none") lines=Signal::derive(move || on(Section::Refused))/>
                <SectionPanel id="section-held" title=tr!("section-held") none=tr!("section-held-none") lines=Signal::derive(move || on(Section::Held))/>
                <Show when=known_here_only><p class="govuk-hint">{tr!("held-elsewhere-unknown")}</p></Show>
                <SectionPanel id="section-sent" title=tr!("section-sent") none=tr!("section-sent-none") lines=Signal::derive(move || on(Section::Sent))/>
            </div>
        </Page>
    }
}

/// That this device's clock is wrong, when it is. What was recorded keeps what the device said, beside the server's time.
#[component]
fn ClockWords() -> impl IntoView {
    let ahead_ms = Calendar::get().clock_ahead_ms;
    move || {
        let ahead = jiff::SignedDuration::from_millis(ahead_ms.get());
        let by = words::about(ahead.abs());
        let words = if ahead.is_negative() {
            tr!("saved-clock-ahead", {"by" => by})
        } else {
            tr!("saved-clock-behind", {"by" => by})
        };
        (ahead.abs().as_mins() >= CLOCK_WRONG_MINUTES)
            .then(|| view! { <p class="heard-alert">{words}" "{tr!("saved-clock-do")}</p> })
    }
}

/// Whether the browser keeps what is saved here, and what to do where it does not say so.
#[component]
fn KeepingWords() -> impl IntoView {
    let persisted = LocalResource::new(page::is_persisted);
    move || {
        let (class, words) = match persisted.get()? {
            _ if page::is_off_the_home_screen() => ("heard-alert", tr!("saved-off-home-screen")),
            Some(true) => ("heard-quiet", tr!("saved-persisted")),
            Some(false) | None => ("heard-quiet", tr!("saved-not-persisted")),
        };
        Some(view! { <p class=class>{words}</p> })
    }
}

/// How the last exchange went, and what can be done about it.
#[component]
fn LinkWords() -> impl IntoView {
    let (session, exchange) = (Session::get(), Exchange::get());
    view! {
        <div class="heard-panel" role="status">
            <p class="govuk-body">{move || match exchange.link.get() {
                Link::Unknown | Link::Sending => tr!("link-sending"),
                Link::UpToDate(at) => tr!("link-up-to-date", {"time" => words::clock_time(at)}),
                Link::NoSignal => tr!("link-no-signal"),
                Link::Busy => tr!("link-busy"),
                Link::SignedOut => tr!("link-signed-out"),
                Link::Problem(code) => words::refusal(&code),
            }}</p>
            <KeepingWords/>
            <div class="govuk-button-group">
                <button class="govuk-button govuk-button--secondary" type="button" disabled=move || exchange.link.get() == Link::Sending on:click=move |_| exchange.sync_now()>{tr!("link-try-now")}</button>
                <Show when=move || matches!(exchange.link.get(), Link::SignedOut | Link::Problem(_))>
                    <button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| session.to_sign_in()>{tr!("sign-in-again")}</button>
                </Show>
            </div>
        </div>
    }
}

#[component]
fn SectionPanel(id: &'static str, title: String, none: String, lines: Signal<Vec<Line>>) -> impl IntoView {
    let calendar = Calendar::get();
    let today = calendar.today();
    view! {
        <section class="heard-panel" aria-labelledby=id>
            <h2 class="heard-panel__title" id=id>{title}</h2>
            {move || {
                let lines = lines.get();
                if lines.is_empty() {
                    return view! { <p class="heard-quiet">{none.clone()}</p> }.into_any();
                }
                view! { <ul class="heard-list">{lines.into_iter().map(|line| view! { <LineRow line today/> }).collect_view()}</ul> }.into_any()
            }}
        </section>
    }
}

#[component]
fn LineRow(line: Line, today: jiff::civil::Date) -> impl IntoView {
    let (class, state) = match line.section {
        Section::Saved => ("item-state item-state--saved", tr!("state-saved")),
        Section::Sent => ("item-state item-state--sent", tr!("state-sent")),
        Section::Held => ("item-state item-state--held", tr!("state-held")),
        Section::Refused => ("item-state item-state--refused", tr!("state-refused")),
    };
    // A child who is not here has no page.
    let is_here = Records::get().summaries.with_untracked(|summaries| summaries.contains_key(&line.stream));
    let name = if is_here {
        view! { <a class="govuk-link" href=format!("/children/{}", line.stream)>{line.name}</a> }.into_any()
    } else {
        view! { <span>{line.name}</span> }.into_any()
    };
    view! {
        <li class="heard-list__row">
            <span>
                {name}", "{line.what}
                {line.why.map(|why| view! { <span class="heard-list__words heard-block">{words::code(&why)}</span> })}
            </span>
            <span><span class=class>{state}</span>", "<span class="heard-quiet">{line.at.map(|at| tr!("recorded-at", {"at" => words::near_time(at, today)}))}</span></span>
        </li>
    }
}
