//! Events as the fuzzer begins with them, and as it once found them: the function answers, and never by a fault of its own.

use lambda_http::request::LambdaRequest;

use crate::support::Function;

#[tokio::test]
async fn an_event_of_any_shape_is_answered() {
    let function = Function::start().await;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/event");
    let mut answered = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let Ok(event) = serde_json::from_slice(&std::fs::read(&path).unwrap()) else { continue };
        // What the runtime itself cannot read never comes to us.
        if serde_json::from_value::<LambdaRequest>(serde_json::Value::clone(&event)).is_err() {
            continue;
        }
        let status = function.invoke(event).await["statusCode"].as_u64();
        assert!(status.is_some_and(|status| (200..500).contains(&status)), "{}: {status:?}", path.display());
        answered += 1;
    }
    assert!(answered > 6, "{answered}");
}
