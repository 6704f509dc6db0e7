//! A sealed draft: what is being typed survives a lock, a crash and a closed tab.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::state::Heard;

/// After the last key, in milliseconds.
const KEEP_AFTER_MS: u64 = 400;

/// A draft under a name. The name is permitted plaintext: ids only. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Draft {
    heard: Heard,
    name: StoredValue<String>,
    /// Counts what was typed: only the last one is written.
    turn: StoredValue<u64>,
}

impl Draft {
    /// The draft of this name.
    pub fn named(name: String) -> Draft {
        Draft { heard: Heard::get(), name: StoredValue::new(name), turn: StoredValue::new(0) }
    }

    /// Keeps what is typed, a moment after the last key.
    pub fn keep<T: Serialize>(self, what: &T) {
        let Ok(words) = serde_json::to_string(what) else { return };
        let turn = self.next_turn();
        let name = self.name.get_value();
        let write = move || {
            if self.turn.try_get_value().is_none_or(|now| now == turn) {
                spawn_local(self.heard.keep_draft(name, words));
            }
        };
        set_timeout(write, Duration::from_millis(KEEP_AFTER_MS));
    }

    /// Takes the draft out of hand while its words are being saved: nothing late writes it again. It outlives the screen.
    pub fn settle(self) -> Settling {
        self.next_turn();
        Settling { heard: self.heard, name: self.name.get_value() }
    }

    /// Forgets it: it was saved, or thrown away on purpose.
    pub fn forget(self) {
        let settling = self.settle();
        spawn_local(settling.forget());
    }

    /// Hands over what was kept, if anything was and nothing has been typed meanwhile.
    pub fn restore<T: DeserializeOwned>(self, found: impl FnOnce(T) + 'static) {
        let name = self.name.get_value();
        spawn_local(async move {
            let kept = self.heard.draft(name).await;
            let untouched = self.turn.try_get_value() == Some(0);
            if let Some(what) = kept.filter(|_| untouched).and_then(|words| serde_json::from_str(&words).ok()) {
                found(what);
            }
        });
    }

    fn next_turn(self) -> u64 {
        self.turn
            .try_update_value(|turn| {
                *turn += 1;
                *turn
            })
            .unwrap_or_default()
    }
}

/// A draft whose words are being saved.
pub struct Settling {
    heard: Heard,
    name: String,
}

impl Settling {
    /// The words are saved.
    pub async fn forget(self) {
        self.heard.keep_draft(self.name, String::new()).await;
    }

    /// The words could not be saved: they stay a draft.
    pub async fn keep<T: Serialize>(self, what: &T) {
        if let Ok(words) = serde_json::to_string(what) {
            self.heard.keep_draft(self.name, words).await;
        }
    }
}
