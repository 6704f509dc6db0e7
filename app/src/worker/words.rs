//! Words for what the worker's pages share.

use domain::payload::visit::NotGatheredReason;
use domain::record::promises::{Became, Promise};
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

/// What a child is told first, and what became of it.
pub fn promise(promise: &Promise, today: Date) -> String {
    let (what, on) = (promise.words.clone(), words::short_date(promise.on, today));
    match &promise.became {
        Became::Agreed => tr!("promise", {"what" => what, "on" => on}),
        Became::Done => tr!("promise-done", {"what" => what, "on" => on}),
        Became::Not(why) => tr!("promise-not", {"what" => what, "on" => on, "why" => why.clone()}),
    }
}
