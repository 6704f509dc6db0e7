//! Heard as a function on AWS Lambda, behind an HTTP API. Everything in it is made before the first request.

use std::io::Write;

use functions::clock::Clock;
use functions::lambda::{Line, service};
use lambda_http::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing_subscriber::fmt()
        .json()
        .with_writer(std::io::stderr)
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_env("HEARD_LOG").unwrap_or_else(|_| "info".into()))
        .init();
    let read = |name: &str| std::env::var(name).ok();
    let service = service(read, system_clock(), print).await.inspect_err(|error| {
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        tracing::error!(%error, cause, "the function cannot start");
    })?;
    lambda_http::run(service).await
}

#[expect(clippy::disallowed_methods, reason = "the one place of this program that asks the clock")]
fn system_clock() -> Clock {
    Clock::new(jiff::Timestamp::now)
}

/// CloudWatch reads metrics from standard output; where nobody listens, nobody is to be told.
fn print(line: Line) {
    if let Ok(line) = serde_json::to_string(&line) {
        let _ = writeln!(std::io::stdout().lock(), "{line}");
    }
}
