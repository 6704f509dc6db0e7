//! A browser: it sends what browsers send, and keeps one cookie.

use std::io::Read;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use domain::wire::Problem;
use functions::session::{self, Proof};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tower::ServiceExt;

use super::{Server, Who};

pub(crate) const HOST: &str = "127.0.0.1:8787";
pub(crate) const ORIGIN: &str = "http://127.0.0.1:8787";

/// A browser in which somebody is signed in, or nobody.
#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) server: Server,
    pub(crate) cookie: Option<String>,
}

impl Client {
    pub(crate) fn anonymous(server: &Server) -> Client {
        Client { server: server.clone(), cookie: None }
    }

    pub(crate) async fn signed_in(server: &Server, who: Who) -> Client {
        let now = server.now();
        let (token, _) = session::begin(&*server.store, who.staff().id, Proof::now(now), now).await.unwrap();
        Client { server: server.clone(), cookie: Some(format!("__Host-heard={}", token.write())) }
    }

    /// Takes a cookie that came with a reply, instead of one of the same name.
    pub(crate) fn keep(&mut self, set: &str) {
        let pair = set.split(';').next().unwrap();
        let (name, _) = pair.split_once('=').unwrap();
        let kept = self.cookie.take().unwrap_or_default();
        let others = kept.split("; ").filter(|it| !it.is_empty() && it.split_once('=').unwrap().0 != name);
        self.cookie = Some(others.chain([pair]).collect::<Vec<_>>().join("; "));
    }

    /// A request as our page makes it; to be changed at will.
    pub(crate) fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, HOST)
            .header(header::ORIGIN, ORIGIN)
            .header("sec-fetch-site", "same-origin")
            .header("sec-fetch-mode", "cors");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, format!("theme=calm; {cookie}"));
        }
        request
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.server.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Reply { status: parts.status, headers: parts.headers, body: to_bytes(body, usize::MAX).await.unwrap() }
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.send(self.request(Method::DELETE, path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &impl Serialize) -> Reply {
        self.post_text(path, serde_json::to_string(body).unwrap()).await
    }

    pub(crate) async fn post_text(&self, path: &str, body: impl Into<Body>) -> Reply {
        let request = self.request(Method::POST, path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(body.into()).unwrap()).await
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    #[track_caller]
    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, StatusCode::OK, "{}", String::from_utf8_lossy(&self.body));
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The code of a problem, whose form is checked on the way.
    #[track_caller]
    pub(crate) fn code(&self) -> String {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        let problem: Problem = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem.status, self.status.as_u16());
        problem.code
    }

    pub(crate) fn unzipped(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(&self.body[..]).read_to_end(&mut bytes).unwrap();
        bytes
    }
}
