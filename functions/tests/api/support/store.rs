//! The store of a server of one's own: SQLite, or DynamoDB where `HEARD_STORE` says so, so that everything is tried on both.

use std::path::Path;

use functions::store::sqlite::SqliteStore;

use super::table::Table;
use super::watched::Watched;

const FILE: &str = "heard.sqlite";

/// A store, and where it lies.
pub(crate) struct Kept {
    pub(crate) store: Watched,
    pub(crate) place: Place,
}

/// Where a store lies.
pub(crate) enum Place {
    Folder(tempfile::TempDir),
    Table(Table),
}

/// A copy of everything that was stored at one moment.
pub(crate) enum Backup {
    Folder(tempfile::TempDir),
    Items(super::table::Items),
}

/// On this machine whatever is built in: for tests that hold the clock, which no network survives.
pub(crate) fn sqlite() -> Kept {
    sqlite_in(tempfile::tempdir().unwrap())
}

fn sqlite_in(folder: tempfile::TempDir) -> Kept {
    let store = SqliteStore::open(&folder.path().join(FILE)).unwrap();
    Kept { store: Watched::new(store), place: Place::Folder(folder) }
}

/// Whether the tests run on DynamoDB this time.
pub(crate) fn on_dynamodb() -> bool {
    std::env::var("HEARD_STORE").is_ok_and(|store| store == "dynamodb")
}

pub(crate) async fn fresh() -> Kept {
    if !on_dynamodb() {
        return sqlite();
    }
    let (table, store) = Table::fresh().await;
    Kept { store: Watched::new(store), place: Place::Table(table) }
}

impl Place {
    pub(crate) async fn copy(&self) -> Backup {
        match self {
            Place::Folder(folder) => Backup::Folder(copy_of(folder.path())),
            Place::Table(table) => Backup::Items(table.items().await),
        }
    }

    /// All that is stored, as whoever got hold of the disk could read it.
    pub(crate) async fn bytes(&self) -> Vec<u8> {
        match self {
            Place::Folder(folder) => {
                let files = std::fs::read_dir(folder.path()).unwrap();
                files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
            }
            Place::Table(table) => super::table::bytes(&table.items().await),
        }
    }
}

impl Backup {
    /// A store with just what was copied.
    pub(crate) async fn restored(&self) -> Kept {
        match self {
            Backup::Folder(copied) => {
                let folder = tempfile::tempdir().unwrap();
                std::fs::copy(copied.path().join(FILE), folder.path().join(FILE)).unwrap();
                sqlite_in(folder)
            }
            Backup::Items(items) => {
                let (table, store) = Table::fresh().await;
                table.fill(items).await;
                Kept { store: Watched::new(store), place: Place::Table(table) }
            }
        }
    }
}

fn copy_of(folder: &Path) -> tempfile::TempDir {
    let copied = tempfile::tempdir().unwrap();
    let to = copied.path().join(FILE);
    let connection = rusqlite::Connection::open(folder.join(FILE)).unwrap();
    connection.execute("VACUUM INTO ?1", [to.to_str().unwrap()]).unwrap();
    copied
}
