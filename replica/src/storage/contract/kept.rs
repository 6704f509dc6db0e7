//! The profile, kept values, and restarts.

use super::sample::*;
use super::{Fresh, Outcome, same};
use crate::storage::{Profile, Storage, StorageError};
use crate::vault::Sealed;
use domain::id::CaptureId;
use uuid::Uuid;

pub(super) async fn there_is_no_profile_before_enrolment<F: Fresh>(fresh: &F) -> Outcome {
    let store = fresh.fresh().await?;
    same(store.profile().await?, None)?;
    same(store.change_profile(|profile| profile.attempts += 1).await, Err(StorageError::Damaged))?;
    same(store.profile().await?, None)
}

pub(super) async fn a_profile_is_replaced_whole<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    same(store.profile().await?, Some(profile()))?;
    let handovers = [(CaptureId(Uuid::from_u128(5)), sealed(5))];
    let next = Profile { attempts: 3, former: vec![OTHER], handovers: handovers.into(), ..profile() };
    store.put_profile(&next).await?;
    same(store.profile().await?, Some(next))
}

pub(super) async fn changes_to_the_profile_add_up<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    let other = fresh.reopen(&store).await?;
    store.change_profile(|profile| profile.attempts += 1).await?;
    let changed = other.change_profile(|profile| profile.attempts += 1).await?;
    same(changed.attempts, 2)?;
    same(store.profile().await?, Some(changed))
}

pub(super) async fn kept_values_are_replaced_named_and_forgotten<F: Fresh>(fresh: &F) -> Outcome {
    let store = fresh.fresh().await?;
    same(store.kept("draft/a").await?, None)?;
    store.keep("draft/a", &sealed(1)).await?;
    store.keep("draft/b", &Sealed(Vec::new())).await?;
    store.keep("draft/a", &sealed(2)).await?;
    same(store.kept("draft/a").await?, Some(sealed(2)))?;
    same(store.kept("draft/b").await?, Some(Sealed(Vec::new())))?;
    let mut names = store.kept_names().await?;
    names.sort();
    same(names, vec!["draft/a".to_owned(), "draft/b".to_owned()])?;
    store.forget("draft/a").await?;
    store.forget("draft/never").await?;
    same(store.kept("draft/a").await?, None)?;
    same(store.kept_names().await?, vec!["draft/b".to_owned()])
}

pub(super) async fn everything_survives_a_restart<F: Fresh>(fresh: &F) -> Outcome {
    let store = enrolled(fresh).await?;
    store.save(&operations(child(), &[1, 2, 3])).await?;
    store.acknowledge(&[word(child(), 0, &[1, 2])]).await?;
    store.store_pulled(&[pulled(child(), 1, 2, &[(1, 1)]), pulled(family(), 1, 7, &[])]).await?;
    store.keep("draft/a", &sealed(1)).await?;
    let before = all(&store).await?;
    let store = fresh.reopen(&store).await?;
    same(all(&store).await?, before)
}
