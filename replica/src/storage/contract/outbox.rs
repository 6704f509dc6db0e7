//! Saving, sending, sealing again, setting aside.

use std::pin::pin;
use std::task::Poll;

use super::sample::*;
use super::{Broken, Fresh, Outcome, same};
use crate::storage::{Acknowledged, Storage, StorageError, Unsaved};

pub(super) async fn operations_are_numbered_densely_in_each_stream<F: Fresh>(fresh: &F) -> Outcome {
    let store = fresh.fresh().await?;
    let mixed = [operation(child(), 1), operation(family(), 2), operation(child(), 3)];
    let rows = store.save(&mixed).await?;
    same(rows.iter().map(|row| row.rseq).collect(), vec![1, 1, 2])?;
    same(rows.into_iter().map(|row| row.operation).collect(), mixed.to_vec())?;
    let rows = store.save(&operations(child(), &[4, 5])).await?;
    same(rows.iter().map(|row| row.rseq).collect(), vec![3, 4])?;
    same(stream(&store, child()).await?.next, 5)?;
    same(stream(&store, family()).await?.next, 2)
}

pub(super) async fn numbers_go_on_after_a_restart<F: Fresh>(fresh: &F) -> Outcome {
    let store = fresh.fresh().await?;
    store.save(&operations(child(), &[1, 2])).await?;
    let store = fresh.reopen(&store).await?;
    let rows = store.save(&[operation(child(), 3)]).await?;
    same(rows.first().map(|row| row.rseq), Some(3))
}

pub(super) async fn an_operation_that_is_here_keeps_its_number_and_its_text<F: Fresh>(fresh: &F) -> Outcome {
    let store = fresh.fresh().await?;
    let saved = store.save(&operations(child(), &[1, 2])).await?;
    let again = Unsaved { sealed: sealed(99), ..operation(child(), 2) };
    let rows = store.save(&[again, operation(child(), 3)]).await?;
    same(rows.first(), saved.get(1))?;
    same(rows.get(1).map(|row| row.rseq), Some(3))?;
    same(store.outbox().await?.get(1), saved.get(1))?;
    same(outbox(&store).await?, vec![(child(), 1, 1), (child(), 2, 2), (child(), 3, 3)])
}

pub(super) async fn an_operation_given_twice_in_one_call_is_saved_once<F: Fresh>(fresh: &F) -> Outcome {
    let store = fresh.fresh().await?;
    let rows = store.save(&operations(child(), &[1, 1, 2])).await?;
    same(rows.iter().map(|row| row.rseq).collect(), vec![1, 1, 2])?;
    same(outbox(&store).await?, vec![(child(), 1, 1), (child(), 2, 2)])
}

pub(super) async fn saving_nothing_is_allowed<F: Fresh>(fresh: &F) -> Outcome {
    let store = fresh.fresh().await?;
    same(store.save(&[]).await?, Vec::new())?;
    same(store.streams().await?, Vec::new())
}

pub(super) async fn two_tabs_that_save_at_once_never_share_a_number<F: Fresh>(fresh: &F) -> Outcome {
    let store = fresh.fresh().await?;
    let other = fresh.reopen(&store).await?;
    let (mine, theirs) = (operations(child(), &[1, 2, 3]), operations(child(), &[4, 5]));
    let (first, second) = at_once(store.save(&mine), other.save(&theirs)).await;
    let mut numbers: Vec<_> = first?.iter().chain(&second?).map(|row| row.rseq).collect();
    numbers.sort_unstable();
    same(numbers, vec![1, 2, 3, 4, 5])?;
    same(stream(&store, child()).await?.next, 6)?;
    same(outbox(&store).await?.len(), 5)
}

/// Runs two futures side by side.
async fn at_once<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut first, mut second) = (None, None);
    std::future::poll_fn(move |cx| {
        if first.is_none()
            && let Poll::Ready(done) = a.as_mut().poll(cx)
        {
            first = Some(done);
        }
        if second.is_none()
            && let Poll::Ready(done) = b.as_mut().poll(cx)
        {
            second = Some(done);
        }
        match (first.take(), second.take()) {
            (Some(a), Some(b)) => Poll::Ready((a, b)),
            (a, b) => {
                (first, second) = (a, b);
                Poll::Pending
            }
        }
    })
    .await
}

pub(super) async fn the_outbox_is_in_order_of_stream_and_number<F: Fresh>(fresh: &F) -> Outcome {
    let store = fresh.fresh().await?;
    for n in 1..=12 {
        store.save(&[operation(council(), n), operation(family(), 20 + n), operation(child(), 40 + n)]).await?;
    }
    let of = |stream, from: u64| (1..=12).map(move |rseq| (stream, rseq, from + rseq));
    let expected: Vec<_> = of(child(), 40).chain(of(family(), 20)).chain(of(council(), 0)).collect();
    same(outbox(&store).await?, expected)?;
    let streams = store.streams().await?;
    same(streams.iter().map(|row| row.stream).collect(), vec![child(), family(), council()])
}

