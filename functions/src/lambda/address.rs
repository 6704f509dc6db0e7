//! Whose request it is that came through CloudFront and the gateway: each adds to `X-Forwarded-For` from whom it has it.

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;

use crate::http::address::ClientAddress;

pub(super) async fn find(mut request: Request, next: Next) -> Response {
    let address = of(request.headers());
    request.extensions_mut().insert(address);
    next.run(request).await
}

/// The last is CloudFront, the one before it the client. Whoever asks the gateway itself can write another there: what is
/// limited by address is then limited by the gateway's own rate alone.
fn of(headers: &HeaderMap) -> ClientAddress {
    let hops: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let client = hops.len().checked_sub(2).map_or(hops.last(), |client| hops.get(client));
    ClientAddress::of(client.copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_is_the_hop_before_cloudfront() {
        for (hops, client) in [
            ("203.0.113.7, 198.51.100.1", "203.0.113.7"),
            ("10.0.0.1, 203.0.113.7,198.51.100.1", "203.0.113.7"),
            ("203.0.113.7", "203.0.113.7"),
        ] {
            let headers = HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), hops.parse().unwrap())]);
            assert_eq!(of(&headers), ClientAddress(client.into()), "{hops}");
        }
        assert_eq!(of(&HeaderMap::new()), ClientAddress::default());
    }
}
