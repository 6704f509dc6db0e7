//! One member of staff: what they are and do, a link to sign in, where they are signed in.

use domain::id::{StaffId, TeamId};
use domain::permission::Employment;
use domain::wire::{ChangeStaffRequest, Employed, InviteRequest, Staff, StaffResponse};
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::exchange::Failure;

use super::form::{Described, StaffFields};
use super::invited::{Invite, Invited, invite};
use super::teams::teams;
use crate::account::Devices;
use crate::components::{Choice, ErrorSummary, Page, Problems, in_address};
use crate::platform::council_sign_in::{self, Wanted};
use crate::platform::http::Server;
use crate::state::{Calendar, Session, SignInError};
use crate::words;

type Change = Action<ChangeStaffRequest, Result<Staff, Failure>>;

/// The member of staff in the address.
#[component]
pub fn StaffMemberPage() -> impl IntoView {
    let staff = in_address::<StaffId>("staff");
    let again = RwSignal::new(0);
    let everybody = LocalResource::new(move || {
        again.track();
        async move { Server.staff().await }
    });
    let invite = invite();
    let change: Change = Action::new_local(move |request: &ChangeStaffRequest| {
        let request = request.clone();
        async move {
            let changed = Server.change_staff(&request).await.map(|changed| changed.staff);
            // What was typed stays where it was not taken.
            if changed.is_ok() {
                again.update(|again| *again += 1);
            }
            changed
        }
    });
    view! {
        <Page title=tr!("staff-member-title") class="heard-page heard-narrow">
            <a class="govuk-back-link" href="/staff">{tr!("staff-title")}</a>
            <Transition fallback=|| view! { <p class="govuk-body" role="status">{tr!("loading")}</p> }>
                {move || Suspend::new(async move {
                    match everybody.await {
                        Ok(all) => view! { <Found all staff=staff.get() change invite/> }.into_any(),
                        Err(failure) => view! {
                            <h1 class="heard-title">{tr!("staff-member-title")}</h1>
                            <div class="heard-alert" role="alert"><p>{words::failure(&failure)}</p></div>
                            <button class="govuk-button" type="button" on:click=move |_| again.update(|again| *again += 1)>{tr!("try-again")}</button>
                        }.into_any(),
                    }
                })}
            </Transition>
        </Page>
    }
}

#[component]
fn Found(all: StaffResponse, staff: Option<StaffId>, change: Change, invite: Invite) -> impl IntoView {
    let Some(one) = all.staff.iter().find(|one| Some(one.staff.id) == staff).cloned() else {
        return view! { <h1 class="heard-title">{tr!("staff-unknown")}</h1> }.into_any();
    };
    let Employed { staff, account_since } = one;
    let teams = teams(&all.staff);
    let by_accounts = all.staff.iter().any(|one| one.account_since.is_some());
    let today = Calendar::get().today();
    let since = match account_since {
        Some(at) => tr!("staff-since", {"on" => words::short_date(words::day_of(at), today)}),
        None => tr!("staff-not-yet"),
    };
    let id = staff.id;
    let (works, has_left) = (staff.employment.works(), staff.employment.has_left());
    let asked = staff.clone();
    view! {
        <h1 class="heard-title"><bdi>{staff.name.clone()}</bdi></h1>
        {by_accounts.then(|| view! { <p class="govuk-body heard-quiet">{since}</p> })}
        <div class="heard-stack">
            <ChangeForm staff teams change/>
            {works.then(|| view! { <NewLink asked invite/> })}
            <LeftBehind staff=id has_left/>
            <Devices staff=id/>
        </div>
    }
    .into_any()
}

/// A link for whoever lost theirs.
#[component]
fn NewLink(asked: Staff, invite: Invite) -> impl IntoView {
    view! {
        <section class="heard-panel" aria-labelledby="link">
            <h2 class="heard-panel__title" id="link">{tr!("staff-new-link")}</h2>
            <p class="govuk-body">{tr!("staff-new-link-how")}</p>
            <button class="govuk-button govuk-button--secondary" type="button" disabled=invite.pending() on:click=move |_| { invite.dispatch_local(InviteRequest { staff: asked.clone(), account: None }); }>{tr!("staff-invite-button")}</button>
            <Invited invite/>
        </section>
    }
}