pub(super) async fn an_acknowledged_operation_stays_until_its_entry_comes_back<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&operations(child(), &[1, 2, 3])).await?;
    store.acknowledge(&[word(child(), 0, &[1, 2])]).await?;
    same(outbox(&store).await?.len(), 3)?;
    let row = stream(&store, child()).await?;
    same((row.high, row.chain, row.next), (2, chain(&[1, 2]), 4))
}

pub(super) async fn an_acknowledgement_out_of_date_changes_nothing<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&operations(child(), &[1, 2, 3])).await?;
    store.acknowledge(&[word(child(), 0, &[1, 2])]).await?;
    let before = all(&store).await?;
    store.acknowledge(&[word(child(), 0, &[1])]).await?;
    same(all(&store).await?, before)?;
    store.acknowledge(&[Acknowledged { replica: OTHER, ..word(child(), 2, &[1, 2, 3]) }]).await?;
    let before = all(&store).await?;
    same(stream(&store, child()).await?.high, 2)?;
    store.acknowledge(&[word(family(), 0, &[])]).await?;
    same(all(&store).await?, before)
}

pub(super) async fn what_one_reply_acknowledges_counts_stream_by_stream<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&operations(child(), &[1, 2, 3])).await?;
    store.save(&operations(family(), &[21, 22])).await?;
    store.save(&operations(council(), &[41])).await?;
    let late = word(council(), 7, &[]);
    store.acknowledge(&[word(child(), 0, &[1, 2]), late, word(family(), 0, &[21, 22])]).await?;
    let high = async |of| Ok::<_, Broken>(stream(&store, of).await?.high);
    same([high(child()).await?, high(family()).await?, high(council()).await?], [2, 2, 0])?;
    let before = all(&store).await?;
    store.acknowledge(&[]).await?;
    same(all(&store).await?, before)
}

pub(super) async fn a_server_that_was_set_back_is_sent_to_again<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&operations(child(), &[1, 2, 3])).await?;
    store.acknowledge(&[word(child(), 0, &[1, 2, 3])]).await?;
    store.acknowledge(&[word(child(), 3, &[1])]).await?;
    let row = stream(&store, child()).await?;
    same((row.high, row.chain, row.next), (1, chain(&[1]), 4))?;
    same(outbox(&store).await?, vec![(child(), 1, 1), (child(), 2, 2), (child(), 3, 3)])
}

pub(super) async fn another_seal_replaces_the_text_alone<F: Fresh>(fresh: &F) -> Outcome {
    let store = fresh.fresh().await?;
    store.save(&operations(child(), &[1, 2])).await?;
    store.reseal(&[(id(2), sealed(99)), (id(77), sealed(98))]).await?;
    let rows = store.outbox().await?;
    same(outbox(&store).await?, vec![(child(), 1, 1), (child(), 2, 2)])?;
    let expected = Unsaved { sealed: sealed(99), ..operation(child(), 2) };
    same(rows.into_iter().map(|row| row.operation).collect(), vec![operation(child(), 1), expected])
}

pub(super) async fn an_operation_set_aside_leaves_no_gap<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&operations(child(), &[1, 2, 3, 4])).await?;
    store.save(&operations(family(), &[5, 6, 7])).await?;
    store.acknowledge(&[word(child(), 0, &[1])]).await?;
    store.set_aside(id(2), "damaged/2", &sealed(2)).await?;
    let others = [(family(), 1, 5), (family(), 2, 6), (family(), 3, 7)];
    let left = [(child(), 1, 1), (child(), 2, 3), (child(), 3, 4)];
    same(outbox(&store).await?, left.into_iter().chain(others).collect())?;
    same(store.kept("damaged/2").await?, Some(sealed(2)))?;
    let row = stream(&store, child()).await?;
    same((row.high, row.chain, row.next), (1, chain(&[1]), 4))?;
    let rows = store.save(&[operation(child(), 8)]).await?;
    same(rows.first().map(|row| row.rseq), Some(4))
}

pub(super) async fn what_is_not_there_or_was_sent_cannot_be_set_aside<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&operations(child(), &[1, 2])).await?;
    store.acknowledge(&[word(child(), 0, &[1])]).await?;
    let before = all(&store).await?;
    same(store.set_aside(id(1), "damaged/1", &sealed(1)).await, Err(StorageError::Damaged))?;
    same(store.set_aside(id(77), "damaged/77", &sealed(1)).await, Err(StorageError::Damaged))?;
    same(all(&store).await?, before)
}
