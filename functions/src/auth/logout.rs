//! The provider says that somebody is signed out there (OpenID Connect Back-Channel Logout 1.0): they are here too.

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::provider::{Provider, ProviderError, SKEW};
use crate::seal::Seal;
use crate::store::{Store, StoreError};

/// A logout token is sent at once. An older one is somebody's who kept it.
const OLDEST: SignedDuration = SignedDuration::from_mins(5);
/// What makes a token one of these.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
const KINDS: [&str; 2] = ["logout+jwt", "JWT"];
const ALGORITHMS: [Algorithm; 8] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
];

/// Why nobody was signed out.
#[derive(Debug, thiserror::Error)]
pub enum LogoutError {
    /// The token does not hold.
    #[error("the logout token does not hold: {0}")]
    NotTrusted(&'static str),
    /// The provider's keys cannot be had.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[derive(Deserialize)]
struct Claims {
    iat: i64,
    exp: Option<i64>,
    /// Its name: a token without one is none.
    #[serde(rename = "jti")]
    _name: String,
    sid: Option<String>,
    nonce: Option<Value>,
    events: Map<String, Value>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

/// Ends the sessions that a logout token is about, and says how many there were.
///
/// # Errors
/// [`LogoutError`] says why not.
pub async fn logout(
    store: &dyn Store,
    seal: &Seal,
    provider: &Provider,
    token: &str,
    now: Timestamp,
) -> Result<usize, LogoutError> {
    let claims = verified(provider, token, now).await?;
    let issued_at = Timestamp::from_second(claims.iat).map_err(|_| LogoutError::NotTrusted("its time is no time"))?;
    let settings = provider.settings();
    let subject = claims.other.get(settings.subject()).and_then(Value::as_str);
    let subject = subject.ok_or(LogoutError::NotTrusted("it names no account"))?;
    let Some(staff) = store.staff_of(seal.identity(settings.issuer(), subject)).await? else {
        return Ok(0);
    };
    let at_the_provider = claims.sid.map(|id| seal.provider_session(settings.issuer(), &id));
    let mut ended = 0;
    for (token, session) in store.sessions_of(staff).await? {
        let meant = at_the_provider.is_none_or(|meant| session.provider_session == Some(meant));
        // A session that began since is none of those that ended there, though the token comes twice.
        if meant && session.created_at < issued_at + SKEW {
            store.delete_session(token).await?;
            ended += 1;
        }
    }
    Ok(ended)
}

async fn verified(provider: &Provider, token: &str, now: Timestamp) -> Result<Claims, LogoutError> {
    let refused = LogoutError::NotTrusted;
    let header = jsonwebtoken::decode_header(token).map_err(|_| refused("it cannot be read"))?;
    if header.typ.as_deref().is_some_and(|kind| !KINDS.iter().any(|known| known.eq_ignore_ascii_case(kind))) {
        return Err(refused("it is of another kind"));
    }
    if !ALGORITHMS.contains(&header.alg) {
        return Err(refused("it is signed otherwise"));
    }
    let mut validation = Validation::new(header.alg);
    // The times are held against our clock, below.
    validation.validate_exp = false;
    validation.set_required_spec_claims(&["iss", "aud"]);
    validation.set_issuer(&[provider.settings().issuer()]);
    validation.set_audience(&[provider.settings().client()]);
    let keys: Vec<DecodingKey> = provider.logout_keys(header.kid.as_deref(), now).await?;
    let claims = keys.iter().find_map(|key| jsonwebtoken::decode::<Claims>(token, key, &validation).ok());
    let claims = claims.ok_or(refused("its signature, issuer or audience does not hold"))?.claims;
    let second = now.as_second();
    let young = (claims.iat - SKEW.as_secs()..=claims.iat + OLDEST.as_secs()).contains(&second);
    if !young || claims.exp.is_some_and(|ends| second >= ends + SKEW.as_secs()) {
        return Err(refused("it is not of now"));
    }
    if !claims.events.contains_key(EVENT) || claims.nonce.is_some() {
        return Err(refused("it is another token"));
    }
    Ok(claims)
}
