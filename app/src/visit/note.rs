//! The case note: plain text for the council's main case system, for school or for the family, and on paper.

mod copy;
mod print;

use domain::casenote::{Reader, case_note};
use domain::payload::capture::Audience;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::place::at_visit;
use super::{Place, Step};
use crate::components::{Choice, Page, Problems};
use copy::CopyPart;
use print::PrintPart;

/// The case note of a visit.
#[component]
pub fn NotePage() -> impl IntoView {
    at_visit(|place| {
        let visit = place.visit_now();
        match visit.started.is_none() && visit.not_gathered.is_empty() {
            true => view! { <NoNote place/> }.into_any(),
            false => view! { <Note place/> }.into_any(),
        }
    })
}

/// The visit has not begun.
#[component]
fn NoNote(place: Place) -> impl IntoView {
    view! {
        <Page title=tr!("visit-note-title") class="heard-page heard-narrow">
            <a class="govuk-back-link" href="/today">{tr!("visit-back-today")}</a>
            <h1 class="heard-title">{tr!("visit-note-title")}</h1>
            <p class="govuk-body">{tr!("visit-note-nothing")}</p>
            <p class="govuk-body"><a class="govuk-link" href=place.address(Step::Start)>{tr!("visit-note-start")}</a></p>
        </Page>
    }
}

#[component]
fn Note(place: Place) -> impl IntoView {
    let reader = RwSignal::new(Some(Reader::Council));
    let problems: Problems = RwSignal::new(Vec::new());
    let chosen = Memo::new(move |_| reader.get().unwrap_or(Reader::Council));
    let text = Memo::new(move |_| {
        case_note(
            &place.record(),
            place.visit,
            chosen.get(),
            &|staff| place.directory.name_of(staff),
            place.calendar.today(),
        )
    });
    let readers = vec![
        (Reader::Council, tr!("visit-reader-council")),
        (Reader::School, tr!("visit-reader-school")),
        (Reader::Family, tr!("visit-reader-family")),
    ];
    view! {
        <Page title=tr!("visit-note-title") in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=place.address(Step::WriteUp)>{tr!("visit-back-write-up")}</a>
            <h1 class="heard-title heard-no-print">{tr!("visit-note-title")}</h1>
            <p class="heard-title__second heard-no-print">{tr!("visit-note-lead")}</p>
            <div class="heard-split">
                <div class="heard-stack">
                    <section class="heard-panel heard-no-print">
                        <Choice id="reader" legend=tr!("visit-reader") value=reader options=readers problems inline=true/>
                        <LeftOut place chosen/>
                    </section>
                    <pre class="heard-panel case-note" id="note" tabindex="0" role="region" aria-label=tr!("visit-note-title")>{move || text.get()}</pre>
                </div>
                <aside class="heard-stack heard-beside heard-no-print" aria-label=tr!("visit-note-beside")>
                    <CopyPart place chosen text/>
                    <PrintPart place chosen/>
                    <section class="heard-panel" aria-label=tr!("visit-then")>
                        <a class="govuk-button govuk-button--secondary heard-button--wide" draggable="false" href=place.address(Step::Plan)>{tr!("visit-to-plan")}</a>
                    </section>
                </aside>
            </div>
        </Page>
    }
}

/// Says that something is left out for this reader, and why.
#[component]
fn LeftOut(place: Place, chosen: Memo<Reader>) -> impl IntoView {
    let name = place.name();
    move || {
        let audience = match chosen.get() {
            Reader::Council => return None,
            Reader::School => Audience::School,
            Reader::Family => Audience::Family,
        };
        let kept = place
            .record()
            .captures
            .values()
            .any(|capture| !capture.asking.is_practice() && !capture.may_be_told(audience));
        let words =
            if kept { tr!("visit-left-out-kept", {"name" => name.clone()}) } else { tr!("visit-left-out-meaning") };
        Some(view! { <p class="heard-prompt" role="status">{words}</p> })
    }
}
