//! A short answer that is written beside what it answers: it survives a lock, a reload and what arrives meanwhile.

use leptos::prelude::*;

use super::draft::Draft;

/// Words under a name, restored where some were kept. Whoever saves them forgets the draft.
pub fn kept_words(name: String) -> (RwSignal<String>, Draft) {
    let (typed, draft) = (RwSignal::new(String::new()), Draft::named(name));
    draft.restore(move |words: String| typed.set(words));
    Effect::new(move |before: Option<()>| {
        let words = typed.get();
        if before.is_some() {
            draft.keep(|| words);
        }
    });
    (typed, draft)
}
