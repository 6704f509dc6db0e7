//! One line a request: its id, the route's template, the status, the time it took. Never a name, a body or a query.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use uuid::Uuid;

use crate::problem::Problem;

/// Logs a request when it is answered, and puts its id on the reply.
pub(crate) async fn trace(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = Uuid::new_v4().to_string();
    let method = request.method().clone();
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "file".to_owned(), |path| path.as_str().to_owned());
    // What is logged on the way, above all why a store failed, carries the id too.
    let mut response = next.run(request).instrument(tracing::info_span!("request", id)).await;
    let code = response.extensions().get::<Problem>().map(|problem| problem.code());
    let micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    tracing::info!(
        request = id,
        %method,
        route,
        status = response.status().as_u16(),
        code,
        micros,
        "answered"
    );
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), id);
    }
    response
}
