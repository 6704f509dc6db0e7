//! For whom the person at work stands in, now and soon, and who stands in for them.

use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::state::{Directory, Records};
use crate::words;

/// Nothing where nobody stands in for anybody.
#[component]
pub fn StandingIn(today: Date) -> impl IntoView {
    let (relations, directory) = (Records::get().relations, Directory::get());
    let lines = move || {
        let me = directory.me.get()?.id;
        let covers = relations.covers_from(today).into_iter().filter_map(|(.., cover)| {
            let days = words::cover_days(cover.from, cover.until, today);
            if cover.by == me {
                Some(tr!("today-cover-mine", {"away" => directory.name_of(cover.away), "days" => days}))
            } else if cover.away == me {
                Some(tr!("today-cover-for-me", {"by" => directory.name_of(cover.by), "days" => days}))
            } else {
                None
            }
        });
        let lines: Vec<String> = covers.collect();
        (!lines.is_empty()).then_some(lines)
    };
    move || {
        lines().map(|lines| {
            view! {
                <section class="heard-panel" aria-labelledby="standing-in">
                    <h2 class="heard-panel__title" id="standing-in">{tr!("today-cover")}</h2>
                    <ul class="heard-list">
                        {lines.into_iter().map(|line| view! { <li class="heard-list__row">{line}</li> }).collect_view()}
                    </ul>
                </section>
            }
        })
    }
}
