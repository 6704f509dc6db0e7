#![no_main]

use axum::http::Uri;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use heard_fuzz::bench::Bench;
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, Context, LambdaEvent, Service};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

thread_local! {
    static BENCH: Bench = Bench::new();
}

/// What the gateway itself writes is what it is: its own names, the scheme, a path from its root, and base64 where it says
/// so. At anything else there, and at a query that is no part of an address, `lambda_http` panics before it comes to us;
/// the runtime makes an error of it.
fn can_come(bytes: &[u8]) -> Option<LambdaRequest> {
    let mut event: Value = serde_json::from_slice(bytes).ok()?;
    if !event["rawPath"].as_str()?.starts_with('/') {
        return None;
    }
    let query = event["rawQueryString"].as_str().unwrap_or_default();
    format!("/?{query}").parse::<Uri>().ok()?;
    if event["isBase64Encoded"] == true {
        STANDARD.decode(event["body"].as_str().unwrap_or_default()).ok()?;
    }
    if let Some(headers) = event["headers"].as_object_mut() {
        headers.retain(|name, _| !["host", "x-forwarded-proto"].contains(&name.to_ascii_lowercase().as_str()));
        headers.insert("host".into(), "127.0.0.1:8787".into());
    }
    if let Some(context) = event["requestContext"].as_object_mut() {
        context.insert("domainName".into(), "abc123.execute-api.eu-west-2.amazonaws.com".into());
    }
    serde_json::from_value(event).ok()
}

fuzz_target!(|bytes: &[u8]| {
    let Some(payload) = can_come(bytes) else { return };
    BENCH.with(|bench| {
        let mut adapter = Adapter::from(bench.router.clone());
        let answer = bench.runtime.block_on(adapter.call(LambdaEvent { payload, context: Context::default() }));
        let answer = serde_json::to_value(answer.expect("an answer")).expect("an answer");
        assert!(answer["statusCode"].as_u64().is_some_and(|status| (200..500).contains(&status)), "{answer}");
    });
});
