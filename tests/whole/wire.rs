//! One person's way to the server, and what can happen on it.

use std::cell::RefCell;
use std::collections::VecDeque;

use domain::id::ReplicaId;
use domain::wire::{EnrolRequest, EnrolResponse, Problem, PullRequest, PullResponse, PushRequest, PushResponse};
use replica::engine::Transport;
use replica::exchange::Failure;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::server::{Made, Server};
use crate::support::watched::Killed;
use crate::turns::pause;

/// What happens to one request. Places in a text are in thousandths of its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// It never arrives.
    Lost,
    /// It is done; the reply never arrives.
    ReplyLost,
    /// It arrives twice; the second reply comes back.
    Doubled,
    /// It is given up, and arrives some time later.
    Late,
    /// It arrives as far as this.
    Cut(usize),
    /// The reply comes back as far as this.
    ReplyCut(usize),
    /// A word of the entries in the reply is another.
    Altered,
    /// Somebody between asks to come again later, with this status.
    Busy(u16),
    /// Somebody between takes no request of this length.
    TooLarge,
    /// A captive portal answers.
    Portal,
    /// The session has ended.
    SignedOut,
    /// The server is killed at this call of its store, and begins anew.
    Killed(usize, Killed),
    /// The server's store fails from this call on, as long as the request is worked on; the reply says so.
    StoreFails(usize, Killed),
}

/// A reply as it comes back.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) kind: String,
    pub(crate) retry_after: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    fn of(status: u16, kind: &str, body: &str) -> Reply {
        Reply { status, kind: kind.to_owned(), retry_after: None, body: body.as_bytes().to_vec() }
    }

    fn too_large() -> Reply {
        let problem = functions::problem::Problem::TooLarge.body();
        Reply::of(413, "application/problem+json", &serde_json::to_string(&problem).unwrap())
    }

    fn is(&self, kind: &str) -> bool {
        self.kind.split(';').next() == Some(kind)
    }

    /// Reads it as the app does: what is no success by the same rule, what is one by its kind.
    fn read<A: DeserializeOwned>(&self) -> Result<A, Failure> {
        if (200..300).contains(&self.status) {
            let ours = self.is("application/json").then(|| serde_json::from_slice(&self.body).ok());
            return ours.flatten().ok_or(Failure::Network);
        }
        let problem = self.is("application/problem+json").then(|| serde_json::from_slice::<Problem>(&self.body).ok());
        Err(Failure::of_reply(self.status, self.retry_after.as_deref(), problem.flatten().as_ref()))
    }
}

/// One person's way to the server.
pub(crate) struct Wire<'a> {
    server: &'a Server,
    cookie: String,
    faults: RefCell<VecDeque<Fault>>,
}

impl<'a> Wire<'a> {
    pub(crate) fn new(server: &'a Server, cookie: &str, faults: &[Fault]) -> Wire<'a> {
        Wire { server, cookie: cookie.to_owned(), faults: RefCell::new(faults.iter().copied().collect()) }
    }

    async fn exchange<Q: Serialize, A: DeserializeOwned>(&self, path: &'static str, request: &Q) -> Result<A, Failure> {
        pause().await;
        let body = serde_json::to_vec(request).unwrap();
        let made = Made { path, cookie: Some(self.cookie.clone()), body };
        self.server.made.borrow_mut().push(made.clone());
        let fault = self.faults.borrow_mut().pop_front().unwrap_or(Fault::None);
        let reply = self.suffer(fault, made)?;
        pause().await;
        reply.read()
    }

    fn suffer(&self, fault: Fault, made: Made) -> Result<Reply, Failure> {
        let server = self.server;
        match fault {
            Fault::None => Ok(server.answer(&made)),
            Fault::Lost => Err(Failure::Network),
            Fault::ReplyLost => {
                server.answer(&made);
                Err(Failure::Network)
            }
            Fault::Doubled => {
                server.answer(&made);
                Ok(server.answer(&made))
            }
            Fault::Late => {
                server.late.borrow_mut().push(made);
                Err(Failure::Network)
            }
            Fault::Cut(at) => Ok(server.answer(&Made { body: cut(&made.body, at), ..made })),
            Fault::ReplyCut(at) => {
                let reply = server.answer(&made);
                Ok(Reply { body: cut(&reply.body, at), ..reply })
            }
            Fault::Altered => altered(server.answer(&made)),
            Fault::Busy(status) => {
                Ok(Reply { retry_after: Some("7".to_owned()), ..Reply::of(status, "text/html", "<p>Busy</p>") })
            }
            Fault::TooLarge => Ok(Reply::too_large()),
            Fault::Portal => Ok(Reply::of(200, "text/html", "<p>Welcome to our network</p>")),
            Fault::SignedOut => Ok(server.answer(&Made { cookie: None, ..made })),
            Fault::Killed(call, when) => {
                server.store().kill(call, when);
                server.answer(&made);
                server.restart();
                Err(Failure::Network)
            }
            Fault::StoreFails(call, when) => {
                server.store().kill(call, when);
                let reply = server.answer(&made);
                server.store().revive();
                Ok(reply)
            }
        }
    }
}

fn cut(body: &[u8], at: usize) -> Vec<u8> {
    body[..body.len() * at.min(999) / 1000].to_vec()
}

/// One letter of the first entry that came is another. What brings no entry is lost.
fn altered(reply: Reply) -> Result<Reply, Failure> {
    let mut pulled: PullResponse = serde_json::from_slice(&reply.body).map_err(|_| Failure::Network)?;
    let body = pulled.entries.values_mut().flatten().find_map(|entry| entry.body.as_mut());
    body.ok_or(Failure::Network)?.push(' ');
    Ok(Reply { body: serde_json::to_vec(&pulled).unwrap(), ..reply })
}

impl Transport for Wire<'_> {
    async fn push(&self, request: &PushRequest) -> Result<PushResponse, Failure> {
        self.exchange("push", request).await
    }

    async fn pull(&self, request: &PullRequest) -> Result<PullResponse, Failure> {
        self.exchange("pull", request).await
    }

    async fn enrol(&self, request: &EnrolRequest) -> Result<EnrolResponse, Failure> {
        self.exchange("replicas", request).await
    }

    fn new_replica_id(&self) -> ReplicaId {
        ReplicaId(replica::create::uuid(self.server.now()))
    }
}
