//! The communication passport: one page for the child's bag.

use domain::payload::visit::Paper;
use domain::permission::Action;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::profile::{Said, said};
use super::{Place, at_record};
use crate::components::{Page, paper};
use crate::state::CouncilSettings;
use crate::words;

/// How the child communicates, on one page, to be printed.
#[component]
pub fn PassportPage() -> impl IntoView {
    at_record(Action::WriteFacts, |place| view! { <Passport place/> }.into_any())
}

#[component]
fn Passport(place: Place) -> impl IntoView {
    let record = place.record_now();
    let today = place.calendar.today();
    let profile = format!("{}/profile", place.address());
    let Some(last) = record.profiles.last().cloned() else {
        return view! {
            <Page title=tr!("passport-title") class="heard-page heard-narrow">
                <a class="govuk-back-link" href=place.address()>{tr!("visit-not-yours-record")}</a>
                <h1 class="heard-title">{tr!("passport-title")}</h1>
                <p class="govuk-body">{tr!("passport-nothing")}</p>
                <p class="govuk-body"><a class="govuk-button" href=profile draggable="false">{tr!("profile-write")}</a></p>
            </Page>
        }
        .into_any();
    };
    let on = words::day_of(last.source.captured_at);
    let made = tr!("passport-made", {
        "on" => on.strftime("%-d %B %Y").to_string(),
        "by" => place.directory.name_of(last.source.by),
        "again" => words::short_date(CouncilSettings::of(place.records).reminders().look_again_by(on), today),
    });
    let languages = record.child.as_ref().map(|child| child.what.languages.join(", ")).unwrap_or_default();
    let languages = (!languages.is_empty()).then(|| Said { what: tr!("passport-languages"), words: languages });
    let parts = said(&last.what).into_iter().chain(languages);
    view! {
        <Page title=tr!("passport-title") class="heard-page heard-narrow">
            <a class="govuk-back-link" href=profile>{tr!("passport-back")}</a>
            <h1 class="heard-title">{tr!("passport-heading", {"name" => place.name()})}</h1>
            <p class="heard-title__second">{made}</p>
            <dl class="heard-panel passport">
                {parts.map(|part| view! { <div class="passport__part"><dt>{part.what}</dt><dd>{part.words}</dd></div> }).collect_view()}
            </dl>
            <p class="govuk-body heard-no-print">{tr!("passport-keep")}</p>
            <button class="govuk-button" type="button" on:click=move |_| paper::print(place.records, place.stream, Paper::Passport)>{tr!("passport-print")}</button>
        </Page>
    }
    .into_any()
}
