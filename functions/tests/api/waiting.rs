//! What one recorded oneself and waits for a manager, told to its author alone.

use std::slice::from_ref;

use domain::Code;
use domain::wire::{HeldResponse, OwnHeld};

use crate::support::client::Client;
use crate::support::device::Device;
use crate::support::operations::{admit, declined, registered, voice};
use crate::support::{Server, Who, child};

async fn held(server: &Server, who: Who) -> Vec<OwnHeld> {
    let HeldResponse { held, .. } = Client::signed_in(server, who).await.get("/api/v1/held").await.json();
    held
}

#[tokio::test]
async fn an_author_learns_on_any_tablet_what_waits_of_theirs_and_nobody_else_does() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1))]).await;
    sade.push(&[registered(child(2))]).await;
    assert_eq!(held(&server, Who::SameTeamWorker).await, []);

    let mut priya = Device::enrolled(&server, Who::SameTeamWorker).await;
    let (one, two, other) = (voice(child(1), "She smiled"), voice(child(1), "She sang"), voice(child(2), "He left"));
    priya.push(from_ref(&one)).await;
    // Another's entry between two of one author.
    sade.push(&[voice(child(1), "Mum said so")]).await;
    priya.push(from_ref(&two)).await;
    priya.push(from_ref(&other)).await;

    let waiting = held(&server, Who::SameTeamWorker).await;
    let ids: Vec<_> = waiting.iter().map(|held| held.id.unwrap()).collect();
    assert_eq!(ids, [one.id, two.id, other.id]);
    assert_eq!(waiting[0].stream, child(1));
    assert_eq!(waiting[0].kind.as_deref(), Some("VoiceAdded"));
    assert_eq!(waiting[0].at, one.captured_at);
    assert_eq!(waiting[0].code, Some(Code::NotAssigned));
    let told = serde_json::to_string(&waiting).unwrap();
    assert!(!told.contains("smiled"), "not a word of it: {told}");
    for who in Who::ALL.into_iter().filter(|who| *who != Who::SameTeamWorker) {
        assert_eq!(held(&server, who).await, [], "{who:?}");
    }
}

#[tokio::test]
async fn what_was_let_in_or_declined_waits_no_more() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1))]).await;
    let mut priya = Device::enrolled(&server, Who::SameTeamWorker).await;
    priya.push(&[voice(child(1), "One"), voice(child(1), "Two"), voice(child(1), "Three")]).await;
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    helen.push(&[admit(child(1), &[3])]).await;
    assert_eq!(held(&server, Who::SameTeamWorker).await.len(), 2);
    helen.push(&[declined(child(1), &[2, 4], "Of another child.")]).await;
    assert_eq!(held(&server, Who::SameTeamWorker).await, []);
}

#[tokio::test]
async fn nobody_is_told_without_signing_in() {
    let server = Server::start().await;
    let reply = Client::anonymous(&server).get("/api/v1/held").await;
    assert_eq!(reply.code(), "signed_out");
}
