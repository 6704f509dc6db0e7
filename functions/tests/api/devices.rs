//! Where somebody is signed in and which devices are theirs: seen and ended by themselves and by an administrator.

use domain::Verdict;
use domain::id::{ReplicaId, StaffId};
use domain::wire::{DevicesResponse, EnrolRequest, PROTOCOL, PullRequest};
use functions::store::Store;
use jiff::SignedDuration;
use uuid::Uuid;

use crate::support::client::{Client, Reply};
use crate::support::device::Device;
use crate::support::operations::{registered, voice};
use crate::support::{Server, Who, child};

fn of(who: Who) -> String {
    format!("/api/v1/staff/{}/devices", who.staff().id)
}

async fn seen(client: &Client, who: Who) -> DevicesResponse {
    client.get(&of(who)).await.json()
}

fn pull(replica: ReplicaId, build: &str, unsent: u32) -> PullRequest {
    let (build, unsent) = (Some(build.into()), Some(unsent));
    PullRequest { protocol: PROTOCOL, replica, streams: Vec::new(), limit: 10, build, unsent }
}

#[tokio::test]
async fn everybody_sees_their_own_and_an_administrator_sees_all() {
    let server = Server::start().await;
    for who in Who::ALL {
        let client = Client::signed_in(&server, who).await;
        assert_eq!(client.get(&of(who)).await.status, 200, "{who:?}");
        let other = if who == Who::AssignedWorker { Who::SameTeamWorker } else { Who::AssignedWorker };
        let others = client.get(&of(other)).await;
        if who == Who::Administrator {
            assert_eq!(others.status, 200);
        } else {
            assert_eq!(others.code(), "not_allowed", "{who:?}");
        }
    }
    assert_eq!(Client::anonymous(&server).get(&of(Who::AssignedWorker)).await.code(), "signed_out");
}

#[tokio::test]
async fn a_device_tells_its_build_and_what_waits_there_and_is_asked_to_write_it_down_seldom() {
    let server = Server::start().await;
    let device = Device::enrolled(&server, Who::AssignedWorker).await;
    let first = &seen(&device.client, Who::AssignedWorker).await.devices[0];
    assert_eq!((first.replica, first.since, first.last_seen, first.unsent), (device.replica, server.now(), None, None));
    let enrolled = server.now();
    let told = async |build: &str, unsent| {
        assert_eq!(device.client.post("/api/v1/pull", &pull(device.replica, build, unsent)).await.status, 200);
        seen(&device.client, Who::AssignedWorker).await.devices.remove(0)
    };
    server.wait(SignedDuration::from_mins(1));
    let now = told("0.1\u{7}", 3).await;
    assert_eq!((now.last_seen, now.build.as_deref(), now.unsent), (Some(server.now()), Some("0.1"), Some(3)));
    let noted = server.now();
    server.wait(SignedDuration::from_mins(4));
    let now = told("0.1", 5).await;
    assert_eq!((now.last_seen, now.unsent), (Some(noted), Some(3)), "within five minutes nothing is written");
    let now = told("0.1", 0).await;
    assert_eq!((now.last_seen, now.unsent), (Some(server.now()), Some(0)), "unless nothing waits any more");
    let now = told("0.2", 0).await;
    assert_eq!((now.build.as_deref(), now.since), (Some("0.2"), enrolled));
}

#[tokio::test]
async fn after_a_fork_it_is_the_same_device() {
    let server = Server::start().await;
    let device = Device::enrolled(&server, Who::AssignedWorker).await;
    server.wait(SignedDuration::from_mins(1));
    let replica = ReplicaId(Uuid::new_v4());
    let fork = EnrolRequest { replica, replaces: Some(device.replica), ..device.enrolment() };
    assert_eq!(device.client.post("/api/v1/replicas", &fork).await.status, 200);
    let devices = seen(&device.client, Who::AssignedWorker).await.devices;
    assert_eq!(devices.len(), 1);
    assert_eq!((devices[0].replica, devices[0].since), (replica, server.now() - SignedDuration::from_mins(1)));
}

#[tokio::test]
async fn a_session_is_ended_by_whoever_it_is_of_and_by_nobody_else() {
    let server = Server::start().await;
    let (here, there) =
        (Client::signed_in(&server, Who::AssignedWorker).await, Client::signed_in(&server, Who::AssignedWorker).await);
    let sessions = seen(&here, Who::AssignedWorker).await.sessions;
    assert_eq!(sessions.iter().filter(|session| session.this).count(), 1);
    let there_id = &sessions.iter().find(|session| !session.this).unwrap().id;
    let address = |id: StaffId| format!("/api/v1/staff/{id}/sessions/{there_id}");
    let priya = Client::signed_in(&server, Who::SameTeamWorker).await;
    assert_eq!(priya.delete(&address(Who::AssignedWorker.staff().id)).await.code(), "not_allowed");
    assert_eq!(priya.delete(&address(Who::SameTeamWorker.staff().id)).await.code(), "not_found");
    assert_eq!(there.get("/api/v1/session").await.status, 200);
    assert_eq!(here.delete(&address(Who::AssignedWorker.staff().id)).await.status, 204);
    assert_eq!(there.get("/api/v1/session").await.code(), "signed_out");
    assert_eq!(here.get("/api/v1/session").await.status, 200);
    // What it is named by opens nothing.
    let thief = Client { cookie: Some(format!("__Host-heard={there_id}")), ..here.clone() };
    assert_eq!(thief.get("/api/v1/session").await.code(), "signed_out");
}

#[tokio::test]
async fn a_device_is_taken_out_of_use_by_its_owner_or_an_administrator() {
    let server = Server::start().await;
    let mut tablet = Device::enrolled(&server, Who::AssignedWorker).await;
    tablet.push(&[registered(child(1))]).await;
    let address = |who: Who, replica: ReplicaId| format!("{}/{replica}", of(who));
    let end =
        async |who, of, replica| -> Reply { Client::signed_in(&server, who).await.delete(&address(of, replica)).await };
    for who in [Who::SameTeamWorker, Who::TeamManager, Who::Auditor] {
        assert_eq!(end(who, Who::AssignedWorker, tablet.replica).await.code(), "not_allowed", "{who:?}");
    }
    let own = end(Who::SameTeamWorker, Who::SameTeamWorker, tablet.replica).await;
    assert_eq!(own.code(), "not_found", "somebody else's is nobody's of one's own");
    assert_eq!(end(Who::Administrator, Who::AssignedWorker, tablet.replica).await.status, 204);
    assert!(seen(&tablet.client, Who::AssignedWorker).await.devices[0].revoked_at.is_some());
    // What was on it is taken, and waits; then it hears that it is over, with a session and without.
    let waiting = tablet.record(&[voice(child(1), "She likes the bus.")]);
    assert_eq!(tablet.sent(&waiting).await[0].results[0].verdict, Verdict::Held);
    let pull = pull(tablet.replica, "0.1", 0);
    assert_eq!(tablet.client.post("/api/v1/pull", &pull).await.code(), "replica_revoked");
    let nobody = Client::anonymous(&server);
    for reply in [nobody.post("/api/v1/pull", &pull).await, nobody.post("/api/v1/push", &waiting).await] {
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (403, "replica_revoked"));
    }
    let unknown = PullRequest { replica: ReplicaId(Uuid::new_v4()), ..pull };
    assert_eq!(nobody.post("/api/v1/pull", &unknown).await.code(), "signed_out");
    assert_eq!(server.store.head(child(1)).await.unwrap().unwrap().seq, 2);
}
