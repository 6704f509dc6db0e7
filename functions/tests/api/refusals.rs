//! Everything that is turned away before it means anything, and what every reply carries.

use axum::body::Body;
use axum::http::{Method, header};
use domain::wire::{MAX_REQUEST_BYTES, PROTOCOL};
use functions::problem::Problem;
use serde_json::json;

use crate::support::client::{Client, ORIGIN};
use crate::support::device::Device;
use crate::support::operations::{registered, voices};
use crate::support::{Server, Who, child};

#[test]
fn problems_never_change_their_words_or_codes() {
    let problems: Vec<_> = Problem::ALL.iter().map(|problem| problem.body()).collect();
    insta::assert_json_snapshot!(problems);
}

#[tokio::test]
async fn what_is_not_there_and_cannot_be_done_is_a_problem_too() {
    let server = Server::start().await;
    let client = Client::signed_in(&server, Who::AssignedWorker).await;
    for path in ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v2/push", "/api/v1/streams/x/entries"]
    {
        let reply = client.get(path).await;
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (404, "not_found"), "{path}");
    }
    let reply = client.get("/api/v1/push").await;
    assert_eq!((reply.status.as_u16(), reply.code().as_str()), (405, "method_not_allowed"));
    let entries = format!("/api/v1/streams/{}/entries?after=minus", child(1));
    assert_eq!(client.get(&entries).await.code(), "malformed");
}

#[tokio::test]
async fn a_body_that_is_no_push_is_malformed() {
    let server = Server::start().await;
    let client = Client::signed_in(&server, Who::AssignedWorker).await;
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let push = |streams| json!({"protocol": PROTOCOL, "build": "x", "replica": uuid::Uuid::nil(), "streams": streams});
    let stream = |name: &str, chain: &str| json!([{"stream": name, "after": 0, "chain": chain, "operations": []}]);
    let zeros = "0".repeat(64);
    let name = child(1).to_string();
    for body in [
        String::new(),
        "{".into(),
        "null".into(),
        "[]".into(),
        "\u{0}".into(),
        nested,
        json!({"protocol": PROTOCOL}).to_string(),
        json!({"protocol": "one"}).to_string(),
        push(json!("none")).to_string(),
        push(stream("pet-1", &zeros)).to_string(),
        push(stream(&name.to_uppercase(), &zeros)).to_string(),
        push(stream(&name, "00")).to_string(),
        push(json!([{"stream": name, "after": -1, "chain": zeros, "operations": []}])).to_string(),
        push(json!([{"stream": name, "after": 0, "chain": zeros, "operations": [{"rseq": 1}]}])).to_string(),
    ] {
        let start: String = body.chars().take(60).collect();
        let reply = client.post_text("/api/v1/push", body).await;
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (400, "malformed"), "{start}");
    }
    let reply = client.post_text("/api/v1/push", vec![0xff, 0xfe]).await;
    assert_eq!(reply.code(), "malformed");
}

#[tokio::test]
async fn another_protocol_is_named_as_such_whatever_else_it_says() {
    let server = Server::start().await;
    let client = Client::signed_in(&server, Who::AssignedWorker).await;
    for path in ["/api/v1/push", "/api/v1/pull"] {
        let reply = client.post(path, &json!({"protocol": PROTOCOL + 1, "streams": {"new": "shape"}})).await;
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (400, "unsupported_protocol"));
    }
}

#[tokio::test]
async fn a_request_over_the_limit_is_told_so_and_one_at_the_limit_is_read() {
    let server = Server::start().await;
    let mut tablet = Device::enrolled(&server, Who::AssignedWorker).await;
    let push = tablet.record(&[registered(child(1))]);
    let mut text = serde_json::to_string(&push).unwrap();
    text.push_str(&" ".repeat(MAX_REQUEST_BYTES - text.len()));
    assert_eq!(tablet.client.post_text("/api/v1/push", text.clone()).await.status, 200);
    for more in [1, MAX_REQUEST_BYTES, 20 * MAX_REQUEST_BYTES] {
        let reply = tablet.client.post_text("/api/v1/push", format!("{text}{}", " ".repeat(more))).await;
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (413, "too_large"), "{more} more");
    }
}

#[tokio::test]
async fn a_body_that_does_not_say_it_is_json_is_not_read() {
    let server = Server::start().await;
    let client = Client::signed_in(&server, Who::AssignedWorker).await;
    for media_type in [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("application/jsonp")] {
        let mut request = client.request(Method::POST, "/api/v1/push");
        if let Some(media_type) = media_type {
            request = request.header(header::CONTENT_TYPE, media_type);
        }
        let reply = client.send(request.body(Body::from("{}")).unwrap()).await;
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (415, "unsupported_media_type"));
    }
}

#[tokio::test]
async fn an_api_address_typed_by_hand_shows_nothing() {
    let server = Server::start().await;
    let client = Client::signed_in(&server, Who::AssignedWorker).await;
    let entries = format!("/api/v1/streams/{}/entries", child(1));
    for path in [
        "/api/v1/session",
        "/api/v1/staff",
        "/api/v1/access",
        "/api/v1/index",
        "/api/v1/health",
        "/api/v1/nothing",
        &entries,
    ] {
        let request = axum::http::Request::get(path)
            .header(header::HOST, "127.0.0.1:8787")
            .header(header::COOKIE, client.cookie.clone().unwrap())
            .header("sec-fetch-mode", "navigate")
            .header("sec-fetch-site", "none");
        let reply = client.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (403, "not_a_page"), "{path}");
    }
}

