//! `access`: who looked at what.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::id::{StaffId, StreamId};
use domain::wire::AccessResponse;
use serde::Deserialize;

use crate::access_log::{Asked, is_record};
use crate::app::App;
use crate::problem::Problem;
use crate::session::SignedIn;
use crate::watching::{self, About};

/// What may follow `?`.
#[derive(Deserialize)]
pub(crate) struct Asking {
    stream: Option<StreamId>,
    staff: Option<StaffId>,
    notified: Option<StaffId>,
    before: Option<String>,
}

/// `GET access?stream=&staff=&notified=&before=`: it is noted as well, by whoever looked.
pub(crate) async fn read(
    State(app): State<App>,
    signed_in: SignedIn,
    query: Result<Query<Asking>, QueryRejection>,
) -> Result<Json<AccessResponse>, Problem> {
    let Ok(Query(Asking { stream, staff, notified, before })) = query else { return Err(Problem::Malformed) };
    let about = match (stream, staff, notified) {
        (Some(stream), None, None) => About::Stream(stream),
        (None, Some(staff), None) => About::Staff(staff),
        // Nobody is told but whoever it is meant for.
        (None, None, Some(staff)) if staff == signed_in.staff.id => About::Notified,
        (None, None, Some(_)) => return Err(Problem::NotAllowed),
        _ => return Err(Problem::Malformed),
    };
    let now = app.clock.now();
    let asked = Asked::by(signed_in.staff.id, "access", now);
    let asked = staff.map_or(asked, |staff| asked.about(staff));
    let actor = signed_in.staff.actor();
    let page = watching::read(&*app.store, actor, about, before.as_deref(), now).await.map_err(Problem::from);
    // A team's part says what became of its devices and staff, not who read that.
    let record = stream.filter(|stream| is_record(*stream));
    if record.is_some() || staff.is_some() || page.is_err() {
        app.access_log().note(asked, record, &page).await?;
    }
    let page = page?;
    Ok(Json(AccessResponse { time: now, accesses: page.accesses, before: page.before }))
}
