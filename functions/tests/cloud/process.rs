//! The program itself, fed by a runtime as AWS runs it: it asks for an event, answers it, and asks again.

use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use functions::store::Store;
use functions::store::dynamodb::{Connection, DynamoStore};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::{Mutex, mpsc};
use uuid::Uuid;

use crate::support::{ORIGIN, endpoint, event, sade};

/// What the program takes from the runtime, and what it hands back: a reply, or why it could not start.
struct Runtime {
    events: Mutex<mpsc::Receiver<Value>>,
    replies: mpsc::Sender<(String, Value)>,
}

async fn next(State(runtime): State<Arc<Runtime>>) -> (HeaderMap, String) {
    let mut events = runtime.events.lock().await;
    // When the test has no more events, the program waits as it does between two requests.
    let Some(event) = events.recv().await else { std::future::pending().await };
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("lambda-runtime-aws-request-id", "invocation-1"),
        ("lambda-runtime-deadline-ms", "4102444800000"),
        ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:eu-west-2:123456789012:function:heard"),
        ("lambda-runtime-trace-id", "Root=1-5759e988-bd862e3fe1be46a994272793"),
    ] {
        headers.insert(name, value.parse().unwrap());
    }
    (headers, event.to_string())
}

async fn reply(
    State(runtime): State<Arc<Runtime>>,
    Path((_, what)): Path<(String, String)>,
    body: String,
) -> StatusCode {
    runtime.replies.send((what, serde_json::from_str(&body).unwrap())).await.unwrap();
    StatusCode::ACCEPTED
}

/// A running program, ended with the test.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn start(table: &str) -> (Program, mpsc::Sender<Value>, mpsc::Receiver<(String, Value)>) {
    let (send, events) = mpsc::channel(8);
    let (replies, receive) = mpsc::channel(8);
    let runtime = Arc::new(Runtime { events: Mutex::new(events), replies });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let api = listener.local_addr().unwrap().to_string();
    let router = Router::new()
        .route("/2018-06-01/runtime/invocation/next", get(next))
        .route("/2018-06-01/runtime/invocation/{id}/{what}", post(reply))
        .with_state(runtime);
    tokio::spawn(async { axum::serve(listener, router).await });
    let program = Command::new(env!("CARGO_BIN_EXE_lambda"))
        .env_clear()
        .envs([
            ("AWS_LAMBDA_RUNTIME_API", api.as_str()),
            ("AWS_LAMBDA_FUNCTION_NAME", "heard"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
            ("HEARD_DYNAMODB", &endpoint()),
            ("HEARD_TABLE", table),
            ("HEARD_ORIGIN", ORIGIN),
            ("HEARD_ENVIRONMENT", "test"),
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    (Program(program), send, receive)
}

#[tokio::test]
async fn the_program_answers_one_event_after_the_other_and_says_so_in_two_lines_each() {
    let table = format!("heard-{}", Uuid::new_v4());
    let store = DynamoStore::create(&Connection::local(&endpoint(), &table)).await.unwrap();
    store.put_staff(&sade()).await.unwrap();
    let (mut program, events, mut replies) = start(&table).await;
    for (path, status) in [("/api/v1/health", 200), ("/api/v1/session", 401), ("/api/v1/nothing", 404)] {
        events.send(event("GET", path, "a=b")).await.unwrap();
        let (what, reply) = replies.recv().await.unwrap();
        assert_eq!((what.as_str(), reply["statusCode"].as_u64()), ("response", Some(status)), "{path}");
    }
    program.0.kill().unwrap();
    let (out, err) = (program.0.stdout.take().unwrap(), program.0.stderr.take().unwrap());
    let lines = |text: String| -> Vec<Value> { text.lines().map(|line| serde_json::from_str(line).unwrap()).collect() };
    let metrics = lines(std::io::read_to_string(out).unwrap());
    assert_eq!(metrics.len(), 3);
    assert_eq!((&metrics[1]["Code"], &metrics[1]["Requests"]), (&"signed_out".into(), &1.into()));
    let logged = lines(std::io::read_to_string(err).unwrap());
    let answered: Vec<_> = logged.iter().filter(|line| line["fields"]["message"] == "answered").collect();
    assert_eq!(answered.len(), 3);
    for (metric, line) in metrics.iter().zip(answered) {
        assert_eq!(metric["Request"], line["fields"]["request"], "the same id on both");
    }
}

#[tokio::test]
async fn a_program_that_cannot_start_says_why_and_stops() {
    let (mut program, _events, _replies) = start("heard-nowhere").await;
    // It ends by itself; DynamoDB Local runs elsewhere, so waiting for it here holds nothing up.
    assert!(!program.0.wait().unwrap().success());
    let said = std::io::read_to_string(program.0.stderr.take().unwrap()).unwrap();
    assert!(said.contains("the function cannot start") && said.contains("ResourceNotFoundException"), "{said}");
}
