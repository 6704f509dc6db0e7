//! `staff`: who works here, and where they are signed in.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::id::{ReplicaId, StaffId, StreamId, TeamId};
use domain::wire::{
    ChangeStaffRequest, ChangeStaffResponse, DevicesResponse, InviteRequest, InviteResponse, RenameTeamRequest,
    StaffResponse,
};

use crate::access_log::{Asked, Why};
use crate::app::App;
use crate::http::input::Input;
use crate::limits::Limit;
use crate::problem::Problem;
use crate::session::SignedIn;
use crate::{devices, staffing};

/// `GET staff`
pub(crate) async fn everybody(State(app): State<App>, signed_in: SignedIn) -> Result<Json<StaffResponse>, Problem> {
    let now = app.clock.now();
    let asked = Asked::by(signed_in.staff.id, "staff", now);
    let staff = staffing::everybody(&*app.store, signed_in.staff.actor()).await.map_err(Problem::from);
    app.access_log().note(asked, [], &staff).await?;
    Ok(Json(StaffResponse { time: now, staff: staff? }))
}

/// `POST staff`
pub(crate) async fn invite(
    State(app): State<App>,
    signed_in: SignedIn,
    Input(request): Input<InviteRequest>,
) -> Result<Json<InviteResponse>, Problem> {
    let now = app.clock.now();
    let asked = Asked::by(signed_in.staff.id, "invite", now).about(request.staff.id);
    app.admit(Limit::Staffing, signed_in.staff.id, asked).await?;
    let invited = staffing::invite(&*app.store, signed_in.staff.actor(), request, now).await.map_err(Problem::from);
    // In the team's part of the log its manager reads it.
    let team = invited.as_ref().ok().map(|invited| StreamId::team(invited.staff.team));
    app.access_log().note(asked, team, &invited).await?;
    let staffing::Invited { staff, token, ends_at } = invited?;
    Ok(Json(InviteResponse { staff, link: staffing::link(token), ends_at }))
}

/// `POST staff/{id}`
pub(crate) async fn change(
    State(app): State<App>,
    signed_in: SignedIn,
    staff: Result<Path<StaffId>, PathRejection>,
    Input(request): Input<ChangeStaffRequest>,
) -> Result<Json<ChangeStaffResponse>, Problem> {
    let Ok(Path(staff)) = staff else { return Err(Problem::NotFound) };
    if request.staff.id != staff || request.seen.id != staff {
        return Err(Problem::Malformed);
    }
    let now = app.clock.now();
    let teams = [request.seen.team, request.staff.team].map(StreamId::team);
    let difference = staffing::difference(&request.seen, &request.staff);
    let asked = Asked::by(signed_in.staff.id, "change_staff", now).about(staff);
    app.admit(Limit::Staffing, signed_in.staff.id, asked).await?;
    let changed = staffing::change(&*app.store, signed_in.staff.actor(), request, now).await.map_err(Problem::from);
    let teams = changed.is_ok().then_some(teams).into_iter().flatten();
    app.access_log().note_why(asked, teams, Why::of(&difference), &changed).await?;
    Ok(Json(ChangeStaffResponse { staff: changed? }))
}

/// `POST teams/{id}`
pub(crate) async fn rename_team(
    State(app): State<App>,
    signed_in: SignedIn,
    team: Result<Path<TeamId>, PathRejection>,
    Input(RenameTeamRequest { name }): Input<RenameTeamRequest>,
) -> Result<StatusCode, Problem> {
    let Ok(Path(team)) = team else { return Err(Problem::NotFound) };
    let asked = Asked::by(signed_in.staff.id, "rename_team", app.clock.now());
    app.admit(Limit::Staffing, signed_in.staff.id, asked).await?;
    let renamed = staffing::rename_team(&*app.store, signed_in.staff.actor(), team, &name).await.map_err(Problem::from);
    let stream = renamed.is_ok().then(|| StreamId::team(team));
    app.access_log().note_why(asked, stream, Why::of(&name), &renamed).await?;
    renamed.map(|()| StatusCode::NO_CONTENT)
}

/// `GET staff/{id}/devices`
pub(crate) async fn devices(
    State(app): State<App>,
    signed_in: SignedIn,
    staff: Result<Path<StaffId>, PathRejection>,
) -> Result<Json<DevicesResponse>, Problem> {
    let Ok(Path(staff)) = staff else { return Err(Problem::NotFound) };
    let now = app.clock.now();
    let asked = Asked::by(signed_in.staff.id, "devices", now).about(staff);
    let found = devices::of(&*app.store, &signed_in, staff, now).await.map_err(Problem::from);
    app.access_log().note(asked, [], &found).await?;
    let (sessions, devices) = found?;
    Ok(Json(DevicesResponse { time: now, sessions, devices }))
}

/// `DELETE staff/{id}/devices/{replica}`
pub(crate) async fn revoke(
    State(app): State<App>,
    signed_in: SignedIn,
    device: Result<Path<(StaffId, ReplicaId)>, PathRejection>,
) -> Result<StatusCode, Problem> {
    let Ok(Path((staff, replica))) = device else { return Err(Problem::NotFound) };
    let now = app.clock.now();
    let asked = Asked::by(signed_in.staff.id, "revoke", now).from(replica).about(staff);
    let revoked = devices::revoke(&*app.store, &signed_in, staff, replica, now).await.map_err(Problem::from);
    let team = if revoked.is_ok() { app.store.staff(staff).await? } else { None };
    app.access_log().note(asked, team.map(|owner| StreamId::team(owner.team)), &revoked).await?;
    revoked.map(|()| StatusCode::NO_CONTENT)
}

/// `DELETE staff/{id}/sessions/{session}`
pub(crate) async fn end_session(
    State(app): State<App>,
    signed_in: SignedIn,
    session: Result<Path<(StaffId, String)>, PathRejection>,
) -> Result<StatusCode, Problem> {
    let Ok(Path((staff, session))) = session else { return Err(Problem::NotFound) };
    let asked = Asked::by(signed_in.staff.id, "end_session", app.clock.now()).about(staff);
    let ended = devices::end_session(&*app.store, &signed_in, staff, &session).await.map_err(Problem::from);
    app.access_log().note(asked, [], &ended).await?;
    ended.map(|()| StatusCode::NO_CONTENT)
}
