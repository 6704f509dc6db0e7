//! Where a request comes from: only to count how often it does. It is kept nowhere as it is.

use std::convert::Infallible;
use std::net::IpAddr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// The address of a client, as whoever runs the server found it out; empty where nobody did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClientAddress(pub(crate) String);

impl ClientAddress {
    /// Of IPv6 the first half, which is one household's or one company's.
    pub(crate) fn of(text: &str) -> ClientAddress {
        match text.parse::<IpAddr>() {
            Ok(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                ClientAddress(format!("{a:x}:{b:x}:{c:x}:{d:x}"))
            }
            Ok(IpAddr::V4(address)) => ClientAddress(address.to_string()),
            Err(_) => ClientAddress(text.to_owned()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<ClientAddress>().cloned().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_house_are_one() {
        assert_eq!(ClientAddress::of("2001:db8:1:2::7"), ClientAddress::of("2001:db8:1:2:aaaa::9"));
        assert_ne!(ClientAddress::of("2001:db8:1:2::7"), ClientAddress::of("2001:db8:1:3::7"));
        assert_ne!(ClientAddress::of("203.0.113.7"), ClientAddress::of("203.0.113.8"));
    }
}
