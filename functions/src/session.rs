//! Who is signed in. The browser holds a random token in a cookie that scripts cannot read; the store holds its hash.

use domain::Hash;
use domain::id::StaffId;
use domain::wire::Staff;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::demo;
use crate::store::{Meta, Session, Store, StoreError, TokenHash};

/// A session that is not used ends after this long (ASVS 7.3.1).
pub const IDLE_LIMIT: SignedDuration = SignedDuration::from_hours(12);
/// A session ends after this long however much it is used (ASVS 7.3.2).
pub const ABSOLUTE_LIMIT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Use is noted at most this often, so that a sync does not write for it each time.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// What the browser holds.
#[derive(Clone, Copy)]
pub struct Token([u8; 32]);

impl Token {
    /// Reads a token from its text form.
    pub fn read(text: &str) -> Option<Token> {
        domain::hash::unhex(text).ok().map(Token)
    }

    /// The token's text form, for the cookie and nothing else.
    pub fn write(&self) -> String {
        domain::hash::hex(&self.0)
    }

    /// A new one, from the operating system.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when it has no random bytes.
    pub fn fresh() -> Result<Token, StoreError> {
        Ok(Token(crate::random::bytes()?))
    }

    /// What the store knows of it.
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0).into())
    }
}

/// Somebody signed in, as this request found them.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub staff: Staff,
    /// Since when, and until when.
    pub session: Session,
    /// What the store knows the session by.
    pub token: TokenHash,
}

/// Why nobody is signed in.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// No session, or one that has ended.
    #[error("nobody is signed in")]
    SignedOut,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Finds who holds this token.
///
/// # Errors
/// [`SessionError::SignedOut`] when the session is unknown, idle for too long, too old, or its owner does not work here at present.
pub async fn signed_in(store: &dyn Store, token: Token, now: Timestamp) -> Result<SignedIn, SessionError> {
    let hash = token.hash();
    let session = store.session(hash).await?.ok_or(SessionError::SignedOut)?;
    let idle = now.duration_since(session.last_seen);
    if now >= session.ends_at || idle >= IDLE_LIMIT {
        store.delete_session(hash).await?;
        return Err(SessionError::SignedOut);
    }
    let Some(staff) = store.staff(session.staff).await?.filter(|staff| staff.employment.works()) else {
        store.delete_session(hash).await?;
        return Err(SessionError::SignedOut);
    };
    if idle >= NOTED_EVERY {
        store.touch_session(hash, now).await?;
    }
    Ok(SignedIn { staff, session, token: hash })
}

/// What a session rests on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Proof {
    /// When they proved who they are; none if nobody says.
    pub authenticated_at: Option<Timestamp>,
    /// The hash of the provider's session.
    pub provider_session: Option<Hash>,
}

impl Proof {
    /// They proved it this moment.
    pub fn now(now: Timestamp) -> Proof {
        Proof { authenticated_at: Some(now), provider_session: None }
    }
}

/// Begins a session, whatever there was before.
///
/// # Errors
/// [`StoreError`] when the store failed.
pub async fn begin(
    store: &dyn Store,
    staff: StaffId,
    proof: Proof,
    now: Timestamp,
) -> Result<(Token, Session), StoreError> {
    let token = Token::fresh()?;
    let session = Session {
        staff,
        created_at: now,
        authenticated_at: proof.authenticated_at,
        provider_session: proof.provider_session,
        last_seen: now,
        ends_at: now.saturating_add(ABSOLUTE_LIMIT).unwrap_or(Timestamp::MAX),
    };
    store.put_session(token.hash(), session).await?;
    Ok((token, session))
}

/// Why a demo sign-in was not made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// This store was not made by the seeder, or there is no such person.
    #[error("no demonstration here")]
    NotADemo,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The demo cast, in a store that the seeder marked as a demonstration.
///
/// # Errors
/// [`DemoError::NotADemo`] in any other store.
pub async fn demo_cast(store: &dyn Store) -> Result<Vec<Staff>, DemoError> {
    match store.meta(Meta::Demo).await? {
        Some(_) => {
            let everybody = store.everybody().await?;
            Ok(in_order(everybody.into_iter().filter(|staff| staff.employment.works()).collect()))
        }
        None => Err(DemoError::NotADemo),
    }
}

/// As the cast list has them, so that the first is the one to begin with.
fn in_order(mut staff: Vec<Staff>) -> Vec<Staff> {
    let cast = demo::cast();
    staff.sort_by_key(|one| cast.iter().position(|known| known.id == one.id).unwrap_or(cast.len()));
    staff
}

/// Signs in as one of the demo cast.
///
/// # Errors
/// [`DemoError::NotADemo`] in any other store, or for anybody else.
pub async fn demo_sign_in(store: &dyn Store, staff: StaffId, now: Timestamp) -> Result<(Token, SignedIn), DemoError> {
    let cast = demo_cast(store).await?;
    let staff = cast.into_iter().find(|known| known.id == staff).ok_or(DemoError::NotADemo)?;
    let (token, session) = begin(store, staff.id, Proof::now(now), now).await?;
    Ok((token, SignedIn { staff, session, token: token.hash() }))
}
