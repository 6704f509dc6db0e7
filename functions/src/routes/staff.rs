//! `staff`: who works here, and inviting somebody.

use axum::Json;
use axum::extract::State;
use domain::wire::{InviteRequest, InviteResponse, StaffResponse};

use crate::access_log::Asked;
use crate::app::App;
use crate::http::input::Input;
use crate::problem::Problem;
use crate::session::SignedIn;
use crate::staffing;

/// `GET staff`
pub(crate) async fn everybody(State(app): State<App>, signed_in: SignedIn) -> Result<Json<StaffResponse>, Problem> {
    let now = app.clock.now();
    let asked = Asked { at: now, staff: signed_in.staff.id, replica: None, action: "staff" };
    let staff = staffing::everybody(&*app.store, signed_in.staff.actor()).await.map_err(Problem::from);
    let outcome = staff.as_ref().map(drop).map_err(|problem| *problem);
    app.access_log().note(asked, [], None, outcome).await?;
    Ok(Json(StaffResponse { time: now, staff: staff? }))
}

/// `POST staff`
pub(crate) async fn invite(
    State(app): State<App>,
    signed_in: SignedIn,
    Input(request): Input<InviteRequest>,
) -> Result<Json<InviteResponse>, Problem> {
    let now = app.clock.now();
    let asked = Asked { at: now, staff: signed_in.staff.id, replica: None, action: "invite" };
    let invited = staffing::invite(&*app.store, signed_in.staff.actor(), request, now).await.map_err(Problem::from);
    let outcome = invited.as_ref().map(drop).map_err(|problem| *problem);
    app.access_log().note(asked, [], None, outcome).await?;
    let staffing::Invited { staff, token, ends_at } = invited?;
    let link = format!("/api/v1/auth/start?invitation={}", token.write());
    Ok(Json(InviteResponse { staff, link, ends_at }))
}
