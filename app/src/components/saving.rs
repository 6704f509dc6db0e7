//! What every form of a visit does with what was written: save it, forget the draft, go on.

use domain::Payload;
use leptos::prelude::*;

use super::Place;
use super::place::go;
use crate::components::Problems;
use crate::components::draft::Draft;
use crate::state::Urgency;
use crate::words;

/// Saves what it is given and goes on to `next`. What could not be saved stays a draft (`keep`) and is said at the
/// button, whose id is `save`.
pub(super) fn saving(
    place: Place,
    draft: Draft,
    problems: Problems,
    keep: impl Fn() + Copy + 'static,
    next: impl Fn() -> String + Copy + 'static,
) -> Action<Vec<Payload>, ()> {
    let go = go();
    Action::new_local(move |payloads: &Vec<Payload>| {
        let (go, payloads) = (go.clone(), payloads.clone());
        let settling = draft.settle();
        async move {
            match place.records.record(place.stream, payloads, Urgency::WithTheRest).await {
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
