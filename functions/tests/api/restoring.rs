//! The server is set back to an earlier backup, and the replicas bring back what it lost.

use domain::wire::{Cursor, PushOutcome, PushedStream};
use domain::{Entry, Record, Verdict};
use functions::store::Store;

use crate::support::device::Device;
use crate::support::operations::{
    admit, analysis, assigned, authorised, made_hours_apart, redacted, redaction_proposed, registered, submitted,
    title, voice, voices,
};
use crate::support::{Server, Who, child};

fn fold(entries: &[Entry]) -> Record {
    let mut record = Record::default();
    entries.iter().for_each(|entry| record.fold(entry));
    record
}

/// Everything of an entry that a restore keeps.
fn kept(entry: &Entry) -> Entry {
    Entry { seq: 0, epoch: 0, mac: String::new(), was: None, ..entry.clone() }
}

/// Sequence numbers are dense, seals hold, and the server decides by what everybody folds.
async fn is_sound(server: &Server, log: &[Entry]) {
    assert!(log.iter().zip(1..).all(|(entry, seq)| entry.seq == seq));
    let seal = functions::seal::Seal::of(&*server.store).await.unwrap();
    assert!(log.iter().all(|entry| seal.holds(child(1), entry)));
    let head = server.store.head(child(1)).await.unwrap().unwrap();
    assert_eq!((head.seq, fold(log).standing), (log.len() as u64, head.standing));
}

fn epoch_and_head(pushed: &PushedStream) -> (u64, u64) {
    (pushed.epoch, pushed.head)
}

#[tokio::test]
async fn fault_25_what_was_lost_comes_back_with_verdict_author_and_time_under_a_new_epoch() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    sade.push(&[registered(child(1))]).await;
    let backup = server.back_up().await;
    sade.push(&[analysis(child(1), "Swimming"), submitted(child(1), 1)]).await;
    helen.push(&[authorised(child(1), 1)]).await;
    let before = sade.log(child(1)).await;
    server.wait(jiff::SignedDuration::from_hours(3));
    let server = server.set_back(&backup).await;
    sade.meets(&server);
    helen.meets(&server);
    assert_eq!(sade.log(child(1)).await.len(), 1);

    let pushed = sade.hand_back(child(1), before.clone()).await;
    assert_eq!((pushed.outcome, pushed.high), (PushOutcome::Taken, 3), "nothing of Sade's is to be sent again");
    let after = sade.log(child(1)).await;
    assert_eq!(after.iter().map(kept).collect::<Vec<_>>(), before.iter().map(kept).collect::<Vec<_>>());
    assert!(after[1..].iter().all(|entry| entry.epoch == pushed.epoch && pushed.epoch > 1));
    let was: Vec<_> = after[1..].iter().map(|entry| entry.was.unwrap()).map(|was| (was.epoch, was.seq)).collect();
    assert_eq!(was, [(1, 2), (1, 3), (1, 4)]);
    is_sound(&server, &after).await;

    // Helen goes on where she was, and a cursor of the old epoch starts again.
    let next = helen.push(&[assigned(child(1), &[Who::AssignedWorker])]).await;
    assert_eq!((next.outcome, next.high, next.head), (PushOutcome::Taken, 2, 5));
    let cursor = |epoch| [Cursor { stream: child(1), epoch, after: 4 }];
    let news = |pull: domain::wire::PullResponse| pull.entries[&child(1)].len();
    assert_eq!(news(sade.pull(&cursor(1)).await), 5);
    assert_eq!(news(sade.pull(&cursor(pushed.epoch)).await), 1);
}

#[tokio::test]
async fn handing_back_the_same_again_or_by_several_changes_nothing_more() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    sade.push(&[registered(child(1))]).await;
    let backup = server.back_up().await;
    sade.push(&voices(child(1), 6)).await;
    let before = sade.log(child(1)).await;
    let server = server.set_back(&backup).await;
    sade.meets(&server);
    helen.meets(&server);
    let first = helen.hand_back(child(1), before[..4].to_vec()).await;
    assert_eq!(first.head, 4);
    // Sade has more; the order on the way does not matter; nor does what is there.
    let mut all = before.clone();
    all.reverse();
    let second = sade.hand_back(child(1), all).await;
    assert_eq!(epoch_and_head(&second), (first.epoch, 7), "late entries go behind, and the epoch stays");
    let third = helen.hand_back(child(1), before.clone()).await;
    assert_eq!(epoch_and_head(&third), epoch_and_head(&second));
    assert_eq!((second.high, second.outcome), (7, PushOutcome::Taken));
    is_sound(&server, &sade.log(child(1)).await).await;
}

