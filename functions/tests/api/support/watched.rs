//! A store that counts what is asked of it, keeps the access log at hand, and fails on demand.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use async_trait::async_trait;
use domain::id::{OperationId, ReplicaId, StaffId, StreamId, VaultId};
use domain::wire::{IndexRow, Staff};
use domain::{Entry, Hash};
use functions::store::{
    Access, AccessOf, AccessPlace, Append, AppendError, BegunSignIn, BindError, Binding, Budget, EnrolError, Enrolment,
    EscrowKey, FoundBy, Head, Identity, Invitation, Known, ListedStream, Meta, ReplicaHigh, Scope, Seen, Session,
    Store, StoreError, TokenHash, Vault, Window,
};
use jiff::Timestamp;

/// Where in a call of the store the server is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Killed {
    /// Nothing of the call is done.
    Before,
    /// All of it is done, and nobody hears of it.
    After,
}

/// How far it is until the server is killed.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Lives,
    Dies {
        in_calls: usize,
        when: Killed,
    },
    /// The call under way is the last.
    Dying,
}

pub(crate) struct Watched {
    inner: Box<dyn Store>,
    broken: AtomicBool,
    fate: Mutex<Fate>,
    always_in_conflict: AtomicBool,
    calls: Mutex<Vec<&'static str>>,
    log: Mutex<Vec<Access>>,
    appends: AtomicUsize,
    at_once: AtomicUsize,
}

impl Watched {
    pub(crate) fn new(inner: impl Store + 'static) -> Watched {
        Watched {
            inner: Box::new(inner),
            broken: AtomicBool::new(false),
            fate: Mutex::new(Fate::Lives),
            always_in_conflict: AtomicBool::new(false),
            calls: Mutex::default(),
            log: Mutex::default(),
            appends: AtomicUsize::new(0),
            // One after the other, so that the nth call is the same each time.
            at_once: AtomicUsize::new(1),
        }
    }

    /// From now on every call fails.
    pub(crate) fn fail(&self) {
        self.broken.store(true, Ordering::Relaxed);
    }

    /// So many calls pass; the next one is the last, and every other fails until [`Watched::revive`].
    pub(crate) fn kill(&self, in_calls: usize, when: Killed) {
        *self.fate.lock().unwrap() = Fate::Dies { in_calls, when };
    }

    /// It works again. Says whether it had been killed.
    pub(crate) fn revive(&self) -> bool {
        *self.fate.lock().unwrap() = Fate::Lives;
        self.broken.swap(false, Ordering::Relaxed)
    }

    /// From now on streams are taken as the store itself would have it.
    pub(crate) fn at_its_own_pace(&self) {
        self.at_once.store(self.inner.at_once(), Ordering::Relaxed);
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
        let mut fate = self.fate.lock().unwrap();
        match *fate {
            Fate::Dies { in_calls: 0, when: Killed::Before } => self.fail(),
            Fate::Dies { in_calls: 0, when: Killed::After } => *fate = Fate::Dying,
            Fate::Dies { in_calls, when } => *fate = Fate::Dies { in_calls: in_calls - 1, when },
            Fate::Lives | Fate::Dying => {}
        }
        if self.broken.load(Ordering::Relaxed) {
            return Err(StoreError::Unavailable("switched off".into()));
        }
        Ok(())
    }

    /// What a call brought, if anybody is there to hear it.
    fn heard<T, E: From<StoreError>>(&self, done: Result<T, E>) -> Result<T, E> {
        let mut fate = self.fate.lock().unwrap();
        if matches!(*fate, Fate::Dying) {
            *fate = Fate::Lives;
            self.fail();
            return Err(StoreError::Unavailable("killed".into()).into());
        }
        done
    }
}

macro_rules! watched {
    ($(fn $name:ident($($argument:ident: $type:ty),*) -> $ok:ty;)+) => {
        #[async_trait]
        impl Store for Watched {
            fn at_once(&self) -> usize {
                self.at_once.load(Ordering::Relaxed)
            }

            $(async fn $name(&self, $($argument: $type),*) -> Result<$ok, StoreError> {
                self.note(stringify!($name))?;
                self.heard(self.inner.$name($($argument),*).await)
            })+

            async fn append(&self, append: Append) -> Result<(), AppendError> {
                self.note("append")?;
                self.appends.fetch_add(1, Ordering::Relaxed);
                if self.always_in_conflict.load(Ordering::Relaxed) {
                    return Err(AppendError::Conflict);
                }
                self.heard(self.inner.append(append).await)
            }

            async fn enrol(&self, enrolment: Enrolment, escrow: EscrowKey) -> Result<EscrowKey, EnrolError> {
                self.note("enrol")?;
                self.heard(self.inner.enrol(enrolment, escrow).await)
            }

            async fn bind(&self, binding: Binding) -> Result<(), BindError> {
                self.note("bind")?;
                self.heard(self.inner.bind(binding).await)
            }

            async fn log(&self, access: Access) -> Result<(), StoreError> {
                self.note("log")?;
                self.log.lock().unwrap().push(access.clone());
                self.heard(self.inner.log(access).await)
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
    fn found_by(found_by: FoundBy) -> Vec<StreamId>;
    fn staff(id: StaffId) -> Option<Staff>;
    fn everybody() -> Vec<Staff>;
    fn put_staff(staff: &Staff) -> ();
    fn enrolment(replica: ReplicaId) -> Option<Enrolment>;
    fn enrolments_of(staff: StaffId) -> Vec<Enrolment>;
    fn note_seen(replica: ReplicaId, seen: Seen) -> ();
    fn vault(vault: VaultId) -> Option<Vault>;
    fn accesses(of: AccessOf, before: Option<AccessPlace>, limit: usize) -> Vec<Access>;
    fn count(counter: Hash, window: Window) -> u64;
    fn revoke(replica: ReplicaId, at: Timestamp) -> ();
    fn put_session(token: TokenHash, session: Session) -> ();
    fn session(token: TokenHash) -> Option<Session>;
    fn touch_session(token: TokenHash, at: Timestamp) -> ();
    fn delete_session(token: TokenHash) -> ();
    fn sessions_of(staff: StaffId) -> Vec<(TokenHash, Session)>;
    fn put_sign_in(state: TokenHash, begun: BegunSignIn) -> ();
    fn take_sign_in(state: TokenHash) -> Option<BegunSignIn>;
    fn put_invitation(token: TokenHash, invitation: Invitation) -> ();
    fn invitation(token: TokenHash) -> Option<Invitation>;
    fn account_since(staff: StaffId) -> Option<Timestamp>;
    fn staff_of(identity: Identity) -> Option<StaffId>;
    fn meta(meta: Meta) -> Option<String>;
    fn put_meta(meta: Meta, value: String) -> ();
    fn meta_or(meta: Meta, value: String) -> String;
}
