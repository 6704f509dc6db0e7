//! Request bodies: JSON of a bounded length, or a problem.

use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use domain::wire::{MAX_REQUEST_BYTES, PROTOCOL};
use http_body_util::BodyExt;
use openidconnect::url::form_urlencoded;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// A body that is too long is read to its end up to this length and thrown away: a browser that is cut off while it
/// sends never sees the answer.
const DRAINED_BYTES: usize = 8 * MAX_REQUEST_BYTES;

/// A body that decoded.
pub(crate) struct Input<T>(pub(crate) T);

/// A body that names the protocol, and decoded.
pub(crate) struct Spoken<T>(pub(crate) T);

#[derive(Deserialize)]
struct Protocol {
    protocol: u32,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Input<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let bytes = json_bytes(request).await?;
        decode(&bytes).map(Input)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Spoken<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let bytes = json_bytes(request).await?;
        // The protocol first: the rest of a newer one may look otherwise.
        let Protocol { protocol } = decode(&bytes)?;
        if protocol != PROTOCOL {
            return Err(Problem::UnsupportedProtocol);
        }
        decode(&bytes).map(Spoken)
    }
}

fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(bytes).map_err(|_| Problem::Malformed)
}

async fn json_bytes(request: Request) -> Result<Bytes, Problem> {
    if !is_of(request.headers(), "application/json") {
        return Err(Problem::UnsupportedMediaType);
    }
    bounded(request.into_body()).await
}

/// A form, as providers send one: each field once, the last counts.
pub(crate) async fn form(request: Request) -> Result<BTreeMap<String, String>, Problem> {
    if !is_of(request.headers(), "application/x-www-form-urlencoded") {
        return Err(Problem::UnsupportedMediaType);
    }
    let bytes = bounded(request.into_body()).await?;
    Ok(form_urlencoded::parse(&bytes).into_owned().collect())
}

fn is_of(headers: &HeaderMap, kind: &str) -> bool {
    let media_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next());
    media_type.is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case(kind))
}

async fn bounded(mut body: Body) -> Result<Bytes, Problem> {
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Problem::Malformed)?.into_data() else {
            continue;
        };
        length += data.len();
        if length > DRAINED_BYTES {
            break;
        }
        if length <= MAX_REQUEST_BYTES {
            bytes.extend_from_slice(&data);
        }
    }
    if length > MAX_REQUEST_BYTES {
        return Err(Problem::TooLarge);
    }
    Ok(bytes.into())
}
