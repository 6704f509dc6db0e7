//! `push` and `pull`.

use axum::Json;
use axum::extract::State;
use domain::id::ReplicaId;
use domain::wire::{PullRequest, PullResponse, PushRequest, PushResponse};

use crate::access_log::{Asked, is_record};
use crate::app::App;
use crate::http::address::ClientAddress;
use crate::http::input::Spoken;
use crate::limits::{self, Limit};
use crate::problem::Problem;
use crate::session::SignedIn;
use crate::{pull, push};

/// `POST push`
pub(crate) async fn push(
    State(app): State<App>,
    address: ClientAddress,
    signed_in: Result<SignedIn, Problem>,
    request: Result<Spoken<PushRequest>, Problem>,
) -> Result<Json<PushResponse>, Problem> {
    let request = request.map(|Spoken(request)| request);
    let signed_in = in_use(&app, &address, signed_in, request.as_ref().map(|request| request.replica)).await?;
    let request = request?;
    let now = app.clock.now();
    let actor = signed_in.staff.actor();
    let asked = Asked::by(actor.staff, "push", now).from(request.replica);
    app.admit(Limit::Push, actor.staff, asked).await?;
    let pushed = push::push(&*app.store, &app.seal, actor, now, &request).await.map_err(Problem::from);
    let written = push::streams(&request).filter(|stream| is_record(*stream));
    app.access_log().note(asked, written, &pushed).await?;
    let papers = push::papers(&request);
    if pushed.is_ok() && !papers.is_empty() {
        // By whoever made it: what was left on a tablet is sent by somebody else.
        let owner = app.store.enrolment(request.replica).await?.map_or(actor.staff, |enrolment| enrolment.staff);
        let made = Asked::by(owner, "paper", now).from(request.replica);
        app.access_log().note_done(made, papers).await?;
    }
    pushed.map(Json)
}

/// `POST pull`: a quiet one reads nobody's record, and leaves no row.
pub(crate) async fn pull(
    State(app): State<App>,
    address: ClientAddress,
    signed_in: Result<SignedIn, Problem>,
    request: Result<Spoken<PullRequest>, Problem>,
) -> Result<Json<PullResponse>, Problem> {
    let request = request.map(|Spoken(request)| request);
    let signed_in = in_use(&app, &address, signed_in, request.as_ref().map(|request| request.replica)).await?;
    let request = request?;
    let now = app.clock.now();
    let actor = signed_in.staff.actor();
    let asked = Asked::by(actor.staff, "pull", now).from(request.replica);
    let pulled = pull::pull(&*app.store, actor, now, &request).await.map_err(Problem::from);
    match &pulled {
        Ok(response) if response.entries.is_empty() => {}
        Ok(response) => {
            let read = response.entries.keys().copied().filter(|stream| is_record(*stream));
            app.access_log().note_done(asked, read).await?;
        }
        Err(_) => app.access_log().note(asked, [], &pulled).await?,
    }
    pulled.map(Json)
}

/// Who is signed in. A device that was taken out of use is told so though nobody is, so that it shuts itself: whoever left
/// does not sign in any more. It is all that its id tells, and nobody guesses an id.
async fn in_use<E>(
    app: &App,
    ClientAddress(address): &ClientAddress,
    signed_in: Result<SignedIn, Problem>,
    replica: Result<ReplicaId, E>,
) -> Result<SignedIn, Problem> {
    match (signed_in, replica) {
        (Err(Problem::SignedOut), Ok(replica)) => {
            limits::admit(&*app.store, &app.seal, Limit::SignedOut, address, app.clock.now()).await?;
            let enrolment = app.store.enrolment(replica).await?;
            let is_revoked = enrolment.is_some_and(|enrolment| enrolment.revoked_at.is_some());
            Err(if is_revoked { Problem::ReplicaRevoked } else { Problem::SignedOut })
        }
        (signed_in, _) => signed_in,
    }
}
