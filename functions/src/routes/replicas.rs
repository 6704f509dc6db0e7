//! `replicas` and `vaults`: enrolling a device, and getting its escrow key back.

use axum::Json;
use axum::extract::{Path, State};
use domain::hash::hex;
use domain::id::{StreamId, VaultId};
use domain::wire::{EnrolRequest, EnrolResponse, EscrowResponse};

use crate::access_log::Asked;
use crate::app::App;
use crate::enrol;
use crate::http::input::Input;
use crate::limits::Limit;
use crate::problem::Problem;
use crate::session::SignedIn;

/// `POST replicas`
pub(crate) async fn enrol(
    State(app): State<App>,
    signed_in: SignedIn,
    Input(request): Input<EnrolRequest>,
) -> Result<Json<EnrolResponse>, Problem> {
    let now = app.clock.now();
    let asked = Asked::by(signed_in.staff.id, "enrol", now).from(request.replica);
    app.admit(Limit::Enrol, signed_in.staff.id, asked).await?;
    let escrow = enrol::enrol(&*app.store, &signed_in.session, now, &request).await.map_err(Problem::from);
    app.access_log().note(asked, [StreamId::team(signed_in.staff.team)], &escrow).await?;
    Ok(Json(EnrolResponse { time: now, escrow: escrow?.map(|escrow| hex(&escrow.0)) }))
}

/// `POST vaults/{id}/escrow`
pub(crate) async fn escrow(
    State(app): State<App>,
    signed_in: SignedIn,
    vault: Result<Path<VaultId>, axum::extract::rejection::PathRejection>,
) -> Result<Json<EscrowResponse>, Problem> {
    let Ok(Path(vault)) = vault else {
        return Err(Problem::NotFound);
    };
    let now = app.clock.now();
    let asked = Asked::by(signed_in.staff.id, "escrow", now);
    app.admit(Limit::Escrow, signed_in.staff.id, asked).await?;
    let released = enrol::release(&*app.store, &signed_in, now, vault).await.map_err(Problem::from);
    let owner = released.as_ref().map_or(signed_in.staff.id, |released| released.owner);
    let team = if owner == signed_in.staff.id { Some(signed_in.staff) } else { app.store.staff(owner).await? };
    // In the team's part of the log its manager reads it.
    let team = team.map(|owner| StreamId::team(owner.team));
    app.access_log().note(asked.about(owner), team, &released).await?;
    Ok(Json(EscrowResponse { escrow: hex(&released?.escrow.0) }))
}
