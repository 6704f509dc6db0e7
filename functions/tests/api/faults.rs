//! Faults that need no browser, by their numbers in the catalogue. Others lie beside what they are about.

use domain::wire::PushOutcome;
use domain::{Record, Verdict};
use functions::store::Store;

use crate::support::device::Device;
use crate::support::operations::{redacted, registered, title, voice, voices};
use crate::support::watched::Killed;
use crate::support::{Server, Who, child};

async fn record(device: &Device) -> Record {
    let mut record = Record::default();
    device.log(child(1)).await.iter().for_each(|entry| record.fold(entry));
    record
}

#[tokio::test]
async fn fault_07_one_request_among_500_that_the_rules_forbid_is_refused_alone_and_stays_readable() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let mut operations = voices(child(1), 499);
    operations.insert(0, registered(child(1)));
    operations.insert(250, redacted(child(1), 1));
    let pushed = sade.push(&operations).await;
    let refused: Vec<_> = pushed.results.iter().filter(|result| result.verdict != Verdict::Accepted).collect();
    assert_eq!((refused.len(), refused[0].rseq, pushed.results.len()), (1, 251, 501));
    let helen = Device::enrolled(&server, Who::TeamManager).await;
    for device in [&sade, &helen] {
        assert!(device.log(child(1)).await[250].body.is_some());
    }
}

#[tokio::test]
async fn fault_12_a_server_killed_between_any_two_steps_leaves_no_gap_and_no_half_and_a_resend_makes_it_whole() {
    for when in [Killed::Before, Killed::After] {
        for call in 0.. {
            let server = Server::start().await;
            let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
            sade.push(&[registered(child(1))]).await;
            let mut push = sade.record(&voices(child(1), 3));
            let other = sade.record(&[registered(child(2)), voice(child(2), "He likes trains.")]);
            push.streams.extend(other.streams);
            server.store.kill(call, when);
            let cut_off = sade.send(&push).await.status != 200;
            let server = server.restarted().await;
            sade.meets(&server);
            for (stream, before, whole) in [(child(1), 1, 4), (child(2), 0, 2)] {
                let count = sade.log(stream).await.len();
                assert!(count == before || count == whole, "half of a push: {count}");
            }
            for answer in sade.sent(&push).await {
                assert_eq!(answer.outcome, PushOutcome::Taken);
            }
            for (stream, whole) in [(child(1), 4), (child(2), 2)] {
                let log = sade.log(stream).await;
                assert_eq!(log.len(), whole, "{when:?} {call}");
                assert!(log.iter().zip(1..).all(|(entry, seq)| (entry.seq, entry.rseq) == (seq, seq)));
                let mut record = Record::default();
                log.iter().for_each(|entry| record.fold(entry));
                assert_eq!(record.standing, server.store.head(stream).await.unwrap().unwrap().standing);
            }
            if !cut_off {
                assert!(call > 8, "every step was tried");
                break;
            }
        }
    }
}

#[tokio::test]
async fn fault_21_a_clock_that_is_wrong_by_ten_years_changes_no_order_and_has_nothing_refused() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1))]).await;
    let clocks = ["2016-11-23T08:59:00Z", "2036-11-23T08:59:00Z", "2026-11-22T08:59:00Z", "2026-11-24T09:00:00Z"];
    for clock in clocks {
        let mut said = voice(child(1), clock);
        said.captured_at = clock.parse().unwrap();
        let pushed = sade.push(&[said]).await;
        assert_eq!((pushed.results[0].verdict, pushed.results[0].code.clone()), (Verdict::Accepted, None), "{clock}");
    }
    let log = sade.log(child(1)).await;
    let said: Vec<_> =
        log[1..].iter().map(|entry| entry.operation().unwrap().unwrap().captured_at.to_string()).collect();
    assert_eq!(said, clocks, "in the order of arrival");
    assert!(log.iter().all(|entry| entry.received_at == server.now()), "the skew can be told");
}

#[tokio::test]
async fn fault_26_two_devices_edit_one_field_and_both_values_are_kept_for_a_person() {
    let server = Server::start().await;
    let mut one = Device::enrolled(&server, Who::AssignedWorker).await;
    let mut two = Device::enrolled(&server, Who::AssignedWorker).await;
    one.push(&[registered(child(1)), title(child(1), "Swimming")]).await;
    let pushed = two.push(&[title(child(1), "Getting to school")]).await;
    assert_eq!(pushed.results[0].verdict, Verdict::Accepted);
    let record = record(&one).await;
    let values: Vec<_> =
        record.fields.values().flat_map(|field| &field.values).map(|value| value.value.clone()).collect();
    assert_eq!(values, ["Swimming", "Getting to school"]);
    assert!(record.standing.plan_in_conflict());
}

#[tokio::test]
async fn fault_27_create_edit_edit_all_offline_is_no_conflict_with_oneself() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let mut run = vec![registered(child(1))];
    let mut before = None;
    for value in ["one", "two", "three"] {
        let mut edit = title(child(1), value);
        if let domain::Payload::SetField(set) = &mut edit.payload {
            set.replaces = before;
        }
        before = Some(edit.id);
        run.push(edit);
    }
    sade.push(&run).await;
    let record = record(&sade).await;
    assert!(!record.standing.plan_in_conflict());
    assert_eq!(record.fields.values().flat_map(|field| &field.values).count(), 1);
}
