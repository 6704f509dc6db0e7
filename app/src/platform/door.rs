//! The door: what `index.html` shows and `door.js` brings to life before the application has come.

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlInputElement};

const DOOR: &str = "heard-door";
const PASSCODE: &str = "#heard-door-passcode";
/// Set on the door while somebody types or presses there, and once its form was sent.
const BUSY: &str = "data-busy";
const SENT: &str = "data-sent";
const LOOK_AGAIN_MS: u32 = 30;
/// In the address of the page that one comes back to from the council's sign-in.
const OUTCOME: &str = "sign-in";
const SIGN_IN: &str = "/api/v1/auth/start";

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

/// What came of signing in at the council's provider, if this page is where one comes back to: `done`, `fresh`, or a
/// problem's code. The address does not keep it.
pub fn outcome() -> Option<String> {
    let window = web_sys::window()?;
    let address = web_sys::Url::new(&window.location().href().ok()?).ok()?;
    let outcome = address.search_params().get(OUTCOME)?;
    address.search_params().delete(OUTCOME);
    let rest = format!("{}{}{}", address.pathname(), address.search(), address.hash());
    if let Ok(history) = window.history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&rest));
    }
    Some(outcome)
}

/// The address that leads to the council's sign-in and back to this page. `fresh` asks for the password though somebody is
/// signed in there.
pub fn sign_in_address(fresh: bool) -> String {
    let here = web_sys::window().map(|window| window.location());
    let here = here.map(|here| format!("{}{}", here.pathname().unwrap_or_default(), here.search().unwrap_or_default()));
    let to = js_sys::encode_uri_component(&here.unwrap_or_default());
    let fresh = if fresh { "&fresh=1" } else { "" };
    format!("{SIGN_IN}?to={to}{fresh}")
}

/// Leaves for another page: the council's own, which ends its session.
pub fn leave_for(address: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().assign(address);
    }
}