#[tokio::test]
async fn what_arrived_meanwhile_keeps_its_place_and_the_lost_goes_behind() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    sade.push(&[registered(child(1))]).await;
    let mut stranger = Device::enrolled(&server, Who::OtherTeamWorker).await;
    let backup = server.back_up().await;
    stranger.push(&[voice(child(1), "Seen at the bus stop")]).await;
    helen.push(&[admit(child(1), &[2])]).await;
    stranger.push(&[voice(child(1), "Seen again")]).await;
    let before = helen.log(child(1)).await;
    let server = server.set_back(&backup).await;
    [&mut sade, &mut helen, &mut stranger].into_iter().for_each(|device| device.meets(&server));
    sade.push(&[voice(child(1), "She slept well"), title(child(1), "Bus")]).await;
    helen.hand_back(child(1), before.clone()).await;
    let after = helen.log(child(1)).await;
    is_sound(&server, &after).await;
    let record = fold(&after);
    // The admission names place 2 of the old order, which is place 4 now; place 6 still waits.
    assert_eq!(record.standing.held.seqs().collect::<Vec<_>>(), [6]);
    assert_eq!(record.voices.len(), 2);
    assert_eq!(stranger.push(&[voice(child(1), "And again")]).await.high, 3);
}

#[tokio::test]
async fn a_stream_that_is_not_in_the_backup_is_brought_back_whole() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let backup = server.back_up().await;
    sade.push(&[registered(child(1)), voice(child(1), "Hello")]).await;
    let before = sade.log(child(1)).await;
    let server = server.set_back(&backup).await;
    sade.meets(&server);
    assert!(sade.pull(&[]).await.index.is_empty());
    let pushed = sade.hand_back(child(1), before).await;
    assert_eq!((pushed.head, pushed.high), (2, 2));
    is_sound(&server, &sade.log(child(1)).await).await;
}

#[tokio::test]
async fn what_is_too_much_for_one_append_comes_back_whole_and_in_its_order() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1))]).await;
    let backup = server.back_up().await;
    sade.push(&made_hours_apart(voices(child(1), 250))).await;
    let before = sade.log(child(1)).await;
    server.wait(jiff::SignedDuration::from_hours(3));
    let server = server.set_back(&backup).await;
    sade.meets(&server);
    let pushed = sade.hand_back(child(1), before.clone()).await;
    assert_eq!((pushed.head, pushed.high, pushed.outcome), (251, 251, PushOutcome::Taken));
    let after = sade.log(child(1)).await;
    assert_eq!(after.iter().map(kept).collect::<Vec<_>>(), before.iter().map(kept).collect::<Vec<_>>());
    assert!(after[1..].iter().all(|entry| entry.epoch == pushed.epoch), "one epoch for all of it");
    is_sound(&server, &after).await;
}

#[tokio::test]
async fn what_has_no_seal_of_ours_is_dropped_and_the_rest_taken() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1))]).await;
    let backup = server.back_up().await;
    sade.push(&voices(child(1), 3)).await;
    let mut before = sade.log(child(1)).await;
    let server = server.set_back(&backup).await;
    sade.meets(&server);
    before[1].verdict = Verdict::Held;
    before[2].body = Some("other words".into());
    let pushed = sade.hand_back(child(1), before.clone()).await;
    assert_eq!((pushed.head, pushed.outcome, pushed.high), (2, PushOutcome::Need, 1), "a gap: sent again from there");
    let forged = Entry { seq: 9, mac: "00".repeat(32), ..before[3].clone() };
    assert_eq!(sade.hand_back(child(1), vec![before[0].clone(), forged]).await.head, 2);
    // A seal is of one stream.
    assert_eq!(sade.hand_back(child(2), vec![before[3].clone()]).await.epoch, 0);
    assert_eq!(server.store.head(child(2)).await.unwrap(), None);
    is_sound(&server, &sade.log(child(1)).await).await;
}

#[tokio::test]
async fn an_entry_that_is_there_proves_nothing_and_the_epoch_stays() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1)), voice(child(1), "Hello")]).await;
    let log = sade.log(child(1)).await;
    let pushed = sade.hand_back(child(1), log).await;
    assert_eq!(epoch_and_head(&pushed), (1, 2));
}

