//! The session cookie, and the extractor that turns it into a member of staff.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};

use crate::app::App;
use crate::problem::Problem;
use crate::session::{self, ABSOLUTE_LIMIT, SignedIn, Token};

/// `__Host-` binds the cookie to this host, to TLS and to the whole path.
const COOKIE: &str = "__Host-heard";
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
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .and_then(|(_, value)| Token::read(value))
}

/// The cookie that carries a token.
pub(crate) fn cookie(token: Token) -> Option<HeaderValue> {
    let seconds = ABSOLUTE_LIMIT.as_secs();
    format!("{COOKIE}={}; Max-Age={seconds}; {ATTRIBUTES}", token.write()).parse().ok()
}

/// The cookie that takes the token away.
pub(crate) fn no_cookie() -> Option<HeaderValue> {
    format!("{COOKIE}=; Max-Age=0; {ATTRIBUTES}").parse().ok()
}
