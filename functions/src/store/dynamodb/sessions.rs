//! Who is signed in, sign-ins under way, invitations, and whose an account is.
//!
//! Sessions and sign-ins under way are the only items that expire by themselves, some time after they have ended.

use domain::id::StaffId;
use jiff::Timestamp;

use super::failure::TransactError;
use super::key;
use super::row::{self, Row, number};
use super::table::{Change, Condition, Table, Write};
use super::unreadable::Unreadable;
use crate::store::{BegunSignIn, BindError, Binding, Identity, Invitation, Session, StoreError, TokenHash};

/// So often an account is bound when somebody else binds the same at the same time.
const ATTEMPTS: u32 = 4;

/// When DynamoDB may delete an item by itself.
fn expiry(ends_at: Timestamp) -> u64 {
    u64::try_from(ends_at.as_second()).unwrap_or_default()
}

/// The session, and a row by which the sessions of its owner are found.
pub(super) async fn put_session(table: &Table, token: TokenHash, session: &Session) -> Result<(), StoreError> {
    let ttl = expiry(session.ends_at);
    let row = Row::at(key::session(token))
        .with_text("staff", session.staff)
        .with_moment("created_at", session.created_at)
        .and(session.authenticated_at, |row, at| row.with_moment("authenticated_at", at))
        .and(session.provider_session, |row, hash| row.with_text("provider_session", hash))
        .with_moment("last_seen", session.last_seen)
        .with_moment("ends_at", session.ends_at)
        .with_number("ttl", ttl);
    let owned = Row::at(key::session_of(session.staff, token)).with_number("ttl", ttl);
    let writes = vec![Write::Put(row, Condition::Nothing), Write::Put(owned, Condition::Nothing)];
    table.transact(writes).await.map_err(TransactError::or_busy)
}

pub(super) async fn session(table: &Table, token: TokenHash) -> Result<Option<Session>, StoreError> {
    let read = |row: Row| -> Result<Session, Unreadable> {
        Ok(Session {
            staff: row.parsed("staff")?,
            created_at: row.moment("created_at")?,
            authenticated_at: row.perhaps("authenticated_at", Row::moment)?,
            provider_session: row.perhaps("provider_session", Row::parsed)?,
            last_seen: row.moment("last_seen")?,
            ends_at: row.moment("ends_at")?,
        })
    };
    Ok(table.get(key::session(token)).await?.map(read).transpose()?)
}

pub(super) async fn sessions_of(table: &Table, staff: StaffId) -> Result<Vec<(TokenHash, Session)>, StoreError> {
    let mut sessions = Vec::new();
    for row in table.all(&key::sessions_of(staff)).await? {
        let token = key::session_token(row.text("SK")?)?;
        if let Some(session) = session(table, token).await? {
            sessions.push((token, session));
        }
    }
    Ok(sessions)
}

pub(super) async fn touch_session(table: &Table, token: TokenHash, at: Timestamp) -> Result<(), StoreError> {
    let change = Change {
        update: "SET last_seen = :at",
        condition: "attribute_exists(PK) AND last_seen < :at",
        values: vec![(":at", number(at.as_millisecond()))],
    };
    table.update(key::session(token), change).await
}

pub(super) async fn delete_session(table: &Table, token: TokenHash) -> Result<(), StoreError> {
    let Some(session) = session(table, token).await? else {
        return Ok(());
    };
    let writes = vec![Write::Delete(key::session(token)), Write::Delete(key::session_of(session.staff, token))];
    table.transact(writes).await.map_err(TransactError::or_busy)
}

pub(super) async fn put_sign_in(table: &Table, state: TokenHash, begun: &BegunSignIn) -> Result<(), StoreError> {
    let row = Row::at(key::begun_sign_in(state))
        .with_text("browser", domain::hash::hex(&begun.browser.0))
        .with_text("nonce", &begun.nonce)
        .with_text("verifier", &begun.verifier)
        .with_text("to", &begun.to)
        .and(begun.fresh_from, |row, at| row.with_moment("fresh_from", at))
        .and(begun.invitation, |row, token| row.with_text("invitation", domain::hash::hex(&token.0)))
        .with_moment("ends_at", begun.ends_at)
        .with_number("ttl", expiry(begun.ends_at));
    table.put(row).await
}

