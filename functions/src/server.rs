//! The routers of both runners: the API under `/api/v1`, and on one machine the app's files beside it.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use axum::response::Response;

use crate::app::App;
use crate::http::address::ClientAddress;
use crate::http::{compress, guard, headers, trace};
use crate::routes;
use crate::static_files::{self, StaticFiles};

/// The whole server, for one machine. Layers run from the last to the first: headers and the log line are on every reply.
pub fn router(app: App, files: StaticFiles) -> Router {
    let files = Router::new().fallback(static_files::serve).layer(axum::Extension(Arc::new(files)));
    // Where there is a provider, nobody comes in without it.
    let api = if app.provider.is_some() { routes::api() } else { routes::api_with_demonstration() };
    on_every_reply(nested(api, &app).merge(files), app).layer(from_fn(of_connection))
}

/// On one machine whoever is connected is the client.
async fn of_connection(mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_string());
    request.extensions_mut().insert(ClientAddress::of(&peer.unwrap_or_default()));
    next.run(request).await
}

/// The API alone, for the cloud: files are delivered without us, and nobody signs in without a password.
pub fn cloud_router(app: App) -> Router {
    on_every_reply(nested(routes::api(), &app).fallback(routes::not_found), app)
}

fn nested(api: Router<App>, app: &App) -> Router<App> {
    let api = api.layer(from_fn_with_state(app.clone(), guard::guard)).layer(from_fn(compress::compress));
    Router::new().nest("/api", api).merge(routes::api_for_others())
}

fn on_every_reply(router: Router<App>, app: App) -> Router {
    router.layer(from_fn(trace::trace)).layer(map_response(headers::always)).with_state(app)
}
