//! The page of one child's plan.

use domain::id::StreamId;
use domain::payload::plan::Field;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::actions::Actions;
use super::desk::Desk;
use super::field::PlanField;
use super::status::PlanStatus;
use super::submit::Submit;
use super::views::{AnsweredViews, OpenViews};
use crate::components::{Opening, Page, in_address};
use crate::state::Records;

/// The plan of the child whom the address names.
#[component]
pub fn PlanPage() -> impl IntoView {
    let stream = in_address::<StreamId>("stream");
    move || match stream.get() {
        Some(stream) => view! { <PlanOf stream/> }.into_any(),
        None => view! { <Page title=tr!("plan-title")><NotHere/></Page> }.into_any(),
    }
}

#[component]
fn PlanOf(stream: StreamId) -> impl IntoView {
    let desk = Desk::provide(stream);
    let here = desk.read(|record| record.child.is_some());
    let heading = desk.read(heading);
    view! {
        <Page title=tr!("plan-title")>
            <a class="govuk-back-link" href=format!("/children/{stream}")>{tr!("back")}</a>
            <Show when=move || here.get() fallback=move || view! { <NotOpen stream/> }>
                <p class="review__about">{tr!("plan-title")}</p>
                <h1 class="heard-title">{heading}</h1>
                <PlanStatus/>
                <div class="heard-split">
                    <div class="heard-stack">
                        <OpenViews/>
                        <Actions/>
                        <Words/>
                        <AnsweredViews/>
                    </div>
                    <aside class="heard-stack plan-beside" aria-label=tr!("plan-beside")>
                        <Submit/>
                    </aside>
                </div>
            </Show>
        </Page>
    }
}

/// "Amira K: getting to school".
fn heading(record: &domain::Record) -> String {
    let name = record.child.as_ref().map(|child| child.what.name.short()).unwrap_or_default();
    match record.field(&Field::PlanTitle).filter(|title| domain::text::is_visible(&title.value)) {
        Some(title) => format!("{name}: {}", title.value),
        None => name,
    }
}

/// The words of the plan, each kept as it is written.
#[component]
fn Words() -> impl IntoView {
    view! {
        <section class="heard-panel" aria-labelledby="plan-words">
            <h2 class="heard-panel__title" id="plan-words">{tr!("plan-words-title")}</h2>
            <PlanField field=Field::PlanTitle id="plan-field-title" label=tr!("plan-field-title") hint=tr!("plan-field-title-hint") rows=1/>
            <PlanField field=Field::PlanAnalysis id="plan-field-analysis" label=tr!("plan-field-analysis") hint=tr!("plan-field-analysis-hint") rows=6/>
            <PlanField field=Field::PlanConsidered id="plan-field-considered" label=tr!("plan-field-considered") hint=tr!("plan-field-considered-hint") rows=3/>
            <PlanField field=Field::PlanDifference id="plan-field-difference" label=tr!("plan-field-difference") hint=tr!("plan-field-difference-hint") rows=4/>
            <PlanField field=Field::PlanMissingVoices id="plan-field-missing" label=tr!("plan-field-missing") hint=tr!("plan-field-missing-hint") rows=3/>
        </section>
    }
}

/// The record is being opened, or is not on this tablet.
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
        <h1 class="heard-title">{tr!("plan-not-here")}</h1>
        <p class="govuk-body">{tr!("plan-not-here-do")}</p>
    }
}
