//! Who works here, and inviting somebody. It is asked of the server each time: nothing of it is kept on the device.

use domain::id::{StaffId, TeamId};
use domain::permission::{Employment, Role};
use domain::wire::{Employed, InviteRequest, InviteResponse, Staff};
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::exchange::Failure;

use crate::components::{Choice, ErrorSummary, Field, Page, Problems, typed};
use crate::platform::http::Server;
use crate::platform::{clock, page};
use crate::state::Calendar;
use crate::words;

const ROLES: [Role; 5] = [Role::Worker, Role::Manager, Role::Duty, Role::Auditor, Role::Administrator];

type Invite = Action<InviteRequest, Result<InviteResponse, Failure>>;

/// Who works here?
#[component]
pub fn StaffPage() -> impl IntoView {
    let again = RwSignal::new(0);
    let everybody = LocalResource::new(move || {
        again.track();
        async move { Server.staff().await }
    });
    let invite: Invite = Action::new_local(|request: &InviteRequest| {
        let request = request.clone();
        async move { Server.invite(&request).await }
    });
    Effect::new(move |_| {
        if let Some(Ok(_)) = invite.value().get() {
            again.update(|again| *again += 1);
            page::focus("#invited");
        }
    });
    view! {
        <Page title=tr!("staff-title")>
            <h1 class="heard-title">{tr!("staff-title")}</h1>
            <div class="heard-stack">
            <Invited invite/>
            <Transition fallback=|| view! { <p class="govuk-body" role="status">{tr!("loading")}</p> }>
                {move || Suspend::new(async move {
                    match everybody.await {
                        Ok(answer) => view! { <Everybody staff=answer.staff invite/> }.into_any(),
                        Err(failure) => view! {
                            <div class="heard-alert" role="alert"><p>{words::failure(&failure)}</p></div>
                            <p class="govuk-body">{tr!("staff-needs-signal")}</p>
                            <button class="govuk-button" type="button" on:click=move |_| again.update(|again| *again += 1)>{tr!("try-again")}</button>
                        }.into_any(),
                    }
                })}
            </Transition>
            </div>
        </Page>
    }
}

/// The link of whoever was invited last. It is shown once: nobody keeps it.
#[component]
fn Invited(invite: Invite) -> impl IntoView {
    let today = Calendar::get().today();
    let copied = RwSignal::new(false);
    let shown = move |invited: InviteResponse| {
        let link = page::address_of(&invited.link);
        let copy = Action::new_local({
            let link = link.clone();
            move |()| {
                let link = link.clone();
                async move { copied.set(page::copy(&link).await) }
            }
        });
        let until = words::day_of(invited.ends_at);
        view! {
            <section class="heard-panel" aria-labelledby="invited">
                <h2 class="heard-panel__title" id="invited" tabindex="-1">{tr!("staff-invited", {"name" => invited.staff.name.clone()})}</h2>
                <p class="govuk-body">{tr!("staff-invited-how", {"name" => invited.staff.name, "until" => words::short_date(until, today)})}</p>
                <p class="govuk-body"><code class="heard-link-once">{link}</code></p>
                <button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| { copy.dispatch_local(()); }>
                    {move || if copied.get() { tr!("staff-copied") } else { tr!("staff-copy") }}
                </button>
            </section>
        }
    };
    move || match invite.value().get()? {
        Ok(invited) => {
            copied.set(false);
            Some(shown(invited).into_any())
        }
        Err(failure) => {
            Some(view! { <div class="heard-alert" role="alert"><p>{words::failure(&failure)}</p></div> }.into_any())
        }
    }
}

#[component]
fn Everybody(staff: Vec<Employed>, invite: Invite) -> impl IntoView {
    let mut teams: Vec<(TeamId, String)> = Vec::new();
    for one in staff.iter().map(|one| &one.staff).filter(|one| !one.team_name.is_empty()) {
        if teams.iter().all(|(team, _)| *team != one.team) {
            teams.push((one.team, one.team_name.clone()));
        }
    }
    let rows = staff.into_iter().map(|one| view! { <Row one invite/> }).collect_view();
    view! {
        <div class="heard-split">
            <section class="heard-panel" aria-labelledby="everybody">
                <h2 class="heard-panel__title" id="everybody">{tr!("staff-everybody")}</h2>
                <ul class="heard-list">{rows}</ul>
            </section>
            <InviteForm teams invite/>
        </div>
    }
}

