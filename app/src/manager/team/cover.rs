//! Who stands in while somebody of the team is away: what is arranged, and the form that arranges it.

mod form;

use domain::Payload;
use domain::id::{CoverId, StreamId, TeamId};
use domain::payload::team::CoverEnded;
use domain::permission::Role;
use domain::record::Attributed;
use domain::record::team::CoverStep;
use domain::standing::Cover;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::{Page, Problems, in_address};
use crate::state::{Calendar, Directory, Records, Urgency};
use crate::words;
use form::CoverForm;

/// The teams that the person at work manages today: their own, and those in which they stand in.
pub(super) fn managed(records: Records, directory: Directory) -> Vec<TeamId> {
    let Some(me) = directory.me.get().filter(|me| me.role == Role::Manager) else { return Vec::new() };
    let stands_in = records
        .relations
        .stands_in
        .get()
        .into_iter()
        .filter(|cover| cover.role == Role::Manager)
        .map(|cover| cover.team);
    std::iter::once(me.team).chain(stands_in).collect()
}

/// What is arranged now and later, and what was.
#[component]
pub fn CoverPage() -> impl IntoView {
    let (records, directory) = (Records::get(), Directory::get());
    let today = Calendar::get().today();
    let arranged = Memo::new(move |_| {
        let managed = managed(records, directory);
        records
            .relations
            .covers_from(today)
            .into_iter()
            .filter(|(team, _, _)| managed.contains(team))
            .collect::<Vec<_>>()
    });
    let streams = move || managed(records, directory).into_iter().map(StreamId::team).collect::<Vec<_>>();
    view! {
        <Page title=tr!("cover-title") class="heard-page heard-narrow">
            <a class="govuk-back-link" href="/team">{tr!("nav-team")}</a>
            <div class="heard-title-row">
                <h1 class="heard-title">{tr!("cover-title")}</h1>
                <a class="govuk-button" href="/team/cover/new" draggable="false">{tr!("cover-arrange")}</a>
            </div>
            <p class="govuk-body">{tr!("cover-what")}</p>
            <Show when=move || arranged.with(|all| !all.is_empty()) fallback=|| view! { <p class="govuk-body">{tr!("cover-none")}</p> }>
                <section class="heard-panel" aria-label=tr!("cover-arranged")>
                    <ul class="heard-list">
                        {move || arranged.get().into_iter().map(|(team, id, cover)| view! { <Arranged team id cover today/> }).collect_view()}
                    </ul>
                </section>
            </Show>
            {move || streams().into_iter().filter(|stream| records.has(*stream)).map(|stream| view! { <Earlier stream today/> }).collect_view()}
        </Page>
    }
}

/// One cover that is not over, with what can be done about it.
#[component]
fn Arranged(team: TeamId, id: CoverId, cover: Cover, today: Date) -> impl IntoView {
    let (records, directory) = (Records::get(), Directory::get());
    let problems: Problems = RwSignal::new(Vec::new());
    let end = Action::new_local(move |(): &()| async move {
        let ended = vec![Payload::CoverEnded(CoverEnded { cover: id })];
        if let Err(problem) = records.record(StreamId::team(team), ended, Urgency::Now).await {
            problems.set(vec![("end", words::not_saved(&problem))]);
        }
    });
    let [away, by] = [cover.away, cover.by].map(|staff| directory.name_of(staff));
    let days = words::cover_days(cover.from, cover.until, today);
    let is_on = cover.is_on(today);
    let names = format!(" {away}, {by}");
    view! {
        <li class="heard-list__row team-row">
            <span class="team-row__who">
                <strong>{tr!("cover-line", {"by" => by, "away" => away})}</strong>
                <span class="heard-block heard-quiet">{days}</span>
                {move || problems.with(|all| all.first().map(|(_, words)| view! { <p class="heard-alert" role="alert">{words.clone()}</p> }))}
            </span>
            {is_on.then(|| view! { <strong class="govuk-tag">{tr!("cover-now")}</strong> })}
            <span class="heard-title-row__do">
            <a class="govuk-link" href=format!("/team/cover/{id}")>{tr!("cover-change")}<span class="govuk-visually-hidden">{names.clone()}</span></a>
            <button class="govuk-button govuk-button--secondary" type="button" disabled=end.pending() on:click=move |_| { end.dispatch_local(()); }>
                {if is_on { tr!("cover-end") } else { tr!("cover-call-off") }}<span class="govuk-visually-hidden">{names}</span>
            </button>
            </span>
        </li>
    }
}

/// Everything that was said about cover, the last first.
#[component]
fn Earlier(stream: StreamId, today: Date) -> impl IntoView {
    let (records, directory) = (Records::get(), Directory::get());
    let record = records.record_of(stream);
    let line = move |step: &Attributed<CoverStep>, steps: &[Attributed<CoverStep>]| {
        let when = words::near_time(step.source.captured_at, today);
        let who = directory.name_of(step.source.by);
        let named = |id: CoverId| {
            steps.iter().rev().find_map(|step| match &step.what {
                CoverStep::Arranged(arranged) if arranged.cover == id => Some(arranged.clone()),
                _ => None,
            })
        };
        let (cover, ended) = match &step.what {
            CoverStep::Arranged(arranged) => (Some(arranged.clone()), false),
            CoverStep::Ended(ended) => (named(ended.cover), true),
        };
        let what = cover.map(|cover| {
            let [away, by] = [cover.away, cover.by].map(|staff| directory.name_of(staff));
            let line = tr!("cover-line", {"by" => by, "away" => away});
            if ended {
                tr!("cover-was-ended", {"what" => line})
            } else {
                format!("{line}, {}", words::cover_days(cover.from, cover.until, today))
            }
        });
        view! { <li>{what}" "<span class="heard-quiet">{tr!("cover-said-by", {"who" => who, "when" => when})}</span></li> }
    };
    let steps = move || record.get().map(|record| record.covers.clone()).unwrap_or_default();
    // Whether it is open stays, whatever arrives.
    view! {
        <Show when=move || !steps().is_empty()>
            <details class="govuk-details">
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{tr!("cover-history")}</span></summary>
                <div class="govuk-details__text">
                    <ul class="govuk-list govuk-list--bullet">
                        {move || {
                            let steps = steps();
                            steps.iter().rev().map(|step| line(step, &steps)).collect_view()
                        }}
                    </ul>
                </div>
            </details>
        </Show>
    }
}

/// The form: of the cover in the address, or of a new one.
#[component]
pub fn CoverFormPage() -> impl IntoView {
    let (records, directory) = (Records::get(), Directory::get());
    let id = in_address::<CoverId>("cover");
    let is_manager = Memo::new(move |_| !managed(records, directory).is_empty());
    move || {
        if !is_manager.get() {
            return view! {
                <Page title=tr!("cover-title") class="heard-page heard-narrow">
                    <h1 class="heard-title">{tr!("cover-title")}</h1>
                    <p class="govuk-body">{tr!("team-managers-only")}</p>
                </Page>
            }
            .into_any();
        }
        view! { <CoverForm id=id.get()/> }.into_any()
    }
}
