//! Where somebody is signed in and which devices are theirs, and ending either. It is asked of the server each time.

use domain::id::{ReplicaId, StaffId};
use domain::wire::{Device, DevicesResponse, OpenSession};
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::exchange::Failure;

use crate::components::Page;
use crate::platform::http::Server;
use crate::state::{Calendar, Directory};
use crate::words;

/// One's own.
#[component]
pub fn DevicesPage() -> impl IntoView {
    let directory = Directory::get();
    let me = Memo::new(move |_| directory.me.with(|me| me.as_ref().map(|me| me.id)));
    view! {
        <Page title=tr!("devices-title") class="heard-page heard-narrow">
            <a class="govuk-back-link" href="/">{tr!("back")}</a>
            <h1 class="heard-title">{tr!("devices-title")}</h1>
            <p class="govuk-body">{tr!("devices-how")}</p>
            {move || me.get().map(|staff| view! { <Devices staff/> })}
        </Page>
    }
}

/// What is ended.
#[derive(Clone)]
enum Ending {
    Session(String),
    Device(ReplicaId),
}

type End = Action<Ending, Result<(), Failure>>;

/// Somebody's sessions and devices.
#[component]
pub fn Devices(staff: StaffId) -> impl IntoView {
    let again = RwSignal::new(0);
    let found = LocalResource::new(move || {
        again.track();
        async move { Server.devices(staff).await }
    });
    let end: End = Action::new_local(move |ending: &Ending| {
        let ending = ending.clone();
        async move {
            let ended = match ending {
                Ending::Session(session) => Server.end_session(staff, &session).await,
                Ending::Device(replica) => Server.revoke(staff, replica).await,
            };
            again.update(|again| *again += 1);
            ended
        }
    });
    view! {
        {move || end.value().get().and_then(Result::err).map(|failure| view! { <div class="heard-alert" role="alert"><p>{words::failure(&failure)}</p></div> })}
        <Transition fallback=|| view! { <p class="govuk-body" role="status">{tr!("loading")}</p> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(found) => view! { <Found found end/> }.into_any(),
                    Err(failure) => view! {
                        <div class="heard-alert" role="alert"><p>{words::failure(&failure)}</p></div>
                        <p class="govuk-body">{tr!("devices-need-signal")}</p>
                        <button class="govuk-button" type="button" on:click=move |_| again.update(|again| *again += 1)>{tr!("try-again")}</button>
                    }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Found(found: DevicesResponse, end: End) -> impl IntoView {
    let (no_session, no_device) = (found.sessions.is_empty(), found.devices.is_empty());
    view! {
        <div class="heard-stack">
            <section class="heard-panel" aria-labelledby="devices">
                <h2 class="heard-panel__title" id="devices">{tr!("devices-devices")}</h2>
                {no_device.then(|| view! { <p class="heard-quiet">{tr!("devices-none")}</p> })}
                <ul class="heard-list">{found.devices.into_iter().map(|device| view! { <DeviceRow device end/> }).collect_view()}</ul>
            </section>
            <section class="heard-panel" aria-labelledby="sessions">
                <h2 class="heard-panel__title" id="sessions">{tr!("devices-sessions")}</h2>
                {no_session.then(|| view! { <p class="heard-quiet">{tr!("devices-no-session")}</p> })}
                <ul class="heard-list">{found.sessions.into_iter().map(|session| view! { <SessionRow session end/> }).collect_view()}</ul>
            </section>
        </div>
    }
}

#[component]
fn DeviceRow(device: Device, end: End) -> impl IntoView {
    let today = Calendar::get().today();
    let on = move |at| words::near_date(words::day_of(at), today);
    let Device { replica, since, last_seen, build, unsent, revoked_at } = device;
    let since = tr!("devices-since", {"on" => on(since)});
    let number = super::accesses::device(replica);
    let seen = match last_seen {
        Some(at) => tr!("devices-last-seen", {"on" => format!("{} {}", on(at), words::clock_time(at))}),
        None => tr!("devices-never-seen"),
    };
    let build = build.map(|build| tr!("devices-build", {"build" => build}));
    let unsent = unsent.map(|count| tr!("devices-unsent", {"count" => count}));
    let sure = RwSignal::new(false);
    let out_of_use = revoked_at.map(|at| tr!("devices-revoked", {"on" => on(at)}));
    let in_use = out_of_use.is_none();
    view! {
        <li class="heard-list__row heard-list__row--stacked">
            <p class="heard-list__words"><strong>{since}</strong>" "{out_of_use.map(|words| view! { <strong class="govuk-tag govuk-tag--grey">{words}</strong> })}</p>
            <p class="heard-list__words heard-quiet">{[Some(seen), unsent, Some(number), build].into_iter().flatten().collect::<Vec<_>>().join(" · ")}</p>
            <Show when=move || in_use && !sure.get()>
                <button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| sure.set(true)>{tr!("devices-revoke")}</button>
            </Show>
            <Show when=move || in_use && sure.get()>
                <p class="govuk-body">{tr!("devices-revoke-what")}</p>
                <p>
                    <button class="govuk-button govuk-button--warning" type="button" disabled=end.pending() on:click=move |_| { end.dispatch_local(Ending::Device(replica)); }>{tr!("devices-revoke-yes")}</button>" "
                    <button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| sure.set(false)>{tr!("devices-revoke-no")}</button>
                </p>
            </Show>
        </li>
    }
}

#[component]
fn SessionRow(session: OpenSession, end: End) -> impl IntoView {
    let today = Calendar::get().today();
    let at = |at| format!("{} {}", words::near_date(words::day_of(at), today), words::clock_time(at));
    let since = tr!("devices-since-when", {"at" => at(session.since)});
    let seen = tr!("devices-last-seen", {"on" => at(session.last_seen)});
    let id = session.id;
    view! {
        <li class="heard-list__row">
            <span><strong>{since}</strong><span class="heard-block heard-quiet">{seen}</span></span>
            {if session.this {
                view! { <strong class="govuk-tag">{tr!("devices-here")}</strong> }.into_any()
            } else {
                view! { <button class="govuk-button govuk-button--secondary" type="button" disabled=end.pending() on:click=move |_| { end.dispatch_local(Ending::Session(id.clone())); }>{tr!("devices-end")}</button> }.into_any()
            }}
        </li>
    }
}
