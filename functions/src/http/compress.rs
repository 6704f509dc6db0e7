//! Gzips the API's replies: neither an HTTP API nor CloudFront does it for uncached ones.
//!
//! An escrow key is never in a reply long enough to be compressed, so its length tells nothing.

use std::io::Write;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::problem::Problem;

/// Shorter replies fit in a packet as they are.
const WORTH_IT_BYTES: usize = 1024;

/// Gzips a reply that is worth it, for a browser that accepts it; the API's replies are kept by nobody.
pub(crate) async fn compress(request: Request, next: Next) -> Response {
    let accepted = accepts_gzip(request.headers());
    let (mut parts, body) = next.run(request).await.into_parts();
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    parts.headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    // Handlers have the whole reply in memory: this never waits.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Problem::StoreUnavailable.into_response();
    };
    if accepted
        && bytes.len() > WORTH_IT_BYTES
        && let Ok(small) = gzip(&bytes)
    {
        parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::from(small));
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::fast());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| accepts(value, "gzip"))
}

/// Whether a header's value names an encoding without ruling it out (`gzip;q=0`).
pub(crate) fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|offer| {
        let mut parts = offer.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        named && !parts.any(|part| matches!(part.replace(' ', "").as_str(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_used_only_where_it_is_offered() {
        assert!(accepts("gzip, deflate, br", "gzip"));
        assert!(accepts("gzip;q=0.5", "gzip"));
        assert!(!accepts("gzip;q=0", "gzip"));
        assert!(!accepts("gzip; q=0.0, br", "gzip"));
        assert!(!accepts("xgzip", "gzip"));
        assert!(!accepts("", "gzip"));
    }
}
