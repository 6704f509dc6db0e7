//! The store on one machine: SQLite in WAL mode, every commit on the disk before it is acknowledged.
//!
//! One connection writes and a few read; each call runs on a blocking thread. The modules below hold the SQL.

mod accesses;
mod log;
mod migrations;
mod people;
mod sessions;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use domain::id::{OperationId, ReplicaId, StaffId, StreamId, VaultId};
use domain::wire::{IndexRow, Staff};
use domain::{Entry, Hash};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::{
    Access, AccessOf, AccessPlace, Append, AppendError, BegunSignIn, BindError, Binding, Budget, EnrolError, Enrolment,
    EscrowKey, FoundBy, Head, Identity, Invitation, Known, ListedStream, Meta, ReplicaHigh, Scope, Seen, Session,
    Store, StoreError, TokenHash, Vault, Window,
};

const READERS: usize = 2;
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A store in one SQLite file.
#[derive(Clone)]
pub struct SqliteStore {
    connections: Arc<Connections>,
}

struct Connections {
    writer: Mutex<Connection>,
    readers: [Mutex<Connection>; READERS],
    next_reader: AtomicUsize,
}

impl SqliteStore {
    /// Opens the file, makes it if it is missing, and brings it up to this version's format.
    ///
    /// # Errors
    /// [`StoreError::TooNew`] when a newer version wrote it.
    pub fn open(path: &Path) -> Result<SqliteStore, StoreError> {
        let mut writer = connect(path)?;
        migrations::migrate(&mut writer)?;
        let connections = Connections {
            writer: Mutex::new(writer),
            readers: [Mutex::new(connect(path)?), Mutex::new(connect(path)?)],
            next_reader: AtomicUsize::new(0),
        };
        Ok(SqliteStore { connections: Arc::new(connections) })
    }

    async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let connections = Arc::clone(&self.connections);
        blocking(move || {
            let turn = connections.next_reader.fetch_add(1, Ordering::Relaxed) % READERS;
            let mut reader = connections.readers[turn].lock().unwrap_or_else(PoisonError::into_inner);
            query(&mut reader)
        })
        .await?
    }

    /// Runs one transaction that is kept only if `change` succeeds.
    async fn write<T: Send + 'static, E: From<StoreError> + Send + 'static>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        self.write_and(change, |_| Ok(())).await
    }

    /// The same, and then something that no transaction can hold. Both are done though nobody waits for them any more.
    async fn write_and<T: Send + 'static, E: From<StoreError> + Send + 'static>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        then: impl FnOnce(&Connection) -> Result<(), E> + Send + 'static,
    ) -> Result<T, E> {
        let connections = Arc::clone(&self.connections);
        blocking(move || {
            let mut writer = connections.writer.lock().unwrap_or_else(PoisonError::into_inner);
            let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
            let result = change(&transaction)?;
            transaction.commit().map_err(failed)?;
            then(&writer)?;
            Ok(result)
        })
        .await?
    }
}

/// Brings the write-ahead log into the file and empties it, unless somebody reads in it.
fn checkpoint(writer: &Connection) -> Result<(), StoreError> {
    let is_busy: bool = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(failed)?;
    if is_busy { Err(StoreError::Busy) } else { Ok(()) }
}

/// Writes the whole file anew, with what is stored in it and nothing else. What it needs on the way it keeps in memory: no
/// file but this one may hold a word.
fn rewrite(writer: &Connection) -> Result<(), StoreError> {
    writer.execute_batch("PRAGMA temp_store = MEMORY; VACUUM; PRAGMA temp_store = DEFAULT;").map_err(failed)?;
    checkpoint(writer)
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path).map_err(failed)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(failed)?;
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;",
        )
        .map_err(failed)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work).await.map_err(|stopped| StoreError::Unavailable(Box::new(stopped)))
}

fn failed(error: rusqlite::Error) -> StoreError {
    StoreError::Unavailable(Box::new(error))
}

fn corrupt(error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Corrupt(Box::new(error))
}

fn parsed<T>(text: &str) -> Result<T, StoreError>
where
    T: std::str::FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    text.parse().map_err(corrupt)
}

