use super::*;
use crate::store::sqlite::SqliteStore;
use crate::store::{Budget, Scope};
use jiff::SignedDuration;

const WHOLE: Budget = Budget { entries: usize::MAX, bytes: usize::MAX };

fn fresh() -> (SqliteStore, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("heard.sqlite")).unwrap();
    (store, folder)
}

fn monday() -> Timestamp {
    "2026-11-23T07:00:00Z".parse().unwrap()
}

async fn heads(store: &dyn Store) -> u64 {
    store.index(Scope::Team(demo::NORTH)).await.unwrap().iter().map(|row| row.head).sum()
}

#[tokio::test]
async fn the_script_and_the_rules_agree_and_every_entry_is_sealed() {
    let (store, _folder) = fresh();
    seed(&store, monday()).await.unwrap();
    assert!(store.meta(Meta::Demo).await.unwrap().is_some());
    assert_eq!(store.everybody().await.unwrap().len(), demo::cast().len());
    let seal = Seal::of(&store).await.unwrap();
    let mut streams = 0;
    for team in [demo::NORTH, demo::COAST] {
        for row in store.index(Scope::Team(team)).await.unwrap() {
            let entries = store.entries(row.stream, 0, WHOLE).await.unwrap();
            assert_eq!(entries.len() as u64, row.head);
            assert!(entries.iter().all(|entry| seal.holds(row.stream, entry)));
            streams += 1;
        }
    }
    assert_eq!(streams, 29, "24 children, the questions of two teams, and three audits");
}

#[tokio::test]
async fn a_new_day_has_its_visits_once() {
    let (store, _folder) = fresh();
    seed(&store, monday()).await.unwrap();
    let seeded = heads(&store).await;
    top_up(&store, monday()).await.unwrap();
    assert_eq!(heads(&store).await, seeded, "the first day has them");
    let tuesday = monday() + SignedDuration::from_hours(24);
    top_up(&store, tuesday).await.unwrap();
    assert_eq!(heads(&store).await, seeded + 3);
    top_up(&store, tuesday + SignedDuration::from_hours(3)).await.unwrap();
    assert_eq!(heads(&store).await, seeded + 3);
}

#[tokio::test]
async fn a_store_that_is_no_demonstration_is_left_alone() {
    let (store, _folder) = fresh();
    top_up(&store, monday()).await.unwrap();
    assert_eq!(heads(&store).await, 0);
    assert_eq!(store.meta(Meta::Demo).await.unwrap(), None);
    assert_eq!(store.meta(Meta::DemoDay).await.unwrap(), None);
}

#[tokio::test]
async fn a_team_can_begin_with_its_staff_alone_on_every_day() {
    let (store, _folder) = fresh();
    employ(&store).await.unwrap();
    assert_eq!(store.everybody().await.unwrap().len(), demo::cast().len());
    assert!(store.meta(Meta::Demo).await.unwrap().is_some(), "they can sign in");
    top_up(&store, monday()).await.unwrap();
    assert_eq!(heads(&store).await, 0);
}

#[tokio::test]
async fn a_script_that_the_rules_do_not_follow_is_no_demonstration() {
    let (store, _folder) = fresh();
    let today = in_england(monday()).date();
    let mut wrong = demo::script(today, monday());
    wrong[0].expects = Verdict::Refused;
    let seal = Seal::of(&store).await.unwrap();
    let failed = append_all(&store, &seal, &demo::cast(), &wrong).await;
    assert!(matches!(failed, Err(SeedError::Unexpected { expected: Verdict::Refused, .. })));
    let nobody = append_all(&store, &seal, &[], &wrong).await;
    assert!(matches!(nobody, Err(SeedError::NotInTheCast(_))));
    assert_eq!(heads(&store).await, 0);
}
