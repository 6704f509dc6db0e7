//! Who works here: an administrator sees everybody, and invites.

use domain::permission::Actor;
use domain::text::{is_plain_name, is_visible, trimmed};
use domain::wire::{Employed, InviteRequest, Staff};
use futures_util::future::try_join_all;
use jiff::{SignedDuration, Timestamp};

use crate::auth::hash_of;
use crate::session::Token;
use crate::store::{Invitation, Store, StoreError};

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
    let token = Token::fresh()?;
    let ends_at = now.saturating_add(INVITED_FOR).unwrap_or(Timestamp::MAX);
    let invitation = Invitation { staff: staff.id, account: account.map(str::to_owned), ends_at, used_at: None };
    store.put_invitation(hash_of(&token.write()), invitation).await?;
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

fn name(typed: &str) -> Result<String, StaffingError> {
    let name = trimmed(typed);
    let is_name = is_visible(name) && is_plain_name(name) && name.chars().count() <= LONGEST_NAME;
    if is_name { Ok(name.to_owned()) } else { Err(StaffingError::NoName) }
}
