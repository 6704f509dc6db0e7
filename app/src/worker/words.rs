//! Words for what the worker's pages share.

use domain::payload::plan::{ActionOutcome, Step};
use domain::payload::visit::NotGatheredReason;
use domain::record::Told;
use domain::record::plan::PlanAction;
use jiff::civil::Date;
use leptos_fluent::tr;

use crate::words;

/// A reason, in words that follow "not gathered:".
pub fn reason(reason: NotGatheredReason) -> String {
    match reason {
        NotGatheredReason::Asleep => tr!("reason-asleep"),
        NotGatheredReason::Unwell => tr!("reason-unwell"),
        NotGatheredReason::Declined => tr!("reason-declined"),
        NotGatheredReason::NotThere => tr!("reason-not-there"),
        NotGatheredReason::MethodDidNotSuit => tr!("reason-method"),
        NotGatheredReason::NotFree => tr!("reason-not-free"),
        NotGatheredReason::Other => tr!("reason-other"),
    }
}

/// A promise to begin with: what was agreed, and when.
pub fn promise(action: &PlanAction, outcome: &Told<ActionOutcome>, today: Date) -> String {
    let what = match &action.added.step {
        Step::WeWillAsk { words, .. } => words.clone(),
        Step::NoAction => String::new(),
    };
    tr!("promise", {"what" => what, "on" => words::short_date(outcome.what.on, today)})
}
