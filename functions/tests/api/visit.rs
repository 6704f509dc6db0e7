//! The main job: a visit recorded on a tablet reaches the manager, and the decision comes back.

use domain::wire::{Cursor, PushOutcome};
use domain::{Entry, Record, Verdict};
use functions::seal::Seal;

use crate::support::device::Device;
use crate::support::operations::{authorised, ids, planned, registered, whole_visit};
use crate::support::{Server, Who, child};

fn folded(entries: &[Entry]) -> Record {
    let mut record = Record::default();
    for entry in entries {
        record.fold(entry);
    }
    record
}

#[tokio::test]
async fn a_visit_reaches_the_manager_and_the_decision_comes_back() {
    let server = Server::start().await;
    let stream = child(1);
    let mut tablet = Device::enrolled(&server, Who::AssignedWorker).await;
    let begun =
        tablet.push(&[registered(stream), planned(stream, domain::id::VisitId(uuid::Uuid::from_u128(9)))]).await;
    assert_eq!((begun.outcome, begun.epoch, begun.head, begun.high), (PushOutcome::Taken, 1, 2, 2));

    let visit = whole_visit(stream);
    let taken = tablet.push(&visit).await;
    assert!(visit.len() >= 30);
    assert_eq!(taken.head, 2 + visit.len() as u64);
    assert!(taken.results.iter().all(|result| result.verdict == Verdict::Accepted), "{:?}", taken.results);

    let mut desk = Device::enrolled(&server, Who::TeamManager).await;
    let seen = desk.pull(&[]).await;
    assert_eq!(seen.index.len(), 1);
    assert_eq!(seen.index[0].head, taken.head);
    assert!(!seen.more);
    let entries = &seen.entries[&stream];
    assert_eq!(entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), (1..=taken.head).collect::<Vec<_>>());
    let carried = entries[2..].iter().filter_map(|entry| entry.id).collect();
    assert_eq!(ids(&visit), carried);
    let sent = &tablet.outbox[&stream];
    assert!(entries.iter().zip(sent).all(|(entry, item)| entry.body.as_ref() == Some(&item.body)), "byte for byte");
    let seal = Seal::of(&*server.store).await.unwrap();
    assert!(entries.iter().all(|entry| seal.holds(stream, entry)), "the server vouches for each");
    assert_eq!(folded(entries).standing.plan.version, 1);

    let decided = desk.push(&[authorised(stream, 1)]).await;
    assert_eq!(decided.results[0].verdict, Verdict::Accepted);

    let back = tablet.pull(&[Cursor { stream, epoch: 1, after: taken.head }]).await;
    assert_eq!(back.entries[&stream].len(), 1);
    assert_eq!(back.entries[&stream][0].actor, Who::TeamManager.staff().id);
}

#[tokio::test]
async fn what_the_server_keeps_beside_the_head_is_what_a_replica_folds() {
    let server = Server::start().await;
    let stream = child(1);
    let mut tablet = Device::enrolled(&server, Who::AssignedWorker).await;
    let mut operations = vec![registered(stream)];
    operations.extend(whole_visit(stream));
    tablet.push(&operations).await;
    let entries = tablet.pull(&[]).await.entries.remove(&stream).unwrap();
    let head = functions::store::Store::head(&*server.store, stream).await.unwrap().unwrap();
    assert_eq!(head.standing, folded(&entries).standing);
}
