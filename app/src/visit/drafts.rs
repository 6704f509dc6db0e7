//! Typing that outlives a lock, a reload or a crash: each field of a form has a sealed draft until the form is saved.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Place;
use crate::state::Heard;

/// The drafts of one form.
#[derive(Clone, Copy)]
pub struct Drafts {
    heard: Heard,
    form: StoredValue<String>,
    names: StoredValue<Vec<String>>,
}

/// One field of words with its draft.
#[derive(Clone, Copy)]
pub struct Draft {
    /// What stands in the field.
    pub words: RwSignal<String>,
    /// Keeps it: for leaving the field.
    pub keep: Callback<()>,
}

impl Draft {
    /// What stands in the field, without the space around it.
    pub fn text(self) -> String {
        self.words.with_untracked(|words| words.trim().to_owned())
    }

    /// The same, or nothing.
    pub fn some(self) -> Option<String> {
        Some(self.text()).filter(|text| !text.is_empty())
    }
}

impl Drafts {
    /// The drafts of a form of this visit.
    pub fn of(place: Place, form: &str) -> Drafts {
        Drafts {
            heard: place.heard,
            form: StoredValue::new(format!("draft/visit/{}/{form}", place.visit)),
            names: StoredValue::new(Vec::new()),
        }
    }

    /// A field that begins with `initial`, or with what was typed before.
    pub fn field(self, field: &str, initial: impl Into<String>) -> Draft {
        let heard = self.heard;
        let name = format!("{}/{field}", self.form.get_value());
        self.names.update_value(|names| names.push(name.clone()));
        let initial: String = initial.into();
        let words = RwSignal::new(initial.clone());
        let kept = name.clone();
        spawn_local(async move {
            if let Some(draft) = heard.draft(kept).await {
                // Who has begun to type meanwhile is not interrupted; a page that has gone is left alone.
                words.try_update(|words| {
                    if *words == initial {
                        *words = draft;
                    }
                });
            }
        });
        let keep = Callback::new(move |()| {
            let (name, text) = (name.clone(), words.get_untracked());
            spawn_local(heard.keep_draft(name, text));
        });
        Draft { words, keep }
    }

    /// What was typed is saved now: the drafts have done their work.
    pub async fn forget(self) {
        for name in self.names.try_get_value().unwrap_or_default() {
            self.heard.keep_draft(name, String::new()).await;
        }
    }
}
