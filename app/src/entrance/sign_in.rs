//! Signing in: by the council's own account, or to a demonstration as one of its cast.

use domain::wire::Staff;
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::exchange::Failure;

use super::{EntrancePage, LostWords};
use crate::platform::council_sign_in;
use crate::platform::http::Server;
use crate::platform::settings::Settings;
use crate::state::{Session, SignInError, Stage};
use crate::words;

/// Who wants to sign in?
#[component]
pub fn SignInPage() -> impl IntoView {
    let session = Session::get();
    let again = RwSignal::new(0);
    let cast = LocalResource::new(move || {
        again.track();
        async move { Server.demo_cast().await }
    });
    let sign_in = Action::new_local(move |staff: &Staff| {
        let staff = staff.id;
        async move { session.demo_sign_in(staff).await }
    });
    let known = Settings::read().last_vault().cloned();
    view! {
        <EntrancePage title=tr!("sign-in-title")>
            <h1 class="heard-title">{tr!("sign-in-title")}</h1>
            <LostWords/>
            {move || sign_in.value().get().and_then(Result::err).map(|error| view! { <Alert error/> })}
            <Suspense fallback=|| view! { <p class="govuk-body" role="status">{tr!("loading")}</p> }>
                {move || Suspend::new(async move {
                    match cast.await {
                        Ok(cast) => view! { <Cast staff=cast.staff busy=sign_in.pending().into() chosen=Callback::new(move |staff| { sign_in.dispatch_local(staff); })/> }.into_any(),
                        // This is no demonstration.
                        Err(Failure::Refused { code }) if code == "not_found" => view! { <ByTheCouncil/> }.into_any(),
                        Err(failure) => view! {
                            <Alert error=SignInError::Server(failure)/>
                            <p class="govuk-body">{tr!("first-use-needs-signal")}</p>
                            <button class="govuk-button" type="button" on:click=move |_| again.update(|again| *again += 1)>{tr!("try-again")}</button>
                        }.into_any(),
                    }
                })}
            </Suspense>
            {known.map(|vault| view! {
                <p class="govuk-body">
                    <button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| session.stage.set(Stage::Locked(vault.clone()))>
                        {tr!("sign-in-back-to", {"name" => vault.name.clone()})}
                    </button>
                </p>
            })}
        </EntrancePage>
    }
}

/// The council's own sign-in, which is another page, and what came of it the last time.
#[component]
fn ByTheCouncil() -> impl IntoView {
    let session = Session::get();
    view! {
        {move || session.refused.get().map(|error| view! { <Alert error/> })}
        <p class="govuk-body"><a class="govuk-button" draggable="false" rel="external" href=council_sign_in::address(session.wanted())>{tr!("sign-in-council")}</a></p>
        <p class="govuk-body">{tr!("sign-in-council-how")}</p>
    }
}

#[component]
fn Alert(error: SignInError) -> impl IntoView {
    view! { <div class="heard-alert" role="alert"><p>{words::sign_in_error(&error)}</p></div> }
}

#[component]
fn Cast(staff: Vec<Staff>, busy: Signal<bool>, chosen: Callback<Staff>) -> impl IntoView {
    let rows = staff
        .into_iter()
        .map(|one| {
            let role = words::role(one.role);
            let team = one.team_name.clone();
            let name = one.name.clone();
            view! {
                <li class="heard-list__row">
                    <span><strong>{name.clone()}</strong><br/><span class="heard-quiet">{role}", "{team}</span></span>
                    <button
                        class="govuk-button govuk-button--secondary" type="button" disabled=busy
                        aria-label=tr!("sign-in-as", {"name" => name})
                        on:click=move |_| chosen.run(one.clone())
                    >{tr!("sign-in")}</button>
                </li>
            }
        })
        .collect_view();
    view! {
        <p class="govuk-body">{tr!("sign-in-demo")}</p>
        <div class="heard-panel"><ul class="heard-list">{rows}</ul></div>
    }
}