pub(super) async fn take_sign_in(table: &Table, state: TokenHash) -> Result<Option<BegunSignIn>, StoreError> {
    let read = |row: Row| -> Result<BegunSignIn, Unreadable> {
        Ok(BegunSignIn {
            browser: token(&row, "browser")?,
            nonce: row.text("nonce")?.to_owned(),
            verifier: row.text("verifier")?.to_owned(),
            to: row.text("to")?.to_owned(),
            fresh_from: row.perhaps("fresh_from", Row::moment)?,
            invitation: row.perhaps("invitation", token)?,
            ends_at: row.moment("ends_at")?,
        })
    };
    Ok(table.take(key::begun_sign_in(state)).await?.map(read).transpose()?)
}

fn token(row: &Row, name: &'static str) -> Result<TokenHash, Unreadable> {
    domain::hash::unhex(row.text(name)?).map(TokenHash).map_err(|_| Unreadable(name))
}

pub(super) async fn put_invitation(table: &Table, token: TokenHash, invitation: &Invitation) -> Result<(), StoreError> {
    let row = Row::at(key::invitation(token))
        .with_text("staff", invitation.staff)
        .and(invitation.account.as_deref(), |row, account| row.with_text("account", account))
        .with_moment("made_at", invitation.made_at)
        .with_moment("ends_at", invitation.ends_at)
        .and(invitation.used_at, |row, at| row.with_moment("used_at", at));
    table.put(row).await
}

pub(super) async fn invitation(table: &Table, token: TokenHash) -> Result<Option<Invitation>, StoreError> {
    let read = |row: Row| -> Result<Invitation, Unreadable> {
        Ok(Invitation {
            staff: row.parsed("staff")?,
            account: row.perhaps("account", |row, name| row.text(name).map(str::to_owned))?,
            made_at: row.moment("made_at")?,
            ends_at: row.moment("ends_at")?,
            used_at: row.perhaps("used_at", Row::moment)?,
        })
    };
    Ok(table.get(key::invitation(token)).await?.map(read).transpose()?)
}

/// Reads what stands, decides, and writes on the condition that it still stands; else reads again.
pub(super) async fn bind(table: &Table, binding: Binding) -> Result<(), BindError> {
    for _ in 0..ATTEMPTS {
        let (owner, before) = tokio::try_join!(staff_of(table, binding.identity), account_of(table, binding.staff))?;
        if owner.is_some_and(|owner| owner != binding.staff) {
            return Err(BindError::IdentityTaken);
        }
        let identity = Row::at(key::identity(binding.identity))
            .with_text("staff", binding.staff)
            .with_moment("bound_at", binding.at);
        let account = Row::at(key::account_of(binding.staff))
            .with_text("identity", binding.identity.0)
            .with_moment("bound_at", binding.at);
        let still_whose = owner.map_or(Condition::Absent, |owner| Condition::Still("staff", row::text(owner)));
        let still_which = before.map_or(Condition::Absent, |it| Condition::Still("identity", row::text(it.0)));
        let mut writes = vec![Write::Put(identity, still_whose), Write::Put(account, still_which)];
        match (binding.invitation, before) {
            (Some(token), before) => {
                let known = invitation(table, token).await?;
                if !known.is_some_and(|known| known.staff == binding.staff && known.used_at.is_none()) {
                    return Err(BindError::InvitationUsed);
                }
                let used = Change {
                    update: "SET used_at = :at",
                    condition: "attribute_exists(PK) AND attribute_not_exists(used_at)",
                    values: vec![(":at", number(binding.at.as_millisecond()))],
                };
                writes.push(Write::Update(key::invitation(token), used));
                writes.extend(
                    before.filter(|before| *before != binding.identity).map(|it| Write::Delete(key::identity(it))),
                );
            }
            (None, Some(_)) => return Err(BindError::Bound),
            (None, None) => {}
        }
        match table.transact(writes).await {
            Ok(()) => return Ok(()),
            Err(TransactError::Conflict) => {}
            Err(TransactError::Store(error)) => return Err(error.into()),
        }
    }
    Err(StoreError::Busy.into())
}

pub(super) async fn staff_of(table: &Table, identity: Identity) -> Result<Option<StaffId>, StoreError> {
    let row = table.get(key::identity(identity)).await?;
    Ok(row.map(|row| row.parsed("staff")).transpose()?)
}

pub(super) async fn account_since(table: &Table, staff: StaffId) -> Result<Option<Timestamp>, StoreError> {
    let row = table.get(key::account_of(staff)).await?;
    Ok(row.map(|row| row.moment("bound_at")).transpose()?)
}

async fn account_of(table: &Table, staff: StaffId) -> Result<Option<Identity>, StoreError> {
    let row = table.get(key::account_of(staff)).await?;
    Ok(row.map(|row| row.parsed("identity").map(Identity)).transpose()?)
}
