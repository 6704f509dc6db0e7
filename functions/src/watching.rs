//! Who looked at what: the access log, read by whoever may.

use domain::id::{StaffId, StreamId};
use domain::permission::{Action, Actor, Permission, Relation, may, sees_what_was_done_by};
use domain::wire::AccessRecord;
use jiff::Timestamp;

use crate::cover;
use crate::store::{Access, AccessOf, AccessPlace, Store, StoreError};

/// So many requests are on one page.
pub const PAGE: usize = 100;

/// What is asked of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Who looked at one record, or did what in one team.
    Stream(StreamId),
    /// What one member of staff did.
    Staff(StaffId),
    /// Of what whoever asks is notified that others read it.
    Notified,
}

/// Why it was not read.
#[derive(Debug, thiserror::Error)]
pub enum WatchingError {
    /// Not by this member of staff. What is not there is not told apart.
    #[error("not allowed")]
    NotAllowed,
    /// No place of the log is written so.
    #[error("no such place")]
    NoPlace,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// One page of the log.
pub struct Page {
    /// The latest first.
    pub accesses: Vec<AccessRecord>,
    /// Where the next page begins; none at the beginning of the log.
    pub before: Option<String>,
}

/// Reads one page of the log, from its end or before a place that an earlier page named.
///
/// # Errors
/// [`WatchingError`] says why not.
pub async fn read(
    store: &dyn Store,
    actor: Actor,
    about: About,
    before: Option<&str>,
    now: Timestamp,
) -> Result<Page, WatchingError> {
    let before = before.map(place).transpose()?;
    authorise(store, actor, about, now).await?;
    let of = match about {
        About::Stream(stream) => AccessOf::Stream(stream),
        About::Staff(staff) => AccessOf::Staff(Some(staff)),
        About::Notified => AccessOf::Notified(actor.staff),
    };
    let mut found = store.accesses(of, before, PAGE + 1).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let before = found.last().filter(|_| more).map(|last| written(last.place()));
    Ok(Page { accesses: found.into_iter().map(record).collect(), before })
}

async fn authorise(store: &dyn Store, actor: Actor, about: About, now: Timestamp) -> Result<(), WatchingError> {
    let may_see = match about {
        About::Notified => true,
        About::Staff(staff) if staff == actor.staff => true,
        About::Staff(staff) => {
            let stands_in = cover::stands_in(store, actor, now).await?;
            let colleague = store.staff(staff).await?.ok_or(WatchingError::NotAllowed)?;
            sees_what_was_done_by(actor, colleague.actor(), &stands_in)
        }
        About::Stream(stream) => {
            let access = store.head(stream).await?.map(|head| head.standing.access).unwrap_or_default();
            let access = access.to_stream(stream, actor);
            let stands_in = cover::stands_in_with(store, actor, &access, now).await?;
            may(Relation::of(actor, &access, &stands_in), Action::SeeWhoLooked) == Permission::Yes
        }
    };
    if may_see { Ok(()) } else { Err(WatchingError::NotAllowed) }
}

fn record(access: Access) -> AccessRecord {
    let Access { id: _, at, staff, replica, streams, about, notified: _, action, outcome, reason } = access;
    let streams = streams.into_iter().collect();
    AccessRecord { at, staff, replica, streams, about, action: action.into(), outcome: outcome.into(), reason }
}

fn written(AccessPlace { at, id }: AccessPlace) -> String {
    format!("{}-{}", at.as_millisecond(), id.simple())
}

fn place(text: &str) -> Result<AccessPlace, WatchingError> {
    let (at, id) = text.split_once('-').ok_or(WatchingError::NoPlace)?;
    let at = at.parse().ok().and_then(|at| Timestamp::from_millisecond(at).ok());
    match (at, id.parse()) {
        (Some(at), Ok(id)) => Ok(AccessPlace { at, id }),
        _ => Err(WatchingError::NoPlace),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_place_is_read_as_it_was_written_and_nothing_else_is_one() {
        let at = "2026-11-30T09:00:00.123Z".parse().unwrap();
        let known = AccessPlace { at, id: Uuid::from_u128(7) };
        assert_eq!(place(&written(known)).unwrap(), known);
        for wrong in ["", "1", "1-", "-1-x", "x-00000000000000000000000000000007"] {
            assert!(matches!(place(wrong), Err(WatchingError::NoPlace)), "{wrong}");
        }
    }
}
