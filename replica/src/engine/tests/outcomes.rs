//! What becomes of what one records where one may not read.

use domain::code::Code;
use domain::entry::Verdict;
use domain::record::item::ItemState;
use pollster::block_on;

use super::tablet::*;
use crate::engine::PushOutcome;
use crate::engine::model::{Fault, SADE, Server, TOM, Wire};
use crate::storage::Storage;

fn outcomes(tablet: &Tablet<'_>) -> Vec<(String, Option<Verdict>, Option<Code>)> {
    let of = |outcome: PushOutcome| (outcome.kind, outcome.verdict, outcome.code);
    block_on(tablet.tab.outcomes()).unwrap().into_iter().map(of).collect()
}

fn not_assigned() -> (String, Option<Verdict>, Option<Code>) {
    ("VoiceAdded".to_owned(), Some(Verdict::Held), Some(Code::NotAssigned))
}

#[test]
fn its_author_learns_that_a_fact_is_held_and_why_though_nothing_of_the_child_stays() {
    let server = Server::default();
    sade_with_amira(&server);
    let tom = Tablet::enrolled(&server, TOM);
    tom.save(amira(), voice(MARKER));
    assert_eq!(tom.sync().purged, [amira()]);
    assert_eq!((tom.outbox(), outcomes(&tom)), (0, vec![not_assigned()]));
    let kept = block_on(tom.tab.outcomes()).unwrap();
    assert!(!serde_json::to_string(&kept).unwrap().contains(MARKER), "not a word of what was recorded");
}

#[test]
fn until_the_stream_has_gone_the_record_shows_what_is_held_and_never_that_it_was_accepted() {
    let server = Server::default();
    sade_with_amira(&server);
    let tom = Tablet::enrolled(&server, TOM);
    let id = tom.save(amira(), voice("Seen at the bus stop."));
    // Pushed; the pull is lost, so that nothing is purged yet.
    let _ = tom.try_sync(&Wire::with(&server, TOM, &[Fault::None, Fault::Lost]));
    let record = tom.record(amira());
    let item = record.items.iter().find(|item| item.id == Some(id)).unwrap();
    assert_eq!(item.state, ItemState::Held(Some(Code::NotAssigned)));
    assert!(record.voices.is_empty());
}

#[test]
fn a_refused_request_where_one_may_not_read_is_told_as_refused() {
    let server = Server::default();
    sade_with_amira(&server);
    let tom = Tablet::enrolled(&server, TOM);
    let set = domain::payload::plan::SetField {
        field: domain::payload::plan::Field::PlanTitle,
        value: "Getting to school".to_owned(),
        replaces: None,
        reason: None,
    };
    tom.save(amira(), domain::payload::Payload::SetField(set));
    tom.sync();
    assert_eq!(outcomes(&tom), [("SetField".to_owned(), Some(Verdict::Refused), Some(Code::NotAllowed))]);
}

#[test]
fn a_lost_reply_leaves_that_it_was_sent() {
    let server = Server::default();
    sade_with_amira(&server);
    let tom = Tablet::enrolled(&server, TOM);
    tom.save(amira(), voice("Seen at the bus stop."));
    let _ = tom.try_sync(&Wire::with(&server, TOM, &[Fault::ReplyLost]));
    tom.sync();
    assert_eq!(outcomes(&tom), [("VoiceAdded".to_owned(), None, None)]);
}

#[test]
fn whoever_may_read_again_reads_it_in_the_record() {
    let server = Server::default();
    sade_with_amira(&server);
    let tom = Tablet::enrolled(&server, TOM);
    let id = tom.save(amira(), voice("Seen at the bus stop."));
    tom.sync();
    allocated_to_both(&server);
    tom.sync();
    assert_eq!(outcomes(&tom), []);
    let record = tom.record(amira());
    assert!(record.items.iter().any(|item| item.id == Some(id) && matches!(item.state, ItemState::Held(_))));
    tom.agrees();
}

#[test]
fn a_store_that_fails_at_any_step_never_loses_what_was_recorded() {
    for transactions in 0..24 {
        let server = Server::default();
        sade_with_amira(&server);
        let mut tom = Tablet::enrolled(&server, TOM);
        tom.save(amira(), voice("Seen at the bus stop."));
        tom.storage.fail_after(transactions);
        let _ = tom.try_sync(&tom.wire());
        tom.storage.mend();
        tom.restart();
        tom.sync();
        assert_eq!((server.entries(amira()).len(), tom.outbox()), (2, 0), "after {transactions} transactions");
        assert_eq!(outcomes(&tom).len(), 1, "after {transactions} transactions");
    }
}

#[test]
fn fault_37_a_tablet_that_lost_the_child_sends_its_views_and_they_wait_for_the_manager() {
    let server = Server::default();
    sade_with_amira(&server);
    allocated_to_both(&server);
    let tom = Tablet::enrolled(&server, TOM);
    tom.sync();
    let views = tom.save_many(amira(), 3);
    assign(&server, amira(), &[SADE.staff]);
    let synced = tom.sync();
    assert_eq!((synced.sent, synced.purged), (3, vec![amira()]));
    assert_eq!(server.standing(amira()).held.seqs().count(), 3);
    assert_eq!(outcomes(&tom), vec![not_assigned(); 3]);
    assert!(block_on(tom.storage.log(amira(), 0)).unwrap().is_empty());
    assert!(block_on(tom.tab.records()).unwrap().is_empty());
    // Her manager lets them in; nothing of it comes back to Tom.
    let helen = Tablet::enrolled(&server, crate::engine::model::HELEN);
    helen.sync();
    let seqs = helen.record(amira()).standing.held.seqs().collect();
    helen.save(amira(), domain::payload::Payload::Admit(domain::payload::keeping::Admit { seqs }));
    helen.sync();
    let admitted = helen.record(amira());
    assert!(views.iter().all(|id| admitted.voices.values().any(|voice| voice.source.id == *id)));
    tom.sync();
    assert!(block_on(tom.tab.records()).unwrap().is_empty());
}
