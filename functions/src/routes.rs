//! The API: extract, authorise, call, respond. What is decided is decided in the modules these call.

mod access;
mod auth;
mod replicas;
mod session;
mod staff;
mod streams;
mod sync;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use axum::{Json, Router};

use crate::app::App;
use crate::problem::Problem;

/// Everything under `/api`.
pub(crate) fn api() -> Router<App> {
    under_api(v1())
}

/// The same, and the sign-in to a demonstration.
pub(crate) fn api_with_demonstration() -> Router<App> {
    let demonstration = Router::new().route("/session/demo", get(session::demo_cast).post(session::demo_sign_in));
    under_api(v1().merge(demonstration))
}

/// What a browser opens as a page, and what the provider sends: no request of the app.
pub(crate) fn api_for_others() -> Router<App> {
    Router::new()
        .route("/api/v1/auth/start", get(auth::start))
        .route("/api/v1/auth/callback", get(auth::callback))
        .route("/api/v1/auth/back-channel-logout", post(auth::back_channel_logout))
        .method_not_allowed_fallback(method_not_allowed)
}

fn under_api(v1: Router<App>) -> Router<App> {
    Router::new()
        .nest("/v1", v1.fallback(not_found).method_not_allowed_fallback(method_not_allowed))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
}

/// What is not there, under `/api` or anywhere else.
pub(crate) async fn not_found() -> Problem {
    Problem::NotFound
}

fn v1() -> Router<App> {
    Router::new()
        .route("/health", get(health))
        .route("/session", get(session::show).delete(session::sign_out))
        .route("/replicas", post(replicas::enrol))
        .route("/vaults/{id}/escrow", post(replicas::escrow))
        .route("/push", post(sync::push))
        .route("/pull", post(sync::pull))
        .route("/staff", get(staff::everybody).post(staff::invite))
        .route("/staff/{id}", post(staff::change))
        .route("/staff/{id}/devices", get(staff::devices))
        .route("/staff/{id}/devices/{replica}", delete(staff::revoke))
        .route("/staff/{id}/sessions/{session}", delete(staff::end_session))
        .route("/teams/{id}", post(staff::rename_team))
        .route("/access", get(access::read))
        .route("/index", get(streams::index))
        .route("/held", get(streams::held))
        .route("/doubles", post(streams::doubles))
        .route("/search", post(streams::search))
        .route("/sample", post(streams::sample))
        .route("/streams/{id}/entries", get(streams::entries))
        .route("/streams/{id}/reading", post(streams::reading))
}

async fn health(State(app): State<App>) -> Result<Response, Problem> {
    app.store.ping().await?;
    Ok(Json(serde_json::json!({ "status": "ok", "time": app.clock.now() })).into_response())
}

async fn method_not_allowed() -> Problem {
    Problem::MethodNotAllowed
}
