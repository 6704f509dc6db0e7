//! Replicas and vaults: which device speaks for whom, and who may have an escrow key back.

use domain::id::{ReplicaId, StaffId, VaultId};
use domain::wire::{EnrolRequest, Staff};
use jiff::{SignedDuration, Timestamp};

use crate::session::SignedIn;
use crate::store::{EnrolError, Enrolment, EscrowKey, Session, Store, StoreError};

/// An escrow key is given out so long after its owner proved who they are: a session at the provider that was left open
/// proves nothing.
pub const FRESH_SIGN_IN: SignedDuration = SignedDuration::from_mins(5);

/// A new vault is made so long after its owner proved who they are: it reads everything that they may read, by a passcode that
/// whoever makes it chooses. A passcode takes a while to choose.
pub const FRESH_FOR_A_VAULT: SignedDuration = SignedDuration::from_mins(20);

/// Why a replica may not speak.
#[derive(Debug, thiserror::Error)]
pub enum NotBound {
    /// It was never enrolled by this member of staff. Somebody else's is not told apart.
    #[error("the replica is not enrolled")]
    Unknown,
    /// It was revoked.
    #[error("the replica is revoked")]
    Revoked,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads the enrolment of a replica of this member of staff that is not revoked.
///
/// # Errors
/// [`NotBound`] says why not.
pub async fn bound(store: &dyn Store, replica: ReplicaId, staff: StaffId) -> Result<Enrolment, NotBound> {
    match store.enrolment(replica).await? {
        Some(enrolment) if enrolment.staff != staff => Err(NotBound::Unknown),
        Some(enrolment) if enrolment.revoked_at.is_some() => Err(NotBound::Revoked),
        Some(enrolment) => Ok(enrolment),
        None => Err(NotBound::Unknown),
    }
}

/// Why a replica was not enrolled.
#[derive(Debug, thiserror::Error)]
pub enum NotEnrolled {
    /// The sign-in is too old for a new vault.
    #[error("a fresh sign-in is needed")]
    SignInAgain,
    /// It is bound otherwise, or the store failed.
    #[error(transparent)]
    Refused(#[from] EnrolError),
}

/// Enrols a replica. The escrow key is made with the vault and told then, never again here: whoever holds a session
/// and a stolen tablet must not get the key by enrolling once more. A replaced replica stays valid: after a fork the other
/// copy of the profile still sends under it.
///
/// # Errors
/// [`NotEnrolled`] says why not.
pub async fn enrol(
    store: &dyn Store,
    session: &Session,
    now: Timestamp,
    request: &EnrolRequest,
) -> Result<Option<EscrowKey>, NotEnrolled> {
    let proved = session.authenticated_at.is_some_and(|at| now.duration_since(at) <= FRESH_FOR_A_VAULT);
    if !proved && store.vault(request.vault).await.map_err(EnrolError::from)?.is_none() {
        return Err(NotEnrolled::SignInAgain);
    }
    let enrolment = Enrolment {
        replica: request.replica,
        staff: session.staff,
        vault: request.vault,
        replaces: request.replaces,
        enrolled_at: now,
        revoked_at: None,
        seen: None,
    };
    let fresh = EscrowKey(crate::random::bytes().map_err(EnrolError::from)?);
    let made = fresh.0;
    let escrow = store.enrol(enrolment, fresh).await?;
    Ok((escrow.0 == made).then_some(escrow))
}

/// Why an escrow key was not released.
#[derive(Debug, thiserror::Error)]
pub enum EscrowError {
    /// There is no such vault of this member of staff. Somebody else's is not told apart.
    #[error("no such vault")]
    Unknown,
    /// The vault's device was revoked.
    #[error("the vault is revoked")]
    Revoked,
    /// The sign-in is too old.
    #[error("a fresh sign-in is needed")]
    SignInAgain,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A key that was released.
#[derive(Clone, Copy, Debug)]
pub struct Released {
    /// The key.
    pub escrow: EscrowKey,
    /// Whose vault it opens.
    pub owner: StaffId,
}

/// Releases a vault's escrow key right after signing in: to its owner, and of a device that is out of use to an administrator,
/// who sends with it what was not sent, and reads nothing by it that came after.
///
/// # Errors
/// [`EscrowError`] says why not.
pub async fn release(
    store: &dyn Store,
    asking: &SignedIn,
    now: Timestamp,
    vault: VaultId,
) -> Result<Released, EscrowError> {
    let SignedIn { staff, session, .. } = asking;
    if session.authenticated_at.is_none_or(|at| now.duration_since(at) > FRESH_SIGN_IN) {
        return Err(EscrowError::SignInAgain);
    }
    let vault = store.vault(vault).await?.ok_or(EscrowError::Unknown)?;
    let released = Released { escrow: vault.escrow, owner: vault.staff };
    if vault.staff != staff.id {
        let is_over = vault.revoked_at.is_some() || left(store, vault.staff).await?.is_some();
        let may = staff.role.employs() && is_over;
        return if may { Ok(released) } else { Err(EscrowError::Unknown) };
    }
    if vault.revoked_at.is_some() { Err(EscrowError::Revoked) } else { Ok(released) }
}

/// Whose replica it is, if its device is out of use or they have left: an administrator may send what is on it.
///
/// # Errors
/// [`StoreError`] when the store failed.
pub async fn left_behind(store: &dyn Store, replica: ReplicaId) -> Result<Option<Staff>, StoreError> {
    match store.enrolment(replica).await? {
        Some(enrolment) if enrolment.revoked_at.is_some() => store.staff(enrolment.staff).await,
        Some(enrolment) => left(store, enrolment.staff).await,
        None => Ok(None),
    }
}

async fn left(store: &dyn Store, staff: StaffId) -> Result<Option<Staff>, StoreError> {
    Ok(store.staff(staff).await?.filter(|staff| staff.employment.has_left()))
}
