//! "You said, we will ask": the actions with what they answer.

use leptos::prelude::*;
use leptos_fluent::tr;

use super::reading::Reading;
use crate::plan::{ActionScreen, action_screens};

/// The row of the actions.
#[component]
pub fn YouSaid() -> impl IntoView {
    let actions = Reading::get().read(action_screens);
    view! {
        <section class="voice">
            <h2 class="voice__who">{tr!("manager-you-said")}</h2>
            <div class="voice__words">
                <Show when=move || actions.with(Vec::is_empty)><p class="heard-quiet">{tr!("manager-no-actions")}</p></Show>
                {move || actions.get().into_iter().map(|screen| view! { <OneAction screen/> }).collect_view()}
            </div>
        </section>
    }
}

#[component]
fn OneAction(screen: ActionScreen) -> impl IntoView {
    let reading = Reading::get();
    let today = reading.calendar.today();
    let child = reading.child().get_untracked();
    let (asks, why_not) = (screen.asks(today), screen.why_not());
    // That it is being asked goes without saying here.
    let stands = screen.outcome.is_some().then(|| screen.stands(today)).flatten();
    let answers = (!screen.answers.is_empty())
        .then(|| tr!("manager-answers", {"child" => child, "count" => screen.answers.len(), "views" => screen.names.join(", ")}));
    view! {
        <div class="review__action">
            <p>
                {asks}
                {screen.added.differs.map(|why| view! { " "<span>{tr!("action-differs", {"why" => why})}</span> })}
                {why_not.map(|why| view! { " "<span>{format!("“{why}”")}</span> })}
            </p>
            <div class="heard-tags">
                {answers.map(|words| view! { <span class="govuk-tag review__answers">{words}</span> })}
                {stands.map(|(class, words)| view! { <span class=class>{words}</span> })}
            </div>
        </div>
    }
}
