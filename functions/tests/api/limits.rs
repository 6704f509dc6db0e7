//! Floods: turned away for a while, told when to come again, and noted once.

use domain::id::{ReplicaId, VaultId};
use domain::payload::child::{Birth, Name};
use domain::wire::{DemoSignInRequest, DoublesRequest, EnrolRequest, InviteRequest};
use functions::limits::Limit;
use functions::store::{Meta, Store};
use jiff::SignedDuration;
use uuid::Uuid;

use crate::support::client::{Client, Reply};
use crate::support::device::Device;
use crate::support::operations::{registered, voice};
use crate::support::{Server, Who, child};

/// Asks as often as may be, and once more.
async fn flood(limit: Limit, ask: impl AsyncFn() -> Reply) -> Reply {
    let (_, times, _) = limit.rule();
    for turn in 0..times {
        let reply = ask().await;
        assert_ne!(reply.status, 429, "{limit:?}, {turn}");
    }
    ask().await
}

#[track_caller]
fn assert_told_to_wait(reply: &Reply) {
    assert_eq!((reply.status.as_u16(), reply.code().as_str()), (429, "too_many"));
    assert_eq!(reply.header("retry-after"), Some("60"));
}

#[tokio::test]
async fn sign_ins_from_one_address_are_counted() {
    let server = Server::on_this_machine().await;
    server.store.put_meta(Meta::Demo, "yes".into()).await.unwrap();
    let nobody = Client::anonymous(&server);
    let request = DemoSignInRequest { staff: Who::Duty.staff().id };
    let over = flood(Limit::SignIn, async || nobody.post("/api/v1/session/demo", &request).await).await;
    assert_told_to_wait(&over);
    server.wait(Limit::SignIn.rule().2);
    assert_eq!(nobody.post("/api/v1/session/demo", &request).await.status, 200);
}

#[tokio::test]
async fn keys_that_are_given_back_are_counted_by_person_and_noted_once() {
    let server = Server::start().await;
    let sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let priya = Device::enrolled(&server, Who::SameTeamWorker).await;
    let ask = async |of: &Device| of.client.post_text(&format!("/api/v1/vaults/{}/escrow", of.vault), "").await;
    assert_told_to_wait(&flood(Limit::Escrow, async || ask(&sade).await).await);
    assert_told_to_wait(&ask(&sade).await);
    assert_eq!(ask(&priya).await.status, 200, "somebody else is not stopped by it");
    let noted = server.store.logged();
    assert_eq!(noted.iter().filter(|one| one.outcome == "too_many").count(), 1);
}

#[tokio::test]
async fn new_devices_and_searches_of_the_council_are_counted_by_person() {
    let server = Server::on_this_machine().await;
    let sade = Client::signed_in(&server, Who::AssignedWorker).await;
    let enrol = async || {
        let (replica, vault) = (ReplicaId(Uuid::new_v4()), VaultId(Uuid::new_v4()));
        sade.post("/api/v1/replicas", &EnrolRequest { replica, vault, replaces: None }).await
    };
    assert_told_to_wait(&flood(Limit::Enrol, enrol).await);
    let request = DoublesRequest {
        stream: child(1),
        name: Name::new("Amira", "Khan"),
        birth: Birth::Born("2018-03-04".parse().unwrap()),
        case_number: None,
    };
    assert_told_to_wait(&flood(Limit::Search, async || sade.post("/api/v1/doubles", &request).await).await);
    let lin = Client::signed_in(&server, Who::Administrator).await;
    let invite = InviteRequest { staff: Who::Duty.staff(), account: None };
    assert_told_to_wait(&flood(Limit::Staffing, async || lin.post("/api/v1/staff", &invite).await).await);
}

#[tokio::test]
async fn pushes_are_counted_by_person_and_what_was_turned_away_is_taken_afterwards() {
    let server = Server::on_this_machine().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let first = sade.record(&[registered(child(1))]);
    assert_told_to_wait(&flood(Limit::Push, async || sade.send(&first).await).await);
    let waiting = sade.record(&[voice(child(1), "She likes the bus.")]);
    assert_told_to_wait(&sade.send(&waiting).await);
    let other = Device::enrolled(&server, Who::SameTeamWorker).await;
    assert_eq!(other.send(&other.push_of(Vec::new())).await.status, 200, "somebody else goes on");
    server.wait(SignedDuration::from_mins(1));
    assert_eq!(sade.sent(&waiting).await[0].high, 2);
}

#[tokio::test]
async fn exchanges_without_a_session_are_counted_by_address() {
    let server = Server::on_this_machine().await;
    let nobody = Device::enrolled(&server, Who::AssignedWorker).await;
    let nobody = Device { client: Client::anonymous(&server), ..nobody };
    let over = flood(Limit::SignedOut, async || nobody.send(&nobody.push_of(Vec::new())).await).await;
    assert_told_to_wait(&over);
}
