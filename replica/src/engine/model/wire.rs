//! The wire to the server in memory, with its faults.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, VecDeque};
use std::task::Poll;

use domain::hash::Hash;
use domain::id::{ReplicaId, StreamId};
use domain::permission::Actor;
use domain::wire::{
    EnrolRequest, EnrolResponse, MAX_REQUEST_BYTES, PullRequest, PullResponse, PushRequest, PushResponse,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Server;
use crate::engine::Transport;
use crate::exchange::Failure;

/// What happens to one request.
#[derive(Clone, Copy)]
pub enum Fault {
    /// Nothing.
    None,
    /// It never arrives.
    Lost,
    /// It is done; the reply never arrives.
    ReplyLost,
    /// It is not done, and something is said about it.
    Refused(fn() -> Failure),
    /// Its pull's reply arrives altered.
    Bent(fn(&mut PullResponse)),
    /// Its push is not done; a reply arrives as if it were, altered.
    BentPush(fn(&mut PushResponse)),
}

/// One member of staff's way to the server.
pub struct Wire<'a> {
    server: &'a Server,
    actor: Actor,
    /// What happens to the next requests.
    pub(in crate::engine) faults: RefCell<VecDeque<Fault>>,
    /// The sizes of all requests made, in bytes.
    pub(in crate::engine) sizes: RefCell<Vec<usize>>,
    /// The largest request that passes.
    pub(in crate::engine) passes: Cell<usize>,
    /// The streams pushed to and the operations that were in it.
    pub(in crate::engine) pushed: RefCell<BTreeSet<(StreamId, Hash)>>,
}

impl<'a> Wire<'a> {
    /// Nothing happens on it.
    pub fn new(server: &'a Server, actor: Actor) -> Wire<'a> {
        Wire {
            server,
            actor,
            faults: RefCell::default(),
            sizes: RefCell::default(),
            passes: Cell::new(MAX_REQUEST_BYTES),
            pushed: RefCell::default(),
        }
    }

    /// These happen to the next requests, in this order.
    pub fn with(server: &'a Server, actor: Actor, faults: &[Fault]) -> Wire<'a> {
        let wire = Wire::new(server, actor);
        wire.faults.borrow_mut().extend(faults);
        wire
    }

    pub(in crate::engine) fn requests(&self) -> usize {
        self.sizes.borrow().len()
    }

    async fn exchange<Q, A>(
        &self,
        request: &Q,
        act: impl FnOnce(&Q) -> Result<A, Failure>,
    ) -> Result<(A, Fault), Failure>
    where
        Q: Serialize + DeserializeOwned,
        A: Serialize + DeserializeOwned,
    {
        pause().await;
        let text = serde_json::to_string(request).expect("a request");
        self.sizes.borrow_mut().push(text.len());
        if text.len() > self.passes.get() {
            return Err(Failure::TooLarge);
        }
        let fault = self.faults.borrow_mut().pop_front().unwrap_or(Fault::None);
        match fault {
            Fault::Lost => return Err(Failure::Network),
            Fault::Refused(failure) => return Err(failure()),
            _ => {}
        }
        let reply = act(&serde_json::from_str(&text).expect("what was written"))?;
        if matches!(fault, Fault::ReplyLost) {
            return Err(Failure::Network);
        }
        let text = serde_json::to_string(&reply).expect("a reply");
        pause().await;
        Ok((serde_json::from_str(&text).expect("what was written"), fault))
    }
}

/// Lets others run: a request takes its time.
async fn pause() {
    let mut waited = false;
    std::future::poll_fn(|cx| {
        if std::mem::replace(&mut waited, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

impl Transport for Wire<'_> {
    async fn push(&self, request: &PushRequest) -> Result<PushResponse, Failure> {
        for push in &request.streams {
            self.pushed.borrow_mut().extend(push.operations.iter().map(|item| (push.stream, item.sha256)));
        }
        let before = self.server.streams.borrow().clone();
        let (mut reply, fault) = self.exchange(request, |request| self.server.push(self.actor, request)).await?;
        if let Fault::BentPush(bend) = fault {
            bend(&mut reply);
            self.server.streams.replace(before);
        }
        Ok(reply)
    }

    async fn pull(&self, request: &PullRequest) -> Result<PullResponse, Failure> {
        let (mut reply, fault) = self.exchange(request, |request| self.server.pull(self.actor, request)).await?;
        if let Fault::Bent(bend) = fault {
            bend(&mut reply);
        }
        Ok(reply)
    }

    async fn enrol(&self, request: &EnrolRequest) -> Result<EnrolResponse, Failure> {
        Ok(self.exchange(request, |request| Ok(self.server.enrol(self.actor, request))).await?.0)
    }

    fn new_replica_id(&self) -> ReplicaId {
        ReplicaId(self.server.new_uuid())
    }
}
