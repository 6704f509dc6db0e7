//! Redactions: the words are destroyed where they are stored, and nothing else is.

use domain::{Code, Entry, Hash, Payload, Record, Verdict};
use functions::restored::{Ledger, Redacted, redact_again};
use functions::seal::Seal;
use functions::store::Store;

use crate::support::device::Device;
use crate::support::operations::{analysis, operation, redacted, registered, title, voice};
use crate::support::{Server, Who, child};

const MARKER: &str = "windowseatmarker";

/// Amira, with something said at 2, and her manager.
async fn amira(server: &Server) -> (Device, Device) {
    let mut sade = Device::enrolled(server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1)), voice(child(1), MARKER), title(child(1), "Swimming")]).await;
    (sade, Device::enrolled(server, Who::TeamManager).await)
}

fn fold(entries: &[Entry]) -> Record {
    let mut record = Record::default();
    entries.iter().for_each(|entry| record.fold(entry));
    record
}

#[tokio::test]
async fn the_stored_words_are_destroyed_and_identity_hash_and_seal_stay() {
    let server = Server::start().await;
    let (_, mut helen) = amira(&server).await;
    let before = helen.log(child(1)).await;
    assert!(server.holds(MARKER).await);
    let pushed = helen.push(&[redacted(child(1), 2)]).await;
    assert_eq!(pushed.results[0].verdict, Verdict::Accepted);
    let after = helen.log(child(1)).await;
    assert_eq!(after[1], Entry { body: None, ..before[1].clone() });
    assert_eq!((&after[0], &after[2]), (&before[0], &before[2]));
    assert!(Seal::of(&*server.store).await.unwrap().holds(child(1), &after[1]));
    assert!(!server.holds(MARKER).await, "nor in a freed page or the write-ahead log");
}

#[tokio::test]
async fn what_one_said_oneself_is_not_redacted_in_the_same_push_either() {
    let server = Server::start().await;
    let (_, mut helen) = amira(&server).await;
    let sent = helen.push(&[voice(child(1), "by mistake"), redacted(child(1), 4)]).await;
    assert_eq!((sent.results[1].verdict, sent.results[1].code.clone()), (Verdict::Refused, Some(Code::OwnWork)));
    assert!(server.holds("by mistake").await);
}

#[tokio::test]
async fn the_server_decides_by_the_record_that_is_left() {
    let server = Server::start().await;
    let (mut sade, mut helen) = amira(&server).await;
    sade.push(&[analysis(child(1), "one"), analysis(child(1), "two")]).await;
    assert!(server.store.head(child(1)).await.unwrap().unwrap().standing.plan_in_conflict());
    helen.push(&[redacted(child(1), 5)]).await;
    let head = server.store.head(child(1)).await.unwrap().unwrap();
    assert!(!head.standing.plan_in_conflict(), "one of the two values is gone");
    assert_eq!(fold(&helen.log(child(1)).await).standing, head.standing);
}

#[tokio::test]
async fn a_redaction_by_whoever_may_not_is_refused_and_destroys_nothing() {
    let server = Server::start().await;
    let (mut sade, helen) = amira(&server).await;
    let before = helen.log(child(1)).await;
    let pushed = sade.push(&[redacted(child(1), 2)]).await;
    assert_eq!((pushed.results[0].verdict, pushed.results[0].code.clone()), (Verdict::Refused, Some(Code::NotAllowed)));
    for who in [Who::OtherManager, Who::OtherTeamWorker, Who::Duty, Who::Auditor, Who::Administrator] {
        let mut stranger = Device::enrolled(&server, who).await;
        assert_eq!(stranger.push(&[redacted(child(1), 2)]).await.results[0].verdict, Verdict::Refused, "{who:?}");
    }
    assert_eq!(helen.log(child(1)).await[..3], before[..3]);
}

#[tokio::test]
async fn what_is_not_there_cannot_be_redacted_nor_a_redaction_nor_the_last_of_the_child() {
    let server = Server::start().await;
    let (_, mut helen) = amira(&server).await;
    helen.push(&[redacted(child(1), 2)]).await;
    let nothing_new = [(0, Code::UnknownEntry), (5, Code::UnknownEntry), (99, Code::UnknownEntry)];
    for (seq, code) in nothing_new.into_iter().chain([(4, Code::WrongState), (1, Code::WrongState)]) {
        // A refused redaction takes a place too: what is beyond the head is named anew each time.
        let head = server.store.head(child(1)).await.unwrap().unwrap().seq;
        let seq = if seq == 5 { head + 1 } else { seq };
        let pushed = helen.push(&[redacted(child(1), seq)]).await;
        assert_eq!(
            (pushed.results[0].verdict, pushed.results[0].code.clone()),
            (Verdict::Refused, Some(code)),
            "{seq}"
        );
    }
    assert!(helen.log(child(1)).await[0].body.is_some());
}

