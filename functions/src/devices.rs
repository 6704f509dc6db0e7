//! Where somebody is signed in and which devices are theirs: seen and ended by themselves, and by an administrator.

use domain::id::{ReplicaId, StaffId};
use domain::wire::{Device, OpenSession};
use futures_util::future::try_join;
use jiff::{SignedDuration, Timestamp};

use crate::session::{IDLE_LIMIT, SignedIn};
use crate::store::{Enrolment, Seen, Session, Store, StoreError, TokenHash};

/// What a device tells of itself is written down at most this often, so that a quiet exchange writes nothing.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// No build has a longer name, in characters.
const LONGEST_BUILD: usize = 80;

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum DevicesError {
    /// They are somebody else's.
    #[error("not allowed")]
    NotAllowed,
    /// There is no such session or device of this person.
    #[error("not there")]
    Unknown,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Where somebody is signed in, and which devices are theirs, the latest first.
///
/// # Errors
/// [`DevicesError`] says why not.
pub async fn of(
    store: &dyn Store,
    asking: &SignedIn,
    staff: StaffId,
    now: Timestamp,
) -> Result<(Vec<OpenSession>, Vec<Device>), DevicesError> {
    authorise(asking, staff)?;
    let (sessions, enrolments) = try_join(store.sessions_of(staff), store.enrolments_of(staff)).await?;
    let is_open = |session: &Session| now < session.ends_at && now.duration_since(session.last_seen) < IDLE_LIMIT;
    let mut sessions: Vec<OpenSession> = sessions
        .into_iter()
        .filter(|(_, session)| is_open(session))
        .map(|(token, session)| OpenSession {
            id: name_of(token),
            since: session.created_at,
            last_seen: session.last_seen,
            ends_at: session.ends_at,
            this: token == asking.token,
        })
        .collect();
    sessions.sort_by_key(|session| std::cmp::Reverse(session.last_seen));
    Ok((sessions, by_device(enrolments)))
}

/// One a vault: a fork goes on under another replica, on the same device.
fn by_device(mut enrolments: Vec<Enrolment>) -> Vec<Device> {
    let last = |enrolment: &Enrolment| enrolment.seen.as_ref().map_or(enrolment.enrolled_at, |seen| seen.at);
    enrolments.sort_by_key(|enrolment| std::cmp::Reverse((last(enrolment), enrolment.replica)));
    let mut devices: Vec<(Enrolment, Timestamp)> = Vec::new();
    for enrolment in enrolments {
        match devices.iter_mut().find(|(known, _)| known.vault == enrolment.vault) {
            Some((_, since)) => *since = enrolment.enrolled_at.min(*since),
            None => {
                let since = enrolment.enrolled_at;
                devices.push((enrolment, since));
            }
        }
    }
    let device = |(Enrolment { replica, revoked_at, seen, .. }, since)| Device {
        replica,
        since,
        last_seen: seen.as_ref().map(|seen| seen.at),
        build: seen.as_ref().map(|seen| seen.build.clone()).filter(|build| !build.is_empty()),
        unsent: seen.and_then(|seen| seen.unsent),
        revoked_at,
    };
    devices.into_iter().map(device).collect()
}

/// Ends one session of somebody.
///
/// # Errors
/// [`DevicesError`] says why not.
pub async fn end_session(
    store: &dyn Store,
    asking: &SignedIn,
    staff: StaffId,
    session: &str,
) -> Result<(), DevicesError> {
    authorise(asking, staff)?;
    let sessions = store.sessions_of(staff).await?;
    let (token, _) = sessions.into_iter().find(|(token, _)| name_of(*token) == session).ok_or(DevicesError::Unknown)?;
    Ok(store.delete_session(token).await?)
}

/// Takes a device of somebody out of use: it exchanges nothing any more, its escrow key is given to nobody, and at its next
/// contact it forgets how to open itself.
///
/// # Errors
/// [`DevicesError`] says why not.
pub async fn revoke(
    store: &dyn Store,
    asking: &SignedIn,
    staff: StaffId,
    replica: ReplicaId,
    now: Timestamp,
) -> Result<(), DevicesError> {
    authorise(asking, staff)?;
    match store.enrolment(replica).await? {
        Some(enrolment) if enrolment.staff == staff => Ok(store.revoke(replica, now).await?),
        _ => Err(DevicesError::Unknown),
    }
}

/// Signs somebody out everywhere and takes all their devices out of use: they have left.
///
/// # Errors
/// [`StoreError`]; done once more it ends what is left.
pub async fn end_all(store: &dyn Store, staff: StaffId, now: Timestamp) -> Result<(), StoreError> {
    end_sessions(store, staff).await?;
    for enrolment in store.enrolments_of(staff).await? {
        store.revoke(enrolment.replica, now).await?;
    }
    Ok(())
}

/// Signs somebody out everywhere.
///
/// # Errors
/// [`StoreError`]; done once more it ends what is left.
pub async fn end_sessions(store: &dyn Store, staff: StaffId) -> Result<(), StoreError> {
    for (token, _) in store.sessions_of(staff).await? {
        store.delete_session(token).await?;
    }
    Ok(())
}

/// What a device tells of itself when it exchanges something. `enrolment` is what is known of it.
///
/// # Errors
/// [`StoreError`] when the store failed.
pub async fn seen(
    store: &dyn Store,
    enrolment: &Enrolment,
    build: &str,
    unsent: Option<u32>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let build: String = build.chars().filter(|letter| !letter.is_control()).take(LONGEST_BUILD).collect();
    let is_known = |known: &Seen| {
        now.duration_since(known.at) < NOTED_EVERY
            && known.build == build
            && known.unsent.is_none_or(|before| before == 0) == unsent.is_none_or(|now| now == 0)
    };
    if enrolment.seen.as_ref().is_some_and(is_known) {
        return Ok(());
    }
    store.note_seen(enrolment.replica, Seen { at: now, build, unsent }).await
}

fn authorise(asking: &SignedIn, staff: StaffId) -> Result<(), DevicesError> {
    let may = asking.staff.id == staff || asking.staff.role.employs();
    if may { Ok(()) } else { Err(DevicesError::NotAllowed) }
}

/// The hash of its token: whoever knows it cannot sign in by it.
fn name_of(token: TokenHash) -> String {
    domain::hash::hex(&token.0)
}
