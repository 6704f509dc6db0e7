//! Inviting somebody, and the link that comes of it.

use domain::wire::{InviteRequest, InviteResponse};
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::exchange::Failure;

use crate::platform::http::Server;
use crate::platform::page;
use crate::state::Calendar;
use crate::words;

pub(super) type Invite = Action<InviteRequest, Result<InviteResponse, Failure>>;

/// Invites somebody, and goes to the link.
pub(super) fn invite() -> Invite {
    let invite: Invite = Action::new_local(|request: &InviteRequest| {
        let request = request.clone();
        async move { Server.invite(&request).await }
    });
    Effect::new(move |_| {
        if let Some(Ok(_)) = invite.value().get() {
            page::focus("#invited");
        }
    });
    invite
}

/// The link of whoever was invited last. It is shown once: nobody keeps it.
#[component]
pub(super) fn Invited(invite: Invite) -> impl IntoView {
    let today = Calendar::get().today();
    let copied = RwSignal::new(false);
    let shown = move |invited: InviteResponse| {
        let link = page::address_of(&invited.link);
        let copy = Action::new_local({
            let link = link.clone();
            move |()| {
                let link = link.clone();
                async move { copied.set(page::copy(&link).await) }
            }
        });
        let until = words::day_of(invited.ends_at);
        view! {
            <section class="heard-panel" aria-labelledby="invited">
                <h2 class="heard-panel__title" id="invited" tabindex="-1">{tr!("staff-invited", {"name" => invited.staff.name.clone()})}</h2>
                <p class="govuk-body">{tr!("staff-invited-how", {"name" => invited.staff.name, "until" => words::short_date(until, today)})}</p>
                <p class="govuk-body"><code class="heard-link-once">{link}</code></p>
                <button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| { copy.dispatch_local(()); }>
                    {move || if copied.get() { tr!("staff-copied") } else { tr!("staff-copy") }}
                </button>
            </section>
        }
    };
    move || match invite.value().get()? {
        Ok(invited) => {
            copied.set(false);
            Some(shown(invited).into_any())
        }
        Err(failure) => {
            Some(view! { <div class="heard-alert" role="alert"><p>{words::failure(&failure)}</p></div> }.into_any())
        }
    }
}
