//! A demonstration in a DynamoDB table: only ever in one that was made for it here.

use jiff::Timestamp;

use super::{SeedError, employ, seed};
use crate::store::dynamodb::{Connection, CreateError, DynamoStore};
use crate::store::{Meta, Store, StoreError};

/// Why a table was not taken.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// It holds something else, or a demonstration that was cut short. Nothing was written to it.
    #[error("the table exists and is not a demonstration")]
    NotADemonstration,
    /// It could not be made.
    #[error(transparent)]
    Create(CreateError),
    /// It could not be filled.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Opens the demonstration in a table, or makes the table and fills it.
///
/// # Errors
/// [`TableError::NotADemonstration`] when the table is there and the seeder never finished with it.
pub async fn demonstration(connection: &Connection, now: Timestamp) -> Result<DynamoStore, TableError> {
    match DynamoStore::create(connection).await {
        Ok(store) => {
            seed(&store, now).await?;
            Ok(store)
        }
        Err(CreateError::Exists) => {
            let store = DynamoStore::open(connection).await?;
            match store.meta(Meta::Demo).await? {
                Some(_) => Ok(store),
                None => Err(TableError::NotADemonstration),
            }
        }
        Err(error) => Err(TableError::Create(error)),
    }
}

/// Who is in a table that is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Staffed {
    /// The cast of the demonstration.
    ByTheCast,
    /// Nobody.
    ByNobody,
}

/// Opens a table as it is, or makes one without a child.
///
/// # Errors
/// [`TableError::Create`], [`TableError::Seed`] and [`TableError::Store`].
pub async fn as_it_is(connection: &Connection, staffed: Staffed) -> Result<DynamoStore, TableError> {
    match DynamoStore::create(connection).await {
        Ok(store) => {
            if staffed == Staffed::ByTheCast {
                employ(&store).await?;
            }
            Ok(store)
        }
        Err(CreateError::Exists) => Ok(DynamoStore::open(connection).await?),
        Err(error) => Err(TableError::Create(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Scope;
    use uuid::Uuid;

    fn connection() -> Connection {
        let endpoint =
            std::env::var("HEARD_DYNAMODB").expect("`cargo xtask test` starts DynamoDB Local and says where");
        Connection::local(&endpoint, &format!("heard-{}", Uuid::new_v4()))
    }

    fn monday() -> Timestamp {
        "2026-11-23T07:00:00Z".parse().unwrap()
    }

    #[tokio::test]
    async fn a_new_table_is_filled_once_and_found_again() {
        let connection = connection();
        let store = demonstration(&connection, monday()).await.unwrap();
        let seeded = store.index(Scope::Team(crate::demo::NORTH)).await.unwrap();
        assert!(!seeded.is_empty());
        let again = demonstration(&connection, monday()).await.unwrap();
        assert_eq!(again.index(Scope::Team(crate::demo::NORTH)).await.unwrap(), seeded);
    }

    #[tokio::test]
    async fn a_table_that_is_something_else_is_left_alone() {
        let connection = connection();
        let store = DynamoStore::create(&connection).await.unwrap();
        assert!(matches!(demonstration(&connection, monday()).await, Err(TableError::NotADemonstration)));
        assert!(as_it_is(&connection, Staffed::ByTheCast).await.is_ok());
        assert_eq!(store.meta(Meta::Demo).await.unwrap(), None);
        assert!(store.everybody().await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_new_table_can_begin_with_staff_and_no_child() {
        let connection = connection();
        let store = as_it_is(&connection, Staffed::ByTheCast).await.unwrap();
        assert_eq!(store.everybody().await.unwrap().len(), crate::demo::cast().len());
        assert!(store.index(Scope::Team(crate::demo::NORTH)).await.unwrap().is_empty());
        assert!(store.meta(Meta::Demo).await.unwrap().is_some());
    }

    #[tokio::test]
    async fn where_nothing_answers_nothing_is_made() {
        let nowhere = Connection::local("http://127.0.0.1:1", "heard").without_retry();
        assert!(matches!(demonstration(&nowhere, monday()).await, Err(TableError::Create(CreateError::Store(_)))));
        assert!(matches!(as_it_is(&nowhere, Staffed::ByTheCast).await, Err(TableError::Create(_))));
    }
}
