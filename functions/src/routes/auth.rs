//! `auth`: to the council's provider and back, and what the provider tells by itself.
//!
//! `start` and `callback` are the only addresses under `/api` that a browser may open as a page. Neither shows anything:
//! each leads on, to the provider or to a page of the app, whose address then says in `sign-in` what came of it.

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::access_log::Asked;
use crate::app::App;
use crate::auth::{self, LogoutError, Provider, SignInError};
use crate::http::address::ClientAddress;
use crate::http::input::form;
use crate::http::signed_in::{begun_token, cookie, cookie_of_begun, token};
use crate::limits::{self, Limit, LimitError};
use crate::problem::Problem;
use crate::session;

/// In the address of the page that one comes back to: `done`, or why not.
const OUTCOME: &str = "sign-in";
const DONE: &str = "done";

/// Nothing of a sign-in lies in a cache.
const NOT_KEPT: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

#[derive(Default, Deserialize)]
pub(crate) struct StartQuery {
    to: Option<String>,
    fresh: Option<String>,
    invitation: Option<String>,
}

/// `GET auth/start`
pub(crate) async fn start(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    query: Result<Query<StartQuery>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let Query(query) = query.unwrap_or_default();
    let start = auth::Start {
        to: query.to,
        fresh: query.fresh.is_some(),
        invitation: query.invitation,
        browser: begun_token(&headers),
    };
    match begun(&app, &address, &headers, start).await {
        Ok(begun) => {
            let mut response = to(begun.provider.as_str());
            set(&mut response, cookie_of_begun(begun.browser));
            response
        }
        Err(error) => refused(&app, &error).await,
    }
}

async fn begun(
    app: &App,
    address: &ClientAddress,
    headers: &HeaderMap,
    start: auth::Start,
) -> Result<auth::Begun, SignInError> {
    admit(app, address).await?;
    let (provider, origin) = provider(app, headers)?;
    auth::begin(&*app.store, provider, start, &origin, app.clock.now()).await
}

#[derive(Default, Deserialize)]
pub(crate) struct CallbackQuery {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// `GET auth/callback`
pub(crate) async fn callback(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    query: Result<Query<CallbackQuery>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let Query(query) = query.unwrap_or_default();
    let callback = auth::Callback {
        state: query.state,
        code: query.code,
        error: query.error,
        issuer: query.iss,
        browser: begun_token(&headers),
    };
    match finished(&app, &address, &headers, callback).await {
        Ok(finished) => {
            let mut response = to(&with_outcome(&finished.to, DONE));
            set(&mut response, cookie(finished.token));
            response
        }
        // Back, or the same address twice: it has been done already.
        Err(SignInError::NotUnderWay) if is_signed_in(&app, &headers).await => to(&with_outcome("/", DONE)),
        Err(error) => refused(&app, &error).await,
    }
}

/// Nobody makes this server ask the store or the provider as often as they like.
async fn admit(app: &App, ClientAddress(address): &ClientAddress) -> Result<(), LimitError> {
    limits::admit(&*app.store, &app.seal, Limit::SignIn, address, app.clock.now()).await
}

async fn finished(
    app: &App,
    address: &ClientAddress,
    headers: &HeaderMap,
    callback: auth::Callback,
) -> Result<auth::Finished, SignInError> {
    admit(app, address).await?;
    let now = app.clock.now();
    let (provider, origin) = provider(app, headers)?;
    let finished = auth::finish(&*app.store, &app.seal, provider, callback, &origin, now).await?;
    if let Some(before) = token(headers) {
        app.store.delete_session(before.hash()).await?;
    }
    let asked = Asked::by(finished.signed_in.staff.id, "sign_in", now);
    app.access_log().note_done(asked, []).await?;
    Ok(finished)
}

/// `POST auth/back-channel-logout`: it is the token that is trusted, not whoever sends it.
pub(crate) async fn back_channel_logout(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    let token = form(request).await?.remove("logout_token").ok_or(Problem::Malformed)?;
    let provider = app.provider.as_deref().ok_or(Problem::NotFound)?;
    match auth::logout(&*app.store, &app.seal, provider, &token, app.clock.now()).await {
        Ok(ended) => {
            tracing::info!(ended, "signed out by the provider");
            Ok((StatusCode::OK, NOT_KEPT).into_response())
        }
        Err(LogoutError::Store(error)) => Err(error.into()),
        Err(error) => {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            tracing::warn!(%error, cause, "a logout token was refused");
            Err(Problem::Malformed)
        }
    }
}

fn provider<'a>(app: &'a App, headers: &HeaderMap) -> Result<(&'a Provider, String), SignInError> {
    let provider = app.provider.as_deref().ok_or(SignInError::NoProvider)?;
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    Ok((provider, app.origins.own(host).ok_or(SignInError::NoProvider)?))
}

async fn is_signed_in(app: &App, headers: &HeaderMap) -> bool {
    match token(headers) {
        Some(token) => session::signed_in(&*app.store, token, app.clock.now()).await.is_ok(),
        None => false,
    }
}

/// To the sign-in page of the app, which says why in words.
async fn refused(app: &App, error: &SignInError) -> Response {
    let code = error.code();
    let cause = std::error::Error::source(error).map(ToString::to_string);
    tracing::warn!(code, %error, cause, "nobody was signed in");
    let is_noted_already = matches!(error, SignInError::Limited(LimitError::TooMany { first: false }));
    if !is_noted_already {
        // Where it leads to is the same: nobody is signed in.
        if let Err(error) = app.access_log().refused_sign_in(app.clock.now(), code).await {
            tracing::error!(%error, "a refused sign-in could not be noted");
        }
    }
    to(&with_outcome("/", code))
}

/// The page with what came of it in its query, before any fragment.
fn with_outcome(page: &str, outcome: &str) -> String {
    let (path, fragment) =
        page.split_once('#').map_or((page, String::new()), |(path, rest)| (path, format!("#{rest}")));
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}{OUTCOME}={outcome}{fragment}")
}

fn to(address: &str) -> Response {
    let mut response = (StatusCode::SEE_OTHER, NOT_KEPT).into_response();
    if let Ok(address) = HeaderValue::from_str(address) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    response
}

fn set(response: &mut Response, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_one_comes_back_to_keeps_its_query_and_its_fragment() {
        assert_eq!(with_outcome("/", DONE), "/?sign-in=done");
        assert_eq!(with_outcome("/plan?tab=a#b", DONE), "/plan?tab=a&sign-in=done#b");
    }
}
