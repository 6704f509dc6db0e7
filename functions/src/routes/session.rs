//! `session`: who is signed in, signing out, and signing in to a demonstration.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use domain::wire::{DemoResponse, DemoSignInRequest, SessionResponse, SignOutResponse};
use jiff::Timestamp;

use crate::access_log::Asked;
use crate::app::App;
use crate::http::address::ClientAddress;
use crate::http::input::Input;
use crate::http::signed_in::{cookie, no_cookie, token};
use crate::limits::{self, Limit};
use crate::problem::Problem;
use crate::session::{self, SignedIn};
use crate::store::StoreError;

/// `GET session`
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn) -> Result<Json<SessionResponse>, Problem> {
    Ok(Json(response(&app, signed_in, app.clock.now()).await?))
}

/// `DELETE session`: also when it has ended already. Where the provider has a page that ends its own session, the reply
/// says so.
pub(crate) async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    if let Some(token) = token(&headers) {
        app.store.delete_session(token.hash()).await?;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let provider = match (&app.provider, app.origins.own(host)) {
        (Some(provider), Some(origin)) => provider.end_session(&origin).await,
        _ => None,
    };
    let mut response = Json(SignOutResponse { provider: provider.map(String::from) }).into_response();
    if let Some(cookie) = no_cookie() {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// `GET session/demo`
pub(crate) async fn demo_cast(State(app): State<App>) -> Result<Json<DemoResponse>, Problem> {
    let staff = session::demo_cast(&*app.store).await?;
    Ok(Json(DemoResponse { staff }))
}

/// `POST session/demo`: a new token each time; the one before is forgotten.
pub(crate) async fn demo_sign_in(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Input(request): Input<DemoSignInRequest>,
) -> Result<Response, Problem> {
    let now = app.clock.now();
    limits::admit(&*app.store, &app.seal, Limit::SignIn, &address, now).await?;
    let (new, signed_in) = session::demo_sign_in(&*app.store, request.staff, now).await?;
    if let Some(before) = token(&headers) {
        app.store.delete_session(before.hash()).await?;
    }
    let asked = Asked::by(signed_in.staff.id, "sign_in", now);
    app.access_log().note_done(asked, []).await?;
    let mut response = Json(response(&app, signed_in, now).await?).into_response();
    if let Some(cookie) = cookie(new) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Everybody is a colleague: allocations and voices cross teams, and a council's staff is no secret among them.
async fn response(app: &App, signed_in: SignedIn, now: Timestamp) -> Result<SessionResponse, StoreError> {
    Ok(SessionResponse {
        time: now,
        staff: signed_in.staff,
        colleagues: app.store.everybody().await?,
        signed_in_at: signed_in.session.created_at,
    })
}
