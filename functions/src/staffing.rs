//! Who works here: an administrator sees everybody, invites, and says who does what, is on leave or has left.

use domain::id::{StaffId, TeamId};
use domain::permission::{Actor, Employment, Role};
use domain::text::{is_plain_name, is_visible, trimmed};
use domain::wire::{ChangeStaffRequest, Employed, InviteRequest, Staff};
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
    /// Another team is called so.
    #[error("the name of another team")]
    NameTaken,
    /// There is nobody of this id.
    #[error("nobody of this id")]
    Unknown,
    /// They are on leave or have left: no link lets them in.
    #[error("they do not work here at present")]
    NotAtWork,
    /// Somebody else has changed them meanwhile.
    #[error("changed meanwhile")]
    ChangedMeanwhile,
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
    let invitation = Invitation { staff: staff.id, account, made_at: now, ends_at, used_at: None };
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
        Some(known) if !known.employment.works() => return Err(StaffingError::NotAtWork),
        Some(known) => known,
        None => employed(store, request.staff).await?,
    };
    let account = request.account.as_deref().map(trimmed).filter(|account| !account.is_empty());
    let (token, ends_at) = invitation(store, &staff, account.map(str::to_owned), now).await?;
    Ok(Invited { staff, token, ends_at })
}

/// Somebody new.
async fn employed(store: &dyn Store, new: Staff) -> Result<Staff, StaffingError> {
    let everybody = store.everybody().await?;
    let team_name = name(&team_name(&everybody, &new))?;
    if is_taken(&everybody, new.team, &team_name) {
        return Err(StaffingError::NameTaken);
    }
    let staff = Staff { name: name(&new.name)?, team_name, employment: Employment::Working, ..new };
    store.put_staff(&staff).await?;
    Ok(staff)
}

/// Says what somebody is and does from now on, if they still are as whoever says so has seen them. Whoever does not work here any
/// more is signed out everywhere; the devices of whoever has left are taken out of use. A team that is known keeps its name.
///
/// # Errors
/// [`StaffingError`] says why not.
pub async fn change(
    store: &dyn Store,
    actor: Actor,
    request: ChangeStaffRequest,
    now: Timestamp,
) -> Result<Staff, StaffingError> {
    if !actor.role.employs() {
        return Err(StaffingError::NotAllowed);
    }
    let ChangeStaffRequest { seen, staff } = request;
    let everybody = store.everybody().await?;
    let new = Staff { name: name(&staff.name)?, team_name: name(&team_name(&everybody, &staff))?, ..staff };
    match everybody.iter().find(|one| one.id == new.id) {
        None => return Err(StaffingError::Unknown),
        // What stands already may be asked for once more: a part of what follows may not have been done.
        Some(known) if *known != seen && *known != new => return Err(StaffingError::ChangedMeanwhile),
        Some(_) => {}
    }
    if is_taken(&everybody, new.team, &new.team_name) {
        return Err(StaffingError::NameTaken);
    }
    if !(looks_after(&new) || others_look_after(store, actor, &everybody, &new).await?) {
        return Err(StaffingError::LastAdministrator);
    }
    store.put_staff(&new).await?;
    // From here on no session of theirs can begin: what is ended now stays ended.
    match new.employment {
        Employment::Working => {}
        Employment::OnLeave => devices::end_sessions(store, new.id).await?,
        Employment::Left => devices::end_all(store, new.id, now).await?,
    }
    Ok(new)
}

/// What is to be otherwise, for the access log: "Worker → Manager; Working → Left".
pub fn difference(before: &Staff, after: &Staff) -> String {
    let pairs = [
        (before.name.clone(), after.name.clone()),
        (format!("{:?}", before.role), format!("{:?}", after.role)),
        (before.team_name.clone(), after.team_name.clone()),
        (format!("{:?}", before.employment), format!("{:?}", after.employment)),
    ];
    let changed = pairs.into_iter().filter(|(before, after)| before != after);
    changed.map(|(before, after)| format!("{before} → {after}")).collect::<Vec<_>>().join("; ")
}

fn looks_after(one: &Staff) -> bool {
    one.role.employs() && one.employment.works()
}

/// Whether somebody else looks after Heard: where people sign in by accounts, somebody who has one.
async fn others_look_after(
    store: &dyn Store,
    actor: Actor,
    everybody: &[Staff],
    but: &Staff,
) -> Result<bool, StoreError> {
    let by_accounts = store.account_since(actor.staff).await?.is_some();
    for other in everybody.iter().filter(|one| one.id != but.id && looks_after(one)) {
        if !by_accounts || store.account_since(other.id).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Gives a team another name, for everybody who is in it.
///
/// # Errors
/// [`StaffingError`] says why not.
pub async fn rename_team(store: &dyn Store, actor: Actor, team: TeamId, typed: &str) -> Result<(), StaffingError> {
    if !actor.role.employs() {
        return Err(StaffingError::NotAllowed);
    }
    let team_name = name(typed)?;
    let everybody = store.everybody().await?;
    if is_taken(&everybody, team, &team_name) {
        return Err(StaffingError::NameTaken);
    }
    let members: Vec<Staff> = everybody.into_iter().filter(|one| one.team == team).collect();
    if members.is_empty() {
        return Err(StaffingError::Unknown);
    }
    for member in members {
        // As they are at this moment, but for the name.
        if let Some(now) = store.staff(member.id).await?.filter(|now| now.team == team) {
            store.put_staff(&Staff { team_name: team_name.clone(), ..now }).await?;
        }
    }
    Ok(())
}

/// Whether another team is called so: nobody could tell the two apart.
fn is_taken(everybody: &[Staff], team: TeamId, name: &str) -> bool {
    everybody.iter().any(|one| one.team != team && one.team_name.to_lowercase() == name.to_lowercase())
}

/// A team that is known keeps its name.
fn team_name(everybody: &[Staff], new: &Staff) -> String {
    let known = everybody.iter().find(|one| one.team == new.team).map(|one| one.team_name.clone());
    known.filter(|name| is_visible(name)).unwrap_or_else(|| new.team_name.clone())
}

fn name(typed: &str) -> Result<String, StaffingError> {
    let name = trimmed(typed);
    let is_name = is_visible(name) && is_plain_name(name) && name.chars().count() <= LONGEST_NAME;
    if is_name { Ok(name.to_owned()) } else { Err(StaffingError::NoName) }
}
