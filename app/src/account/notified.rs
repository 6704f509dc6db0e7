//! What others read with a reason, for whoever is told of it: who works with the child, and its team's managers.

use std::collections::BTreeSet;

use domain::id::StreamKind;
use domain::wire::AccessRecord;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::platform::http::Server;
use crate::state::{Calendar, Directory, Records};
use crate::words;

/// So many days it is shown.
const LATELY_DAYS: i32 = 7;

/// Nothing where there is nothing to tell, and without signal.
#[component]
pub fn ReadByOthers() -> impl IntoView {
    let (directory, calendar) = (Directory::get(), Calendar::get());
    let me = Memo::new(move |_| directory.me.with(|me| me.as_ref().map(|me| me.id)));
    let told = LocalResource::new(move || {
        let me = me.get();
        async move {
            match me {
                // Among what the day brings it is no news that there is no signal.
                Some(me) => Server.notified(me).await.map(|page| page.accesses).unwrap_or_default(),
                None => Vec::new(),
            }
        }
    });
    move || {
        let today = calendar.today();
        let mut told = told.get()?;
        // A child's record is read with its family's: one line of both.
        let is_of_child = |record: &AccessRecord| record.streams.iter().any(|of| of.kind == StreamKind::Child);
        let of_children: Vec<_> =
            told.iter().filter(|one| is_of_child(one)).map(|one| (one.staff, one.reason.clone())).collect();
        told.retain(|one| is_of_child(one) || !of_children.contains(&(one.staff, one.reason.clone())));
        // Read again for the same reason on one day is one line, of the last time.
        let mut shown = BTreeSet::new();
        told.retain(|one| shown.insert((one.staff, one.streams.clone(), one.reason.clone(), words::day_of(one.at))));
        told.retain(|record| words::days_between(words::day_of(record.at), today) <= LATELY_DAYS);
        (!told.is_empty()).then(|| {
            view! {
                <section class="heard-panel" aria-labelledby="told">
                    <h2 class="heard-panel__title" id="told">{tr!("told-title")}</h2>
                    <p class="heard-quiet">{tr!("told-how")}</p>
                    <ul class="heard-list">{told.into_iter().map(|record| view! { <Row record/> }).collect_view()}</ul>
                </section>
            }
        })
    }
}

#[component]
fn Row(record: AccessRecord) -> impl IntoView {
    let (directory, records, today) = (Directory::get(), Records::get(), Calendar::get().today());
    let by = record.staff.map(|staff| directory.name_of(staff)).unwrap_or_default();
    let child = record.streams.iter().find(|stream| stream.kind == StreamKind::Child).copied();
    let name = move || {
        let known = child.and_then(|child| records.summaries.with(|all| all.get(&child).map(|of| of.short_name())));
        known.unwrap_or_else(|| tr!("told-a-record"))
    };
    let when = format!("{} {}", words::near_date(words::day_of(record.at), today), words::clock_time(record.at));
    view! {
        <li class="heard-list__row">
            <span>
                {move || tr!("told-who", {"name" => by.clone(), "child" => name()})}
                {record.reason.map(|reason| view! { <span class="heard-block">"“"<bdi>{reason}</bdi>"”"</span> })}
            </span>
            <span class="heard-quiet">{when}</span>
        </li>
    }
}