#[tokio::test]
async fn whoever_lost_the_child_hears_the_epoch_by_an_entry_under_our_seal_and_nothing_more() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    sade.push(&[registered(child(1))]).await;
    let log = sade.log(child(1)).await;
    helen.push(&[assigned(child(1), &[Who::SameTeamWorker])]).await;
    let mut last = log[0].clone();
    let pushed = sade.hand_back(child(1), vec![last.clone()]).await;
    assert_eq!((pushed.epoch, pushed.head), (1, 0));
    last.mac = "00".repeat(32);
    assert_eq!(sade.hand_back(child(1), vec![last]).await.epoch, 0);
}

#[tokio::test]
async fn a_redaction_that_was_lost_destroys_the_words_again() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    sade.push(&[registered(child(1)), voice(child(1), "by mistake")]).await;
    let backup = server.back_up().await;
    sade.push(&[redaction_proposed(child(1), 2)]).await;
    helen.push(&[redacted(child(1), 2)]).await;
    let before = helen.log(child(1)).await;
    let server = server.set_back(&backup).await;
    helen.meets(&server);
    assert!(helen.log(child(1)).await[1].body.is_some());
    helen.hand_back(child(1), before.clone()).await;
    let after = helen.log(child(1)).await;
    assert_eq!((after[1].body.as_deref(), after.len()), (None, 4));
    is_sound(&server, &after).await;
}

#[tokio::test]
async fn a_decision_that_names_places_of_the_order_before_a_restore_is_refused() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    sade.push(&[registered(child(1)), voice(child(1), "Hello")]).await;
    sade.push(&[redaction_proposed(child(1), 2)]).await;
    let backup = server.back_up().await;
    sade.push(&[voice(child(1), "More")]).await;
    let before = sade.log(child(1)).await;
    let server = server.set_back(&backup).await;
    sade.meets(&server);
    helen.meets(&server);
    let late = redacted(child(1), 2);
    sade.hand_back(child(1), before).await;
    let pushed = helen.push(std::slice::from_ref(&late)).await;
    assert_eq!(pushed.results[0].code, Some(domain::Code::StaleVersion));
    let mut again = redacted(child(1), 2);
    again.captured_at = server.now();
    assert_eq!(helen.push(&[again]).await.results[0].verdict, Verdict::Accepted);
}

#[tokio::test]
async fn a_second_restore_begins_an_epoch_of_its_own() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    sade.push(&[registered(child(1))]).await;
    let backup = server.back_up().await;
    sade.push(&voices(child(1), 3)).await;
    let first_log = sade.log(child(1)).await;
    let server = server.set_back(&backup).await;
    [&mut sade, &mut helen].into_iter().for_each(|device| device.meets(&server));
    let first = sade.hand_back(child(1), first_log.clone()).await;
    let second_log = sade.log(child(1)).await;
    server.wait(jiff::SignedDuration::from_mins(1));
    let server = server.set_back(&backup).await;
    [&mut sade, &mut helen].into_iter().for_each(|device| device.meets(&server));
    // One that never heard of the first restore comes first.
    let second = helen.hand_back(child(1), first_log).await;
    assert!(second.epoch > first.epoch);
    let third = sade.hand_back(child(1), second_log).await;
    assert_eq!((third.head, third.high, third.outcome), (4, 4, PushOutcome::Taken));
    is_sound(&server, &sade.log(child(1)).await).await;
}

#[tokio::test]
async fn a_single_entry_asks_whether_the_server_was_set_back_and_changes_nothing() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1))]).await;
    let backup = server.back_up().await;
    sade.push(&voices(child(1), 3)).await;
    let before = sade.log(child(1)).await;
    let last = vec![before[3].clone()];
    assert_eq!(sade.hand_back(child(1), last.clone()).await.outcome, PushOutcome::Taken);
    let server = server.set_back(&backup).await;
    sade.meets(&server);
    let mut stranger = Device::enrolled(&server, Who::SameTeamWorker).await;
    stranger.push(&voices(child(1), 5)).await;
    let asked = stranger.hand_back(child(1), last).await;
    assert_eq!((asked.outcome, asked.epoch, asked.head), (PushOutcome::Need, 1, 0));
    assert_eq!(sade.log(child(1)).await.len(), 6);
    // What follows on something that is there is taken, though the server has gone on meanwhile.
    assert_eq!(sade.hand_back(child(1), before).await.head, 9);
    is_sound(&server, &sade.log(child(1)).await).await;
}