/// SQLite's integers have a sign: numbers beyond them are beyond anything that was given out.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn unsigned(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(corrupt)
}

fn moment(millis: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(millis).map_err(corrupt)
}

fn meta_name(meta: Meta) -> &'static str {
    match meta {
        Meta::EntryKey => "entry_key",
        Meta::Demo => "demo",
        Meta::DemoDay => "demo_day",
        Meta::FirstAdministrator => "first_administrator",
    }
}

fn read_meta(connection: &Connection, meta: Meta) -> Result<Option<String>, StoreError> {
    connection
        .prepare_cached("SELECT value FROM meta WHERE name = ?1")
        .and_then(|mut query| query.query_row([meta_name(meta)], |row| row.get(0)).optional())
        .map_err(failed)
}

#[async_trait]
impl Store for SqliteStore {
    async fn ping(&self) -> Result<(), StoreError> {
        self.read(|connection| connection.query_row("SELECT 1", [], |_| Ok(())).map_err(failed)).await
    }

    async fn head(&self, stream: StreamId) -> Result<Option<Head>, StoreError> {
        self.read(move |connection| log::head(connection, stream)).await
    }

    async fn heads(&self, stream: StreamId, replica: ReplicaId) -> Result<(Option<Head>, ReplicaHigh), StoreError> {
        self.read(move |connection| log::heads(connection, stream, replica)).await
    }

    async fn known(&self, stream: StreamId, ids: &[OperationId]) -> Result<BTreeMap<OperationId, Known>, StoreError> {
        let ids = ids.to_vec();
        self.read(move |connection| log::known(connection, stream, &ids)).await
    }

    async fn append(&self, append: Append) -> Result<(), AppendError> {
        let redacts = !append.redact.is_empty();
        let change = move |connection: &Connection| log::append(connection, &append);
        self.write_and(change, move |writer| {
            if redacts {
                // What was destroyed must not lie on in the write-ahead log. It is done; a reader may put this off.
                let _ = checkpoint(writer);
            }
            Ok(())
        })
        .await
    }

    async fn raise_epochs(&self, at_least: u64) -> Result<(), StoreError> {
        // Whatever made the backup may have left copies of rows between the rows, where no redaction reaches them.
        self.write_and(|_| Ok(()), rewrite).await?;
        self.write(move |connection| log::raise_epochs(connection, at_least)).await
    }

    async fn entries(&self, stream: StreamId, after: u64, budget: Budget) -> Result<Vec<Entry>, StoreError> {
        self.read(move |connection| log::entries(connection, stream, after, budget)).await
    }

    async fn index(&self, scope: Scope) -> Result<Vec<IndexRow>, StoreError> {
        self.read(move |connection| log::index(connection, scope)).await
    }

    async fn listed(&self, scope: Scope) -> Result<Vec<ListedStream>, StoreError> {
        self.read(move |connection| log::listed(connection, scope)).await
    }

    async fn found_by(&self, found_by: FoundBy) -> Result<Vec<StreamId>, StoreError> {
        self.read(move |connection| log::found_by(connection, found_by)).await
    }

    async fn staff(&self, id: StaffId) -> Result<Option<Staff>, StoreError> {
        self.read(move |connection| people::staff(connection, id)).await
    }

    async fn everybody(&self) -> Result<Vec<Staff>, StoreError> {
        self.read(|connection| people::everybody(connection)).await
    }

    async fn put_staff(&self, staff: &Staff) -> Result<(), StoreError> {
        let staff = staff.clone();
        self.write(move |connection| people::put_staff(connection, &staff)).await
    }

    async fn enrol(&self, enrolment: Enrolment, escrow: EscrowKey) -> Result<EscrowKey, EnrolError> {
        self.write(move |connection| people::enrol(connection, &enrolment, escrow)).await
    }

    async fn enrolment(&self, replica: ReplicaId) -> Result<Option<Enrolment>, StoreError> {
        self.read(move |connection| people::enrolment(connection, replica)).await
    }

