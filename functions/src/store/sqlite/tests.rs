use super::*;
use crate::store::contract::{contract, next, stream};
use crate::store::folded;

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
fn fault_24_a_file_of_a_newer_version_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heard.sqlite");
    drop(SqliteStore::open(&path).unwrap());
    connect(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(SqliteStore::open(&path), Err(StoreError::TooNew { found: 99, supported: 7 })));
    let found: i64 = connect(&path).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(found, 99);
}

#[tokio::test]
async fn fault_24_a_migration_that_stops_half_way_leaves_the_file_as_it_was_and_is_begun_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heard.sqlite");
    let version =
        |file: &Connection| -> i64 { file.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap() };
    let file = connect(&path).unwrap();
    migrations::migrate_to(&file, 1);
    file.execute_batch("INSERT INTO meta VALUES ('demo_day', 'kept')").unwrap();
    // In the way of the second step.
    file.execute_batch("CREATE INDEX entry_by_id ON meta (value)").unwrap();
    assert!(matches!(SqliteStore::open(&path), Err(StoreError::Unavailable(_))));
    assert_eq!(version(&file), 1, "nothing of it happened");
    file.execute_batch("DROP INDEX entry_by_id").unwrap();
    // Killed before the end: the transaction is never committed.
    file.execute_batch("BEGIN IMMEDIATE; CREATE INDEX entry_by_id ON entry (stream); PRAGMA user_version = 2").unwrap();
    drop(file);
    assert_eq!(version(&connect(&path).unwrap()), 1);
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(store.meta(Meta::DemoDay).await.unwrap().as_deref(), Some("kept"));
    assert!(version(&connect(&path).unwrap()) > 1);
}

#[tokio::test]
async fn fault_41_a_standing_that_other_rules_made_is_not_used_but_made_anew() {
    let (store, folder) = fresh().await;
    let append = next(None, stream(1), 3);
    store.append(append.clone()).await.unwrap();
    let file = connect(&folder.path().join("heard.sqlite")).unwrap();
    file.execute_batch("UPDATE stream SET fold = 0, standing = 'by other rules'").unwrap();
    drop(file);
    let head = store.head(stream(1)).await.unwrap().unwrap();
    assert_eq!(head, Head { standing: folded(&append.segment), ..append.head.clone() });
    assert_eq!(store.heads(stream(1), append.replica).await.unwrap(), (Some(head), append.high));
    let further = next(Some(&append), stream(1), 1);
    store.append(further.clone()).await.unwrap();
    assert_eq!(store.head(stream(1)).await.unwrap(), Some(further.head), "from now on by these");
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
