//! Where a request comes from: only to count how often it does. It is kept nowhere as it is.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// The address of a client, as whoever runs the server found it out; empty where nobody did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClientAddress(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<ClientAddress>().cloned().unwrap_or_default())
    }
}