#[component]
fn Row(one: Employed, invite: Invite) -> impl IntoView {
    let today = Calendar::get().today();
    let Employed { staff, account_since } = one;
    let since = match account_since {
        Some(at) => tr!("staff-since", {"on" => words::short_date(words::day_of(at), today)}),
        None => tr!("staff-not-yet"),
    };
    let name = staff.name.clone();
    let about = [words::role(staff.role), staff.team_name.clone()].into_iter().filter(|it| !it.is_empty());
    let about = about.collect::<Vec<_>>().join(", ");
    view! {
        <li class="heard-list__row">
            <span><strong><bdi>{name.clone()}</bdi></strong><br/><span class="heard-quiet">{about}<br/>{since}</span></span>
            <button
                class="govuk-button govuk-button--secondary" type="button" disabled=invite.pending()
                aria-label=tr!("staff-new-link-of", {"name" => name})
                on:click=move |_| { invite.dispatch_local(InviteRequest { staff: staff.clone(), account: None }); }
            >{tr!("staff-new-link")}</button>
        </li>
    }
}

#[component]
fn InviteForm(teams: Vec<(TeamId, String)>, invite: Invite) -> impl IntoView {
    let problems: Problems = RwSignal::new(Vec::new());
    let (name, account, new_team) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let role = RwSignal::new(None::<Role>);
    let team = RwSignal::new(if teams.is_empty() { Some(None) } else { None::<Option<TeamId>> });
    let known = StoredValue::new(teams.clone());
    let teams = teams.into_iter().map(|(team, name)| (Some(team), name));
    let teams: Vec<(Option<TeamId>, String)> = teams.chain([(None, tr!("staff-team-new"))]).collect();
    let roles = ROLES.map(|role| (role, words::role(role))).to_vec();
    let request = move || {
        let mut wrong = Vec::new();
        let name = typed::name(name);
        if name.is_empty() {
            wrong.push(("staff-name", tr!("staff-name-missing")));
        }
        let new_team = typed::name(new_team);
        match team.get_untracked() {
            None => wrong.push(("staff-team", tr!("staff-team-missing"))),
            Some(None) if new_team.is_empty() => wrong.push(("staff-team-name", tr!("staff-team-name-missing"))),
            Some(_) => {}
        }
        let Some(role) = role.get_untracked() else {
            wrong.push(("staff-role", tr!("staff-role-missing")));
            return Err(wrong);
        };
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let fresh = || replica::create::uuid(clock::now());
        let team = team.get_untracked().flatten();
        let team_name = known.with_value(|known| {
            known.iter().find(|(id, _)| Some(*id) == team).map_or(new_team, |(_, name)| name.clone())
        });
        let team = team.unwrap_or_else(|| TeamId(fresh()));
        let account = typed::trimmed(account);
        let employment = Employment::Working;
        let staff = Staff { id: StaffId(fresh()), name, role, team, team_name, employment };
        Ok(InviteRequest { staff, account: (!account.is_empty()).then_some(account) })
    };
    view! {
        <section class="heard-panel" aria-labelledby="invite">
            <h2 class="heard-panel__title" id="invite">{tr!("staff-invite")}</h2>
            <form novalidate class="heard-form" on:submit=move |event| {
                event.prevent_default();
                match request() {
                    Ok(request) => { problems.set(Vec::new()); invite.dispatch_local(request); }
                    Err(wrong) => problems.set(wrong),
                }
            }>
                <ErrorSummary problems/>
                <Field id="staff-name" label=tr!("staff-name") value=name problems/>
                <Choice id="staff-role" legend=tr!("staff-role") value=role options=roles problems/>
                <Choice id="staff-team" legend=tr!("staff-team") value=team options=teams problems/>
                <Show when=move || team.get() == Some(None)>
                    <Field id="staff-team-name" label=tr!("staff-team-name") value=new_team problems/>
                </Show>
                <Field id="staff-account" label=tr!("staff-account") hint=tr!("staff-account-hint") value=account problems/>
                <button class="govuk-button" type="submit" disabled=invite.pending()>{tr!("staff-invite-button")}</button>
            </form>
        </section>
    }
}
