//! Requests that the app itself cannot have made are turned away before anything looks at them.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::origins::Origins;
use crate::problem::Problem;

/// Refuses page navigations to the API (a child who types an address sees nothing), and writes from elsewhere.
pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    match check(&app.origins, request.method(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

fn check(origins: &Origins, method: &Method, headers: &HeaderMap) -> Result<(), Problem> {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let fetch = |name| text(&HeaderName::from_static(name));
    if fetch("sec-fetch-mode").is_some_and(|mode| mode == "navigate") {
        return Err(Problem::NotAPage);
    }
    if method.is_safe() {
        return Ok(());
    }
    let from_us = text(&header::ORIGIN).is_some_and(|origin| origins.allow(origin, text(&header::HOST)));
    let same_origin = fetch("sec-fetch-site").is_none_or(|site| site == "same-origin");
    if from_us && same_origin { Ok(()) } else { Err(Problem::CrossSite) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(origins: &Origins, headers: &[(&'static str, &'static str)]) -> Result<(), Problem> {
        let headers =
            headers.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect();
        check(origins, &Method::POST, &headers)
    }

    #[test]
    fn a_write_comes_from_the_page_that_this_server_served() {
        let here = [("host", "127.0.0.1:8787"), ("origin", "http://127.0.0.1:8787")];
        assert_eq!(write(&Origins::Loopback, &here), Ok(()));
        let wrong: [&[(&str, &str)]; 6] = [
            &[("host", "127.0.0.1:8787")],
            &[("origin", "http://127.0.0.1:8787")],
            &[("host", "127.0.0.1:8787"), ("origin", "http://127.0.0.1:9999")],
            &[("host", "127.0.0.1:8787"), ("origin", "null")],
            &[("host", "evil.example"), ("origin", "http://evil.example")],
            &[here[0], here[1], ("sec-fetch-site", "same-site")],
        ];
        for headers in wrong {
            assert_eq!(write(&Origins::Loopback, headers), Err(Problem::CrossSite), "{headers:?}");
        }
    }

    #[test]
    fn in_the_cloud_one_origin_counts_and_the_host_does_not() {
        let origins = Origins::Only("https://heard.example".into());
        assert_eq!(write(&origins, &[("origin", "https://heard.example"), ("host", "x.lambda")]), Ok(()));
        assert_eq!(write(&origins, &[("origin", "http://heard.example")]), Err(Problem::CrossSite));
    }
}
