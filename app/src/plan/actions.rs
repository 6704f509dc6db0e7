//! "You said → we will ask": the actions, what they answer, what became of them.

use std::collections::BTreeMap;

use domain::Record;
use domain::id::ActionId;
use domain::payload::Payload;
use domain::payload::plan::{ActionAdded, ActionOutcome, Outcome, Step};
use domain::record::item::ItemState;
use domain::record::plan::PlanAction;
use domain::standing::ActionState;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::action_form::{ActionForm, Start};
use super::desk::{Desk, Editing};
use super::outcome::OutcomeControls;
use crate::components::ViewScreen;
use crate::words;

/// What a row shows of an action.
#[derive(Clone, Debug, PartialEq)]
pub struct ActionScreen {
    /// The action as it stands.
    pub added: ActionAdded,
    /// The views it answers, in words.
    pub answers: Vec<String>,
    /// The same, by what was shown only.
    pub names: Vec<String>,
    /// What became of it, last.
    pub outcome: Option<ActionOutcome>,
    /// How far it is open; none once it is closed.
    pub open: Option<ActionState>,
    /// How far the operation has come that wrote it.
    pub state: Option<ItemState>,
}

impl ActionScreen {
    /// What a row shows of an action.
    pub fn of(action: &PlanAction, record: &Record) -> ActionScreen {
        let answers: Vec<ViewScreen> = record
            .views()
            .filter(|view| action.added.answers.contains(&view.id()))
            .map(|view| ViewScreen::of(view, record))
            .collect();
        let last = action.outcomes.last();
        let wrote = last.map_or(action.source.id, |outcome| outcome.source.id);
        ActionScreen {
            added: action.added.clone(),
            answers: answers.iter().map(ViewScreen::words).collect(),
            names: answers.into_iter().map(|view| view.about).collect(),
            outcome: last.map(|outcome| outcome.what.clone()),
            open: record.standing.actions.get(&action.added.action).copied(),
            state: record.state_of(wrote),
        }
    }

    /// What is asked for, by whom and by when. It is worded as a promise only once it is agreed.
    pub fn asks(&self, today: Date) -> String {
        match &self.added.step {
            Step::NoAction => tr!("action-nothing"),
            Step::WeWillAsk { words, who, due } => {
                let (words, who, due) = (words.clone(), who.clone(), words::short_date(*due, today));
                match self.outcome.as_ref().map(|outcome| &outcome.outcome) {
                    None => tr!("action-ask", {"words" => words, "who" => who, "due" => due}),
                    Some(Outcome::NotAgreed { .. }) => tr!("action-asked-for", {"words" => words, "who" => who}),
                    Some(_) => tr!("action-promised", {"words" => words, "who" => who, "due" => due}),
                }
            }
        }
    }

    /// Where it stands: the class of its tag, and its words.
    pub fn stands(&self, today: Date) -> Option<(&'static str, String)> {
        let outcome = match (&self.outcome, &self.added.step) {
            (Some(outcome), _) => outcome,
            (None, Step::WeWillAsk { due, .. }) if *due < today => {
                return Some(("govuk-tag govuk-tag--yellow", tr!("action-overdue")));
            }
            (None, Step::WeWillAsk { .. }) => return Some(("govuk-tag", tr!("action-asked"))),
            (None, Step::NoAction) => return None,
        };
        let on = words::short_date(outcome.on, today);
        Some(match &outcome.outcome {
            Outcome::Agreed if self.is_overdue(today) => {
                ("govuk-tag govuk-tag--red", tr!("action-promise-overdue", {"on" => on}))
            }
            Outcome::Agreed => ("govuk-tag govuk-tag--green", tr!("action-agreed", {"on" => on})),
            Outcome::Done => ("govuk-tag govuk-tag--green", tr!("action-done", {"on" => on})),
            Outcome::NotAgreed { .. } => ("govuk-tag govuk-tag--grey", tr!("action-not-agreed", {"on" => on})),
            Outcome::NotDone { .. } => ("govuk-tag govuk-tag--grey", tr!("action-not-done", {"on" => on})),
        })
    }

    /// A promise whose day has passed.
    fn is_overdue(&self, today: Date) -> bool {
        let is_past = matches!(&self.added.step, Step::WeWillAsk { due, .. } if *due < today);
        is_past && self.open == Some(ActionState::Agreed)
    }

