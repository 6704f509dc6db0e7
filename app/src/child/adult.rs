//! The adult's overlay: mark a pause, go on, end, take the tablet back.

use domain::payload::capture::PauseReason;
use leptos::prelude::*;
use leptos_fluent::tr;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::activity::Activity;
use super::tap::Tap;
use crate::components::{Passcode, Problems};
use crate::platform::page;
use crate::state::{PasscodeProblem, Session};
use crate::words;

/// Pause: what happened, and what now.
#[component]
pub(super) fn AdultOverlay(activity: Activity) -> impl IntoView {
    let has_ended = Memo::new(move |_| activity.capture.with(|capture| capture.ended.is_some()));
    let takes_back = RwSignal::new(has_ended.get_untracked());
    let back =
        Callback::new(move |()| if has_ended.get_untracked() { activity.uncover() } else { takes_back.set(false) });
    let to_visit = to_visit(activity);
    let taken = Callback::new(move |()| {
        activity.end();
        to_visit();
    });
    view! {
        <Show when=move || takes_back.get() fallback=move || view! { <Pause activity takes_back/> }>
            <TakeBack ends=!has_ended.get_untracked() back taken/>
        </Show>
    }
}

/// Leads to the topics of the visit, wherever an address typed in child mode pointed.
fn to_visit(activity: Activity) -> impl Fn() {
    let navigate = use_navigate();
    let path = use_location().pathname;
    move || {
        let visit = activity.capture.with_untracked(|capture| capture.visit);
        let topics = format!("/children/{}/visits/{visit}/topics", activity.stream);
        if path.with_untracked(|path| *path != topics) {
            navigate(&topics, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    }
}

#[component]
fn Pause(activity: Activity, takes_back: RwSignal<bool>) -> impl IntoView {
    let reasons = [
        (PauseReason::Tired, tr!("child-pause-tired")),
        (PauseReason::CareNeed, tr!("child-pause-care")),
        (PauseReason::SomeoneCameIn, tr!("child-pause-came-in")),
        (PauseReason::AdultAnswered, tr!("child-pause-answered")),
        (PauseReason::Prompted, tr!("child-pause-prompted")),
    ];
    let end = move |_| {
        activity.press(Tap::End);
        activity.uncover();
    };
    Effect::new(|_| page::focus(".overlay__title"));
    view! {
        <div class="overlay overlay--adult" role="dialog" aria-modal="true" aria-labelledby="adult-title">
            <header class="overlay__head"><h2 class="overlay__title" id="adult-title" tabindex="-1">{tr!("child-pause")}</h2></header>
            <div class="overlay__body">
                <p class="overlay__lead" id="adult-lead">{tr!("child-pause-lead")}</p>
                <div class="choices" role="group" aria-labelledby="adult-lead">
                    {reasons.into_iter().map(|(why, words)| view! {
                        <button
                            class="choice" type="button"
                            aria-pressed=move || activity.paused.with(|paused| paused.contains(&why)).to_string()
                            on:click=move |_| { activity.press(Tap::Pause(why)); }
                        >{words}</button>
                    }).collect_view()}
                </div>
            </div>
            <footer class="overlay__foot">
                <button class="choice" type="button" on:click=move |_| activity.uncover()>{tr!("child-go-on")}</button>
                <button class="choice" type="button" on:click=end>{tr!("child-end")}</button>
                <button class="choice" type="button" on:click=move |_| takes_back.set(true)>{tr!("child-take-back")}</button>
            </footer>
        </div>
    }
}

/// The passcode. `taken` runs when the tablet is the worker's again.
#[component]
pub(super) fn TakeBack(
    /// Whether that ends the activity.
    ends: bool,
    back: Callback<()>,
    taken: Callback<()>,
) -> impl IntoView {
    let session = Session::get();
    let passcode = RwSignal::new(String::new());
    let problems: Problems = RwSignal::new(Vec::new());
    let unlock = Action::new_local(move |passcode: &String| {
        let passcode = passcode.clone();
        async move {
            let outcome = session.unlock(passcode).await;
            if outcome.is_ok() {
                taken.run(());
            }
            outcome
        }
    });
    let locked_out = Signal::derive(move || matches!(unlock.value().get(), Some(Err(PasscodeProblem::LockedOut))));
    Effect::new(move |_| {
        if let Some(Err(problem)) = unlock.value().get() {
            passcode.set(String::new());
            problems.set(vec![("child-passcode", words::passcode_problem(&problem))]);
            page::focus("#child-passcode");
        }
    });
    Effect::new(|_| page::focus("#child-passcode"));
    view! {
        <div class="overlay overlay--adult" role="dialog" aria-modal="true" aria-labelledby="adult-title">
            <header class="overlay__head"><h2 class="overlay__title" id="adult-title" tabindex="-1">{tr!("child-take-back")}</h2></header>
            <form
                class="overlay__body overlay__form" novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    problems.set(Vec::new());
                    unlock.dispatch_local(passcode.get_untracked());
                }
            >
                {ends.then(|| view! { <p class="overlay__lead">{tr!("child-take-back-ends")}</p> })}
                <Passcode id="child-passcode" label=tr!("passcode") value=passcode problems/>
                <button class="choice" type="submit" disabled=move || unlock.pending().get() || locked_out.get()>
                    {move || if unlock.pending().get() { tr!("opening") } else { tr!("unlock-button") }}
                </button>
                <Show when=move || locked_out.get()>
                    <button class="choice" type="button" on:click=move |_| session.to_sign_in_forgotten()>{tr!("sign-in-again")}</button>
                </Show>
            </form>
            <footer class="overlay__foot">
                <button class="choice" type="button" on:click=move |_| back.run(())>{tr!("child-give-back")}</button>
            </footer>
        </div>
    }
}
