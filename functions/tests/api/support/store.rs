//! The store of a server of one's own: SQLite, or DynamoDB where it is built in, so that everything is tried on both.

use functions::store::sqlite::SqliteStore;

use super::watched::Watched;

/// A store, and the folder it lies in if it lies in one.
pub(crate) type Kept = (Watched, Option<tempfile::TempDir>);

/// On this machine whatever is built in: for tests that hold the clock, which no network survives.
pub(crate) fn sqlite() -> Kept {
    sqlite_in(tempfile::tempdir().unwrap())
}

/// What lies in a folder already, or nothing yet.
pub(crate) fn sqlite_in(folder: tempfile::TempDir) -> Kept {
    let store = SqliteStore::open(&folder.path().join(super::FILE)).unwrap();
    (Watched::new(store), Some(folder))
}

#[cfg(feature = "dynamodb")]
pub(crate) async fn fresh() -> Kept {
    use functions::store::dynamodb::{Connection, DynamoStore};
    let endpoint = std::env::var("HEARD_DYNAMODB").expect("`cargo xtask test` starts DynamoDB Local and says where");
    let connection = Connection::local(&endpoint, &format!("heard-{}", uuid::Uuid::new_v4()));
    (Watched::new(DynamoStore::create(&connection).await.unwrap()), None)
}

#[cfg(not(feature = "dynamodb"))]
#[expect(clippy::unused_async, reason = "other stores are made over the network")]
pub(crate) async fn fresh() -> Kept {
    sqlite()
}
