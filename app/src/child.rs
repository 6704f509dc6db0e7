//! The child's side: one capture and nothing else.

mod begin;

use leptos::prelude::*;
use replica::engine::HandoverToken;

pub use begin::begin;

/// Child mode: the mat of one capture.
#[component]
pub fn ChildMode(token: HandoverToken) -> impl IntoView {
    let _ = begin::begun(token.capture).map(|begun| (begun.capture, begun.written));
}
