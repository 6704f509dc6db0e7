#![no_main]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use heard_fuzz::bench::Bench;
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, Context, LambdaEvent, Service};
use libfuzzer_sys::fuzz_target;

thread_local! {
    static BENCH: Bench = Bench::new();
}

/// The gateway itself writes the base64 that it names so, and `lambda_http` panics at any other: it cannot come to us.
fn can_come(bytes: &[u8]) -> bool {
    let Ok(event) = serde_json::from_slice::<serde_json::Value>(bytes) else { return false };
    event["isBase64Encoded"] != true || event["body"].as_str().is_none_or(|body| STANDARD.decode(body).is_ok())
}

fuzz_target!(|bytes: &[u8]| {
    if !can_come(bytes) {
        return;
    }
    let Ok(payload) = serde_json::from_slice::<LambdaRequest>(bytes) else { return };
    BENCH.with(|bench| {
        let mut adapter = Adapter::from(bench.router.clone());
        let answer = bench.runtime.block_on(adapter.call(LambdaEvent { payload, context: Context::default() }));
        let answer = serde_json::to_value(answer.expect("an answer")).expect("an answer");
        assert!(answer["statusCode"].as_u64().is_some_and(|status| (200..500).contains(&status)), "{answer}");
    });
});
