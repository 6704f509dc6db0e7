//! A question that was asked again in the same way: last time beside this time, never merged. What is not the same stands open.

use domain::Record;
use domain::payload::capture::Card;
use domain::record::capture::Capture;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::Picture;
use crate::words;

/// What stands side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct LastTimeScreen {
    on: Date,
    rows: Vec<(Card, Option<Card>, Option<Card>, bool)>,
}

impl LastTimeScreen {
    /// What stands beside this activity; none where it was not asked so before.
    pub fn of(capture: &Capture, record: &Record) -> Option<LastTimeScreen> {
        let before = record.last_time(capture)?;
        let beside = record.beside_last_time(before, capture);
        let rows =
            beside.into_iter().map(|one| (one.card.clone(), one.last_time.clone(), one.now.clone(), one.is_changed));
        Some(LastTimeScreen { on: words::day_of(before.started.captured_at), rows: rows.collect() })
    }
}

/// Last time beside this time.
#[component]
pub fn LastTime(screen: LastTimeScreen, today: Date) -> impl IntoView {
    let changed = screen.rows.iter().filter(|(.., changed)| *changed).count();
    let on = words::short_date(screen.on, today);
    let rows = screen.rows.into_iter().map(|(card, last_time, now, changed)| {
        view! {
            <tr class="govuk-table__row">
                <th class="govuk-table__header" scope="row"><span class="heard-given-card"><Picture symbol=card.symbol/><span>{card.words}</span></span></th>
                <td class="govuk-table__cell"><Lies place=last_time/></td>
                <td class="govuk-table__cell"><Lies place=now/>{changed.then(|| view! { " "<strong>{tr!("last-time-changed")}</strong> })}</td>
            </tr>
        }
    });
    view! {
        <details class="govuk-details" prop:open={changed > 0}>
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{tr!("last-time", {"on" => on, "changed" => changed})}</span>
            </summary>
            <div class="govuk-details__text">
                <table class="govuk-table">
                    <thead class="govuk-table__head">
                        <tr class="govuk-table__row">
                            <td class="govuk-table__header"></td>
                            <th class="govuk-table__header" scope="col">{tr!("last-time-then")}</th>
                            <th class="govuk-table__header" scope="col">{tr!("last-time-now")}</th>
                        </tr>
                    </thead>
                    <tbody class="govuk-table__body">{rows.collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
}

/// Where a card lay, or that it lay nowhere.
#[component]
fn Lies(place: Option<Card>) -> impl IntoView {
    match place {
        Some(place) => {
            view! { <span class="heard-given-card"><Picture symbol=place.symbol/><span>{place.words}</span></span> }
                .into_any()
        }
        None => view! { <span class="heard-quiet">{tr!("last-time-nowhere")}</span> }.into_any(),
    }
}
