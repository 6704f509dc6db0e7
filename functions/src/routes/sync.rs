//! `push` and `pull`.

use axum::Json;
use axum::extract::State;
use domain::wire::{PullRequest, PullResponse, PushRequest, PushResponse};

use crate::access_log::Asked;
use crate::app::App;
use crate::http::input::Spoken;
use crate::problem::Problem;
use crate::session::SignedIn;
use crate::{pull, push};

/// `POST push`
pub(crate) async fn push(
    State(app): State<App>,
    signed_in: SignedIn,
    Spoken(request): Spoken<PushRequest>,
) -> Result<Json<PushResponse>, Problem> {
    let now = app.clock.now();
    let actor = signed_in.staff.actor();
    let asked = Asked { at: now, staff: actor.staff, replica: Some(request.replica), action: "push" };
    let pushed = push::push(&*app.store, &app.seal, actor, now, &request).await.map_err(Problem::from);
    let outcome = pushed.as_ref().map(drop).map_err(|problem| *problem);
    app.access_log().note(asked, push::streams(&request), None, outcome).await?;
    pushed.map(Json)
}

/// `POST pull`: a quiet one reads nobody's record, and leaves no row.
pub(crate) async fn pull(
    State(app): State<App>,
    signed_in: SignedIn,
    Spoken(request): Spoken<PullRequest>,
) -> Result<Json<PullResponse>, Problem> {
    let now = app.clock.now();
    let actor = signed_in.staff.actor();
    let asked = Asked { at: now, staff: actor.staff, replica: Some(request.replica), action: "pull" };
    let pulled = pull::pull(&*app.store, actor, now, &request).await.map_err(Problem::from);
    match &pulled {
        Ok(response) if response.entries.is_empty() => {}
        Ok(response) => {
            let read = response.entries.keys().copied();
            app.access_log().note(asked, read, None, Ok(())).await?;
        }
        Err(problem) => app.access_log().note(asked, [], None, Err(*problem)).await?,
    }
    pulled.map(Json)
}
