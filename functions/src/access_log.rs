//! Who read or wrote what: each request, denials too. One that cannot be written down fails.

use std::collections::BTreeSet;

use domain::id::{ReplicaId, StaffId, StreamId, StreamKind};
use jiff::Timestamp;
use uuid::Uuid;

use crate::problem::Problem;
use crate::store::{Access, Store, StoreError};

/// What was done, as the log names it.
const DONE: &str = "done";

/// Writes down what was asked.
pub(crate) struct AccessLog<'a> {
    store: &'a dyn Store,
}

/// Who asked for what.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) at: Timestamp,
    staff: StaffId,
    replica: Option<ReplicaId>,
    about: Option<StaffId>,
    action: &'static str,
}

impl Asked {
    pub(crate) fn by(staff: StaffId, action: &'static str, at: Timestamp) -> Asked {
        Asked { at, staff, replica: None, about: None, action }
    }

    /// From a device that is known.
    pub(crate) fn from(self, replica: ReplicaId) -> Asked {
        Asked { replica: Some(replica), ..self }
    }

    /// About somebody who works here.
    pub(crate) fn about(self, staff: StaffId) -> Asked {
        Asked { about: Some(staff), ..self }
    }
}

/// The reason that was given, and who is told of it.
#[derive(Clone, Default)]
pub(crate) struct Why {
    pub(crate) reason: Option<String>,
    pub(crate) notified: BTreeSet<StaffId>,
}

impl Why {
    /// A reason of which nobody is told.
    pub(crate) fn of(reason: &str) -> Why {
        Why { reason: Some(reason.to_owned()), notified: BTreeSet::new() }
    }
}

impl<'a> AccessLog<'a> {
    pub(crate) fn new(store: &'a dyn Store) -> AccessLog<'a> {
        AccessLog { store }
    }

    /// Notes that nobody was signed in, and why.
    pub(crate) async fn refused_sign_in(&self, at: Timestamp, outcome: &'static str) -> Result<(), StoreError> {
        let access = Access {
            id: fresh_id()?,
            at,
            staff: None,
            replica: None,
            streams: BTreeSet::new(),
            about: None,
            notified: BTreeSet::new(),
            action: "sign_in".into(),
            outcome: outcome.into(),
            reason: None,
        };
        self.store.log(access).await
    }

    /// Notes what became of a request about these records: `done`, or why not.
    pub(crate) async fn note<T>(
        &self,
        asked: Asked,
        streams: impl IntoIterator<Item = StreamId>,
        done: &Result<T, Problem>,
    ) -> Result<(), StoreError> {
        self.note_why(asked, streams, Why::default(), done).await
    }

    /// The same, where a reason was given.
    pub(crate) async fn note_why<T>(
        &self,
        asked: Asked,
        streams: impl IntoIterator<Item = StreamId>,
        why: Why,
        done: &Result<T, Problem>,
    ) -> Result<(), StoreError> {
        let access = Access {
            id: fresh_id()?,
            at: asked.at,
            staff: Some(asked.staff),
            replica: asked.replica,
            streams: streams.into_iter().collect(),
            about: asked.about,
            notified: why.notified,
            action: asked.action.into(),
            outcome: done.as_ref().err().map_or(DONE, |problem| problem.code()).into(),
            reason: why.reason,
        };
        self.store.log(access).await
    }

    /// The same of what was done.
    pub(crate) async fn note_done(
        &self,
        asked: Asked,
        streams: impl IntoIterator<Item = StreamId>,
    ) -> Result<(), StoreError> {
        self.note(asked, streams, &Ok::<(), Problem>(())).await
    }
}

/// Whether a stream is about people, so that whoever reads it or writes to it is noted by it.
pub(crate) fn is_record(stream: StreamId) -> bool {
    !matches!(stream.kind, StreamKind::Team | StreamKind::Council)
}

fn fresh_id() -> Result<Uuid, StoreError> {
    Ok(Uuid::from_bytes(crate::random::bytes()?))
}
