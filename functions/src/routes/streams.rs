//! `index`, `held`, `doubles`, `search`, `streams/{id}/entries` and `streams/{id}/reading`: lists, and one record page by page.

use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use domain::id::StreamId;
use domain::wire::{
    DoublesRequest, DoublesResponse, EntriesResponse, HeldResponse, IndexResponse, ReadingRequest, SampleRequest,
    SampleResponse, SearchRequest, SearchResponse,
};
use serde::Deserialize;

use crate::access_log::{Asked, Why};
use crate::app::App;
use crate::http::input::Input;
use crate::limits::Limit;
use crate::problem::Problem;
use crate::session::SignedIn;
use crate::{doubles, finding, held, listing, pull, reading, sampling};

/// A reason is kept up to this many characters.
const REASON_CHARACTERS: usize = 500;

/// What may follow `?`.
#[derive(Deserialize)]
pub(crate) struct Page {
    #[serde(default)]
    after: u64,
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
    app.access_log().note(asked, streams, &found).await?;
    found.map(|found| Json(DoublesResponse { time: now, alike: found.alike }))
}

/// `POST search`: who was found is in the access log, by record.
pub(crate) async fn search(
    State(app): State<App>,
    signed_in: SignedIn,
    Input(request): Input<SearchRequest>,
) -> Result<Json<SearchResponse>, Problem> {
    let now = app.clock.now();
    let actor = signed_in.staff.actor();
    let asked = Asked::by(actor.staff, "search", now);
    app.admit(Limit::Search, actor.staff, asked).await?;
    let found = finding::find(&*app.store, &app.seal, actor, &request).await.map_err(Problem::from);
    let streams: Vec<StreamId> = found.iter().flat_map(|found| &found.children).map(|child| child.stream).collect();
    app.access_log().note(asked, streams, &found).await?;
    found.map(|found| Json(SearchResponse { time: now, found: found.children, more: found.more }))
}

/// `POST sample`: who was drawn is in the access log, by record.
pub(crate) async fn sample(
    State(app): State<App>,
    signed_in: SignedIn,
    Input(request): Input<SampleRequest>,
) -> Result<Json<SampleResponse>, Problem> {
    let now = app.clock.now();
    let actor = signed_in.staff.actor();
    let asked = Asked::by(actor.staff, "sample", now);
    app.admit(Limit::Search, actor.staff, asked).await?;
    let drawn = sampling::draw(&*app.store, actor, &request).await.map_err(Problem::from);
    let streams: Vec<StreamId> = drawn.iter().flat_map(|drawn| &drawn.children).map(|one| one.child.stream).collect();
    app.access_log().note(asked, streams, &drawn).await?;
    drawn.map(|drawn| Json(SampleResponse { time: now, children: drawn.children, of: drawn.of }))
}

/// `GET streams/{id}/entries?after=`
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
    let read = pull::read(&*app.store, actor, now, stream, page.after, None).await.map_err(Problem::from);
    app.access_log().note(asked, [stream], &read).await?;
    read.map(Json)
}

/// `POST streams/{id}/reading`: with a reason, which is no part of the address. The record's team is notified, once for the
/// pages of one reading.
pub(crate) async fn reading(
    State(app): State<App>,
    signed_in: SignedIn,
    stream: Result<Path<StreamId>, PathRejection>,
    Input(request): Input<ReadingRequest>,
) -> Result<Json<EntriesResponse>, Problem> {
    let Ok(Path(stream)) = stream else {
        return Err(Problem::NotFound);
    };
    let actor = signed_in.staff.actor();
    let now = app.clock.now();
    let asked = Asked::by(actor.staff, "reading", now);
    app.admit(Limit::Reading, actor.staff, asked).await?;
    let reason: String = domain::text::trimmed(&request.reason).chars().take(REASON_CHARACTERS).collect();
    let read = reading::read(&*app.store, actor, now, stream, request.after, &reason).await.map_err(Problem::from);
    let notified = read.as_ref().map(|read| read.notified.clone()).unwrap_or_default();
    let why = Why { notified, ..Why::of(&reason) };
    app.access_log().note_why(asked, [stream], why, &read).await?;
    read.map(|read| Json(read.page))
}
