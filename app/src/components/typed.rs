//! What was typed into a form.

use domain::text;
use leptos::prelude::*;

/// What stands in a field, without the space around it.
pub fn trimmed(words: RwSignal<String>) -> String {
    words.with_untracked(|words| text::trimmed(words).to_owned())
}

/// A name, made plain.
pub fn name(words: RwSignal<String>) -> String {
    words.with_untracked(|words| text::plain_name(words))
}

/// The same, or nothing.
pub fn some(words: RwSignal<String>) -> Option<String> {
    Some(trimmed(words)).filter(|words| !words.is_empty())
}

/// Names, one a line.
pub fn names(words: RwSignal<String>) -> Vec<String> {
    trimmed(words).lines().map(text::plain_name).filter(|line| !line.is_empty()).collect()
}
