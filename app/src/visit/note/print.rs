//! Printing: first, where will this paper be kept?

use std::collections::BTreeSet;

use domain::casenote::Reader;
use domain::payload::capture::Audience;
use domain::payload::visit::Paper;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::{Choice, Problems, paper};
use crate::platform::page;
use crate::visit::Place;

/// Where the paper will be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    Council,
    School,
    Family,
}

impl Kept {
    fn reader(self) -> Reader {
        match self {
            Kept::Council => Reader::Council,
            Kept::School => Reader::School,
            Kept::Family => Reader::Family,
        }
    }
}

/// Asks where the paper will be kept, reminds of what the child said, prints.
#[component]
pub(super) fn PrintPart(place: Place, chosen: Memo<Reader>) -> impl IntoView {
    let kept = RwSignal::new(None::<Kept>);
    let problems: Problems = RwSignal::new(Vec::new());
    let options = vec![
        (Kept::Council, tr!("visit-kept-council")),
        (Kept::School, tr!("visit-kept-school")),
        (Kept::Family, tr!("visit-kept-family")),
    ];
    // The words on the screen are for another reader than the paper.
    let fits = move |kept: Kept| kept.reader() == chosen.get();
    let wrong = move |words: String| {
        problems.set(vec![("kept", words)]);
        page::focus("#kept");
    };
    let print = move |_| match kept.get_untracked() {
        None => wrong(tr!("visit-kept-missing")),
        Some(kept) if untrack(|| !fits(kept)) => wrong(tr!("visit-kept-other-reader")),
        Some(_) => {
            problems.set(Vec::new());
            paper::print(place.records, place.stream, Paper::CaseNote);
        }
    };
    view! {
        <section class="heard-panel" aria-labelledby="printing">
            <h2 class="heard-panel__title" id="printing">{tr!("visit-printing")}</h2>
            <details class="govuk-details">
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{tr!("visit-print-open")}</span></summary>
                <div class="govuk-details__text">
                    <p class="govuk-body">{said(place)}</p>
                    <Choice id="kept" legend=tr!("visit-kept") value=kept options problems/>
                    <button class="govuk-button govuk-button--secondary" type="button" on:click=print>{tr!("visit-print")}</button>
                </div>
            </details>
        </section>
    }
}

/// What the child said about who may see it, in short.
fn said(place: Place) -> String {
    let record = place.record_now();
    let name = place.name();
    let mine = record.captures.values().filter(|capture| capture.visit == place.visit);
    let asked: Vec<_> = mine.filter_map(|capture| capture.sharing.as_ref()).map(|told| &told.what).collect();
    let not: BTreeSet<Audience> = asked.iter().flat_map(|sharing| sharing.not_tell.iter().copied()).collect();
    let said = match (asked.is_empty(), not.contains(&Audience::Family), not.contains(&Audience::School)) {
        (true, ..) => tr!("visit-said-not-asked", {"name" => name}),
        (_, true, true) => tr!("visit-said-neither", {"name" => name}),
        (_, true, false) => tr!("visit-said-not-family", {"name" => name}),
        (_, false, true) => tr!("visit-said-not-school", {"name" => name}),
        (_, false, false) => tr!("visit-said-nobody-excluded", {"name" => name}),
    };
    let is_some_told = asked.iter().any(|sharing| not.iter().any(|who| sharing.told_of(*who).next().is_some()));
    if is_some_told { format!("{said} {}", tr!("visit-said-but-some")) } else { said }
}
