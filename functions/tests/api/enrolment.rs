//! Devices: bound to one person, and given back their escrow key right after a sign-in.

use domain::id::{ReplicaId, VaultId};
use domain::wire::{EnrolRequest, EnrolResponse, EscrowResponse};
use functions::store::Store;
use jiff::SignedDuration;
use uuid::Uuid;

use crate::support::client::Client;
use crate::support::device::Device;
use domain::Verdict;

use crate::support::operations::{admit, registered, title, voice};
use crate::support::{Server, Who, child};

const REPLICAS: &str = "/api/v1/replicas";

fn escrow_of(vault: VaultId) -> String {
    format!("/api/v1/vaults/{vault}/escrow")
}

#[tokio::test]
async fn enrolling_twice_is_the_same_as_once() {
    let server = Server::start().await;
    let device = Device::enrolled(&server, Who::AssignedWorker).await;
    let reply = device.client.post(REPLICAS, &device.enrolment()).await;
    assert_eq!(reply.status, 200);
    let first = new_vault(&device).await;
    assert_eq!(first.len(), 64);
    assert_ne!(first, new_vault(&device).await, "a key per vault");
}

/// The escrow key of one more vault of the same person.
async fn new_vault(device: &Device) -> String {
    let (replica, vault) = (ReplicaId(Uuid::new_v4()), VaultId(Uuid::new_v4()));
    let request = EnrolRequest { replica, vault, replaces: None };
    let reply: EnrolResponse = device.client.post(REPLICAS, &request).await.json();
    reply.escrow.unwrap()
}

#[tokio::test]
async fn enrolling_once_more_never_tells_the_key_of_a_vault_that_has_one() {
    let server = Server::start().await;
    let device = Device::enrolled(&server, Who::AssignedWorker).await;
    let again: EnrolResponse = device.client.post(REPLICAS, &device.enrolment()).await.json();
    assert_eq!(again.escrow, None);
    let another = EnrolRequest { replica: ReplicaId(Uuid::new_v4()), ..device.enrolment() };
    let another: EnrolResponse = device.client.post(REPLICAS, &another).await.json();
    assert_eq!(another.escrow, None);
}

#[tokio::test]
async fn after_a_fork_a_new_replica_has_the_same_vault() {
    let server = Server::start().await;
    let mut device = Device::enrolled(&server, Who::AssignedWorker).await;
    let request =
        EnrolRequest { replica: ReplicaId(Uuid::new_v4()), replaces: Some(device.replica), ..device.enrolment() };
    assert_eq!(device.client.post(REPLICAS, &request).await.status, 200);
    let push = device.record(&[registered(child(1))]);
    assert_eq!(device.send(&push).await.status, 200, "the other copy still sends under the old one");
}

#[tokio::test]
async fn somebody_elses_replica_or_vault_cannot_be_taken() {
    let server = Server::start().await;
    let sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let helen = Client::signed_in(&server, Who::TeamManager).await;
    let replica = EnrolRequest { vault: VaultId(Uuid::new_v4()), ..sade.enrolment() };
    let reply = helen.post(REPLICAS, &replica).await;
    assert_eq!((reply.status.as_u16(), reply.code().as_str()), (409, "replica_taken"));
    let vault = EnrolRequest { replica: ReplicaId(Uuid::new_v4()), ..sade.enrolment() };
    let reply = helen.post(REPLICAS, &vault).await;
    assert_eq!((reply.status.as_u16(), reply.code().as_str()), (409, "vault_taken"));
}

#[tokio::test]
async fn a_replica_speaks_for_its_owner_only() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let push = sade.record(&[registered(child(1))]);
    let mut stolen = sade.clone();
    stolen.client = Client::signed_in(&server, Who::TeamManager).await;
    let reply = stolen.send(&push).await;
    assert_eq!((reply.status.as_u16(), reply.code().as_str()), (403, "not_your_replica"));
    let mut never = sade.clone();
    never.replica = ReplicaId(Uuid::new_v4());
    let unknown = never.send(&never.push_from(child(1), 0)).await;
    assert_eq!(reply.body, unknown.body, "somebody else's is not told apart");
    assert_eq!(server.store.head(child(1)).await.unwrap(), None);
}

