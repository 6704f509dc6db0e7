//! Who is signed in, sign-ins under way, invitations, and whose an account is.

use domain::id::StaffId;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{failed, moment, parsed};
use crate::store::{BegunSignIn, BindError, Binding, Identity, Invitation, Session, StoreError, TokenHash};

pub(super) fn put_session(connection: &Connection, token: TokenHash, session: &Session) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO session (token, staff, created_at, authenticated_at, provider_session, last_seen, ends_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )
        .and_then(|mut put| {
            put.execute(params![
                token.0,
                session.staff.to_string(),
                session.created_at.as_millisecond(),
                session.authenticated_at.map(Timestamp::as_millisecond),
                session.provider_session.map(|hash| hash.to_string()),
                session.last_seen.as_millisecond(),
                session.ends_at.as_millisecond(),
            ])
        })
        .map(drop)
        .map_err(failed)
}

/// A row of sessions, as far as SQLite reads it.
type Kept = ([u8; 32], String, i64, Option<i64>, Option<String>, i64, i64);

const COLUMNS: &str = "token, staff, created_at, authenticated_at, provider_session, last_seen, ends_at";

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
}

fn read(
    (token, staff, created_at, authenticated_at, provider_session, last_seen, ends_at): Kept,
) -> Result<(TokenHash, Session), StoreError> {
    let session = Session {
        staff: parsed(&staff)?,
        created_at: moment(created_at)?,
        authenticated_at: authenticated_at.map(moment).transpose()?,
        provider_session: provider_session.as_deref().map(parsed).transpose()?,
        last_seen: moment(last_seen)?,
        ends_at: moment(ends_at)?,
    };
    Ok((TokenHash(token), session))
}

pub(super) fn session(connection: &Connection, token: TokenHash) -> Result<Option<Session>, StoreError> {
    let row = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM session WHERE token = ?1"))
        .and_then(|mut query| query.query_row([token.0], kept).optional())
        .map_err(failed)?;
    Ok(row.map(read).transpose()?.map(|(_, session)| session))
}

pub(super) fn sessions_of(connection: &Connection, staff: StaffId) -> Result<Vec<(TokenHash, Session)>, StoreError> {
    let rows: Vec<Kept> = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM session WHERE staff = ?1 ORDER BY token"))
        .and_then(|mut query| query.query_map([staff.to_string()], kept)?.collect())
        .map_err(failed)?;
    rows.into_iter().map(read).collect()
}

pub(super) fn touch_session(connection: &Connection, token: TokenHash, at: Timestamp) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE session SET last_seen = max(last_seen, ?2) WHERE token = ?1")
        .and_then(|mut put| put.execute(params![token.0, at.as_millisecond()]))
        .map(drop)
        .map_err(failed)
}

pub(super) fn delete_session(connection: &Connection, token: TokenHash) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM session WHERE token = ?1")
        .and_then(|mut delete| delete.execute([token.0]))
        .map(drop)
        .map_err(failed)
}

/// Those that never came back go when another begins so long afterwards that nobody waits for them.
pub(super) fn put_sign_in(connection: &Connection, state: TokenHash, begun: &BegunSignIn) -> Result<(), StoreError> {
    let ends_at = begun.ends_at.as_millisecond();
    connection
        .prepare_cached("DELETE FROM begun_sign_in WHERE ends_at < ?1")
        .and_then(|mut delete| delete.execute([ends_at - ABANDONED_MS]))
        .map_err(failed)?;
    connection
        .prepare_cached(
            "INSERT INTO begun_sign_in (state, browser, nonce, verifier, place, fresh_from, invitation, ends_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )
        .and_then(|mut put| {
            put.execute(params![
                state.0,
                begun.browser.0,
                begun.nonce,
                begun.verifier,
                begun.to,
                begun.fresh_from.map(Timestamp::as_millisecond),
                begun.invitation.map(|token| token.0),
                ends_at,
            ])
        })
        .map(drop)
        .map_err(failed)
}

/// A day, in milliseconds.
const ABANDONED_MS: i64 = 24 * 60 * 60 * 1000;

type KeptSignIn = ([u8; 32], String, String, String, Option<i64>, Option<[u8; 32]>, i64);

pub(super) fn take_sign_in(connection: &Connection, state: TokenHash) -> Result<Option<BegunSignIn>, StoreError> {
    let row: Option<KeptSignIn> = connection
        .prepare_cached(
            "DELETE FROM begun_sign_in WHERE state = ?1
             RETURNING browser, nonce, verifier, place, fresh_from, invitation, ends_at",
        )
        .and_then(|mut taken| {
            let read = |row: &Row<'_>| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
            };
            taken.query_row([state.0], read).optional()
        })
        .map_err(failed)?;
    let Some((browser, nonce, verifier, to, fresh_from, invitation, ends_at)) = row else {
        return Ok(None);
    };
    Ok(Some(BegunSignIn {
        browser: TokenHash(browser),
        nonce,
        verifier,
        to,
        fresh_from: fresh_from.map(moment).transpose()?,
        invitation: invitation.map(TokenHash),
        ends_at: moment(ends_at)?,
    }))
}

