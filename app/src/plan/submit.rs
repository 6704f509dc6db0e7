//! Giving a version to the manager, with what is worth a look first.

use domain::payload::Payload;
use domain::payload::plan::PlanSubmitted;
use domain::prompts::{Prompt, prompts};
use domain::standing::plan::PlanState;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::desk::Desk;
use super::prompts::in_words;
use crate::platform::page;
use crate::state::Urgency;
use crate::words;

/// "Check before you submit", and the button.
#[component]
pub fn Submit() -> impl IntoView {
    let desk = Desk::get();
    let mine = desk.is_mine();
    let next = desk.read(|record| record.standing.plan.next_submission());
    let to_check = desk.read(|record| {
        prompts(record).into_iter().map(|prompt| (in_words(&prompt, record), is_alert(&prompt))).collect::<Vec<_>>()
    });
    let in_conflict = desk.read(|record| record.standing.plan_in_conflict());
    let submit = Action::new_local(move |version: &u32| {
        let submitted = PlanSubmitted { version: *version };
        async move {
            let saved = desk.save(Payload::PlanSubmitted(submitted), Urgency::Now).await;
            if saved.is_ok() {
                page::focus(".plan-status");
            }
            saved
        }
    });
    let form_open = move || desk.editing.with(Option::is_some);
    view! {
        <section class="heard-panel" aria-labelledby="plan-check">
            <h2 class="heard-panel__title" id="plan-check">{tr!("plan-check-title")}</h2>
            {move || {
                let to_check = to_check.get();
                if to_check.is_empty() {
                    view! { <p class="heard-quiet">{tr!("plan-check-nothing")}</p> }.into_any()
                } else {
                    view! {
                        {to_check.into_iter().map(|(words, alert)| view! {
                            <p class=if alert { "heard-alert" } else { "heard-prompt" }>{words}</p>
                        }).collect_view()}
                    }.into_any()
                }
            }}
            {move || next.get().filter(|_| mine.get()).map(|version| view! {
                <p class="heard-quiet heard-small">
                    {if in_conflict.get() { tr!("plan-submit-conflict") } else { tr!("plan-submit-what", {"manager" => desk.manager().get()}) }}
                </p>
                <Show when=form_open>
                    <p class="heard-prompt">{tr!("plan-submit-form-open")}</p>
                </Show>
                <button
                    class="govuk-button heard-button--wide" type="button" disabled=move || submit.pending().get() || form_open()
                    on:click=move |_| { submit.dispatch_local(version); }
                >{move || tr!("plan-submit", {"version" => version, "manager" => desk.manager().get()})}</button>
            })}
            {move || submit.value().get().and_then(Result::err).map(|problem| view! {
                <p class="govuk-error-message plan-submit-problem" role="alert">{words::not_saved(&problem)}</p>
            })}
            <Nothing/>
        </section>
    }
}

/// Why there is no button at this moment.
#[component]
fn Nothing() -> impl IntoView {
    let desk = Desk::get();
    let (standing, mine) = (desk.standing(), desk.is_mine());
    move || {
        let words = standing.with(|plan| match plan.state {
            _ if !mine.get() => None,
            PlanState::Submitted => Some(tr!("plan-submitted-wait", {"version" => plan.version})),
            PlanState::Authorised => Some(tr!("plan-authorised-nothing")),
            PlanState::Draft | PlanState::Returned => None,
        });
        words.map(|words| view! { <p class="heard-quiet">{words}</p> })
    }
}

fn is_alert(prompt: &Prompt) -> bool {
    matches!(
        prompt,
        Prompt::AdvocateAsked { .. }
            | Prompt::ChangeWanted(_)
            | Prompt::AnswersWithoutActivity { .. }
            | Prompt::ActionWithoutView { .. }
            | Prompt::ViewsWithoutAction(_)
            | Prompt::HandOverHand { .. }
            | Prompt::FieldConflict(_)
    )
}
