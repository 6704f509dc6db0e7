//! What every form of a record does with what was written: save it, forget the draft, go on.

use domain::Payload;
use domain::id::StreamId;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::Problems;
use super::draft::Draft;
use crate::state::{Records, Urgency};
use crate::words;

/// Goes to another page; `true` leaves no way back to this one.
pub fn go() -> impl Fn(String, bool) + Clone {
    let navigate = use_navigate();
    move |address: String, replace: bool| navigate(&address, NavigateOptions { replace, ..NavigateOptions::default() })
}

/// Saves what it is given into a record and goes on to `next`. What could not be saved stays a draft (`keep`) and is said at
/// the button, whose id is `save`.
pub fn saving(
    stream: StreamId,
    draft: Draft,
    problems: Problems,
    keep: impl Fn() + Copy + 'static,
    next: impl Fn() -> String + Copy + 'static,
) -> Action<Vec<Payload>, ()> {
    let (go, records) = (go(), Records::get());
    Action::new_local(move |payloads: &Vec<Payload>| {
        let (go, payloads) = (go.clone(), payloads.clone());
        let settling = draft.settle();
        async move {
            match records.record(stream, payloads, Urgency::WithTheRest).await {
                Ok(()) => {
                    settling.forget().await;
                    go(next(), true);
                }
                Err(problem) => {
                    keep();
                    problems.set(vec![("save", words::not_saved(&problem))]);
                }
            }
        }
    })
}
