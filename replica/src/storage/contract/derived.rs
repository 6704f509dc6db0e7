//! Values that are made from a stream, and go with it.

use super::sample::*;
use super::{Fresh, Outcome, same};
use crate::storage::{Derived, DerivedKind, Pulled, Storage};
use domain::id::StreamId;

fn value(stream: StreamId, kind: DerivedKind, after: u64, n: u64) -> Derived {
    Derived { stream, kind, epoch: 1, after, sealed: sealed(n) }
}

pub(super) async fn derived_values_are_replaced_and_found_by_stream_and_kind<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.store_pulled(&[pulled(child(), 1, 2, &[]), pulled(family(), 1, 3, &[])]).await?;
    same(store.derived(child(), DerivedKind::Summary).await?, None)?;
    let front = value(child(), DerivedKind::Front, 2, 1);
    let summaries = [value(child(), DerivedKind::Summary, 2, 2), value(family(), DerivedKind::Summary, 3, 3)];
    store.keep_derived(&[front.clone(), summaries[0].clone(), summaries[1].clone()]).await?;
    store.keep_derived(std::slice::from_ref(&front)).await?;
    let store = fresh.reopen(&store).await?;
    same(store.derived(child(), DerivedKind::Front).await?, Some(front))?;
    same(store.derived(family(), DerivedKind::Rest).await?, None)?;
    same(store.all_derived(DerivedKind::Summary).await?, summaries.to_vec())?;
    let newer = value(child(), DerivedKind::Summary, 2, 4);
    store.keep_derived(std::slice::from_ref(&newer)).await?;
    same(store.derived(child(), DerivedKind::Summary).await?, Some(newer))
}

pub(super) async fn a_value_made_at_another_cursor_is_passed_over<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.store_pulled(&[pulled(child(), 1, 2, &[])]).await?;
    store.save(&operations(council(), &[1])).await?;
    let kind = DerivedKind::Summary;
    let other_epoch = Derived { epoch: 2, ..value(child(), kind, 2, 1) };
    store.keep_derived(&[value(child(), kind, 1, 1), value(child(), kind, 3, 1), other_epoch]).await?;
    let nothing_of_the_servers = Derived { epoch: 0, ..value(council(), kind, 0, 1) };
    store.keep_derived(&[nothing_of_the_servers, value(family(), kind, 2, 1)]).await?;
    same(store.all_derived(kind).await?, Vec::new())
}

pub(super) async fn derived_values_go_with_a_log_that_is_purged_or_replaced<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.store_pulled(&[pulled(child(), 1, 2, &[]), pulled(family(), 1, 2, &[])]).await?;
    let all = DerivedKind::ALL.map(|kind| [value(child(), kind, 2, 1), value(family(), kind, 2, 1)]);
    store.keep_derived(&all.concat()).await?;
    store.purge(child()).await?;
    store.store_pulled(&[Pulled { restart: true, ..pulled(family(), 1, 2, &[]) }]).await?;
    for kind in DerivedKind::ALL {
        same(store.all_derived(kind).await?, Vec::new())?;
        same(store.derived(family(), kind).await?, None)?;
    }
    Ok(())
}

pub(super) async fn derived_values_make_room<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.store_pulled(&[pulled(child(), 1, 2, &[]), pulled(family(), 1, 2, &[])]).await?;
    let all = DerivedKind::ALL.map(|kind| [value(child(), kind, 2, 1), value(family(), kind, 2, 1)]);
    store.keep_derived(&all.concat()).await?;
    store.forget_derived().await?;
    for kind in DerivedKind::ALL {
        same(store.all_derived(kind).await?, Vec::new())?;
    }
    same(store.log(child(), 0).await?.len(), 1)
}

pub(super) async fn a_log_is_read_from_a_cursor_on<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    let segments = [pulled(child(), 1, 2, &[]), pulled(child(), 3, 9, &[]), pulled(child(), 10, 10, &[])];
    for segment in &segments {
        store.store_pulled(std::slice::from_ref(segment)).await?;
    }
    same(store.log(child(), 2).await?, vec![segments[1].segment.clone(), segments[2].segment.clone()])?;
    same(store.log(child(), 10).await?, Vec::new())
}
