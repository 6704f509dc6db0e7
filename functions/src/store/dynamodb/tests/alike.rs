//! SQLite and DynamoDB, asked the same, answer the same: call by call.

use super::*;
use crate::store::contract::trace::Traced;
use crate::store::contract::{self, rules};
use crate::store::sqlite::SqliteStore;

fn sqlite() -> (SqliteStore, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("heard.sqlite")).unwrap();
    (store, folder)
}

macro_rules! alike {
    (; $($rule:ident),+ $(,)?) => {$(
        #[tokio::test]
        async fn $rule() {
            let (here, _folder) = sqlite();
            let here = Traced::new(here);
            contract::$rule(&here).await;
            let (there, ()) = fresh().await;
            let there = Traced::new(there);
            contract::$rule(&there).await;
            assert_eq!(here.lines(), there.lines());
        }
    )+};
}

rules! { alike, }
