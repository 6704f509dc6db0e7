//! Pulling, counting, purging.

use super::sample::*;
use super::{Fresh, Outcome, same};
use crate::storage::{Mine, Pulled, Segment, Storage, StorageError};

pub(super) async fn entries_are_stored_with_their_cursor_and_their_rows_are_dropped<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&operations(child(), &[1, 2, 3])).await?;
    store.acknowledge(&[word(child(), 0, &[1, 2, 3])]).await?;
    let pulled = [pulled(child(), 1, 4, &[(1, 1), (2, 2)]), pulled(family(), 1, 2, &[])];
    store.store_pulled(&pulled).await?;
    same(outbox(&store).await?, vec![(child(), 3, 3)])?;
    same(store.log(child(), 0).await?, vec![pulled[0].segment.clone()])?;
    same(store.log(family(), 0).await?, vec![pulled[1].segment.clone()])?;
    let row = stream(&store, child()).await?;
    same((row.epoch, row.after, row.next, row.high), (1, 4, 4, 3))?;
    let row = stream(&store, family()).await?;
    same((row.epoch, row.after, row.next, row.high), (1, 2, 1, 0))
}

pub(super) async fn a_segment_that_does_not_begin_after_the_cursor_changes_nothing<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&operations(child(), &[1])).await?;
    store.store_pulled(&[pulled(child(), 1, 4, &[])]).await?;
    let before = all(&store).await?;
    for (first, last) in [(6, 7), (4, 6), (1, 4), (5, 4)] {
        let refused = store.store_pulled(&[pulled(child(), first, last, &[(1, 1)])]).await;
        same(refused, Err(StorageError::Damaged))?;
        same(all(&store).await?, before.clone())?;
    }
    store.store_pulled(&[pulled(child(), 5, 5, &[])]).await?;
    same(stream(&store, child()).await?.after, 5)
}

pub(super) async fn one_stream_out_of_place_keeps_every_stream_as_it_was<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&operations(child(), &[1])).await?;
    let before = all(&store).await?;
    let refused = store.store_pulled(&[pulled(child(), 1, 2, &[(1, 1)]), pulled(family(), 2, 2, &[])]).await;
    same(refused, Err(StorageError::Damaged))?;
    same(all(&store).await?, before)
}

pub(super) async fn a_new_epoch_drops_the_old_log_first<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.store_pulled(&[pulled(child(), 1, 3, &[]), pulled(family(), 1, 1, &[])]).await?;
    store.store_pulled(&[pulled(child(), 4, 9, &[])]).await?;
    let segment = Segment { epoch: 2, ..pulled(child(), 1, 2, &[]).segment };
    let again = Pulled { restart: true, segment: segment.clone(), ..pulled(child(), 1, 2, &[]) };
    store.store_pulled(&[again]).await?;
    same(store.log(child(), 0).await?, vec![segment])?;
    same(store.log(family(), 0).await?.len(), 1)?;
    let row = stream(&store, child()).await?;
    same((row.epoch, row.after), (2, 2))
}

pub(super) async fn a_restart_out_of_place_keeps_the_old_log<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.store_pulled(&[pulled(child(), 1, 3, &[])]).await?;
    let before = all(&store).await?;
    let refused = store.store_pulled(&[Pulled { restart: true, ..pulled(child(), 4, 5, &[]) }]).await;
    same(refused, Err(StorageError::Damaged))?;
    same(all(&store).await?, before)
}

pub(super) async fn a_row_of_another_stream_does_not_come_back<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&[operation(child(), 1), operation(family(), 2)]).await?;
    store.store_pulled(&[pulled(child(), 1, 2, &[(1, 1), (2, 2)])]).await?;
    same(outbox(&store).await?, vec![(family(), 1, 2)])
}

pub(super) async fn an_entry_this_replica_sent_counts_as_acknowledged<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&operations(child(), &[1, 2, 3])).await?;
    // The reply to the push was lost; another tab pulls first.
    store.store_pulled(&[pulled(child(), 1, 5, &[(1, 1), (2, 2)])]).await?;
    let row = stream(&store, child()).await?;
    same((row.high, row.chain, row.next), (2, chain(&[1, 2]), 4))?;
    same(outbox(&store).await?, vec![(child(), 3, 3)])
}

pub(super) async fn an_entry_under_our_number_that_is_not_ours_counts_for_nothing<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&operations(child(), &[1])).await?;
    // A copied tablet sent something else as this replica's number 1 and 2.
    let mine = [(1, 8), (2, 9)].map(|(rseq, n)| Mine { replica: REPLICA, rseq, sha256: hash(n) });
    store.store_pulled(&[Pulled { mine: mine.to_vec(), ..pulled(child(), 1, 2, &[]) }]).await?;
    let row = stream(&store, child()).await?;
    same((row.high, row.next, row.after), (0, 2, 2))?;
    same(outbox(&store).await?, vec![(child(), 1, 1)])
}

pub(super) async fn a_row_that_came_back_under_another_number_leaves_no_gap<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&operations(child(), &[1, 2, 3])).await?;
    // Another tab had sent it before this vault became another replica.
    let mine = vec![Mine { replica: OTHER, rseq: 1, sha256: hash(1) }];
    store.store_pulled(&[Pulled { mine, ..pulled(child(), 1, 1, &[(1, 1)]) }]).await?;
    let row = stream(&store, child()).await?;
    same((row.high, row.next), (0, 3))?;
    same(outbox(&store).await?, vec![(child(), 1, 2), (child(), 2, 3)])
}

pub(super) async fn segments_are_in_order_of_their_entries<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    for first in 1..=12 {
        store.store_pulled(&[pulled(child(), first, first, &[]), pulled(council(), first, first, &[])]).await?;
    }
    let log = store.log(child(), 0).await?;
    same(log.iter().map(|segment| segment.first).collect(), (1..=12).collect::<Vec<_>>())?;
    same(log.iter().all(|segment| segment.stream == child()), true)?;
    same(store.log(family(), 0).await?, Vec::new())
}

pub(super) async fn a_purged_stream_is_forgotten_but_for_its_numbers<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&[operation(child(), 1), operation(child(), 2), operation(family(), 3)]).await?;
    store.acknowledge(&[word(child(), 0, &[1, 2])]).await?;
    store.store_pulled(&[pulled(child(), 1, 1, &[(1, 1)]), pulled(family(), 1, 1, &[])]).await?;
    store.purge(child()).await?;
    same(store.log(child(), 0).await?, Vec::new())?;
    same(store.log(family(), 0).await?.len(), 1)?;
    same(outbox(&store).await?, vec![(family(), 1, 3)])?;
    let row = stream(&store, child()).await?;
    same((row.epoch, row.after, row.next, row.high, row.chain), (0, 0, 3, 2, chain(&[1, 2])))?;
    let rows = store.save(&[operation(child(), 4)]).await?;
    same(rows.first().map(|row| row.rseq), Some(3))
}

pub(super) async fn a_stream_with_something_unsent_is_not_purged<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&operations(child(), &[1, 2])).await?;
    store.acknowledge(&[word(child(), 0, &[1])]).await?;
    store.store_pulled(&[pulled(child(), 1, 3, &[])]).await?;
    let before = all(&store).await?;
    same(store.purge(child()).await, Err(StorageError::Damaged))?;
    same(all(&store).await?, before)
}

pub(super) async fn a_stream_nobody_knows_is_purged_without_a_trace<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    let before = all(&store).await?;
    store.purge(child()).await?;
    same(all(&store).await?, before)
}
