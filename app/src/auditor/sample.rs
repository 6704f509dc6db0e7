//! Drawing a sample, and the audits that were written.

use domain::id::TeamId;
use domain::standing::practice::Aspect;
use domain::wire::{SampleRequest, SampleResponse, SampledChild};
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::exchange::Failure;

use crate::audit::{Rows, Sampled, audits, missing};
use crate::components::{Choice, Page, Problems};
use crate::platform::http::Server;
use crate::state::{Calendar, Directory, Records};
use crate::words;

/// So many records are in a sample unless another number is chosen.
const USUAL_SIZE: usize = 5;
const SIZES: [usize; 3] = [3, USUAL_SIZE, 10];

#[component]
pub(super) fn Sampling() -> impl IntoView {
    let sampled = Sampled::get();
    let problems: Problems = RwSignal::new(Vec::new());
    let (team, lack, size) = (RwSignal::new(Some(None)), RwSignal::new(Some(None)), RwSignal::new(Some(USUAL_SIZE)));
    let draw = Action::new_local(move |request: &SampleRequest| {
        let request = request.clone();
        async move {
            sampled.keep(Server.sample(&request).await?);
            Ok::<(), Failure>(())
        }
    });
    let busy = draw.pending();
    let press = move || {
        let request = SampleRequest {
            team: team.get_untracked().flatten(),
            missing: lack.get_untracked().flatten(),
            size: size.get_untracked().unwrap_or(USUAL_SIZE),
        };
        draw.dispatch_local(request);
    };
    let any = std::iter::once((None, tr!("sample-any")));
    let lacks = any.chain(Aspect::ALL.into_iter().map(|of| (Some(of), missing(of)))).collect::<Vec<_>>();
    let sizes = SIZES.map(|size| (size, size.to_string())).to_vec();
    view! {
        <Page title=tr!("audits-title")>
            <h1 class="heard-title">{tr!("audits-title")}</h1>
            <p class="heard-title__second">{tr!("sample-lead")}</p>
            <div class="heard-split">
                <div class="heard-stack">
                    <Drawn/>
                    <section class="heard-panel" aria-labelledby="written">
                        <h2 class="heard-panel__title" id="written">{tr!("audits-written")}</h2>
                        <Rows/>
                    </section>
                </div>
                <form class="heard-panel heard-form sample-form" novalidate on:submit=move |event| { event.prevent_default(); press(); }>
                    <h2 class="heard-panel__title">{tr!("sample-draw-title")}</h2>
                    <Choice id="team" legend=tr!("sample-team") value=team options=teams() problems/>
                    <Choice id="missing" legend=tr!("sample-missing") value=lack options=lacks problems/>
                    <Choice id="size" legend=tr!("sample-size") value=size options=sizes problems inline=true/>
                    {move || draw.value().get().and_then(Result::err).filter(|_| !busy.get()).map(|failure| view! {
                        <div class="heard-alert" role="alert"><p>{words::failure(&failure)}</p></div>
                    })}
                    <button class="govuk-button" type="submit" disabled=busy>{tr!("sample-draw")}</button>
                </form>
            </div>
        </Page>
    }
}

/// Every team that works with children, and all of them together.
fn teams() -> Vec<(Option<TeamId>, String)> {
    let teams = Directory::get().teams_with_children().into_iter().map(|(team, name)| (Some(team), name));
    std::iter::once((None, tr!("sample-all-teams"))).chain(teams).collect()
}

#[component]
fn Drawn() -> impl IntoView {
    let sampled = Sampled::get();
    let today = Calendar::get().today();
    let drawn = move |sample: SampleResponse| {
        let on = words::near_date(words::day_of(sample.time), today);
        let count = sample.children.len();
        view! {
            <section class="heard-panel" aria-labelledby="drawn">
                <h2 class="heard-panel__title" id="drawn">{tr!("sample-drawn", {"on" => on})}</h2>
                <p class="heard-quiet" role="status">{tr!("sample-of", {"count" => count, "of" => sample.of})}</p>
                <ul class="heard-list">
                    {sample.children.into_iter().map(|one| view! { <Line one/> }).collect_view()}
                </ul>
            </section>
        }
    };
    move || sampled.drawn.get().map(drawn)
}

#[component]
fn Line(one: SampledChild) -> impl IntoView {
    let directory = Directory::get();
    let SampledChild { child, lacks } = one;
    let assigned = directory.still_here(&child.assigned.iter().copied().collect());
    let with = directory.names_of(&assigned).unwrap_or_else(|| tr!("allocated-to-nobody"));
    let lacks: Vec<String> = lacks.into_iter().map(missing).collect();
    let name = child.name.full();
    let records = Records::get();
    let stream = child.stream;
    let is_done = move || audits(records).iter().any(|(_, audit)| audit.child == stream);
    view! {
        <li class="heard-list__row heard-list__row--stacked">
            <strong><bdi>{name.clone()}</bdi></strong>
            {move || is_done().then(|| view! { <strong class="govuk-tag govuk-tag--green">{tr!("sample-audited")}</strong> })}
            <p class="heard-list__words heard-quiet">{directory.team(child.team).0}": "{tr!("find-with", {"names" => with})}</p>
            {(!lacks.is_empty()).then(|| view! { <p class="heard-list__words">{tr!("sample-lacks", {"what" => lacks.join(", ")})}</p> })}
            <a class="govuk-button govuk-button--secondary plan-small-button" href=format!("/read/{}", child.stream) draggable="false">{tr!("find-read")}<span class="govuk-visually-hidden">" "{name}</span></a>
        </li>
    }
}
