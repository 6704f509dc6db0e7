//! What a key of a real keyboard writes.

use wasm_bindgen::JsCast;
use web_sys::{HtmlButtonElement, KeyboardEvent};

/// What is written.
#[derive(Clone, Copy, Debug)]
pub enum Typed {
    /// This letter.
    Letter(char),
    /// The last one goes.
    RubOut,
}

/// What a key writes: any letter there is. A key that is a switch, or presses the button it is on, writes nothing.
pub fn typed(event: &KeyboardEvent) -> Option<Typed> {
    // With AltGr, or with Alt on some keyboards, letters are written that have no key of their own.
    let writes_more = event.get_modifier_state("AltGraph") || !event.key().is_ascii();
    let is_shortcut = event.meta_key() || (event.ctrl_key() || event.alt_key()) && !writes_more;
    let presses = event.target().is_some_and(|target| target.has_type::<HtmlButtonElement>()) && event.key() == " ";
    // A key that is held writes once: a hand may be slow to let go.
    if event.default_prevented() || event.repeat() || is_shortcut || presses || event.is_composing() {
        return None;
    }
    let key = event.key();
    let mut letters = key.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => Some(Typed::Letter(letter)),
        _ => (key == "Backspace").then_some(Typed::RubOut),
    }
}
