//! The tables, one step a version. A step that has shipped is never changed; a new one is added below it.

use rusqlite::Connection;

use super::failed;
use crate::store::StoreError;

const STEPS: &[&str] = &[
    // 1: the first tables.
    "
    CREATE TABLE stream (
        stream   TEXT PRIMARY KEY,
        epoch    INTEGER NOT NULL,
        seq      INTEGER NOT NULL,
        version  INTEGER NOT NULL,
        team     TEXT,
        standing TEXT NOT NULL,
        name     TEXT NOT NULL,
        due      TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stream_by_team ON stream (team, stream, epoch, seq);

    CREATE TABLE assigned (
        staff  TEXT NOT NULL,
        stream TEXT NOT NULL REFERENCES stream,
        PRIMARY KEY (staff, stream)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX assigned_by_stream ON assigned (stream, staff);

    CREATE TABLE high (
        stream  TEXT NOT NULL REFERENCES stream,
        replica TEXT NOT NULL,
        high    INTEGER NOT NULL,
        chain   TEXT NOT NULL,
        PRIMARY KEY (stream, replica)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE entry (
        stream TEXT NOT NULL REFERENCES stream,
        seq    INTEGER NOT NULL,
        entry  TEXT NOT NULL,
        PRIMARY KEY (stream, seq)
    ) STRICT;

    CREATE TABLE staff (
        staff TEXT PRIMARY KEY,
        row   TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE vault (
        vault      TEXT PRIMARY KEY,
        staff      TEXT NOT NULL,
        escrow     BLOB NOT NULL,
        revoked_at INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE replica (
        replica     TEXT PRIMARY KEY,
        staff       TEXT NOT NULL,
        vault       TEXT NOT NULL REFERENCES vault,
        replaces    TEXT,
        enrolled_at INTEGER NOT NULL,
        revoked_at  INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX replica_by_vault ON replica (vault);

    CREATE TABLE session (
        token      BLOB PRIMARY KEY,
        staff      TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        last_seen  INTEGER NOT NULL,
        ends_at    INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE access (
        id      INTEGER PRIMARY KEY,
        at      INTEGER NOT NULL,
        staff   TEXT,
        replica TEXT,
        stream  TEXT,
        action  TEXT NOT NULL,
        outcome TEXT NOT NULL,
        reason  TEXT
    ) STRICT;

    CREATE TABLE meta (
        name  TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    ",
    // 2: operations are found by their identity.
    "
    CREATE INDEX entry_by_id ON entry (stream, json_extract(entry, '$.id'), seq);
    ",
    // 3: by which rules the standing was made.
    "
    ALTER TABLE stream ADD COLUMN fold INTEGER NOT NULL DEFAULT 1;
    ",
    // 4: by what possible doubles are found.
    "
    CREATE TABLE found (
        found_by TEXT NOT NULL,
        stream   TEXT NOT NULL REFERENCES stream,
        PRIMARY KEY (found_by, stream)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX found_by_stream ON found (stream, found_by);
    ",
    // 5: signing in by the council's own accounts.
    "
    ALTER TABLE session ADD COLUMN authenticated_at INTEGER;
    ALTER TABLE session ADD COLUMN provider_session TEXT;
    CREATE INDEX session_by_staff ON session (staff, token);

    CREATE TABLE begun_sign_in (
        state      BLOB PRIMARY KEY,
        browser    BLOB NOT NULL,
        nonce      TEXT NOT NULL,
        verifier   TEXT NOT NULL,
        place      TEXT NOT NULL,
        fresh_from INTEGER,
        invitation BLOB,
        ends_at    INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE invitation (
        token   BLOB PRIMARY KEY,
        staff   TEXT NOT NULL,
        account TEXT,
        ends_at INTEGER NOT NULL,
        used_at INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE identity (
        identity TEXT PRIMARY KEY,
        staff    TEXT NOT NULL UNIQUE,
        bound_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    ",
    // 6: who looked at what is read, devices tell of themselves, and what comes too often is counted.
    "
    ALTER TABLE invitation ADD COLUMN made_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE replica ADD COLUMN seen_at INTEGER;
    ALTER TABLE replica ADD COLUMN build TEXT;
    ALTER TABLE replica ADD COLUMN unsent INTEGER;
    CREATE INDEX replica_by_staff ON replica (staff, replica);

    ALTER TABLE access RENAME TO access_until_5;
    CREATE TABLE access (
        staff   TEXT NOT NULL,
        at      INTEGER NOT NULL,
        id      TEXT NOT NULL,
        replica TEXT,
        about   TEXT,
        action  TEXT NOT NULL,
        outcome TEXT NOT NULL,
        reason  TEXT,
        PRIMARY KEY (staff, at, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE access_stream (
        stream TEXT NOT NULL,
        at     INTEGER NOT NULL,
        id     TEXT NOT NULL,
        staff  TEXT NOT NULL,
        PRIMARY KEY (stream, at, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX access_stream_by_request ON access_stream (staff, at, id);
    INSERT INTO access
        SELECT coalesce(staff, 'nobody'), at, printf('00000000-0000-0000-0000-%012x', id), replica, NULL, action, outcome, reason
        FROM access_until_5;
    INSERT INTO access_stream
        SELECT stream, at, printf('00000000-0000-0000-0000-%012x', id), coalesce(staff, 'nobody')
        FROM access_until_5 WHERE stream IS NOT NULL;
    DROP TABLE access_until_5;

    CREATE TABLE counted (
        counter TEXT NOT NULL,
        starts  INTEGER NOT NULL,
        ends    INTEGER NOT NULL,
        count   INTEGER NOT NULL,
        PRIMARY KEY (counter, starts)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX counted_by_end ON counted (ends);
    ",
    // 7: who is notified that a record was read with a reason.
    "
    CREATE TABLE access_notified (
        whom  TEXT NOT NULL,
        at    INTEGER NOT NULL,
        id    TEXT NOT NULL,
        staff TEXT NOT NULL,
        PRIMARY KEY (whom, at, id)
    ) STRICT, WITHOUT ROWID;
    ",
];

/// A file as an earlier version left it.
#[cfg(test)]
pub(super) fn migrate_to(connection: &Connection, version: usize) {
    STEPS[..version].iter().for_each(|step| connection.execute_batch(step).unwrap());
    connection.pragma_update(None, "user_version", i64::try_from(version).unwrap()).unwrap();
}

/// Brings the tables up to this version's format.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let supported = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(failed)?;
    let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(failed)?;
    let done = match usize::try_from(found) {
        Ok(done) if done <= STEPS.len() => done,
        _ => return Err(StoreError::TooNew { found, supported }),
    };
    for step in &STEPS[done..] {
        transaction.execute_batch(step).map_err(failed)?;
    }
    transaction.pragma_update(None, "user_version", supported).map_err(failed)?;
    transaction.commit().map_err(failed)
}
