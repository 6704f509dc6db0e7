//! The child's side: one capture and nothing else.

use leptos::prelude::*;
use replica::engine::HandoverToken;

/// Child mode: the mat of one capture.
#[component]
pub fn ChildMode(token: HandoverToken) -> impl IntoView {
    let _ = token;
}
