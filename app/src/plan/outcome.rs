//! What became of an action: agreed or not, then done or not. A promise is made by *agreed*, never before.

use domain::id::ActionId;
use domain::payload::Payload;
use domain::payload::plan::{ActionOutcome, Outcome};
use domain::standing::ActionState;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::desk::Desk;
use crate::components::{ErrorSummary, Problems, TextArea};
use crate::platform::page;
use crate::state::Urgency;
use crate::words;

/// The buttons that fit where the action stands. An outcome is no edit of the plan: it opens no version.
#[component]
pub fn OutcomeControls(action: ActionId, open: Option<ActionState>) -> impl IntoView {
    let desk = Desk::get();
    let (mine, asks_why) = (desk.is_mine(), RwSignal::new(false));
    let save = Action::new_local(move |outcome: &Outcome| {
        let outcome = ActionOutcome { action, outcome: outcome.clone(), on: desk.calendar.today() };
        async move {
            let saved = desk.save(Payload::ActionOutcome(outcome), Urgency::WithTheRest).await;
            if saved.is_ok() {
                page::focus("#plan-actions");
            }
            saved
        }
    });
    let (yes, yes_words, no_words) = match open {
        Some(ActionState::Asked) => (Outcome::Agreed, tr!("outcome-agreed"), tr!("outcome-not-agreed")),
        Some(ActionState::Agreed) => (Outcome::Done, tr!("outcome-done"), tr!("outcome-not-done")),
        Some(ActionState::NoAction) | None => return ().into_any(),
    };
    let was_asked = yes == Outcome::Agreed;
    let refused = Callback::new(move |why: String| {
        save.dispatch_local(if was_asked { Outcome::NotAgreed { why } } else { Outcome::NotDone { why } });
    });
    view! {
        <Show when=move || mine.get()>
            <button
                class="govuk-button govuk-button--secondary plan-small-button" type="button" disabled=move || save.pending().get()
                on:click={ let yes = yes.clone(); move |_| { save.dispatch_local(yes.clone()); } }
            >{yes_words.clone()}</button>
            <button
                class="govuk-button govuk-button--secondary plan-small-button" type="button" aria-expanded=move || asks_why.get().to_string()
                on:click=move |_| asks_why.update(|asks| *asks = !*asks)
            >{no_words.clone()}</button>
        </Show>
        <Show when=move || mine.get() && asks_why.get()>
            <WhyNot refused/>
        </Show>
        {move || save.value().get().and_then(Result::err).map(|problem| view! {
            <p class="govuk-error-message" role="alert">{words::not_saved(&problem)}</p>
        })}
    }
    .into_any()
}

#[component]
fn WhyNot(refused: Callback<String>) -> impl IntoView {
    let why = RwSignal::new(String::new());
    let problems: Problems = RwSignal::new(Vec::new());
    let save = move || {
        let words = domain::text::trimmed(&why.get_untracked()).to_owned();
        if words.is_empty() {
            problems.set(vec![("outcome-why", tr!("outcome-why-missing"))]);
        } else {
            refused.run(words);
        }
    };
    view! {
        <form class="plan-form" novalidate on:submit=move |event| { event.prevent_default(); save(); }>
            <ErrorSummary problems/>
            <TextArea id="outcome-why" label=tr!("outcome-why") hint=tr!("outcome-why-hint") value=why problems rows=2/>
            <button class="govuk-button" type="submit">{tr!("save")}</button>
        </form>
    }
}
