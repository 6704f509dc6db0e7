//! The door: what `index.html` shows and `door.js` brings to life before the application has come.

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

const DOOR: &str = "heard-door";
const PASSCODE: &str = "#heard-door-passcode";
/// Set on the door while somebody types or presses there, and once its form was sent.
const BUSY: &str = "data-busy";
const SENT: &str = "data-sent";
const LOOK_AGAIN_MS: u32 = 30;

/// What somebody did at the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtTheDoor {
    /// What was typed so far.
    pub passcode: String,
    /// They pressed *Open* already.
    pub sent: bool,
}

fn door() -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(DOOR)
}

/// Waits while somebody types or presses at the door: nothing they do there may be lost.
pub async fn until_idle() {
    while door().is_some_and(|door| door.has_attribute(BUSY)) {
        TimeoutFuture::new(LOOK_AGAIN_MS).await;
    }
}

/// Takes the door away, and says what was typed there; nothing where it has gone already, or nothing was.
pub fn take() -> Option<AtTheDoor> {
    let door = door()?;
    let passcode = door.query_selector(PASSCODE).ok().flatten();
    let passcode = passcode.and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    let passcode = passcode.map(|input| input.value()).unwrap_or_default();
    let sent = door.has_attribute(SENT);
    door.remove();
    (!passcode.is_empty()).then_some(AtTheDoor { passcode, sent })
}
