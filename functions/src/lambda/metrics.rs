//! Metrics in CloudWatch's embedded format: one JSON line a request, from which CloudWatch makes its numbers.
//!
//! The one dimension is the environment: each value of another would be billed as a metric of its own. Route and status lie
//! beside the numbers, for whoever searches the lines. A function instance answers one request at a time, so what was asked of the store since the last
//! line is what this request asked.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use lambda_http::RequestExt;
use serde::Serialize;
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::problem::Problem;
use crate::store::dynamodb::{DynamoStore, Usage};

/// Under this name the metrics are found.
const NAMESPACE: &str = "Heard";
/// Each metric and its unit: alarms and dashboard of `infra/template.yaml` know these names.
const METRICS: [(&str, &str); 7] = [
    ("Requests", "Count"),
    ("Errors", "Count"),
    ("Conflicts", "Count"),
    ("Operations", "Count"),
    ("DurationMs", "Milliseconds"),
    ("ReadUnits", "Count"),
    ("WriteUnits", "Count"),
];

/// What is counted with, handed to each request.
#[derive(Clone)]
pub(super) struct Meters(Arc<Inner>);

struct Inner {
    store: DynamoStore,
    clock: Clock,
    environment: String,
    print: Box<dyn Fn(Line) + Send + Sync>,
}

impl Meters {
    pub(super) fn new(
        store: DynamoStore,
        clock: Clock,
        environment: String,
        print: impl Fn(Line) + Send + Sync + 'static,
    ) -> Meters {
        Meters(Arc::new(Inner { store, clock, environment, print: Box::new(print) }))
    }
}

/// One request in numbers. Nothing in it says who asked, or about whom.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Line {
    #[serde(rename = "_aws")]
    aws: Value,
    /// Which of the installations this is.
    pub environment: String,
    /// The route's template.
    pub route: String,
    /// The HTTP status.
    pub status: u16,
    /// The code of the problem, if there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// The id on our own log lines and on the reply.
    pub request: String,
    /// The id on the lines of the platform.
    pub invocation: String,
    /// Always 1: CloudWatch adds up.
    pub requests: u64,
    /// 1 where the server failed, not where it refused.
    pub errors: u64,
    /// Appends that others came before.
    pub conflicts: u64,
    /// Entries that were appended.
    pub operations: u64,
    /// How long it took.
    pub duration_ms: f64,
    /// Read units that were consumed.
    pub read_units: f64,
    /// Write units that were consumed.
    pub write_units: f64,
}

/// Measures a request and prints its line when it is answered.
pub(super) async fn measure(State(meters): State<Meters>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let Meters(meters) = meters;
    let route = request.extensions().get::<MatchedPath>().map_or("none", |path| path.as_str()).to_owned();
    let invocation = request.lambda_context_ref().map(|context| context.request_id.clone()).unwrap_or_default();
    // What was asked while starting belongs to no request.
    meters.store.take_usage();
    let response = next.run(request).await;
    let Usage { read_units, write_units, requests: _, appended, conflicts } = meters.store.take_usage();
    let id = response.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    (meters.print)(Line {
        aws: directive(meters.clock.now().as_millisecond()),
        environment: meters.environment.clone(),
        route,
        status: response.status().as_u16(),
        code: response.extensions().get::<Problem>().map(|problem| problem.code()),
        request: id.to_owned(),
        invocation,
        requests: 1,
        errors: u64::from(response.status().is_server_error()),
        conflicts,
        operations: appended,
        duration_ms: began.elapsed().as_secs_f64() * 1000.0,
        read_units,
        write_units,
    });
    response
}

fn directive(at_millis: i64) -> Value {
    let metrics: Vec<Value> = METRICS.iter().map(|(name, unit)| json!({ "Name": name, "Unit": unit })).collect();
    json!({
        "Timestamp": at_millis,
        "CloudWatchMetrics": [{ "Namespace": NAMESPACE, "Dimensions": [["Environment"]], "Metrics": metrics }],
    })
}
