//! Saving, the journal, and what lies on the disk.

use pollster::block_on;

use super::tablet::*;
use crate::engine::SaveError;
use crate::engine::model::{SADE, Server};
use crate::storage::{Storage, StorageError};

#[test]
fn a_save_that_fails_saves_nothing_of_the_call() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let both = [written(amira(), voice("one")), written(joe(), registered("Joe"))];
    sade.storage.fail_after(0);
    assert_eq!(block_on(sade.tab.save(&both)), Err(SaveError::Storage(StorageError::Denied)));
    sade.storage.mend();
    assert_eq!(sade.outbox(), 0);
    assert_eq!(block_on(sade.storage.streams()).unwrap().len(), 1);
}

#[test]
fn an_operation_over_64_kib_is_refused_at_save_with_everything_beside_it() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let both = [written(amira(), voice("one")), written(amira(), voice(&"x".repeat(64 * 1024)))];
    assert_eq!(block_on(sade.tab.save(&both)), Err(SaveError::TooLong));
    assert_eq!(block_on(sade.tab.save_tap(&both)), Err(SaveError::TooLong));
    assert_eq!((sade.outbox(), sade.journal.0.borrow().len()), (0, 0));
}

#[test]
fn a_tap_whose_save_fails_stays_in_the_journal_and_comes_back_once() {
    let server = Server::default();
    let mut sade = sade_with_amira(&server);
    let tap = [written(amira(), answered("bus"))];
    sade.storage.fail_after(0);
    assert_eq!(block_on(sade.tab.save_tap(&tap)), Err(SaveError::Storage(StorageError::Denied)));
    assert_eq!(sade.journal.0.borrow().len(), 1);
    sade.storage.mend();
    assert_eq!(block_on(sade.tab.replay_journal()), Ok(1));
    assert_eq!(block_on(sade.tab.replay_journal()), Ok(0));
    sade.restart();
    assert_eq!(sade.outbox(), 1);
    assert_eq!(sade.record(amira()).items.last().and_then(|item| item.id), Some(tap[0].id));
}

#[test]
fn a_tap_that_was_saved_though_its_line_is_still_there_is_not_saved_twice() {
    let server = Server::default();
    let mut sade = sade_with_amira(&server);
    let tap = [written(amira(), answered("bus"))];
    sade.storage.fail_after(0);
    let _ = block_on(sade.tab.save_tap(&tap));
    let line = sade.journal.0.borrow().clone();
    sade.storage.mend();
    sade.restart();
    // The browser brought the line back: local storage is written late.
    sade.journal.0.borrow_mut().extend(line);
    sade.restart();
    assert_eq!(sade.outbox(), 1);
}

#[test]
fn a_line_of_another_replica_is_left_where_it_is() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    let mut other = Tablet::enrolled(&server, SADE);
    sade.storage.fail_after(0);
    let _ = block_on(sade.tab.save_tap(&[written(amira(), answered("bus"))]));
    other.journal.0.borrow_mut().extend(sade.journal.0.borrow().iter().cloned());
    other.restart();
    assert_eq!(other.outbox(), 0);
    assert_eq!(other.journal.0.borrow().len(), 1);
}

#[test]
fn no_word_of_anybody_lies_on_the_disk_in_the_clear() {
    let server = Server::default();
    let sade = sade_with_amira(&server);
    sade.save_many(amira(), 3);
    sade.sync();
    sade.save_many(amira(), 2);
    block_on(sade.tab.keep("draft", MARKER.as_bytes())).unwrap();
    block_on(sade.tab.hand_over(CAPTURE, amira())).unwrap();
    sade.storage.fail_after(0);
    let _ = block_on(sade.tab.save_tap(&[written(amira(), answered(MARKER))]));
    sade.storage.mend();
    let disk = sade.storage.bytes();
    let journal = serde_json::to_vec(&*sade.journal.0.borrow()).unwrap();
    for (lies, name) in [(&disk, "disk"), (&journal, "journal")] {
        assert!(lies.len() > 1_000);
        for word in [MARKER, "Amira", "Haddad", "Mum", "VoiceAdded"] {
            assert!(!contains(lies, word.as_bytes()), "{word} in the {name}");
            let hex = domain::hash::hex(word.as_bytes());
            assert!(!contains(lies, hex.as_bytes()), "{word} in the {name}, as hex");
        }
    }
    assert!(contains(&disk, amira().to_string().as_bytes()), "ids may be there: the search sees what is");
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}
