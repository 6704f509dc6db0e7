//! The lock: one passcode, and a way back when it is forgotten.

use leptos::prelude::*;
use leptos_fluent::tr;

use super::EntrancePage;
use crate::components::{ErrorSummary, Passcode, Problems};
use crate::platform::door::AtTheDoor;
use crate::platform::settings::KnownVault;
use crate::state::{PasscodeProblem, Session};
use crate::words;

/// Asks for the passcode. Works without signal.
#[component]
pub fn UnlockPage(
    vault: KnownVault,
    /// What was typed before the application was there.
    #[prop(optional_no_strip)]
    at_the_door: Option<AtTheDoor>,
) -> impl IntoView {
    let session = Session::get();
    if vault.out_of_use {
        return view! { <OutOfUse vault/> }.into_any();
    }
    let passcode = RwSignal::new(at_the_door.as_ref().map(|done| done.passcode.clone()).unwrap_or_default());
    let problems: Problems = RwSignal::new(Vec::new());
    let unlock = Action::new_local(move |passcode: &String| {
        let passcode = passcode.clone();
        async move { session.unlock(passcode).await }
    });
    let locked_out = Signal::derive(move || matches!(unlock.value().get(), Some(Err(PasscodeProblem::LockedOut))));
    Effect::new(move |_| {
        if let Some(Err(problem)) = unlock.value().get() {
            passcode.set(String::new());
            problems.set(vec![("passcode", words::passcode_problem(&problem))]);
        }
    });
    if let Some(AtTheDoor { passcode, sent: true }) = at_the_door {
        unlock.dispatch_local(passcode);
    }
    view! {
        <EntrancePage title=tr!("unlock-title") in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("unlock-title")}</h1>
            <p class="govuk-body">{if vault.name.is_empty() { tr!("unlock-this-tablet") } else { tr!("unlock-whose", {"name" => vault.name}) }}</p>
            <form novalidate on:submit=move |event| { event.prevent_default(); problems.set(Vec::new()); unlock.dispatch_local(passcode.get()); }>
                <Passcode id="passcode" label=tr!("passcode") value=passcode problems/>
                <button class="govuk-button" type="submit" disabled=move || unlock.pending().get() || locked_out.get()>
                    {move || if unlock.pending().get() { tr!("opening") } else { tr!("unlock-button") }}
                </button>
            </form>
            <details class="govuk-details" open=move || locked_out.get()>
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{tr!("unlock-forgotten")}</span></summary>
                <div class="govuk-details__text">
                    <p class="govuk-body">{tr!("unlock-forgotten-how")}</p>
                    <button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| session.to_sign_in_forgotten()>{tr!("sign-in-again")}</button>
                </div>
            </details>
            <p class="govuk-body"><button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| session.to_sign_in_as_another()>{tr!("unlock-someone-else")}</button></p>
        </EntrancePage>
    }
    .into_any()
}

/// The tablet was taken out of use: nobody opens it any more, and somebody can set it up anew.
#[component]
fn OutOfUse(vault: KnownVault) -> impl IntoView {
    let session = Session::get();
    view! {
        <EntrancePage title=tr!("out-of-use-title")>
            <h1 class="heard-title">{tr!("out-of-use-title")}</h1>
            <p class="govuk-body">{tr!("out-of-use", {"name" => vault.name})}</p>
            <p class="govuk-body"><button class="govuk-button" type="button" on:click=move |_| session.to_sign_in_as_another()>{tr!("unlock-someone-else")}</button></p>
        </EntrancePage>
    }
}
