//! Where the plan stands: whose word is next, what the manager said, what a change would do.

use domain::payload::plan::DecisionOutcome;
use domain::record::item::ItemState;
use domain::standing::plan::PlanState;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::desk::Desk;
use crate::words;

/// Where the plan stands, on top of the page.
#[component]
pub fn PlanStatus() -> impl IntoView {
    let desk = Desk::get();
    let standing = desk.standing();
    let submission = submission(desk);
    view! {
        <div class="plan-status" tabindex="-1">
            {move || {
                let plan = standing.get();
                let (class, words) = match plan.state {
                    PlanState::Draft => ("govuk-tag", tr!("plan-draft", {"version" => plan.version})),
                    PlanState::Submitted if submission.get() == Some(ItemState::Saved) => {
                        ("govuk-tag govuk-tag--yellow", tr!("plan-submitted-unsent", {"version" => plan.version, "manager" => desk.manager().get()}))
                    }
                    PlanState::Submitted => ("govuk-tag govuk-tag--yellow", tr!("plan-submitted", {"version" => plan.version, "manager" => desk.manager().get()})),
                    PlanState::Authorised => ("govuk-tag govuk-tag--green", tr!("plan-authorised", {"version" => plan.version})),
                    PlanState::Returned => ("govuk-tag govuk-tag--yellow", tr!("plan-returned", {"version" => plan.version})),
                };
                view! { <p class="heard-tags"><strong class=class>{words}</strong></p> }
            }}
            <Decided/>
            <Submission/>
            <Refusals/>
            <OpenAgain/>
        </div>
    }
}

/// What the manager said last, while it is the last word.
#[component]
fn Decided() -> impl IntoView {
    let desk = Desk::get();
    let decided = desk.read(|record| {
        let submitted = record.plan.last_submission().map_or(0, |(version, _)| version);
        record
            .plan
            .last_decision()
            .filter(|(decided, _)| decided.version >= submitted)
            .map(|(decided, source)| (decided.clone(), source))
    });
    let today = desk.calendar.today();
    move || {
        decided.get().map(|(decided, source)| {
            let name = desk.directory.name_of(source.by);
            let on = words::near_date(words::day_of(source.received_at.unwrap_or(source.captured_at)), today);
            let said = match decided.outcome {
                DecisionOutcome::Returned => {
                    tr!("plan-said-returned", {"name" => name, "version" => decided.version, "on" => on})
                }
                DecisionOutcome::Authorised => {
                    tr!("plan-said-authorised", {"name" => name, "version" => decided.version, "on" => on})
                }
            };
            let class = match decided.outcome {
                DecisionOutcome::Returned => "heard-alert",
                DecisionOutcome::Authorised => "heard-prompt",
            };
            view! {
                <div class=class>
                    <p>{said}</p>
                    <p class="plan-comment">{format!("“{}”", decided.comment)}</p>
                </div>
            }
        })
    }
}

/// Where the last submission is.
fn submission(desk: Desk) -> Memo<Option<ItemState>> {
    desk.state_of(|record| record.plan.last_submission().map(|(_, source)| source.id))
}

/// How far the last submission has come. Never "sent" before the server has said so.
#[component]
fn Submission() -> impl IntoView {
    let desk = Desk::get();
    let standing = desk.standing();
    let submission = submission(desk);
    move || {
        if standing.with(|plan| plan.state) != PlanState::Submitted {
            return None;
        }
        let manager = desk.manager().get();
        let (class, words) = match submission.get()? {
            ItemState::Saved => ("item-state item-state--saved", tr!("plan-submission-saved")),
            ItemState::Sent => ("item-state item-state--sent", tr!("plan-submission-sent")),
            _ => ("item-state item-state--sent", tr!("plan-submission-there", {"manager" => manager})),
        };
        Some(view! { <p class=class role="status">{words}</p> })
    }
}

/// What the server turned down of this plan since it was last submitted, with what to do.
#[component]
fn Refusals() -> impl IntoView {
    use domain::payload::Payload;
    let desk = Desk::get();
    let me = desk.directory.me;
    let refused = desk.read(move |record| {
        let me = me.get().map(|me| me.id);
        let settled = record
            .plan
            .last_submission()
            .and_then(|(_, source)| record.items.iter().position(|item| item.id == Some(source.id)));
        let since = settled.map_or(0, |place| place + 1);
        let mine = record.items.iter().skip(since).filter(|item| Some(item.by) == me);
        mine.filter_map(|item| match (&item.state, &item.payload) {
            (ItemState::Refused(Some(code)), Some(payload)) => match payload {
                Payload::SetField(set) => Some((code.clone(), Some(set.value.clone()))),
                Payload::ActionAdded(_) | Payload::ActionOutcome(_) | Payload::PlanSubmitted(_) => {
                    Some((code.clone(), None))
                }
                _ => None,
            },
            _ => None,
        })
        .collect::<Vec<_>>()
    });
    move || {
        let refused = refused.get();
        (!refused.is_empty()).then(|| {
            view! {
                <div class="heard-alert" role="alert">
                    <p><strong>{tr!("plan-refused", {"count" => refused.len()})}</strong></p>
                    {refused.into_iter().map(|(code, value)| view! {
                        <p>{words::code(&code)}</p>
                        {value.map(|value| view! { <p class="plan-comment">{format!("“{value}”")}</p> })}
                    }).collect_view()}
                </div>
            }
        })
    }
}

/// Before a submitted or authorised version is changed: what that does.
#[component]
fn OpenAgain() -> impl IntoView {
    let desk = Desk::get();
    let (standing, mine, open) = (desk.standing(), desk.is_mine(), desk.is_open());
    let warning = move || {
        let plan = standing.get();
        let next = plan.version + 1;
        match plan.state {
            _ if !mine.get() => Some((tr!("plan-not-mine"), None)),
            PlanState::Submitted if open.get() => {
                Some((tr!("plan-open-submitted-now", {"next" => next, "version" => plan.version}), None))
            }
            PlanState::Authorised if open.get() => {
                Some((tr!("plan-open-authorised-now", {"next" => next, "version" => plan.version}), None))
            }
            PlanState::Submitted => Some((
                tr!("plan-open-submitted", {"next" => next, "version" => plan.version, "manager" => desk.manager().get()}),
                Some(next),
            )),
            PlanState::Authorised => {
                Some((tr!("plan-open-authorised", {"next" => next, "version" => plan.version}), Some(next)))
            }
            PlanState::Draft | PlanState::Returned => None,
        }
    };
    move || {
        warning().map(|(words, next)| view! {
            <div class="plan-open">
                <p>{words}</p>
                {next.map(|next| view! {
                    <button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| desk.open()>
                        {tr!("plan-open-button", {"next" => next})}
                    </button>
                })}
            </div>
        })
    }
}
