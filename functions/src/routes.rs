//! The API: extract, authorise, call, respond. What is decided is decided in the modules these call.

mod replicas;
mod session;
mod streams;
mod sync;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};

use crate::problem::Problem;
use crate::server::App;

/// Everything under `/api`.
pub(crate) fn api() -> Router<App> {
    Router::new().nest("/v1", v1()).fallback(not_found).method_not_allowed_fallback(method_not_allowed)
}

fn v1() -> Router<App> {
    Router::new()
        .route("/health", get(health))
        .route("/session", get(session::show).delete(session::sign_out))
        .route("/session/demo", get(session::demo_cast).post(session::demo_sign_in))
        .route("/replicas", post(replicas::enrol))
        .route("/vaults/{id}/escrow", post(replicas::escrow))
        .route("/push", post(sync::push))
        .route("/pull", post(sync::pull))
        .route("/index", get(streams::index))
        .route("/streams/{id}/entries", get(streams::entries))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
}

async fn health(State(app): State<App>) -> Result<Response, Problem> {
    app.store.ping().await?;
    Ok(Json(serde_json::json!({ "status": "ok", "time": app.clock.now() })).into_response())
}

async fn not_found() -> Problem {
    Problem::NotFound
}

async fn method_not_allowed() -> Problem {
    Problem::MethodNotAllowed
}