/// What they saved on this tablet and never sent, where there is some and they cannot send it themselves any more.
#[component]
fn LeftBehind(staff: StaffId, has_left: bool) -> impl IntoView {
    let session = Session::get();
    let again = RwSignal::new(0);
    let unsent = LocalResource::new(move || {
        again.track();
        session.left_behind(staff, has_left)
    });
    let send = Action::new_local(move |(): &()| async move {
        let sent = session.send_what_was_left(staff).await;
        again.update(|again| *again += 1);
        sent
    });
    let said = move || match send.value().get()? {
        Ok(sent) => Some(
            view! { <p class="govuk-body" role="status">{tr!("left-behind-sent", {"count" => sent})}</p> }.into_any(),
        ),
        Err(error) => {
            let again = matches!(&error, SignInError::Server(Failure::Refused { code }) if code == "sign_in_again");
            Some(view! {
                <div class="heard-alert" role="alert"><p>{words::sign_in_error(&error)}</p></div>
                {again.then(|| view! { <p class="govuk-body"><a class="govuk-link" rel="external" href=council_sign_in::address(Wanted::FreshProof)>{tr!("sign-in-council")}</a></p> })}
            }.into_any())
        }
    };
    move || {
        let count = match unsent.get()? {
            Ok(count) => count,
            Err(error) => {
                return Some(
                    view! { <div class="heard-alert" role="alert"><p>{words::storage(&error)}</p></div> }.into_any(),
                );
            }
        };
        (count > 0 || send.value().with(Option::is_some)).then(|| { view! {
            <section class="heard-panel" aria-labelledby="left-behind">
                <h2 class="heard-panel__title" id="left-behind">{tr!("left-behind-title")}</h2>
                {said}
                {(count > 0).then(|| view! {
                    <p class="govuk-body">{tr!("left-behind-how", {"count" => count})}</p>
                    <button class="govuk-button" type="button" disabled=send.pending() on:click=move |_| { send.dispatch_local(()); }>{tr!("left-behind-send")}</button>
                })}
            </section>
        }.into_any() })
    }
}

#[component]
fn ChangeForm(staff: Staff, teams: Vec<(TeamId, String)>, change: Change) -> impl IntoView {
    let problems: Problems = RwSignal::new(Vec::new());
    let described = Described::of(&staff, teams);
    let employment = RwSignal::new(Some(staff.employment));
    let employments = vec![
        (Employment::Working, tr!("staff-working")),
        (Employment::OnLeave, tr!("staff-on-leave")),
        (Employment::Left, tr!("staff-left")),
    ];
    let (id, before) = (staff.id, staff.employment);
    let what_then = move || match employment.get() {
        Some(now) if now == before => None,
        Some(Employment::Left) => Some(tr!("staff-left-what")),
        Some(Employment::OnLeave) => Some(tr!("staff-on-leave-what")),
        _ => None,
    };
    let name = StoredValue::new(staff.name.clone());
    let seen = StoredValue::new(staff.clone());
    let said = move || match change.value().get()? {
        Ok(_) => Some(view! { <p class="govuk-body" role="status">{tr!("staff-changed")}</p> }.into_any()),
        Err(failure) => {
            Some(view! { <div class="heard-alert" role="alert"><p>{words::failure(&failure)}</p></div> }.into_any())
        }
    };
    view! {
        <section class="heard-panel" aria-labelledby="change">
            <h2 class="heard-panel__title" id="change">{tr!("staff-change")}</h2>
            <form novalidate class="heard-form" on:submit=move |event| {
                event.prevent_default();
                match described.read(id) {
                    Ok(staff) => {
                        problems.set(Vec::new());
                        let employment = employment.get_untracked().unwrap_or_default();
                        let seen = seen.get_value();
                        change.dispatch_local(ChangeStaffRequest { seen, staff: Staff { employment, ..staff } });
                    }
                    Err(wrong) => problems.set(wrong),
                }
            }>
                <ErrorSummary problems/>
                {said}
                <StaffFields described problems/>
                <Choice id="staff-employment" legend=tr!("staff-employment") value=employment options=employments problems/>
                {move || what_then().map(|words| view! { <p class="govuk-inset-text">{tr!("staff-then", {"name" => name.get_value(), "what" => words})}</p> })}
                <button class="govuk-button" type="submit" disabled=change.pending()>{tr!("staff-save")}</button>
            </form>
        </section>
    }
}
