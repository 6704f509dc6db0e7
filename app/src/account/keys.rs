//! A team's manager is told whose tablet was opened without its passcode, and what became of its devices.

use domain::id::StreamId;
use domain::permission::Role;
use domain::wire::AccessRecord;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::accesses::what;
use crate::platform::http::Server;
use crate::state::{Calendar, Directory};
use crate::words;

/// So many days it is shown among what waits.
const LATELY_DAYS: i32 = 7;

/// Nothing where there is nothing to tell, for whoever manages no team, and without signal.
#[component]
pub fn KeysGivenBack(
    /// Everything about the team's devices and staff: the last hundred.
    #[prop(optional)]
    whole: bool,
) -> impl IntoView {
    let (directory, calendar) = (Directory::get(), Calendar::get());
    let team = Memo::new(move |_| {
        directory.me.with(|me| me.as_ref().filter(|me| me.role == Role::Manager).map(|me| StreamId::team(me.team)))
    });
    let told = LocalResource::new(move || {
        let team = team.get();
        async move {
            match team {
                Some(team) => Server.accesses_at(team, None).await.map(|page| page.accesses),
                None => Ok(Vec::new()),
            }
        }
    });
    let is_told = move |record: &AccessRecord| {
        let is_lately = words::days_between(words::day_of(record.at), calendar.today()) <= LATELY_DAYS;
        let is_key = record.action == "escrow" && record.outcome == "done";
        whole || (is_key && is_lately)
    };
    let row = move |record: AccessRecord| {
        let by = record.staff.map(|staff| directory.name_of(staff)).unwrap_or_default();
        let about = record.about.filter(|about| Some(*about) != record.staff).map(|staff| directory.name_of(staff));
        let when = format!(
            "{} {}",
            words::near_date(words::day_of(record.at), calendar.today()),
            words::clock_time(record.at)
        );
        view! {
            <li class="heard-list__row">
                <span>
                    <strong><bdi>{by}</bdi></strong>": "{what(&record)}{about.map(|about| view! { " ("<bdi>{about}</bdi>")" })}
                    {record.reason.map(|reason| view! { <span class="heard-block heard-quiet"><bdi>{reason}</bdi></span> })}
                </span>
                <span class="heard-quiet">{when}</span>
            </li>
        }
    };
    move || {
        let told: Vec<AccessRecord> = match told.get()? {
            Ok(told) => told.into_iter().filter(is_told).collect(),
            // Among what waits it is no news that there is no signal; on a page of its own it would look like nothing to tell.
            Err(failure) => {
                return whole.then(|| {
                    view! { <div class="heard-alert" role="alert"><p>{words::failure(&failure)}</p></div> }.into_any()
                });
            }
        };
        (!told.is_empty()).then(|| {
            view! {
                <section class="heard-panel" aria-labelledby="keys">
                    <h2 class="heard-panel__title" id="keys">{if whole { tr!("keys-team") } else { tr!("keys-lately") }}</h2>
                    <Show when=move || !whole><p class="govuk-body">{tr!("keys-how")}</p></Show>
                    <ul class="heard-list">{told.into_iter().map(row).collect_view()}</ul>
                </section>
            }
            .into_any()
        })
    }
}
