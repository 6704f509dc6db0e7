//! A function instance of one's own, asked as AWS asks it.

use std::sync::{Arc, Mutex};

use domain::Role;
use domain::id::{StaffId, TeamId};
use domain::permission::Employment;
use domain::wire::Staff;
use functions::clock::Clock;
use functions::lambda::{Line, StartError, service};
use functions::session::{self, Proof};
use functions::store::Store;
use functions::store::dynamodb::{Connection, DynamoStore};
use jiff::Timestamp;
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, Context, LambdaEvent, Service};
use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) const ORIGIN: &str = "https://heard.example";
const NOW: &str = "2026-11-23T09:00:00Z";

/// Where DynamoDB Local is. Without it these tests fail: a store that was never asked has proved nothing.
pub(crate) fn endpoint() -> String {
    std::env::var("HEARD_DYNAMODB")
        .expect("HEARD_DYNAMODB must hold the address of DynamoDB Local; `cargo xtask test` starts one and sets it")
}

pub(crate) fn sade() -> Staff {
    let (id, team) = (StaffId(Uuid::from_u128(1)), TeamId(Uuid::from_u128(0xa)));
    Staff {
        id,
        name: "Sade Okafor".into(),
        role: Role::Worker,
        team,
        team_name: "North".into(),
        employment: Employment::Working,
    }
}

/// One function instance with one member of staff in its table.
pub(crate) struct Function {
    pub(crate) router: axum::Router,
    pub(crate) store: DynamoStore,
    pub(crate) lines: Arc<Mutex<Vec<Line>>>,
}

fn clock() -> Clock {
    Clock::new(|| NOW.parse().unwrap())
}

/// Starts with these variables set.
pub(crate) async fn started(
    variables: &[(&str, &str)],
    lines: &Arc<Mutex<Vec<Line>>>,
) -> Result<axum::Router, StartError> {
    let read = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    let lines = Arc::clone(lines);
    service(read, clock(), move |line| lines.lock().unwrap().push(line)).await
}

impl Function {
    pub(crate) async fn start() -> Function {
        let (endpoint, table) = (endpoint(), format!("heard-{}", Uuid::new_v4()));
        let store = DynamoStore::create(&Connection::local(&endpoint, &table)).await.unwrap();
        store.put_staff(&sade()).await.unwrap();
        let lines = Arc::default();
        let variables = [
            ("HEARD_DYNAMODB", endpoint.as_str()),
            ("HEARD_TABLE", &table),
            ("HEARD_ORIGIN", ORIGIN),
            ("HEARD_ENVIRONMENT", "test"),
        ];
        let router = started(&variables, &lines).await.unwrap();
        Function { router, store, lines }
    }

    /// The cookie of somebody signed in.
    pub(crate) async fn cookie(&self) -> String {
        let now: Timestamp = NOW.parse().unwrap();
        let (token, _) = session::begin(&self.store, sade().id, Proof::now(now), now).await.unwrap();
        format!("__Host-heard={}", token.write())
    }

    /// What the runtime does with an event, and what it sends back.
    pub(crate) async fn invoke(&self, event: Value) -> Value {
        let payload: LambdaRequest = serde_json::from_value(event).unwrap();
        let mut context = Context::default();
        context.request_id = "invocation-1".into();
        let mut adapter = Adapter::from(self.router.clone());
        let response = adapter.call(LambdaEvent { payload, context }).await.unwrap();
        serde_json::to_value(response).unwrap()
    }
}

/// An event of an HTTP API, payload format 2.0, as our page causes it.
pub(crate) fn event(method: &str, path: &str, cookie: &str) -> Value {
    json!({
        "version": "2.0",
        "routeKey": "ANY /api/{proxy+}",
        "rawPath": path,
        "rawQueryString": "",
        "cookies": ["theme=calm", cookie],
        "headers": {
            "accept": "application/json",
            "accept-encoding": "gzip, br",
            "content-type": "application/json",
            "host": "abc123.execute-api.eu-west-2.amazonaws.com",
            "origin": ORIGIN,
            "sec-fetch-mode": "cors",
            "sec-fetch-site": "same-origin",
            "x-forwarded-for": "192.0.2.1",
            "x-forwarded-proto": "https",
        },
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "abc123",
            "domainName": "abc123.execute-api.eu-west-2.amazonaws.com",
            "domainPrefix": "abc123",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "Mozilla/5.0",
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": "ANY /api/{proxy+}",
            "stage": "$default",
            "time": "23/Nov/2026:09:00:00 +0000",
            "timeEpoch": 1_795_424_400_000_u64,
        },
        "isBase64Encoded": false,
    })
}
