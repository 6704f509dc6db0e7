//! Setting the tablet up, and choosing a new passcode after a lock-out.

use domain::wire::SessionResponse;
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::vault::passcode::WeakPasscode;

use super::{EntrancePage, LostWords};
use crate::components::{ErrorSummary, Passcode, Problems};
use crate::platform::council_sign_in::{self, Wanted};
use crate::platform::page;
use crate::state::{Session, SetUpProblem};
use crate::words;

/// Sets this tablet up for the person who signed in.
#[component]
pub fn EnrolPage(signed_in: SessionResponse) -> impl IntoView {
    let session = Session::get();
    let name = signed_in.staff.name.clone();
    let set_up = Action::new_local(move |(passcode, again): &(String, String)| {
        let (signed_in, passcode, again) = (signed_in.clone(), passcode.clone(), again.clone());
        async move { session.enrol(signed_in, passcode, again).await }
    });
    view! {
        <ChoosePasscode
            title=tr!("enrol-title") lead=tr!("enrol-lead", {"name" => name}) button=tr!("enrol-button")
            busy=set_up.pending().into() outcome=set_up.value().into()
            chosen=Callback::new(move |passcodes| { set_up.dispatch_local(passcodes); })
            warning=page::is_off_the_home_screen().then(|| tr!("enrol-off-home-screen"))
        />
    }
}

/// Chooses a new passcode after too many wrong ones. Nothing was lost.
#[component]
pub fn RecoverPage(signed_in: SessionResponse) -> impl IntoView {
    let session = Session::get();
    let recover = Action::new_local(move |(passcode, again): &(String, String)| {
        let (passcode, again) = (passcode.clone(), again.clone());
        async move { session.recover(passcode, again).await }
    });
    view! {
        <ChoosePasscode
            title=tr!("recover-title") lead=tr!("recover-lead", {"name" => signed_in.staff.name}) button=tr!("recover-button")
            busy=recover.pending().into() outcome=recover.value().into()
            chosen=Callback::new(move |passcodes| { recover.dispatch_local(passcodes); })
        />
    }
}

type Outcome = Signal<Option<Result<(), SetUpProblem>>>;

#[component]
fn ChoosePasscode(
    title: String,
    lead: String,
    button: String,
    busy: Signal<bool>,
    outcome: Outcome,
    chosen: Callback<(String, String)>,
    /// What to know before it is chosen.
    #[prop(optional_no_strip)]
    warning: Option<String>,
) -> impl IntoView {
    let session = Session::get();
    let (passcode, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let problems: Problems = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        if let Some(Err(problem)) = outcome.get() {
            problems.set(vec![in_words(&problem)]);
        }
    });
    view! {
        <EntrancePage title=title.clone() in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <ErrorSummary problems/>
            <h1 class="heard-title">{title}</h1>
            <p class="govuk-body">{lead}</p>
            <LostWords/>
            {move || outcome.get().and_then(Result::err).filter(SetUpProblem::wants_fresh_proof).map(|_| view! {
                <p class="govuk-body"><a class="govuk-button" draggable="false" rel="external" href=council_sign_in::address(Wanted::FreshProof)>{tr!("sign-in-again")}</a></p>
            })}
            {warning.map(|words| view! { <p class="heard-alert">{words}</p> })}
            <form novalidate on:submit=move |event| { event.prevent_default(); problems.set(Vec::new()); chosen.run((passcode.get(), again.get())); }>
                <Passcode id="passcode" label=tr!("passcode-new") hint=tr!("passcode-rule") value=passcode problems/>
                <Passcode id="passcode-again" label=tr!("passcode-again") value=again problems/>
                <p class="govuk-body">{tr!("passcode-why")}</p>
                <div class="govuk-button-group">
                    <button class="govuk-button" type="submit" disabled=busy>{move || if busy.get() { tr!("setting-up") } else { button.clone() }}</button>
                    <button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| session.sign_out()>{tr!("cancel")}</button>
                </div>
            </form>
        </EntrancePage>
    }
}

fn in_words(problem: &SetUpProblem) -> (&'static str, String) {
    match problem {
        SetUpProblem::Weak(WeakPasscode::TooShort) => ("passcode", tr!("passcode-too-short")),
        SetUpProblem::Weak(WeakPasscode::NeedsDigits) => ("passcode", tr!("passcode-needs-digits")),
        SetUpProblem::Weak(WeakPasscode::Obvious) => ("passcode", tr!("passcode-obvious")),
        SetUpProblem::Differ => ("passcode-again", tr!("passcode-differ")),
        SetUpProblem::ChunkUnavailable => ("passcode", tr!("chunk-unavailable")),
        SetUpProblem::SignIn(error) => ("passcode", words::sign_in_error(error)),
    }
}
