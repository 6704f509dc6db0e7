//! A tablet with one replica: it numbers its operations and keeps its chain, as the replica crate does.

use std::collections::HashMap;

use domain::id::{ReplicaId, StreamId, VaultId};
use domain::operation::Body;
use domain::wire::{
    Cursor, EnrolRequest, Item, PROTOCOL, PullRequest, PullResponse, PushRequest, PushResponse, PushStream,
    PushedStream,
};
use domain::{Chain, Entry, Operation};
use uuid::Uuid;

use super::client::{Client, Reply};
use super::operations::{analysis, body, registered, submitted, title};
use super::{Server, Who, child};

#[derive(Clone)]
pub(crate) struct Device {
    pub(crate) client: Client,
    pub(crate) replica: ReplicaId,
    pub(crate) vault: VaultId,
    /// Everything ever recorded here, by stream.
    pub(crate) outbox: HashMap<StreamId, Vec<Item>>,
}

impl Device {
    /// A tablet in the hands of somebody signed in, enrolled.
    pub(crate) async fn enrolled(server: &Server, who: Who) -> Device {
        let device = Device {
            client: Client::signed_in(server, who).await,
            replica: ReplicaId(Uuid::new_v4()),
            vault: VaultId(Uuid::new_v4()),
            outbox: HashMap::new(),
        };
        let reply = device.client.post("/api/v1/replicas", &device.enrolment()).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        device
    }

    pub(crate) fn enrolment(&self) -> EnrolRequest {
        EnrolRequest { replica: self.replica, vault: self.vault, replaces: None }
    }

    /// Saves operations, and returns the push that sends just these.
    pub(crate) fn record(&mut self, operations: &[Operation]) -> PushRequest {
        let stream = operations[0].stream;
        let bodies = operations.iter().map(body).collect();
        self.record_bodies(stream, bodies)
    }

    pub(crate) fn record_bodies(&mut self, stream: StreamId, bodies: Vec<Body>) -> PushRequest {
        let items = self.outbox.entry(stream).or_default();
        let after = items.len();
        for (body, rseq) in bodies.into_iter().zip(after as u64 + 1..) {
            items.push(Item { rseq, sha256: body.sha256(), body: body.into_text() });
        }
        self.push_from(stream, after)
    }

    /// The push of everything after `after`.
    pub(crate) fn push_from(&self, stream: StreamId, after: usize) -> PushRequest {
        let items = &self.outbox[&stream];
        let chain = items[..after].iter().fold(Chain::START, |chain, item| chain.then(item.sha256));
        self.push_of(vec![PushStream {
            stream,
            after: after as u64,
            chain,
            operations: items[after..].to_vec(),
            returned: Vec::new(),
        }])
    }

    pub(crate) fn push_of(&self, streams: Vec<PushStream>) -> PushRequest {
        PushRequest { protocol: PROTOCOL, build: "test".into(), replica: self.replica, streams }
    }

    pub(crate) async fn send(&self, push: &PushRequest) -> Reply {
        self.client.post("/api/v1/push", push).await
    }

    /// Sends and expects every stream to be answered.
    pub(crate) async fn sent(&self, push: &PushRequest) -> Vec<PushedStream> {
        let response: PushResponse = self.send(push).await.json();
        assert_eq!(response.protocol, PROTOCOL);
        response.streams
    }

    /// Records and sends operations of one stream.
    pub(crate) async fn push(&mut self, operations: &[Operation]) -> PushedStream {
        let push = self.record(operations);
        self.sent(&push).await.remove(0)
    }

    /// Hands entries of one stream back, and nothing else.
    pub(crate) async fn hand_back(&self, stream: StreamId, returned: Vec<Entry>) -> PushedStream {
        let after = self.outbox.get(&stream).map_or(0, Vec::len);
        let mut push = if after == 0 {
            let chain = Chain::START;
            self.push_of(vec![PushStream { stream, after: 0, chain, operations: Vec::new(), returned: Vec::new() }])
        } else {
            self.push_from(stream, after)
        };
        push.streams[0].returned = returned;
        self.sent(&push).await.remove(0)
    }

    /// The same tablet, now that the server was set back.
    pub(crate) fn meets(&mut self, server: &Server) {
        self.client.server = server.clone();
    }

    /// The whole of one stream, as it is readable.
    pub(crate) async fn log(&self, stream: StreamId) -> Vec<Entry> {
        self.pull(&[]).await.entries.remove(&stream).unwrap_or_default()
    }

    pub(crate) async fn pull(&self, cursors: &[Cursor]) -> PullResponse {
        self.pull_at_most(cursors, 5_000).await
    }

    pub(crate) async fn pull_at_most(&self, cursors: &[Cursor], limit: u32) -> PullResponse {
        let request = PullRequest {
            protocol: PROTOCOL,
            replica: self.replica,
            streams: cursors.to_vec(),
            limit,
            build: None,
            unsent: None,
        };
        self.client.post("/api/v1/pull", &request).await.json()
    }
}

/// A server with a child of North, allocated to Sade, whose plan waits for a decision.
pub(crate) async fn a_plan_that_waits() -> Server {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[
        registered(child(1)),
        title(child(1), "Swimming"),
        analysis(child(1), "She floats"),
        submitted(child(1), 1),
    ])
    .await;
    server
}
