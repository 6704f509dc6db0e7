//! Who read or wrote what: a row each, denials too. A row that cannot be written fails the request.

use domain::id::{ReplicaId, StaffId, StreamId};
use jiff::Timestamp;

use crate::problem::Problem;
use crate::store::{Access, Store, StoreError};

/// What was done, as the log names it.
const DONE: &str = "done";

/// Writes rows about one request.
pub(crate) struct AccessLog<'a> {
    store: &'a dyn Store,
}

/// Who asked for what.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) at: Timestamp,
    pub(crate) staff: StaffId,
    pub(crate) replica: Option<ReplicaId>,
    pub(crate) action: &'static str,
}

impl<'a> AccessLog<'a> {
    pub(crate) fn new(store: &'a dyn Store) -> AccessLog<'a> {
        AccessLog { store }
    }

    /// Notes that nobody was signed in, and why.
    pub(crate) async fn refused_sign_in(&self, at: Timestamp, outcome: &'static str) -> Result<(), StoreError> {
        let row = Access { at, staff: None, replica: None, stream: None, action: "sign_in", outcome, reason: None };
        self.store.log(vec![row]).await
    }

    /// Notes what became of a request: one row a stream, or one without a stream.
    pub(crate) async fn note(
        &self,
        asked: Asked,
        streams: impl IntoIterator<Item = StreamId>,
        reason: Option<&str>,
        outcome: Result<(), Problem>,
    ) -> Result<(), StoreError> {
        let row = |stream| Access {
            at: asked.at,
            staff: Some(asked.staff),
            replica: asked.replica,
            stream,
            action: asked.action,
            outcome: outcome.map_or_else(Problem::code, |()| DONE),
            reason: reason.map(str::to_owned),
        };
        let mut rows: Vec<Access> = streams.into_iter().map(|stream| row(Some(stream))).collect();
        if rows.is_empty() {
            rows.push(row(None));
        }
        self.store.log(rows).await
    }
}
