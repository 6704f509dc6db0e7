//! The session cookie, and the extractor that turns it into a member of staff.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use jiff::SignedDuration;

use crate::app::App;
use crate::auth::SIGN_IN_LASTS;
use crate::problem::Problem;
use crate::session::{self, ABSOLUTE_LIMIT, SignedIn, Token};

/// `__Host-` binds the cookie to this host, to TLS and to the whole path.
const COOKIE: &str = "__Host-heard";
/// What a browser holds that has begun to sign in.
const BEGUN: &str = "__Host-heard-sign-in";
const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Lax";

impl FromRequestParts<App> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = token(&parts.headers).ok_or(Problem::SignedOut)?;
        let signed_in = session::signed_in(&*app.store, token, app.clock.now()).await?;
        Ok(signed_in)
    }
}

/// The token a browser sent along, if it is one.
pub(crate) fn token(headers: &HeaderMap) -> Option<Token> {
    find(headers, COOKIE)
}

/// What a browser got when it began to sign in.
pub(crate) fn begun_token(headers: &HeaderMap) -> Option<Token> {
    find(headers, BEGUN)
}

fn find(headers: &HeaderMap, cookie: &str) -> Option<Token> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == cookie)
        .and_then(|(_, value)| Token::read(value))
}

/// The cookie that carries a token.
pub(crate) fn cookie(token: Token) -> Option<HeaderValue> {
    set(COOKIE, &token.write(), ABSOLUTE_LIMIT)
}

/// The cookie that takes the token away.
pub(crate) fn no_cookie() -> Option<HeaderValue> {
    set(COOKIE, "", SignedDuration::ZERO)
}

/// The cookie of a browser that begins to sign in. It comes along when the provider sends the browser back: `Lax` is for that.
pub(crate) fn cookie_of_begun(token: Token) -> Option<HeaderValue> {
    set(BEGUN, &token.write(), SIGN_IN_LASTS)
}

fn set(name: &str, value: &str, lasts: SignedDuration) -> Option<HeaderValue> {
    format!("{name}={value}; Max-Age={}; {ATTRIBUTES}", lasts.as_secs()).parse().ok()
}