    /// Why it was not agreed or not done.
    pub fn why_not(&self) -> Option<String> {
        match &self.outcome.as_ref()?.outcome {
            Outcome::NotAgreed { why } | Outcome::NotDone { why } => Some(why.clone()),
            Outcome::Agreed | Outcome::Done => None,
        }
    }
}

/// The actions of a record, oldest first. One that is changed keeps its place.
pub fn screens(record: &Record) -> Vec<ActionScreen> {
    let mut first: BTreeMap<ActionId, usize> = BTreeMap::new();
    for (place, item) in record.items.iter().enumerate() {
        if let Some(Payload::ActionAdded(added)) = &item.payload {
            first.entry(added.action).or_insert(place);
        }
    }
    let mut actions: Vec<&PlanAction> = record.plan.actions.values().collect();
    actions.sort_by_key(|action| first.get(&action.added.action));
    actions.into_iter().map(|action| ActionScreen::of(action, record)).collect()
}

/// The list.
#[component]
pub fn Actions() -> impl IntoView {
    let desk = Desk::get();
    let actions = desk.read(screens);
    let ids = move || actions.with(|all| all.iter().map(|screen| screen.added.action).collect::<Vec<_>>());
    view! {
        <section class="heard-panel heard-panel--rows" aria-labelledby="plan-actions">
            <h2 class="heard-panel__title" id="plan-actions" tabindex="-1">{tr!("plan-actions-title")}</h2>
            <Show when=move || actions.with(Vec::is_empty)><p class="plan-view heard-quiet">{tr!("plan-actions-none")}</p></Show>
            <For each=ids key=|action| *action let:action>
                <ActionRow action actions/>
            </For>
        </section>
    }
}

/// One action. The row stays while its words change, so that an open form is not lost.
#[component]
fn ActionRow(action: ActionId, actions: Memo<Vec<ActionScreen>>) -> impl IntoView {
    let desk = Desk::get();
    let screen = Memo::new(move |_| actions.with(|all| all.iter().find(|one| one.added.action == action).cloned()));
    let changing = Memo::new(move |_| desk.editing.with(|editing| *editing == Some(Editing::Change(action))));
    let form = move || {
        let added = changing.get().then(|| screen.get_untracked()).flatten()?.added;
        Some(view! { <ActionForm start=Start::Change(Box::new(added))/> })
    };
    view! {
        <div class="plan-action">
            {move || screen.get().filter(|_| !changing.get()).map(|screen| view! { <ActionWords screen/> })}
            {form}
        </div>
    }
}

#[component]
fn ActionWords(screen: ActionScreen) -> impl IntoView {
    let desk = Desk::get();
    let today = desk.calendar.today();
    let action = screen.added.action;
    let (asks, stands, why_not) = (screen.asks(today), screen.stands(today), screen.why_not());
    let about = asks.clone();
    let can_change = screen.outcome.is_none();
    view! {
        <p class="plan-action__said">
            {match screen.answers.as_slice() {
                [] => tr!("plan-action-own"),
                answers => tr!("plan-action-said", {"child" => desk.child().get_untracked(), "views" => answers.join(", ")}),
            }}
        </p>
        <p class="plan-action__asks">{asks}</p>
        {screen.added.differs.clone().map(|why| view! { <p class="plan-action__differs">{tr!("action-differs", {"why" => why})}</p> })}
        <div class="heard-tags">
            {stands.map(|(class, words)| view! { <strong class=class>{words}</strong> })}
            {matches!(screen.state, Some(ItemState::Saved)).then(|| view! { <span class="item-state item-state--saved">{tr!("plan-kept-saved")}</span> })}
        </div>
        {why_not.map(|why| view! { <p class="plan-comment">{format!("“{why}”")}</p> })}
        <div class="plan-action__do">
            <Show when=move || can_change && desk.is_open().get()>
                <button
                    class="govuk-button govuk-button--secondary plan-small-button" type="button" aria-label=tr!("plan-action-change-label", {"action" => about.clone()})
                    on:click=move |_| desk.editing.set(Some(Editing::Change(action)))
                >{tr!("plan-action-change")}</button>
            </Show>
            <OutcomeControls action open=screen.open/>
        </div>
    }
}
