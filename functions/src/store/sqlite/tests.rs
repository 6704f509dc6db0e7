use super::*;
use crate::store::contract::contract;

#[expect(clippy::unused_async, reason = "other stores are made over the network")]
async fn fresh() -> (SqliteStore, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("heard.sqlite")).unwrap();
    (store, folder)
}

contract!(fresh);

#[tokio::test]
async fn what_was_written_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heard.sqlite");
    let store = SqliteStore::open(&path).unwrap();
    store.put_meta(Meta::DemoDay, "kept".into()).await.unwrap();
    drop(store);
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(store.meta(Meta::DemoDay).await.unwrap().as_deref(), Some("kept"));
}

#[test]
fn every_commit_is_on_the_disk_before_it_is_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let connection = connect(&folder.path().join("heard.sqlite")).unwrap();
    let pragma = |name: &str| -> String {
        connection
            .pragma_query_value(None, name, |row| {
                row.get::<_, rusqlite::types::Value>(0).map(|value| format!("{value:?}"))
            })
            .unwrap()
    };
    assert_eq!(pragma("journal_mode"), "Text(\"wal\")");
    assert_eq!(pragma("synchronous"), "Integer(2)", "FULL");
    assert_eq!(pragma("foreign_keys"), "Integer(1)");
}

#[test]
fn a_file_of_a_newer_version_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heard.sqlite");
    drop(SqliteStore::open(&path).unwrap());
    connect(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(SqliteStore::open(&path), Err(StoreError::TooNew { found: 99, supported: 2 })));
    let found: i64 = connect(&path).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(found, 99);
}

#[test]
fn a_file_that_is_no_store_is_unavailable() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heard.sqlite");
    std::fs::write(&path, b"not a database, and long enough to be told apart from one".repeat(20)).unwrap();
    assert!(matches!(SqliteStore::open(&path), Err(StoreError::Unavailable(_))));
}

#[tokio::test]
async fn something_unreadable_in_the_store_is_an_error_and_not_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heard.sqlite");
    let store = SqliteStore::open(&path).unwrap();
    connect(&path).unwrap().execute_batch("INSERT INTO staff (staff, row) VALUES ('x', '{')").unwrap();
    assert!(matches!(store.everybody().await, Err(StoreError::Corrupt(_))));
}