    async fn enrolments_of(&self, staff: StaffId) -> Result<Vec<Enrolment>, StoreError> {
        self.read(move |connection| people::enrolments_of(connection, staff)).await
    }

    async fn note_seen(&self, replica: ReplicaId, seen: Seen) -> Result<(), StoreError> {
        self.write(move |connection| people::note_seen(connection, replica, &seen)).await
    }

    async fn vault(&self, vault: VaultId) -> Result<Option<Vault>, StoreError> {
        self.read(move |connection| people::vault(connection, vault)).await
    }

    async fn revoke(&self, replica: ReplicaId, at: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| people::revoke(connection, replica, at)).await
    }

    async fn put_session(&self, token: TokenHash, session: Session) -> Result<(), StoreError> {
        self.write(move |connection| sessions::put_session(connection, token, &session)).await
    }

    async fn session(&self, token: TokenHash) -> Result<Option<Session>, StoreError> {
        self.read(move |connection| sessions::session(connection, token)).await
    }

    async fn touch_session(&self, token: TokenHash, at: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| sessions::touch_session(connection, token, at)).await
    }

    async fn delete_session(&self, token: TokenHash) -> Result<(), StoreError> {
        self.write(move |connection| sessions::delete_session(connection, token)).await
    }

    async fn sessions_of(&self, staff: StaffId) -> Result<Vec<(TokenHash, Session)>, StoreError> {
        self.read(move |connection| sessions::sessions_of(connection, staff)).await
    }

    async fn put_sign_in(&self, state: TokenHash, begun: BegunSignIn) -> Result<(), StoreError> {
        self.write(move |connection| sessions::put_sign_in(connection, state, &begun)).await
    }

    async fn take_sign_in(&self, state: TokenHash) -> Result<Option<BegunSignIn>, StoreError> {
        self.write(move |connection| sessions::take_sign_in(connection, state)).await
    }

    async fn put_invitation(&self, token: TokenHash, invitation: Invitation) -> Result<(), StoreError> {
        self.write(move |connection| sessions::put_invitation(connection, token, &invitation)).await
    }

    async fn invitation(&self, token: TokenHash) -> Result<Option<Invitation>, StoreError> {
        self.read(move |connection| sessions::invitation(connection, token)).await
    }

    async fn bind(&self, binding: Binding) -> Result<(), BindError> {
        self.write(move |connection| sessions::bind(connection, binding)).await
    }

    async fn account_since(&self, staff: StaffId) -> Result<Option<Timestamp>, StoreError> {
        self.read(move |connection| sessions::account_since(connection, staff)).await
    }

    async fn staff_of(&self, identity: Identity) -> Result<Option<StaffId>, StoreError> {
        self.read(move |connection| sessions::staff_of(connection, identity)).await
    }

    async fn log(&self, access: Access) -> Result<(), StoreError> {
        self.write(move |connection| accesses::log(connection, &access)).await
    }

    async fn accesses(
        &self,
        of: AccessOf,
        before: Option<AccessPlace>,
        limit: usize,
    ) -> Result<Vec<Access>, StoreError> {
        self.read(move |connection| accesses::accesses(connection, of, before, limit)).await
    }

    async fn count(&self, counter: Hash, window: Window) -> Result<u64, StoreError> {
        self.write(move |connection| accesses::count(connection, counter, window)).await
    }

    async fn meta(&self, meta: Meta) -> Result<Option<String>, StoreError> {
        self.read(move |connection| read_meta(connection, meta)).await
    }

    async fn put_meta(&self, meta: Meta, value: String) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO meta (name, value) VALUES (?1, ?2)
                     ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                )
                .and_then(|mut put| put.execute((meta_name(meta), &value)))
                .map(drop)
                .map_err(failed)
        })
        .await
    }

    async fn meta_or(&self, meta: Meta, value: String) -> Result<String, StoreError> {
        self.write(move |connection| {
            connection
                .prepare_cached("INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING")
                .and_then(|mut put| put.execute((meta_name(meta), &value)))
                .map_err(failed)?;
            Ok(read_meta(connection, meta)?.unwrap_or(value))
        })
        .await
    }
}

#[cfg(test)]
mod tests;
