//! A store that counts what is asked of it, keeps the access log at hand, and fails on demand.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use async_trait::async_trait;
use domain::Entry;
use domain::id::{OperationId, ReplicaId, StaffId, StreamId, VaultId};
use domain::wire::{IndexRow, Staff};
use functions::store::{
    Access, Append, AppendError, Budget, EnrolError, Enrolment, EscrowKey, Head, Known, ListedStream, Meta,
    ReplicaHigh, Scope, Session, Store, StoreError, TokenHash, Vault,
};
use jiff::Timestamp;

pub(crate) struct Watched {
    inner: Box<dyn Store>,
    broken: AtomicBool,
    always_in_conflict: AtomicBool,
    calls: Mutex<Vec<&'static str>>,
    log: Mutex<Vec<Access>>,
    appends: AtomicUsize,
}

impl Watched {
    pub(crate) fn new(inner: impl Store + 'static) -> Watched {
        Watched {
            inner: Box::new(inner),
            broken: AtomicBool::new(false),
            always_in_conflict: AtomicBool::new(false),
            calls: Mutex::default(),
            log: Mutex::default(),
            appends: AtomicUsize::new(0),
        }
    }

    /// From now on every call fails.
    pub(crate) fn fail(&self) {
        self.broken.store(true, Ordering::Relaxed);
    }

    /// From now on somebody else is always quicker.
    pub(crate) fn conflict(&self) {
        self.always_in_conflict.store(true, Ordering::Relaxed);
    }

    /// What was asked since the last time.
    pub(crate) fn calls(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.calls.lock().unwrap())
    }

    /// What the access log was given since the last time.
    pub(crate) fn logged(&self) -> Vec<Access> {
        std::mem::take(&mut self.log.lock().unwrap())
    }

    /// How often an append was tried.
    pub(crate) fn appends(&self) -> usize {
        self.appends.load(Ordering::Relaxed)
    }

    fn note(&self, call: &'static str) -> Result<(), StoreError> {
        self.calls.lock().unwrap().push(call);
        if self.broken.load(Ordering::Relaxed) {
            return Err(StoreError::Unavailable("switched off".into()));
        }
        Ok(())
    }
}

macro_rules! watched {
    ($(fn $name:ident($($argument:ident: $type:ty),*) -> $ok:ty;)+) => {
        #[async_trait]
        impl Store for Watched {
            $(async fn $name(&self, $($argument: $type),*) -> Result<$ok, StoreError> {
                self.note(stringify!($name))?;
                self.inner.$name($($argument),*).await
            })+

            async fn append(&self, append: Append) -> Result<(), AppendError> {
                self.note("append")?;
                self.appends.fetch_add(1, Ordering::Relaxed);
                if self.always_in_conflict.load(Ordering::Relaxed) {
                    return Err(AppendError::Conflict);
                }
                self.inner.append(append).await
            }

            async fn enrol(&self, enrolment: Enrolment, escrow: EscrowKey) -> Result<EscrowKey, EnrolError> {
                self.note("enrol")?;
                self.inner.enrol(enrolment, escrow).await
            }

            async fn log(&self, rows: Vec<Access>) -> Result<(), StoreError> {
                self.note("log")?;
                self.log.lock().unwrap().extend(rows.iter().cloned());
                self.inner.log(rows).await
            }
        }
    };
}

watched! {
    fn ping() -> ();
    fn head(stream: StreamId) -> Option<Head>;
    fn heads(stream: StreamId, replica: ReplicaId) -> (Option<Head>, ReplicaHigh);
    fn known(stream: StreamId, ids: &[OperationId]) -> BTreeMap<OperationId, Known>;
    fn raise_epochs(at_least: u64) -> ();
    fn entries(stream: StreamId, after: u64, budget: Budget) -> Vec<Entry>;
    fn index(scope: Scope) -> Vec<IndexRow>;
    fn listed(scope: Scope) -> Vec<ListedStream>;
    fn staff(id: StaffId) -> Option<Staff>;
    fn everybody() -> Vec<Staff>;
    fn put_staff(staff: &Staff) -> ();
    fn enrolment(replica: ReplicaId) -> Option<Enrolment>;
    fn vault(vault: VaultId) -> Option<Vault>;
    fn revoke(replica: ReplicaId, at: Timestamp) -> ();
    fn put_session(token: TokenHash, session: Session) -> ();
    fn session(token: TokenHash) -> Option<Session>;
    fn touch_session(token: TokenHash, at: Timestamp) -> ();
    fn delete_session(token: TokenHash) -> ();
    fn meta(meta: Meta) -> Option<String>;
    fn put_meta(meta: Meta, value: String) -> ();
    fn meta_or(meta: Meta, value: String) -> String;
}
