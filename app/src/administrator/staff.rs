//! Who works here, and inviting somebody. It is asked of the server each time: nothing of it is kept on the device.

use domain::id::{StaffId, TeamId};
use domain::permission::Employment;
use domain::wire::{Employed, InviteRequest};
use leptos::prelude::*;
use leptos_fluent::tr;

use super::form::{Described, StaffFields};
use super::invited::{Invite, Invited, invite};
use super::teams::{Teams, teams};
use crate::components::{ErrorSummary, Field, Page, Problems, typed};
use crate::platform::clock;
use crate::platform::http::Server;
use crate::state::Calendar;
use crate::words;

/// Who works here?
#[component]
pub fn StaffPage() -> impl IntoView {
    let again = RwSignal::new(0_u32);
    let everybody = LocalResource::new(move || {
        again.track();
        async move { Server.staff().await }
    });
    let invite = invite();
    Effect::new(move |_| {
        if let Some(Ok(_)) = invite.value().get() {
            again.update(|again| *again += 1);
        }
    });
    view! {
        <Page title=tr!("staff-title")>
            <h1 class="heard-title">{tr!("staff-title")}</h1>
            <div class="heard-stack">
            <Invited invite/>
            <Transition fallback=|| view! { <p class="govuk-body" role="status">{tr!("loading")}</p> }>
                {move || Suspend::new(async move {
                    match everybody.await {
                        Ok(answer) => view! { <Everybody staff=answer.staff invite again/> }.into_any(),
                        Err(failure) => view! {
                            <div class="heard-alert" role="alert"><p>{words::failure(&failure)}</p></div>
                            <p class="govuk-body">{tr!("staff-needs-signal")}</p>
                            <button class="govuk-button" type="button" on:click=move |_| again.update(|again| *again += 1)>{tr!("try-again")}</button>
                        }.into_any(),
                    }
                })}
            </Transition>
            </div>
        </Page>
    }
}

#[component]
fn Everybody(staff: Vec<Employed>, invite: Invite, again: RwSignal<u32>) -> impl IntoView {
    let teams = teams(&staff);
    let all = staff.clone();
    // In a demonstration nobody has an account.
    let by_accounts = staff.iter().any(|one| one.account_since.is_some());
    let (left, here): (Vec<Employed>, Vec<Employed>) =
        staff.into_iter().partition(|one| one.staff.employment.has_left());
    let rows = |all: Vec<Employed>| all.into_iter().map(|one| view! { <Row one by_accounts/> }).collect_view();
    let left = (!left.is_empty()).then(|| {
        view! {
            <h3 class="heard-panel__second">{tr!("staff-have-left")}</h3>
            <ul class="heard-list">{rows(left)}</ul>
        }
    });
    view! {
        <div class="heard-split">
            <section class="heard-panel" aria-labelledby="everybody">
                <h2 class="heard-panel__title" id="everybody">{tr!("staff-everybody")}</h2>
                <ul class="heard-list">{rows(here)}</ul>
                {left}
            </section>
            <div class="heard-stack">
                <InviteForm teams invite/>
                <Teams staff=all again/>
            </div>
        </div>
    }
}

#[component]
fn Row(one: Employed, by_accounts: bool) -> impl IntoView {
    let today = Calendar::get().today();
    let Employed { staff, account_since } = one;
    let since = match account_since {
        Some(at) => tr!("staff-since", {"on" => words::short_date(words::day_of(at), today)}),
        None => tr!("staff-not-yet"),
    };
    let state = match staff.employment {
        Employment::Working => None,
        Employment::OnLeave => Some(tr!("staff-on-leave")),
        Employment::Left => Some(tr!("staff-left")),
    };
    let about = [words::role(staff.role), staff.team_name].into_iter().filter(|it| !it.is_empty());
    let about = about.collect::<Vec<_>>().join(", ");
    view! {
        <li class="heard-list__row">
            <span><a class="govuk-link" href=format!("/staff/{}", staff.id)><strong><bdi>{staff.name}</bdi></strong></a><span class="heard-block heard-quiet">{about}</span>{by_accounts.then(|| view! { <span class="heard-block heard-quiet">{since}</span> })}</span>
            {state.map(|words| view! { <strong class="govuk-tag govuk-tag--grey">{words}</strong> })}
        </li>
    }
}

#[component]
fn InviteForm(teams: Vec<(TeamId, String)>, invite: Invite) -> impl IntoView {
    let problems: Problems = RwSignal::new(Vec::new());
    let described = Described::new(teams);
    let account = RwSignal::new(String::new());
    view! {
        <section class="heard-panel" aria-labelledby="invite">
            <h2 class="heard-panel__title" id="invite">{tr!("staff-invite")}</h2>
            <form novalidate class="heard-form" on:submit=move |event| {
                event.prevent_default();
                match described.read(StaffId(replica::create::uuid(clock::now()))) {
                    Ok(staff) => {
                        problems.set(Vec::new());
                        let account = typed::trimmed(account);
                        invite.dispatch_local(InviteRequest { staff, account: (!account.is_empty()).then_some(account) });
                    }
                    Err(wrong) => problems.set(wrong),
                }
            }>
                <ErrorSummary problems/>
                <StaffFields described problems/>
                <Field id="staff-account" label=tr!("staff-account") hint=tr!("staff-account-hint") value=account problems/>
                <button class="govuk-button" type="submit" disabled=invite.pending()>{tr!("staff-invite-button")}</button>
            </form>
        </section>
    }
}
