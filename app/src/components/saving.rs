//! What every form of a record does with what was written: save it, forget the draft, go on.

use domain::Payload;
use domain::id::StreamId;
use futures::future::LocalBoxFuture;
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

/// What is written, by record.
pub type Parts = Vec<(StreamId, Vec<Payload>)>;

/// Saves what it is given into a record and goes on to `next`. What could not be saved stays a draft (`keep`) and is said at
/// the button, whose id is `save`.
pub fn saving(
    stream: StreamId,
    draft: Draft,
    problems: Problems,
    keep: impl Fn() + Copy + 'static,
    next: impl Fn() -> String + Copy + 'static,
) -> Action<Vec<Payload>, ()> {
    let save = saver(Urgency::WithTheRest, draft, problems, keep, next);
    Action::new_local(move |payloads: &Vec<Payload>| save(vec![(stream, payloads.clone())]))
}

/// The same, for what must reach others at once.
pub fn saving_now(
    stream: StreamId,
    draft: Draft,
    problems: Problems,
    keep: impl Fn() + Copy + 'static,
    next: impl Fn() -> String + Copy + 'static,
) -> Action<Vec<Payload>, ()> {
    let save = saver(Urgency::Now, draft, problems, keep, next);
    Action::new_local(move |payloads: &Vec<Payload>| save(vec![(stream, payloads.clone())]))
}

/// The same, for what belongs in several records: it is saved in all of them, or in none.
pub fn saving_all(
    draft: Draft,
    problems: Problems,
    keep: impl Fn() + Copy + 'static,
    next: impl Fn() -> String + Copy + 'static,
) -> Action<Parts, ()> {
    let save = saver(Urgency::WithTheRest, draft, problems, keep, next);
    Action::new_local(move |parts: &Parts| save(parts.clone()))
}

fn saver(
    urgency: Urgency,
    draft: Draft,
    problems: Problems,
    keep: impl Fn() + Copy + 'static,
    next: impl Fn() -> String + Copy + 'static,
) -> impl Fn(Parts) -> LocalBoxFuture<'static, ()> {
    let (go, records) = (go(), Records::get());
    move |parts| {
        let go = go.clone();
        let settling = draft.settle();
        Box::pin(async move {
            match records.record_all(parts, urgency).await {
                Ok(()) => {
                    settling.forget().await;
                    go(next(), true);
                }
                Err(problem) => {
                    keep();
                    problems.set(vec![("save", words::not_saved(&problem))]);
                }
            }
        })
    }
}
