//! A store that writes down what it was asked and what it answered.

use std::collections::BTreeMap;
use std::sync::Mutex;

use async_trait::async_trait;
use domain::id::{OperationId, ReplicaId, StaffId, StreamId, VaultId};
use domain::wire::{IndexRow, Staff};
use domain::{Entry, Hash};
use jiff::Timestamp;

use crate::store::{
    Access, AccessOf, AccessPlace, Append, AppendError, BegunSignIn, BindError, Binding, Budget, EnrolError, Enrolment,
    EscrowKey, FoundBy, Head, Identity, Invitation, Known, ListedStream, Meta, ReplicaHigh, Scope, Seen, Session,
    Store, StoreError, TokenHash, Vault, Window,
};

/// A store under observation.
pub(in crate::store) struct Traced<S> {
    inner: S,
    lines: Mutex<Vec<String>>,
}

impl<S> Traced<S> {
    pub(in crate::store) fn new(inner: S) -> Traced<S> {
        Traced { inner, lines: Mutex::default() }
    }

    /// One line a call, in order: its name and the answer.
    pub(in crate::store) fn lines(self) -> Vec<String> {
        self.lines.into_inner().unwrap()
    }

    fn note<T: std::fmt::Debug, E: std::fmt::Debug>(&self, call: &str, answer: &Result<T, E>) {
        self.lines.lock().unwrap().push(format!("{call}: {answer:?}"));
    }
}

macro_rules! traced {
    ($(fn $name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)+) => {
        #[async_trait]
        impl<S: Store> Store for Traced<S> {
            $(async fn $name(&self, $($argument: $type),*) -> $answer {
                let answer = self.inner.$name($($argument),*).await;
                self.note(stringify!($name), &answer);
                answer
            })+
        }
    };
}

traced! {
    fn ping() -> Result<(), StoreError>;
    fn head(stream: StreamId) -> Result<Option<Head>, StoreError>;
    fn heads(stream: StreamId, replica: ReplicaId) -> Result<(Option<Head>, ReplicaHigh), StoreError>;
    fn known(stream: StreamId, ids: &[OperationId]) -> Result<BTreeMap<OperationId, Known>, StoreError>;
    fn append(append: Append) -> Result<(), AppendError>;
    fn raise_epochs(at_least: u64) -> Result<(), StoreError>;
    fn entries(stream: StreamId, after: u64, budget: Budget) -> Result<Vec<Entry>, StoreError>;
    fn index(scope: Scope) -> Result<Vec<IndexRow>, StoreError>;
    fn listed(scope: Scope) -> Result<Vec<ListedStream>, StoreError>;
    fn found_by(found_by: FoundBy) -> Result<Vec<StreamId>, StoreError>;
    fn staff(id: StaffId) -> Result<Option<Staff>, StoreError>;
    fn everybody() -> Result<Vec<Staff>, StoreError>;
    fn put_staff(staff: &Staff) -> Result<(), StoreError>;
    fn enrol(enrolment: Enrolment, escrow: EscrowKey) -> Result<EscrowKey, EnrolError>;
    fn enrolment(replica: ReplicaId) -> Result<Option<Enrolment>, StoreError>;
    fn enrolments_of(staff: StaffId) -> Result<Vec<Enrolment>, StoreError>;
    fn note_seen(replica: ReplicaId, seen: Seen) -> Result<(), StoreError>;
    fn vault(vault: VaultId) -> Result<Option<Vault>, StoreError>;
    fn revoke(replica: ReplicaId, at: Timestamp) -> Result<(), StoreError>;
    fn put_session(token: TokenHash, session: Session) -> Result<(), StoreError>;
    fn session(token: TokenHash) -> Result<Option<Session>, StoreError>;
    fn touch_session(token: TokenHash, at: Timestamp) -> Result<(), StoreError>;
    fn delete_session(token: TokenHash) -> Result<(), StoreError>;
    fn sessions_of(staff: StaffId) -> Result<Vec<(TokenHash, Session)>, StoreError>;
    fn put_sign_in(state: TokenHash, begun: BegunSignIn) -> Result<(), StoreError>;
    fn take_sign_in(state: TokenHash) -> Result<Option<BegunSignIn>, StoreError>;
    fn put_invitation(token: TokenHash, invitation: Invitation) -> Result<(), StoreError>;
    fn invitation(token: TokenHash) -> Result<Option<Invitation>, StoreError>;
    fn bind(binding: Binding) -> Result<(), BindError>;
    fn account_since(staff: StaffId) -> Result<Option<Timestamp>, StoreError>;
    fn staff_of(identity: Identity) -> Result<Option<StaffId>, StoreError>;
    fn log(access: Access) -> Result<(), StoreError>;
    fn accesses(of: AccessOf, before: Option<AccessPlace>, limit: usize) -> Result<Vec<Access>, StoreError>;
    fn count(counter: Hash, window: Window) -> Result<u64, StoreError>;
    fn meta(meta: Meta) -> Result<Option<String>, StoreError>;
    fn put_meta(meta: Meta, value: String) -> Result<(), StoreError>;
    fn meta_or(meta: Meta, value: String) -> Result<String, StoreError>;
}
