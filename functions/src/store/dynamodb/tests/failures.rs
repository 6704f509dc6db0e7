//! What goes wrong on the way to DynamoDB, and what is made of it: a server that answers as AWS does when it fails.

use axum::Router;
use axum::http::{StatusCode, header};
use tokio::net::TcpListener;

use super::*;
use crate::problem::Problem;
use crate::store::contract::{next, stream};

/// What no log and no reply may repeat.
const SECRET: &str = "Amira";

/// A store behind which everything fails the same way.
async fn failing(status: u16, body: String) -> DynamoStore {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let answer = move || async move {
        (StatusCode::from_u16(status).unwrap(), [(header::CONTENT_TYPE, "application/x-amz-json-1.0")], body)
    };
    tokio::spawn(async { axum::serve(listener, Router::new().fallback(answer)).await });
    DynamoStore::closed(&Connection::local(&endpoint, "heard").without_retry())
}

async fn failing_with(status: u16, code: &str) -> DynamoStore {
    let body = format!("{{\"__type\":\"com.amazonaws.dynamodb.v20120810#{code}\",\"message\":\"about {SECRET}\"}}");
    failing(status, body).await
}

/// A transaction that was cancelled, with a reason for each of its actions.
async fn cancelled(codes: &[&str]) -> DynamoStore {
    let reasons: Vec<String> =
        codes.iter().map(|code| format!("{{\"Code\":\"{code}\",\"Message\":\"about {SECRET}\"}}")).collect();
    let body = format!(
        "{{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\",\"Message\":\"{SECRET}\",\
         \"CancellationReasons\":[{}]}}",
        reasons.join(",")
    );
    failing(400, body).await
}

async fn append(store: &DynamoStore) -> AppendError {
    store.append(next(None, stream(1), 1)).await.unwrap_err()
}

fn told(error: &StoreError) -> String {
    let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    format!("{error} {cause} {error:?}")
}

#[tokio::test]
async fn each_failure_has_its_own_code_and_repeats_nothing() {
    for (status, code, problem) in [
        (400, "ResourceNotFoundException", Problem::StoreMissing),
        (400, "ProvisionedThroughputExceededException", Problem::StoreThrottled),
        (400, "ThrottlingException", Problem::StoreThrottled),
        (400, "RequestLimitExceeded", Problem::StoreThrottled),
        (400, "AccessDeniedException", Problem::StoreDenied),
        (400, "UnrecognizedClientException", Problem::StoreDenied),
        (400, "ExpiredTokenException", Problem::StoreDenied),
        (400, "InvalidSignatureException", Problem::StoreDenied),
        (400, "TransactionConflictException", Problem::StoreBusy),
        (400, "ValidationException", Problem::StoreRefused),
        (400, "SomethingNewException", Problem::StoreRefused),
        (500, "InternalServerError", Problem::StoreUnavailable),
        (503, "SomethingNewException", Problem::StoreUnavailable),
    ] {
        let store = failing_with(status, code).await;
        let error = store.head(stream(1)).await.unwrap_err();
        assert!(!told(&error).contains(SECRET), "{}", told(&error));
        assert!(matches!(error, StoreError::Busy) || told(&error).contains(code), "{}", told(&error));
        assert_eq!(Problem::from(error), problem, "{code}");
    }
}

#[tokio::test]
async fn a_cancelled_transaction_is_a_conflict_only_where_somebody_else_was_quicker() {
    for reasons in [
        &["ConditionalCheckFailed", "None"][..],
        &["None", "TransactionConflict"],
        &["ThrottlingError", "ConditionalCheckFailed"],
    ] {
        assert!(matches!(append(&cancelled(reasons).await).await, AppendError::Conflict), "{reasons:?}");
    }
    for code in ["TransactionInProgressException", "IdempotentParameterMismatchException"] {
        assert!(matches!(append(&failing_with(400, code).await).await, AppendError::Conflict), "{code}");
    }
    for (reason, problem) in [
        ("ThrottlingError", Problem::StoreThrottled),
        ("ProvisionedThroughputExceeded", Problem::StoreThrottled),
        ("ItemCollectionSizeLimitExceeded", Problem::StoreRefused),
        ("ValidationError", Problem::StoreRefused),
    ] {
        let AppendError::Store(error) = append(&cancelled(&["None", reason]).await).await else {
            panic!("{reason} is no conflict");
        };
        assert!(!told(&error).contains(SECRET));
        assert_eq!(Problem::from(error), problem, "{reason}");
    }
    let missing = append(&failing_with(400, "ResourceNotFoundException").await).await;
    assert!(matches!(missing, AppendError::Store(StoreError::Missing(_))));
}

#[tokio::test]
async fn what_is_no_answer_of_dynamodb_is_as_good_as_none() {
    let portal = failing(200, "<html>Welcome to our network</html>".into()).await;
    let answer = portal.head(stream(1)).await;
    assert!(matches!(answer, Err(StoreError::Unavailable(_))), "{answer:?}");
    let nobody = DynamoStore::closed(&Connection::local("http://127.0.0.1:1", "heard").without_retry());
    assert!(matches!(nobody.ping().await, Err(StoreError::Unavailable(_))));
    assert!(matches!(append(&nobody).await, AppendError::Store(StoreError::Unavailable(_))));
}

#[tokio::test]
async fn a_table_that_is_not_there_is_missing() {
    let store = DynamoStore::closed(&connection());
    assert!(matches!(store.ping().await, Err(StoreError::Missing(_))));
    assert!(matches!(store.index(Scope::Assigned(StaffId(Uuid::nil()))).await, Err(StoreError::Missing(_))));
    assert!(matches!(append(&store).await, AppendError::Store(StoreError::Missing(_))));
    assert!(matches!(DynamoStore::open(&connection()).await, Err(StoreError::Missing(_))));
}

#[tokio::test]
async fn an_item_that_nobody_can_read_is_an_error_and_not_a_panic() {
    let (store, ()) = fresh().await;
    store.table.put(Row::at(key::head(stream(1)))).await.unwrap();
    assert!(matches!(store.head(stream(1)).await, Err(StoreError::Corrupt(_))));
    store.table.put(Row::at(key::staff(StaffId(Uuid::nil()))).with_text("row", "{")).await.unwrap();
    assert!(matches!(store.everybody().await, Err(StoreError::Corrupt(_))));
}
