//! A sealed draft: what is being typed survives a lock, a crash and a closed tab.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::state::Records;

/// So long what is typed waits at most, in milliseconds, however long the typing goes on.
const KEEP_AFTER_MS: u64 = 400;

/// A draft under a name. The name is permitted plaintext: ids only. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Draft {
    records: Records,
    name: StoredValue<String>,
    /// What is typed and not kept yet; while there is some, a timer runs, which outlives the screen.
    waiting: StoredValue<ArcStoredValue<Option<String>>>,
    /// What this form has kept or found. Another tab may have the same form open, and its words under the same name.
    own: StoredValue<ArcStoredValue<String>>,
    /// Whether anything was typed, or settled.
    touched: StoredValue<bool>,
}

impl Draft {
    /// The draft of this name.
    pub fn named(name: String) -> Draft {
        Draft {
            records: Records::get(),
            name: StoredValue::new(name),
            waiting: StoredValue::new(ArcStoredValue::new(None)),
            own: StoredValue::new(ArcStoredValue::new(String::new())),
            touched: StoredValue::new(false),
        }
    }

    /// Keeps what is typed, a moment later, with what is typed until then. A browser tells of a change even while it takes
    /// the box away with its form: nothing is read then, and what was typed before is kept already.
    pub fn keep<T: Serialize>(self, what: impl FnOnce() -> T) {
        let Some(waiting) = self.waiting.try_get_value() else { return };
        let Ok(words) = serde_json::to_string(&what()) else { return };
        self.touched.set_value(true);
        let timer_runs = waiting.try_update_value(|waiting| waiting.replace(words).is_some()) == Some(true);
        if timer_runs {
            return;
        }
        let (name, own) = (self.name.get_value(), self.own.get_value());
        let write = move || {
            if let Some(words) = waiting.try_update_value(Option::take).flatten() {
                spawn_local(keep(self.records, name, words, own));
            }
        };
        set_timeout(write, Duration::from_millis(KEEP_AFTER_MS));
    }

    /// Takes the draft out of hand while its words are being saved: nothing late writes it again. It outlives the screen.
    pub fn settle(self) -> Settling {
        self.touched.set_value(true);
        self.waiting.get_value().set_value(None);
        Settling { records: self.records, name: self.name.get_value(), own: self.own.get_value() }
    }

    /// Forgets it: it was saved, or thrown away on purpose.
    pub fn forget(self) {
        let settling = self.settle();
        spawn_local(settling.forget());
    }

    /// Hands over what was kept, if anything was and nothing has been typed meanwhile.
    pub fn restore<T: DeserializeOwned>(self, found: impl FnOnce(T) + 'static) {
        let (name, own) = (self.name.get_value(), self.own.get_value());
        spawn_local(async move {
            let Some(words) = self.records.draft(name).await else { return };
            let untouched = self.touched.try_get_value() == Some(false);
            if let Some(what) = serde_json::from_str(&words).ok().filter(|_| untouched) {
                own.set_value(words);
                found(what);
            }
        });
    }
}

/// A draft whose words are being saved.
pub struct Settling {
    records: Records,
    name: String,
    own: ArcStoredValue<String>,
}

/// Keeps words, and that they are this form's.
async fn keep(records: Records, name: String, words: String, own: ArcStoredValue<String>) {
    if records.keep_draft(name, words.clone()).await {
        own.set_value(words);
    }
}

impl Settling {
    /// The words are saved. What another tab has kept under this name since stays.
    pub async fn forget(self) {
        if self.records.draft(self.name.clone()).await.is_none_or(|kept| kept == self.own.get_value()) {
            self.records.keep_draft(self.name, String::new()).await;
        }
    }

    /// The words could not be saved: they stay a draft.
    pub async fn keep<T: Serialize>(self, what: &T) {
        if let Ok(words) = serde_json::to_string(what) {
            keep(self.records, self.name, words, self.own).await;
        }
    }
}
