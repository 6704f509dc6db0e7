//! What goes in by an event and comes out of it.

use std::io::{Read, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::id::{ReplicaId, VaultId};
use domain::wire::{EnrolRequest, PROTOCOL};
use functions::lambda::StartError;
use functions::store::dynamodb::ConnectError;
use functions::store::{Meta, Store, StoreError};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Function, ORIGIN, endpoint, event, sade, started};

fn enrolment() -> String {
    let request =
        EnrolRequest { replica: ReplicaId(Uuid::from_u128(4)), vault: VaultId(Uuid::from_u128(5)), replaces: None };
    serde_json::to_string(&request).unwrap()
}

fn with_body(mut event: Value, body: &[u8]) -> Value {
    event["body"] = STANDARD.encode(body).into();
    event["isBase64Encoded"] = true.into();
    event
}

fn header<'a>(reply: &'a Value, name: &str) -> Option<&'a str> {
    reply["headers"][name].as_str()
}

fn body(reply: &Value) -> Value {
    serde_json::from_str(reply["body"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn cookies_come_in_by_their_array_and_a_session_is_found() {
    let function = Function::start().await;
    let reply = function.invoke(event("GET", "/api/v1/session", &function.cookie().await)).await;
    assert_eq!((reply["statusCode"].as_u64(), &reply["isBase64Encoded"]), (Some(200), &json!(false)));
    assert_eq!(body(&reply)["staff"]["name"], sade().name);
    assert_eq!(header(&reply, "cache-control"), Some("no-store"));
    assert_eq!(header(&reply, "x-content-type-options"), Some("nosniff"));
    let nobody = function.invoke(event("GET", "/api/v1/session", "other=1")).await;
    assert_eq!((nobody["statusCode"].as_u64(), &body(&nobody)["code"]), (Some(401), &json!("signed_out")));
    assert_eq!(header(&nobody, "content-type"), Some("application/problem+json"));
}

#[tokio::test]
async fn cookies_go_out_by_their_array() {
    let function = Function::start().await;
    let reply = function.invoke(event("DELETE", "/api/v1/session", &function.cookie().await)).await;
    assert_eq!(reply["statusCode"], 200);
    let cookies = reply["cookies"].as_array().unwrap();
    assert_eq!(cookies.len(), 1);
    assert!(cookies[0].as_str().unwrap().starts_with("__Host-heard=; Max-Age=0; Path=/; Secure; HttpOnly"));
    assert_eq!(header(&reply, "set-cookie"), None);
}

#[tokio::test]
async fn a_body_arrives_in_base64_or_as_it_is() {
    let function = Function::start().await;
    let cookie = function.cookie().await;
    let post = event("POST", "/api/v1/replicas", &cookie);
    let encoded = function.invoke(with_body(post.clone(), enrolment().as_bytes())).await;
    assert_eq!(encoded["statusCode"], 200, "{encoded}");
    let mut plain = post;
    plain["body"] = enrolment().into();
    assert_eq!(function.invoke(plain).await["statusCode"], 200);
    assert!(function.store.enrolment(ReplicaId(Uuid::from_u128(4))).await.unwrap().is_some());
}

#[tokio::test]
async fn a_body_in_gzip_is_no_json_and_is_told_so() {
    let function = Function::start().await;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(enrolment().as_bytes()).unwrap();
    let mut post = event("POST", "/api/v1/replicas", &function.cookie().await);
    post["headers"]["content-encoding"] = "gzip".into();
    let reply = function.invoke(with_body(post, &encoder.finish().unwrap())).await;
    assert_eq!((reply["statusCode"].as_u64(), &body(&reply)["code"]), (Some(400), &json!("malformed")));
}

#[tokio::test]
async fn a_long_reply_is_gzipped_and_so_in_base64() {
    let function = Function::start().await;
    for id in 10..60 {
        let mut colleague = sade();
        colleague.id = domain::id::StaffId(Uuid::from_u128(id));
        function.store.put_staff(&colleague).await.unwrap();
    }
    let cookie = function.cookie().await;
    let reply = function.invoke(event("GET", "/api/v1/session", &cookie)).await;
    assert_eq!((header(&reply, "content-encoding"), &reply["isBase64Encoded"]), (Some("gzip"), &json!(true)));
    let packed = STANDARD.decode(reply["body"].as_str().unwrap()).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(&packed[..]).read_to_string(&mut text).unwrap();
    let whole: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(whole["colleagues"].as_array().unwrap().len(), 51);
    let mut plain = event("GET", "/api/v1/session", &cookie);
    plain["headers"]["accept-encoding"] = "br".into();
    let reply = function.invoke(plain).await;
    assert_eq!((header(&reply, "content-encoding"), &reply["isBase64Encoded"]), (None, &json!(false)));
}

#[tokio::test]
async fn there_is_no_demo_sign_in_and_no_file_whatever_the_store_says() {
    let function = Function::start().await;
    function.store.put_meta(Meta::Demo, "yes".into()).await.unwrap();
    let sign_in = json!({ "staff": sade().id }).to_string();
    for event in [
        event("GET", "/api/v1/session/demo", "a=b"),
        with_body(event("POST", "/api/v1/session/demo", "a=b"), sign_in.as_bytes()),
        event("GET", "/index.html", "a=b"),
        event("GET", "/", "a=b"),
    ] {
        let reply = function.invoke(event).await;
        assert_eq!((reply["statusCode"].as_u64(), &body(&reply)["code"]), (Some(404), &json!("not_found")));
    }
}

#[tokio::test]
async fn a_write_from_another_origin_is_refused_whatever_host_was_asked() {
    let function = Function::start().await;
    let mut foreign = event("DELETE", "/api/v1/session", &function.cookie().await);
    foreign["headers"]["origin"] = "https://abc123.execute-api.eu-west-2.amazonaws.com".into();
    let reply = function.invoke(foreign).await;
    assert_eq!((reply["statusCode"].as_u64(), &body(&reply)["code"]), (Some(403), &json!("cross_site")));
}

#[tokio::test]
async fn each_request_leaves_one_line_of_numbers_and_nobodys_name() {
    let function = Function::start().await;
    let cookie = function.cookie().await;
    function.invoke(with_body(event("POST", "/api/v1/replicas", &cookie), enrolment().as_bytes())).await;
    let pull = json!({ "protocol": PROTOCOL, "replica": Uuid::from_u128(4), "streams": [], "limit": 10 });
    let reply = function.invoke(with_body(event("POST", "/api/v1/pull", &cookie), pull.to_string().as_bytes())).await;
    function.invoke(event("POST", "/api/v1/pull", "a=b")).await;
    let lines = std::mem::take(&mut *function.lines.lock().unwrap());
    assert_eq!(lines.len(), 3);
    assert!(lines[0].write_units >= 4.0, "two rows in one transaction, and the access log");
    let line = serde_json::to_value(&lines[1]).unwrap();
    assert_eq!(line["Route"], "/api/v1/pull");
    assert_eq!((&line["Requests"], &line["Errors"], &line["Status"]), (&json!(1), &json!(0), &json!(200)));
    assert_eq!((&line["Environment"], &line["Invocation"]), (&json!("test"), &json!("invocation-1")));
    assert_eq!(line["Request"].as_str(), header(&reply, "x-request-id"));
    let directive = &line["_aws"]["CloudWatchMetrics"][0];
    assert_eq!((&directive["Namespace"], &directive["Dimensions"]), (&json!("Heard"), &json!([["Environment"]])));
    for metric in directive["Metrics"].as_array().unwrap() {
        assert!(line[metric["Name"].as_str().unwrap()].is_number(), "{metric}");
    }
    assert_eq!((lines[2].code, lines[2].status, lines[2].errors), (Some("signed_out"), 401, 0));
    let text = serde_json::to_string(&lines).unwrap();
    assert!(!text.contains("Sade") && !text.contains(&cookie) && !text.contains("192.0.2.1"));
}

#[tokio::test]
async fn what_is_missing_at_the_start_is_named() {
    let endpoint = endpoint();
    let lines = std::sync::Arc::default();
    let whole = [
        ("HEARD_DYNAMODB", endpoint.as_str()),
        ("HEARD_ORIGIN", ORIGIN),
        ("HEARD_ENVIRONMENT", "test"),
        ("HEARD_TABLE", "heard-nowhere"),
    ];
    assert!(matches!(started(&whole, &lines).await, Err(StartError::Store(StoreError::Missing(_)))));
    assert!(matches!(started(&whole[..3], &lines).await, Err(StartError::Connect(ConnectError::NoTable))));
    assert!(matches!(started(&whole[..2], &lines).await, Err(StartError::NoEnvironment)));
    assert!(matches!(started(&whole[..1], &lines).await, Err(StartError::NoOrigin)));
}
