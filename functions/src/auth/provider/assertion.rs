//! A signature that proves to the provider who asks (RFC 7523), instead of a secret that both know.

use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;
use uuid::Uuid;

use super::ProviderError;

/// What is sent along with it.
pub(super) const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// It holds this long, in seconds.
const HOLDS_SECONDS: i64 = 60;

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    jti: String,
    iat: i64,
    exp: i64,
}

/// Signs that `client` asks `audience` now.
pub(super) fn sign(
    pem: &str,
    id: Option<&str>,
    client: &str,
    audience: &str,
    now: Timestamp,
) -> Result<String, ProviderError> {
    let unusable = |_| ProviderError::ClientRefused("to be asked by this key, which is neither RSA nor P-256 in PEM");
    let rsa = EncodingKey::from_rsa_pem(pem.as_bytes()).map(|key| (Algorithm::RS256, key));
    let (algorithm, key) = rsa
        .or_else(|_| EncodingKey::from_ec_pem(pem.as_bytes()).map(|key| (Algorithm::ES256, key)))
        .map_err(unusable)?;
    let mut header = Header::new(algorithm);
    header.kid = id.map(str::to_owned);
    let iat = now.as_second();
    let jti = Uuid::new_v4().to_string();
    let claims = Claims { iss: client, sub: client, aud: audience, jti, iat, exp: iat + HOLDS_SECONDS };
    jsonwebtoken::encode(&header, &claims, &key).map_err(unusable)
}
