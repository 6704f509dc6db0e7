//! The store on trial: the contract suite, and single steps for the faults that only a browser can make. Called by
//! `tests/storage_contract.test.mjs`, each function by its name on the page's module.

use std::cell::Cell;

use replica::storage::contract::{Fresh, run};
use replica::storage::{Storage, StorageError};
use replica::vault::Sealed;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{IndexedDb, delete, open};

/// A database for each case, made empty first.
struct Databases {
    next: Cell<u32>,
}

impl Fresh for Databases {
    type Store = IndexedDb;

    async fn fresh(&self) -> Result<IndexedDb, StorageError> {
        let number = self.next.replace(self.next.get() + 1);
        let name = format!("contract-{number}");
        delete(&name).await?;
        open(&name).await
    }

    async fn reopen(&self, store: &IndexedDb) -> Result<IndexedDb, StorageError> {
        open(store.name()).await
    }
}

/// Runs the suite: JSON, one `[sentence, what broke or null]` a case.
#[wasm_bindgen]
pub async fn contract() -> String {
    let outcomes = run(&Databases { next: Cell::new(0) }).await;
    let outcomes: Vec<_> = outcomes.into_iter().map(|(case, outcome)| (case, outcome.err())).collect();
    serde_json::to_string(&outcomes).unwrap_or_default()
}

/// Opens a database, keeps a value of so many bytes under a name and reads it back: `kept`, or what the store said. The bytes
/// are random, as sealed ones look: a browser would compress others.
#[wasm_bindgen]
pub async fn keep(database: String, name: String, bytes: usize) -> String {
    let mut value = Sealed(vec![0; bytes]);
    if let Err(error) = getrandom::fill(&mut value.0) {
        return error.to_string();
    }
    let kept = async {
        let store = open(&database).await?;
        store.keep(&name, &value).await?;
        store.kept(&name).await
    };
    told(kept.await.map(|found| found == Some(value)))
}

/// Opens a database and names what it keeps, or says what the store said.
#[wasm_bindgen]
pub async fn names(database: String) -> String {
    match open(&database).await {
        Ok(store) => store.kept_names().await.map_or_else(|error| format!("{error:?}"), |names| names.join(" ")),
        Err(error) => format!("{error:?}"),
    }
}

/// Keeps a store open while the database is deleted beneath it, as by another tab, then writes with it twice at once. Says
/// what each was told.
#[wasm_bindgen]
pub async fn keep_after_deletion(database: String) -> String {
    let kept = async {
        let store = open(&database).await?;
        store.keep("before", &Sealed(vec![1])).await?;
        delete(&database).await?;
        let (one, other) = (Sealed(vec![2]), Sealed(vec![3]));
        Ok(futures::join!(store.keep("one", &one), store.keep("other", &other)))
    };
    match kept.await {
        Ok((one, other)) => format!("{} {}", told(one.map(|()| true)), told(other.map(|()| true))),
        Err(error) => told(Err(error)),
    }
}

/// Opens a database and counts its outbox, or says what the store said.
#[wasm_bindgen]
pub async fn outbox(database: String) -> String {
    match open(&database).await {
        Ok(store) => match store.outbox().await {
            Ok(rows) => rows.len().to_string(),
            Err(error) => format!("{error:?}"),
        },
        Err(error) => format!("{error:?}"),
    }
}

fn told(outcome: Result<bool, StorageError>) -> String {
    match outcome {
        Ok(true) => "kept".into(),
        Ok(false) => "kept something else".into(),
        Err(error) => format!("{error:?}"),
    }
}
