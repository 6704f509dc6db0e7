//! Redactions: the words are destroyed where they are stored, and nothing else is.

use domain::payload::keeping::{RedactionDeclined, RedactionProposed};
use domain::wire::PushedStream;
use domain::{Code, Entry, Hash, Payload, Record, Verdict};
use functions::restored::{Ledger, Redacted, redact_again};
use functions::seal::Seal;
use functions::store::Store;

use crate::support::device::Device;
use crate::support::operations::{analysis, operation, redacted, redaction_proposed, registered, title, voice};
use crate::support::{Server, Who, child};

const MARKER: &str = "windowseatmarker";

/// Amira, with something said at 2, and her manager.
async fn amira(server: &Server) -> (Device, Device) {
    let mut sade = Device::enrolled(server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1)), voice(child(1), MARKER), title(child(1), "Swimming")]).await;
    (sade, Device::enrolled(server, Who::TeamManager).await)
}

/// Sade proposes it, and Helen agrees.
async fn redact(sade: &mut Device, helen: &mut Device, seq: u64) -> PushedStream {
    let proposed = sade.push(&[redaction_proposed(child(1), seq)]).await;
    assert_eq!(proposed.results[0].verdict, Verdict::Accepted, "{:?}", proposed.results[0].code);
    helen.push(&[redacted(child(1), seq)]).await
}

fn fold(entries: &[Entry]) -> Record {
    let mut record = Record::default();
    entries.iter().for_each(|entry| record.fold(entry));
    record
}

#[tokio::test]
async fn the_stored_words_are_destroyed_and_identity_hash_and_seal_stay() {
    let server = Server::start().await;
    let (mut sade, mut helen) = amira(&server).await;
    let before = helen.log(child(1)).await;
    assert!(server.holds(MARKER).await);
    let pushed = redact(&mut sade, &mut helen, 2).await;
    assert_eq!(pushed.results[0].verdict, Verdict::Accepted);
    let after = helen.log(child(1)).await;
    assert_eq!(after[1], Entry { body: None, ..before[1].clone() });
    assert_eq!((&after[0], &after[2]), (&before[0], &before[2]));
    assert!(Seal::of(&*server.store).await.unwrap().holds(child(1), &after[1]));
    assert!(!server.holds(MARKER).await, "nor in a freed page or the write-ahead log");
}

#[tokio::test]
async fn what_one_said_oneself_goes_by_the_hands_of_others_only() {
    let server = Server::start().await;
    let (mut sade, mut helen) = amira(&server).await;
    // In the same push too.
    let sent = helen.push(&[voice(child(1), "by mistake"), redaction_proposed(child(1), 4)]).await;
    assert_eq!((sent.results[1].verdict, sent.results[1].code.clone()), (Verdict::Refused, Some(Code::OwnWork)));
    sade.push(&[redaction_proposed(child(1), 4)]).await;
    let own = helen.push(&[redacted(child(1), 4)]).await.results.remove(0);
    assert_eq!((own.verdict, own.code), (Verdict::Refused, Some(Code::OwnWork)));
    assert!(server.holds("by mistake").await);
    let mut imran = Device::enrolled(&server, Who::OtherManager).await;
    assert_eq!(imran.push(&[redacted(child(1), 4)]).await.results[0].verdict, Verdict::Accepted);
    assert!(!server.holds("by mistake").await);
}

#[tokio::test]
async fn the_server_decides_by_the_record_that_is_left() {
    let server = Server::start().await;
    let (mut sade, mut helen) = amira(&server).await;
    sade.push(&[analysis(child(1), "one"), analysis(child(1), "two")]).await;
    assert!(server.store.head(child(1)).await.unwrap().unwrap().standing.plan_in_conflict());
    redact(&mut sade, &mut helen, 5).await;
    let head = server.store.head(child(1)).await.unwrap().unwrap();
    assert!(!head.standing.plan_in_conflict(), "one of the two values is gone");
    assert_eq!(fold(&helen.log(child(1)).await).standing, head.standing);
}

#[tokio::test]
async fn a_redaction_by_whoever_may_not_is_refused_and_destroys_nothing() {
    let server = Server::start().await;
    let (mut sade, mut helen) = amira(&server).await;
    let before = helen.log(child(1)).await;
    let alone = helen.push(&[redacted(child(1), 2)]).await.results.remove(0);
    assert_eq!((alone.verdict, alone.code), (Verdict::Refused, Some(Code::NotProposed)));
    for who in [Who::OtherManager, Who::OtherTeamWorker, Who::Duty, Who::Auditor, Who::Administrator] {
        let mut stranger = Device::enrolled(&server, who).await;
        let proposed = stranger.push(&[redaction_proposed(child(1), 2)]).await;
        assert_eq!(proposed.results[0].verdict, Verdict::Refused, "{who:?}");
    }
    sade.push(&[redaction_proposed(child(1), 2)]).await;
    for who in [Who::AssignedWorker, Who::SameTeamWorker, Who::OtherTeamWorker, Who::Duty, Who::Auditor] {
        let mut stranger = Device::enrolled(&server, who).await;
        assert_eq!(stranger.push(&[redacted(child(1), 2)]).await.results[0].verdict, Verdict::Refused, "{who:?}");
    }
    assert_eq!(helen.log(child(1)).await[..3], before[..3]);
}

