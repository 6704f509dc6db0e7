//! The same operation twice, and another under its identity.

use domain::wire::PushedStream;
use domain::{Code, Record, Verdict};

use crate::support::device::Device;
use crate::support::operations::{assigned, body, planned, registered, title, voice};
use crate::support::{Server, Who, child};

async fn record(server: &Server) -> Record {
    let helen = Device::enrolled(server, Who::TeamManager).await;
    let mut record = Record::default();
    helen.log(child(1)).await.iter().for_each(|entry| record.fold(entry));
    record
}

/// The server decides by the standing that everybody folds.
async fn agrees(server: &Server) {
    let head = server.store.head(child(1)).await.unwrap().unwrap();
    assert_eq!(record(server).await.standing, head.standing);
}

fn verdicts(pushed: &PushedStream) -> Vec<(Verdict, Option<Code>)> {
    pushed.results.iter().map(|result| (result.verdict, result.code.clone())).collect()
}

use functions::store::Store;

#[tokio::test]
async fn a_repeat_under_another_replica_gets_a_place_and_the_verdict_it_had_and_changes_nothing() {
    let server = Server::start().await;
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    helen.push(&[registered(child(1))]).await;
    let first = assigned(child(1), &[Who::AssignedWorker]);
    helen.push(&[first.clone(), assigned(child(1), &[Who::SameTeamWorker])]).await;
    let before = server.store.head(child(1)).await.unwrap().unwrap();
    let mut copy = Device::enrolled(&server, Who::TeamManager).await;
    let again = copy.push(&[first]).await;
    assert_eq!((again.high, again.head, verdicts(&again)), (1, 4, vec![(Verdict::Accepted, None)]));
    let after = server.store.head(child(1)).await.unwrap().unwrap();
    assert_eq!(after.standing, before.standing, "the allocation is not turned back");
    agrees(&server).await;
}

#[tokio::test]
async fn a_repeat_of_what_was_refused_stays_refused_though_it_would_be_allowed_now() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let title = title(child(1), "Swimming");
    let refused = sade.push(std::slice::from_ref(&title)).await;
    sade.push(&[registered(child(1))]).await;
    let again = sade.push(&[title]).await;
    assert_eq!(verdicts(&again), verdicts(&refused));
    agrees(&server).await;
}

#[tokio::test]
async fn a_repeat_within_one_push_counts_once() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let words = title(child(1), "Swimming");
    let pushed = sade.push(&[registered(child(1)), words.clone(), words]).await;
    assert_eq!((pushed.high, pushed.head), (3, 3));
    agrees(&server).await;
}

#[tokio::test]
async fn something_else_under_a_used_identity_is_held_or_refused_and_changes_nothing() {
    let server = Server::start().await;
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    let (words, team) = (voice(child(1), "She likes the bus."), assigned(child(1), &[Who::AssignedWorker]));
    helen.push(&[registered(child(1)), words.clone(), team.clone()]).await;
    let mut other_words = voice(child(1), "She hates the bus.");
    other_words.id = words.id;
    let mut other_team = assigned(child(1), &[Who::OtherTeamWorker]);
    other_team.id = team.id;
    let pushed = helen.push(&[other_words, other_team]).await;
    let unreadable = Some(Code::Unreadable);
    assert_eq!(verdicts(&pushed), [(Verdict::Held, unreadable.clone()), (Verdict::Refused, unreadable)]);
    agrees(&server).await;
}

#[tokio::test]
async fn a_planned_visit_that_began_is_not_planned_again_by_a_repeat() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let visit = domain::id::VisitId(uuid::Uuid::from_u128(77));
    let plan = planned(child(1), visit);
    sade.push(&[registered(child(1)), plan.clone()]).await;
    let mut begun = crate::support::operations::whole_visit(child(1)).remove(0);
    if let domain::Payload::VisitStarted(started) = &mut begun.payload {
        started.visit = visit;
    }
    sade.push(&[begun]).await;
    let mut copy = Device::enrolled(&server, Who::AssignedWorker).await;
    copy.push(&[plan]).await;
    assert!(server.store.head(child(1)).await.unwrap().unwrap().standing.planned.is_empty());
    agrees(&server).await;
    assert_ne!(body(&voice(child(1), "a")).sha256(), body(&voice(child(1), "b")).sha256());
}