#[tokio::test]
async fn a_write_from_elsewhere_is_turned_away() {
    let server = Server::start().await;
    let client = Client::signed_in(&server, Who::AssignedWorker).await;
    let reading = format!("/api/v1/streams/{}/reading", child(1));
    let writes = [
        "/api/v1/push",
        "/api/v1/pull",
        "/api/v1/staff",
        "/api/v1/doubles",
        "/api/v1/search",
        "/api/v1/sample",
        &reading,
        "/api/v1/replicas",
        "/api/v1/session/demo",
    ];
    for path in writes {
        let plain = || {
            axum::http::Request::post(path)
                .header(header::HOST, "127.0.0.1:8787")
                .header(header::COOKIE, client.cookie.clone().unwrap())
                .header(header::CONTENT_TYPE, "application/json")
        };
        for request in [
            plain(),
            plain().header(header::ORIGIN, "https://elsewhere.example"),
            plain().header(header::ORIGIN, "null"),
            plain().header(header::ORIGIN, ORIGIN).header("sec-fetch-site", "cross-site"),
            plain().header(header::ORIGIN, ORIGIN).header("sec-fetch-site", "none"),
        ] {
            let reply = client.send(request.body(Body::from("{}")).unwrap()).await;
            assert_eq!((reply.status.as_u16(), reply.code().as_str()), (403, "cross_site"), "{path}");
        }
    }
    let sign_out = axum::http::Request::delete("/api/v1/session")
        .header(header::HOST, "127.0.0.1:8787")
        .header(header::COOKIE, client.cookie.clone().unwrap());
    assert_eq!(client.send(sign_out.body(Body::empty()).unwrap()).await.code(), "cross_site");
    assert_eq!(client.get("/api/v1/session").await.status, 200);
}

#[tokio::test]
async fn a_store_that_fails_is_a_clear_problem_and_tells_nothing_of_itself() {
    let server = Server::start().await;
    let mut tablet = Device::enrolled(&server, Who::AssignedWorker).await;
    server.store.fail();
    let push = tablet.record(&[registered(child(1))]);
    for reply in [
        tablet.send(&push).await,
        tablet.client.get("/api/v1/health").await,
        tablet.client.get("/api/v1/session").await,
        tablet.client.get("/api/v1/index").await,
    ] {
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (503, "store_unavailable"));
        assert_eq!(reply.header("retry-after"), Some("5"));
        assert!(!String::from_utf8_lossy(&reply.body).contains("switched off"));
    }
}

#[tokio::test]
async fn nothing_that_was_sent_is_repeated_in_a_problem() {
    let server = Server::start().await;
    let client = Client::signed_in(&server, Who::AssignedWorker).await;
    let words = "Amira-does-not-like-the-bus";
    for reply in [
        client.post_text("/api/v1/push", format!("{{\"protocol\":1,\"build\":[\"{words}\"]}}")).await,
        client.get(&format!("/api/v1/streams/{words}/entries")).await,
        client.get(&format!("/api/v1/{words}")).await,
    ] {
        assert!(!String::from_utf8_lossy(&reply.body).contains(words));
    }
}

#[tokio::test]
async fn every_reply_of_the_api_is_kept_by_nobody_and_guarded() {
    let server = Server::start().await;
    let client = Client::signed_in(&server, Who::AssignedWorker).await;
    for reply in
        [client.get("/api/v1/health").await, client.get("/api/v1/nothing").await, client.get("/nothing.js").await]
    {
        assert!(
            reply
                .header("content-security-policy")
                .unwrap()
                .starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';")
        );
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(reply.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(reply.header("cross-origin-opener-policy"), Some("same-origin"));
        assert_eq!(reply.header("cross-origin-resource-policy"), Some("same-origin"));
        assert!(reply.header("strict-transport-security").is_some());
        assert!(reply.header("permissions-policy").unwrap().contains("camera=()"));
        assert!(reply.header("x-request-id").is_some());
    }
    assert_eq!(client.get("/api/v1/health").await.header("cache-control"), Some("no-store"));
    assert_eq!(client.get("/api/v1/nothing").await.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn long_replies_are_zipped_where_that_is_accepted() {
    let server = Server::start().await;
    let mut tablet = Device::enrolled(&server, Who::AssignedWorker).await;
    tablet.push(&[registered(child(1))]).await;
    tablet.push(&voices(child(1), 50)).await;
    let path = format!("/api/v1/streams/{}/entries", child(1));
    let plain = tablet.client.get(&path).await;
    assert_eq!(plain.header("content-encoding"), None);
    let ask = |encoding: &str| {
        let request = tablet.client.request(Method::GET, &path).header(header::ACCEPT_ENCODING, encoding);
        request.body(Body::empty()).unwrap()
    };
    let zipped = tablet.client.send(ask("gzip, br")).await;
    assert_eq!(zipped.header("content-encoding"), Some("gzip"));
    assert_eq!(zipped.header("vary"), Some("accept-encoding"));
    assert!(zipped.body.len() * 2 < plain.body.len());
    assert_eq!(zipped.unzipped(), plain.body);
    assert_eq!(tablet.client.send(ask("gzip;q=0")).await.header("content-encoding"), None);
}