#[tokio::test]
async fn the_escrow_key_comes_back_right_after_a_sign_in() {
    let server = Server::start().await;
    let device = Device::enrolled(&server, Who::AssignedWorker).await;
    server.wait(SignedDuration::from_mins(5));
    let first: EscrowResponse = device.client.post_text(&escrow_of(device.vault), "").await.json();
    assert_eq!(first.escrow.len(), 64);
    server.wait(SignedDuration::from_secs(1));
    let reply = device.client.post_text(&escrow_of(device.vault), "").await;
    assert_eq!((reply.status.as_u16(), reply.code().as_str()), (403, "sign_in_again"));
    let fresh = Client::signed_in(&server, Who::AssignedWorker).await;
    let released: EscrowResponse = fresh.post_text(&escrow_of(device.vault), "").await.json();
    assert_eq!(released.escrow, first.escrow);
}

#[tokio::test]
async fn the_escrow_key_goes_to_nobody_else() {
    let server = Server::start().await;
    let device = Device::enrolled(&server, Who::AssignedWorker).await;
    let helen = Client::signed_in(&server, Who::TeamManager).await;
    let others = helen.post_text(&escrow_of(device.vault), "").await;
    assert_eq!((others.status.as_u16(), others.code().as_str()), (404, "not_found"));
    let nowhere = helen.post_text(&escrow_of(VaultId(Uuid::new_v4())), "").await;
    assert_eq!(others.body, nowhere.body);
    assert_eq!(helen.post_text("/api/v1/vaults/x/escrow", "").await.code(), "not_found");
}

#[tokio::test]
async fn a_revoked_device_gets_nothing_any_more() {
    let server = Server::start().await;
    let mut device = Device::enrolled(&server, Who::AssignedWorker).await;
    device.push(&[registered(child(1))]).await;
    server.store.revoke(device.replica, server.now()).await.unwrap();
    let pull = domain::wire::PullRequest {
        protocol: 1,
        replica: device.replica,
        streams: vec![],
        limit: 10,
        build: None,
        unsent: None,
    };
    assert_eq!(device.client.post("/api/v1/pull", &pull).await.code(), "replica_revoked");
    assert_eq!(device.client.post_text(&escrow_of(device.vault), "").await.code(), "replica_revoked");
    let again = EnrolRequest { replica: ReplicaId(Uuid::new_v4()), ..device.enrolment() };
    assert_eq!(device.client.post(REPLICAS, &again).await.code(), "replica_revoked");
    assert_eq!(server.store.head(child(1)).await.unwrap().unwrap().seq, 1);
}

#[tokio::test]
async fn fault_34_what_a_revoked_device_still_sends_waits_for_a_manager_and_it_hears_nothing() {
    let server = Server::start().await;
    let mut device = Device::enrolled(&server, Who::AssignedWorker).await;
    device.push(&[registered(child(1))]).await;
    server.store.revoke(device.replica, server.now()).await.unwrap();
    let late = [voice(child(1), "She likes the bus."), title(child(1), "Bus")];
    let pushed = device.push(&late).await;
    let verdicts: Vec<_> = pushed.results.iter().map(|result| (result.seq, result.verdict)).collect();
    assert_eq!(verdicts, [(0, Verdict::Held), (0, Verdict::Refused)]);
    assert_eq!((pushed.epoch, pushed.head, pushed.high), (0, 0, 3));
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    helen.push(&[admit(child(1), &[2])]).await;
    let mut record = domain::Record::default();
    helen.log(child(1)).await.iter().for_each(|entry| record.fold(entry));
    assert_eq!(record.voices.len(), 1);
}
