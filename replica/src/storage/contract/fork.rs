//! Becoming another replica.

use super::sample::*;
use super::{Fresh, Outcome, same};
use crate::storage::{Storage, StorageError};
use domain::hash::Chain;

pub(super) async fn a_fork_numbers_the_rest_from_one_under_the_new_replica<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&operations(child(), &[1, 2, 3, 4])).await?;
    store.save(&operations(family(), &[5, 6])).await?;
    store.acknowledge(&[word(child(), 0, &[1, 2])]).await?;
    store.fork(REPLICA, OTHER, &[id(1), id(3), id(6), id(77)]).await?;
    same(outbox(&store).await?, vec![(child(), 1, 2), (child(), 2, 4), (family(), 1, 5)])?;
    let profile = store.profile().await?;
    same(profile.map(|profile| (profile.replica, profile.former)), Some((OTHER, vec![REPLICA])))?;
    let row = stream(&store, child()).await?;
    same((row.next, row.high, row.chain), (3, 0, Chain::START))?;
    let rows = store.save(&[operation(child(), 8), operation(family(), 9)]).await?;
    same(rows.iter().map(|row| row.rseq).collect(), vec![3, 2])
}

pub(super) async fn a_fork_keeps_the_log_and_its_cursors<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.store_pulled(&[pulled(child(), 1, 3, &[])]).await?;
    store.fork(REPLICA, OTHER, &[]).await?;
    let row = stream(&store, child()).await?;
    same((row.epoch, row.after, row.next), (1, 3, 1))?;
    same(store.log(child(), 0).await?.len(), 1)
}

pub(super) async fn a_fork_that_another_tab_made_changes_nothing<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&operations(child(), &[1, 2])).await?;
    store.fork(REPLICA, OTHER, &[]).await?;
    let before = all(&store).await?;
    store.fork(REPLICA, REPLICA, &[id(1)]).await?;
    same(all(&store).await?, before)
}

pub(super) async fn a_store_without_a_profile_cannot_fork<F: Fresh>(fresh: &F) -> Outcome {
    let store = fresh.fresh().await?;
    store.save(&operations(child(), &[1])).await?;
    let before = all(&store).await?;
    same(store.fork(REPLICA, OTHER, &[id(1)]).await, Err(StorageError::Damaged))?;
    same(all(&store).await?, before)
}
