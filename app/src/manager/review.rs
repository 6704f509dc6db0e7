//! A version to decide on: the list, the child's view with everything it led to, the decision.

use std::collections::BTreeSet;

use domain::Record;
use domain::id::StreamId;
use domain::payload::capture::Audience;
use domain::payload::plan::Field;
use domain::standing::plan::PlanState;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::actions::YouSaid;
use super::child_lane::ChildLane;
use super::decision::Decision;
use super::held::HeldFacts;
use super::list::WaitingList;
use super::reading::{Reading, initialled};
use super::tags::Tags;
use super::voices::{NotGathered, OtherVoices, Watched, WorkersReading};
use crate::components::{Opening, Page, in_address};
use crate::plan::audience;
use crate::state::Records;
use crate::words;

/// The plan of the child whom the address names.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let stream = in_address::<StreamId>("stream");
    move || match stream.get() {
        Some(stream) => view! { <ReviewOf stream/> }.into_any(),
        None => view! { <Page title=tr!("manager-review-title")><NotHere/></Page> }.into_any(),
    }
}

/// Everything that is in a record, for whoever reads it and decides nothing.
#[component]
pub fn ReadRecord(stream: StreamId) -> impl IntoView {
    let reading = Reading::provide(stream);
    let here = reading.now(|record| record.child.is_some());
    view! {
        <Show when=move || here.get()>
            <article class="review review--read">
                <Tags/>
                <Everything/>
            </article>
        </Show>
    }
}

/// The child's view with everything it led to.
#[component]
fn Everything() -> impl IntoView {
    view! {
        <ChildLane/>
        <OtherVoices/>
        <Watched/>
        <NotGathered/>
        <WorkersReading/>
        <Written field=Field::PlanAnalysis title=tr!("manager-analysis") empty=tr!("manager-analysis-empty")/>
        <Written field=Field::PlanConsidered title=tr!("manager-considered") empty=tr!("manager-considered-empty")/>
        <YouSaid/>
        <Written field=Field::PlanDifference title=tr!("manager-difference") empty=tr!("manager-difference-empty")/>
        <Written field=Field::PlanMissingVoices title=tr!("manager-missing") empty=tr!("manager-missing-empty")/>
    }
}

#[component]
fn ReviewOf(stream: StreamId) -> impl IntoView {
    let reading = Reading::provide(stream);
    let here = reading.now(|record| record.child.is_some());
    view! {
        <Page title=tr!("manager-review-title") class="heard-page heard-page--wide">
            <div class="three-panes three-panes--chosen">
                <WaitingList chosen=Some(stream)/>
                <Show when=move || here.get() fallback=move || view! { <article class="review"><NotOpen stream/></article> }>
                    <article class="review">
                        <a class="govuk-back-link review__back" href="/waiting">{tr!("manager-back")}</a>
                        <Heading/>
                        <OnPaper/>
                        <Tags/>
                        <HeldFacts/>
                        <Everything/>
                    </article>
                    <Decision/>
                </Show>
            </div>
        </Page>
    }
}

/// "Plan, version 3, submitted by S. Okafor on 24 November" and "Amira K: getting to school".
#[component]
fn Heading() -> impl IntoView {
    let reading = Reading::get();
    let today = reading.calendar.today();
    let about = reading.read(move |record| about(record, reading, today));
    let title = reading.read(|record| {
        let name = record.child.as_ref().map(|child| child.what.name.short()).unwrap_or_default();
        match record.field(&Field::PlanTitle).filter(|title| domain::text::is_visible(&title.value)) {
            Some(title) => format!("{name}: {}", title.value),
            None => name,
        }
    });
    view! {
        <p class="review__about">{about}</p>
        <h1 class="heard-title">{title}</h1>
    }
}

/// On paper only: who must not see it. The child's wish goes where the paper goes.
#[component]
fn OnPaper() -> impl IntoView {
    let reading = Reading::get();
    let kept_from = reading.read(|record| {
        let sharing = record.captures.values().filter_map(|capture| capture.sharing.as_ref());
        sharing.flat_map(|sharing| sharing.what.not_tell.iter().copied()).collect::<BTreeSet<Audience>>()
    });
    move || {
        let who: Vec<String> = kept_from.get().into_iter().map(audience).collect();
        (!who.is_empty()).then(|| {
            view! { <p class="review__paper">{tr!("manager-paper", {"child" => reading.child().get(), "who" => who.join(", ")})}</p> }
        })
    }
}

fn about(record: &Record, reading: Reading, today: jiff::civil::Date) -> String {
    let plan = &record.standing.plan;
    let submission = record.plan.last_submission().filter(|(version, _)| *version == plan.version);
    match submission {
        Some((version, source)) if plan.state != PlanState::Draft => {
            let name = initialled(&reading.directory.name_of(source.by));
            let on = words::short_date(words::day_of(source.received_at.unwrap_or(source.captured_at)), today);
            tr!("manager-about", {"version" => version, "name" => name, "on" => on})
        }
        _ => tr!("manager-about-draft", {"version" => plan.version}),
    }
}

/// Words of the plan, as a row. A field in conflict shows every value.
#[component]
fn Written(field: Field, title: String, empty: String) -> impl IntoView {
    let values = Reading::get().read(move |record| {
        let held = record.fields.get(&field);
        let values =
            held.into_iter().flat_map(|held| &held.values).map(|value| domain::text::trimmed(&value.value).to_owned());
        values.filter(|value| !value.is_empty()).collect::<Vec<_>>()
    });
    view! {
        <section class="voice">
            <h2 class="voice__who">{title}</h2>
            <div class="voice__words">
                {move || {
                    let values = values.get();
                    let conflict = values.len() > 1;
                    view! {
                        {values.is_empty().then(|| view! { <p class="heard-quiet">{empty.clone()}</p> })}
                        {conflict.then(|| view! { <p class="heard-alert">{tr!("manager-conflict")}</p> })}
                        {values.into_iter().map(|value| view! { <p class="review__words">{value}</p> }).collect_view()}
                    }
                }}
            </div>
        </section>
    }
}

#[component]
fn NotOpen(stream: StreamId) -> impl IntoView {
    let records = Records::get();
    move || match records.has(stream) {
        true => view! { <Opening stream/> }.into_any(),
        false => view! { <NotHere/> }.into_any(),
    }
}

/// The record is not on this tablet.
#[component]
fn NotHere() -> impl IntoView {
    view! {
        <h1 class="heard-title">{tr!("manager-not-here")}</h1>
        <p class="govuk-body">{tr!("manager-not-here-do")}</p>
        <p class="govuk-body"><a class="govuk-link" href="/waiting">{tr!("manager-back")}</a></p>
    }
}