#[tokio::test]
async fn a_copy_of_what_was_redacted_brings_no_words_back() {
    let server = Server::start().await;
    let (mut sade, mut helen) = amira(&server).await;
    let said = voice(child(1), "copied from a tablet");
    sade.push(std::slice::from_ref(&said)).await;
    helen.push(&[redacted(child(1), 4)]).await;
    let mut copied = Device::enrolled(&server, Who::AssignedWorker).await;
    copied.push(&[said]).await;
    let log = helen.log(child(1)).await;
    assert_eq!((log.len(), log[5].body.as_deref(), log[5].id), (6, None, log[3].id));
    assert!(!server.holds("copied from a tablet").await);
}

#[tokio::test]
async fn what_was_sent_twice_is_redacted_twice() {
    let server = Server::start().await;
    let (mut sade, mut helen) = amira(&server).await;
    let said = voice(child(1), "said on two tablets");
    let mut copied = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(std::slice::from_ref(&said)).await;
    copied.push(&[said]).await;
    helen.push(&[redacted(child(1), 5)]).await;
    let log = helen.log(child(1)).await;
    assert_eq!((log[3].body.as_deref(), log[4].body.as_deref()), (None, None));
    assert!(!server.holds("said on two tablets").await);
}

#[tokio::test]
async fn what_a_backup_brings_back_is_redacted_again_by_the_ledger_though_no_tablet_remembers() {
    let server = Server::start().await;
    let (_, mut helen) = amira(&server).await;
    let backup = server.back_up().await;
    let named = helen.log(child(1)).await[1].sha256;
    helen.push(&[redacted(child(1), 2)]).await;
    let server = server.set_back(&backup).await;
    assert!(server.holds(MARKER).await, "the backup has the words");
    helen.meets(&server);

    let seal = Seal::of(&*server.store).await.unwrap();
    let ledger = Ledger::of([(child(1), named), (child(2), named), (child(1), Hash::of(b"never sent"))]);
    let done = redact_again(&*server.store, &seal, &ledger).await.unwrap();
    assert_eq!(done, Redacted { again: 1, absent: 2, left: 0 });
    assert!(!server.holds(MARKER).await);
    let log = helen.log(child(1)).await;
    assert_eq!((log.len(), log[1].body.as_deref()), (3, None));
    assert!(seal.holds(child(1), &log[1]));
    assert_eq!(fold(&log).standing, server.store.head(child(1)).await.unwrap().unwrap().standing);
    let again = redact_again(&*server.store, &seal, &ledger).await.unwrap();
    assert_eq!(again, Redacted { again: 0, absent: 3, left: 0 }, "done twice is done once");
}

#[tokio::test]
async fn the_ledger_leaves_the_registration_without_which_nobody_could_read_the_record() {
    let server = Server::start().await;
    let (_, helen) = amira(&server).await;
    let before = helen.log(child(1)).await;
    let seal = Seal::of(&*server.store).await.unwrap();
    let ledger = Ledger::of([(child(1), before[0].sha256)]);
    let done = redact_again(&*server.store, &seal, &ledger).await.unwrap();
    assert_eq!(done, Redacted { again: 0, absent: 0, left: 1 });
    assert_eq!(helen.log(child(1)).await, before);
}

#[tokio::test]
async fn nobody_redacts_their_own_words_or_without_a_reason() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1)), voice(child(1), "She smiled")]).await;
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    helen.push(&[voice(child(1), "Her mother rang")]).await;
    let own = helen.push(&[redacted(child(1), 3)]).await.results.remove(0);
    assert_eq!((own.verdict, own.code), (Verdict::Refused, Some(Code::OwnWork)));
    let silent = Payload::Redacted(domain::payload::keeping::Redacted { seq: 2, reason: " ".into() });
    let silent = helen.push(&[operation(child(1), silent)]).await.results.remove(0);
    assert_eq!((silent.verdict, silent.code), (Verdict::Refused, Some(Code::ReasonRequired)));
    let done = helen.push(&[redacted(child(1), 2)]).await.results.remove(0);
    assert_eq!((done.verdict, done.code), (Verdict::Accepted, None));
}
