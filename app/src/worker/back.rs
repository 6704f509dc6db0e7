//! What came back from the manager.

use domain::id::StreamId;
use domain::payload::plan::{DecisionOutcome, PlanDecided};
use domain::record::Source;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::state::{Calendar, Directory, Records};
use crate::words;

/// A decision stays listed this many days after it was made, unless it still waits for an answer.
const LISTED_DAYS: i32 = 14;

/// "Back from your manager".
#[component]
pub fn Back() -> impl IntoView {
    let records = Records::get();
    let directory = Directory::get();
    let calendar = Calendar::get();
    let today = calendar.today();
    let back = Memo::new(move |_| {
        records.summaries.with(|summaries| {
            let mut back: Vec<(StreamId, String, PlanDecided, Source)> = summaries
                .iter()
                .filter_map(|(stream, of)| {
                    let (decided, source) = of.decided.clone()?;
                    let submitted_since = of.submitted.is_some_and(|(version, _)| version > decided.version);
                    let day = words::day_of(source.received_at.unwrap_or(source.captured_at));
                    let old = words::days_between(day, today) > LISTED_DAYS;
                    let waits = decided.outcome == DecisionOutcome::Returned;
                    (!submitted_since && (waits || !old)).then(|| (*stream, of.short_name(), decided, source))
                })
                .collect();
            back.sort_by_key(|(.., source)| std::cmp::Reverse(source.captured_at));
            back
        })
    });
    view! {
        <section class="heard-panel" aria-labelledby="back-from-manager">
            <h2 class="heard-panel__title" id="back-from-manager">{tr!("back-title")}</h2>
            {move || {
                let back = back.get();
                if back.is_empty() {
                    return view! { <p class="heard-quiet">{tr!("back-nothing")}</p> }.into_any();
                }
                view! {
                    <ul class="heard-list">
                        {back.into_iter().map(|(stream, name, decided, source)| {
                            let (class, words) = match decided.outcome {
                                DecisionOutcome::Returned => ("govuk-tag govuk-tag--yellow", tr!("tag-returned")),
                                DecisionOutcome::Authorised => ("govuk-tag govuk-tag--green", tr!("tag-authorised")),
                            };
                            view! {
                                <li class="heard-list__row heard-list__row--stacked">
                                    <a class="govuk-link" href=format!("/children/{stream}/plan")>{tr!("back-plan", {"name" => name})}</a>
                                    <strong class=class>{words}</strong>
                                    <p class="heard-list__words">"“"{decided.comment}"” "{directory.name_of(source.by)}", "{words::near_time(source.captured_at, today)}</p>
                                </li>
                            }
                        }).collect_view()}
                    </ul>
                }.into_any()
            }}
        </section>
    }
}
