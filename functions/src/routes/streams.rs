//! `index`, `held`, `doubles` and `streams/{id}/entries`: lists, and one record page by page.

use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use domain::id::StreamId;
use domain::wire::{DoublesRequest, DoublesResponse, EntriesResponse, HeldResponse, IndexResponse};
use serde::Deserialize;

use crate::access_log::Asked;
use crate::app::App;
use crate::http::input::Input;
use crate::limits::Limit;
use crate::problem::Problem;
use crate::session::SignedIn;
use crate::{doubles, held, listing, pull};

/// A reason is kept up to this many characters.
const REASON_CHARACTERS: usize = 500;

/// What may follow `?`.
#[derive(Deserialize)]
pub(crate) struct Page {
    #[serde(default)]
    after: u64,
    reason: Option<String>,
}

/// `GET index`
pub(crate) async fn index(State(app): State<App>, signed_in: SignedIn) -> Result<Json<IndexResponse>, Problem> {
    let now = app.clock.now();
    let actor = signed_in.staff.actor();
    let asked = Asked::by(actor.staff, "index", now);
    let rows = listing::list(&*app.store, actor, now).await?;
    app.access_log().note_done(asked, []).await?;
    Ok(Json(IndexResponse { time: now, rows }))
}

/// `GET held`
pub(crate) async fn held(State(app): State<App>, signed_in: SignedIn) -> Result<Json<HeldResponse>, Problem> {
    let now = app.clock.now();
    let author = signed_in.staff.id;
    let asked = Asked::by(author, "held", now);
    let held = held::of_author(&*app.store, &app.seal, author).await?;
    app.access_log().note_done(asked, []).await?;
    Ok(Json(HeldResponse { time: now, held }))
}

/// `POST doubles`: who was told of is in the access log, by record.
pub(crate) async fn doubles(
    State(app): State<App>,
    signed_in: SignedIn,
    Input(request): Input<DoublesRequest>,
) -> Result<Json<DoublesResponse>, Problem> {
    let now = app.clock.now();
    let actor = signed_in.staff.actor();
    let asked = Asked::by(actor.staff, "doubles", now);
    app.admit(Limit::Search, actor.staff, asked).await?;
    let found = doubles::doubles(&*app.store, &app.seal, actor, now, &request).await.map_err(Problem::from);
    let streams = found.as_ref().map(|found| found.streams.clone()).unwrap_or_default();
    app.access_log().note(asked, streams, None, &found).await?;
    found.map(|found| Json(DoublesResponse { time: now, alike: found.alike }))
}

/// `GET streams/{id}/entries?after=&reason=`
pub(crate) async fn entries(
    State(app): State<App>,
    signed_in: SignedIn,
    stream: Result<Path<StreamId>, PathRejection>,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<EntriesResponse>, Problem> {
    let Ok(Path(stream)) = stream else {
        return Err(Problem::NotFound);
    };
    let Ok(Query(page)) = page else {
        return Err(Problem::Malformed);
    };
    let actor = signed_in.staff.actor();
    let now = app.clock.now();
    let asked = Asked::by(actor.staff, "entries", now);
    let reason: Option<String> = page.reason.map(|reason| reason.chars().take(REASON_CHARACTERS).collect());
    let read = pull::read(&*app.store, actor, now, stream, page.after, reason.as_deref()).await.map_err(Problem::from);
    app.access_log().note(asked, [stream], reason.as_deref(), &read).await?;
    read.map(Json)
}
