//! On DynamoDB Local, whose address is in `HEARD_DYNAMODB`: `cargo xtask test` starts it. Each test has a table of its own.

mod alike;
mod edges;
mod failures;
mod identities;

use super::*;
use crate::store::contract::contract;
use uuid::Uuid;

/// Where DynamoDB Local is. Without it these tests fail: a store that was never asked has proved nothing.
fn endpoint() -> String {
    std::env::var("HEARD_DYNAMODB")
        .expect("HEARD_DYNAMODB must hold the address of DynamoDB Local; `cargo xtask test` starts one and sets it")
}

fn connection() -> Connection {
    Connection::local(&endpoint(), &format!("heard-{}", Uuid::new_v4()))
}

async fn fresh() -> (DynamoStore, ()) {
    (DynamoStore::create(&connection()).await.unwrap(), ())
}

contract!(fresh);

#[tokio::test]
async fn a_table_is_made_once_and_then_opened() {
    let connection = connection();
    let store = DynamoStore::create(&connection).await.unwrap();
    store.put_meta(Meta::DemoDay, "kept".into()).await.unwrap();
    assert!(matches!(DynamoStore::create(&connection).await, Err(CreateError::Exists)));
    let store = DynamoStore::open(&connection).await.unwrap();
    assert_eq!(store.meta(Meta::DemoDay).await.unwrap().as_deref(), Some("kept"));
}

#[tokio::test]
async fn fault_24_a_table_of_a_newer_version_is_refused_and_left_alone() {
    let connection = connection();
    let store = DynamoStore::create(&connection).await.unwrap();
    store.table.put(Row::at(key::format()).with_number("value", 99)).await.unwrap();
    let refused = DynamoStore::open(&connection).await;
    assert!(matches!(refused, Err(StoreError::TooNew { found: 99, supported: 1 })));
    assert_eq!(store.table.get(key::format()).await.unwrap().unwrap().number("value").unwrap(), 99);
}

#[tokio::test]
async fn sessions_expire_by_themselves_and_nothing_else_does() {
    let (store, ()) = fresh().await;
    let expiry = store.table.client.describe_time_to_live().table_name(&store.table.name).send().await.unwrap();
    assert_eq!(expiry.time_to_live_description().and_then(|expiry| expiry.attribute_name()), Some("ttl"));
    let ends_at: Timestamp = "2026-12-01T09:00:00.5Z".parse().unwrap();
    let session = Session { ends_at, ..crate::store::contract::session(1) };
    store.put_session(TokenHash([1; 32]), session).await.unwrap();
    let row = store.table.get(key::session(TokenHash([1; 32]))).await.unwrap().unwrap();
    assert_eq!(row.number("ttl").unwrap(), u64::try_from(ends_at.as_second()).unwrap());
}
