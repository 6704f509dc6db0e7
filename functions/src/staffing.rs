//! Who works here: an administrator sees everybody, invites, and says who does what, is on leave or has left.

use domain::id::{StaffId, TeamId};
use domain::permission::{Actor, Employment, Role};
use domain::text::{is_plain_name, is_visible, trimmed};
use domain::wire::{Employed, InviteRequest, Staff};
use futures_util::future::try_join_all;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::auth::hash_of;
use crate::devices;
use crate::session::Token;
use crate::store::{Invitation, Meta, Store, StoreError};

/// An invitation that nobody used ends after this long.
pub const INVITED_FOR: SignedDuration = SignedDuration::from_hours(14 * 24);
/// No name of a person, a team or an account is longer, in characters.
const LONGEST_NAME: usize = 200;

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum StaffingError {
    /// Only an administrator may.
    #[error("not allowed")]
    NotAllowed,
    /// A person or a team has no name that can be seen, or one that is no plain name.
    #[error("a name is missing")]
    NoName,
    /// There is nobody of this id.
    #[error("nobody of this id")]
    Unknown,
    /// Nobody would be left who may say who works here.
    #[error("the last administrator")]
    LastAdministrator,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Everybody who works here, by name.
///
/// # Errors
/// [`StaffingError`] says why not.
pub async fn everybody(store: &dyn Store, actor: Actor) -> Result<Vec<Employed>, StaffingError> {
    if !actor.role.employs() {
        return Err(StaffingError::NotAllowed);
    }
    let since = |staff: Staff| async move {
        let account_since = store.account_since(staff.id).await?;
        Ok::<_, StoreError>(Employed { staff, account_since })
    };
    Ok(try_join_all(store.everybody().await?.into_iter().map(since)).await?)
}

/// The first administrator, whom whoever sets Heard up has come in: made when first asked for, and one for good.
///
/// # Errors
/// [`StoreError`] when the store failed.
pub(crate) async fn first_administrator(store: &dyn Store) -> Result<Staff, StoreError> {
    let fresh = Uuid::from_bytes(crate::random::bytes()?);
    let id = store.meta_or(Meta::FirstAdministrator, fresh.to_string()).await?;
    let id = id.parse().map(StaffId).map_err(|error| StoreError::Corrupt(Box::new(error)))?;
    if let Some(staff) = store.staff(id).await? {
        return Ok(staff);
    }
    // Named by their first sign-in.
    let (name, team_name) = (String::new(), String::new());
    let (role, team) = (Role::Administrator, TeamId(Uuid::nil()));
    let staff = Staff { id, name, role, team, team_name, employment: Employment::Working };
    store.put_staff(&staff).await?;
    Ok(staff)
}

/// Leave for whoever stands at this machine to sign in as the first administrator; none where somebody works already.
///
/// # Errors
/// [`StoreError`] when the store failed.
pub async fn claim(store: &dyn Store, now: Timestamp) -> Result<Option<Token>, StoreError> {
    let first = store.meta(Meta::FirstAdministrator).await?;
    if first.is_none() && !store.everybody().await?.is_empty() {
        return Ok(None);
    }
    let staff = first_administrator(store).await?;
    if store.account_since(staff.id).await?.is_some() {
        return Ok(None);
    }
    let (token, _) = invitation(store, &staff, None, now).await?;
    Ok(Some(token))
}

/// The address that an invitation is used at.
pub fn link(token: Token) -> String {
    format!("/api/v1/auth/start?invitation={}", token.write())
}

async fn invitation(
    store: &dyn Store,
    staff: &Staff,
    account: Option<String>,
    now: Timestamp,
) -> Result<(Token, Timestamp), StoreError> {
    let token = Token::fresh()?;
    let ends_at = now.saturating_add(INVITED_FOR).unwrap_or(Timestamp::MAX);
    let invitation = Invitation { staff: staff.id, account, ends_at, used_at: None };
    store.put_invitation(hash_of(&token.write()), invitation).await?;
    Ok((token, ends_at))
}

/// Somebody who was invited.
pub struct Invited {
    /// Who.
    pub staff: Staff,
    /// What proves it. It is kept nowhere.
    pub token: Token,
    /// Until when.
    pub ends_at: Timestamp,
}

/// Invites somebody new, or once more somebody who works here: to them only a new link is given, and whatever account they had
/// stays theirs until it is used.
///
/// # Errors
/// [`StaffingError`] says why not.
pub async fn invite(
    store: &dyn Store,
    actor: Actor,
    request: InviteRequest,
    now: Timestamp,
) -> Result<Invited, StaffingError> {
    if !actor.role.employs() {
        return Err(StaffingError::NotAllowed);
    }
    let staff = match store.staff(request.staff.id).await? {
        Some(known) => known,
        None => employed(store, request.staff).await?,
    };
    let account = request.account.as_deref().map(trimmed).filter(|account| !account.is_empty());
    let (token, ends_at) = invitation(store, &staff, account.map(str::to_owned), now).await?;
    Ok(Invited { staff, token, ends_at })
}

/// Somebody new. A team that is known keeps its name.
async fn employed(store: &dyn Store, new: Staff) -> Result<Staff, StaffingError> {
    let known = store.everybody().await?.into_iter().find(|one| one.team == new.team).map(|one| one.team_name);
    let team_name = known.filter(|name| is_visible(name)).unwrap_or(new.team_name);
    let staff = Staff { name: name(&new.name)?, team_name: name(&team_name)?, ..new };
    store.put_staff(&staff).await?;
    Ok(staff)
}

/// Says what somebody is and does from now on. Whoever does not work here any more is signed out everywhere; the devices of
/// whoever has left are taken out of use. Another name of a team is its name for all who are in it.
///
/// # Errors
/// [`StaffingError`] says why not.
pub async fn change(store: &dyn Store, actor: Actor, new: Staff, now: Timestamp) -> Result<Staff, StaffingError> {
    if !actor.role.employs() {
        return Err(StaffingError::NotAllowed);
    }
    let new = Staff { name: name(&new.name)?, team_name: name(&new.team_name)?, ..new };
    let everybody = store.everybody().await?;
    if everybody.iter().all(|one| one.id != new.id) {
        return Err(StaffingError::Unknown);
    }
    let looks_after = |one: &Staff| one.role.employs() && one.employment.works();
    if !looks_after(&new) && !everybody.iter().any(|one| one.id != new.id && looks_after(one)) {
        return Err(StaffingError::LastAdministrator);
    }
    store.put_staff(&new).await?;
    // From here on no session of theirs can begin: what is ended now stays ended.
    match new.employment {
        Employment::Working => {}
        Employment::OnLeave => devices::end_sessions(store, new.id).await?,
        Employment::Left => devices::end_all(store, new.id, now).await?,
    }
    for colleague in everybody {
        if colleague.id != new.id && colleague.team == new.team && colleague.team_name != new.team_name {
            store.put_staff(&Staff { team_name: new.team_name.clone(), ..colleague }).await?;
        }
    }
    Ok(new)
}

fn name(typed: &str) -> Result<String, StaffingError> {
    let name = trimmed(typed);
    let is_name = is_visible(name) && is_plain_name(name) && name.chars().count() <= LONGEST_NAME;
    if is_name { Ok(name.to_owned()) } else { Err(StaffingError::NoName) }
}
