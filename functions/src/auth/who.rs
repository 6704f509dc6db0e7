//! Whose account it is. Nobody comes in uninvited.

use domain::text::{is_visible, plain_name};
use domain::wire::Staff;
use jiff::Timestamp;

use super::SignInError;
use super::provider::Identified;
use super::settings::Settings;
use crate::seal::Seal;
use crate::staffing;
use crate::store::{BindError, Binding, Identity, Store, TokenHash};

/// Finds who signs in: by their account, by an invitation, or as the first administrator.
///
/// # Errors
/// [`SignInError`] says why they are nobody here.
pub(super) async fn of(
    store: &dyn Store,
    seal: &Seal,
    settings: &Settings,
    identified: &Identified,
    invitation: Option<TokenHash>,
    now: Timestamp,
) -> Result<Staff, SignInError> {
    let identity = seal.identity(settings.issuer(), &identified.subject);
    if let Some(id) = store.staff_of(identity).await? {
        let staff = at_work(store.staff(id).await?.ok_or(SignInError::NotInvited)?)?;
        return named(store, staff, identified).await;
    }
    match invitation {
        Some(token) => invited(store, identity, identified, token, now).await,
        None => first_administrator(store, identity, identified, settings, now).await,
    }
}

async fn invited(
    store: &dyn Store,
    identity: Identity,
    identified: &Identified,
    token: TokenHash,
    now: Timestamp,
) -> Result<Staff, SignInError> {
    let invitation = store.invitation(token).await?.ok_or(SignInError::InvitationEnded)?;
    if invitation.used_at.is_some() || now >= invitation.ends_at {
        return Err(SignInError::InvitationEnded);
    }
    // Whoever has signed in by another link since has no use for this one; somebody who finds it must not.
    if store.account_since(invitation.staff).await?.is_some_and(|since| since > invitation.made_at) {
        return Err(SignInError::InvitationEnded);
    }
    if invitation.account.is_some_and(|account| !identified.is(&account)) {
        return Err(SignInError::OtherAccount);
    }
    let staff = at_work(store.staff(invitation.staff).await?.ok_or(SignInError::InvitationEnded)?)?;
    bind(store, Binding { identity, staff: staff.id, invitation: Some(token), at: now }).await?;
    // Whoever holds the account that was theirs before is nobody any more.
    for (token, _) in store.sessions_of(staff.id).await? {
        store.delete_session(token).await?;
    }
    named(store, staff, identified).await
}

/// Whoever set Heard up named this account. It is bound once: from then on the name in the settings opens nothing.
async fn first_administrator(
    store: &dyn Store,
    identity: Identity,
    identified: &Identified,
    settings: &Settings,
    now: Timestamp,
) -> Result<Staff, SignInError> {
    if !settings.first_administrator.as_deref().is_some_and(|account| identified.is(account)) {
        return Err(SignInError::NotInvited);
    }
    let staff = at_work(staffing::first_administrator(store).await?)?;
    bind(store, Binding { identity, staff: staff.id, invitation: None, at: now }).await?;
    named(store, staff, identified).await
}

/// Whoever is on leave or has left does not sign in.
fn at_work(staff: Staff) -> Result<Staff, SignInError> {
    if staff.employment.works() { Ok(staff) } else { Err(SignInError::NotAtWork) }
}

async fn bind(store: &dyn Store, binding: Binding) -> Result<(), SignInError> {
    store.bind(binding).await.map_err(|error| match error {
        BindError::InvitationUsed => SignInError::InvitationEnded,
        BindError::IdentityTaken | BindError::Bound => SignInError::NotInvited,
        BindError::Store(error) => error.into(),
    })
}

/// Somebody who was invited without a name has the one that the provider knows.
async fn named(store: &dyn Store, staff: Staff, identified: &Identified) -> Result<Staff, SignInError> {
    if is_visible(&staff.name) {
        return Ok(staff);
    }
    let known = identified.name.iter().chain(&identified.accounts).find(|name| is_visible(name));
    let staff = Staff { name: known.map(|name| plain_name(name)).unwrap_or_default(), ..staff };
    store.put_staff(&staff).await?;
    Ok(staff)
}