pub(super) fn put_invitation(
    connection: &Connection,
    token: TokenHash,
    invitation: &Invitation,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO invitation (token, staff, account, ends_at, used_at, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (token) DO UPDATE SET staff = excluded.staff, account = excluded.account,
                 ends_at = excluded.ends_at, used_at = excluded.used_at, made_at = excluded.made_at",
        )
        .and_then(|mut put| {
            put.execute(params![
                token.0,
                invitation.staff.to_string(),
                invitation.account,
                invitation.ends_at.as_millisecond(),
                invitation.used_at.map(Timestamp::as_millisecond),
                invitation.made_at.as_millisecond(),
            ])
        })
        .map(drop)
        .map_err(failed)
}

pub(super) fn invitation(connection: &Connection, token: TokenHash) -> Result<Option<Invitation>, StoreError> {
    type Columns = (String, Option<String>, i64, Option<i64>, i64);
    let row: Option<Columns> = connection
        .prepare_cached("SELECT staff, account, ends_at, used_at, made_at FROM invitation WHERE token = ?1")
        .and_then(|mut query| {
            let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
            query.query_row([token.0], read).optional()
        })
        .map_err(failed)?;
    let Some((staff, account, ends_at, used_at, made_at)) = row else {
        return Ok(None);
    };
    Ok(Some(Invitation {
        staff: parsed(&staff)?,
        account,
        made_at: moment(made_at)?,
        ends_at: moment(ends_at)?,
        used_at: used_at.map(moment).transpose()?,
    }))
}

pub(super) fn bind(connection: &Connection, binding: Binding) -> Result<(), BindError> {
    let changed = |sql: &str, values: &[&dyn rusqlite::ToSql]| {
        connection.prepare_cached(sql).and_then(|mut change| change.execute(values)).map_err(failed)
    };
    let (identity, staff) = (binding.identity.0.to_string(), binding.staff.to_string());
    let at = binding.at.as_millisecond();
    if staff_of(connection, binding.identity)?.is_some_and(|owner| owner != binding.staff) {
        return Err(BindError::IdentityTaken);
    }
    match binding.invitation {
        Some(TokenHash(token)) => {
            let used = "UPDATE invitation SET used_at = ?3 WHERE token = ?1 AND staff = ?2 AND used_at IS NULL";
            if changed(used, &[&token, &staff, &at])? == 0 {
                return Err(BindError::InvitationUsed);
            }
            changed("DELETE FROM identity WHERE staff = ?1", &[&staff])?;
        }
        None => {
            let taken = connection
                .prepare_cached("SELECT 1 FROM identity WHERE staff = ?1")
                .and_then(|mut query| query.exists([&staff]))
                .map_err(failed)?;
            if taken {
                return Err(BindError::Bound);
            }
        }
    }
    changed("INSERT INTO identity (identity, staff, bound_at) VALUES (?1, ?2, ?3)", &[&identity, &staff, &at])?;
    Ok(())
}

pub(super) fn account_since(connection: &Connection, staff: StaffId) -> Result<Option<Timestamp>, StoreError> {
    let at: Option<i64> = connection
        .prepare_cached("SELECT bound_at FROM identity WHERE staff = ?1")
        .and_then(|mut query| query.query_row([staff.to_string()], |row| row.get(0)).optional())
        .map_err(failed)?;
    at.map(moment).transpose()
}

pub(super) fn staff_of(connection: &Connection, identity: Identity) -> Result<Option<StaffId>, StoreError> {
    let row: Option<String> = connection
        .prepare_cached("SELECT staff FROM identity WHERE identity = ?1")
        .and_then(|mut query| query.query_row([identity.0.to_string()], |row| row.get(0)).optional())
        .map_err(failed)?;
    row.as_deref().map(parsed).transpose()
}
