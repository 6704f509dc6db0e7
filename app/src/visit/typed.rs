//! What was typed into a form.

use leptos::prelude::*;

/// What stands in a field, without the space around it.
pub fn trimmed(words: RwSignal<String>) -> String {
    words.with_untracked(|words| words.trim().to_owned())
}

/// The same, or nothing.
pub fn some(words: RwSignal<String>) -> Option<String> {
    Some(trimmed(words)).filter(|words| !words.is_empty())
}

/// A list, one a line.
pub fn lines(words: RwSignal<String>) -> Vec<String> {
    trimmed(words).lines().map(str::trim).filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect()
}