#[tokio::test]
async fn another_manager_or_the_administrator_agrees_to_what_the_teams_manager_proposes() {
    for who in [Who::OtherManager, Who::Administrator] {
        let server = Server::start().await;
        let (_, mut helen) = amira(&server).await;
        helen.push(&[redaction_proposed(child(1), 2)]).await;
        let own = helen.push(&[redacted(child(1), 2)]).await.results.remove(0);
        assert_eq!((own.verdict, own.code), (Verdict::Refused, Some(Code::OwnWork)));
        let mut second = Device::enrolled(&server, who).await;
        assert_eq!(second.push(&[redacted(child(1), 2)]).await.results[0].verdict, Verdict::Accepted, "{who:?}");
        assert!(!server.holds(MARKER).await);
        assert!(second.pull(&[]).await.entries.is_empty(), "they agree without reading the record");
    }
}

#[tokio::test]
async fn what_was_declined_stays_and_can_be_proposed_again() {
    let server = Server::start().await;
    let (mut sade, mut helen) = amira(&server).await;
    sade.push(&[redaction_proposed(child(1), 2)]).await;
    let declined = RedactionDeclined { seq: 2, reason: "They are her own words.".into() };
    let declined = operation(child(1), Payload::RedactionDeclined(declined));
    assert_eq!(helen.push(&[declined]).await.results[0].verdict, Verdict::Accepted);
    let late = helen.push(&[redacted(child(1), 2)]).await.results.remove(0);
    assert_eq!(late.code, Some(Code::NotProposed));
    assert!(server.holds(MARKER).await);
    assert_eq!(redact(&mut sade, &mut helen, 2).await.results[0].verdict, Verdict::Accepted);
}

#[tokio::test]
async fn what_is_not_there_cannot_be_redacted_nor_a_redaction_nor_the_last_of_the_child() {
    let server = Server::start().await;
    let (mut sade, mut helen) = amira(&server).await;
    redact(&mut sade, &mut helen, 2).await;
    // It is the redaction itself, destroyed already, or not there; beyond the head it is named anew each time, for what is
    // refused takes a place too.
    for (seq, code) in [(5, Code::WrongState), (2, Code::WrongState), (0, Code::UnknownEntry), (99, Code::UnknownEntry)]
    {
        let proposed = sade.push(&[redaction_proposed(child(1), seq)]).await.results.remove(0);
        assert_eq!((proposed.verdict, proposed.code), (Verdict::Refused, Some(code)), "{seq}");
    }
    let head = server.store.head(child(1)).await.unwrap().unwrap().seq;
    let itself = sade.push(&[redaction_proposed(child(1), head + 1)]).await.results.remove(0);
    assert_eq!(itself.code, Some(Code::UnknownEntry));
    let last = redact(&mut sade, &mut helen, 1).await.results.remove(0);
    assert_eq!((last.verdict, last.code), (Verdict::Refused, Some(Code::WrongState)));
    assert!(helen.log(child(1)).await[0].body.is_some());
}

#[tokio::test]
async fn whoever_registers_a_child_can_propose_at_once_that_what_lay_there_before_is_destroyed() {
    let server = Server::start().await;
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    helen.push(&[title(child(1), MARKER)]).await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let results = sade.push(&[registered(child(1)), redaction_proposed(child(1), 1)]).await.results;
    assert_eq!(results.iter().map(|result| result.verdict).collect::<Vec<_>>(), [Verdict::Accepted; 2]);
}

#[tokio::test]
async fn a_copy_of_what_was_redacted_brings_no_words_back() {
    let server = Server::start().await;
    let (mut sade, mut helen) = amira(&server).await;
    let said = voice(child(1), "copied from a tablet");
    sade.push(std::slice::from_ref(&said)).await;
    redact(&mut sade, &mut helen, 4).await;
    let mut copied = Device::enrolled(&server, Who::AssignedWorker).await;
    copied.push(&[said]).await;
    let log = helen.log(child(1)).await;
    assert_eq!((log.len(), log[6].body.as_deref(), log[6].id), (7, None, log[3].id));
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
    redact(&mut sade, &mut helen, 5).await;
    let log = helen.log(child(1)).await;
    assert_eq!((log[3].body.as_deref(), log[4].body.as_deref()), (None, None));
    assert!(!server.holds("said on two tablets").await);
}

#[tokio::test]
async fn what_a_backup_brings_back_is_redacted_again_by_the_ledger_though_no_tablet_remembers() {
    let server = Server::start().await;
    let (mut sade, mut helen) = amira(&server).await;
    let backup = server.back_up().await;
    let named = helen.log(child(1)).await[1].sha256;
    redact(&mut sade, &mut helen, 2).await;
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
async fn a_proposal_says_why() {
    let server = Server::start().await;
    let (mut sade, _) = amira(&server).await;
    let silent = RedactionProposed { seq: 2, kind: "VoiceAdded".into(), reason: " ".into() };
    let silent = sade.push(&[operation(child(1), Payload::RedactionProposed(silent))]).await.results.remove(0);
    assert_eq!((silent.verdict, silent.code), (Verdict::Refused, Some(Code::ReasonRequired)));
}
